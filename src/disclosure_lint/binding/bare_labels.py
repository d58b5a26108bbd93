"""Labels without their numbers: whole, or in pieces that a page or a program parted; and those of 表四's blocks."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise

from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.ordinals import ordinal_at
from disclosure_lint.binding.records import Record
from disclosure_lint.binding.wordings import ALIKE, SHORT, alike, lettered, letters
from disclosure_lint.model.source import Source, Span

_PIECE = 4
"""So many letters in a row are a piece of one label and no other."""

_MOST_GAPS = 9
"""Behind more gaps no label of a row ends."""


class BareLabels:
    """The labels of records, whatever numbers they have."""

    def __init__(self, source: Source, found: Sequence[Record], labels: Labels):
        self._source, self._found, self._labels = source, found, labels
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
                heads = {text, *self._heads(place)}
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

    def _heads(self, place: Span) -> Iterator[str]:
        """Yields the letters of a piece up to each of its gaps: a remark may end the line of a row."""
        gaps = re.compile(r"[ \t，；]+").finditer(self._source.folded, *place)
        yield from (lettered(self._source.folded[place.start : gap.start()]) for gap in islice(gaps, _MOST_GAPS))

    def _is_label(self, stem: str, text: str, place: Span) -> bool:
        """Says whether a label's text is a row's; a short one like 总计 may be a column's, if it has no ordinal."""
        if len(stem) > SHORT:
            return True
        if any(stem in keys for keys in self._labels.columns):
            start = place.end - len(self._source.folded[slice(*place)].lstrip(" \t，；"))
            ordinal = ordinal_at(self._source.folded, start, place.end)
            return ordinal is not None and text == lettered(self._source.folded[start : ordinal.end]) + stem
        return letters(text) == stem

    def is_in_pieces(self, row: int) -> bool:
        """Says whether pieces of a row's label stand there, parted by lines of other cells or by a page end."""
        for at, record in enumerate(self._found):
            below = "".join(other.name for other in self._found[at + 1 : at + 3])
            if record.filled and row in self._labels.cut(record.name, below):
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


def is_in_order(text: str, labels: Labels) -> bool:
    """Says whether a header names the blocks in the form's order, as far as it names them."""
    places = [min([text.find(stem) for stem in stems if stem in text], default=-1) for stems in labels.stems]
    found = [place for place in places if place >= 0]
    return found == sorted(found)
