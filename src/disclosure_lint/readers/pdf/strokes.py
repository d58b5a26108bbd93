"""Lines of a page, joined where one follows another, and sorted into those that hang together."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from disclosure_lint.readers.pdf.geometry import Stroke
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
