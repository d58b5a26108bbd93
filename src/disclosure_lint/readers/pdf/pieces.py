"""Tables as a page has them, and text beside them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.readers.pdf.characters import UNKNOWN, Characters, run_of, space_of
from disclosure_lint.readers.pdf.digits import of_cell, with_numbers
from disclosure_lint.readers.pdf.geometry import Box, Run, new
from disclosure_lint.readers.pdf.lattice import Lattice
from disclosure_lint.readers.pdf.lines import Line, fills, in_cell, line_of, read_lines, text_of_runs

_BEYOND = 3.0
"""Points that characters may stand out of their cell."""
_INSIDE = 0.5
"""Points of a run that reaches out of its table that are in it, at the least."""
_BESIDE = 0.1
"""Of the height of a run: one that follows another is no further off."""
_MOST_BEYOND = 0.3
"""Of the width of a number: if more of it is in a blank cell beside its own, it may be of either."""
_LEVEL = 0.2
"""Of the height: digits of one number are less apart in height."""
_GAP = 0.03
"""Of the height of characters: those of two cells are further off each other, or in each other."""


_PARTED = lazy_re_compile(r"\d \d")
"""Digits apart from each other: two numbers, or a number that is spaced out."""
_OTHER_SPACE = 0.3
"""Points: a gap that differs more from the space of a line is one between words, or columns."""


class PieceCell(NamedTuple):
    """A cell of a table as it is on a page."""

    box: Box
    page: int
    """From 1."""
    text: str
    lines: tuple[Line, ...] = ()
    """Of the text, from top to bottom."""
    rows: int = 1
    """How many rows it covers, from the one in which it stands."""

    def may_go_on(self, text: str) -> bool:
        """Says whether its last line goes to the end, so that this text may follow."""
        return bool(self.lines) and fills(self.lines[-1], text, self.box)


class Piece(NamedTuple):
    """What a page has of a table."""

    page: int
    box: Box
    rows: list[list[PieceCell]]
    """For each row the cells that begin in it, from left to right."""
    open_above: bool = False
    """Whether no line is drawn above it."""
    open_below: bool = False


Element = Line | Piece


def elements(page: int, characters: Characters, runs: Iterable[Run], lattices: Sequence[Lattice]) -> list[Element]:
    """Returns what stands on a page, from top to bottom."""
    if not lattices:
        return [*_lines(page, runs, characters)]
    inside: list[dict[int, list[Run]]] = [{} for _ in lattices]
    outside: list[Run] = []
    last: tuple[Run, tuple[int, int]] | None = None
    for run in runs:
        place = _place(run, lattices)
        for one in (run,) if _fits(run, place, lattices) else _apart(run, characters):
            place = place if one is run else _nearest(one, lattices)
            if place is None and last and _follows(one, last[0]):
                # What follows text that reaches out of its table is the rest of it.
                place = last[1]
            if place is None:
                outside.append(one)
                last = None
                continue
            last = one, place
            number, cell = place
            if cell in inside[number]:
                inside[number][cell].append(one)
            else:
                inside[number][cell] = [one]
    placed: list[Element] = [*_lines(page, outside, characters)]
    placed += [_whole_piece(page, *one, characters) for one in zip(lattices, inside, strict=True)]
    return sorted(placed, key=_height)


def _lines(page: int, runs: Iterable[Run], characters: Characters) -> Iterator[Line]:
    lines = read_lines(runs, page)
    for line, numbered in zip(lines, with_numbers(lines, characters), strict=True):
        space = space_of(characters, line.runs) if _PARTED.search(line.text) else 0.0
        if space:
            text = text_of_runs([*_spaced(line.runs, space)])
            numbered = numbered._replace(text=text)
        yield numbered


def _spaced(runs: Sequence[Run], space: float) -> Iterator[Run]:
    """Yields the runs of a line that is spaced out, digits up to what follows if nothing but that space is between.

    Digits without words beside them stay apart: columns may be no further from each other than characters.
    """
    segment: list[Run] = []
    for run in runs:
        if segment and abs(run.left - segment[-1].right - space) > _OTHER_SPACE:
            yield from _joined(segment)
            segment = []
        segment.append(run)
    yield from _joined(segment)


def _joined(segment: Sequence[Run]) -> Iterator[Run]:
    """Yields runs of which one follows the other; beside words, digits reach to what follows."""
    has_words = not all(run.text.isascii() for run in segment)
    for run, after in pairwise([*segment, segment[-1]]):
        is_wide = has_words and after is not run and run.text[-1].isdigit()
        yield run._replace(right=after.left) if is_wide else run


def _whole_piece(page: int, lattice: Lattice, inside: dict[int, list[Run]], characters: Characters) -> Piece:
    """Returns a table; if it is spaced out, what is no further apart in a cell is one word.

    Where it is not certain of which cell a number is, UNKNOWN stands in all of which it may be.
    """
    piece = _piece(page, lattice, inside, characters)
    space = 0.0
    if any(_may_be_spaced(cell) for row in piece.rows for cell in row):
        space = space_of(characters, chain.from_iterable(inside.values()))
        if space:
            wide = {cell: [run._replace(right=run.right + space) for run in runs] for cell, runs in inside.items()}
            piece = _piece(page, lattice, wide, characters, space)
    over = {lattice.boxes[cell] for cell in chain(_over_sides(inside, space), _across_sides(inside, lattice))}
    if not over:
        return piece
    rows = [
        [cell._replace(text=cell.text + UNKNOWN) if cell.box in over else cell for cell in row] for row in piece.rows
    ]
    return piece._replace(rows=rows)


def _may_be_spaced(cell: PieceCell) -> bool:
    return bool(_PARTED.search(cell.text)) or any(len(one.runs) > 1 and one.text.isdigit() for one in cell.lines)


def _over_sides(inside: dict[int, list[Run]], space: float) -> Iterator[int]:
    """Yields cells between which a number may go on: digits are no further apart than in a number that is so spaced."""
    placed = [
        (run, cell)
        for cell, runs in inside.items()
        for run in runs
        if _is_digit(run.text[-1]) or _is_digit(run.text[0])
    ]
    placed.sort(key=_order)
    for (run, cell), (after, other) in pairwise(placed):
        if cell != other and abs(after.left - run.right - space) < _OTHER_SPACE:
            is_level = abs(after.bottom - run.bottom) < _LEVEL * (run.bottom - run.top)
            if is_level and _is_digit(run.text[-1]) and _is_digit(after.text[0]):
                yield from (cell, other)


def _across_sides(inside: dict[int, list[Run]], lattice: Lattice) -> Iterator[int]:
    """Yields cells with a number that stands in much of a blank cell beside them, and that cell."""
    for cell, runs in inside.items():
        left, _, right, _ = lattice.boxes[cell]
        for run in runs:
            most = max(_BEYOND, _MOST_BEYOND * (run.right - run.left))
            if (left - run.left > most or run.right - right > most) and run.text.isdecimal():
                ends = (run._replace(right=run.left + _INSIDE), run._replace(left=run.right - _INSIDE))
                places = [place for end in ends if (place := _place(end, (lattice,))) is not None]
                blank = [other for _, other in places if other not in inside]
                yield from (cell, *blank) if blank else ()


def _order(placed: tuple[Run, int]) -> int:
    return placed[0].first


def _is_digit(char: str) -> bool:
    return "0" <= char <= "9"


def _height(element: Element) -> float:
    """Returns where an element begins, a line by its middle: its box may reach into a table."""
    return (element.box.top + element.box.bottom) / 2 if isinstance(element, Line) else element.box.top


def _place(run: Run, lattices: Sequence[Lattice]) -> tuple[int, int] | None:
    """Returns the numbers of the table and the cell that a run's middle is in, or out of whose open end it hangs."""
    left, top, right, bottom, _, _ = run
    x, y = (left + right) / 2, (top + bottom) / 2
    for number, lattice in enumerate(lattices):
        xs, ys = lattice.xs, lattice.ys
        if not xs[0] <= x < xs[-1]:
            continue
        if ys[0] <= y < ys[-1]:
            row = bisect_right(ys, y) - 1
        elif lattice.open_below and top <= ys[-1] <= y:
            row = len(ys) - 2
        elif lattice.open_above and y < ys[0] <= bottom:
            row = 0
        else:
            continue
        cell = lattice.at[row * (len(xs) - 1) + bisect_right(xs, x) - 1]
        if cell >= 0:
            return number, cell
    return None


