"""The files that say what the user wants: the configuration, where it is and what it says; and profiles.

A profile is what a report must fulfil while it is written, reviewed or published; one file of `rules/profiles` each.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from disclosure_lint.files.reading import LARGEST_SETTINGS, read_file, read_start, why
from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.settings.keys import validated
from disclosure_lint.settings.model import Override, Settings, overridden
from disclosure_lint.settings.validation import (
    SEVERITIES,
    SettingsError,
    ValidationContext,
    as_choice,
    as_count,
    as_table,
    profiled,
    within,
)

OWN_FILE = "disclosure-lint.toml"
SHARED_FILE = "pyproject.toml"
TABLE = "disclosure-lint"


class TomlText(Protocol):
    """A parsed TOML file that knows where its keys stand."""

    data: dict[str, Any]

    def mistake(self, keys: tuple[str | int, ...], zh: str, en: str) -> UserError:
        """Returns the error at the place that the keys lead to."""
        ...


Parse = Callable[[str, bytes], TomlText]
"""Takes a path and its bytes; raises UserError if they are no TOML. Handed in: rule files are parsed the same way."""


class Search:
    """Finds the nearest configuration file upwards from a folder; looks into each folder once."""

    def __init__(self, known: ValidationContext, parse: Parse, override: Override, fixed: Settings | None = None):
        """Takes what a configuration may refer to, and what the command line says; `fixed` holds for all folders.

        Raises SettingsError if the command line asks for a profile that does not exist.
        """
        self._known = known
        self._parse = parse
        self._override = override
        self._profiled = profiled(override.profile, known)
        self._fixed = None if fixed is None else overridden(fixed, override)
        self._found: dict[Path, Settings] = {}

    def settings(self, folder: str) -> Settings:
        """Returns the settings for the files of a folder. Raises UserError with the place of a mistake in the file."""
        if self._fixed is not None:
            return self._fixed
        path = Path(folder).absolute()
        return self._found[path] if path in self._found else self._upwards(path)

    def _upwards(self, folder: Path) -> Settings:
        passed = [folder]
        while (settings := self._settings_of(passed[-1])) is None:
            passed.append(passed[-1].parent)
        self._found.update(dict.fromkeys(passed, settings))
        return settings

    def _settings_of(self, folder: Path) -> Settings | None:
        """Returns what is known of a folder or stands in it; None if that is for the folder above to say."""
        if folder in self._found:
            return self._found[folder]
        if path := file_in(folder, self._parse):
            return overridden(load(path, self._known, self._parse, self._override.profile), self._override)
        return overridden(self._profiled, self._override) if folder.parent == folder else None


def file_in(folder: Path, parse: Parse) -> Path | None:
    """Returns the configuration file of that very folder; a pyproject.toml counts only if it has a table for us.

    Raises UserError if a pyproject.toml mentions us and is no TOML.
    """
    own = folder / OWN_FILE
    if _is_file(own):
        return own
    shared = folder / SHARED_FILE
    return shared if _is_file(shared) and _has_table(shared, parse) else None


def load(
    path: Path, known: ValidationContext, parse: Parse, profile: str | None = None, *, pipe: bool = False
) -> Settings:
    """Returns the settings that a configuration file asks for, over those of a profile if one is asked for besides.

    It may be a `pipe` if the user named it. Raises UserError with the place of the first mistake.
    """
    try:
        data = read_file(path, LARGEST_SETTINGS, pipe=pipe)
    except OSError as error:
        reason = why(error)
        message = known.say(f"配置文件读不了：{reason.zh}", f"cannot read the configuration file: {reason.en}")
        raise UserError(message, _shown(path)) from None
    return settings_in(path, data, known, parse, profile)


def settings_in(
    path: Path, data: bytes, known: ValidationContext, parse: Parse, profile: str | None = None
) -> Settings:
    """Returns the settings in the bytes of a configuration file, saved or not. Raises UserError as `load` does."""
    shown = _shown(path)
    file, prefix = _parsed(shown, data, known, parse), table_of(path)
    content: Any = file.data
    for key in prefix:
        content = content.get(key, {})
    try:
        settings = validated(content, known, path.absolute().parent.as_posix(), profile)
    except SettingsError as error:
        said = error.words.text(known.lang)
        raise file.mistake((*prefix, *error.keys), said, said) from None
    return settings._replace(file=shown)


def _parsed(shown: str, data: bytes, known: ValidationContext, parse: Parse) -> TomlText:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = known.say("配置文件要用 UTF-8 编码保存", "the configuration file must be saved as UTF-8")
        raise UserError(message, shown, error.object.count(b"\n", 0, error.start) + 1) from None
    return parse(shown, data)


def table_of(path: Path) -> tuple[str, ...]:
    """Returns the keys that lead to what is ours in a configuration file."""
    return ("tool", TABLE) if path.name == SHARED_FILE else ()


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _has_table(path: Path, parse: Parse) -> bool:
    try:
        data = read_start(path, LARGEST_SETTINGS + 1)
    except OSError:
        return False
    # Most pyproject.toml on the way up are other people's, and their text alone says so.
    if TABLE.encode() not in data:
        return False
    if len(data) > LARGEST_SETTINGS:
        return True  # `load` says what is wrong
    tool = parse(_shown(path), data).data.get("tool")
    return isinstance(tool, dict) and TABLE in tool


def _shown(path: Path) -> str:
    """A file that was found upwards is named as briefly as it can be."""
    here = Path.cwd()
    absolute = path.absolute()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else path).as_posix()


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
