"""What a header says of 表四's blocks: whether each is named, and in which order."""

from collections import Counter
from collections.abc import Sequence

from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.records import Record
from disclosure_lint.binding.wordings import ALIKE, alike


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
