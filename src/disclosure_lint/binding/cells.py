"""The values of a row of cells by the columns of a grid, or by those of the header above it."""

import re
from collections.abc import Mapping, Sequence

from disclosure_lint.binding.headers import CONTRADICTED, Header
from disclosure_lint.binding.lines import TableLine, Value
from disclosure_lint.binding.numbers import is_several
from disclosure_lint.binding.wordings import letters

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
