"""The fewest cells whose change makes every equation hold: exact, in non-negative integers, bounded in work.

The principle is that of Fellegi and Holt (A Systematic Approach to Automatic Edit and Imputation, 1976): of all
explanations, those that change the fewest numbers. Some cell of every violated equation must be wrong, so the search
branches over the cells of one, frees the cell by eliminating it from the other equations, and goes on with those that
are still violated.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import Literal, NamedTuple

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
