"""Headers, footers and page numbers: what stands at the edges of pages, and comes again."""

from collections import Counter
from collections.abc import Sequence
from itertools import product

from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.readers.pdf.lines import Line
from disclosure_lint.readers.pdf.pieces import Element

_EDGE = 0.125
"""Of the page's height: nothing further inside is left out."""
_NUMBER = lazy_re_compile(r"([-·.—]*)(第|[Pp]age)?(\d{1,4})(页)?(?:[，、/]?(?:共|of)?(\d{1,4})页?)?[-·.—]*")
_DIGITS = lazy_re_compile(r"\d{1,9}")
_ROW = lazy_re_compile(r"\d +\d")
_MOST_NUMBERS = 3
"""Of a line: further ones may be any."""
_SAME_HEIGHT = 3.0


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
