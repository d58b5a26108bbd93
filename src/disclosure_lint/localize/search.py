"""The fewest cells whose change makes every equation hold: exact, in non-negative integers, bounded in time.

The principle is that of Fellegi and Holt (A Systematic Approach to Automatic Edit and Imputation, 1976): of all
explanations, those that change the fewest numbers. Some cell of every violated equation must be wrong, so the search
branches over the cells of one, frees the cell by eliminating it from the other equations, and goes on with those that
are still violated.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from time import perf_counter
from typing import Literal, NamedTuple

Cell = int
"""A cell by its number in the system."""
Row = tuple[dict[Cell, Fraction | int], Fraction | int]
"""An equation over the changes: coefficient x change, added up, is the number."""


class Limits(NamedTuple):
    """When a search gives up."""

    cells: int = 4
    """The most cells that an explanation may change."""
    seconds: float = 0.2
    optima: int = 50
    """The most explanations that are listed."""


class Solution(NamedTuple):
    """What the search found."""

    status: Literal["holds", "complete", "many", "gave_up"]
    """`holds`: nothing is violated. `complete`: all optima are listed. `many`: there are more than are listed.
    `gave_up`: no explanation within the limits."""
    optima: tuple[Mapping[Cell, int], ...] = ()
    """Each explanation: by how much each of its cells must change. All change equally many cells."""


def solve(
    rows: Sequence[Row], values: Sequence[int], fixed: AbstractSet[Cell] = frozenset(), limits: Limits = Limits()
) -> Solution:
    """Returns the smallest sets of cells, and by how much each must change, for all rows to hold.

    `rows` are equations over the *changes*, `values` what stands in each cell (no cell becomes negative),
    `fixed` the cells that are trusted.
    """
    if not any(needed for _, needed in rows):
        return Solution("holds")
    search = _Search(values, perf_counter() + limits.seconds, limits.optima)
    for count in range(1, limits.cells + 1):
        try:
            optima = tuple(search.explanations(_Node([*rows], (), frozenset(fixed)), count))
        except TimeoutError:
            return Solution("gave_up")
        except OverflowError:
            return Solution("many", tuple(search.found))
        if optima:
            return Solution("complete", optima)
    return Solution("gave_up")


class _Node(NamedTuple):
    rows: list[Row]
    """Equations without the freed cells."""
    pivots: tuple[tuple[Cell, Row], ...]
    """Each freed cell with the equation that says its change, the other freed cells eliminated from it."""
    fixed: frozenset[Cell]


class _Search:
    def __init__(self, values: Sequence[int], deadline: float, most: int):
        self._values = values
        self._deadline = deadline
        self._most = most
        self.found: list[Mapping[Cell, int]] = []

    def explanations(self, node: _Node, count: int) -> Iterator[Mapping[Cell, int]]:
        """Yields the explanations that free so many cells more; TimeoutError or OverflowError at a limit."""
        violated = [row for row in node.rows if row[1]]
        if not violated:
            if (changes := self._changes(node)) is not None:
                if len(self.found) == self._most:
                    raise OverflowError
                self.found.append(changes)
                yield changes
            return
        if _at_least(violated) > count:
            return
        if perf_counter() > self._deadline:
            raise TimeoutError
        row = min(violated, key=lambda row: sum(cell not in node.fixed for cell in row[0]))
        fixed = node.fixed
        for cell in row[0]:
            if cell not in node.fixed:
                yield from self.explanations(_freed(node, fixed, cell, row), count - 1)
                # What frees this cell has been seen: the cells after it do without it.
                fixed |= {cell}

    def _changes(self, node: _Node) -> Mapping[Cell, int] | None:
        """Returns by how much each freed cell changes; None unless all do, to whole numbers that are not negative."""
        changes = {}
        for cell, (coefficients, needed) in node.pivots:
            change = Fraction(needed) / coefficients[cell]
            if not change or change.denominator != 1 or self._values[cell] + change < 0:
                return None
            changes[cell] = int(change)
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
    rows = [_eliminated(other, cell, row) for other in node.rows if other is not row]
    pivots = tuple((freed, _eliminated(other, cell, row)) for freed, other in node.pivots)
    return _Node(rows, (*pivots, (cell, row)), fixed)


def _eliminated(row: Row, cell: Cell, by: Row) -> Row:
    """Returns an equation without a cell, by subtracting another that has it."""
    coefficient = row[0].get(cell)
    if not coefficient:
        return row
    pivot = by[0][cell]
    factor = coefficient * pivot if pivot in (1, -1) else Fraction(coefficient) / pivot
    merged = dict(row[0])
    for other, number in by[0].items():
        result = merged.get(other, 0) - factor * number
        if result:
            merged[other] = result
        else:
            merged.pop(other, None)
    return merged, row[1] - factor * by[1]
