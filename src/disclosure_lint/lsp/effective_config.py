"""What holds for a file: linter and settings, from configuration files, rule packs and the editor's settings.

One object holds for one state of the files on disk: when they change, a new one takes its place, and remembers from
the old what held before, in case the new state is a mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from disclosure_lint.engine.linter import Linter, LinterSet, parse
from disclosure_lint.files.reading import LARGEST_BASELINE, read_file, why
from disclosure_lint.lsp.client_settings import SECTION, ClientSettings
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.result import FileResult
from disclosure_lint.packs.texts import rule_texts
from disclosure_lint.settings import Settings
from disclosure_lint.settings.files import Search, load
from disclosure_lint.settings.keys import KEYS
from disclosure_lint.settings.model import overridden
from disclosure_lint.settings.validation import SettingsError, ValidationContext
from disclosure_lint.suppress.baseline import BaselineEntry, Key, Matching, Say, parsed, relative_to

_DEFAULT_LANG = "zh"


class Baseline(NamedTuple):
    """The file of known mistakes that a configuration names."""

    folder: str
    entries: dict[str, dict[Key, BaselineEntry]]
    """By path: a keystroke asks for one file, and an archive has thousands."""

    @classmethod
    def read(cls, path: Path, say: Say) -> Baseline:
        """Returns what a file lists. Raises UserError with the place of a mistake in it."""
        try:
            data = read_file(path, LARGEST_BASELINE)
        except OSError as error:
            words = why(error)
            sentence = say(f"基线读不了：{words.zh}", f"cannot read the baseline: {words.en}")
            raise UserError(sentence, str(path)) from None
        entries: dict[str, dict[Key, BaselineEntry]] = {}
        for key, known in parsed(str(path), data, say).items():
            entries.setdefault(key.path, {})[key] = known
        return cls(str(path.absolute().parent), entries)

    def apply(self, result: FileResult) -> FileResult:
        """Returns a result without what is known."""
        entries = self.entries.get(relative_to(self.folder, result.path))
        return Matching(entries, self.folder).apply(result) if entries else result


class EffectiveConfig(NamedTuple):
    """What holds for the files of a folder."""

    linter: Linter
    settings: Settings
    lang: str
    baseline: Baseline | None = None
    """The mistakes that are known and so not shown."""
    trouble: UserError | None = None
    """What is wrong with the configuration; then what held before still holds, else the defaults."""
    reasons: Mapping[str, LocalizedText] = {}
    """By the code of a rule: why it is there, as the first line of `explain` says it."""


class EffectiveConfigs:
    """Finds what holds for each folder, once."""

    def __init__(self, lang: str | None, before: EffectiveConfigs | None = None):
        """Takes the language that the command line asks for; UserError if a plugin or the national pack is broken."""
        self._lang = lang
        self.lang = lang or _DEFAULT_LANG
        """In which language mistakes in rule files are told."""
        self._linters = LinterSet(self.lang)
        self._linters.of()
        self.registry = self._linters.registry
        """The packs that are installed."""
        self.suffixes = self._linters.suffixes
        """Endings of the names of files that can be read."""
        self._baselines: dict[str, Baseline] = {}
        self._watched: set[Path] = set()
        self._searches: dict[ClientSettings, Search] = {}
        self._found: dict[tuple[Path, ClientSettings], EffectiveConfig] = {}
        self._before = {} if before is None else before.good()

    def good(self) -> dict[tuple[Path, ClientSettings], EffectiveConfig]:
        """Returns what held for each folder the last time that its configuration was right."""
        found = {place: config for place, config in self._found.items() if config.trouble is None}
        return {**self._before, **found}

    def of(self, folder: Path, client_settings: ClientSettings) -> EffectiveConfig:
        """Returns what holds for the files of a folder under an editor's settings."""
        place = (folder, client_settings)
        if place not in self._found:
            self._found[place] = self._ruling(folder, client_settings)
        return self._found[place]

    def known(self, client_settings: ClientSettings) -> ValidationContext:
        """Returns what a configuration may refer to, in the language of an editor."""
        return self._linters.known()._replace(lang=client_settings.lang or self._lang or _DEFAULT_LANG)

    @property
    def profiles(self) -> dict[str, LocalizedText]:
        """The profiles, with what each is for."""
        profiles = self._linters.profiles
        return {key: profiles.of(key).summary for key in profiles.names()}

    def linter(self, packs: tuple[str, ...] = ()) -> Linter:
        """Returns the linter with some packs; UserError if one is broken."""
        return self._linters.of(packs)

    def _ruling(self, folder: Path, client_settings: ClientSettings) -> EffectiveConfig:
        try:
            settings = self._search(client_settings).settings(str(folder))
            linter = self._linters.of(settings.packs)
            trouble = self._unknown(client_settings, settings)
            baseline = self._baseline(settings)
            reasons = _reasons(linter)
        except UserError as error:
            trouble = error
        if trouble is None:
            lang = self._spoken(client_settings, settings)
            return EffectiveConfig(linter, settings, lang, baseline, reasons=reasons)
        if before := self._before.get((folder, client_settings)):
            return before._replace(trouble=trouble)
        settings = overridden(Settings(), client_settings.override._replace(form=None, region=None))
        linter, lang = self._linters.of(), self._spoken(client_settings, settings)
        return EffectiveConfig(linter, settings, lang, trouble=trouble, reasons=_reasons(linter))

    def _search(self, client_settings: ClientSettings) -> Search:
        if client_settings not in self._searches:
            known = self.known(client_settings)
            own = client_settings.configuration
            fixed = load(Path(own), known, parse, client_settings.profile) if own else None
            try:
                self._searches[client_settings] = Search(known, parse, client_settings.override, fixed)
            except SettingsError as error:  # an unknown profile
                raise UserError(f"{SECTION}: {error.words.text(known.lang)}") from None
        return self._searches[client_settings]

    def _baseline(self, settings: Settings) -> Baseline | None:
        if settings.baseline is None:
            return None
        self._watched.add(Path(settings.baseline).absolute())
        if settings.baseline not in self._baselines:
            known = self.known(ClientSettings(lang=settings.lang))
            self._baselines[settings.baseline] = Baseline.read(Path(settings.baseline), known.say)
        return self._baselines[settings.baseline]

    def depends_on(self, path: Path) -> bool:
        """Returns whether what holds somewhere may be different when that file changes."""
        return path.suffix == ".toml" or path in self._watched

    def _unknown(self, client_settings: ClientSettings, settings: Settings) -> UserError | None:
        """Returns the error about the first code, form or region of an editor that no loaded pack has."""
        known = self._linters.known(settings.packs)
        lang = self._spoken(client_settings, settings)
        try:
            for key in KEYS.values():
                if key.editor:
                    key.check_said(getattr(client_settings, key.field), known)
        except SettingsError as error:
            return UserError(f"{SECTION}: {error.words.text(lang)}")
        return None

    def _spoken(self, client_settings: ClientSettings, settings: Settings) -> str:
        return client_settings.lang or self._lang or settings.lang or _DEFAULT_LANG


def _reasons(linter: Linter) -> dict[str, LocalizedText]:
    return {code: _first_line(text.why) for folder in linter.folders for code, text in rule_texts(folder).items()}


def _first_line(words: LocalizedText) -> LocalizedText:
    return LocalizedText(*(text.strip().partition("\n")[0].rstrip() for text in words))
