"""Values of the configuration: from parsed TOML to what `Settings` holds; each raises SettingsError for a mistake."""

import os
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.result import AcceptedFinding
from disclosure_lint.settings.globs import starred
from disclosure_lint.settings.validation import (
    SEVERITIES,
    SettingsError,
    ValidationContext,
    as_choice,
    as_codes,
    as_table,
    as_text,
    as_texts,
    check_code,
    hinted,
    path_glob,
    some_codes,
    within,
)

Read = Callable[[Any, ValidationContext], Any]
"""Takes a value of parsed TOML; returns that of `Settings`, or raises SettingsError."""
Check = Callable[[str, ValidationContext], object]
"""Raises SettingsError if a word, or one of a list, refers to nothing."""
_Entry = TypeVar("_Entry")
TRUST = ("text", "previous", "none")
_CELLS = lazy_re_compile(r"[a-z0-9_*]+\[[a-z0-9_*]+,[a-z0-9_*]+\]")
_SCHEMES = ("https://", "http://", "file:///")


def word(check: Check) -> Read:
    """Returns what reads a word that must refer to something."""

    def read(value: Any, known: ValidationContext) -> str:
        check(as_text(value), known)
        return as_text(value)

    return read


def one_of(choices: tuple[str, ...]) -> Read:
    """Returns what reads one of some words."""
    return lambda value, _: as_choice(value, choices)


def joined(root: str, name: str) -> str:
    """Returns the path of a name in a folder, without `..`."""
    return os.path.normpath(os.path.join(root, name))  # noqa: PTH118 (Path would not take out `..`)


def packs(value: Any, known: ValidationContext) -> tuple[str, ...]:
    """Returns the paths of rule packs, each once."""
    found = []
    for index, name in enumerate(as_texts(value)):
        path = joined(known.root, name)
        if not os.path.exists(path):  # noqa: PTH110
            sentence = f"没有“{name}”这个规则包：它应是带 pack.toml 的文件夹，或者一个 .toml 文件"
            raise SettingsError(sentence, f"there is no rule pack “{name}”: a folder or a .toml file", (index,))
        found.append(path)
    return tuple(dict.fromkeys(found))


def address(value: Any, _: ValidationContext) -> str:
    """Returns an address as programs that show findings can open it."""
    found = as_text(value)
    if "{code}" not in found or not found.isprintable() or " " in found or not found.startswith(_SCHEMES):
        zh = "这里应是写了 {code} 的网址，如 https://example.cn/rules/{code}/"
        raise SettingsError(zh, "an address with {code} is expected here, as https://example.org/rules/{code}/")
    return found


def globs(value: Any, _: ValidationContext) -> tuple[str, ...]:
    """Returns globs of paths."""
    for index, glob in enumerate(as_texts(value)):
        with within(index):
            path_glob(glob)
    return tuple(value)


def yes_or_no(value: Any, _: ValidationContext) -> bool:
    """Returns `true` or `false`."""
    if not isinstance(value, bool):
        raise SettingsError("这里应是 true 或 false", "true or false is expected here")
    return value


def severities(value: Any, known: ValidationContext) -> dict[str, Severity]:
    """Returns severities by codes."""

    def entry(code: str, name: Any) -> tuple[str, Severity]:
        check_code(code, known)
        return code, Severity[as_choice(name, SEVERITIES)]

    return _entries(value, entry)


def ignores(value: Any, known: ValidationContext) -> dict[str, tuple[str, ...]]:
    """Returns codes by globs of paths."""
    return _entries(value, lambda glob, codes: (path_glob(glob), as_codes(codes, known)))


def names(value: Any, _: ValidationContext) -> dict[str, tuple[str, ...]]:
    """Returns names by another name."""
    return _entries(value, lambda name, others: (name, as_texts(others)))


def _entries(value: Any, entry: Callable[[str, Any], tuple[str, _Entry]]) -> dict[str, _Entry]:
    """Returns what each entry of a table is; a mistake in one is under its key."""
    found: dict[str, _Entry] = {}
    for key, said in as_table(value).items():
        with within(key):
            name, found[name] = entry(key, said)
    return found


def check_trust(trust: str) -> str:
    """Returns what is to be trusted. Raises SettingsError for what cannot be."""
    if trust not in TRUST:
        raise SettingsError(
            f"没有“{trust}”；可写 {'、'.join(TRUST)}", f"there is no “{trust}”; write one of {', '.join(TRUST)}"
        )
    return trust


