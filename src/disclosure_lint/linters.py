"""The linters of one run or session: one for each set of packs that a configuration names."""

from collections.abc import Sequence
from pathlib import Path

from disclosure_lint.linter import Linter
from disclosure_lint.model.rule import Rule
from disclosure_lint.settings.validation import Known
from disclosure_lint.shelf import Shelf


class LinterSet:
    """Makes each linter once; plugins and packs are loaded once for all of them."""

    def __init__(self, lang: str, *, use_cache: bool = True):
        """Finds the plugins, UserError if one is broken; mistakes in configurations are told in that language."""
        self.shelf = Shelf(use_cache=use_cache)
        self.suffixes = tuple(dict.fromkeys(suffix for reader in self.shelf.readers for suffix in reader.suffixes))
        """File name endings that are looked at when a folder is given."""
        self._lang = lang
        self._made: dict[tuple[str, ...], Linter] = {}

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
        return _known((self.of(packs),), self._lang)._replace(more=self.known)

    def known_together(self) -> Known:
        """Returns what may be referred to with the packs of any linter that was made so far."""
        return _known((self.of(), *self._made.values()), self._lang)


def _known(linters: Sequence[Linter], lang: str) -> Known:
    rules = {rule.code: rule for linter in linters for rule in linter.rules}
    forms = dict.fromkeys(form.id for linter in linters for pack in linter.packs for form in pack.forms)
    regions = dict.fromkeys(
        pack.id for linter in linters for pack in linter.packs if pack.region is not None or pack.condition.agency
    )
    return Known(tuple(rules), tuple(rule.name for rule in rules.values()), tuple(forms), lang, tuple(regions))


def _shown(pack: Path) -> Path:
    """Mistakes in a pack name it as briefly as can be."""
    here = Path.cwd()
    return pack.relative_to(here) if pack.is_relative_to(here) else pack
