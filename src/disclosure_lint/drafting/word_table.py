"""A statutory table of a Word file, with its merged cells."""

from collections.abc import Iterator

from disclosure_lint.drafting.sheet import Cell, Sheet
from disclosure_lint.drafting.word_text import paragraph

TABLE = "TableGrid"
"""Id of the style of tables."""
TEXT = "TableText"
"""Id of the style of what stands in them."""
_FEW = 4
"""With fewer columns of numbers than these all columns are alike."""
_FIRST, _MIDDLE, _LAST = 2, 3, 8
"""How wide the columns of labels are to each other: groups outside, items inside."""
_NUMBERS = 0.45
"""Of the width, where there are many of them: 表三 then fits on a page."""
_HEIGHT = 340
"""Of a row at least, 6 mm in twentieths of a point."""


def table_xml(sheet: Sheet, width: int) -> str:
    """Returns a table of that width, in twentieths of a point."""
    widths = _widths(sheet, width)
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    look = '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
    head = f'<w:tblPr><w:tblStyle w:val="{TABLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{look}</w:tblPr>'
    rows = "".join(_row(sheet, widths, row) for row in range(sheet.rows))
    return f"<w:tbl>{head}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _widths(sheet: Sheet, width: int) -> list[int]:
    """Returns how wide the columns are: all alike, or most of the table for labels if there are many numbers."""
    numbers = sheet.columns - sheet.stubs
    if not sheet.stubs or (sheet.stubs == 1 and numbers < _FEW):
        return [width // sheet.columns] * sheet.columns
    shares = [_FIRST, *[_MIDDLE] * (sheet.stubs - 2), _LAST] if sheet.stubs > 1 else [_LAST]
    one = int(width * _NUMBERS) // numbers
    labels = width - one * numbers
    return [labels * share // sum(shares) for share in shares] + [one] * numbers


def _row(sheet: Sheet, widths: list[int], row: int) -> str:
    repeated = "<w:tblHeader/>" if row < sheet.head else ""
    properties = f'<w:trPr><w:cantSplit/><w:trHeight w:val="{_HEIGHT}"/>{repeated}</w:trPr>'
    cells = (_cell(sheet, cell, widths, begins=cell.row == row) for cell in _across(sheet, row))
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def _across(sheet: Sheet, row: int) -> Iterator[Cell]:
    """Yields the cells that a row goes through, those too that begin above it."""
    found = [cell for cell in sheet.cells if cell.row <= row < cell.row + cell.rows]
    yield from sorted(found, key=lambda cell: cell.column)


def _cell(sheet: Sheet, cell: Cell, widths: list[int], *, begins: bool) -> str:
    width = sum(widths[cell.column : cell.column + cell.columns])
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = "" if cell.rows == 1 else '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
    # Items of long lists are easier to read from the left; all else stands in the middle, as in the template.
    left = sheet.stubs > 1 and cell.kind == "label" and cell.rows == 1
    look = '<w:jc w:val="left"/>' if left else ""
    return f"<w:tc>{properties}{paragraph(cell.text if begins else '', TEXT, look)}</w:tc>"
