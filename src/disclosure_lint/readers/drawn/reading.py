"""All tables of a text that are drawn."""

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.readers.drawn.columns import COLUMNS, columns_at, head_of
from disclosure_lint.readers.drawn.grids import GRID, grid_at
from disclosure_lint.readers.drawn.places import TextLine
from disclosure_lint.readers.redrawn import Redrawn

_BOX = str.maketrans("─━═┄┈│┃║┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛", "-----|||" + "+" * 27)
_LINE = lazy_re_compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")


def drawn_tables(text: str) -> list[Redrawn]:
    """Returns the tables in a text."""
    lines = [TextLine(match.start(), match.group().rstrip("\r\n").translate(_BOX)) for match in _LINE.finditer(text)]
    found: list[Redrawn] = []
    at = done = 0
    while at < len(lines):
        first, table = at, None
        if GRID.fullmatch(lines[at].text):
            table = grid_at(lines, at)
        elif COLUMNS.fullmatch(lines[at].text):
            first = head_of(lines, at, done)
            table = columns_at(lines, first, at)
            if not table.rows and first < at:
                first, table = at, columns_at(lines, at, at)
        at += 1
        if table:
            # What was looked through in vain is not looked through again.
            at = max(at, table.after)
            if table.rows:
                last = lines[table.after - 1]
                found.append(Redrawn(lines[first].start, last.start + len(last.text), (table.rows,)))
                done = table.after
    return found
