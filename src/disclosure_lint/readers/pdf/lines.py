"""Lines of text, made of what stands at one height."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from disclosure_lint.readers.pdf.geometry import Box, Run

_GAP = 0.8
"""Of a character's width: a wider gap within Chinese text is a space."""
_WORD_GAP = 0.2
"""The same between letters and digits."""
_WIDTH = 0.85
"""Of a Chinese character, against the height of letters of the same size."""
_CELL_MARGIN = 14.0
"""Points that cells leave free at both sides together, at the most."""
_FIRST_WORD = re.compile(r"(?s)[“‘《（【〈\[(]*(?:[\x21-\x7e]+|.)[，。、；：？！”’》）】〉,.;:?!\])%]*")


class Line(NamedTuple):
    """A line of text."""

    box: Box
    text: str
    runs: tuple[Run, ...]
    """From left to right."""
    page: int
    """From 1."""

    @property
    def em(self) -> float:
        """Width of a Chinese character, as far as it can be told."""
        run = max(self.runs, key=lambda run: len(run.text))
        narrow = len(run.text.encode("ascii", "ignore"))
        if narrow == len(run.text):
            return max(1.0, (run.bottom - run.top) * _WIDTH)
        return max(1.0, (run.right - run.left) / (len(run.text) - narrow / 2))

    @property
    def is_mixed(self) -> bool:
        """Whether much of it is letters and digits."""
        return len(self.text.encode("ascii", "ignore")) > 0.25 * len(self.text)

    @property
    def middle(self) -> float:
        """Height of its middle, as most of its characters stand."""
        run = max(self.runs, key=lambda run: len(run.text))
        return (run.top + run.bottom) / 2


def read_lines(runs: Iterable[Run], page: int) -> list[Line]:
    """Returns the lines that runs of a page stand on, from top to bottom."""
    runs = list(runs)
    if len(runs) == 1:
        return [_line(runs, page)]
    groups: list[list[Run]] = []
    middle = high = 0.0
    for run in sorted(runs, key=_middle):
        here = run.top + run.bottom
        if not groups or here - middle > max(high, run.bottom - run.top):
            groups.append([])
            middle, high = here, run.bottom - run.top
        groups[-1].append(run)
    return [_line(group, page) for group in groups]


def _middle(run: Run) -> float:
    return run.top + run.bottom


def _line(group: list[Run], page: int) -> Line:
    if len(group) == 1:
        run = group[0]
        return Line(Box(*run[:4]), run.text, (run,), page)
    group.sort()
    text = group[0].text
    last = group[0]
    top, bottom, right = last.top, last.bottom, last.right
    for run in group[1:]:
        text += (" " if _parted(last, run) else "") + run.text
        top, bottom, right = min(top, run.top), max(bottom, run.bottom), max(right, run.right)
        last = run
    return Line(Box(group[0].left, top, right, bottom), text, tuple(group), page)


def _parted(before: Run, after: Run) -> bool:
    """Says whether a space stands between two runs of a line."""
    height = after.bottom - after.top
    words = before.text[-1].isascii() and after.text[0].isascii()
    return after.left - before.right > height * (_WORD_GAP if words else _GAP)


def in_cell(lines: Sequence[Line], box: Box) -> str:
    """Returns the text of a cell on one line; between numbers that stand in two lines there is a space."""
    text = lines[0].text if lines else ""
    for above, below in pairwise(lines):
        words = above.text[-1].isascii() and below.text[0].isascii()
        text += (" " if words and not fills(above, below.text, box) else "") + below.text
    return text


def fills(line: Line, following: str, box: Box) -> bool:
    """Says whether a line of a cell is so full that the text that follows had to go to the next line."""
    more = first_word(following, line.em)
    return (line.box.right - line.box.left) + more > (box.right - box.left) - _CELL_MARGIN


def first_word(text: str, em: float) -> float:
    """Returns how wide the beginning of a text is that cannot be parted at a line's end."""
    match = _FIRST_WORD.match(text)
    assert match is not None
    return sum(0.5 if character.isascii() else 1.0 for character in match.group()) * em
