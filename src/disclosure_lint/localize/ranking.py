"""How plausible the explanations of a mistake are."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from disclosure_lint.localize.explaining import Changes, Mistake, is_certain
from disclosure_lint.localize.system import TEXT, System
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.form import Address, Form, TableForm
from disclosure_lint.model.numbers import Exact, Relation, Statement
from disclosure_lint.model.rule import Localization, Slip


class Change(NamedTuple):
    """One cell of an explanation."""

    address: Address
    old: Exact
    """What stands there; 0 for a blank."""
    new: int
    """What should."""


class Page(NamedTuple):
    """What stands around the cells of an explanation."""

    form: Form
    values: Mapping[Address, Exact]
    """What stands in the tables."""
    blanks: Collection[Address]
    """The cells that stand empty."""
    totals: Collection[Address]
    """The cells that an equation has as the sum of others."""
    stated: Mapping[tuple[Address, int], str]
    """What the text (`text`) and last year's report (`previous`) say."""


def transposed(change: Change) -> bool:
    """Returns whether two digits changed places: 21 for 12."""
    old, new = str(change.old), str(change.new)
    apart = [index for index, (a, b) in enumerate(zip(old, new, strict=False)) if a != b]
    return len(old) == len(new) and len(apart) == 2 and sorted(old) == sorted(new)


def mistyped(change: Change) -> bool:
    """Returns whether one digit is another: 18 for 13."""
    old, new = str(change.old), str(change.new)
    return len(old) == len(new) > 1 and sum(a != b for a, b in zip(old, new, strict=True)) == 1


def zero(change: Change) -> bool:
    """Returns whether a digit is missing, or stands twice or with a 0 too many: 10 for 100, 112 for 12."""
    short, long = sorted((str(change.old), str(change.new)), key=len)
    if len(long) != len(short) + 1 or short == "0":
        return False
    for index, digit in enumerate(long):
        doubled = digit == "0" or digit in long[max(index - 1, 0) : index] or digit == long[index + 1 : index + 2]
        if long[:index] + long[index + 1 :] == short and doubled:
            return True
    return False


def kinds(change: Change, changes: Mapping[Address, Change], page: Page) -> Iterator[str]:
    """Yields the ids of the kinds of slip that a change could be."""
    yield from (key for key, is_one in _ALONE.items() if is_one(change))
    table = page.form.table(change.address.table)
    beside = [address for address in _neighbours(change.address, table) if address in page.values]
    if any(_swapped(change, changes[address]) for address in beside if address in changes):
        yield "shifted"
    if change.old > 1 and any(page.values[address] == change.old for address in beside):
        yield "neighbour"
    if change.address in page.blanks:
        yield "blank"
    if change.address in page.totals:
        yield "total"
    origin = page.stated.get((change.address, change.new))
    if origin is not None:
        yield "stated" if origin == "text" else origin


KINDS = ("transposed", "mistyped", "zero", "shifted", "neighbour", "blank", "total", "stated", "previous")
"""Ids of all kinds."""

_ALONE: dict[str, Callable[[Change], bool]] = {"transposed": transposed, "mistyped": mistyped, "zero": zero}


def _swapped(one: Change, other: Change) -> bool:
    """Returns whether the number of one cell stands in the other."""
    return one.new == other.old or other.new == one.old


def _neighbours(address: Address, table: TableForm) -> Iterator[Address]:
    rows, columns = [row.id for row in table.rows], table.row(address.row).columns
    row, column = rows.index(address.row), columns.index(address.column)
    for index in (column - 1, column + 1):
        if 0 <= index < len(columns):
            yield address._replace(column=columns[index])
    for index in (row - 1, row + 1):
        if 0 <= index < len(rows):
            yield address._replace(row=rows[index])


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
        stated = {(one.cells[0], one.value): one.origin for one in statements if len(one.cells) == 1}
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
        known = [self._slips[key] for key in ids if key in self._slips]
        return max(known, key=lambda slip: slip.weight, default=None)


def _total(one: Relation) -> Address | None:
    """Returns the cell that an equation has as the sum of others."""
    for sign in (1, -1):
        alone = [cell for cell, times in one.terms.items() if times == sign]
        others = [times for times in one.terms.values() if times != sign]
        if len(alone) == 1 and len(others) > 1 and all(times == -sign for times in others):
            return alone[0]
    return None
