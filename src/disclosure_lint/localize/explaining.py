"""From the equations of a report to the mistakes that explain why some do not hold."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import Literal, NamedTuple, TypeVar

from disclosure_lint.localize.system import System
from disclosure_lint.model.form import Address
from disclosure_lint.model.numbers import Exact, Relation

Cell = int
"""A cell by its number in the system."""
Row = tuple[dict[Cell, Fraction | int], Fraction | int]
"""An equation over the changes: coefficient x change, added up, is the number."""


class Limits(NamedTuple):
    """When a search gives up."""

    cells: int = 5
    """The most cells that an explanation may change."""
    work: int = 120_000
    """How many coefficients are gone through: steps and not seconds, so that every machine comes to the same end."""
    optima: int = 50
    """The most explanations that are listed."""


class Solution(NamedTuple):
    """What the search found."""

    status: Literal["holds", "complete", "many", "gave_up"]
    """`holds`: nothing is violated. `complete`: all optima are listed. `many`: there are more than are listed.
    `gave_up`: no explanation within the limits."""
    optima: tuple[Mapping[Cell, Fraction | int], ...] = ()
    """Each explanation: by how much each of its cells must change. All change equally many cells."""


LIMITS = Limits()


def solve(
    rows: Sequence[Row],
    values: Sequence[Fraction | int],
    fixed: AbstractSet[Cell] = frozenset(),
    limits: Limits = LIMITS,
) -> Solution:
    """Returns the smallest sets of cells, and by how much each must change, for all rows to hold.

    `rows` are equations over the *changes*, `values` what stands in each cell (a changed one becomes a whole number
    that is not negative), `fixed` the cells that are trusted.
    """
    if not any(needed for _, needed in rows):
        return Solution("holds")
    search = _Search(values, limits)
    for count in range(1, limits.cells + 1):
        try:
            optima = tuple(search.explanations(_Node([*rows], (), frozenset(fixed)), count))
        except _TooMuchError:
            return Solution("many" if search.found else "gave_up", tuple(search.found))
        if optima:
            return Solution("complete", optima)
    return Solution("gave_up")


class _Node(NamedTuple):
    rows: list[Row]
    """Equations without the freed cells."""
    pivots: tuple[tuple[Cell, Row], ...]
    """Each freed cell with the equation that says its change, the other freed cells eliminated from it."""
    fixed: frozenset[Cell]


class _TooMuchError(Exception):
    """A limit was reached."""


class _Search:
    def __init__(self, values: Sequence[Fraction | int], limits: Limits):
        self._values = values
        self._work = limits.work
        self._most = limits.optima
        self.found: list[Mapping[Cell, Fraction | int]] = []

    def explanations(self, node: _Node, count: int) -> Iterator[Mapping[Cell, Fraction | int]]:
        """Yields the explanations that free so many cells more; raises _TooMuchError at a limit."""
        violated = [row for row in node.rows if row[1]]
        if not violated:
            if (changes := self._changes(node)) is not None:
                if len(self.found) == self._most:
                    raise _TooMuchError
                self.found.append(changes)
                yield changes
            return
        if _at_least(violated) > count:
            return
        row = min(violated, key=lambda row: sum(cell not in node.fixed for cell in row[0]))
        fixed = node.fixed
        for cell in row[0]:
            # The last cell must be in all of them.
            if cell not in node.fixed and (count > 1 or all(cell in other for other, _ in violated)):
                self._work -= len(node.rows) + sum(len(other) for other, _ in node.rows if cell in other)
                if self._work < 0:
                    raise _TooMuchError
                yield from self.explanations(_freed(node, fixed, cell, row), count - 1)
                # What frees this cell has been seen: the cells after it do without it.
                fixed |= {cell}

    def _changes(self, node: _Node) -> Mapping[Cell, Fraction | int] | None:
        """Returns by how much each freed cell changes; None unless all do, to whole numbers that are not negative."""
        changes: dict[Cell, Fraction | int] = {}
        for cell, (coefficients, needed) in node.pivots:
            change = Fraction(needed) / coefficients[cell]
            new = self._values[cell] + change
            if not change or new.denominator != 1 or new < 0:
                return None
            changes[cell] = int(change) if change.denominator == 1 else change
        return changes


def _at_least(violated: Sequence[Row]) -> int:
    """Returns how many cells must change at least: violated equations without a common cell need one each."""
    seen: set[Cell] = set()
    count = 0
    for coefficients, _ in sorted(violated, key=lambda row: len(row[0])):
        if seen.isdisjoint(coefficients):
            seen.update(coefficients)
            count += 1
    return count


def _freed(node: _Node, fixed: frozenset[Cell], cell: Cell, row: Row) -> _Node:
    rows = [_eliminated(other, cell, row) if cell in other[0] else other for other in node.rows if other is not row]
    pivots = tuple(
        (freed, _eliminated(other, cell, row) if cell in other[0] else other) for freed, other in node.pivots
    )
    return _Node(rows, (*pivots, (cell, row)), fixed)


def _eliminated(row: Row, cell: Cell, by: Row) -> Row:
    """Returns an equation without a cell, by subtracting another that has it."""
    coefficient, pivot = row[0][cell], by[0][cell]
    factor = coefficient * pivot if pivot in (1, -1) else Fraction(coefficient) / pivot
    merged = dict(row[0])
    for other, number in by[0].items():
        result = merged.get(other, 0) - factor * number
        if result:
            merged[other] = result
        else:
            merged.pop(other, None)
    return merged, row[1] - factor * by[1]


Changes = Mapping[Address, int]
"""Cells and the numbers that they should hold."""


_Member = TypeVar("_Member", int, Address)


class Mistake(NamedTuple):
    """Equations that are violated together, and what would make them hold."""

    violated: tuple[int, ...]
    """Their numbers in the system."""
    alternatives: tuple[Changes, ...]
    """All equally small; none if the search gave up."""
    complete: bool
    """Whether there are no others that are as small."""
    only_trusted: bool = False
    """Whether an equation of them has no cell that may be blamed."""

    @property
    def is_clear(self) -> bool:
        """Whether nothing else explains it as briefly."""
        return self.complete and len(self.alternatives) == 1


def mistakes(system: System, limits: Limits = LIMITS) -> list[Mistake]:
    """Returns the mistakes, each violated equation in one of them; those of the text alone are left out."""
    found: list[Mistake] = []
    for numbers in _components(system):
        violated = [number for number in numbers if number in system.violated]
        if any(not system.is_stated(number) for number in violated):
            found += _mistakes(system, numbers, violated, limits)
    return [one for one in found if any(not system.is_stated(number) for number in one.violated)]


def is_certain(system: System, changes: Changes) -> bool:
    """Returns whether nothing speaks against an explanation that no other is as brief as.

    Every equation with a blank that it touches must hold then. Nor may two changes work against each other in an
    equation: mistakes that cancel there, in whole or in part, are easily taken for others.
    """
    values: dict[Address, Exact] = {**system.values, **changes}
    if any(not one.holds(values) for one in system.open if not changes.keys().isdisjoint(one.terms)):
        return False
    if not _is_bounded(system, changes):
        return False
    return not any(_cancel(system, one, changes) for one in system.relations)


def _is_bounded(system: System, changes: Changes) -> bool:
    """Returns whether what must be more or less than something else still is."""
    values: dict[Address, Exact] = {**system.values, **changes}
    return all(one.holds(values) for one in system.bounds if not changes.keys().isdisjoint(one.terms))


def _cancel(system: System, one: Relation, changes: Changes) -> bool:
    moves = [one.terms[cell] * (new - system.values[cell]) for cell, new in changes.items() if cell in one.terms]
    return any(move > 0 for move in moves) and any(move < 0 for move in moves)


def _mistakes(system: System, numbers: Sequence[int], violated: Sequence[int], limits: Limits) -> Iterator[Mistake]:
    cells = sorted({cell for number in numbers for cell in system.relations[number].terms})
    place = {cell: index for index, cell in enumerate(cells)}
    values = [system.values[cell] for cell in cells]
    rows = []
    for number in numbers:
        terms, _, constant = system.relations[number]
        needed = -constant - sum(times * system.values[cell] for cell, times in terms.items())
        rows.append(({place[cell]: times for cell, times in terms.items()}, needed))
    fixed = frozenset(place[cell] for cell in cells if cell in system.fixed)
    solution = solve(rows, values, fixed, limits)
    optima = [{cells[cell]: int(values[cell] + change) for cell, change in one.items()} for one in solution.optima]
    optima = [one for one in optima if _is_bounded(system, one)] or optima
    if not optima:
        only_trusted = any(system.relations[number].terms.keys() <= set(system.fixed) for number in violated)
        yield Mistake(tuple(violated), (), complete=False, only_trusted=only_trusted)
        return
    yield from _parted(system, violated, optima, complete=solution.status == "complete")


def _parted(system: System, violated: Sequence[int], optima: Sequence[Changes], *, complete: bool) -> Iterator[Mistake]:
    """Yields the mistakes that have nothing to do with each other: no cells of theirs share an equation."""
    pieces = [[(piece, _touched(system, piece, violated)) for piece in _pieces(system, one)] for one in optima]
    groups = _joined([*([number] for number in violated), *(touched for one in pieces for _, touched in one)])
    for group in groups:
        alternatives: dict[tuple[tuple[Address, int], ...], Changes] = {}
        for one in pieces:
            changes = {cell: new for piece, touched in one if touched[0] in group for cell, new in piece.items()}
            alternatives.setdefault(tuple(sorted(changes.items())), changes)
        yield Mistake(tuple(sorted(group)), tuple(alternatives.values()), complete)


def _pieces(system: System, changes: Changes) -> Iterator[Changes]:
    """Yields the parts of an explanation that share no equation."""
    together = [changes.keys() & one.terms.keys() for one in system.relations]
    for cells in _joined([*({cell} for cell in changes), *filter(None, together)]):
        yield {cell: changes[cell] for cell in sorted(cells)}


def _touched(system: System, changes: Changes, violated: Iterable[int]) -> list[int]:
    return [number for number in violated if not changes.keys().isdisjoint(system.relations[number].terms)]


def _components(system: System) -> list[list[int]]:
    """Returns the numbers of the equations that hang together by cells, where one of them is violated."""
    by_cell: dict[Address, list[int]] = {}
    for number, one in enumerate(system.relations):
        for cell in one.terms:
            by_cell.setdefault(cell, []).append(number)
    return [sorted(group) for group in _joined(by_cell.values()) if not group.isdisjoint(system.violated)]


def _joined(sets: Iterable[Collection[_Member]]) -> list[set[_Member]]:
    """Returns the sets with those joined that have something in common, in the order of their first members."""
    joined: list[set[_Member]] = []
    for members in sets:
        new = set(members)
        apart: list[set[_Member]] = []
        for other in joined:
            if new.isdisjoint(other):
                apart.append(other)
            else:
                new |= other
        apart.append(new)
        joined = apart
    return sorted(joined, key=min)
