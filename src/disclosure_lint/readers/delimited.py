"""Tables whose cells are parted by commas or semicolons, as spreadsheets and pandas save them, or counted, by spaces.

A comma also stands in prose and in numbers, so a line alone proves nothing: lines that follow each other must have
the same number of separators outside quotation marks, and hold what only cells hold. Only the file's own `,` and `;`
part cells: the folded text has `，` for both kinds of comma.

pandas prints tables whose columns and rows are counted from 0; gaps part their cells.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from disclosure_lint.model.document import Cell, Row, Table
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.source import Source, Span
from disclosure_lint.readers.tidying import counts_columns, tidied

if TYPE_CHECKING:
    from disclosure_lint.readers.redrawn import Placed


_FEWEST, _FEWEST_LINES = 3, 2
"""Separators on a line and cells without words, and such lines."""
_MOST_LINES_OF_CELL = 12
_FIELD = {mark: lazy_re_compile(rf'[ \t]*"((?:[^"]|"")*)"[ \t]*(?={mark}|\Z)|([^{mark}]*)') for mark in ";,"}
_NO_CELLS = lazy_re_compile(r"[。|\t]|[\d\u3400-\u9fff] +\d")
"""What stands in sentences, in other tables, and where spaces part numbers, whose commas are their own."""
_NO_WORDS = lazy_re_compile(r"(?:[-+]?\d[\d,.]*)?")
"""What stands in cells, and between commas of sentences hardly ever: a number and nothing else, or nothing."""
_ALONE = lazy_re_compile(r"[一二三四五六]、.*(?:情况|事项)|.*报告|.*。.*|.{40,}", re.DOTALL)
"""What a line of a sheet holds that is no row of a table: the title, a section, a paragraph."""


class _Fields(NamedTuple):
    """A line, or several if a cell goes on in the next one, parted."""

    span: Span
    after: int
    """The line after it."""
    mark: str
    cells: tuple[Span, ...]

    @property
    def filled(self) -> list[Span]:
        """Its cells that are not blank."""
        return [cell for cell in self.cells if cell.end > cell.start]


def delimited(source: Source, *, named: bool) -> "list[Placed]":
    """Returns the tables of a text whose cells commas or semicolons part; `named` if the file says that they do."""
    found: list[Placed] = []
    if not named and max(source.text.count(mark) for mark in _FIELD) < _FEWEST * _FEWEST_LINES:
        return found
    run: list[_Fields] = []
    line = 1
    while line <= source.line_count:
        fields = _fields(source, line, 1 if named else _FEWEST)
        if run and (fields is None or (fields.mark, len(fields.cells)) != (run[-1].mark, len(run[-1].cells))):
            found += _placed(source, run, named=named)
            run = []
        if fields:
            run.append(fields)
        line = fields.after if fields else line + 1
    return found + _placed(source, run, named=named)


def _placed(source: Source, run: Sequence[_Fields], *, named: bool) -> "list[Placed]":
    if not run or (not named and (len(run) < _FEWEST_LINES or _cells_without_words(source, run) < _FEWEST)):
        return []
    # Only where commas or semicolons part cells.
    from disclosure_lint.readers.redrawn import Placed

    tables: list[list[tuple[Cell, ...]]] = [[]]
    for line in run:
        filled = line.filled
        if len(filled) == 1 and _ALONE.fullmatch(source.text, *filled[0]):
            tables += [[(Cell(filled[0], 0, columns=0),)], []]
        else:
            tables[-1].append(tuple(Cell(span, column) for column, span in enumerate(line.cells)))
    rows = tuple(tuple(table) for table in tables if table)
    return [Placed(Span(run[0].span.start, run[-1].span.end), rows)]


def _cells_without_words(source: Source, run: Sequence[_Fields]) -> int:
    return sum(bool(_NO_WORDS.fullmatch(source.text, *cell)) for line in run for cell in line.cells)


def _fields(source: Source, line: int, fewest: int) -> _Fields | None:
    """Returns the cells of a line; None if it has too few separators, or reads as something else."""
    start, end = source.line_span(line)
    text, after = source.text[start:end], line + 1
    if not text.startswith('"') and "," not in text and ";" not in text:
        return None
    while source.text.count('"', start, end) % 2 and after <= source.line_count and after - line < _MOST_LINES_OF_CELL:
        end = source.line_span(after).end
        after += 1
    for mark in _FIELD:
        cells = tuple(_cells(source.text, start, end, mark))
        if len(cells) > fewest:
            break
    else:
        return None
    fields = _Fields(Span(start, end), after, mark, cells)
    several = len(fields.filled) > 1
    return None if several and _NO_CELLS.search(source.text, start, end) else fields


def _cells(text: str, start: int, end: int, mark: str) -> Iterator[Span]:
    field = _FIELD[mark]
    while match := field.match(text, start, end):
        begin, stop = match.span(1) if match.group(1) is not None else match.span(2)
        bare = text[begin:stop].strip(" \t")
        begin += text[begin:stop].find(bare)
        yield Span(begin, begin + len(bare))
        if match.end() >= end:
            return
        start = match.end() + 1


_PART = lazy_re_compile(r"[^ ]+(?: [^ ]+)*")
"""What stands between gaps: two spaces or more part columns."""


def counted_table(source: Source, line: int) -> tuple[Table, int] | None:
    """Returns the table whose columns a line counts, and the line after it; None if no row follows.

    Every row begins with its number and has a text in each column, be it one that says that there is none.
    """
    head = _parts(source, line)
    if not counts_columns([_text(source, cell) for cell in head]):
        return None
    rows: list[Sequence[Cell]] = [[Cell(Span(head[0].span.start, head[0].span.start), 0), *_moved(head)]]
    after = line + 1
    while after <= source.line_count:
        cells = _parts(source, after)
        if len(cells) != len(head) + 1 or _text(source, cells[0]) != str(len(rows) - 1):
            break
        rows.append(cells)
        after += 1
    if len(rows) < 2:
        return None
    shown = tidied(source.folded, [Row(Span(row[0].span.start, row[-1].span.end), tuple(row)) for row in rows])
    return Table(Span(shown[0].span.start, shown[-1].span.end), tuple(shown)), after


def _parts(source: Source, line: int) -> list[Cell]:
    return [
        Cell(Span(*part.span()), column)
        for column, part in enumerate(_PART.finditer(source.folded, *source.line_span(line)))
    ]


def _moved(cells: Sequence[Cell]) -> list[Cell]:
    return [cell._replace(column=cell.column + 1) for cell in cells]


def _text(source: Source, cell: Cell) -> str:
    return source.folded[cell.span.start : cell.span.end]
