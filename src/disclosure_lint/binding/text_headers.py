"""Headers in running text: which columns they name, in which order, and whether they have others.

A header without places is read label by label. Where its text is laid out with spaces, each of its words is a label, or
a piece of one that goes on below itself.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, islice, pairwise, product
from typing import NamedTuple

from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.records import Record
from disclosure_lint.binding.text_places import is_close, place_of
from disclosure_lint.binding.wordings import NUMERALS, SHORT, letters
from disclosure_lint.model.characters import fold
from disclosure_lint.model.source import Source, Span

_HEADER = 8
"""Two labels of columns have so many letters."""
_MOST_PIECES, _MOST_TRIES = 60, 1000
"""No header is broken into more; a hostile file does not get more of our time."""
_MOST_READINGS = 8
"""So many of its readings are held against the places of its words."""


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
    is_named: bool = True
    """Whether a label stands in it whole, not only the letters of all."""


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
        own = _text_header(labels, record.label_texts)
        if own or labels.are_all_in(record.name):
            # Of labels that are broken over lines only the places may tell the order.
            header = own or TextHeader(True, True, frozenset(), is_named=False)
            header = header._replace(pieces=record.pieces, line=record.pieces[0][1].start)
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


class Word(NamedTuple):
    """A word of a header."""

    text: str
    """Its letters; its digits if it has none."""
    span: Span
    line: int
    start: int
    """Where it stands in its line."""
    columns: tuple[int, ...] = ()
    """The column of whose label it is, or a piece of it; of the label of a group the columns that stand under it."""
    is_group: bool = False
    """Whether it is no column's."""


def _words(source: Source, pieces: Sequence[tuple[str, Span]]) -> list[Word]:
    """Returns the words that stand between spaces in the pieces of a header, in the order of reading."""
    found: list[Word] = []
    for _, span in pieces[-_MOST_PIECES:]:
        at, line = span.start, source.line_of(span.start)
        begin = source.line_span(line).start
        for word in source.folded[span.start : span.end].split(" "):
            if text := letters(word) or "".join(filter(str.isalnum, word)):
                found.append(Word(text, Span(at, at + len(word)), line, at - begin))
            at += len(word) + 1
    return found[-_MOST_PIECES:]


def readings(words: Sequence[Word], wanted: Sequence[int], labels: Labels) -> Iterator[list[Word]]:
    """Yields the ways in which words are the header of some columns and no others, in order on each line.

    Each column's label is there once, whole or in pieces below each other. The columns of several lines may be in
    another order: that is for their places to tell.
    """
    groups = [[letters(group) for group in labels.form.columns[index].groups] for index in wanted]
    known = "\n".join([*labels.headers, *(group for several in groups for group in several)])
    for named in islice(_named(words, [labels.columns[index] for index in wanted], labels), _MOST_READINGS):
        first, last = words[min(named)].line, words[max(named)].line
        header = [(at, word) for at, word in enumerate(words) if first <= word.line <= last]
        others = [word.text for at, word in header if at not in named]
        # A word that the form has not may be the label of a further column.
        if all(text in known and text not in labels.called for text in others):
            under = {
                text: tuple([column for column, above in enumerate(groups) if any(text in one for one in above)])
                for text in others
            }
            yield [
                word._replace(columns=(named[at],) if at in named else under[word.text], is_group=at not in named)
                for at, word in header
            ]


def words_of(source: Source, pieces: Sequence[tuple[str, Span]], columns: Iterable[Sequence[str]]) -> list[Word]:
    """Returns the words of a header, if it has all letters of the labels of some columns."""
    words = _words(source, pieces)
    needed = Counter("".join(min(keys, key=len) for keys in columns))
    return words if needed <= Counter("".join(word.text for word in words)) else []


def _named(words: Sequence[Word], columns: Sequence[Sequence[str]], labels: Labels) -> Iterator[dict[int, int]]:
    """Yields the columns of words by their indexes, if the label of each column is there once.

    Read is from the last word to the first, as what stands above a whole header is that of rows further up.
    """
    lacking = [frozenset(keys) for keys in columns]
    found: dict[int, int] = {}
    others = "\n".join([*labels.headers, *labels.group_words, *labels.suffixes])
    keys = "\n".join(key for several in columns for key in several)
    own = {word.text for word in words if word.text in labels.called or word.text not in others}
    tries = iter(range(_MOST_TRIES))

    def read(at: int, right: int) -> Iterator[dict[int, int]]:
        """Reads the words up to `at`, which stands left of the column `right`."""
        is_new = not 0 <= at < len(words) - 1 or words[at].line != words[at + 1].line
        if is_new and all("" in rest for rest in lacking):
            yield dict(found)
            return
        if at < 0 or next(tries, None) is None:
            return
        text = words[at].text
        right = len(columns) if is_new else right
        for column in range(right)[::-1]:
            rest = lacking[column]
            if before := frozenset([key.removesuffix(text) for key in rest if key.endswith(text)]):
                lacking[column], found[at] = before, column
                yield from read(at - 1, column)
                lacking[column] = rest
                del found[at]
        if text not in own or text not in keys:
            yield from read(at - 1, right)

    yield from read(len(words) - 1, len(columns))


def is_in_order(source: Source, header: Sequence[Word], wide: str, count: int) -> bool:
    """Says whether the labels of all columns surely stand in their order: on one line, or else by their places.

    What begins left of something on another line stands left of it on the page too; a label that is close to what
    stands before it is where that begins, as no column is between them.
    """
    begins: list[int | None] = []
    for before, word in zip((None, *header), header, strict=False):
        if before is None or not is_close(source, word.span.start):
            begins.append(place_of(source, word.span, wide)[0])
        else:
            # Under the label of a group stand other columns.
            begins.append(None if before.is_group and before.columns else begins[-1])
    by_line, by_place, against = set[int](), set[int](), set[int]()
    for (word, begin), (other, behind) in product(zip(header, begins, strict=True), repeat=2):
        if not word.columns or not other.columns or not set(word.columns).isdisjoint(other.columns):
            continue
        is_next = word.columns[-1] + 1 == other.columns[0]
        if word.line == other.line:
            if word.start < other.start and word.columns[0] > other.columns[0]:
                return False
            if is_next:
                by_line.add(word.columns[-1])
        elif is_next and begin is not None and behind is not None and not (word.is_group or other.is_group):
            (by_place if begin < behind else against).add(word.columns[-1])
    return len(by_line | (by_place - against)) == count - 1
