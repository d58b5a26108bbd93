"""Columns of text that was laid out with spaces: values stand in a line below each other, by one of their edges."""

import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, chain, combinations, pairwise, product
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
_WIDE = ("WFA", "WF", "")
"""Some fonts draw marks like “ as wide as a Chinese character, others half as wide; some programs count characters."""
_MOST_LINES = 200
"""No table has more rows; a hostile file does not get more of our time."""

_MOST_COLUMNS = 8
"""With more, there would be too many ways to try."""

_Edges = tuple[int, int, int]


class _Lines(NamedTuple):
    """Full rows whose columns are in line."""

    wide: str
    """Which characters count as two, by their East Asian width."""
    side: int
    columns: list[tuple[int, int]]
    """For each column the least and the greatest place of its values' edges."""
    starts: list[int]
    """Where the rows begin in the source."""


class LaidOut:
    """The columns of the full rows of a table, in each way to count characters that brings most of them in line."""

    def __init__(self, source: Source, ways: Sequence[_Lines], full: Sequence[TableLine]):
        self._source, self._ways, self._full = source, ways, full

    def places(self, record: Record) -> list[Value | None] | None:
        """Returns the values of a row by the columns of the full rows beside it.

        None if a value shares no column's edge, reaches over another's or shares one with a second value, or if ways to
        count the characters disagree.
        """
        at = bisect_left(self._full, record.lines[0].line.start, key=lambda line: line.line.start)
        beside = self._full[max(0, at - 1) : at + 1]
        found: list[list[Value | None]] = []
        for way in self._ways:
            # Few rows may be in line by chance.
            if 2 * len(way.starts) >= len(self._full) and any(line.line.start in way.starts for line in beside):
                edges = _edges(self._source, record.filled, way.wide)
                if places := _on_columns(list(zip(edges, record.filled, strict=True)), way):
                    found.append(places)
        if not found and len(record.filled) == len(self._full[0].values) <= _MOST_COLUMNS:
            side = self._ways[0].side
            rows = ([edge[side] for edge in _edges(self._source, line.values, "")] for line in beside)
            found = [places for row in rows if (places := self._by_gaps(record, row, side))]
        return found[0] if found and all(places == found[0] for places in found) else None

    def _by_gaps(self, record: Record, columns: Sequence[int], side: int) -> list[Value | None] | None:
        """Returns the values of a row that is broken over lines, by the distances within each line.

        Programs that lay out text count wide characters as one or two, so that a line may be shifted as a whole. Each
        column must have its value in just one way; a value alone on its line takes the column that is left.
        """
        lines = [line.values for line in record.lines]
        options = [_with_gaps([edge[side] for edge in _edges(self._source, line, "")], columns) for line in lines]
        if not any(len(line) > 2 and len(option) == 1 for line, option in zip(lines, options, strict=True)):
            return None
        ways = [way for way in product(*options) if len({*chain(*way)}) == len(columns)] if len(lines) < 5 else []
        if len(ways) != 1:
            return None
        by_column = dict(zip(chain(*ways[0]), chain(*lines), strict=True))
        return [by_column[column] for column in range(len(columns))]


def laid_out(source: Source, full: Sequence[TableLine]) -> LaidOut | None:
    """Returns the columns that full rows share; None if these are not laid out in columns."""
    lines = sorted([line for line in full[:_MOST_LINES] if _stand_apart(line)], key=lambda line: line.line.start)
    if len(lines) < 2 or 2 * len(lines) < len(full[:_MOST_LINES]):
        return None
    ways = [group for wide in _WIDE for side in _SIDES for group in _in_line(source, lines, wide, side)]
    most = max(len(group.starts) for group in ways)
    return LaidOut(source, [group for group in ways if len(group.starts) == most], lines) if most > 1 else None


def is_squeezed(line: TableLine) -> bool:
    """Says whether columns of a laid-out line came to stand in each other's place, so that their order is not sure.

    Numbers of one figure stand close together there, though others have the distance of their columns.
    """
    gaps = [right.span.start - left.span.end for left, right in pairwise(line.values)]
    close = (len(left.text) == len(right.text) == 1 for left, right in pairwise(line.values))
    return any(gap < _GAP and is_close for gap, is_close in zip(gaps, close, strict=True)) and max(gaps) > 2 * _GAP


def _stand_apart(line: TableLine) -> bool:
    return all(right.span.start - left.span.end >= _GAP for left, right in pairwise(line.values))


def _in_line(source: Source, lines: Sequence[TableLine], wide: str, side: int) -> list[_Lines]:
    """Returns the rows in groups whose columns are in line by one side of their values."""
    groups: list[_Lines] = []
    slack = _SLACK * (2 if side == 2 else 1)
    for line in lines:
        edges = [edge[side] for edge in _edges(source, line.values, wide)]
        for group in groups:
            columns = [
                (min(low, edge), max(high, edge)) for (low, high), edge in zip(group.columns, edges, strict=True)
            ]
            if all(high - low <= slack for low, high in columns):
                group.columns[:] = columns
                group.starts.append(line.line.start)
                break
        else:
            groups.append(_Lines(wide, side, [(edge, edge) for edge in edges], [line.line.start]))
    return groups


def _on_columns(edges: Sequence[tuple[_Edges, Value]], group: _Lines) -> list[Value | None] | None:
    slack = _SLACK * (2 if group.side == 2 else 1)
    places: list[Value | None] = [None] * len(group.columns)
    for edge, value in edges:
        near = [
            index for index, (low, high) in enumerate(group.columns) if low - slack <= edge[group.side] <= high + slack
        ]
        if len(near) != 1 or places[near[0]] is not None or _reaches_over(edge, near[0], group):
            return None
        places[near[0]] = value
    return places


def _reaches_over(edge: _Edges, column: int, group: _Lines) -> bool:
    """Says whether a value covers another column's edge: the numbers of two, written without a space between them."""
    left, right, _ = edge
    scale = 2 if group.side == 2 else 1
    others = (place for index, place in enumerate(group.columns) if index != column)
    return any(scale * left < low and high < scale * right for low, high in others)


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
    found: list[_Edges] = []
    for value in values:
        line = source.line_of(value.span.start)
        begin, columns = source.line_span(line).start, _columns(source, line, wide)
        left, right = (columns[min(at - begin, len(columns) - 1)] for at in value.span)
        found.append((left, right, left + right))
    return found


@lru_cache(maxsize=4)  # one line may hold many rows, each of which is looked at in many ways
def _columns(source: Source, line: int, wide: str) -> "array[int]":
    """Returns the column at which each character of a line stands, and that of its end."""
    text = source.slice(source.line_span(line))
    widths = (2 if unicodedata.east_asian_width(char) in wide else 1 for char in text)
    return array("I", accumulate(widths, initial=0))
