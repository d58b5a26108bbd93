"""Grids of `+---+`: cells may cover several lines, columns and rows."""

import re
from collections.abc import Sequence
from itertools import pairwise

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.readers.drawn.places import MEASURES, Found, Part, TextLine, piece, places_of, widths
from disclosure_lint.readers.redrawn import Line

GRID = lazy_re_compile(r"[ \t]*\+(?:[-=:]+\+)+[ \t]*")
_IN_GRID = lazy_re_compile(r"[ \t]*[+|].*[+|][ \t]*")
_DASHES = lazy_re_compile(r"-{2,}|={2,}")
_FEWEST_GROUPS, _FEWEST_COLUMNS = 3, 2


def grid_at(lines: Sequence[TextLine], at: int) -> Found:
    """Returns the grid that begins at a line; without rows if it is none."""
    after = _end_of_grid(lines, at)
    inside = lines[at:after]
    rules = [line.text for line in inside if GRID.fullmatch(line.text)]
    for measure in MEASURES:
        edges = sorted({place for rule in rules for place in places_of("+", rule, measure)})
        counted = {len(_marks(line.text)) for line in inside} == {len(edges)}
        parted = [_parted(line, None if counted else edges, measure) for line in inside]
        if len(edges) > _FEWEST_COLUMNS and all(parts is not None for parts in parted):
            broken = len(rules) > _FEWEST_GROUPS
            return Found(after, 0, _rows_of_grid(inside, [parts or [] for parts in parted], broken=broken))
    return Found(after)


def _end_of_grid(lines: Sequence[TextLine], at: int) -> int:
    """Returns the line after the last line of a grid."""
    after = last = at + 1
    while after < len(lines) and _IN_GRID.fullmatch(lines[after].text):
        after += 1
        if GRID.fullmatch(lines[after - 1].text):
            last = after
    return last


def _marks(text: str) -> list[int]:
    drawn = _is_drawn(text)
    return [at for at, char in enumerate(text) if char == "|" or (drawn and char == "+")]


def _is_drawn(text: str) -> bool:
    """Says whether a line holds a piece of a rule: all of it, or beside a cell that covers several rows."""
    return "+" in text and any(_DASHES.fullmatch(part.replace(":", "-")) for part in re.split(r"[+|]", text))


def _parted(line: TextLine, edges: Sequence[int] | None, measure: str) -> list[Part] | None:
    """Returns the parts of a line between the edges of columns; by their order alone without those."""
    marks = _marks(line.text)
    if edges is None:
        columns = list(range(len(marks)))
    else:
        places = widths(line.text, measure)
        known = {edge: column for column, edge in enumerate(edges)}
        marks = [at for at in marks if places[at] in known]
        columns = [known[places[at]] for at in marks]
        if not marks or columns[0] or columns[-1] != len(edges) - 1 or line.text[marks[-1] + 1 :].strip(" \t"):
            return None
    return [
        Part(left, right - left, line.start + start + 1, line.text[start + 1 : end])
        for (left, right), (start, end) in zip(pairwise(columns), pairwise(marks), strict=True)
    ]


def _rows_of_grid(lines: Sequence[TextLine], parted: Sequence[Sequence[Part]], *, broken: bool) -> tuple[Line, ...]:
    """Returns the rows: cells are open from the rule above them to the one below, unless each line is a row."""
    rows: list[dict[int, list[Part]]] = []
    opened: dict[int, list[Part]] = {}
    for line, parts in zip(lines, parted, strict=True):
        drawn = _is_drawn(line.text)
        if drawn or not broken:
            if not drawn or not rows or rows[-1]:
                rows.append({})
            closed = [part for part in parts if not drawn or _DASHES.fullmatch(part.text.replace(":", "-"))]
            for part in closed:
                for column in range(part.column, part.column + part.columns):
                    opened.pop(column, None)
        for part in parts:
            if drawn and _DASHES.fullmatch(part.text.replace(":", "-")):
                continue
            if part.column not in opened:
                opened[part.column] = rows[-1].setdefault(part.column, [])
            opened[part.column].append(part)
    return tuple(Line(tuple(piece(row[column]) for column in sorted(row))) for row in rows if row)
