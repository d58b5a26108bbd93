"""Tables: rows of cells with their columns, merged cells once."""

from collections.abc import Callable
from typing import NamedTuple
from xml.etree.ElementTree import Element

from disclosure_lint.readers.docx.names import DEL, TC, TCPR, TR, TRPR, VAL, members, number, value, w

_SPAN, _BEFORE, _BELOW, _BESIDE = (w(name) for name in ("gridSpan", "gridBefore", "vMerge", "hMerge"))
_CELL_DELETED, _CELL_MERGED = w("cellDel"), w("cellMerge")
_MERGES_BELOW: dict[str, Callable[[Element], bool]] = {
    _BELOW: lambda merge: merge.get(VAL) == "restart",
    _CELL_MERGED: lambda change: change.get(_BELOW) != "cont",
}
"""What merges a cell with those below it, and whether it is the first of them."""
_ROWS, _CELLS = frozenset((TR,)), frozenset((TC,))


class GridCell(NamedTuple):
    """A cell that is drawn."""

    element: Element
    column: int
    """Column of the grid where it begins, from 0."""
    columns: int = 1
    """How many columns it covers."""


class GridRow(NamedTuple):
    """A row that is drawn."""

    element: Element
    number: int
    """From 1, rows marked as deleted counted too."""
    cells: tuple[GridCell, ...]


def grid(table: Element) -> list[GridRow]:
    """Returns the rows of a table without those marked as deleted, and without cells that a merged one covers."""
    rows: list[GridRow] = []
    merging: set[int] = set()
    for at, row in enumerate(members(table, _ROWS), 1):
        properties = row.find(TRPR)
        if properties is not None and properties.find(DEL) is not None:
            continue
        column = max(0, number(value(properties, _BEFORE)) or 0)
        cells, merging = _cells(row, column, merging)
        rows.append(GridRow(row, at, tuple(cells)))
    return rows


def _cells(row: Element, column: int, merging: set[int]) -> tuple[list[GridCell], set[int]]:
    """Returns the cells of a row, and the columns in which a merged cell may go on below."""
    cells: list[GridCell] = []
    merged: set[int] = set()
    for cell in members(row, _CELLS):
        properties = cell.find(TCPR)
        if properties is None:
            cells.append(GridCell(cell, column))
            column += 1
            continue
        if properties.find(_CELL_DELETED) is not None:
            continue
        # What goes on where nothing began is a cell like others.
        goes_on = False
        span = 1
        for one in properties:
            tag = one.tag
            if tag == _SPAN:
                span = max(1, number(one.get(VAL)) or 1)
            elif tag in _MERGES_BELOW:
                merged.add(column)
                goes_on = goes_on or (column in merging and not _MERGES_BELOW[tag](one))
            elif tag == _BESIDE:
                goes_on = goes_on or (one.get(VAL) != "restart" and bool(cells))
        if not goes_on:
            cells.append(GridCell(cell, column, span))
        column += span
    return cells, merged
