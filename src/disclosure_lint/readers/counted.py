"""Tables whose columns and rows are counted from 0, parted by spaces, as pandas prints them."""

from collections.abc import Sequence

from disclosure_lint.model.document import Cell, Row, Table
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.source import Source, Span
from disclosure_lint.readers.tidying import counts_columns, tidied

_PART = lazy_re_compile(r"[^ ]+(?: [^ ]+)*")
"""What stands between gaps: two spaces or more part columns."""


def counted_table(source: Source, line: int) -> tuple[Table, int] | None:
    """Returns the table whose columns a line counts, and the line after it; None if no row follows.

    Every row begins with its number and has a text in each column, be it one that says that there is none.
    """
    head = _cells(source, line)
    if not counts_columns([_text(source, cell) for cell in head]):
        return None
    rows: list[Sequence[Cell]] = [[Cell(Span(head[0].span.start, head[0].span.start), 0), *_moved(head)]]
    after = line + 1
    while after <= source.line_count:
        cells = _cells(source, after)
        if len(cells) != len(head) + 1 or _text(source, cells[0]) != str(len(rows) - 1):
            break
        rows.append(cells)
        after += 1
    if len(rows) < 2:
        return None
    shown = tidied(source.folded, [Row(Span(row[0].span.start, row[-1].span.end), tuple(row)) for row in rows])
    return Table(Span(shown[0].span.start, shown[-1].span.end), tuple(shown)), after


def _cells(source: Source, line: int) -> list[Cell]:
    return [
        Cell(Span(*part.span()), column)
        for column, part in enumerate(_PART.finditer(source.folded, *source.line_span(line)))
    ]


def _moved(cells: Sequence[Cell]) -> list[Cell]:
    return [cell._replace(column=cell.column + 1) for cell in cells]


def _text(source: Source, cell: Cell) -> str:
    return source.folded[cell.span.start : cell.span.end]
