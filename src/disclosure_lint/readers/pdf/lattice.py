"""Cells between ruled lines: strokes of a page joined into lines, sorted into those that hang together."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from disclosure_lint.readers.pdf.geometry import Box, Stroke, new
from disclosure_lint.readers.pdf.problems import too_much

NEAR = 2.5
"""Points: what is nearer to each other is one line, or touches."""
FEWEST_DOTS = 5
"""So many in a row are a line."""
_STRAIGHT = 0.5
"""Points: dots that are less apart from each other across a line are of one."""
_GAP_OF_DOTS = 5.0
"""Points between two of them, at the most."""
_MAX_CROSSINGS = 1_000_000
_START = itemgetter(1)
_MAX_CELLS = 20_000
_BORDER = 2 * NEAR
"""Points: lines that are nearer to each other are one border, however it is drawn; no text has room between them."""
_ROUNDED = 0.01
"""Points: by so much places may be off."""
_OPEN = 10.0
"""Points: what juts out less has no room for a row."""


def joined(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Returns strokes of one direction with those that lie on one line and touch made one, in order."""
    found: list[Stroke] = []
    for line in _levels(strokes):
        at, start, end = line[0]
        count, total = 1, at
        for next_at, next_start, next_end in line[1:]:
            if next_start <= end + NEAR:
                end = max(end, next_end)
                total += next_at
                count += 1
            else:
                found.append(Stroke(total / count, start, end))
                start, end, count, total = next_start, next_end, 1, next_at
        found.append(Stroke(total / count, start, end))
    return sorted(found)


def dotted(dots: Iterable[Stroke]) -> list[Stroke]:
    """Returns the lines of one direction that are drawn as dots."""
    found: list[Stroke] = []
    for line in _levels(dots, _STRAIGHT):
        start = 0
        for at in range(1, len(line) + 1):
            if at == len(line) or line[at].start - line[at - 1].end > _GAP_OF_DOTS:
                if at - start >= FEWEST_DOTS:
                    found.append(Stroke(line[start].at, line[start].start, line[at - 1].end))
                start = at
    return found


def _levels(strokes: Iterable[Stroke], near: float = NEAR) -> list[list[Stroke]]:
    """Returns strokes that lie on one line together, each line from its beginning."""
    lines: list[list[Stroke]] = []
    first = -1e9
    for stroke in sorted(strokes):
        if not lines or stroke.at - first > near:
            lines.append([])
            first = stroke.at
        lines[-1].append(stroke)
    for line in lines:
        if len(line) > 1:
            line.sort(key=_START)
    return lines


def meeting(across: list[Stroke], down: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Returns the strokes that touch each other together; raises UnreadableError if there are too many."""
    if len(across) * len(down) > _MAX_CROSSINGS:
        raise too_much()
    parent = list(range(len(across) + len(down)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = number = parent[parent[number]]
        return number

    heights = [stroke.at for stroke in across]
    for number, (x, top, bottom) in enumerate(down, len(across)):
        for other in range(bisect_left(heights, top - NEAR), bisect_right(heights, bottom + NEAR)):
            _, left, right = across[other]
            if left - NEAR <= x <= right + NEAR:
                parent[root(other)] = number
    members = sorted((root(number), number) for number in range(len(parent)))
    found: list[tuple[list[Stroke], list[Stroke]]] = []
    for _, group in groupby(members, key=lambda member: member[0]):
        numbers = [number for _, number in group]
        lines = [across[number] for number in numbers if number < len(across)]
        posts = [down[number - len(across)] for number in numbers if number >= len(across)]
        if lines and posts:
            found.append((lines, posts))
    return found


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
    walls = _covered([_to_end(post, ys, above, below) for post in posts] if above or below else posts, xs, ys)
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
    begin = -1e9
    for place in sorted(line.at for line in lines):
        if place - begin > _BORDER:
            found.append(place)
            begin = place
        elif place - begin > NEAR:
            # What is near to the middle is near to all of them.
            found[-1] = (begin + place) / 2
    first, last = min(post.start for post in posts), max(post.end for post in posts)
    before = len(posts) > 1 and first < found[0] - _OPEN
    after = len(posts) > 1 and last > found[-1] + _OPEN
    places = [*([first] if before else []), *found, *([last] if after else [])]
    return [round(place, 2) for place in places], before, after


def _to_end(post: Stroke, ys: list[float], above: bool, below: bool) -> Stroke:
    """Returns a side that is cut at an open end as if it were as long as the longest there."""
    at, start, end = post
    return Stroke(
        at,
        ys[0] if above and start < ys[1] - _OPEN else start,
        ys[-1] if below and end > ys[-2] + _OPEN else end,
    )


def _covered(strokes: Iterable[Stroke], places: list[float], steps: list[float]) -> bytearray:
    """Returns which edges are drawn: for each place, a 1 for each step that a stroke runs along there."""
    width = len(steps)
    # A stroke may lie beyond the last of the rounded places.
    found = bytearray(width * (len(places) + 1))
    for at, start, end in strokes:
        place = bisect_left(places, at - NEAR - _ROUNDED)
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
