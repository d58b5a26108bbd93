"""Which value of a row belongs in which column, as far as the page itself shows it."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from disclosure_lint.binding.records import Record
from disclosure_lint.binding.strips import Strip, Value
from disclosure_lint.model.source import Source, Span

Places = list[Value | None]
"""One entry a column; a value with empty text is a blank cell, None a blank cell of which the page shows no place."""


class Layout:
    """How the full rows of a table stand, to read the rows that are not full."""

    def __init__(self, source: Source, rows: Iterable[tuple[Record, int]]):
        """Takes the records with the number of columns that each should have."""
        self.source = source
        self.columns: dict[tuple[int, int, int, int], set[tuple[int, ...]]] = defaultdict(set)
        self.full_lines: dict[int, list[Strip]] = defaultdict(list)
        for record, count in rows:
            if len(record.strips) == 1 and len(record.filled) == count:
                strip = record.strips[0]
                values = trimmed(strip.values)
                if strip.cells and len(values) == count:
                    key = (count, strip.block, strip.cells, strip.label_column)
                    self.columns[key].add(tuple([value.column for value in values]))
                elif not strip.cells:
                    self.full_lines[count].append(strip)

    def place(self, record: Record, count: int) -> Places | None:
        """Returns the values of a row in the order of its columns, or None if the page does not show it."""
        if not record.strips:
            return [None] * count
        if record.strips[0].cells and len(record.strips) == 1:
            return self._cells(record.strips[0], count)
        filled = record.filled
        if len(filled) == count:
            return list(filled)
        if len(filled) > count:
            return self._without_page_number(record, count)
        if len(record.strips) == 1 and not record.strips[0].cells:
            return self._by_single_spaces(record.strips[0], count) or self._by_edges(record.strips[0], count)
        return None

    def place_under(self, record: Record, columns: Sequence[int] | None) -> Places | None:
        """Returns the values of a row that stand under these columns, if the page has no full row like it."""
        strip = record.strips[0] if len(record.strips) == 1 else None
        if columns is None or strip is None or self._columns(strip, len(columns)):
            return None
        filled = {value.column for value in trimmed(strip.values) if value.text}
        return _by_column(strip, columns) if filled <= set(columns) else None

    def _cells(self, strip: Strip, count: int) -> Places | None:
        if len(strip.values) == count:
            return list(strip.values)
        values = trimmed(strip.values)
        if len(values) == count:
            return list(values)
        if len(values) > count:
            return None
        if not values:
            return [*strip.values[:count], *[None] * (count - len(strip.values))]
        filled = {value.column for value in values if value.text}
        fitting = [columns for columns in self._columns(strip, count) if filled <= set(columns)]
        if len(fitting) != 1:
            return None
        return _by_column(strip, fitting[0])

    def _columns(self, strip: Strip, count: int) -> set[tuple[int, ...]]:
        """Returns where the values of like rows stand in the same piece of the table: a page end may change it."""
        like = self.columns.get((count, strip.block, strip.cells, strip.label_column))
        if like:
            return like
        piece = (count, strip.block, strip.cells)
        return set().union(*(columns for key, columns in self.columns.items() if key[:3] == piece))

    def _without_page_number(self, record: Record, count: int) -> Places | None:
        """Leaves out the one line that can be a page number between the lines of a row."""
        if len(record.filled) != count + 1:
            return None
        lone = [strip for strip in record.strips if _is_lone_number(strip)]
        if len(lone) > 1:
            lone = [strip for strip in lone if self._stands_apart(strip.line)] or lone
        readings = {
            tuple(value for strip in record.strips if strip is not left_out for value in strip.values)
            for left_out in lone
        }
        return list(readings.pop()) if len(readings) == 1 else None

    def _stands_apart(self, line: Span) -> bool:
        before = self.source.folded[max(0, line.start - 12) : line.start]
        after = self.source.folded[line.end : line.end + 12]
        blank_before = before[len(before.rstrip(" \t\r\n")) :].count("\n") > 1
        return blank_before and after[: len(after) - len(after.lstrip(" \t\r\n"))].count("\n") > 1

    def _by_single_spaces(self, strip: Strip, count: int) -> Places | None:
        """Where one space parts all values, two in a row show a blank."""
        full = self.full_lines[count]
        if not full or any(self._slots(other) != count for other in full):
            return None
        line, start = self._tail(strip)
        slots = line.split(" ")
        if len(slots) != count or not strip.values:
            return None
        by_start = {value.span.start: value for value in strip.values}
        places: Places = []
        for slot in slots:
            places.append(by_start.get(start) if slot else None)
            start += len(slot) + 1
        return places if sum(place is not None for place in places) == len(strip.values) else None

    def _slots(self, strip: Strip) -> int:
        return len(self._tail(strip)[0].split(" "))

    def _tail(self, strip: Strip) -> tuple[str, int]:
        """Returns what follows the label up to the line's end, less one space, with its offset."""
        line_end = self.source.line_span(self.source.line_of(strip.line.start)).end
        start = strip.pieces[-1][1].end + 1 if strip.pieces else strip.line.start
        if not strip.pieces:
            start = self.source.line_span(self.source.line_of(strip.line.start)).start
        return self.source.folded[start:line_end], start

    def _by_edges(self, strip: Strip, count: int) -> Places | None:
        """Where columns are aligned by wide gaps, a value stands in the column whose edge it shares."""
        lines = self.full_lines[count]
        if len(lines) < 2:
            return None
        # Some fonts draw marks like “ as wide as a Chinese character, others half as wide.
        for wide in ("WFA", "WF"):
            full = [self._edges(other, wide) for other in lines]
            if any(gap < 2 for edges in full for gap in _gaps(edges)):
                continue
            for side in (1, 0):
                columns = [{edges[index][side] for edges in full} for index in range(count)]
                if all(max(edges) - min(edges) <= 1 for edges in columns):
                    return _on_columns(self._edges(strip, wide), strip.values, columns, side)
        return None

    def _edges(self, strip: Strip, wide: str) -> list[tuple[int, int]]:
        text = self.source.text
        begin = self.source.line_span(self.source.line_of(strip.line.start)).start
        return [
            (_width(text[begin : value.span.start], wide), _width(text[begin : value.span.end], wide))
            for value in strip.values
        ]


