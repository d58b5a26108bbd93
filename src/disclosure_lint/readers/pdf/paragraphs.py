"""Paragraphs, made of lines: sentences go over them."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.readers.pdf.lines import Line, first_word

_OTHER_SIZE = 0.1
_VAGUE_SIZE = 0.25
"""The same where a line has many letters and digits, whose width says little."""
_WIDER = 1.35
"""So many times the usual distance of lines parts paragraphs."""
_STEP = 1.6
"""Characters: the distance of lines where it cannot be told."""
_WIDEST_STEP = 2.3
_INDENT = 0.7
"""Of a character."""
_BEHIND = 0.5
"""Of a character: so far may the end of a full line stay behind that of others."""
_FAR_BEHIND = 1.2
"""The same where it is not certain where most full lines end."""
_ALONE = 18.0
_CENTRED = 0.5
"""Of a character: a line that begins and ends further in, as far at both sides, is a title."""
_FIRST_INDENT = (1.7, 2.3)
"""Characters: so far in a paragraph begins, whose first line may end as far in before a long word."""
_HEADING = lazy_re_compile("[一二三四五六七八九十]{1,3}、[^，。；]+$")
_PART_OF_NUMBER = "第、至—一二三四五六七八九十"
"""What stands before an ordinal within a sentence."""
_ITEM = lazy_re_compile("[（(][一二三四五六七八九十]{1,3}[）)]")


class Measures:
    """How wide the text of a file stands on its pages, and how far its lines are apart."""

    def __init__(self, lines: Sequence[Line]):
        """Takes all lines that are in no table."""
        self.left = _left([line.box.left for line in lines])
        self.right, is_usual = _right(lines)
        self._behind = _BEHIND if is_usual else _FAR_BEHIND
        steps = sorted(
            (below.middle - above.middle) / below.em
            for above, below in pairwise(lines)
            if self._may_go_on(above, below)
        )
        self.step = min(steps[len(steps) // 3], _WIDEST_STEP) if steps else _STEP
        """The usual distance of lines in characters, rather that within paragraphs than that between them."""

    def goes_on(self, above: Line, below: Line) -> bool:
        """Says whether two lines that follow each other are of one paragraph."""
        em, other = below.em, above.em
        size = max(other, em)
        if below.box.left > self.left + _INDENT * size or above.is_parted or below.is_parted:
            return False
        difference = abs(other - em)
        # Only between both does it matter whether the lines are mixed.
        if difference > _OTHER_SIZE * size and (
            difference > _VAGUE_SIZE * size or not (above.is_mixed or below.is_mixed)
        ):
            return False
        if above.page == below.page and below.middle - above.middle > self.step * size * _WIDER:
            return False
        if _HEADING.match(below.text) and above.text[-1] not in _PART_OF_NUMBER:
            return False
        if _ITEM.match(below.text) and above.text[-1] in "。！？；：":
            return False
        if self._is_centred(above):
            return False
        return above.box.right + first_word(below.text, em) + self._behind * size > self.right

    def _is_centred(self, line: Line) -> bool:
        before, after = (line.box.left - self.left) / line.em, (self.right - line.box.right) / line.em
        first, last = _FIRST_INDENT
        return min(before, after) > _CENTRED > abs(before - after) and not first < before < last

    def _may_go_on(self, above: Line, below: Line) -> bool:
        """Says whether one line ends, and the other begins, where lines within paragraphs do."""
        if above.page != below.page or below.middle <= above.middle:
            return False
        return above.box.right > self.right - 2 * above.em and below.box.left < self.left + _INDENT * below.em


def _right(lines: Sequence[Line]) -> tuple[float, bool]:
    """Returns where full lines end, and whether most text ends there: marks may stand out."""
    if not lines:
        return 0.0, False
    widths: Counter[int] = Counter()
    for line in lines:
        widths[round(line.box.right / 4)] += round(line.box.right - line.box.left)
    last, width = max(widths.items(), key=lambda item: (item[1], item[0]))
    longest = max(line.box.right - line.box.left for line in lines)
    return (last * 4.0, True) if width > 2 * longest else (-_left([-line.box.right for line in lines]), False)


def _left(places: Sequence[float]) -> float:
    """Returns where lines begin that begin furthest to the left: one that juts out alone does not count."""
    ordered = sorted(places)
    for place, next_place in pairwise(ordered):
        if next_place - place < _ALONE:
            return place
    return ordered[0] if ordered else 0.0


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
    """Returns the text of a paragraph: between lines, a space stands only between words of letters and beside rows."""
    if len(lines) == 1:
        return lines[0].placed
    text = lines[0].text
    for above, line in pairwise(lines):
        words = text[-1].isascii() and line.text[0].isascii() and (text[-1].isalpha() or line.text[0].isalpha())
        words = words or line.is_row or above.is_row
        text += (" " if words else "") + line.text
    return text
