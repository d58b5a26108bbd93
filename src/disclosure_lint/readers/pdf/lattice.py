"""Cells between ruled lines."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from disclosure_lint.readers.pdf.geometry import Box, Stroke, new
from disclosure_lint.readers.pdf.problems import too_much
from disclosure_lint.readers.pdf.strokes import NEAR, joined, meeting

_MAX_CELLS = 20_000
_OPEN = 10.0
"""Points: what juts out less has no room for a row."""


class GridCell(NamedTuple):
    """A cell: the rows and columns of the lattice that it covers, each the first and the one after the last."""

    top: int
    bottom: int
    left: int
    right: int


class Lattice(NamedTuple):
    """Lines that hang together, and the cells between them."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    at: list[int]
    """Number of the cell that covers a row and column, row by row; -1 for none."""
    open_above: bool
    """Whether nothing closes its cells at the top: the row began on the page before."""
    open_below: bool

    boxes: list[Box]
    """Where each cell is."""

    @property
    def outline(self) -> Box:
        """Where all of it is."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def lattices(across: Iterable[Stroke], down: Iterable[Stroke]) -> list[Lattice]:
    """Returns the tables that the lines of a page draw, from top to bottom; raises UnreadableError."""
    found = [_lattice(lines, posts) for lines, posts in meeting(joined(across), joined(down))]
    return without_frames(sorted((one for one in found if one is not None), key=lambda one: one.ys[0]))


def without_frames(found: Sequence[Lattice]) -> list[Lattice]:
    """Returns tables without cells that are frames around other tables; what is one cell wide only frames text."""
    kept: list[Lattice] = []
    for lattice in found:
        xs, ys = lattice.xs, lattice.ys
        if len(xs) == 2:
            continue
        frames: set[int] = set()
        for other in found:
            left, top, right, bottom = other.outline
            if other is not lattice and xs[0] < left and right < xs[-1] and ys[0] < top < ys[-1]:
                number = lattice.at[(bisect_right(ys, top) - 1) * (len(xs) - 1) + bisect_right(xs, left) - 1]
                if number >= 0 and right < lattice.boxes[number].right and bottom < lattice.boxes[number].bottom:
                    frames.add(number)
        lattice = _without(lattice, frames) if frames else lattice
        if lattice.cells:
            kept.append(lattice)
    return kept


def _without(lattice: Lattice, dropped: set[int]) -> Lattice:
    left = [number for number in range(len(lattice.cells)) if number not in dropped]
    numbers = {old: new for new, old in enumerate(left)}
    return lattice._replace(
        cells=[lattice.cells[number] for number in left],
        at=[numbers.get(number, -1) for number in lattice.at],
        boxes=[lattice.boxes[number] for number in left],
    )


def _lattice(lines: list[Stroke], posts: list[Stroke]) -> Lattice | None:
    """Returns the cells between lines; where sides are not drawn, lines end at them."""
    ys, above, below = _edges(lines, posts)
    xs, _, _ = _edges(posts, lines)
    if len(xs) < 2 or len(ys) < 2:
        return None
    if len(xs) * len(ys) > _MAX_CELLS:
        raise too_much()
    walls = _covered(posts, xs, ys)
    floors = _covered(lines, ys, xs)
    for is_open, row in ((above, 0), (below, len(ys) - 1)):
        if is_open:
            floors[row * len(xs) : (row + 1) * len(xs)] = b"\1" * len(xs)
    cells, at = _cells(len(ys) - 1, len(xs) - 1, walls, floors)
    boxes = [new(Box, (xs[left], ys[top], xs[right], ys[bottom])) for top, bottom, left, right in cells]
    return Lattice(xs, ys, cells, at, above, below, boxes) if cells else None


def _edges(lines: Sequence[Stroke], posts: Sequence[Stroke]) -> tuple[list[float], bool, bool]:
    """Returns where lines lie, and whether the posts go on before the first and after the last of them."""
    found: list[float] = []
    for place in sorted(line.at for line in lines):
        if not found or place - found[-1] > NEAR:
            found.append(place)
    first, last = min(post.start for post in posts), max(post.end for post in posts)
    before = len(posts) > 1 and first < found[0] - _OPEN
    after = len(posts) > 1 and last > found[-1] + _OPEN
    places = [*([first] if before else []), *found, *([last] if after else [])]
    return [round(place, 2) for place in places], before, after


def _covered(strokes: Iterable[Stroke], places: list[float], steps: list[float]) -> bytearray:
    """Returns which edges are drawn: for each place, a 1 for each step that a stroke runs along there."""
    width = len(steps)
    # Places are rounded: a stroke may lie beyond the last one.
    found = bytearray(width * (len(places) + 1))
    for at, start, end in strokes:
        place = bisect_left(places, at - NEAR)
        first, last = bisect_left(steps, start - NEAR), bisect_right(steps, end + NEAR) - 1
        if first < last:
            found[place * width + first : place * width + last] = b"\1" * (last - first)
    return found


def _cells(rows: int, columns: int, walls: bytearray, floors: bytearray) -> tuple[list[GridCell], list[int]]:
    """Returns the cells in reading order; each reaches as far right and down as nothing parts it."""
    cells: list[GridCell] = []
    at = [-1] * (rows * columns)
    for row in range(rows):
        for column in range(columns):
            place = row * columns + column
            if at[place] >= 0:
                continue
            right, bottom = column + 1, row + 1
            while right < columns and not walls[right * (rows + 1) + row] and at[row * columns + right] < 0:
                right += 1
            while bottom < rows and at[bottom * columns + column] < 0:
                edge = bottom * (columns + 1)
                # What parts only some of the row below parts the cell from all of it.
                if 1 in floors[edge + column : edge + right] or any(
                    walls[one * (rows + 1) + bottom] for one in range(column + 1, right)
                ):
                    break
                bottom += 1
            number = len(cells)
            for first in range(place, bottom * columns, columns):
                for one in range(first, first + right - column):
                    if at[one] < 0:
                        at[one] = number
            cells.append(new(GridCell, (row, bottom, column, right)))
    return _closed(cells, at, walls, floors, (rows + 1, columns + 1))


def _closed(
    cells: list[GridCell], at: list[int], walls: bytearray, floors: bytearray, size: tuple[int, int]
) -> tuple[list[GridCell], list[int]]:
    """Returns the cells without those that only lie beside the table, of which two sides are open.

    A table may have no sides, and a cell that goes on after the end of the page no bottom.
    """
    ys, xs = size
    kept: list[GridCell] = []
    numbers: dict[int, int] = {}
    for number, cell in enumerate(cells):
        top, bottom, left, right = cell
        above, below = floors[top * xs + left], floors[bottom * xs + left]
        if (above and below) or ((above or below) and walls[left * ys + top] and walls[right * ys + top]):
            numbers[number] = len(kept)
            kept.append(cell)
    if len(kept) == len(cells):
        return cells, at
    return kept, [numbers.get(number, -1) for number in at]
