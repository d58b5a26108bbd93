"""`[[accept]]`: findings that a configuration leaves as they are, each with its reason."""

from typing import Any

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.result import AcceptedFinding
from disclosure_lint.settings.validation import (
    SettingsError,
    ValidationContext,
    as_text,
    hinted,
    path_glob,
    some_codes,
)

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
        try:
            found.append(_acceptance(item, known)._replace(number=number))
        except SettingsError as error:
            raise error.under(number) from None
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
    try:
        return check(item[key]) if key in item else None
    except SettingsError as error:
        raise error.under(key) from None


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
