"""Lines of text, made of what stands at one height."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.source import columns_taken
from disclosure_lint.readers.pdf.geometry import Box, Run, new

_GAP = 0.8
"""Of a character's width: a wider gap within Chinese text is a space."""
_NARROWEST_GAP, _OTHER_SIZE = 0.6, 0.15
"""Of half a character, and of a character: a wider gap parts the cells of a table without lines."""
_WORD_GAP = 0.2
"""The same between letters and digits."""
_WIDTH = 0.85
"""Of a Chinese character, against the height of letters of the same size."""
_CELL_MARGIN = 14.0
"""Points that cells leave free at both sides together, at the most."""
_COLUMN_GAP = 1.2
"""Characters between two columns of a table without ruled lines, at the least."""
_COLUMN_GAP_OF_NUMBERS = 0.4
"""The same between two numbers."""
_COLUMN_GAP_IN_ROWS = 0.2
"""The same before a number in a row of a table: as wide as a space."""
_FEWEST_NUMBERS = 4
_FIRST_WORD = lazy_re_compile(r"(?s)[“‘《（【〈\[(]*(?:[\x21-\x7e]+|.)[，。、；：？！”’》）】〉,.;:?!\])%]*")


_Element = TypeVar("_Element")


class Line(NamedTuple):
    """A line of text."""

    box: Box
    text: str
    runs: tuple[Run, ...]
    """From left to right."""
    page: int
    """From 1."""
    steps: tuple[float, float] | None = None
    """For a line of a table without lines: where columns of characters begin on its page, and how wide they are."""

    @property
    def placed(self) -> str:
        """Its text, with what follows wide gaps as far from the left as on the page, if it is to show columns."""
        left, step = self.steps or (0.0, 0.0)
        of_other_size = self.em - 2 * step > _OTHER_SIZE * self.em and not self._longest.text.isascii()
        if not step or of_other_size or "。" in self.text:
            return self.text
        text, width, end = "", 0, left
        for run in self.runs:
            # Numbers that follow each other are of two cells, however close these are.
            if run.left - end > _NARROWEST_GAP * step or (text[-1:].isdigit() and run.text[0].isdigit()):
                gap = max(int(bool(text)), round((run.left - left) / step) - width)
                text, width = text + " " * gap, width + gap
            text += run.text
            width += columns_taken(run.text)
            end = run.right
        return text

    @property
    def is_parted(self) -> bool:
        """Whether it is a line of a table without lines, in which cells stand beside each other."""
        return self.steps is not None and "  " in self.placed.strip(" ")

    @property
    def em(self) -> float:
        """Width of a Chinese character, as far as it can be told."""
        left, top, right, bottom, text, _ = self._longest
        if text.isascii():
            return max(1.0, (bottom - top) * _WIDTH)
        narrow = len(text.encode("ascii", "ignore"))
        return max(1.0, (right - left) / (len(text) - narrow / 2))

    @property
    def has_words(self) -> bool:
        """Whether Chinese characters tell its size."""
        return not self._longest.text.isascii()

    @property
    def is_mixed(self) -> bool:
        """Whether much of it is letters and digits."""
        return len(self.text.encode("ascii", "ignore")) > 0.25 * len(self.text)

    @property
    def is_row(self) -> bool:
        """Whether it is numbers and nothing else, as in a table without lines."""
        words = self.text.split()
        return len(words) >= _FEWEST_NUMBERS and all(map(str.isdigit, words))

    @property
    def middle(self) -> float:
        """Height of its middle, as most of its characters stand."""
        _, top, _, bottom, _, _ = self._longest
        return (top + bottom) / 2

    @property
    def _longest(self) -> Run:
        if len(self.runs) == 1:
            return self.runs[0]
        longest = max(self.runs, key=_length)
        # Of the size of text, figures tell less than words, however many they are.
        words = [run for run in self.runs if not run.text.isdigit()] if longest.text.isdigit() else ()
        return max(words, key=_length) if words else longest


def _length(run: Run) -> int:
    return len(run.text)


def read_lines(runs: Iterable[Run], page: int) -> list[Line]:
    """Returns the lines that runs of a page stand on, from top to bottom."""
    groups: list[list[Run]] = []
    middle = high = 0.0
    for run in sorted(runs, key=_middle):
        _, top, _, bottom, _, _ = run
        here, tall = top + bottom, bottom - top
        if not groups or here - middle > (high if high > tall else tall):
            groups.append([run])
            middle, high = here, tall
        else:
            groups[-1].append(run)
    return [_line(group, page) for group in groups]


