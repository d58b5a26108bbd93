"""The linter: packs, checks and readers, ready for any number of files; and the linters of a run, by their packs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_lint.engine import pipeline
from disclosure_lint.engine.notices import Failures
from disclosure_lint.engine.pack_registry import PackRegistry
from disclosure_lint.engine.steps import Steps
from disclosure_lint.model.form import Form
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.rule import Rule
from disclosure_lint.packs.sources import shipped_rules
from disclosure_lint.settings import Settings
from disclosure_lint.settings.files import Profiles, TomlText
from disclosure_lint.settings.validation import TargetNames, ValidationContext

if TYPE_CHECKING:
    from disclosure_lint.engine.beside import Beside
    from disclosure_lint.engine.history import History
    from disclosure_lint.model.report import Report


_DEFAULTS = Settings()


class Linter(Steps):
    """Says all that is to be said about a file."""

    @classmethod
    def default(cls, *, use_cache: bool = True, packs: Sequence[Path] = (), convert: bool = False) -> Linter:
        """Returns a linter with the national pack, all installed plugins and those packs; UserError if one is broken.

        A pack is a folder with a `pack.toml`, or a single file. For `convert` see `of`.
        """
        return cls.of(PackRegistry(use_cache=use_cache), packs, convert=convert)

    @classmethod
    def of(cls, registry: PackRegistry, packs: Sequence[Path] = (), *, convert: bool = False) -> Linter:
        """Returns a linter with all packs of a registry and those packs; UserError if one is broken.

        If it is to `convert`, LibreOffice makes Word files of formats that are not read otherwise.
        """
        loaded, readers = registry.packs(packs), registry.readers_for(convert=convert)
        return cls(tuple(loaded.values()), registry.checks, readers, tuple(loaded), hooks=registry.document_hooks)

    def lint(
        self, name: str, data: bytes, settings: Settings = _DEFAULTS, history: History | Beside | None = None
    ) -> FileResult:
        """Returns all that is to be said about a file; a bad document is a finding, never an exception.

        `history` is what other reports say of its numbers.
        What plugins and packs fail to do is a finding too, and in `failures` of the result.
        """
        failures = Failures()
        found = history.take(name, data) if history else None
        return self.judged(name, found or self.opened(name, data, settings, failures), settings, history, failures)

    def opened(self, name: str, data: bytes, settings: Settings, failures: Failures) -> Report | FileResult:
        """Returns the report that a file is; if it is none, what is to be said about it."""
        return pipeline.opened(self, name, data, settings, failures)

    def judged(
        self,
        name: str,
        found: Report | FileResult,
        settings: Settings,
        history: History | Beside | None,
        failures: Failures,
    ) -> FileResult:
        """Returns all that is to be said about a file that was opened; `failures` are those of opening it."""
        if isinstance(found, FileResult):
            result = found
        else:
            result = pipeline.judged(self, name, found, settings, history, failures)
        for change in self.hooks.ready:
            result = failures.trying(lambda change=change, result=result: change(result)) or result  # type: ignore[misc]
        return self.notices.with_failures(result, failures, settings) if failures.found else result


class LinterSet:
    """Makes each linter once; plugins and packs are loaded once for all of them."""

    def __init__(self, lang: str, *, use_cache: bool = True, own: tuple[str, ...] = ()):
        """Finds the plugins, UserError if one is broken; mistakes in configurations are told in that language.

        `own` are packs that all linters have.
        """
        self.registry = PackRegistry(use_cache=use_cache)
        self.use_cache = use_cache
        self.suffixes = self.suffixes_for(convert=False)
        """File name endings that are looked at when a folder is given."""
        self._lang = lang
        self._own = own
        self._made: dict[tuple[tuple[str, ...], bool], Linter] = {}
        self._profiles: Profiles | None = None

    def of(self, packs: tuple[str, ...] = (), *, convert: bool = False) -> Linter:
        """Returns the linter with those packs besides the installed ones; UserError if one is broken.

        If it is to `convert`, LibreOffice makes Word files of formats that are not read otherwise.
        """
        if (packs, convert) not in self._made:
            together = [_shown(Path(pack)) for pack in dict.fromkeys((*self._own, *packs))]
            self._made[packs, convert] = Linter.of(self.registry, together, convert=convert)
        return self._made[packs, convert]

    def suffixes_for(self, *, convert: bool) -> tuple[str, ...]:
        """Returns the file name endings that are looked at when a folder is given."""
        readers = self.registry.readers_for(convert=convert)
        return tuple(dict.fromkeys(suffix for reader in readers for suffix in reader.suffixes))

    def rules(self) -> tuple[Rule, ...]:
        """Returns the rules of all linters that were made."""
        return tuple({rule.code: rule for linter in self._made.values() for rule in linter.rules}.values())

    def forms(self) -> tuple[Form, ...]:
        """Returns the forms of all packs of all linters that were made; one id may have several."""
        return tuple(form for linter in self._made.values() for pack in linter.packs for form in pack.forms)

    def known(self, packs: tuple[str, ...] = ()) -> ValidationContext:
        """Returns what a configuration with those packs may refer to."""
        linter = self.of(packs)
        return known_to((linter,), self._lang, self.known)._replace(
            places=lambda: places_of(linter), profile=lambda key: self.profiles.of(key).settings()
        )

    def known_together(self) -> ValidationContext:
        """Returns which rules, forms and regions may be named with the packs of any linter that was made so far."""
        return known_to((self.of(), *self._made.values()), self._lang)

    @property
    def profiles(self) -> Profiles:
        """What a report must fulfil while it is written, reviewed or published."""
        if self._profiles is None:
            self._profiles = Profiles(shipped_rules() / "profiles", parse)
        return self._profiles


def known_to(
    linters: Sequence[Linter], lang: str, more: Callable[[tuple[str, ...]], ValidationContext] | None = None
) -> ValidationContext:
    """Returns what settings may refer to where one of these linters is used; mistakes are said in `lang`.

    `more` loads packs that a configuration names, and returns what it may refer to with them.
    """
    rules = {rule.code: rule for linter in linters for rule in linter.rules}
    forms = dict.fromkeys(form.id for linter in linters for pack in linter.packs for form in pack.forms)
    regions = dict.fromkeys(
        pack.id for linter in linters for pack in linter.packs if pack.region is not None or pack.condition.agency
    )
    return ValidationContext(
        tuple(rules), tuple(rule.name for rule in rules.values()), tuple(forms), lang, tuple(regions), more
    )


def places_of(linter: Linter) -> TargetNames:
    """Returns the names of all numbers and sections of the loaded forms."""
    forms = [form for pack in linter.packs for form in pack.forms]
    cells = [str(address) for form in forms for table in form.tables for address in table.addresses()]
    sections = [section.id for form in forms for section in form.sections]
    return TargetNames(tuple(dict.fromkeys(cells)), tuple(dict.fromkeys(sections)))


def parse(path: str, data: bytes) -> TomlText:
    """Returns a parsed TOML file; UserError at the place where it stops being TOML."""
    # A run without a configuration file needs no TOML parser.
    from disclosure_lint.packs.toml_files import parse_toml

    return parse_toml(path, data)


def _shown(pack: Path) -> Path:
    """Mistakes in a pack name it as briefly as can be."""
    here = Path.cwd()
    return pack.relative_to(here) if pack.is_relative_to(here) else pack
