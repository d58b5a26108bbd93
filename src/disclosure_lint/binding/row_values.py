"""The values of a row by the columns of a grid, by those of the header above it, or by their count.

A program may have left out what merged cells cover, so that cells stand no longer below each other. Blank cells are
kept: those of a row's columns follow each other, and all numbers are among them; other rows show whether they stand
right behind the label or at the end of the row.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from disclosure_lint.binding.headers import CONTRADICTED, Header
from disclosure_lint.binding.lines import TableLine, Value, is_glued
from disclosure_lint.binding.numbers import is_several, is_word
from disclosure_lint.binding.records import Record, is_lone_number
from disclosure_lint.binding.wordings import letters
from disclosure_lint.model.source import Source, Span

_FEWEST_ROWS = 2
"""So many rows show where all stand."""
_FEWEST_LONG = 3
_WORDS = 3
"""A text with a number and fewer letters is no remark."""
Groups = Mapping[int, str]
Places = list[Value | None]
"""One entry a column; a value with empty text is a blank cell, None a blank cell of which the page shows no place."""


def under(header: Header, line: TableLine, wanted: tuple[int, ...], groups: Groups) -> Places | None:
    """Returns a row's values by the columns that a header names, by its grid or by their order, where these agree.

    `groups` has the letters of the group label above each of the form's columns.
    """
    if any(cell.form_column == CONTRADICTED for cell in header.cells):
        return None
    if not _is_in_order(header) and not _is_under_groups(header, groups):
        return None
    in_grid = _in_one_grid(header, line)
    by_grid, by_order = _by_grid(header, line) if in_grid else None, _by_order(header, line)
    if (in_grid and by_grid is None) or (by_grid is not None and by_order not in (None, by_grid)):
        return None
    reading = by_grid if in_grid or not _is_in_order(header) else by_order
    return None if reading is None else [reading.get(index) for index in wanted]


def _is_in_order(header: Header) -> bool:
    named = [index for index in header.named if index is not None]
    return named == sorted(named)


def _is_under_groups(header: Header, groups: Groups) -> bool:
    """Says whether each column stands below the label of its group, as far as the header has that."""
    for line in header.lines:
        ends = [*(start for start, _ in line.columns[1:]), header.width]
        for (text, _), (start, _), end in zip(line.pieces, line.columns, ends, strict=True):
            beside = (cell.form_column for cell in header.cells if not start <= cell.column < end)
            if any(index is not None and groups.get(index) == text for index in beside):
                return False
    return True


def _in_one_grid(header: Header, line: TableLine) -> bool:
    """Says whether a row has the header's grid; not where its label stands in a column of it: then it is shifted."""
    is_one = (header.block, header.width) == (line.block, line.cells)
    return is_one and all(cell.column >= line.values[0].column for cell in header.cells)


def _by_grid(header: Header, line: TableLine) -> dict[int, Value | None] | None:
    index_of = {cell.column: cell.form_column for cell in header.cells}
    found: dict[int, Value | None] = {}
    for value in line.values:
        if value.column not in index_of:
            if value.text and value.is_number:
                return None
            continue
        index = index_of[value.column]
        if value.text and len({index_of.get(value.column + step, index) for step in range(value.columns)}) > 1:
            return None  # one number over several columns
        if index is not None and not _enter(found, index, value):
            return None
    return found


def _by_order(header: Header, line: TableLine) -> dict[int, Value | None] | None:
    values = line.values if len(line.values) == len(header.cells) else trimmed(line.values)
    other_grid = header.block != line.block and header.width != line.cells
    if len(values) != len(header.cells) or (other_grid and not all(value.text for value in values)):
        return None
    found: dict[int, Value | None] = {}
    for cell, value in zip(header.cells, values, strict=True):
        if cell.form_column is not None and not _enter(found, cell.form_column, value):
            return None
    return found


def _enter(found: dict[int, Value | None], index: int, value: Value) -> bool:
    """Enters the value of a column; False if another stands there already."""
    before = found.get(index)
    if before is not None and before.text and value.text and before.text != value.text:
        return False
    if before is None or not before.text:
        found[index] = value
    return True


def agrees(header: Header, line: TableLine, found: Mapping[int, Value | None]) -> bool:
    """Says whether values stand below the form's columns that they were found for, or in another grid."""
    if not _in_one_grid(header, line):
        return True
    below: dict[int | None, set[int]] = {}
    for cell in header.cells:
        below.setdefault(cell.form_column, set()).add(cell.column)
    return all(
        not below[index].isdisjoint(range(value.column, value.column + value.columns))
        for index, value in found.items()
        if value is not None and value.text and index in below
    )


def by_column(line: TableLine, columns: Sequence[int]) -> Places | None:
    """Returns the values in these columns; None if one covers several, or one from above holds what is lacking."""
    by_column: dict[int, Value | None] = {value.column: value for value in line.values}
    for value in line.values:
        covered = [column for column in columns if value.column < column < value.column + value.columns]
        if covered and value.text:
            return None
        by_column.update(dict.fromkeys(covered))
    if any(column not in by_column and column < line.cells for column in columns):
        return None
    return [by_column.get(column) for column in columns]


