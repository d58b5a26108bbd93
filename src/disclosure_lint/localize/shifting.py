"""Numbers of a row that stand one column beside their own: the sums tell where they belong."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from disclosure_lint.localize.explaining import Changes, Mistake
from disclosure_lint.localize.ranking import Ranked
from disclosure_lint.localize.system import System
from disclosure_lint.model.form import Address, Form
from disclosure_lint.model.numbers import Exact, Relation

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
