"""What is left of tables in a text that a program took out of a page: labels astray, and characters that it lost.

Where labels of a table stand on lines of their own, but not with it, the text is out of the page's order; where letters
of other scripts stand among Chinese ones, characters were lost. Of neither can it be said what a table lacks.
"""

from collections.abc import Sequence
from functools import cached_property

from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.wordings import SHORT, letters, without_ordinal
from disclosure_lint.model.document import Block, Table
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.source import Source

_LONGEST = 80
"""Characters of a line that may be labels; a longer one is a sentence."""
_FEWEST_LETTERS = 5
"""A piece of a label has so many."""
_FEWEST_LABELS = 2
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
