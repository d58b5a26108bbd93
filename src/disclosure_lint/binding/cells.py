"""The values of a row of cells by the columns of a grid, or by those of the header above it."""

from collections.abc import Sequence

from disclosure_lint.binding.headers import CONTRADICTED, Header
from disclosure_lint.binding.lines import TableLine, Value
from disclosure_lint.binding.numbers import is_several

Places = list[Value | None]
"""One entry a column; a value with empty text is a blank cell, None a blank cell of which the page shows no place."""


def under(header: Header, line: TableLine, wanted: tuple[int, ...]) -> Places | None:
    """Returns a row's values by the columns that a header names, by its grid or by their order, where these agree."""
    if any(cell.form_column == CONTRADICTED for cell in header.cells):
        return None
    readings = [reading for reading in (_by_grid(header, line), _by_order(header, line)) if reading is not None]
    if not readings or any(reading != readings[0] for reading in readings):
        return None
    return [readings[0].get(index) for index in wanted]


def _by_grid(header: Header, line: TableLine) -> dict[int, Value | None] | None:
    if (header.block, header.width) != (line.block, line.cells):
        return None
    index_of = {cell.column: cell.form_column for cell in header.cells}
    if any(column < line.values[0].column for column in index_of):
        return None  # the label stands in it: the cells of this row are shifted against the header's
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
        if header.block == line.block and value.location and not 0 <= cell.column - value.column < value.columns:
            return None  # the format says where cells stand: a label that stands elsewhere has moved, or the value
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
    """Leaves out a remark in words behind the numbers."""
    rest = values[count:]
    return list(values[:count]) if rest and not any(value.is_number for value in rest) else None