def _fits(run: Run, place: tuple[int, int] | None, lattices: Sequence[Lattice]) -> bool:
    """Says whether a run stands in one cell, or beside all tables."""
    left, top, right, bottom, _, first = run
    if first < 0:
        return True
    if place is None:
        return all(bottom < one.ys[0] or top > one.ys[-1] for one in lattices)
    box = lattices[place[0]].boxes[place[1]]
    return box[0] - _BEYOND <= left and right <= box[2] + _BEYOND


def _apart(run: Run, page: Characters) -> list[Run]:
    """Returns a run in parts between which there is a gap: what has none may be wider than its column."""
    first, end = run.first, run.first + len(run.text)
    gap = (run.bottom - run.top) * _GAP
    breaks = [at for at in range(first + 1, end) if abs(page.left[at] - page.right[at - 1]) > gap]
    return [part for begin, after in pairwise([first, *breaks, end]) for part in run_of(page, begin, after)]


def _follows(run: Run, before: Run) -> bool:
    """Says whether a run begins where another one ends."""
    high = run.bottom - run.top
    return abs(run.left - before.right) < _BESIDE * high and abs(run.bottom - before.bottom) < _BESIDE * high


def _nearest(run: Run, lattices: Sequence[Lattice]) -> tuple[int, int] | None:
    """Returns where a run is, or its beginning or end: it may reach out of its table."""
    ends = run._replace(right=run.left + 2 * _INSIDE), run._replace(left=run.right - 2 * _INSIDE)
    return next((place for one in (run, *ends) if (place := _place(one, lattices)) is not None), None)


