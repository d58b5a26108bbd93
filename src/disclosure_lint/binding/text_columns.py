"""Columns of running text by the places of its characters: labels of a header, and numbers that stand below them.

Texts that are laid out with spaces keep a column's numbers below each other and below its label, though not by the same
edge, and a label that is too long goes on below itself. So what overlaps is one column. That holds only if all of a
table fits: as many columns as the form has, no two numbers of a row in one of them, the labels in the form's order.
"""

import sys
import unicodedata
from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain, combinations, pairwise, product
from typing import NamedTuple

from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.lines import TableLine, Value
from disclosure_lint.binding.records import Record
from disclosure_lint.binding.wordings import letters
from disclosure_lint.model.source import Source, Span

WIDE = ("WF", "WFA", "")
"""Which characters count as two, by their East Asian width: some fonts draw marks like “ as wide as a Chinese
character, others half as wide; some programs count characters."""
_KINDS = ("N", "Na", "H", "A", "F", "W")
"""All there are of these."""
_GAP = "  "
PAGE_END = "\f"
"""Stands before the first line of a page, and takes up no place."""
_LEAST_GAP = 2
"""Between columns stand at least so many spaces."""
_SPLIT = 2
"""In the columns of a page, so many stretches of short numbers may stand beside those of long ones."""
_ALIKE = 1
"""Two ways to count characters fit alike if one needs so many stretches more."""
_MOST_COLUMNS, _MOST_LINES = 8, 5
"""With more, there would be too many ways to try."""
_SLACK = 1
"""A font may draw a mark half as wide as its place."""
_MOST_PIECES = 60
"""No header is broken into more; a hostile file does not get more of our time."""

Place = tuple[int, int]
"""The first column of characters that a text takes up, and the one after its last."""


class Shown(NamedTuple):
    """What the places of characters show of some columns."""

    is_ordered: bool | None
    """Whether the header names these columns and no others in the form's order; None if its places do not show it."""
    rows: dict[int, list[Value | None]]
    """The values of rows by their columns, by where their numbers begin."""
    is_laid_out: bool = True
    """Whether the text keeps places at all."""


def shown(
    source: Source,
    pieces: Sequence[tuple[str, Span]],
    rows: Sequence[Record],
    labels: Labels,
    wanted: Sequence[int],
    *,
    is_named: bool,
) -> Shown:
    """Returns what places show of the columns `wanted` of a header and the rows below it.

    Of all ways to count characters those hold that fit, or the one by which all is in line; they must agree.
    `is_named` says whether the words of the header alone say that its columns are these.
    """
    if len(wanted) < 2 or not _are_laid_out(source, rows, len(wanted)):
        return Shown(None, {}, is_laid_out=False)
    keys = [labels.columns[index] for index in wanted]
    heads = {wide: heads_of(source, pieces, labels, wide) for wide in WIDE}
    in_order = [one.is_order(keys) for one in heads.values()]
    is_whole = [len(one.names) == len(keys) and labels.called.keys() >= set(one.names) for one in heads.values()]
    is_ordered = any(in_order) if any(in_order) or any(is_whole) else None
    if is_ordered is False or not (is_ordered or is_named):
        return Shown(is_ordered, {})
    above = {
        wide: one.places if names_these and is_all and one.are_apart else ()
        for (wide, one), names_these, is_all in zip(heads.items(), in_order, is_whole, strict=True)
    }
    pages: dict[int, list[Record]] = defaultdict(list)
    for record in rows:
        if len(record.lines) == 1 and not any(_is_close(source, value.span.start) for value in record.filled):
            pages[_page(source, record.lines[0].line.start)].append(record)
    found: dict[int, list[Value | None]] = {}
    for page, several in pages.items():
        is_own = bool(pieces) and page == _page(source, pieces[0][1].start)
        found |= _placed(source, several, above if is_own else {}, len(keys))
    return Shown(is_ordered, found)


def _page(source: Source, offset: int) -> int:
    """Returns on which page of a text a place is: on each, columns have places of their own."""
    return source.text.count(PAGE_END, 0, offset)


def _is_close(source: Source, start: int) -> bool:
    """Says whether what begins there may not stand in its place: a program that lays out pages puts a space between
    what is close to each other, and no more.
    """
    before = source.folded[start - 2 : start]
    return before[-1:] == " " and not before[:1].isspace() and PAGE_END in source.text


def _placed(
    source: Source, rows: Sequence[Record], above: Mapping[str, Sequence[Place]], count: int
) -> dict[int, list[Value | None]]:
    """Returns the values of rows on a page by their columns, as far as that is certain, by where their numbers begin.

    `above` has the places of the header's labels by the way to count characters, where the page shows them. The way
    holds by which numbers stand in the fewest stretches; of several ways, all must agree.
    """
    # Of one row alone no other tells where the columns are.
    if len(rows) == 1 and is_squeezed(rows[0].lines[0]):
        return {}
    # By other ways than those by which the header can be read nothing is to be expected.
    ways = [wide for wide in WIDE if above.get(wide)] or WIDE
    readings = [_counted(source, rows, wide, above.get(wide, ()), count) for wide in ways]
    fits = any(readings)
    if above:
        # A program may keep the places of numbers, and not those of labels with little between them.
        readings += [
            _counted(source, rows, wide, (), count) for wide, one in zip(ways, readings, strict=True) if not one
        ]
    fewest = min((one[0] for one in readings if one), default=0)
    found = [one[1] for one in readings if one and one[0] <= fewest + _ALIKE]
    if any(one.get(start, row) != row for one in found for other in found for start, row in other.items()):
        return {}
    sure = [one[1] for one in readings[: len(ways)] if one and one[0] <= fewest + _ALIKE] if fits else found
    return {start: row for start, row in sure[0].items() if all(start in one for one in sure)} if sure else {}


