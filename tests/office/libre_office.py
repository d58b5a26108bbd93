"""LibreOffice, as other people have it: makes files of other formats of our Word files, many at once."""

import subprocess
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pytest

from disclosure_lint.readers.libre_office import libre_office

_HANGS = 300
"""Seconds after which it is stopped."""


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
    sources: list[Path] = []
    for name, data in files.items():
        sources.append(folder / name)
        sources[-1].write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        target,
        "--outdir",
        str(folder / target),
        *map(str, sources),
    ]
    ended = subprocess.run(command, cwd=folder, capture_output=True, timeout=_HANGS)
    made = {path.name: path.read_bytes() for path in (folder / target).glob("*")}
    assert len(made) == len(files), (ended.stdout, ended.stderr)
    return made
