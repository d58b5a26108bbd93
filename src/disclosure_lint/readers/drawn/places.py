"""Lines whose characters stand in columns, the cells that stand on them, and how wide characters are."""

import unicodedata
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from disclosure_lint.model.source import Run
from disclosure_lint.readers.redrawn import Line, Piece

MEASURES = ("WF", "WFA", "")
"""What is two wide, by the classes of Unicode: usually, by fonts of this country, and for programs that do not know."""


class TextLine(NamedTuple):
    """A line of the file."""

    start: int
    text: str
    """Without its end, box characters as + - |."""


class Part(NamedTuple):
    """What stands between two edges on a line."""

    column: int
    columns: int
    start: int
    text: str
    place: int = 0
    """How far from the left it begins, if columns are told by that."""


class Found(NamedTuple):
    """A table as it is by one way to measure lines."""

    after: int
    """The line after its last; after what was looked through if it is none."""
    askew: int = 0
    """How many texts stand otherwise than most of their column."""
    rows: tuple[Line, ...] = ()


def piece(parts: Sequence[Part]) -> Piece:
    """Returns the cell whose text stands on these lines: between Chinese characters a line end is no space."""
    text, runs = "", []
    for part in parts:
        bare = part.text.strip(" \t\u3000")
        if bare:
            text += " " if text and not (_is_wide(text[-1]) or _is_wide(bare[0])) else ""
            start = part.start + part.text.index(bare)
            runs.append(Run(len(text), len(bare), start, len(bare)))
            text += bare
    blank = Run(0, 0, parts[0].start + min(1, len(parts[0].text)), 0)
    return Piece(text, tuple(runs) or (blank,), parts[0].column, parts[0].columns)


def _is_wide(char: str) -> bool:
    return char >= "\u2e80" or char in "“”‘’…—·"


def widths(text: str, measure: str) -> list[int]:
    """Returns how far from the left each character stands."""
    wide = unicodedata.east_asian_width
    return [0, *accumulate(2 if char > "~" and wide(char) in measure else 1 for char in text)]


def places_of(mark: str, text: str, measure: str) -> list[int]:
    return [place for place, char in zip(widths(text, measure), text, strict=False) if char == mark]
