"""LibreOffice, as other people have it: makes files of other formats of our Word files, many at once."""

import subprocess
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pytest

from disclosure_lint.readers.libre_office import libre_office

_HANGS = 300
"""Seconds after which it is stopped."""
_AT_ONCE = 48
"""Files that it is given at once; it ends of itself after some two hundred."""


@lru_cache(maxsize=1)
def _program() -> str | None:
    return libre_office()


def converted(files: Mapping[str, bytes], target: str, folder: Path) -> dict[str, bytes]:
    """Returns what LibreOffice makes of some files, by their names with the suffix `target`.

    Passes the test over if LibreOffice is not installed; .ci/install-system-packages installs it.
    """
    program = _program()
    if program is None:
        pytest.skip("LibreOffice is not installed")
    paths = [folder / name for name in files]
    for path in paths:
        path.write_bytes(files[path.name])
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", target, "--outdir", str(folder / target)]
    for start in range(0, len(paths), _AT_ONCE):
        some = map(str, paths[start : start + _AT_ONCE])
        subprocess.run([*command, *some], cwd=folder, capture_output=True, timeout=_HANGS)
    made = {path.name: path.read_bytes() for path in (folder / target).glob("*")}
    missing = {Path(name).stem for name in files} - {Path(name).stem for name in made}
    assert not missing, f"LibreOffice did not convert {sorted(missing)}"
    return made
