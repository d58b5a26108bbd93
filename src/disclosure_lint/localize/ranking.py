"""How plausible the explanations of a mistake are; and numbers of a row that stand one column beside their own.

Where they belong is told by the sums; such a shift is one explanation of all the mistakes that it makes.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
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


_FEW = 2
"""So many changed cells of one row are explained by as many of another row too: the ranking decides."""


class Shift(NamedTuple):
    """Numbers of one row that all stand one column to the right of their own, or to the left."""

    moved: tuple[tuple[Address, Address], ...]
    """Each number that is not 0: where it stands and where it belongs, in the form's order."""
    right: bool
    """Whether they stand too far to the right."""
    whole: bool
    """Whether the row has no other numbers but its total."""
    changes: Changes
    """What each cell should hold that holds something else."""


Told = tuple[Mistake, Sequence[Ranked]]
"""A mistake and its explanations."""


def shifts(system: System, form: Form, told: Sequence[Told]) -> list[tuple[Shift, list[Told]]]:
    """Returns the shifts that are plain, each with the mistakes that it explains all of.

    A shift keeps all equations that it touches. It is plain if no other one explains any of its mistakes, and none of
    these has an explanation that is better.
    """
    found: dict[tuple[tuple[Address, int], ...], tuple[Shift, list[Told]]] = {}
    for one in _possible(system, form):
        touched = {number for number in system.violated if _touches(one.changes, system.relations[number])}
        mine = [each for each in told if not touched.isdisjoint(each[0].violated)]
        if mine and all(touched.issuperset(mistake.violated) for mistake, _ in mine):
            found[tuple(sorted(one.changes.items()))] = one, mine
    claims = Counter(id(mistake) for _, mine in found.values() for mistake, _ in mine)
    return [
        (one, mine)
        for one, mine in found.values()
        if all(claims[id(mistake)] == 1 for mistake, _ in mine) and _is_plain(one, mine)
    ]


def _is_plain(one: Shift, mine: Sequence[Told]) -> bool:
    """Says whether the explanations of the mistakes are parts of the shift, or it is more plausible than they are."""
    if len(mine) == 1:
        mistake, ranked = mine[0]
        if len(ranked) > 1 and not mistake.complete:
            # As many changes of other rows explain the change of a few cells.
            return len(one.changes) > _FEW
        if len(ranked) == 1 and len(ranked[0].changes) == 1 and len(one.changes) == _FEW:
            return False
        if len(ranked) > 1:
            return ranked[0].confidence != "possible" and dict(ranked[0].changes) == dict(one.changes)
    return all(any(each.changes.items() <= one.changes.items() for each in ranked) for _, ranked in mine if ranked)


def _touches(changes: Changes, relation: Relation) -> bool:
    return not changes.keys().isdisjoint(relation.terms)


def _possible(system: System, form: Form) -> Iterator[Shift]:
    """Yields all shifts of a row with a violated equation that break no equation."""
    below_each_other = {table.id for table in form.tables if not table.side_by_side}
    violated = [system.relations[number] for number in system.violated]
    lines = {(cell.table, cell.row) for one in violated for cell in one.terms if cell.table in below_each_other}
    for table, row in sorted(lines):
        cells = [Address(table, row, column) for column in form.table(table).row(row).columns]
        if any(cell not in system.values or cell in system.fixed for cell in cells):
            continue
        known = (*system.relations, *system.open, *system.bounds)
        own = [one for one in known if not one.terms.keys().isdisjoint(cells)]
        for shift in _moves(system, cells, own):
            values: dict[Address, Exact] = {**system.values, **shift.changes}
            if all(one.holds(values) for one in own if _touches(shift.changes, one)):
                yield shift


def _moves(system: System, cells: Sequence[Address], own: Sequence[Relation]) -> Iterator[Shift]:
    """Yields what the cells of a row would hold if the numbers from one of its zeros on stood one column beside."""
    now = [system.values[cell] for cell in cells]
    last = len(now) - 1
    for gap in [index for index, value in enumerate(now) if value == 0]:
        rest = now[:gap] + now[gap + 1 :]
        for end in range(len(now)):
            edges: set[Exact] = {0}
            if end in (0, last):
                # The number at the edge may have been pushed out of the table: the row's own sum says what it was.
                row = dict(zip(cells, [*rest[:end], 0, *rest[end:]], strict=True))
                edges.add(_solved(cells[end], row, own))
            for edge in edges if end != gap else ():
                then = [*rest[:end], edge, *rest[end:]]
                changes = {cell: int(new) for cell, old, new in zip(cells, now, then, strict=True) if old != new}
                if len(changes) >= _FEW and all(new >= 0 and new == int(new) for new in then):
                    segment = range(gap + 1, end + 1) if end > gap else range(end, gap)
                    yield _described(cells, now, segment, changes, right=end > gap)


def _solved(cell: Address, row: Mapping[Address, Exact], own: Sequence[Relation]) -> int:
    """Returns what a cell must hold for an equation within its row to hold; 0 if there is no such equation."""
    for one in own:
        if one.op == "=" and cell in one.terms and one.terms.keys() <= row.keys():
            rest = one.constant + sum(times * row[other] for other, times in one.terms.items() if other != cell)
            value = Fraction(-rest) / one.terms[cell]
            return int(value) if value.denominator == 1 and value > 0 else 0
    return 0


def _described(
    cells: Sequence[Address], now: Sequence[Exact], segment: range, changes: Changes, *, right: bool
) -> Shift:
    step = -1 if right else 1
    moved = tuple((cells[index], cells[index + step]) for index in segment if now[index])
    others = [index for index, value in enumerate(now[:-1]) if value and index not in segment]
    return Shift(moved, right, not others, changes)
