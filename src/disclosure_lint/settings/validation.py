"""What a configuration may refer to, the values that it is made of, and the sentence for every mistake."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.settings.globs import LONGEST
from disclosure_lint.settings.model import Settings

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
    root: str = "."
    """The folder that the paths of a configuration are relative to."""

    def with_packs(self, packs: tuple[str, ...]) -> "ValidationContext":
        """Returns what may be referred to where those packs are loaded; UserError if one is broken."""
        return self.more(packs)._replace(lang=self.lang, root=self.root) if packs and self.more else self

    def say(self, zh: str, en: str) -> str:
        """Returns the text in the language for mistakes."""
        return en if self.lang == "en" else zh


class SettingsError(Exception):
    """A mistake at the end of a key path."""

    def __init__(self, zh: str, en: str, keys: tuple[str | int, ...] = ()):
        super().__init__(en)
        self.words = LocalizedText(zh, en)
        self.keys = keys


@contextmanager
def within(*keys: str | int) -> Iterator[None]:
    """Reads the value at some keys: a SettingsError about it is one of the table around it, under these keys."""
    try:
        yield
    except SettingsError as error:
        raise SettingsError(*error.words, (*keys, *error.keys)) from None


def profiled(name: str | None, known: ValidationContext) -> Settings:
    """Returns the settings of a profile, the usual ones for None. Raises SettingsError if there is no such profile."""
    return Settings() if name is None or known.profile is None else known.profile(name)


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


def as_table(value: Any) -> dict[str, Any]:
    """Returns a table of keys and values. Raises SettingsError if it is none."""
    if not isinstance(value, dict):
        raise SettingsError("这里应是一张表：[表名] 加各行 键 = 值", "a table is expected here")
    return value


def path_glob(value: Any) -> str:
    """Returns a path or a glob. Raises SettingsError if it is none."""
    if len(as_some_text(value)) > LONGEST:
        raise SettingsError(f"路径最多 {LONGEST} 个字符", f"a path has {LONGEST} characters at most")
    return as_text(value)


def as_texts(value: Any) -> tuple[str, ...]:
    """Returns a list of texts that are not empty. Raises SettingsError if it is none."""
    if not isinstance(value, list):
        raise SettingsError(
            '这里应是文字的列表，例如 ["DL3", "DL401"]', 'a list of texts is expected, like ["DL3", "DL401"]'
        )
    for index, item in enumerate(value):
        if not isinstance(item, str) or not item:
            raise SettingsError("列表里只能是不空的文字", "the list may only hold texts that are not empty", (index,))
    return tuple(value)


def as_codes(value: Any, known: ValidationContext) -> tuple[str, ...]:
    """Returns codes of rules. Raises SettingsError for the first that no loaded rule has."""
    codes = as_texts(value)
    for index, code in enumerate(codes):
        with within(index):
            check_code(code, known)
    return codes


def as_choice(value: Any, choices: Sequence[str]) -> str:
    """Returns one of some words. Raises SettingsError if it is none of them."""
    if value not in choices:
        quoted = " / ".join(f'"{choice}"' for choice in choices)
        raise SettingsError(f"这里只能是 {quoted}", f"must be one of {quoted}")
    return str(value)


def as_count(value: Any) -> int:
    """Returns a whole number that is not negative. Raises SettingsError if it is none."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise SettingsError("这里应是不小于 0 的整数", "a whole number, 0 or more, is expected here")
    return value


def as_text(value: Any) -> str:
    """Returns a text. Raises SettingsError if it is none."""
    if not isinstance(value, str):
        raise SettingsError("这里应是加引号的文字", "a quoted text is expected here")
    return value


def as_some_text(value: Any) -> str:
    """Returns a text that is not empty. Raises SettingsError if it is none."""
    if not as_text(value):
        raise SettingsError("这里不能是空的", "this must not be empty")
    return as_text(value)


def some_codes(value: Any, known: ValidationContext) -> tuple[str, ...]:
    """Returns codes, at least one. Raises SettingsError if there is none or one is unknown."""
    codes = as_codes(value, known)
    if not codes:
        raise SettingsError("至少要写一个规则代码", "write at least one code")
    return codes
