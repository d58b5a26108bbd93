"""Tables without ruled lines: text that stands in columns over several lines keeps its places.

Which columns these are is decided by whoever knows what the table should have; here it is only seen that lines have
wide gaps below each other.
"""

from collections.abc import Sequence
from itertools import pairwise

from disclosure_lint.readers.pdf.lines import Line
from disclosure_lint.readers.pdf.pieces import Element

_GAP = 1.2
"""Characters between two columns, at the least."""
_GAP_OF_NUMBERS = 0.4
"""The same between two numbers."""
_GAP_IN_ROWS = 0.2
"""The same before a number in a row of a table: as wide as a space."""
_FEWEST_NUMBERS = 4


def with_places(pages: Sequence[Sequence[Element]]) -> list[list[Element]]:
    """Returns what stands on the pages, lines with their places if there is a table without ruled lines."""
    if not any(map(_has_columns, pages)):
        return [[*page] for page in pages]
    lines = [one for page in pages for one in page if isinstance(one, Line)]
    sizes = sorted(line.em for line in lines)
    steps = min(line.box.left for line in lines), max(1.0, round(2 * sizes[len(sizes) // 2]) / 4)
    return [[one._replace(steps=steps) if isinstance(one, Line) else one for one in page] for page in pages]


def _has_columns(page: Sequence[Element]) -> bool:
    """Says whether two lines below each other have wide gaps."""
    gaps = [isinstance(one, Line) and _has_gaps(one) for one in page]
    return any(all(pair) for pair in pairwise(gaps))


def _has_gaps(line: Line) -> bool:
    """Says whether wide gaps part what stands in a line."""
    row = _is_row(line)
    for before, after in pairwise(line.runs):
        least = _GAP
        if before.text[-1].isdigit() and after.text[0].isdigit():
            least = _GAP_IN_ROWS if row else _GAP_OF_NUMBERS
        elif row and after.text.isdigit():
            least = _GAP_IN_ROWS
        if after.left - before.right > least * line.em:
            return True
    return False


def _is_row(line: Line) -> bool:
    """Says whether a line ends with so many numbers that it is a row of a table, be they ever so near to each other."""
    words = line.text.split()
    return len(words) >= _FEWEST_NUMBERS and all(word.isdigit() for word in words[-_FEWEST_NUMBERS:])