def _counted(
    source: Source, rows: Sequence[Record], wide: str, heads: Sequence[Place], count: int
) -> tuple[int, dict[int, list[Value | None]]] | None:
    """Returns in how many stretches numbers stand if characters are counted so, and the rows that are certain then."""
    places = [[place_of(source, value.span, wide) for value in row.filled] for row in rows]
    columns = columns_of(places, heads, count, is_paged=PAGE_END in source.text)
    if not columns or min(chain(columns, heads))[0] < _labels_end(source, rows, wide):
        return None
    found = {}
    for record, row in zip(rows, places, strict=True):
        values = dict(zip([columns[place] for place in row], record.filled, strict=True))
        if None not in values:
            found[record.lines[0].line.start] = [values.get(column) for column in range(count)]
    return len(stretches(columns)), found


def _labels_end(source: Source, rows: Sequence[Record], wide: str) -> int:
    """Returns where the longest label ends on the line of its numbers."""
    return max([place_of(source, piece, wide)[1] for row in rows for _, piece in row.lines[0].pieces], default=0)


def _by_column(record: Record, columns: Sequence[int], count: int) -> list[Value | None]:
    values = dict(zip(columns, record.filled, strict=True))
    return [values.get(column) for column in range(count)]


def is_squeezed(line: TableLine) -> bool:
    """Says whether columns of a laid-out line came to stand in each other's place, so that their order is not sure.

    Numbers of one figure stand close together there, though others have the distance of their columns.
    """
    gaps = [right.span.start - left.span.end for left, right in pairwise(line.values)]
    close = (len(left.text) == len(right.text) == 1 for left, right in pairwise(line.values))
    return (
        any(gap < _LEAST_GAP and is_close for gap, is_close in zip(gaps, close, strict=True))
        and max(gaps) > 2 * _LEAST_GAP
    )


def _are_laid_out(source: Source, rows: Sequence[Record], count: int) -> bool:
    """Says whether most rows have wider gaps than a single space for each column: in flowing text two show a blank."""
    places = [row.lines[0].line for row in rows]
    if not places or source.folded.find(_GAP, min(places).start, max(places).end) < 0:
        return False
    lines = [source.folded[slice(*source.line_span(source.line_of(row.filled[0].span.start)))] for row in rows]
    return 2 * sum(_GAP in line.strip(" ") and line.strip(" ").count(" ") > count for line in lines) > len(lines)


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


class Heads(NamedTuple):
    """The labels of columns that stand in a header, left to right."""

    names: tuple[str, ...] = ()
    """Their letters, or the first of them."""
    places: tuple[Place, ...] = ()
    rest: str = ""
    """The letters of what stands below them, but not in their places."""
    are_apart: bool = True
    """Whether each of them surely stands in its place."""

    def is_order(self, columns: Sequence[Sequence[str]]) -> bool:
        """Says whether the labels are those of some columns in order: what some lack must be among the rest."""
        if len(self.names) != len(columns):
            return False
        lacking = [
            next((key.removeprefix(name) for key in keys if key.startswith(name)), None)
            for name, keys in zip(self.names, columns, strict=True)
        ]
        found = [text for text in lacking if text is not None]
        return len(found) == len(lacking) and Counter("".join(found)) <= Counter(self.rest)


def heads_of(source: Source, pieces: Sequence[tuple[str, Span]], labels: Labels, wide: str) -> Heads:
    """Returns the labels that stand in a header; none if words of no label stand among them."""
    stacks: list[tuple[str, Place]] = []
    rest: list[str] = []
    are_apart = True
    for text, place, is_close in _parts(source, pieces[-_MOST_PIECES:], wide):
        above = [at for at, (_, other) in enumerate(stacks) if place[0] < other[1] and other[0] < place[1]]
        if len(above) == 1 and _begins(stacks[above[0]][0] + text, labels):
            name, (left, right) = stacks[above[0]]
            stacks[above[0]] = name + text, (min(left, place[0]), max(right, place[1]))
            are_apart = are_apart and not is_close
        elif _begins(text, labels):
            # What stands complete above is the header of rows further up.
            stacks = [one for at, one in enumerate(stacks) if at not in above or one[0] not in labels.called]
            stacks.append((text, place))
            are_apart = are_apart and not is_close
        elif text in labels.vocabulary:
            rest.append("" if labels.is_known(text) else text)
        elif any(other[0] < place[1] for _, other in stacks):
            return Heads()
    stacks.sort(key=lambda stack: stack[1])
    names, places = tuple([name for name, _ in stacks]), tuple([place for _, place in stacks])
    return Heads(names, places, "".join(rest), are_apart)


