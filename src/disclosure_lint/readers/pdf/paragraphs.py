"""Paragraphs, made of lines: sentences go over them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from disclosure_lint.readers.pdf.lines import Line

_OTHER_SIZE = 0.15
_WIDER = 1.35
"""So many times the usual distance of lines parts paragraphs."""
_INDENT = 0.7
"""Of a character."""
_HANGING = 1.2
"""Characters: so far may punctuation at the end of a line stand out, and others stay behind."""
_FIRST_WORD = re.compile(r"[“‘《（【〈\[(]*(?:[\x21-\x7e]+|.)[，。、；：？！”’》）】〉,.;:?!\])%]*")
"""What cannot be parted at a line's end."""


class Measures:
    """How wide the text of a file stands on its pages, and how far its lines are apart."""

    def __init__(self, lines: Sequence[Line]):
        """Takes all lines that are in no table."""
        self.left = _edge([-line.box.left for line in lines]) * -1 if lines else 0.0
        self.right = _edge([line.box.right for line in lines]) if lines else 0.0
        steps = sorted(
            below.box.bottom - above.box.bottom
            for above, below in pairwise(lines)
            if above.page == below.page and below.box.bottom > above.box.bottom
        )
        self.step = steps[len(steps) // 3] if steps else 0.0
        """The usual distance of lines, rather that within paragraphs than that between them."""

    def goes_on(self, above: Line, below: Line) -> bool:
        """Says whether two lines that follow each other are of one paragraph."""
        size, next_size = above.box.bottom - above.box.top, below.box.bottom - below.box.top
        if abs(size - next_size) > _OTHER_SIZE * max(size, next_size):
            return False
        if below.box.left > self.left + _INDENT * below.em:
            return False
        if above.page == below.page and below.box.bottom - above.box.bottom > max(self.step, size) * _WIDER:
            return False
        return above.box.right + self._first_word(below) + _HANGING * below.em > self.right

    def _first_word(self, line: Line) -> float:
        match = _FIRST_WORD.match(line.text)
        assert match is not None
        return sum(0.5 if character.isascii() else 1.0 for character in match.group()) * line.em


def _edge(places: Sequence[float]) -> float:
    """Returns where lines end that are as long as lines may be: one that juts out alone does not count."""
    ordered = sorted(places, reverse=True)
    for place, next_place in pairwise(ordered):
        if place - next_place < 18:
            return place
    return ordered[0]


def paragraphs(lines: Sequence[Line], measures: Measures) -> list[list[Line]]:
    """Returns the lines that follow one another as paragraphs."""
    found: list[list[Line]] = []
    for line in lines:
        if found and measures.goes_on(found[-1][-1], line):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def text_of(lines: Sequence[Line]) -> str:
    """Returns the text of a paragraph: between lines, a space stands only between words of letters."""
    text = lines[0].text
    for line in lines[1:]:
        words = text[-1].isascii() and line.text[0].isascii() and (text[-1].isalpha() or line.text[0].isalpha())
        text += (" " if words else "") + line.text
    return text
