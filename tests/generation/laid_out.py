"""Reports as a printed page comes out of a program that keeps its layout in characters, like `pdftotext -layout`.

`typed` gives them as people with a monospaced editor write them, where a Chinese character counts for two; `unspaced`
as programs that keep the lines, and no places.

A program that keeps the layout counts a Chinese character as one like any other. What stands further to the right on a
page gets no earlier column of characters than anything to the left of it, in whatever line; texts on a line that are
close to each other become one, with a space between.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import NamedTuple

from tests.generation.official import Block, Grid, Piece, Words, columns_of
from tests.generation.writer import width

_CLOSE = 2.0
"""Texts less than an em apart are one."""
_LABELS = 3
"""So many columns of labels has 表三."""
_MARGIN = 0.5
_INDENTED = 0.05
"""Such a share of the numbers."""


class _Text(NamedTuple):
    """A piece of a line on a page; a Chinese character is two units wide."""

    line: float
    left: float
    text: str

    @property
    def right(self) -> float:
        return self.left + width(self.text)

    def edge(self, characters: int) -> float:
        """Where so many characters end."""
        return self.left + width(self.text[:characters])


def laid_out(blocks: Iterable[Block], rng: Random) -> str:
    """Returns a report printed on pages of some size and taken out of them."""
    paper, lines = rng.choice((76, 100, 120, 160)), rng.randint(25, 70)
    printer = _Printer(rng, paper)
    pages: list[list[_Text]] = [[]]
    used = 0.0
    for block in blocks:
        for height, texts in printer.rows(block):
            if used + height > lines:
                pages.append([])
                used = 0
            pages[-1] += [text._replace(line=text.line + used) for text in texts]
            used += height
    return "".join(_page(page) + "\f" for page in pages)


def typed(blocks: Iterable[Block], rng: Random) -> str:
    """Returns a report whose columns were kept in place by hand."""
    printer = _Printer(rng, rng.choice((76, 100, 120, 160)))
    result = ""
    for block in blocks:
        for _, texts in printer.rows(block):
            lines: dict[int, str] = {}
            for text in sorted(texts, key=lambda text: (int(text.line), text.left)):
                line = lines.get(int(text.line), "")
                spaces = max(int(bool(line)), round(text.left) - width(line))
                lines[int(text.line)] = line + " " * spaces + text.text
            result += "".join(f"{lines[at]}\n" for at in sorted(lines)) or "\n"
    return result


def unspaced(blocks: Iterable[Block], rng: Random) -> str:
    """Returns a report whose texts stand one space apart."""
    return re.sub(r"(?<=[^ \n\f]) +", " ", laid_out(blocks, rng))


class _Printer:
    """Where the texts of blocks stand, row by row."""

    def __init__(self, rng: Random, paper: int):
        self.rng, self.paper = rng, paper
        self.across = rng.choice((0.5, 0.5, 0.0, 1.0))
        """How far numbers are moved to the right in their cells, from 0 to 1."""
        self.down = rng.choice((0.5, 0.0))
        """How far texts are moved down in their cells."""
        self.indent = rng.choice((0.0, 0.0, 1.0, 2.0))
        """How far some numbers are moved to the right besides, as by spaces before them."""

    def rows(self, block: Block) -> Iterator[tuple[float, list[_Text]]]:
        """Yields the height of each row that a page end does not part, and its texts."""
        if isinstance(block, Words):
            for text in _wrapped(block.text, self.paper):
                yield 1.0, [_Text(0.0, 0.0, text)]
            return
        edges = self._edges(block)
        rows = columns_of(block)
        heights = [
            max([len(self._lines(piece, at, edges)) for at, piece, _ in row if piece.rows == 1], default=1)
            for row in rows
        ]
        for number, row in enumerate(rows):
            texts = [
                text
                for at, piece, begins in row
                if begins
                for text in self._cell(piece, at, edges, sum(heights[number : number + piece.rows]))
            ]
            yield float(heights[number]), texts

    def _edges(self, grid: Grid) -> Sequence[float]:
        labels = (3.0, 4.0, 12.0) if grid.width > 2 * _LABELS and grid.rows[0][0].columns == _LABELS else ()
        shares = [*labels, *[self.rng.choice((3.0, 3.4))] * (grid.width - len(labels))]
        return [self.paper * sum(shares[:at]) / sum(shares) for at in range(len(shares) + 1)]

    def _lines(self, piece: Piece, at: int, edges: Sequence[float]) -> list[str]:
        return list(_wrapped(piece.text, edges[at + piece.columns] - edges[at] - 2 * _MARGIN))

    def _cell(self, piece: Piece, at: int, edges: Sequence[float], height: int) -> Iterator[_Text]:
        lines = self._lines(piece, at, edges)
        room = edges[at + piece.columns] - edges[at] - 2 * _MARGIN
        across = self.across if piece.name else 0.5
        for number, text in enumerate(lines):
            left = edges[at] + _MARGIN + across * max(0.0, room - width(text))
            left += self.indent if piece.name and self.rng.random() < _INDENTED else 0.0
            yield _Text(number + self.down * max(0, height - len(lines)), left, text)


def _wrapped(text: str, room: float) -> Iterator[str]:
    """Yields the lines of a text; a number stays whole."""
    if width(text) <= room or text.isascii():
        yield from [text] if text else []
        return
    line = ""
    for char in text:
        if line and width(line + char) > room:
            yield line
            line = ""
        line += char
    yield line


def _page(texts: Iterable[_Text]) -> str:
    """Returns a page in characters."""
    columns: list[tuple[_Text, int]] = []
    for text in sorted(_joined(texts), key=lambda text: (text.left, text.line)):
        columns.append((text, max([0, *(_column_behind(other, start, text.left) for other, start in columns)])))
    lines: dict[float, str] = {}
    for text, column in sorted(columns, key=lambda one: (one[0].line, one[0].left)):
        lines[text.line] = lines.get(text.line, "").ljust(column) + text.text
    return "".join(f"{line}\n" for line in lines.values())


def _joined(texts: Iterable[_Text]) -> Iterator[_Text]:
    last: _Text | None = None
    for text in sorted(texts):
        if last is not None and last.line == text.line and text.left - last.right < _CLOSE:
            last = last._replace(text=f"{last.text} {text.text}")
            continue
        if last is not None:
            yield last
        last = text
    if last is not None:
        yield last


def _column_behind(text: _Text, start: int, left: float) -> int:
    """Returns the first column of characters for what begins at a place, as far as a text to the left of it says."""
    if left >= text.right:
        return start + len(text.text) + 1
    return start + sum(left >= (text.edge(at) + text.edge(at + 1)) / 2 for at in range(len(text.text)))