def trimmed(values: Sequence[Value]) -> Sequence[Value]:
    """Returns the values without the blank cells before the first and after the last one."""
    start, end = 0, len(values)
    while start < end and not values[start].text:
        start += 1
    while start < end and not values[end - 1].text:
        end -= 1
    return values[start:end]


def under_plain(header: Header | None, line: TableLine, wanted: tuple[int, ...]) -> Places | None:
    """Returns the values under the columns of a header of the form, if all stand there and none is the label's."""
    if header is None or header.block != line.block or line.cells > header.width:
        return None
    by_index = {cell.form_column: cell.column for cell in header.cells if cell.form_column is not None}
    columns = tuple(by_index[index] for index in wanted if index in by_index)
    if len(columns) < len(wanted) or min(columns) <= line.label_column:
        return None
    return by_column(line, columns) if {value.column for value in line.filled} <= set(columns) else None


def full_row(line: TableLine, count: int) -> Places | None:
    """Returns the values of a row that has one number for each column."""
    values = trimmed(line.values)
    full = len(values) == count and all(value.text and not is_several(value.text) for value in values)
    return list(values) if full else None


def without_notes(values: Sequence[Value], count: int) -> Places | None:
    """Leaves out a remark in words behind the numbers; `7、` is none."""
    rest = values[count:]
    numbers = (one.is_number or (re.search(r"\d", one.text) and len(letters(one.text)) < _WORDS) for one in rest)
    return list(values[:count]) if rest and not any(numbers) else None


class CountedRows:
    """Rows of text, whose values are those of the columns if there are as many."""

    def __init__(self, source: Source, rows: Sequence[tuple[Record, int]]):
        """Takes the records of a table's rows in the form's order, with how many values they should have."""
        self._source = source
        self._rows = [(record, count) for record, count in rows if record.is_text]

    def places(self, record: Record, count: int) -> Places | None:
        """Returns so many values in order, without a page's number among them; None if that is not certain."""
        if record.is_text and self._is_broken:
            return None
        if len(record.filled) > count:
            return self._without_page_number(record, count)
        by_chance = len(record.lines) > 1 and (self._is_chance(record) or is_glued(record.lines[0]))
        return None if by_chance else list(record.filled)

    def _is_chance(self, record: Record) -> bool:
        """Says whether a row may have its count of values by chance, though one of its cells is blank.

        Then a page's number stands among them, in a text with blanks; or one number of many was parted by a space.
        """
        sizes = [len(line.filled) for line in record.lines]
        parted = sizes.count(1) >= _FEWEST_LONG and len(sizes) - sizes.count(1) == 1
        lone = sum(map(is_lone_number, record.lines))
        # Where each number has a line of its own, a blank line beside one of them tells a page's number.
        gaps = [self._source.folded.count("\n", one.line.end, two.line.start) for one, two in pairwise(record.lines)]
        is_page_end = lone == 1 or (lone > 1 and min(gaps) < max(gaps))
        return parted or (self._has_blanks and is_page_end)

    @cached_property
    def _has_blanks(self) -> bool:
        """Whether rows of text with fewer numbers than columns show that cells were left blank."""
        return any(0 < len(record.filled) < count for record, count in self._rows)

    def _without_page_number(self, record: Record, count: int) -> Places | None:
        """Leaves out the one line that can be a page number between the lines of a row, and no word of a remark."""
        if len(record.filled) != count + 1 or any(is_word(value.text) for value in record.filled):
            return None
        sizes = [len(line.filled) for line in record.lines]
        beside_label = bool(record.lines[0].pieces) and len(sizes) > count
        if beside_label or (sizes.count(1) > 1 and max(sizes) > 1):
            return None  # where each number has a line of its own, another may be the one too many
        lone = [line for line in record.lines if is_lone_number(line) and self._may_number_a_page(line)]
        if len(lone) > 1 or len(record.lines) > count:
            apart = [line for line in record.lines if self._stands_apart(line.line)]
            lone = [line for line in lone if line in apart and len(apart) == 1] if apart else lone
        readings = {
            tuple(value for line in record.lines if line is not left_out for value in line.filled) for left_out in lone
        }
        return list(readings.pop()) if len(readings) == 1 else None

    @cached_property
    def _is_broken(self) -> bool:
        """Whether figures of numbers stand on lines of their own, so that a row may have its count of values by chance.

        Then several rows have more values than columns, which page numbers, counting up, do not explain.
        """
        long = [(record, count) for record, count in self._rows if len(record.filled) > count]
        lone = [line for record, _ in long for line in record.lines if is_lone_number(line)]
        pages = [int(line.values[0].text) for line in lone]
        explained = all(len(record.filled) == count + 1 for record, count in long) and pages == sorted(set(pages))
        return len(long) >= _FEWEST_LONG and not explained

    def _may_number_a_page(self, line: TableLine) -> bool:
        """Says whether a page may have the number: it has not more than there are lines before its end."""
        number = int(line.values[0].text)
        return number <= self._source.folded.count("\n", 0, line.line.end) + 1

    def _stands_apart(self, line: Span) -> bool:
        before = self._source.folded[max(0, line.start - 12) : line.start]
        after = self._source.folded[line.end : line.end + 12]
        blank_before = before[len(before.rstrip(" \t\r\n")) :].count("\n") > 1
        return blank_before and after[: len(after) - len(after.lstrip(" \t\r\n"))].count("\n") > 1


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