def _on_columns(
    edges: Sequence[tuple[int, int]], values: Sequence[Value], columns: Sequence[set[int]], side: int
) -> Places | None:
    places: Places = [None] * len(columns)
    for edge, value in zip(edges, values, strict=True):
        near = [i for i, column in enumerate(columns) if min(column) - 1 <= edge[side] <= max(column) + 1]
        if len(near) != 1 or places[near[0]] is not None:
            return None
        places[near[0]] = value
    return places


def _by_column(strip: Strip, columns: Sequence[int]) -> Places | None:
    """Returns the values in these columns; None if one covers several, or one from above holds what is lacking."""
    by_column: dict[int, Value | None] = {value.column: value for value in strip.values}
    for value in strip.values:
        covered = [column for column in columns if value.column < column < value.column + value.columns]
        if covered and value.text:
            return None
        by_column.update(dict.fromkeys(covered))
    if any(column not in by_column and column < strip.cells for column in columns):
        return None
    return [by_column.get(column) for column in columns]


def _gaps(edges: Sequence[tuple[int, int]]) -> list[int]:
    return [right[0] - left[1] for left, right in pairwise(edges)]


def _width(text: str, wide: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in wide else 1 for char in text)


def trimmed(values: Sequence[Value]) -> Sequence[Value]:
    """Returns the values without the blank cells before the first and after the last one."""
    start, end = 0, len(values)
    while start < end and not values[start].text:
        start += 1
    while start < end and not values[end - 1].text:
        end -= 1
    return values[start:end]


def _is_lone_number(strip: Strip) -> bool:
    return (
        not strip.pieces and len(strip.values) == 1 and strip.values[0].text.isdigit() and len(strip.values[0].text) < 4
    )
