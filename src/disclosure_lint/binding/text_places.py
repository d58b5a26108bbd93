"""Where texts stand in lines that keep the layout of a page, and which columns their places show.

Texts that are laid out with spaces keep a column's numbers below each other and below its label, though not by the same
edge. So what overlaps is one column. That holds only if all of a table fits: as many columns as the form has, no two
numbers of a row in one of them, the labels in the form's order.
"""

import sys
import unicodedata
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from disclosure_lint.model.source import Source, Span

WIDE = ("WF", "WFA", "")
"""Which characters count as two, by their East Asian width: some fonts draw marks like “ as wide as a Chinese
character, others half as wide; some programs count characters."""
_KINDS = ("N", "Na", "H", "A", "F", "W")
"""All there are of these."""
PAGE_END = "\f"
"""Stands before the first line of a page, and takes up no place."""
_SPLIT = 2
"""In the columns of a page, so many stretches of short numbers may stand beside those of long ones."""
_APART, _ALONE = 5, 2
"""So far from each other begin numbers of one length in different columns of a page; a single one so much further."""

Place = tuple[int, int]
"""The first column of characters that a text takes up, and the one after its last."""


def is_close(source: Source, start: int) -> bool:
    """Says whether what begins there may not stand in its place: a program that lays out pages puts a space between
    what is close to each other, and no more.
    """
    before = source.folded[start - 2 : start]
    return before[-1:] == " " and not before[:1].isspace() and PAGE_END in source.text


def ways_to_count(source: Source) -> Sequence[str]:
    """Returns which characters may count as two in a text, each a way to count; one if its reader laid it out."""
    if source.wide is not None:
        return (source.wide,)
    return ("",) if PAGE_END in source.text else WIDE


def place_of(source: Source, span: Span, wide: str) -> Place:
    """Returns where a text on one line stands."""
    line = source.line_of(span.start)
    begin, columns = source.line_span(line).start, _columns(source, line, wide)
    return columns[min(span.start - begin, len(columns) - 1)], columns[min(span.end - begin, len(columns) - 1)]


@lru_cache(maxsize=16)  # one line may hold many rows, each of which is looked at in many ways
def _columns(source: Source, line: int, wide: str) -> "array[int]":
    """Returns the column at which each character of a line stands, and that of its end."""
    text = source.slice(source.line_span(line))
    widths = {kind: 2 if kind in wide else 1 for kind in _KINDS}
    shown = text.removeprefix(PAGE_END)
    places = accumulate(map(widths.__getitem__, map(unicodedata.east_asian_width, shown)), initial=0)
    return array("I", places if shown is text else (0, *places))


class Head(NamedTuple):
    """The place of a column's label."""

    start: int
    end: int
    column: int


def stretches(places: Iterable[Place]) -> list[Place]:
    """Returns what places take up: those that overlap are one stretch."""
    found: list[Place] = []
    for left, right in sorted(places):
        if found and left < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], right)
        else:
            found.append((left, right))
    return found


def columns_of(
    rows: Sequence[Sequence[Place]], heads: Sequence[Head], count: int, *, is_paged: bool
) -> dict[Place, int | None] | None:
    """Returns for each place of a number its column, None where several are possible; None if it fits in no way.

    What overlaps is in one column, and stretches stand in the order of columns; numbers of one row are in different
    ones. What begins before the end of a label is in no column right of it, what ends behind its beginning in none left
    of it. `is_paged` says that all rows are known to be of one page: then numbers of one length begin below each other,
    but short numbers of a column may stand beside its long ones. Else more stretches than columns show that lines of
    two pages are mixed.
    """
    found = stretches(chain(*rows))
    at = {place: bisect_right(found, (place[0], sys.maxsize)) - 1 for place in chain(*rows)}
    apart = {(at[left], at[right]) for row in rows for left, right in pairwise(sorted(row))}
    taken = stretches([*((head.start, head.end) for head in heads), *found])
    if len(taken) > count + _SPLIT * is_paged or any(left == right for left, right in apart):
        return None
    if is_paged:
        apart |= set(_far_apart(rows, at))
    least, most = [0] * len(found), [count - 1] * len(found)
    for one, (start, end) in enumerate(found):
        least[one] = max([0, *(head.column for head in heads if head.start < end)])
        most[one] = min([count - 1, *(head.column for head in heads if start < head.end)])
    for one in range(len(found)):
        least[one] = max([least[one], *least[:one][-1:], *(least[left] + 1 for left, right in apart if right == one)])
    for one in reversed(range(len(found))):
        most[one] = min([most[one], *most[one + 1 :][:1], *(most[right] - 1 for left, right in apart if left == one)])
    if any(low > high for low, high in zip(least, most, strict=True)):
        return None
    return {place: least[at[place]] if least[at[place]] == most[at[place]] else None for place in chain(*rows)}


def _far_apart(rows: Sequence[Sequence[Place]], at: Mapping[Place, int]) -> Iterator[tuple[int, int]]:
    """Yields the stretches that are different columns as numbers of one length begin too far from each other in them.

    In a column of a page such numbers begin below each other, unless spaces stand before one. It takes more distance
    where that is seen in a column, and for a number that stands alone.
    """
    often = Counter(at[place] for place in chain(*rows))
    alike = sorted({(end - start, start) for start, end in at})
    pairs = [
        (at[left, left + size], at[right, right + size], right - left)
        for (size, left), (other, right) in pairwise(alike)
        if size == other
    ]
    least = _APART + any(left == right for left, right, _ in pairs)
    for left, right, distance in pairs:
        if left < right and distance >= least + _ALONE * (min(often[left], often[right]) == 1):
            yield left, right
