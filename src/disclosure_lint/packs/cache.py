"""From a folder to a pack: out of the cache where it can be, else compiled.

The cache holds compiled packs on disk: JSON, one file for each content, safe under parallel runs. It may be missing,
damaged, full or forbidden: then the pack is compiled, and nobody hears of it.
"""

import json
import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from disclosure_lint.files.reading import read_file
from disclosure_lint.model.form import Form
from disclosure_lint.model.kind import CheckKind
from disclosure_lint.model.rule import Pack
from disclosure_lint.model.version import __version__
from disclosure_lint.packs.encoding import decode_pack, encode_pack
from disclosure_lint.packs.sources import read_sources, shipped_rules


def load_pack(
    folder: Path,
    checks: Mapping[str, CheckKind],
    cache: Path | None,
    forms: tuple[Form, ...] = (),
    in_time: Callable[[Path, Callable[[], Pack]], Pack] | None = None,
) -> Pack:
    """Returns the pack of a folder or of a single file; `cache` is the directory for compiled packs, None for none.

    `forms` are those of the pack that it stands on, which its rules may name as its own. `in_time` calls what compiles
    a pack that does not ship with the tool, and raises UserError if that takes too long.
    Raises UserError with all mistakes of the rule files, each at its place.
    """
    sources = read_sources(folder)
    name = entry_name(folder, sources, checks, forms) if cache else ""
    if cache and (pack := read_entry(cache, name, checks)):
        return pack
    # Imported late: what compiles needs jsonschema and tomli, and a run with a cached pack needs neither.
    from disclosure_lint.packs.compiling import compile_pack

    def compiled() -> Pack:
        return compile_pack(folder, sources, checks, forms)

    pack = in_time(folder, compiled) if in_time and folder != shipped_rules() else compiled()
    if cache:
        write_entry(cache, name, pack)
    return pack


try:
    # hashlib loads OpenSSL, which takes longer than all the rest of reading a cached pack.
    from _blake2 import blake2b
except ImportError:  # an interpreter without CPython's module
    from hashlib import blake2b


LAYOUT = 8
"""Number of the layout of the entries; to be raised with each change of it."""
MOST_ENTRIES = 64
LARGEST_ENTRY = 16_000_000
_PACKS = "packs"
_CODE = ("checks", "formula", "model", "packs")
_OURS = r"[0-9a-f]{12}-[0-9a-f]{40}\.json"


def default_cache_dir() -> Path | None:
    """Returns the user's cache directory for this tool, None if there is nowhere to put one."""
    if own := os.environ.get("DISCLOSURE_LINT_CACHE_DIR"):
        return Path(own)
    given = os.environ.get("XDG_CACHE_HOME") or (os.environ.get("LOCALAPPDATA") if os.name == "nt" else None)
    if given and Path(given).is_absolute():
        return Path(given) / "disclosure-lint"
    try:
        return Path.home() / ".cache" / "disclosure-lint"
    except RuntimeError:
        return None


def entry_name(
    folder: Path, sources: dict[str, bytes], checks: Mapping[str, CheckKind], forms: tuple[Form, ...] = ()
) -> str:
    """Returns the name of the entry for that content: which folder it is from, and a hash of all that it depends on."""
    digest = blake2b(digest_size=20)
    tool = f"{LAYOUT} {__version__} {_code_stamp()}"
    kinds = " ".join(f"{name}={getattr(check, 'version', '')}" for name, check in sorted(checks.items()))
    names = "\n".join(f"{name} {len(data)}" for name, data in sources.items())
    for part in (tool, kinds, repr(forms), names):
        digest.update(f"{len(part)} {part}\n".encode())
    for data in sources.values():
        digest.update(data)
    place = blake2b(os.fsencode(folder.absolute()), digest_size=6)
    return f"{place.hexdigest()}-{digest.hexdigest()}.json"


def read_entry(cache: Path, name: str, checks: Mapping[str, CheckKind]) -> Pack | None:
    """Returns the cached pack, None if there is none or it is not whole."""
    if distrusted(cache):
        return None
    try:
        checksum, _, body = read_file(cache / _PACKS / name, LARGEST_ENTRY).partition(b"\n")
        return decode_pack(json.loads(body), checks) if checksum == _checksum(name, body) else None
    except (OSError, ValueError, RecursionError):
        return None


def distrusted(cache: Path) -> bool:
    """Returns whether others than the user can put entries there: then none is read, and none is written."""
    return open_to_others(cache / _PACKS)


def open_to_others(folder: Path) -> bool:
    """Returns whether others than the user can put files into a folder."""
    if not hasattr(os, "geteuid"):
        return False
    try:
        status = folder.stat()
    except OSError:
        return False  # nothing to read; what is made there will be the user's own
    return status.st_uid != os.geteuid() or bool(status.st_mode & 0o022)


def write_entry(cache: Path, name: str, pack: Pack) -> None:
    """Puts the pack into the cache if that is possible, and takes out what is no longer of use."""
    # Only where something was compiled.
    from disclosure_lint.files.writing import put

    body = encode_pack(pack).encode("utf-8", "surrogatepass")
    directory = cache / _PACKS
    with suppress(OSError):
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not distrusted(cache):
            put(directory / name, _checksum(name, body) + b"\n" + body)
            _prune(directory, name)


def _checksum(name: str, body: bytes) -> bytes:
    digest = blake2b(name.encode(), digest_size=20)
    digest.update(body)
    return digest.hexdigest().encode()


def _code_stamp() -> str:
    """Returns sizes and times of the code that compiles packs: a new checkout may carry the same version number."""
    newest = total = 0
    for room in _CODE:
        with suppress(OSError), os.scandir(Path(__file__).parent.parent / room) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    newest, total = max(newest, status.st_mtime_ns), total + status.st_size
    return f"{newest} {total}"


def _prune(directory: Path, current: str) -> None:
    """Removes other contents of the same folder, and the oldest of too many."""
    folder = current.partition("-")[0]
    kept: list[tuple[float, str]] = []
    useless: list[str] = []
    with os.scandir(directory) as entries:
        for entry in entries:
            if entry.name == current or not re.fullmatch(_OURS, entry.name):
                continue
            if entry.name.startswith(folder):
                useless.append(entry.path)
            else:
                kept.append((entry.stat().st_mtime, entry.path))
    useless += [path for _, path in sorted(kept, reverse=True)[MOST_ENTRIES - 1 :]]
    for path in useless:
        with suppress(OSError):
            Path(path).unlink()
