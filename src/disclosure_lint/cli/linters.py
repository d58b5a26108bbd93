"""The linters of a run: one for each set of packs that a configuration names."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_lint.cli.language import Speaker
from disclosure_lint.known import known_to, places_of
from disclosure_lint.linter import Linter
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.rule import Rule
from disclosure_lint.settings.validation import (
    Known,
    SettingsError,
    check_code,
    check_form,
    check_region,
)
from disclosure_lint.shelf import Shelf

if TYPE_CHECKING:
    from disclosure_lint.settings.profiles import Profiles

_CODES = ("select", "ignore", "extend_select")


class Linters:
    """Makes each linter once; plugins and packs are loaded once for all of them."""

    def __init__(self, options: Namespace, say: Speaker):
        """Finds the plugins; UserError if one is broken."""
        self._shelf = Shelf(use_cache=not options.no_cache)
        self._say = say
        self._made: dict[tuple[str, ...], Linter] = {}
        self._profiles: Profiles | None = None
        self.suffixes = tuple(dict.fromkeys(suffix for reader in self._shelf.readers for suffix in reader.suffixes))
        """File name endings that are looked at when a folder is given."""
        self.outputs = self._shelf.outputs
        """Output formats by name."""

    def of(self, packs: tuple[str, ...] = ()) -> Linter:
        """Returns the linter with those packs besides the installed ones; UserError if one is broken."""
        if packs not in self._made:
            self._made[packs] = Linter.of(self._shelf, [_shown(Path(pack)) for pack in packs])
        return self._made[packs]

    def rules(self) -> tuple[Rule, ...]:
        """Returns the rules of all linters that were made."""
        return tuple({rule.code: rule for linter in self._made.values() for rule in linter.rules}.values())

    def known(self, packs: tuple[str, ...] = ()) -> Known:
        """Returns what a configuration with those packs may refer to."""
        linter = self.of(packs)
        return known_to((linter,), self._say.lang, self.known)._replace(
            places=lambda: places_of(linter), profile=lambda id: self.profiles.of(id).settings()
        )

    @property
    def profiles(self) -> Profiles:
        """What a report must fulfil while it is written, reviewed or published."""
        if self._profiles is None:
            # Only for those who ask for a profile.
            from disclosure_lint.cli.profiles import shipped_profiles

            self._profiles = shipped_profiles()
        return self._profiles

    def check(self, options: Namespace, used: Iterable[tuple[str, ...]] = ()) -> None:
        """Raises UserError for a rule or region on the command line that no linter of the run knows.

        A form must be known wherever it is `used`: with each of those sets of packs.
        """
        together = known_to((self.of(), *self._made.values()), self._say.lang)
        for name in _CODES:
            for code in getattr(options, name, ()):
                self._checked("--" + name.replace("_", "-"), code, together)
        self._checked("--region", getattr(options, "region", None), together)
        for packs in dict.fromkeys(used) or ((),):
            self._checked("--form", options.form, self.known(packs))

    def _checked(self, option: str, value: str | None, known: Known) -> None:
        if value is None:
            return
        check = {"--region": check_region, "--form": check_form}.get(option, check_code)
        try:
            check(value, known)
        except SettingsError as error:
            raise UserError(f"{option}{self._say('：', ': ')}{error.words.text(self._say.lang)}") from None


def _shown(pack: Path) -> Path:
    """Mistakes in a pack name it as briefly as can be."""
    here = Path.cwd()
    return pack.relative_to(here) if pack.is_relative_to(here) else pack
