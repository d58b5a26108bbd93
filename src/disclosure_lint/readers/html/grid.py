"""The columns of a table's cells: merged cells once, what they cover is no cell."""

from typing import NamedTuple

from disclosure_lint.readers.html.tokens import CELLS, SECTIONS, attributes, number, too_large
from disclosure_lint.readers.html.tree import Element

_MOST_COLUMNS, _MOST_ROWS = 1000, 65534
"""As browsers have it."""
_MOST_STEPS = 500_000


class GridCell(NamedTuple):
    """A cell that is drawn."""

    element: Element
    column: int
    """Column of the grid where it begins, from 0."""
    columns: int
    """How many columns it covers."""


class _Open(NamedTuple):
    """A cell that goes on below."""

    column: int
    after: int
    rows: int
    """How many more rows; -1 for all."""


def rows(table: Element) -> list[tuple[Element, tuple[GridCell, ...]]]:
    """Returns the rows of a table that are to be seen, each with its cells."""
    found: list[tuple[Element, tuple[GridCell, ...]]] = []
    steps = 0
    for group in _groups(table):
        below: list[_Open] = []
        for row in group:
            steps += len(row.children) + len(below)
            if steps > _MOST_STEPS:
                raise too_large("里的表格太大", "has too large a table")
            if row.hidden:
                continue
            cells, below = _placed(row, below)
            found.append((row, tuple(cells)))
    return found


def _groups(table: Element) -> list[list[Element]]:
    """Returns rows that stand together: no cell goes on beyond a thead, tbody or tfoot."""
    groups: list[list[Element]] = [[]]
    for child in table.children:
        if not isinstance(child, Element) or child.hidden:
            continue
        if child.tag == "tr":
            groups[-1].append(child)
        elif child.tag in SECTIONS:
            groups += [[one for one in child.children if isinstance(one, Element) and one.tag == "tr"], []]
    return [group for group in groups if group]


def _placed(row: Element, below: list[_Open]) -> tuple[list[GridCell], list[_Open]]:
    """Returns the cells of a row, and what goes on in the next one; `below` is in order of columns."""
    cells: list[GridCell] = []
    opened: list[_Open] = []
    column = at = 0
    for child in row.children:
        if not isinstance(child, Element) or child.tag not in CELLS or child.hidden:
            continue
        while at < len(below) and below[at].column <= column:
            column = max(column, below[at].after)
            at += 1
        found = attributes(child.attributes) if child.attributes else {}
        columns = number(found.get("colspan"), 1, _MOST_COLUMNS) or 1
        height = number(found.get("rowspan"), 0, _MOST_ROWS)
        cells.append(GridCell(child, column, columns))
        if height is not None and height != 1:
            opened.append(_Open(column, column + columns, height - 1))
        column += columns
    left = [one._replace(rows=one.rows - 1) if one.rows > 0 else one for one in below if one.rows != 1]
    return cells, sorted(left + opened)
