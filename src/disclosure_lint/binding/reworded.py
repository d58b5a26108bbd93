"""Rows that were recognised though their label is in other words than the form's."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable

from disclosure_lint.binding.alignment import Alignment
from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.wordings import ALIKE, alike, letters
from disclosure_lint.model.source import Source, Span

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