def _parts(source: Source, pieces: Iterable[tuple[str, Span]], wide: str) -> Iterable[tuple[str, Place, bool]]:
    """Yields the texts between spaces, in letters, with their places, and `_is_close`."""
    for _, span in pieces:
        at = span.start
        for word in source.folded[span.start : span.end].split(" "):
            if text := letters(word):
                yield text, place_of(source, Span(at, at + len(word)), wide), _is_close(source, at)
            at += len(word) + 1


def _begins(text: str, labels: Labels) -> bool:
    return any(key.startswith(text) for keys in labels.columns for key in keys)


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
    rows: Sequence[Sequence[Place]], heads: Sequence[Place], count: int, *, is_paged: bool
) -> dict[Place, int | None] | None:
    """Returns for each place of a number its column, None where several are possible; None if it fits in no way.

    What overlaps is in one column, stretches stand in the order of columns, numbers of one row in different ones, and
    each label of `heads`, if there are any, in its own. `is_paged` says that all rows are known to be of one page: then
    short numbers of a column may stand beside its long ones. Else more stretches than columns show that lines of two
    pages are mixed.
    """
    found = stretches(chain(heads, *rows))
    at = {place: bisect_right(found, (place[0], sys.maxsize)) - 1 for place in chain(heads, *rows)}
    apart = {(at[left], at[right]) for row in (*rows, heads) for left, right in pairwise(sorted(row))}
    if len(found) > count + _SPLIT * is_paged or any(left == right for left, right in apart):
        return None
    least, most = [0] * len(found), [count - 1] * len(found)
    for column, place in enumerate(heads):
        least[at[place]] = most[at[place]] = column
    for one in range(len(found)):
        least[one] = max([least[one], *least[:one][-1:], *(least[left] + 1 for left, right in apart if right == one)])
    for one in reversed(range(len(found))):
        most[one] = min([most[one], *most[one + 1 :][:1], *(most[right] - 1 for left, right in apart if left == one)])
    if any(low > high for low, high in zip(least, most, strict=True)):
        return None
    return {place: least[at[place]] if least[at[place]] == most[at[place]] else None for place in chain(*rows)}


def by_distances(source: Source, record: Record, full: Sequence[TableLine], count: int) -> list[Value | None] | None:
    """Returns the values of a full row that is broken over lines, by the distances within each line.

    A line may be shifted as a whole against the full rows beside it. Each column must have its value in just one way; a
    value alone on its line takes the column that is left.
    """
    lines = [line.values for line in record.lines]
    start = record.lines[0].line.start
    above = [line for line in full if line.line.start < start][-1:]
    beside = above + [line for line in full if line.line.start > start][:1]
    if len(record.filled) != count or not count <= _MOST_COLUMNS or not 1 < len(lines) < _MOST_LINES:
        return None
    found: list[list[Value | None]] = []
    for side in (0, 1):
        for row in beside:
            columns = [place_of(source, value.span, "")[side] for value in row.values]
            places = [[place_of(source, value.span, "")[side] for value in line] for line in lines]
            options = [_as_far(line, columns) for line in places]
            if any(len(line) > 2 and len(option) == 1 for line, option in zip(lines, options, strict=True)):
                ways = [way for way in product(*options) if len({*chain(*way)}) == count]
                if len(ways) == 1:
                    found.append(_by_column(record, [*chain(*ways[0])], count))
    return found[0] if found and all(one == found[0] for one in found) else None


def _as_far(places: Sequence[int], columns: Sequence[int]) -> list[tuple[int, ...]]:
    """Returns the columns that are as far from each other as the values of a line."""
    return [
        chosen
        for chosen in combinations(range(len(columns)), len(places))
        if all(
            abs((place - places[0]) - (columns[column] - columns[chosen[0]])) <= _SLACK
            for place, column in zip(places, chosen, strict=True)
        )
    ]


def by_single_spaces(
    source: Source, line: TableLine, full: Sequence[TableLine], count: int
) -> list[Value | None] | None:
    """Returns the values of a row in flowing text: where one space parts all values of full rows, two show a blank."""
    if not full or any(len(_tail(source, other)[0].split(" ")) != count for other in full):
        return None
    text, start = _tail(source, line)
    slots = text.split(" ")
    if len(slots) != count or not line.values:
        return None
    by_start = {value.span.start: value for value in line.values}
    places: list[Value | None] = []
    for slot in slots:
        places.append(by_start.get(start) if slot else None)
        start += len(slot) + 1
    return places if sum(place is not None for place in places) == len(line.values) else None


def _tail(source: Source, line: TableLine) -> tuple[str, int]:
    """Returns what follows the label up to the line's end, less one space, with its offset."""
    start, end = source.line_span(source.line_of(line.line.start))
    if line.pieces:
        start = line.pieces[-1][1].end + 1
    return source.folded[start:end], start
