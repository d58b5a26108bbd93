"""Tables drawn with characters, whose cells may take several lines: `+---+` grids, and columns under rows of dashes.

Pandoc, docutils and MySQL write them, and people with box characters. Which column a cell is in is told by its place
on the line, a Chinese character being two wide; programs that count it as one, or marks like “ as two, are followed
if that way all lines fit. What fits in no way is left as it is.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.source import Run
from disclosure_lint.readers.redrawn import Line, Piece, Redrawn

MEASURES = ("WF", "WFA", "")
"""What is two wide, by the classes of Unicode: usually, by fonts of this country, and for programs that do not know."""
GRID = lazy_re_compile(r"[ \t]*\+(?:[-=:]+\+)+[ \t]*")
_IN_GRID = lazy_re_compile(r"[ \t]*[+|].*[+|][ \t]*")
_DASHES = lazy_re_compile(r"-{2,}|={2,}")
_FEWEST_GROUPS, _FEWEST_COLUMNS = 3, 2
COLUMNS = lazy_re_compile(r" *(?:-{2,}|={2,})(?: +(?:-+|=+))+ *")
_WHOLE = lazy_re_compile(r"(?<! ) *-{3,} *")
_MOST_HEADER, _MIDDLE = 12, 2
"""Lines of a header, and how far a text may stand from the middle."""
_BOX = str.maketrans("─━═┄┈│┃║┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛", "-----|||" + "+" * 27)
_LINE = lazy_re_compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")


class TextLine(NamedTuple):
    """A line of the file."""

    start: int
    text: str
    """Without its end, box characters as + - |."""


class Part(NamedTuple):
    """What stands between two edges on a line."""

    column: int
    columns: int
    start: int
    text: str
    place: int = 0
    """How far from the left it begins, if columns are told by that."""


class Found(NamedTuple):
    """A table as it is by one way to measure lines."""

    after: int
    """The line after its last; after what was looked through if it is none."""
    askew: int = 0
    """How many texts stand otherwise than most of their column."""
    rows: tuple[Line, ...] = ()


def piece(parts: Sequence[Part]) -> Piece:
    """Returns the cell whose text stands on these lines: between Chinese characters a line end is no space."""
    text, runs = "", []
    for part in parts:
        bare = part.text.strip(" \t\u3000")
        if bare:
            text += " " if text and not (_is_wide(text[-1]) or _is_wide(bare[0])) else ""
            start = part.start + part.text.index(bare)
            runs.append(Run(len(text), len(bare), start, len(bare)))
            text += bare
    blank = Run(0, 0, parts[0].start + min(1, len(parts[0].text)), 0)
    return Piece(text, tuple(runs) or (blank,), parts[0].column, parts[0].columns)


def _is_wide(char: str) -> bool:
    return char >= "\u2e80" or char in "“”‘’…—·"


def widths(text: str, measure: str) -> list[int]:
    """Returns how far from the left each character stands."""
    wide = unicodedata.east_asian_width
    return [0, *accumulate(2 if char > "~" and wide(char) in measure else 1 for char in text)]


def places_of(mark: str, text: str, measure: str) -> list[int]:
    return [place for place, char in zip(widths(text, measure), text, strict=False) if char == mark]


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


def head_of(lines: Sequence[TextLine], rule: int, done: int) -> int:
    """Returns where the table begins whose first row of dashes is at a line: its header may stand above that."""
    first = rule
    while first > done and lines[first - 1].text.strip() and rule - first < _MOST_HEADER:
        first -= 1
        if _WHOLE.fullmatch(lines[first].text):
            break
    return first


def columns_at(lines: Sequence[TextLine], first: int, rule: int) -> Found:
    """Returns the table that begins at a line and has its first row of dashes at another.

    Of the ways to measure lines that holds by which most lines fit, and texts begin or end where dashes do; where
    that does not decide, nothing is known of the columns.
    """
    edges = [match.span() for match in re.finditer(r"-+|=+", lines[rule].text)]
    found = [_measured(lines, first, rule, edges, measure) for measure in MEASURES]
    looked = Found(max(one.after for one in found))
    fitting = sorted((one for one in found if one.rows), key=lambda one: (-one.after, one.askew))
    best = [one for one in fitting if (one.after, one.askew) == (fitting[0].after, fitting[0].askew)]
    return best[0] if len({tuple(_texts(one.rows)) for one in best}) == 1 else looked


def _texts(rows: Sequence[Line]) -> Iterator[str]:
    return (piece.text for row in rows for piece in row.pieces)


def _measured(
    lines: Sequence[TextLine], first: int, rule: int, edges: Sequence[tuple[int, int]], measure: str
) -> Found:
    """Returns a table as it is by one way to measure; without rows if the lines do not fit.

    Below a header a table ends at a blank line; where a line of dashes is above the header, or dashes are all there
    is, at the next such line, and blank lines part the rows.
    """
    kind = _WHOLE if _WHOLE.fullmatch(lines[first].text) else re.compile(re.escape(lines[rule].text.rstrip()) + " *")
    head = [_between(line, edges, measure) for line in lines[first:rule] if not _WHOLE.fullmatch(line.text)]
    if any(parts is None for parts in head):
        return Found(rule)
    parted = [*(parts or [] for parts in head), []]
    blank = last = 0
    at = rule
    for at in range(rule + 1, len(lines)):
        text = lines[at].text
        parts = [] if kind.fullmatch(text) else _between(lines[at], edges, measure)
        if parts is None:
            if not blank:
                return Found(at)
            break
        parted.append(parts)
        if not text.strip():
            blank = blank or at
            if last == at or (first < rule and kind is not _WHOLE):
                break
        elif not parts:
            last = at + 1
    after = last or blank or rule + len(parted) - len(head)
    inside = parted[: len(head) + after - rule]
    if not any(inside[len(head) :]):
        return Found(at + 1)
    columns = zip(*filter(None, inside), strict=True)
    askew = sum(_askew(column, edge, measure) for column, edge in zip(columns, edges, strict=True))
    return Found(after, askew, tuple(_rows_of_columns(inside, broken=0 < blank < after)))


def _askew(column: Sequence[Part], edge: tuple[int, int], measure: str) -> int:
    """Returns how many texts of a column stand otherwise than most: on its left, on its right, or in its middle."""
    start, end = edge
    sides = [0, 0, 0]
    for part in column:
        if text := part.text.strip(" "):
            places = widths(part.text.rstrip(" "), measure)
            left = part.place + part.text.index(text[0]) - start
            right = end - part.place - places[-1]
            for side, stands in enumerate((left == 0, right == 0, abs(left - right) < _MIDDLE)):
                sides[side] += not stands
    return min(sides)


def _between(line: TextLine, edges: Sequence[tuple[int, int]], measure: str) -> list[Part] | None:
    """Returns the parts of a line under the dashes, the last one to its end; None if something is between them."""
    if not line.text.strip(" \t"):
        return []
    places = widths(line.text, measure)
    cuts = [_index(places, start) for start, _ in edges]
    ends = [_index(places, end) for _, end in edges[:-1]] + [len(line.text)]
    gaps = zip([0, *ends[:-1]], cuts, strict=True)
    if any(line.text[start:end].strip(" ") for start, end in gaps):
        return None
    return [
        Part(column, 1, line.start + start, line.text[start:end], places[start])
        for column, (start, end) in enumerate(zip(cuts, ends, strict=True))
    ]


def _rows_of_columns(parted: Sequence[Sequence[Part]], *, broken: bool) -> Iterator[Line]:
    """Yields rows: a line each, or parted by blank lines and rules where there are such."""
    group: list[Sequence[Part]] = []
    for parts in [*parted, []]:
        if group and not (parts and broken):
            yield Line(tuple(piece(column) for column in zip(*group, strict=True)))
            group = []
        if parts:
            group.append(parts)


def _index(places: Sequence[int], place: int) -> int:
    """Returns the first character at a place or behind it, the end of the text if there is none."""
    return min(bisect_left(places, place), len(places) - 1)


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
