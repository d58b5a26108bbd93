"""Headers in running text: which columns they name, in which order, and whether they have others."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.records import Record
from disclosure_lint.binding.wordings import NUMERALS, SHORT, letters
from disclosure_lint.model.characters import fold
from disclosure_lint.model.source import Span

_HEADER = 8
"""Two labels of columns have so many letters."""


class TextHeader(NamedTuple):
    """A header in running text, or one whose cells have no places."""

    is_ordered: bool
    """Whether it has the form's columns in the form's order."""
    is_known: bool
    """Whether it has no others."""
    absent: frozenset[int]
    """Indexes of the columns that it does not name, not even in pieces."""
    repeated: frozenset[int] = frozenset()
    """Indexes of the columns that it names again right away: what one cell over several says was written in each."""
    pieces: tuple[tuple[str, Span], ...] = ()
    """Its pieces, and the label of the row below it."""
    line: int = 0
    """Where the first of them is."""


class NamedColumn(NamedTuple):
    """A column that a header in running text names."""

    form_column: int
    """Index of the form's column."""
    line: int
    """Index of the piece that its label begins in."""
    alone: bool
    """Whether its pieces are nothing but the label."""
    text: str
    """The letters by which it was found; an alias may be a part of the label."""


def text_headers(found: Sequence[Record], labels: Labels) -> Iterator[tuple[int, TextHeader]]:
    """Yields for each record with values where its numbers begin, and the header in the text above.

    A header in running text has no places. It is the form's if its columns come in the form's order, level by level,
    and no other words come between them; a header broken over lines has the letters of all in any order.
    """
    header = TextHeader(True, True, frozenset())
    for record in found:
        if own := _text_header(labels, record.label_texts):
            header = own._replace(pieces=record.pieces, line=record.pieces[0][1].start)
        if record.lines:
            yield record.lines[0].line.start, header


@lru_cache(maxsize=4096)  # labels come again in every report
def _text_header(labels: Labels, pieces: tuple[str, ...]) -> TextHeader | None:
    if labels.called.keys().isdisjoint(pieces) and not _names_columns("".join(pieces), labels):
        # The labels may stand beside each other, letter by letter: only their places tell their order.
        is_all = len(labels.form.rows) == 1 and labels.are_all_in("".join(pieces))
        return TextHeader(is_ordered=False, is_known=False, absent=frozenset()) if is_all else None
    named, strange, absent = _parted(pieces, labels)
    known = not strange or labels.form.side_by_side
    in_order = _blocks_are_in_order if labels.form.side_by_side else _is_in_order
    again = frozenset(one.form_column for one, after in pairwise(named) if one.form_column == after.form_column)
    repeated = frozenset() if labels.form.side_by_side else again
    return TextHeader(in_order(named, labels), known, absent if named else frozenset(), repeated)


def _blocks_are_in_order(named: Sequence[NamedColumn], labels: Labels) -> bool:
    """Says whether the columns of blocks beside each other are named in the form's order, block by block."""
    half = len(named) // 2
    indexes = [one.form_column for one in named]
    if half > len(labels.groups) and indexes[:half] == indexes[half:]:
        named = named[:half]  # a page end put the header there twice
    # The columns come again for each block: more often they go back only if they stand in another order.
    back = sum(left.form_column >= right.form_column for left, right in pairwise(named))
    blocks = len(labels.groups) or 1
    # A label that covers several rows of the header may be written in each.
    return back < blocks + (len(named) > len(labels.columns))


def _is_in_order(named: Sequence[NamedColumn], labels: Labels) -> bool:
    """Says whether columns are named in the form's order, level by level.

    A label above others may stand on an earlier line than its neighbours, where the lines of a header have several.
    """
    # A label may be written again in each line and column that its cell covers.
    first: dict[int, NamedColumn] = {}
    for one in named:
        first.setdefault(one.form_column, one)
    named = tuple(first.values())
    levels: dict[tuple[str, ...], list[NamedColumn]] = {}
    for one in named:
        levels.setdefault(labels.form.columns[one.form_column].groups, []).append(one)
    for groups, members in levels.items():
        for left, right in pairwise(members):
            comparable = len(groups) > 1 or left.line == right.line or (left.alone and right.alone)
            if comparable and left.form_column > right.form_column:
                return False
    inner = [place for place, one in enumerate(named) if len(labels.form.columns[one.form_column].groups) > 1]
    return not inner or inner == list(range(inner[0], inner[-1] + 1))


def _names_columns(text: str, labels: Labels) -> bool:
    """Says whether a text has two or more labels of columns that are too long to be part of something else."""
    if len(text) < _HEADER:
        return False
    return sum(any(len(key) > SHORT and key in text for key in keys) for keys in labels.columns) > 1


def _parted(pieces: Sequence[str], labels: Labels) -> tuple[list[NamedColumn], bool, frozenset[int]]:
    """Returns the columns that a header in running text names, whether it has words that the form has not, and the
    columns that are not even there in pieces.

    The header is all before the row's own label, which ends the pieces. Words count from the first known label on.
    """
    text = "".join(pieces)
    end = len(text) - max([like.length for like in labels.whole_wordings(pieces)], default=0)
    ends = list(accumulate(map(len, pieces)))
    edges = {0, *ends}
    named: list[NamedColumn] = []
    rest: list[str] = []
    done = 0
    for match in labels.header_part.finditer(text, 0, end):
        if done:
            rest.append(text[done : match.start()])
        done = match.end()
        if indexes := labels.called.get(match.group()):
            line = bisect_right(ends, match.start())
            alone = edges.issuperset(match.span())
            named.append(NamedColumn(indexes[0], line, alone, match.group()))
    rest.append(text[done:end] if named else "")
    left = Counter("".join(rest))
    absent = frozenset(
        index
        for index, keys in enumerate(labels.columns)
        if all(one.form_column != index for one in named) and not any(Counter(key) <= left for key in keys)
    )
    return named, any(_is_strange(words.strip(NUMERALS + "0123456789"), named, labels) for words in rest), absent


def _is_strange(words: str, named: Sequence[NamedColumn], labels: Labels) -> bool:
    """Says whether words of a header are no piece of its labels, and no letters of those that it does not name."""
    if words in labels.vocabulary:
        return False
    found = {one.form_column: one.text for one in named}
    longest = [max(keys, key=len) for keys in labels.columns]
    lacking = [key.replace(found.get(index, ""), "", 1) for index, key in enumerate(longest)]
    return bool(Counter(words) - Counter(letters(fold("".join([*lacking, *labels.form.headers, *labels.group_words])))))
