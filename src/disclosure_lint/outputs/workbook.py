"""Tables as an Excel workbook, by XlsxWriter: imported only where somebody asks for it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import chain
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.errors import UserError
from disclosure_lint.outputs.columns import DataTable, Row, Value
from disclosure_lint.outputs.row_texts import is_formula, plain
from disclosure_lint.outputs.sink import Sink
from disclosure_lint.outputs.width import total_width

_MOST_ROWS, _MOST_CHARACTERS = 1 << 20, 32_767
"""Of a sheet, with its head, and of a cell: Excel has no more."""
_EXACT_DIGITS = 15
"""Of a number in Excel; a longer one is written as text, since it would be rounded."""
_NARROW, _WIDE = 8, 60
"""Widths of columns, in digits; a Chinese character takes two."""
_MADE = datetime(2000, 1, 1)
"""When it is said to have been made: the same tables give the same bytes."""
_COLOURS = {
    "good": {"bg_color": "#C6EFCE", "font_color": "#006100"},
    "fair": {"bg_color": "#FFEB9C", "font_color": "#7F4F00"},
    "bad": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "absent": {"bg_color": "#E7E6E6", "font_color": "#404040"},
    "twice": {"bg_color": "#DDEBF7", "font_color": "#1F4E78"},
}
_HEAD = {"bold": True, "bottom": 1, "bg_color": "#F2F2F2"}


class Shaded(NamedTuple):
    """A text on a colour, which says nothing that the text does not."""

    text: str
    colour: str
    """One of `good`, `fair`, `bad`, `absent`, `twice`."""


SheetRow = Sequence[Value | Shaded]


class Sheet(NamedTuple):
    """A table with a head, on a sheet of its own, or on as many as it takes."""

    name: str
    heads: Sequence[str]
    rows: Iterable[SheetRow]


def write_table(
    table: DataTable, parts: Iterable[Iterable[Row]], put: Callable[[bytes], object], labels: str = "names"
) -> None:
    """Gives the bytes of a workbook with one table to `put`."""
    heads = [column.head(labels) for column in table.columns]
    write([Sheet(table.name, heads, chain.from_iterable(parts))], put)


def write(sheets: Iterable[Sheet], put: Callable[[bytes], object]) -> None:
    """Gives the bytes of a workbook to `put`, at the end; until then rows wait in a folder of the system.

    Raises UserError if that has no room.
    """
    try:
        _write(sheets, put)
    except (OSError, FileCreateError) as error:
        zh, en = f"临时文件写不进去：{error}", f"cannot write temporary files: {error}"
        raise UserError(zh, en=en) from None


def _write(sheets: Iterable[Sheet], put: Callable[[bytes], object]) -> None:
    with TemporaryDirectory(prefix="disclosure-lint-", ignore_cleanup_errors=True) as folder:
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        book = Workbook(Sink(put), options)
        book.set_properties({"created": _MADE})
        made = _Formats(
            book.add_format(_HEAD),
            book.add_format({"quote_prefix": True}),
            {name: book.add_format(colours) for name, colours in _COLOURS.items()},
        )
        for sheet in sheets:
            rows = iter(sheet.rows)
            number = 1
            while _fill(book.add_worksheet(sheet.name if number == 1 else f"{sheet.name} {number}"), sheet, rows, made):
                number += 1
        book.close()


class _Formats(NamedTuple):
    head: Any
    quoted: Any
    """Of what a spreadsheet must not take for a formula when somebody edits the cell: as if ' stood before it."""
    shades: Mapping[str, Any]


def _fill(page: Any, sheet: Sheet, rows: Iterator[SheetRow], made: _Formats) -> bool:
    """Writes head and rows; says whether the page is full, so that there may be more."""
    widths = [_NARROW] * len(sheet.heads)
    last = 0
    for at, head in enumerate(sheet.heads):
        page.write_string(0, at, head, made.head)
        widths[at] = max(_NARROW, total_width(head) + 2)  # with room for the filter
    for last, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            widths[at] = max(widths[at], _put(page, last, at, value, made))
        if last == _MOST_ROWS - 1:
            break
    for at, width in enumerate(widths):
        page.set_column(at, at, min(width + 1, _WIDE))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, last, len(widths) - 1)
    return last == _MOST_ROWS - 1


def _put(page: Any, row: int, at: int, value: Value | Shaded, made: _Formats) -> int:
    """Writes a cell: a number, or a text, which is never a formula; returns how wide it is."""
    if value is None:
        return 0
    if isinstance(value, bool):
        page.write_boolean(row, at, value)
        return 5
    if isinstance(value, int | Decimal) and len(Decimal(value).as_tuple().digits) <= _EXACT_DIGITS:
        page.write_number(row, at, value)
        return len(plain(value) or "")
    form = made.shades[value.colour] if isinstance(value, Shaded) else None
    text = _text(value)
    page.write_string(row, at, text, form or (made.quoted if is_formula(text) else None))
    return total_width(text)


def _text(value: Value | Shaded) -> str:
    if isinstance(value, Shaded):
        value = value.text
    elif isinstance(value, tuple):
        value = "; ".join(value)
    text = escape_controls(value if isinstance(value, str) else plain(Decimal(value or 0)) or "")
    return text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…"
