"""Rows of cells from which a program left out what merged cells cover, so that cells stand no longer below each other.

Blank cells are kept. So the cells of a row's columns follow each other, and all numbers are among them; other rows show
whether they stand right behind the label or at the end of the row.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from disclosure_lint.binding.lines import TableLine, Value

_FEWEST_ROWS = 2
"""So many rows show where all stand."""


class Packed:
    """Where the cells of rows with so many columns stand in one piece of a table."""

    def __init__(self, lines: Iterable[TableLine], count: int):
        self._count = count
        places = [(line, self._starts(line.values)) for line in lines if line.filled]
        sure = [(starts[0], len(line.values) - starts[0] - count) for line, starts in places if len(starts) == 1]
        is_known = len(sure) >= _FEWEST_ROWS and all(starts for _, starts in places)
        self._first = is_known and not any(before for before, _ in sure)
        self._last = is_known and not any(after for _, after in sure)

    def _starts(self, values: Sequence[Value]) -> list[int]:
        """Returns where the columns may begin in a row: with them stand all its numbers."""
        if any(left.column + 1 != right.column for left, right in pairwise(values)):
            return []
        filled = [at for at, value in enumerate(values) if value.text]
        begin, end = (filled[0], filled[-1]) if filled else (0, 0)
        return list(range(max(0, end - self._count + 1), min(begin, len(values) - self._count) + 1))

    def places(self, line: TableLine) -> list[Value | None] | None:
        """Returns the values of a row by its columns; None if that is not certain."""
        sides = ({0} if self._first else set()) | ({len(line.values) - self._count} if self._last else set())
        fitting = sides.intersection(self._starts(line.values))
        start = fitting.pop() if len(fitting) == 1 else None
        return None if start is None else [*line.values[start : start + self._count]]
