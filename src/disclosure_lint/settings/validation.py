"""What a configuration file may say: every key, and the sentence for every mistake."""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.settings.globs import LONGEST
from disclosure_lint.settings.model import Settings

_PACKS = "packs"
_LONGEST_WORD = 100
"""A longer one is no mistyped code or key."""
SEVERITIES = tuple(severity.name for severity in reversed(Severity))


class TargetNames(NamedTuple):
    """Where a finding can be, by name; nothing is checked where nothing is known."""

    cells: tuple[str, ...] = ()
    """Names of the numbers in all loaded forms."""
    sections: tuple[str, ...] = ()
    """Ids of the sections in all loaded forms."""


class ValidationContext(NamedTuple):
    """What a configuration may refer to, and the language for its mistakes."""

    codes: tuple[str, ...]
    """Codes of the loaded rules."""
    names: tuple[str, ...]
    """Names of the loaded rules."""
    forms: tuple[str, ...]
    """Ids of the loaded forms."""
    lang: str = "zh"
    regions: tuple[str, ...] = ()
    """Ids of the loaded packs that may be asked for as a region."""
    more: "Callable[[tuple[str, ...]], ValidationContext] | None" = None
    """Loads packs that a configuration names, and returns what it may refer to with them."""
    places: "Callable[[], TargetNames]" = lambda: TargetNames()
    """Gathers the names of the places that a finding can be at."""
    profile: Callable[[str], Settings] | None = None
    """Returns the settings of a profile; SettingsError if there is none of that name."""

    def with_packs(self, packs: tuple[str, ...]) -> "ValidationContext":
        """Returns what may be referred to where those packs are loaded; UserError if one is broken."""
        return self.more(packs) if packs and self.more else self

    def say(self, zh: str, en: str) -> str:
        """Returns the text in the language for mistakes."""
        return en if self.lang == "en" else zh


class SettingsError(Exception):
    """A mistake at the end of a key path."""

    def __init__(self, zh: str, en: str, keys: tuple[str | int, ...] = ()):
        super().__init__(en)
        self.words = LocalizedText(zh, en)
        self.keys = keys

    def under(self, key: str | int) -> "SettingsError":
        """Returns the same mistake seen from the table around it."""
        return SettingsError(self.words.zh, self.words.en, (key, *self.keys))


def profiled(name: str | None, known: ValidationContext) -> Settings:
    """Returns the settings of a profile, the usual ones for None. Raises SettingsError if there is no such profile."""
    return Settings() if name is None or known.profile is None else known.profile(name)


def validated(data: Any, known: ValidationContext, root: str, profile: str | None = None) -> Settings:
    """Returns the settings of parsed TOML over those of its profile, or of the one that the command line asks for.

    Raises SettingsError for the first mistake.
    """
    values: dict[str, Any] = {"root": root}
    # The packs first: whatever else it says may refer to their rules.
    for key, value in sorted(_table(data).items(), key=lambda item: item[0] != _PACKS):
        if key not in _KEYS:
            hint = hinted(key, _KEYS)
            raise SettingsError(f"没有“{key}”这个配置项{hint.zh}", f"unknown key “{key}”{hint.en}", (key,))
        try:
            values[key.replace("-", "_")] = _beside(key, value, root) or _KEYS[key](value, known)
        except SettingsError as error:
            raise error.under(key) from None
        if key == _PACKS:
            known = known.with_packs(values[_PACKS])
    own = values.pop("profile", None)
    return (own if own is not None and profile is None else profiled(profile, known))._replace(**values)


def _beside(key: str, value: Any, root: str) -> Any:
    """Returns what a key says of files beside the configuration, None for other keys."""
    if key == _PACKS:
        return _packs(value, root)
    return _joined(root, _some_text(value)) if key == "baseline" else None


def check_code(code: str, known: ValidationContext) -> None:
    """Raises SettingsError if no loaded rule has that code, prefix or name."""
    if code and (code in known.names or any(rule.startswith(code) for rule in known.codes)):
        return
    hint = hinted(code, (*known.codes, *known.names))
    raise SettingsError(f"没有代码或名称为“{code}”的规则{hint.zh}", f"no rule has the code or name “{code}”{hint.en}")


def check_form(form: str, known: ValidationContext) -> None:
    """Raises SettingsError if it is neither `auto` nor a loaded form."""
    if form not in ("auto", *known.forms):
        choices = "、".join(("auto", *known.forms))
        english = ", ".join(("auto", *known.forms))
        raise SettingsError(
            f"没有“{form}”这个表式，可用的有：{choices}", f"there is no form “{form}”; choose from {english}"
        )


def check_region(region: str, known: ValidationContext) -> None:
    """Raises SettingsError if it is neither `auto` nor `none` nor a loaded pack for a region."""
    choices = ("auto", "none", *known.regions)
    if region not in choices:
        raise SettingsError(
            f"没有“{region}”这个地区的规则包；可写 {'、'.join(choices)}",
            f"there is no rule pack for the region “{region}”; write one of {', '.join(choices)}",
        )


def hinted(word: str, candidates: Iterable[str]) -> LocalizedText:
    """Returns the question whether the nearest of some words was meant, empty if none is near."""
    # Only where something is wrong.
    from difflib import get_close_matches

    near = get_close_matches(word, list(candidates), n=1, cutoff=0.6) if len(word) <= _LONGEST_WORD else []
    return LocalizedText(f"，是不是“{near[0]}”？", f"; did you mean “{near[0]}”?") if near else LocalizedText("", "")


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise SettingsError("这里应是一张表：[表名] 加各行 键 = 值", "a table is expected here")
    return value