def _piece(
    page: int, lattice: Lattice, runs: dict[int, list[Run]], characters: Characters, space: float = 0.0
) -> Piece:
    rows: list[list[PieceCell]] = [[] for _ in lattice.ys[1:]]
    for number, ((top, bottom, _, _), box) in enumerate(zip(lattice.cells, lattice.boxes, strict=True)):
        here = runs.get(number)
        lines = () if here is None else (line_of(here[0], page),) if len(here) == 1 else tuple(read_lines(here, page))
        lines = tuple([of_cell(line, characters, space) for line in lines])
        rows[top].append(new(PieceCell, (box, page, in_cell(lines, box), lines, bottom - top)))
    if lattice.open_below and not any(cell.text for cell in rows[-1]):
        # Sides that jut out below the last line, since the page had room for no more of the row.
        rows.pop()
    rows = _without_strips(rows, lattice.open_above)
    return Piece(page, lattice.outline, rows, lattice.open_above, lattice.open_below)


def _without_strips(rows: list[list[PieceCell]], open_above: bool) -> list[list[PieceCell]]:
    """Returns rows without what is blank above some of their cells and has no room for text, or is none of a row.

    Some programs draw a cell lower than the others of its row, to keep its text from a page end that is not there; and
    a box may be drawn around the text in a cell.
    """
    strips = [number for number in range(open_above, len(rows) - 1) if _is_strip(rows[number], rows[number + 1])]
    if not strips:
        return rows
    sizes = sorted(line.em for row in rows for cell in row for line in cell.lines if not line.text.isascii())
    size = sizes[len(sizes) // 2] if sizes else 0.0
    strips = [number for number in strips if _height_of_end(rows[number]) < size or _is_half(rows[number])]
    numbers = set(strips)
    found: list[list[PieceCell]] = []
    waiting: list[PieceCell] = []
    tops: dict[float, float] = {}
    for number, row in enumerate(rows):
        is_strip = number in numbers
        kept = [
            cell._replace(
                box=cell.box._replace(top=tops.get(cell.box.left, cell.box.top)),
                rows=cell.rows - bisect_left(strips, number + cell.rows) + bisect_left(strips, number),
            )
            for cell in row
            if not (is_strip and cell.rows == 1)
        ]
        waiting += kept
        tops = {cell.box.left: cell.box.top for cell in row if cell.rows == 1} if is_strip else {}
        if not is_strip:
            found.append(sorted(waiting, key=lambda cell: cell.box.left))
            waiting = []
    return found


def _is_strip(row: Sequence[PieceCell], below: Sequence[PieceCell]) -> bool:
    """Says whether all cells that end with a row are blank and stand above cells of the next row, and others go on."""
    ends = [cell for cell in row if cell.rows == 1]
    if not 0 < len(ends) < len(row) or any(cell.lines for cell in ends):
        return False
    sides = {(cell.box.left, cell.box.right) for cell in below}
    return all((cell.box.left, cell.box.right) in sides for cell in ends)


def _is_half(row: Sequence[PieceCell]) -> bool:
    """Says whether text that stands in a row goes on just to the end of the next one, so that both are one row."""
    return any(cell.rows == 2 and cell.text for cell in row)


def _height_of_end(row: Sequence[PieceCell]) -> float:
    return min(cell.box.bottom - cell.box.top for cell in row if cell.rows == 1)
