"""Profiles: what a report must fulfil while it is written, reviewed or published; one file of `rules/profiles` each."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from disclosure_lint.files.reading import LARGEST_SETTINGS, read_file
from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.settings.files import Parse, TomlText
from disclosure_lint.settings.model import Settings
from disclosure_lint.settings.validation import SEVERITIES, SettingsError, as_choice, as_count, as_table, within

_CODE = lazy_re_compile(r"[A-Z]{2}\d{0,3}")
_GRADE_KEYS = ("code", "severity", "reason")


class Grade(NamedTuple):
    """Another severity that a profile gives to some codes."""

    severity: Severity
    reason: LocalizedText


class Profile(NamedTuple):
    """What holds where a configuration and the command line say nothing else."""

    id: str
    summary: LocalizedText
    fail_on: Severity = Severity.error
    max_undetermined: int | None = None
    grades: Mapping[str, Grade] = {}
    """By code or prefix; of two the longer one holds. Codes that no loaded rule has do no harm."""

    def settings(self) -> Settings:
        """Returns the settings that others are laid over."""
        return Settings(
            fail_on=self.fail_on,
            max_undetermined=self.max_undetermined,
            profile=self.id,
            profile_severity={code: grade.severity for code, grade in self.grades.items()},
        )


class Profiles:
    """The profiles of a folder; each is read when it is first asked for."""

    def __init__(self, folder: Path, parse: Parse):
        """Takes where they are, and what reads TOML."""
        self._folder = folder
        self._parse = parse
        self._read: dict[str, Profile] = {}

    def names(self) -> tuple[str, ...]:
        """Returns the ids of all profiles, from the mildest to the strictest where the tool ships them."""
        order = ("draft", "review", "publish")
        found = sorted(path.stem for path in self._folder.glob("*.toml"))
        return tuple(sorted(found, key=lambda key: order.index(key) if key in order else len(order)))

    def of(self, key: str) -> Profile:
        """Returns a profile. Raises SettingsError if there is none, UserError with the place of a mistake in it."""
        if key not in self._read:
            if key not in (names := self.names()):
                zh, en = "、".join(names), ", ".join(names)
                raise SettingsError(
                    f"没有“{key}”这个方案；可写 {zh}", f"there is no profile “{key}”; write one of {en}"
                )
            path = self._folder / f"{key}.toml"
            self._read[key] = _profile(key, self._parse(path.as_posix(), read_file(path, LARGEST_SETTINGS)))
        return self._read[key]


def _profile(key: str, file: TomlText) -> Profile:
    try:
        _only(file.data, ("profile", "severity"))
        with within("profile"):
            about = as_table(file.data.get("profile"))
            with within("fail-on"):
                fail_on = Severity[as_choice(about.get("fail-on", "error"), SEVERITIES[:-1])]
            with within("max-undetermined"):
                limit = as_count(about["max-undetermined"]) if "max-undetermined" in about else None
            summary = _words(about, "summary")
        return Profile(key, summary, fail_on, limit, _grades(file.data.get("severity", [])))
    except SettingsError as error:
        # For the authors of the tool: the profiles are part of it.
        raise file.mistake(error.keys, *error.words) from None


def _grades(items: Any) -> dict[str, Grade]:
    grades: dict[str, Grade] = {}
    for number, item in enumerate(items):
        with within("severity", number):
            table = as_table(item)
            _only(table, _GRADE_KEYS)
            code = str(table.get("code", ""))
            if not _CODE.fullmatch(code) or code in grades:
                raise SettingsError("code 应是规则代码或前缀，各写一次", "a code or prefix, each once", ("code",))
            with within("severity"):
                severity = Severity[as_choice(table.get("severity"), SEVERITIES)]
            grades[code] = Grade(severity, _words(table, "reason"))
    return grades


def _words(table: dict[str, Any], key: str) -> LocalizedText:
    words = table.get(key)
    if not isinstance(words, dict) or set(words) != {"zh", "en"}:
        raise SettingsError(f"{key} 要有 zh 和 en", f"{key} needs zh and en", (key,))
    return LocalizedText(str(words["zh"]), str(words["en"]))


def _only(table: dict[str, Any], keys: tuple[str, ...]) -> None:
    for key in table:
        if key not in keys:
            raise SettingsError(f"没有“{key}”这一项", f"unknown key “{key}”", (key,))
