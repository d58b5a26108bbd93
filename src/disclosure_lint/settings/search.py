"""Which settings hold for the files of a folder."""

from pathlib import Path

from disclosure_lint.settings.files import Parse, file_in, load
from disclosure_lint.settings.model import Override, Settings, overridden
from disclosure_lint.settings.validation import ValidationContext, profiled


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
