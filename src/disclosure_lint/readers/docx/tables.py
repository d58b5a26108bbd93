"""Tables: rows of cells with their columns, merged cells once."""

from typing import NamedTuple
from xml.etree.ElementTree import Element

from disclosure_lint.readers.docx.names import DEL, TC, TCPR, TR, TRPR, VAL, members, number, value, w

_SPAN, _BEFORE, _BELOW, _BESIDE = (w(name) for name in ("gridSpan", "gridBefore", "vMerge", "hMerge"))
_CELL_DELETED, _CELL_MERGED = w("cellDel"), w("cellMerge")
_ROWS, _CELLS = frozenset((TR,)), frozenset((TC,))


class GridCell(NamedTuple):
    """A cell that is drawn."""

    element: Element
    column: int
    """Column of the grid where it begins, from 0."""


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
        below = _merge_below(properties)
        if below:
            merged.add(column)
        beside = properties.find(_BESIDE)
        goes_on = beside is not None and beside.get(VAL) != "restart" and bool(cells)
        # What goes on where nothing began is a cell like others.
        if not goes_on and not (below == "continue" and column in merging):
            cells.append(GridCell(cell, column))
        column += max(1, number(value(properties, _SPAN)) or 1)
    return cells, merged


def _merge_below(properties: Element) -> str | None:
    """Returns `restart` for the first cell of a merged one, `continue` for the cells below, None for others."""
    merge = properties.find(_BELOW)
    if merge is not None:
        return "restart" if merge.get(VAL) == "restart" else "continue"
    change = properties.find(_CELL_MERGED)
    if change is None:
        return None
    return {"rest": "restart", "cont": "continue"}.get(change.get(_BELOW, ""))
