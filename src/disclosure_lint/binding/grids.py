"""Whether the cells that a file gives are those of the table.

Programs that make tables of a printed page guess where cells end. Where they guessed wrong, a number is not surely in
its column; only a row with a number for each of them can be read.
"""

from collections.abc import Sequence
from itertools import chain

from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.lines import TableLine
from disclosure_lint.binding.numbers import is_side_by_side
from disclosure_lint.binding.wordings import letters

_FEWEST_PARTED = 3


def is_guessed(lines: Sequence[TableLine], labels: Labels) -> bool:
    """Says whether cells hold numbers of several columns or labels of several, or pieces of labels stand between."""
    rows = [line for line in lines if line.cells]
    unusual = [value.text for line in rows for value in line.filled if not value.text.isdigit()]
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
