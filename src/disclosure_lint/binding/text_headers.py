"""Headers in running text: which columns they name, in which order, and whether they have others.

A header without places is read label by label. Where its text is laid out with spaces, each of its words is a label, or
a piece of one that goes on below itself.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise, product
from typing import NamedTuple

from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.records import Record
from disclosure_lint.binding.text_places import PAGE_END, is_close, place_of
from disclosure_lint.binding.wordings import NUMERALS, SHORT, letters
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.numbers import UNIT
from disclosure_lint.model.source import Source, Span

_HEADER = 8
"""Two labels of columns have so many letters."""
_MOST = 0.5
"""A larger share of the letters of all columns is a header."""
_YEAR = lazy_re_compile("20[0-9]{2}年|^年$")
"""No label of the form says of which year it is; figures that stand on a line of their own are no letters of one."""
_UNIT = lazy_re_compile(rf"(?:单位)?(?:{UNIT})")
"""What a label may end with (DL207 asks whether it should)."""
_FRAGMENT = 4
"""So many letters of a row's label are no column."""
_MOST_PIECES, _MOST_TRIES = 60, 1000
"""No header is broken into more; a hostile file does not get more of our time."""
_MOST_READINGS = 8
"""So many of its readings are held against the places of its words."""


class TextHeader(NamedTuple):
    """A header in running text, or one whose cells have no places."""

    is_ordered: bool
    """Whether the columns that it names stand in the form's order."""
    is_known: bool
    """Whether all its words are labels of the form, none broken over lines."""
    unnamed: frozenset[int] = frozenset()
    """Indexes of the columns that it does not name, word for word."""
    repeated: frozenset[int] = frozenset()
    """Indexes of the columns that it names again right away: what one cell over several says was written in each."""
    pieces: tuple[tuple[str, Span], ...] = ()
    """Its pieces, and the label of the row below it; none if there is no header."""
    line: int = 0
    """Where the first of them is."""


def text_headers(source: Source, found: Sequence[Record], labels: Labels) -> Iterator[tuple[int, TextHeader]]:
    """Yields for each record with values where its numbers begin, and the header in the text above.

    A header in running text has no places. It is the form's if its columns come in the form's order, level by level,
    and no other words come between them. Where labels are broken over lines, the words of each line may tell.
    """
    header = TextHeader(True, True)
    before: tuple[tuple[str, Span], ...] = ()
    for record in found:
        pieces = before + record.pieces
        texts = tuple([text for text, _ in pieces]) if before else record.label_texts
        own = _text_header(labels, texts)
        is_part = own and header.pieces and _is_part(own, header, labels)
        if own and not (is_part and source.text.find(PAGE_END, header.line, pieces[0][1].start) >= 0):
            header = own._replace(pieces=pieces, line=pieces[0][1].start)
        if record.lines:
            yield record.lines[0].line.start, header
        # The number of a page may stand in the middle of it.
        is_cut = own and record.may_be_page_number and not any(labels.ending(texts))
        before = pieces if is_cut else ()


@lru_cache(maxsize=4096)  # labels come again in every report
def _text_header(labels: Labels, pieces: tuple[str, ...]) -> TextHeader | None:
    text = "".join(pieces)
    if labels.called.keys().isdisjoint(pieces) and not _names_columns(text, labels):
        # Labels broken over lines beside each other: most letters of them all.
        unread = TextHeader(False, False, frozenset(range(len(labels.columns))))
        return unread if labels.share_in(text) > _MOST else None
    named, known, repeated = _parted(pieces, labels)
    columns = [one[0] for one in named if len(one) == 1]
    if labels.form.side_by_side:
        return _blocks(columns, known, labels)
    unnamed = frozenset(range(len(labels.columns))) - {*columns}
    # A label that comes again may be that of a column which the form has not, in the place of one that is not named.
    again = len({*columns}) < len(columns) and not unnamed.isdisjoint(_level(columns, labels))
    return TextHeader(_is_in_order(named, labels), known and not again, unnamed, repeated)


def _level(columns: Sequence[int], labels: Labels) -> set[int]:
    """Returns the columns of the rows that have any of some columns."""
    return {index for wanted in labels.wanted if not {*wanted}.isdisjoint(columns) for index in wanted}


def _is_part(own: TextHeader, header: TextHeader, labels: Labels) -> bool:
    """Says whether a page end repeated a part of a header: some of its columns, and not those of any row."""
    is_less = own.is_ordered and own.is_known and header.unnamed < own.unnamed
    return is_less and not any(own.unnamed.isdisjoint(wanted) for wanted in labels.wanted)


def _blocks(columns: Sequence[int], known: bool, labels: Labels) -> TextHeader:
    """Returns a header that names columns by the first of their name, where they come again for each block."""
    whole = [labels.called[keys[0]][0] for keys in labels.columns]
    block = whole[: max(whole) + 1]
    times = len(columns) // len(block)
    if (times == 1 or len(columns) > len(whole)) and [*columns] == block * times:
        columns = whole  # once for all blocks, again behind a page end, or a label in each row that it covers
    left = iter(enumerate(whole))
    found = {next((at for at, one in left if one == column), -1) for column in columns}
    return TextHeader(-1 not in found, known, frozenset(range(len(whole))) - found)


