"""What programs leave of the tables of a page: cells that they guessed, labels astray, and characters that they lost.

Where labels of a table stand on lines of their own, but not with it, the text is out of the page's order; where letters
of other scripts stand among Chinese ones, characters were lost. Of neither can it be said what a table lacks. Where a
program guessed wrong where cells end, only a row with a number for each column can be read.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import chain

from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.lines import TableLine
from disclosure_lint.binding.numbers import is_side_by_side
from disclosure_lint.binding.wordings import SHORT, letters, without_ordinal
from disclosure_lint.model.document import Block, Table
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.source import Source

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
