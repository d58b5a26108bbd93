"""Columns under rows of dashes: Pandoc's simple and multiline tables, and those of docutils."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.readers.drawn.places import MEASURES, Found, Part, TextLine, piece, widths
from disclosure_lint.readers.redrawn import Line

COLUMNS = lazy_re_compile(r" *(?:-{2,}|={2,})(?: +(?:-+|=+))+ *")
_WHOLE = lazy_re_compile(r"(?<! ) *-{3,} *")
_MOST_HEADER, _MIDDLE = 12, 2
"""Lines of a header, and how far a text may stand from the middle."""


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
