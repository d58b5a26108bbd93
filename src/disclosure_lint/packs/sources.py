"""The files of a pack, as bytes; and where the national one lies."""

import os
from pathlib import Path

from disclosure_lint.files.reading import LARGEST_SETTINGS, read_file, read_start, why
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.rule import NATIONAL

LARGEST_FILE = LARGEST_SETTINGS
LARGEST_PACK = 5_000_000
MOST_FILES = 500
PACK_FILE = "pack.toml"
FORMS = "forms"
CLAIMS = "claims"
SINGLE = ""
"""What stands for the name of a file that is a pack by itself: added to its path, it leads to the same file."""

_SAYS = rb"\b%s[ \t]*=[ \t]*[\"']([a-z0-9-]+)[\"']"
_EXTENDS, _IS_NATIONAL = lazy_re_compile(_SAYS % b"extends"), lazy_re_compile(rb"\bid[ \t]*=[ \t]*[\"']national[\"']")


def shipped_rules() -> Path:
    """Returns the folder of the national pack: inside an installed package, or at the top of a checkout."""
    # Not importlib.resources: importing it costs more than the rest of loading a cached pack.
    here = Path(__file__)
    installed = here.parent.parent / "rules"
    return installed if installed.is_dir() else here.parents[3] / "rules"


def holds_rules(name: str) -> bool:
    """Says whether a file of a pack, by its name in the pack, holds rules: not `pack.toml`, forms or words."""
    return name != PACK_FILE and not name.startswith((f"{FORMS}/", f"{CLAIMS}/"))


def extended_by(folder: Path) -> str | None:
    """Returns the id of the pack that a pack says it extends, None for the national one.

    It is asked for before the pack can be loaded, even from the cache, and so without reading TOML.
    """
    path = folder if folder.is_file() else folder / PACK_FILE
    try:
        data = read_file(path, LARGEST_FILE)
    except OSError:
        return NATIONAL
    if path is not folder and _IS_NATIONAL.search(data):
        return None
    match = _EXTENDS.search(data)
    return match.group(1).decode() if match else NATIONAL


def read_sources(folder: Path) -> dict[str, bytes]:
    """Returns the TOML files of a pack by name (`equations.toml`, `forms/2021.toml`), sorted.

    A pack may also be a single file, whose name is then `SINGLE`.
    Raises UserError where there is no pack, a file cannot be read, or there is more than any pack needs.
    """
    if folder.is_file():
        return {SINGLE: _read(folder)}
    names = _names(folder, "")
    if PACK_FILE not in names:
        raise UserError(
            f"这里没有规则包：缺少 {PACK_FILE}", str(folder), en=f"there is no rule pack here: {PACK_FILE} is missing"
        )
    for inside in (FORMS, CLAIMS):
        names += _names(folder / inside, f"{inside}/") if (folder / inside).is_dir() else []
    if len(names) > MOST_FILES:
        raise UserError(
            f"规则包有 {len(names)} 个文件，最多 {MOST_FILES} 个",
            str(folder),
            en=f"the pack has {len(names)} files; {MOST_FILES} at most",
        )
    sources: dict[str, bytes] = {}
    left = LARGEST_PACK
    for name in sorted(names):
        sources[name] = _read(folder / name)
        left -= len(sources[name])
        if left < 0:
            size = f"{LARGEST_PACK // 1_000_000} MB"
            en = f"the files of the pack are larger than {size} together; split it"
            raise UserError(f"规则包的文件合起来超过 {size}，请拆成几个包", str(folder), en=en)
    return sources


def _names(folder: Path, prefix: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [prefix + entry.name for entry in entries if _is_rule_file(entry)]
    except OSError as error:
        raise UserError(
            f"读不了规则包：{error.strerror}", str(folder), en=f"cannot read the pack: {error.strerror}"
        ) from None


def _is_rule_file(entry: os.DirEntry[str]) -> bool:
    return entry.name.endswith(".toml") and not entry.name.startswith(".") and entry.is_file()


def _read(path: Path) -> bytes:
    try:
        data = read_start(path, LARGEST_FILE + 1)
    except OSError as error:
        reason = why(error)
        en = f"cannot read the rule file: {reason.en}"
        raise UserError(f"读不了规则文件：{reason.zh}", str(path), en=en) from None
    if len(data) > LARGEST_FILE:
        size = f"{LARGEST_FILE // 1_000_000} MB"
        raise UserError(f"规则文件超过 {size}，请拆成几个文件", str(path), en=f"larger than {size}; split the file")
    return data
