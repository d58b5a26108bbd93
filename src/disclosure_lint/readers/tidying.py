"""What programs add to a table when they write it as text, taken away again; numbers are left as they are.

They write what a merged cell says into every column that it covers, number the columns above the table and the rows
beside it (pandas), and put a word where nothing stands, or above a column without a name.
"""

import re
from collections.abc import Sequence

from disclosure_lint.model.document import Cell, Row
from disclosure_lint.model.source import Span

_FEWEST_COLUMNS, _FEWEST_ROWS = 3, 2
_FEWEST_LETTERS = 4
"""What stands for a number, like 不适用, has fewer, and must not be taken for one cell."""
_NO_VALUE = ("nan", "NaN", "None", "<NA>")
_NAMED = r"(?:Col|Column|Unnamed: ?)(\d{1,3})"
"""What programs write above a column that has no name, counted from 0 or from 1."""


def tidied(folded: str, rows: Sequence[Row]) -> list[Row]:
    """Returns the rows of a table, in a folded text, without what a program added to them."""
    if _numbered_columns(folded, rows):
        indexed = _text(folded, rows[0].cells[0]) != "0"
        rows = [_without_words(folded, row) for row in rows[1:]]
        rows = _without_index(folded, rows, 0) if indexed else rows
    elif len(rows) > _FEWEST_ROWS and not _text(folded, rows[0].cells[0]):
        rows = _without_index(folded, rows, 1)
    return [_merged(folded, row) for row in (_without_names(folded, rows[0]), *rows[1:])] if rows else []


def _without_names(folded: str, row: Row) -> Row:
    """Returns a table's first row, blank where a program named a column by its number because the cell is blank."""
    cells = [
        _blank(cell) if (named := _name(folded, cell)) and int(named.group(1)) in (at, at + 1) else cell
        for at, cell in enumerate(row.cells)
    ]
    return row._replace(cells=tuple(cells))


def _name(folded: str, cell: Cell) -> re.Match[str] | None:
    return re.fullmatch(_NAMED, _text(folded, cell)) if folded[cell.span.start : cell.span.start + 1] in "CU" else None


def _blank(cell: Cell) -> Cell:
    return cell._replace(span=Span(cell.span.start, cell.span.start))


def _text(folded: str, cell: Cell) -> str:
    return folded[cell.span.start : cell.span.end]


def _numbered_columns(folded: str, rows: Sequence[Row]) -> bool:
    """Says whether the first row counts the columns from 0, be it behind a cell for the index."""
    if len(rows) < _FEWEST_ROWS or not any(_text(folded, cell) == "0" for cell in rows[0].cells[:2]):
        return False
    texts = [_text(folded, cell) for cell in rows[0].cells]
    return counts_columns(texts if texts[0] == "0" else texts[1:])


def counts_columns(texts: Sequence[str]) -> bool:
    """Says whether texts are the numbers from 0 that pandas writes above columns."""
    return len(texts) >= _FEWEST_COLUMNS and list(texts) == list(map(str, range(len(texts))))


def _without_words(folded: str, row: Row) -> Row:
    """Returns a row whose cells are blank where the program wrote that there is nothing."""
    return row._replace(cells=tuple(_blank(cell) if _text(folded, cell) in _NO_VALUE else cell for cell in row.cells))


def _without_index(folded: str, rows: Sequence[Row], first: int) -> Sequence[Row]:
    """Returns rows without their first column if it counts them from 0, from the row `first` on."""
    index = [_text(folded, row.cells[0]) for row in rows[first:]]
    if index != list(map(str, range(len(index)))) or any(len(row.cells) < 2 for row in rows):
        return rows
    return [_of([cell._replace(column=cell.column - 1) for cell in row.cells[1:]]) for row in rows]


def _merged(folded: str, row: Row) -> Row:
    """Returns a row in which a label that is repeated in the columns beside it is one cell over all of them."""
    lengths = [end - start for (start, end), _, _, _ in row.cells if end - start >= _FEWEST_LETTERS]
    if len(set(lengths)) == len(lengths):
        return row
    texts = [_text(folded, cell) for cell in row.cells]
    cells = [row.cells[0]]
    for cell, text, before in zip(row.cells[1:], texts[1:], texts, strict=False):
        if text == before and _is_label(text):
            cells[-1] = cells[-1]._replace(columns=cells[-1].columns + cell.columns)
        else:
            cells.append(cell)
    return row if len(cells) == len(row.cells) else _of(cells)


def _is_label(text: str) -> bool:
    # No pattern: to compile one that names a range of Chinese characters four times takes milliseconds at every start.
    return sum("\u3400" <= letter <= "\u9fff" for letter in text) >= _FEWEST_LETTERS


def _of(cells: Sequence[Cell]) -> Row:
    return Row(Span(cells[0].span.start, cells[-1].span.end), tuple(cells))
