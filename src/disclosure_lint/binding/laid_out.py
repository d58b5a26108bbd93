"""Columns of text that was laid out with spaces: values stand in a line below each other, by one of their edges."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import chain, combinations, pairwise, product
from typing import NamedTuple

from disclosure_lint.binding.lines import TableLine, Value
from disclosure_lint.binding.records import Record
from disclosure_lint.model.source import Source

_GAP = 2
"""Between columns stand at least so many spaces."""
_SLACK = 1
"""A font may draw a mark half as wide as its place."""
_SIDES = (1, 0, 2)
"""Where the values of a column may be in line: their right ends, their left ones, their middles (as a sum)."""
_WIDE = ("WFA", "WF")
"""Some fonts draw marks like “ as wide as a Chinese character, others half as wide."""
_MOST_LINES = 200
"""No table has more rows; a hostile file does not get more of our time."""

_MOST_COLUMNS = 8
"""With more, there would be too many ways to try."""

_Edges = tuple[int, int, int]


class _Lines(NamedTuple):
    """Full rows whose columns are in line."""

    side: int
    columns: list[tuple[int, int]]
    """For each column the least and the greatest place of its values' edges."""
    starts: list[int]
    """Where the rows begin in the source."""


class LaidOut:
    """The columns of the full rows of a table."""

    def __init__(self, source: Source, wide: str, groups: Sequence[_Lines], rows: Sequence[tuple[int, list[_Edges]]]):
        self._source, self._wide, self._groups, self._rows = source, wide, groups, rows

    def places(self, record: Record) -> list[Value | None] | None:
        """Returns the values of a row by the columns of the full rows beside it.

        None if a value shares no column's edge or two share one, or if the rows above and below disagree.
        """
        at = bisect_left(self._rows, record.lines[0].line.start, key=lambda row: row[0])
        beside = self._rows[max(0, at - 1) : at + 1]
        edges = list(zip(_edges(self._source, record.filled, self._wide), record.filled, strict=True))
        groups = [group for group in self._groups if any(start in group.starts for start, _ in beside)]
        found = [places for group in groups if (places := _on_columns(edges, group))]
        if not found and len(edges) == len(self._rows[0][1]) <= _MOST_COLUMNS:
            side = self._groups[0].side
            found = [
                places for _, row in beside if (places := self._by_gaps(record, [edge[side] for edge in row], side))
            ]
        return found[0] if found and all(places == found[0] for places in found) else None

    def _by_gaps(self, record: Record, columns: Sequence[int], side: int) -> list[Value | None] | None:
        """Returns the values of a row that is broken over lines, by the distances within each line.

        Programs that lay out text count wide characters as one or two, so that a line may be shifted as a whole. Each
        column must have its value in just one way; a value alone on its line takes the column that is left.
        """
        lines = [line.values for line in record.lines]
        options = [
            _with_gaps([edge[side] for edge in _edges(self._source, line, self._wide)], columns) for line in lines
        ]
        if not any(len(line) > 2 and len(option) == 1 for line, option in zip(lines, options, strict=True)):
            return None
        ways = [way for way in product(*options) if len({*chain(*way)}) == len(columns)] if len(lines) < 5 else []
        if len(ways) != 1:
            return None
        by_column = dict(zip(chain(*ways[0]), chain(*lines), strict=True))
        return [by_column[column] for column in range(len(columns))]


def laid_out(source: Source, full: Sequence[TableLine]) -> LaidOut | None:
    """Returns the columns that full rows share; None if these are not laid out in columns."""
    best: tuple[str, list[_Lines], list[tuple[int, list[_Edges]]]] | None = None
    lines = [line for line in full[:_MOST_LINES] if _stand_apart(line)]
    if len(lines) < 2 or 2 * len(lines) < len(full[:_MOST_LINES]):
        return None
    for wide in _WIDE:
        rows = [(line.line.start, _edges(source, line.values, wide)) for line in lines]
        groups = _groups(rows)
        if groups and (best is None or len(groups) < len(best[1])):
            best = wide, groups, rows
    return LaidOut(source, best[0], best[1], sorted(best[2])) if best else None


def _stand_apart(line: TableLine) -> bool:
    return all(right.span.start - left.span.end >= _GAP for left, right in pairwise(line.values))


def _groups(rows: Sequence[tuple[int, list[_Edges]]]) -> list[_Lines]:
    """Returns the rows that are in line with each other, by the side that most of them share."""
    by_side = [_in_line(rows, side) for side in _SIDES]
    return min((groups for groups in by_side if groups), key=len, default=[])


def _in_line(rows: Sequence[tuple[int, list[_Edges]]], side: int) -> list[_Lines]:
    groups: list[_Lines] = []
    slack = _SLACK * (2 if side == 2 else 1)
    for start, edges in rows:
        for group in groups:
            widened = [
                (min(low, edge[side]), max(high, edge[side]))
                for (low, high), edge in zip(group.columns, edges, strict=True)
            ]
            if all(high - low <= slack for low, high in widened):
                group.columns[:] = widened
                group.starts.append(start)
                break
        else:
            groups.append(_Lines(side, [(edge[side], edge[side]) for edge in edges], [start]))
    return [group for group in groups if len(group.starts) > 1]


def _on_columns(edges: Sequence[tuple[_Edges, Value]], group: _Lines) -> list[Value | None] | None:
    slack = _SLACK * (2 if group.side == 2 else 1)
    places: list[Value | None] = [None] * len(group.columns)
    for edge, value in edges:
        near = [
            index for index, (low, high) in enumerate(group.columns) if low - slack <= edge[group.side] <= high + slack
        ]
        if len(near) != 1 or places[near[0]] is not None:
            return None
        places[near[0]] = value
    return places


def _with_gaps(edges: Sequence[int], columns: Sequence[int]) -> list[tuple[int, ...]]:
    """Returns the columns that are as far from each other as the values of a line."""
    return [
        chosen
        for chosen in combinations(range(len(columns)), len(edges))
        if all(
            abs((edge - edges[0]) - (columns[column] - columns[chosen[0]])) <= _SLACK
            for edge, column in zip(edges, chosen, strict=True)
        )
    ]


def _edges(source: Source, values: Iterable[Value], wide: str) -> list[_Edges]:
    """Returns the first and the last column of characters that each value takes up, and their sum."""
    text = source.text
    found: list[_Edges] = []
    for value in values:
        begin = source.line_span(source.line_of(value.span.start)).start
        left, right = _width(text[begin : value.span.start], wide), _width(text[begin : value.span.end], wide)
        found.append((left, right, left + right))
    return found


def _width(text: str, wide: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in wide else 1 for char in text)
