"""The linters of one run or session: one for each set of packs that a configuration names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_lint.linter import Linter
from disclosure_lint.model.rule import Rule
from disclosure_lint.packs.locate import shipped_rules
from disclosure_lint.settings.files import TomlText
from disclosure_lint.settings.validation import Known, Places
from disclosure_lint.shelf import Shelf

if TYPE_CHECKING:
    from disclosure_lint.settings.profiles import Profiles


class LinterSet:
    """Makes each linter once; plugins and packs are loaded once for all of them."""

    def __init__(self, lang: str, *, use_cache: bool = True):
        """Finds the plugins, UserError if one is broken; mistakes in configurations are told in that language."""
        self.shelf = Shelf(use_cache=use_cache)
        self.suffixes = tuple(dict.fromkeys(suffix for reader in self.shelf.readers for suffix in reader.suffixes))
        """File name endings that are looked at when a folder is given."""
        self._lang = lang
        self._made: dict[tuple[str, ...], Linter] = {}
        self._profiles: Profiles | None = None

    def of(self, packs: tuple[str, ...] = ()) -> Linter:
        """Returns the linter with those packs besides the installed ones; UserError if one is broken."""
        if packs not in self._made:
            self._made[packs] = Linter.of(self.shelf, [_shown(Path(pack)) for pack in packs])
        return self._made[packs]

    def rules(self) -> tuple[Rule, ...]:
        """Returns the rules of all linters that were made."""
        return tuple({rule.code: rule for linter in self._made.values() for rule in linter.rules}.values())

    def known(self, packs: tuple[str, ...] = ()) -> Known:
        """Returns what a configuration with those packs may refer to."""
        linter = self.of(packs)
        return _known((linter,), self._lang)._replace(
            more=self.known, places=lambda: _places(linter), profile=lambda id: self.profiles.of(id).settings()
        )

    def known_together(self) -> Known:
        """Returns which rules, forms and regions may be named with the packs of any linter that was made so far."""
        return _known((self.of(), *self._made.values()), self._lang)

    @property
    def profiles(self) -> Profiles:
        """What a report must fulfil while it is written, reviewed or published."""
        if self._profiles is None:
            # Only for those who ask for a profile.
            from disclosure_lint.settings.profiles import Profiles

            self._profiles = Profiles(shipped_rules() / "profiles", parse)
        return self._profiles


def parse(path: str, data: bytes) -> TomlText:
    """Returns a parsed TOML file; UserError at the place where it stops being TOML."""
    # A run without a configuration file needs no TOML parser.
    from disclosure_lint.packs.toml_files import parse_toml

    return parse_toml(path, data)


def _known(linters: Sequence[Linter], lang: str) -> Known:
    rules = {rule.code: rule for linter in linters for rule in linter.rules}
    forms = dict.fromkeys(form.id for linter in linters for pack in linter.packs for form in pack.forms)
    regions = dict.fromkeys(
        pack.id for linter in linters for pack in linter.packs if pack.region is not None or pack.condition.agency
    )
    return Known(tuple(rules), tuple(rule.name for rule in rules.values()), tuple(forms), lang, tuple(regions))


def _places(linter: Linter) -> Places:
    """Returns the names of all numbers and sections of the loaded forms."""
    forms = [form for pack in linter.packs for form in pack.forms]
    cells = [
        f"{table.id}[{row.id},{column}]"
        for form in forms
        for table in form.tables
        for row in table.rows
        for column in row.columns
    ]
    sections = [section.id for form in forms for section in form.sections]
    return Places(tuple(dict.fromkeys(cells)), tuple(dict.fromkeys(sections)))


def _shown(pack: Path) -> Path:
    """Mistakes in a pack name it as briefly as can be."""
    here = Path.cwd()
    return pack.relative_to(here) if pack.is_relative_to(here) else pack
