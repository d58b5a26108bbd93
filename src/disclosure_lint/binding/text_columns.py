"""Columns of running text by the places of its characters: labels of a header, and numbers that stand below them.

Of all ways to count characters those hold that fit, or the one by which all is in line; they must agree. What is not
unique is not told.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, combinations, pairwise, product
from typing import NamedTuple

from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.lines import TableLine, Value
from disclosure_lint.binding.records import Record
from disclosure_lint.binding.text_headers import Word, is_in_order, readings, words_of
from disclosure_lint.binding.text_places import (
    PAGE_END,
    Head,
    Place,
    columns_of,
    is_close,
    place_of,
    stretches,
    ways_to_count,
)
from disclosure_lint.model.source import Source, Span

_GAP = "  "
_LEAST_GAP = 2
"""Between columns stand at least so many spaces."""
_ALIKE = 1
"""Two ways to count characters fit alike if one needs so many stretches more."""
_MOST_COLUMNS, _MOST_LINES = 8, 5
"""With more, there would be too many ways to try."""
_SLACK = 1
"""A font may draw a mark half as wide as its place."""


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
    if len(wanted) < 2:
        return Shown(None, {}, is_laid_out=False)
    is_laid_out = _are_laid_out(source, rows, len(wanted))
    # Spaces within one label are no places of others.
    parted = (span for text, span in pieces if text not in labels.vocabulary)
    keeps_places = is_laid_out or any(_GAP in source.folded[slice(*span)] for span in parted)
    if is_named and not keeps_places:
        return Shown(None, {}, is_laid_out)
    words = words_of(source, pieces, wanted, labels)
    ways = ways_to_count(source)
    in_order = (
        one
        for one in readings(words, wanted, labels)
        for wide in ways
        if is_in_order(source, one, wide if keeps_places else None, len(wanted))
    )
    header = next(in_order, [])
    # A program may run labels together; whole ones that stand apart are in another order.
    is_whole = words and all(any(word.text in labels.columns[index] for word in words) for index in wanted)
    is_ordered = True if header else None if is_named and not (keeps_places and is_whole) else False
    if not is_laid_out or is_ordered is False:
        return Shown(is_ordered, {}, is_laid_out)
    pages: dict[int, list[Record]] = defaultdict(list)
    for record in rows:
        if len(record.lines) == 1 and not any(is_close(source, value.span.start) for value in record.filled):
            pages[_page(source, record.lines[0].line.start)].append(record)
    placed: dict[int, list[Value | None]] = {}
    for page, several in pages.items():
        is_own = bool(pieces) and page == _page(source, pieces[0][1].start)
        placed |= _placed(source, several, header if is_own else [], len(wanted))
    return Shown(is_ordered, placed)


def _page(source: Source, offset: int) -> int:
    """Returns on which page of a text a place is: on each, columns have places of their own."""
    return source.text.count(PAGE_END, 0, offset)


def _placed(
    source: Source, rows: Sequence[Record], header: Sequence[Word], count: int
) -> dict[int, list[Value | None]]:
    """Returns the values of rows on a page by their columns, as far as that is certain, by where their numbers begin.

    The way to count characters holds by which numbers stand in the fewest stretches; of several ways, all must agree.
    """
    # Of one row alone no other tells where the columns are.
    if len(rows) == 1 and is_squeezed(rows[0].lines[0]):
        return {}
    ways = ways_to_count(source)
    heads = {wide: _heads(source, header, wide) for wide in ways}
    # By other ways than those by which the header can be read nothing is to be expected.
    ways = [wide for wide in ways if heads[wide]] or ways
    counted = [_counted(source, rows, wide, heads[wide], count) for wide in ways]
    of_header = list(filter(None, counted))
    # A program may keep the places of numbers, and not those of labels with little between them.
    others = [
        _counted(source, rows, wide, [], count)
        for wide, one in zip(ways, counted, strict=True)
        if not one and PAGE_END not in source.text
    ]
    fewest = min((one[0] for one in (*of_header, *others) if one), default=0)
    found = [one[1] for one in (*of_header, *others) if one and one[0] <= fewest + _ALIKE]
    if any(one.get(start, row) != row for one in found for other in found for start, row in other.items()):
        return {}
    sure = [one[1] for one in of_header if one[0] <= fewest + _ALIKE] if of_header else found
    return {start: row for start, row in sure[0].items() if all(start in one for one in sure)} if sure else {}


def _counted(
    source: Source, rows: Sequence[Record], wide: str, heads: Sequence[Head], count: int
) -> tuple[int, dict[int, list[Value | None]]] | None:
    """Returns in how many stretches numbers stand if characters are counted so, and the rows that are certain then."""
    places = [[place_of(source, value.span, wide) for value in row.filled] for row in rows]
    columns = columns_of(places, heads, count, is_paged=PAGE_END in source.text)
    starts = [start for start, *_ in (*(columns or ()), *heads)]
    if not columns or min(starts) < _labels_end(source, rows, wide):
        return None
    found = {}
    for record, row in zip(rows, places, strict=True):
        values = dict(zip([columns[place] for place in row], record.filled, strict=True))
        if None not in values:
            found[record.lines[0].line.start] = [values.get(column) for column in range(count)]
    return len(stretches(columns)), found


def _heads(source: Source, header: Sequence[Word], wide: str) -> list[Head]:
    """Returns where the labels of columns stand; none if they do not stand apart, each surely in its place."""
    places: dict[int, list[Place]] = defaultdict(list)
    for word in header:
        if word.columns and not word.is_group:
            if is_close(source, word.span.start):
                return []
            places[word.columns[0]].append(place_of(source, word.span, wide))
    heads = [Head(min(several)[0], max(end for _, end in several), at) for at, several in sorted(places.items())]
    return heads if all(left.end <= right.start for left, right in pairwise(heads)) else []


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