def _is_in_order(named: Sequence[tuple[int, ...]], labels: Labels) -> bool:
    """Says whether columns are named in the form's order, level by level, beside a group's label or its columns."""
    # A label may be written again in each line and column that its cell covers.
    named = list(dict.fromkeys(named))
    inner = [one for one in named if len(one) == 1 and len(labels.form.columns[one[0]].groups) > 1]
    outer = [one for one in named if one not in inner]
    if inner:
        first = named.index(inner[0])
        if named[first : first + len(inner)] != inner:
            return False
        if all(len(one) == 1 for one in outer):
            outer.insert(first, inner[0])
    return all(left < right for level in (inner, outer) for left, right in pairwise(level))


def _names_columns(text: str, labels: Labels) -> bool:
    """Says whether a text has two or more labels of a header that are too long to be part of something else."""
    if len(text) < _HEADER:
        return False
    columns = sum(any(len(key) > SHORT and key in text for key in keys) for keys in labels.columns)
    return columns + sum(header in text for header in labels.headers) > 1


def _parted(pieces: Sequence[str], labels: Labels) -> tuple[list[tuple[int, ...]], bool, frozenset[int]]:
    """Returns the columns that a header in running text names, with all columns of a group where it names that; whether
    it has no words but labels of the form; and the columns that it names again right away.

    The header is all before the row's own label, which ends the pieces. Words count from the first of its labels on.
    """
    text = "".join(pieces)
    end = len(text) - max([like.length for like in labels.whole_wordings(pieces)], default=0)
    named: list[tuple[int, ...]] = []
    rest: list[str] = []
    repeated: set[int] = set()
    last = ""
    done = -1
    for match in labels.header_part.finditer(text, 0, end):
        label = match.group()
        rest.append(text[done : match.start()] if done >= 0 else "")
        if label in labels.called:
            named.append((labels.called[label][0],))
            repeated.update(named[-1] if label == last else ())
        elif label in labels.under:
            named.append(labels.under[label])
        if done >= 0 or label in labels.header_words:
            done = match.end()
        last = label
    rest.append(text[done:end])
    if {*range(len(labels.columns))} - {column for one in named if len(one) == 1 for column in one} == {0}:
        # What stands before the second column may be what is left of another label for the first.
        first = labels.header_part.search(text, 0, end)
        rest[0] = text[: first.start()] if first else ""
    known = not any(_is_strange(words, labels) for words in rest)
    return named, known, frozenset(repeated)


def _is_strange(words: str, labels: Labels) -> bool:
    """Says whether words of a header may be the label of a column that the form has not, or a piece of one it has."""
    if _YEAR.search(words):
        return True
    words = words.strip(NUMERALS + "0123456789")
    is_piece = (
        _UNIT.fullmatch(words)
        or words in "\n".join(labels.headers)
        or (len(words) >= _FRAGMENT and words in labels.vocabulary)
    )
    return not is_piece


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


def _labels_in(word: str, labels: Labels) -> list[str]:
    """Returns the parts of a word that a program made of labels of columns which begin it."""
    parts: list[str] = []
    while not any(word in label for label in labels.header_words):
        end = next((end for end in range(len(word) - 1, SHORT - 1, -1) if word[:end] in labels.called), 0)
        if not end:
            break
        parts.append(word[:end])
        word = word[end:]
    return [*parts, word]


def _words(source: Source, pieces: Sequence[tuple[str, Span]], labels: Labels) -> list[Word]:
    """Returns the words that stand between spaces in the pieces of a header, in the order of reading."""
    found: list[Word] = []
    for _, span in pieces[-_MOST_PIECES:]:
        at, line = span.start, source.line_of(span.start)
        begin = source.line_span(line).start
        for word in source.folded[span.start : span.end].split(" "):
            for part in _labels_in(word, labels):
                if text := letters(part) or "".join(filter(str.isalnum, part)):
                    found.append(Word(text, Span(at, at + len(part)), line, at - begin))
                at += len(part)
            at += 1
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


def words_of(source: Source, pieces: Sequence[tuple[str, Span]], wanted: Sequence[int], labels: Labels) -> list[Word]:
    """Returns the words of a header, if it has all letters of the labels of some columns."""
    words = _words(source, pieces, labels)
    needed = Counter("".join(min(labels.columns[index], key=len) for index in wanted))
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


def is_in_order(source: Source, header: Sequence[Word], wide: str | None, count: int) -> bool:
    """Says whether the labels of all columns surely stand in their order: on one line, or else by their places.

    What begins left of something on another line stands left of it on the page too; a label that is close to what
    stands before it is where that begins, as no column is between them.
    """
    if wide is None:
        # Of a label alone on its line nothing tells, where most stand beside others.
        in_line = (pair for pair in pairwise(header) if pair[0].line == pair[1].line and pair[0].columns)
        if any(one.columns > other.columns > () for one, other in in_line):
            return False
        lines = {(word.line, column) for word in header for column in word.columns if not word.is_group}
        often = Counter(line for line, _ in lines)
        return 2 * len({column for line, column in lines if often[line] > 1}) > count
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
