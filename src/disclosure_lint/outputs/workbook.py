"""Tables and the overview as an Excel workbook, by XlsxWriter: imported only where somebody asks for it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import chain
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.errors import UserError
from disclosure_lint.outputs.columns import DataTable, Row, Value
from disclosure_lint.outputs.console import total_width
from disclosure_lint.outputs.overview import STATES, Cell, Checked, Overview, State
from disclosure_lint.outputs.overview_texts import commonest, scope_told, why_unnamed
from disclosure_lint.outputs.row_texts import is_formula, plain
from disclosure_lint.outputs.sink import Sink

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
_SHADES: dict[State, str] = {
    "clean": "good",
    "warnings": "fair",
    "errors": "bad",
    "missing": "absent",
    "doubled": "twice",
}
_AGENCY, _YEAR = LocalizedText("机关", "agency"), LocalizedText("年度", "year")
_FILES = (
    LocalizedText("文件", "file"),
    _AGENCY,
    _YEAR,
    LocalizedText("状态", "state"),
    LocalizedText("错误", "errors"),
    LocalizedText("警告", "warnings"),
    LocalizedText("提示", "infos"),
    LocalizedText("无法判定", "undetermined"),
    LocalizedText("最常见的规则", "rules"),
)
_RULES = (
    LocalizedText("规则", "rule"),
    LocalizedText("规则名", "name"),
    LocalizedText("几份", "files"),
    LocalizedText("几处", "findings"),
)
_NOTES = (LocalizedText("情况", "what"), _AGENCY, _YEAR, LocalizedText("说明", "details"))


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


def sheets(made: Overview, lang: str) -> Iterator[Sheet]:
    """Yields an overview as sheets: agencies by years, the files, the rules, and what is to be asked for.

    The rows of each are made as they are asked for.
    """

    def sheet(zh: str, en: str, heads: tuple[LocalizedText, ...], rows: Iterator[SheetRow]) -> Sheet:
        return Sheet(LocalizedText(zh, en).text(lang), [head.text(lang) for head in heads], rows)

    years = [LocalizedText(str(year), str(year)) for year in made.years]
    yield sheet("总览", "overview", (_AGENCY, *years), _matrix(made, lang))
    yield sheet("文件", "files", _FILES, _files(made, lang))
    yield sheet("规则", "rules", _RULES, iter(made.rules))
    yield sheet("缺、重、迟", "missing, doubled, late", _NOTES, _notes(made, lang))


class _Formats(NamedTuple):
    head: Any
    quoted: Any
    """Of what a spreadsheet must not take for a formula when somebody edits the cell: as if ' stood before it."""
    shades: Mapping[str, Any]


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


def _matrix(made: Overview, lang: str) -> Iterator[SheetRow]:
    for agency, row in made.agencies.items():
        yield [agency, *(Shaded(cell.text(lang), _SHADES[cell.state]) for cell in row.values())]


def _files(made: Overview, lang: str) -> Iterator[SheetRow]:
    for agency, row in made.agencies.items():
        for year, cell in row.items():
            shade = Shaded(STATES[cell.state].text(lang), _SHADES[cell.state])
            yield from (_file(one, agency, year, shade) for one in cell.files)
    for one in made.unnamed:
        yield _file(one, one.agency, one.year, Shaded(why_unnamed(one).text(lang), "absent"))


def _file(one: Checked, agency: str | None, year: int | None, state: Shaded) -> SheetRow:
    counts = [one.counts.get(severity, 0) for severity in ("error", "warning", "info")]
    return [one.path, agency, year, state, *counts, one.undetermined, commonest([one])]


def _notes(made: Overview, lang: str) -> Iterator[SheetRow]:
    """Yields what the text output tells below its table, a row for each agency and year."""

    def told(zh: str, en: str, colour: str) -> Shaded:
        return Shaded(LocalizedText(zh, en).text(lang), colour)

    def paths(cell: Cell) -> tuple[str, ...]:
        return tuple(file.path for file in cell.files)

    nothing, rest = told("没有年报", "no report at all", "absent"), told("没有算进去", "not counted", "absent")
    missing, doubled = told("缺", "missing", "absent"), told("重复", "doubled", "twice")
    late, scope = told("迟", "late", "fair"), told("口径", "scope", "good")
    for agency in made.expected:
        yield [nothing, agency, None, None]
    for agency, year, _ in made.cells("missing"):
        if agency not in made.expected:
            yield [missing, agency, year, None]
    for agency, year, cell in made.cells("doubled"):
        yield [doubled, agency, year, paths(cell)]
    for agency, row in made.agencies.items():
        for year in (year for year, cell in row.items() if cell.is_late):
            yield [late, agency, year, paths(row[year])]
    for one in made.scopes:
        yield [scope, one.agency, one.year, scope_told(one).text(lang)]
    for file in made.unnamed:
        zh, en = why_unnamed(file)
        yield [rest, file.agency, file.year, LocalizedText(f"{file.path}：{zh}", f"{file.path}: {en}").text(lang)]
