"""Labels that do not stand before their numbers: without any, in other words, in pieces, or elsewhere in the document.

Where labels of a table stand on lines of their own, but not with it, the text is out of the page's order; where letters
of other scripts stand among Chinese ones, characters were lost. Of neither can it be said what a table lacks. Where a
program guessed wrong where cells end, only a row with a number for each column can be read.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain, islice, pairwise

from disclosure_lint.binding.alignment import Alignment, Pair
from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.lines import TableLine
from disclosure_lint.binding.numbers import is_side_by_side, ordinal_at
from disclosure_lint.binding.records import Record, name_below
from disclosure_lint.binding.wordings import ALIKE, SHORT, alike, lettered, letters, without_ordinal
from disclosure_lint.model.document import Block, Table
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.source import Source, Span

_LONGEST = 80
"""Characters of a line that may be labels; a longer one is a sentence."""
_FEWEST_LETTERS = 5
"""A piece of a label has so many."""
_FEWEST_LABELS = 2
_FEWEST_PARTED = 3
_FOREIGN = lazy_re_compile("[\u00aa-\u024f]")
_MOST_FOREIGN = 0.02
"""Letters like ÿ among so many Chinese ones are no names."""


class Scraps:
    """The lines of a document outside cells, as far as they may be labels."""

    def __init__(self, source: Source, blocks: Sequence[Block]):
        self.source, self.blocks = source, blocks

    @cached_property
    def is_damaged(self) -> bool:
        """Whether characters were lost."""
        text = self.source.folded
        foreign = sum(map(str.isalpha, _FOREIGN.findall(text)))
        return foreign > 0 and foreign > _MOST_FOREIGN * sum("\u3400" <= char <= "\u9fff" for char in text)

    @cached_property
    def has_page_numbers(self) -> bool:
        """Whether numbers of pages may stand between lines: readers omit them where blocks have places in a file."""
        return not any(block.location for block in self.blocks if not isinstance(block, Table))

    @cached_property
    def _pieces(self) -> frozenset[str]:
        found: set[str] = set()
        for block in self.blocks:
            if not isinstance(block, Table) and block.span.end - block.span.start <= _LONGEST:
                for text in self.source.folded[slice(*block.span)].split():
                    found |= {letters(text), letters(without_ordinal(text))}
        return frozenset(piece for piece in found if len(piece) > SHORT)

    def hold(self, keys: Sequence[str], labels: Labels) -> bool:
        """Says whether a label, in any of its wordings, or a piece of it stands alone on a line."""
        whole = [key for key in keys if len(key) > SHORT and key not in labels.group_words]
        return any(
            piece in key and len(piece) >= min(len(key), _FEWEST_LETTERS) for key in whole for piece in self._pieces
        )

    def hold_table(self, labels: Labels) -> bool:
        """Says whether a table may be there, though it was not found."""
        held = sum(self.hold(keys, labels) for keys in (*labels.stems, *labels.columns))
        return self.is_damaged or held >= _FEWEST_LABELS


def is_guessed(lines: Sequence[TableLine], labels: Labels) -> bool:
    """Says whether cells hold numbers of several columns or labels of several, or pieces of labels stand between."""
    rows = [line for line in lines if line.cells]
    unusual = [value.text for line in rows for value in line.filled if not value.text.isdecimal()]
    words = [text for line in rows if not line.filled for text, _ in line.pieces]
    if sum(map(is_side_by_side, unusual)) > 1 or any(_names_several(text, labels) for text in words):
        return True
    return _parted(lines, labels) >= _FEWEST_PARTED


def _parted(lines: Sequence[TableLine], labels: Labels) -> int:
    """Returns how often lines with pieces of labels stand between rows of cells: a page end may part a row, too."""
    count = 0
    is_part = is_below = False
    for line in lines:
        if line.cells and line.filled:
            count += is_part
            is_part, is_below = False, True
        elif is_below and not line.cells:
            is_part = is_part or any(_is_part(letters(text), labels) for text, _ in line.pieces)
    return count


def _names_several(text: str, labels: Labels) -> bool:
    """Says whether the label of a cell is those of several columns beside each other: `商业企业科研机构`."""
    if text in labels.header_words or labels.form.side_by_side:
        return False
    parts = [part for part in labels.header_part.findall(text) if part in labels.called]
    return len(set(parts)) > 1 and "".join(parts) == text


def _is_part(text: str, labels: Labels) -> bool:
    """Says whether a line beside cells is a piece of a label, and no label."""
    whole = chain(labels.header_words, labels.group_words, labels.suffixes)
    return bool(text) and text in labels.vocabulary and not any(text.endswith(label) for label in whole)


_PIECE = 4
"""So many letters in a row are a piece of one label and no other."""

_MOST_RECORDS = 1000
"""No table has more."""
_MOST_GAPS = 9
"""Behind more gaps no label of a row ends."""


class BareLabels:
    """The labels of records, whatever numbers they have."""

    def __init__(self, source: Source, found: Sequence[Record], labels: Labels):
        self._source, self._found, self._labels = source, found, labels
        self._known_heads: dict[Span, set[str]] = {}
        self.text = "".join([record.name for record in found])
        """All of them."""

    def between(self, places: Mapping[int, range]) -> dict[int, tuple[int, Span]]:
        """Returns for each row whose label stands among the records at some places which it is part of, and where."""
        found: dict[int, tuple[int, Span]] = {}
        for row, several in places.items():
            at = self.label(row, [self._found[place] for place in several if place < len(self._found)])
            if at is not None:
                found[row] = several[at[0]], at[1]
        return found

    def label(self, row: int, among: Sequence[Record]) -> tuple[int, Span] | None:
        """Returns where a row's label stands among records: the index of one, and the place."""
        stems = [stem for stem in self._labels.stems[row] if stem not in self._labels.group_words]
        for index, record in enumerate(among):
            for text, place in record.pieces:
                heads = self._heads(text, place)
                if any(head.endswith(stem) and self._is_label(stem, head, place) for stem in stems for head in heads):
                    return index, place
            for (head, place), (tail, _) in pairwise(record.pieces):
                if head + tail in stems:
                    return index, place
            for stem in stems:
                if len(stem) > SHORT and stem in record.name:
                    places = (place for text, place in record.pieces if stem in text)
                    return index, next(places, record.pieces[0][1])
        return None

    def is_elsewhere(self, row: int, pair: Pair) -> bool:
        """Says whether a row that was known by a label in other words has its own one before no numbers of its own."""
        others = [record for place, record in enumerate(self._found[:_MOST_RECORDS]) if place != pair.place]
        return self.label(row, others) is not None

    def _heads(self, text: str, place: Span) -> set[str]:
        """Returns the letters of a piece, and of it up to each of its gaps: a remark may end the line of a row."""
        if place not in self._known_heads:
            gaps = re.compile(r"[ \t，；]+").finditer(self._source.folded, *place)
            parts = (self._source.folded[place.start : gap.start()] for gap in islice(gaps, _MOST_GAPS))
            self._known_heads[place] = {text, *map(lettered, parts)}
        return self._known_heads[place]

    def _is_label(self, stem: str, text: str, place: Span) -> bool:
        """Says whether a label's text is a row's; a short one like 总计 may be a column's, if it has no ordinal."""
        if len(stem) > SHORT:
            return True
        if any(stem in keys for keys in self._labels.columns):
            start = place.end - len(self._source.folded[place.start : place.end].lstrip(" \t，；"))
            ordinal = ordinal_at(self._source.folded, start, place.end)
            return ordinal is not None and text == lettered(self._source.folded[start : ordinal.end]) + stem
        return letters(text) == stem

    def is_in_pieces(self, row: int) -> bool:
        """Says whether pieces of a row's label stand there, parted by lines of other cells or by a page end."""
        if row in self._cut:
            return True
        if not any(one.is_text or (one.filled and self._labels.is_of_groups(one.name)) for one in self._found):
            return False
        text = letters(self.text)
        return any(
            stem[start : start + _PIECE] in text
            for stem in self._labels.stems[row]
            for start in {0, len(stem) - _PIECE}
            if len(stem) > _PIECE
        )

    @cached_property
    def _cut(self) -> set[int]:
        """The rows whose labels begin before numbers and end below them."""
        filled = islice((at for at, record in enumerate(self._found) if record.filled), _MOST_RECORDS)
        cut = (self._labels.cut(self._found[at].name, name_below(self._found, at)) for at in filled)
        return set().union(*cut)

    def is_mixed(self, row: int) -> bool:
        """Says whether the letters of a row's label stand there in any order, beside labels."""
        texts = [letters(text) for one in self._found for text in one.label_texts]
        rest = Counter("".join(self._labels.unknown(texts)))
        return any(Counter(stem) <= rest for stem in self._labels.stems[row])


