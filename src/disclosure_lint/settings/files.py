"""The configuration file: where it is, and what it says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from disclosure_lint.files.reading import LARGEST_SETTINGS, read_file, read_start, why
from disclosure_lint.model.errors import UserError
from disclosure_lint.settings.keys import validated
from disclosure_lint.settings.model import Override, Settings, overridden
from disclosure_lint.settings.validation import SettingsError, ValidationContext, profiled

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