def trusted_cells(globs: Iterable[str], cells: Iterable[str]) -> set[str]:
    """Returns those of the cells that are named by names of numbers with `*` for any part of them."""
    known = list(map(starred, globs))
    return {cell for cell in cells if any(glob.names(cell) for glob in known)}


def trusted_globs(value: Any, known: ValidationContext) -> tuple[str, ...]:
    """Returns the globs of a configuration. Raises SettingsError for the first that names nothing."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        zh = '这里应是数的名称的列表，例如 ["requests[new,*]"]'
        raise SettingsError(zh, 'a list of names of numbers is expected, like ["requests[new,*]"]')
    cells = known.places().cells
    for index, glob in enumerate(value):
        if not _CELLS.fullmatch(glob):
            zh = f"“{glob}”不是数的名称，应写成 requests[new,total] 这样，* 代表任意一段"
            raise SettingsError(
                zh, f"“{glob}” is no name of a number, like requests[new,total]; * stands for any part", (index,)
            )
        if cells and not trusted_cells([glob], cells):
            hint = hinted(glob, cells)
            zh, en = f"表格里没有名为“{glob}”的数", f"no number of the tables has the name “{glob}”"
            raise SettingsError(zh + hint.zh, en + hint.en, (index,))
    return tuple(value)


_KEYS: dict[str, dict[str, Any]] = {
    "path": {"description": LocalizedText("哪些文件，可用通配符", "which files; a path or a glob"), "type": "string"},
    "codes": {
        "description": LocalizedText("哪些规则的问题", "the findings of these rules"),
        "type": "array",
        "items": {"format": "rule"},
    },
    "cell": {"description": LocalizedText("只是这一格的", "only those at this number"), "format": "cell"},
    "section": {"description": LocalizedText("只是这一部分的", "only those in this section"), "format": "section-id"},
    "reason": {"description": LocalizedText("为什么接受", "why they are accepted"), "type": "string"},
}
_NEEDED = ("path", "codes", "reason")
ACCEPTANCE: dict[str, Any] = {"type": "object", "required": list(_NEEDED), "properties": _KEYS}
"""What JSON Schema says of one of them."""


def acceptances(value: Any, known: ValidationContext) -> tuple[AcceptedFinding, ...]:
    """Returns what is accepted, in order. Raises SettingsError for the first mistake."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise SettingsError("这里应是一条或几条 [[accept]]", "one or more [[accept]] are expected here")
    found = []
    for number, item in enumerate(value):
        with within(number):
            found.append(_acceptance(item, known)._replace(number=number))
    return tuple(found)


def _acceptance(item: dict[str, Any], known: ValidationContext) -> AcceptedFinding:
    for key in item:
        if key not in _KEYS:
            hint = hinted(key, _KEYS)
            raise SettingsError(f"[[accept]] 没有“{key}”这一项{hint.zh}", f"[[accept]] has no “{key}”{hint.en}", (key,))
    for key in _NEEDED:
        if key not in item:
            raise SettingsError(f"这条 [[accept]] 缺少 {key}", f"this [[accept]] lacks {key}")
    return AcceptedFinding(
        path=_checked("path", item, path_glob),
        codes=_checked("codes", item, lambda value: some_codes(value, known)),
        reason=_checked("reason", item, _reason),
        cell=_checked("cell", item, lambda value: _cell(value, known)),
        section=_checked("section", item, lambda value: _section(value, known)),
    )


def _checked(key: str, item: dict[str, Any], check: Any) -> Any:
    with within(key):
        return check(item[key]) if key in item else None


def _reason(value: Any) -> str:
    text = as_text(value).strip()
    if not text:
        raise SettingsError("请写明为什么接受", "say why it is accepted")
    return text


def _cell(value: Any, known: ValidationContext) -> str:
    return _one_of(value, known.places().cells, "表格里没有名为“{}”的数", "no number of the tables has the name “{}”")


def _section(value: Any, known: ValidationContext) -> str:
    return _one_of(value, known.places().sections, "没有名为“{}”的部分", "there is no section “{}”")


def _one_of(value: Any, names: tuple[str, ...], zh: str, en: str) -> str:
    text = as_text(value)
    if names and text not in names:
        hint = hinted(text, names)
        raise SettingsError(zh.format(text) + hint.zh, en.format(text) + hint.en)
    return text