def unnamed_blocks(found: Sequence[Record], labels: Labels) -> list[int]:
    """Returns the blocks whose name is not there, neither in pieces nor in other words, though others' names are."""
    pieces = [piece for record in found for piece, _ in record.pieces]
    text = "".join(pieces)
    absent = [index for index, stems in enumerate(labels.stems) if not any(stem in text for stem in stems)]
    if not absent or len(absent) == len(labels.stems):
        return []
    unknown = labels.unknown(pieces)
    rest = Counter("".join(unknown))
    return [
        index
        for index in absent
        if not any(Counter(stem) <= rest for stem in labels.stems[index])
        and all(alike(piece, stem) < ALIKE for piece in unknown for stem in labels.stems[index])
    ]


def is_in_order(found: Sequence[Record], labels: Labels) -> bool:
    """Says whether a header names the blocks in the form's order, as far as it names them, in other words too."""
    pieces = [piece for record in found for piece, _ in record.pieces]
    text = "".join(pieces)
    starts = list(accumulate(map(len, pieces), initial=0))
    places: list[int] = []
    for stems in labels.stems:
        named = [text.find(stem) for stem in stems if stem in text]
        like = (
            start for start, piece in zip(starts, pieces, strict=False) for stem in stems if alike(piece, stem) >= ALIKE
        )
        places += [min(named)] if named else islice(like, 1)
    return places == sorted(places)


