"""How plausible the explanations of a mistake are."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from disclosure_lint.localize.explaining import Changes, Mistake, is_certain
from disclosure_lint.localize.slips import Change, Page, kinds
from disclosure_lint.localize.system import TEXT, System
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.form import Address, Form
from disclosure_lint.model.localization import Localization, Slip
from disclosure_lint.model.relation import Relation, Statement


class Ranked(NamedTuple):
    """An explanation with what is thought of it."""

    changes: Changes
    """Without what the text should say."""
    confidence: Literal["only", "likely", "possible"]
    slips: Mapping[Address, LocalizedText]
    """What each cell could have been mistaken by, where that can be told."""
    mends_text: bool = False
    """Whether the text must be changed too."""


class Ranking:
    """Ranks the explanations of one report."""

    def __init__(self, system: System, form: Form, data: Localization, statements: Sequence[Statement]):
        self._system = system
        self._data = data
        self._slips = {slip.kind: slip for slip in data.slips}
        totals = {cell for one in system.relations if (cell := _total(one)) is not None}
        stated = {(one.cell, one.value): one.origin for one in statements}
        self._page = Page(form, system.values, system.blanks, totals, stated)

    def ranked(self, mistake: Mistake) -> list[Ranked]:
        """Returns the explanations, the most plausible first; of equally plausible ones the first in the form."""
        weighed = sorted((self._weighed(one) for one in mistake.alternatives), key=lambda one: -one[0])
        if len(weighed) == 1:
            ((_, only),) = weighed
            certain = mistake.is_clear and not only.mends_text and is_certain(self._system, only.changes)
            return [only._replace(confidence="only" if certain else "likely")]
        found = [one for _, one in weighed]
        if found and mistake.complete and weighed[0][0] >= self._data.likely * weighed[1][0]:
            found[0] = found[0]._replace(confidence="likely")
        return found

    def _weighed(self, changes: Changes) -> tuple[int, Ranked]:
        cells = {cell: new for cell, new in changes.items() if cell.table != TEXT}
        together = {cell: Change(cell, self._system.values[cell], new) for cell, new in cells.items()}
        weight, words = 1, {}
        for cell, change in together.items():
            slip = self._slip(kinds(change, together, self._page))
            if slip is not None:
                weight *= max(slip.weight, 1)
                words[cell] = slip.words
        return weight, Ranked(cells, "possible", words, len(cells) < len(changes))

    def _slip(self, ids: Iterable[str]) -> Slip | None:
        known = [self._slips[id] for id in ids if id in self._slips]
        return max(known, key=lambda slip: slip.weight, default=None)


def _total(one: Relation) -> Address | None:
    """Returns the cell that an equation has as the sum of others."""
    for sign in (1, -1):
        alone = [cell for cell, times in one.terms.items() if times == sign]
        others = [times for times in one.terms.values() if times != sign]
        if len(alone) == 1 and len(others) > 1 and all(times == -sign for times in others):
            return alone[0]
    return None
