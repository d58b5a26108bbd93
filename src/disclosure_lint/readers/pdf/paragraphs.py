"""Text beside tables: headers, footers and page numbers, which are left out, and paragraphs, made of lines."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, product

from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.readers.pdf.lines import Line, first_word
from disclosure_lint.readers.pdf.pieces import Element

_EDGE = 0.125
"""Of the page's height: nothing further inside is left out."""
_NUMBER = lazy_re_compile(r"([-·.—]*)(第|[Pp]age)?(\d{1,4})(页)?(?:[，、/]?(?:共|of)?(\d{1,4})页?)?[-·.—]*")
_DIGITS = lazy_re_compile(r"\d{1,9}")
_ROW = lazy_re_compile(r"\d +\d")
_MOST_NUMBERS = 3
"""Of a line: further ones may be any."""
_SAME_HEIGHT = 3.0
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


def without_margins(pages: Sequence[list[Element]], heights: Sequence[float]) -> list[list[Element]]:
    """Returns the pages without what is printed at the edge of each."""
    edges = [_edges(page, height) for page, height in zip(pages, heights, strict=True)]
    keys = {id(line): _keys(line, number) for number, page in enumerate(edges) for line in page}
    times: Counter[tuple[str, int]] = Counter()
    for page in edges:
        times.update({key for line in page for key in keys[id(line)]})
    enough = max(2, (len(pages) + 2) // 3)
    gone = _numbers(pages, edges)
    gone.update(id(line) for page in edges for line in page if any(times[key] >= enough for key in keys[id(line)]))
    return [[element for element in page if id(element) not in gone] for page in pages]


def _numbers(pages: Sequence[list[Element]], edges: Sequence[list[Line]]) -> set[int]:
    """Returns which lines are numbers of pages: outermost, and written as such or counting on from page to page."""
    found: set[int] = set()
    plain: list[tuple[int, Line]] = []
    for number, (page, lines) in enumerate(zip(pages, edges, strict=True), 1):
        for line in lines:
            if line is not page[0] and line is not page[-1]:
                continue
            match = _NUMBER.fullmatch(squeeze(line.text))
            if match and (match[1] or match[2] or match[4] or match[5]):
                found.add(id(line))
            elif match:
                plain.append((int(match[3]) - number, line))
    offsets = Counter(offset for offset, _ in plain)
    return found | {id(line) for offset, line in plain if offsets[offset] > 1 or offset == 0}


def _edges(page: Sequence[Element], height: float) -> list[Line]:
    """Returns the lines at both edges of a page, up to the first table or line of the body."""
    found: list[Line] = []
    for element in page:
        if not isinstance(element, Line) or element.box.bottom > height * _EDGE:
            break
        found.append(element)
    for element in reversed(page):
        if not isinstance(element, Line) or element.box.top < height * (1 - _EDGE):
            break
        found.append(element)
    return found


def _keys(line: Line, page: int) -> list[tuple[str, int]]:
    """Returns by what a line is known again: its text at its height or beside it, each number as it is or counting on.

    A row of numbers is known by nothing: it may be of a table, on each page the same.
    """
    text = squeeze(line.text)
    if not any(map(str.isalpha, text)) or _ROW.search(line.text):
        return []
    numbers = _DIGITS.findall(text)[:_MOST_NUMBERS]
    height = round(line.box.top / _SAME_HEIGHT)
    ways = product(*((number, f"page{int(number) - page:+}") for number in numbers))
    words = _DIGITS.sub("0", text)
    return [(" ".join((words, *way)), at) for way in ways for at in (height, height + 1)]


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