_UNREADABLE = "\ufffd"
_LONG = 12
"""Letters of a label that nobody writes anew with the same letters."""


def reworded_rows(source: Source, alignment: Alignment, labels: Labels, unsure: Collection[int]) -> dict[int, Span]:
    """Returns the rows, but those in doubt, whose label is like the form's without being it, and its place.

    A label that a page or a program cut, glued to another or garbled is not in other words.
    """
    found: dict[int, Span] = {}
    for row, pair in alignment.pairs.items():
        if not pair.reworded or row in unsure:
            continue
        record = alignment.records[pair.place]
        last = len(labels.without_header(record.label_texts)) - 1
        place = record.pieces[last][1]
        if record.is_text:
            place = _behind_gap(source, place)
        text = source.folded[place.start : place.end]
        around = [*record.label_texts[:last], *record.label_texts[last + 1 :]]
        around += alignment.records[pair.place + 1].label_texts if pair.place + 1 < len(alignment.records) else ()
        pieces = [piece for piece in around if not labels.is_known(piece)]
        if pair.place and pair.place - 1 not in alignment.row_at:
            pieces += alignment.records[pair.place - 1].label_texts
        if any(piece.endswith(labels.stems[row]) for piece in around):
            continue  # behind it stand the labels of columns, one of which the form has not
        if record.is_text and not _is_label(letters(text), letters(record.label_texts[last]), row, labels):
            continue
        if not _is_garbled(text) and not _is_there(letters(text), pieces, row, labels):
            found[row] = place
    return found


def _is_label(text: str, line: str, row: int, labels: Labels) -> bool:
    """Says whether a text on a line is all of a label: no piece of one or of its group's, and no remark behind it."""
    stems = labels.stems[row]
    if text in labels.vocabulary or any(stem in line and not line.endswith(stem) for stem in stems):
        return False
    return text == line or any(alike(text, stem) >= ALIKE for stem in stems)


def _behind_gap(source: Source, place: Span) -> Span:
    """Returns what stands behind the last gap between the cells of a line."""
    gap = source.folded.rfind("  ", *place) + 2
    return Span(gap, place.end) if gap > 1 else place


def _is_garbled(text: str) -> bool:
    return any(char == _UNREADABLE or unicodedata.category(char) == "Co" for char in text)


def _is_there(own: str, pieces: Iterable[str], row: int, labels: Labels) -> bool:
    """Says whether a wording of a row is in its label, or what lacks of it stands around, in pieces of labels."""
    stems = labels.stems[row]
    rest = Counter(letters("".join(pieces)))
    glued = any(
        own.endswith(stem[:end]) and own.removesuffix(stem[:end]) in labels.vocabulary
        for stem in stems
        for end in range(len(stem), len(stem) // 2, -1)
        if len(stem) - end <= rest.total()
    )
    return (
        stems[0] in own
        or glued
        or any(_is_shuffled(own, stem) for stem in stems)
        or any((lacking := Counter(stem) - Counter(own)).total() > 0 and lacking <= rest for stem in stems)
    )


def _is_shuffled(own: str, stem: str) -> bool:
    """Says whether a text has all letters of a long wording in another order, as programs read marks that hang out."""
    left = iter(own)
    return len(stem) > _LONG and not Counter(stem) - Counter(own) and not all(letter in left for letter in stem)