def optional_text(value: Any) -> str:
    """Returns a text. Raises SettingsError if it is none."""
    return _text(value)


def path_glob(value: Any) -> str:
    """Returns a path or a glob. Raises SettingsError if it is none."""
    if len(_some_text(value)) > LONGEST:
        raise SettingsError(f"路径最多 {LONGEST} 个字符", f"a path has {LONGEST} characters at most")
    return _text(value)


def _globs(value: Any) -> tuple[str, ...]:
    for index, glob in enumerate(_texts(value)):
        try:
            path_glob(glob)
        except SettingsError as error:
            raise error.under(index) from None
    return tuple(value)


def some_codes(value: Any, known: ValidationContext) -> tuple[str, ...]:
    """Returns codes, at least one. Raises SettingsError if there is none or one is unknown."""
    codes = _codes(value, known)
    if not codes:
        raise SettingsError("至少要写一个规则代码", "write at least one code")
    return codes


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise SettingsError(
            '这里应是文字的列表，例如 ["DL3", "DL401"]', 'a list of texts is expected, like ["DL3", "DL401"]'
        )
    for index, item in enumerate(value):
        if not isinstance(item, str) or not item:
            raise SettingsError("列表里只能是不空的文字", "the list may only hold texts that are not empty", (index,))
    return tuple(value)


def _codes(value: Any, known: ValidationContext) -> tuple[str, ...]:
    codes = _texts(value)
    for index, code in enumerate(codes):
        try:
            check_code(code, known)
        except SettingsError as error:
            raise error.under(index) from None
    return codes


def _choice(value: Any, choices: Sequence[str]) -> str:
    if value not in choices:
        quoted = " / ".join(f'"{choice}"' for choice in choices)
        raise SettingsError(f"这里只能是 {quoted}", f"must be one of {quoted}")
    return str(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise SettingsError("这里应是加引号的文字", "a quoted text is expected here")
    return value


def _some_text(value: Any) -> str:
    if not _text(value):
        raise SettingsError("这里不能是空的", "this must not be empty")
    return _text(value)


def _joined(root: str, name: str) -> str:
    return os.path.normpath(os.path.join(root, name))  # noqa: PTH118 (Path would not take out `..`)


def _form(value: Any, known: ValidationContext) -> str:
    check_form(_text(value), known)
    return _text(value)


def _region(value: Any, known: ValidationContext) -> str:
    check_region(_text(value), known)
    return _text(value)


def _packs(value: Any, root: str) -> tuple[str, ...]:
    packs = []
    for index, name in enumerate(_texts(value)):
        path = _joined(root, name)
        if not os.path.exists(path):  # noqa: PTH110
            sentence = f"没有“{name}”这个规则包：它应是带 pack.toml 的文件夹，或者一个 .toml 文件"
            raise SettingsError(sentence, f"there is no rule pack “{name}”: a folder or a .toml file", (index,))
        packs.append(path)
    return tuple(dict.fromkeys(packs))


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise SettingsError("这里应是不小于 0 的整数", "a whole number, 0 or more, is expected here")
    return value


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise SettingsError("这里应是 true 或 false", "true or false is expected here")
    return value


def _severities(value: Any, known: ValidationContext) -> dict[str, Severity]:
    severities: dict[str, Severity] = {}
    for code, name in _table(value).items():
        try:
            check_code(code, known)
            severities[code] = Severity[_choice(name, SEVERITIES)]
        except SettingsError as error:
            raise error.under(code) from None
    return severities


def _profile(value: Any, known: ValidationContext) -> Settings:
    return profiled(_text(value), known)


def _acceptances(value: Any, known: ValidationContext) -> Any:
    # Most configurations accept nothing, and what reads it stands on this module.
    from disclosure_lint.settings.acceptance import acceptances

    return acceptances(value, known)


def _trust(value: Any, _: ValidationContext) -> str:
    # As above.
    from disclosure_lint.settings.trusting import check_trust

    return check_trust(_text(value))


def _trusted(value: Any, known: ValidationContext) -> tuple[str, ...]:
    # As above.
    from disclosure_lint.settings.trusting import trusted_globs

    return trusted_globs(value, known)


def _ignores(value: Any, known: ValidationContext) -> dict[str, tuple[str, ...]]:
    ignores: dict[str, tuple[str, ...]] = {}
    for glob, codes in _table(value).items():
        try:
            ignores[path_glob(glob)] = _codes(codes, known)
        except SettingsError as error:
            raise error.under(glob) from None
    return ignores


_KEYS: dict[str, Callable[[Any, ValidationContext], Any]] = {
    "select": _codes,
    "ignore": _codes,
    "extend-select": _codes,
    "severity": _severities,
    "form": _form,
    "region": _region,
    _PACKS: lambda value, _: _texts(value),
    "fail-on": lambda value, _: Severity[_choice(value, SEVERITIES[:-1])],
    "max-undetermined": lambda value, _: _count(value),
    "lang": lambda value, _: _choice(value, ("zh", "en")),
    "exclude": lambda value, _: _globs(value),
    "per-file-ignores": _ignores,
    "accept": _acceptances,
    "baseline": lambda value, _: _some_text(value),
    "profile": _profile,
    "convert": lambda value, _: _yes_or_no(value),
    "trust": _trust,
    "trusted": _trusted,
}