def _middle(run: Run) -> float:
    return run.top + run.bottom


def _line(group: list[Run], page: int) -> Line:
    if len(group) == 1:
        return line_of(group[0], page)
    group.sort()
    lefts, tops, rights, bottoms, _, _ = zip(*group, strict=True)
    box = new(Box, (lefts[0], min(tops), max(rights), max(bottoms)))
    return new(Line, (box, text_of_runs(group), tuple(group), page, None))


def text_of_runs(runs: Sequence[Run], *, are_parted: bool = False) -> str:
    """Returns the text of runs beside each other; `are_parted` says that each number is a run of its own."""
    lefts, tops, rights, bottoms, texts, _ = zip(*runs, strict=True)
    text: str = texts[0]
    for at in range(1, len(runs)):
        words = text[-1].isascii() and texts[at][0].isascii()
        # The height of the run that follows tells how wide a space is.
        is_apart = lefts[at] - rights[at - 1] > (bottoms[at] - tops[at]) * (_WORD_GAP if words else _GAP)
        if is_apart or (are_parted and text[-1].isdigit() and texts[at][0].isdigit()):
            text += " "
        text += texts[at]
    return text


def line_of(run: Run, page: int) -> Line:
    """Returns the line on which a run stands alone."""
    return new(Line, (new(Box, run[:4]), run[4], (run,), page, None))


def in_cell(lines: Sequence[Line], box: Box) -> str:
    """Returns the text of a cell on one line; between numbers that stand in two lines there is a space."""
    if len(lines) < 2:
        return lines[0].text if lines else ""
    text = lines[0].text
    for above, below in pairwise(lines):
        words = above.text[-1].isascii() and below.text[0].isascii()
        text += (" " if words and not fills(above, below.text, box) else "") + below.text
    return text


def fills(line: Line, following: str, box: Box) -> bool:
    """Says whether a line of a cell is so full that the text that follows had to go to the next line."""
    # A number is parted only where not one more digit has room.
    is_one_number = line.text[-1].isdigit() and following[0].isdigit()
    more = first_word(following[0] if is_one_number else following, line.em)
    return (line.box.right - line.box.left) + more > (box.right - box.left) - _CELL_MARGIN


def first_word(text: str, em: float) -> float:
    """Returns how wide the beginning of a text is that cannot be parted at a line's end."""
    match = _FIRST_WORD.match(text)
    assert match is not None
    return sum(0.5 if character.isascii() else 1.0 for character in match.group()) * em


def with_places(pages: Sequence[Sequence[_Element]]) -> list[list[_Element | Line]]:
    """Returns what stands on the pages, lines with their places if there is a table without ruled lines.

    Which columns it has is decided by whoever knows what it should have; here it is only seen that lines have wide
    gaps below each other.
    """
    if not any(map(_has_columns, pages)):
        return [[*page] for page in pages]
    lines = [one for page in pages for one in page if isinstance(one, Line)]
    # The text of tables tells: wider columns would have no room for it, and what is close pushes the rest aside.
    rows = [line for line in lines if _has_gaps(line)]
    sizes = sorted(line.em for line in [line for line in rows if line.has_words] or rows)
    steps = min(line.box.left for line in lines), max(1.0, round(2 * sizes[len(sizes) // 2]) / 4)
    return [[one._replace(steps=steps) if isinstance(one, Line) else one for one in page] for page in pages]


def _has_columns(page: Sequence[object]) -> bool:
    """Says whether two lines below each other have wide gaps."""
    gaps = [isinstance(one, Line) and _has_gaps(one) for one in page]
    return any(all(pair) for pair in pairwise(gaps))


def _has_gaps(line: Line) -> bool:
    """Says whether wide gaps part what stands in a line."""
    row = _ends_with_numbers(line)
    for before, after in pairwise(line.runs):
        least = _COLUMN_GAP
        if before.text[-1].isdigit() and after.text[0].isdigit():
            least = _COLUMN_GAP_IN_ROWS if row else _COLUMN_GAP_OF_NUMBERS
        elif row and after.text.isdigit():
            least = _COLUMN_GAP_IN_ROWS
        if after.left - before.right > least * line.em:
            return True
    return False


def _ends_with_numbers(line: Line) -> bool:
    """Says whether a line ends with so many numbers that it is a row of a table, be they ever so near to each other."""
    words = line.text.split()
    return len(words) >= _FEWEST_NUMBERS and all(word.isdigit() for word in words[-_FEWEST_NUMBERS:])
