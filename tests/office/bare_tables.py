"""Tables drawn without lines, in columns as narrow as can be: text at given places, as `tests.office.pdf` writes it.

Columns are as wide as their longest number and a little more, so that numbers of two cells stand as close as digits of
one. Nothing but gaps, places and, in some files, what one command draws tells them apart.
"""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from tests.generation.official import Block, Grid, Piece
from tests.office.pdf import A4, Look, glyphs, pdf_file, wide

MARGIN, TOP, BOTTOM = 50.0, 60.0, 790.0
_BODY, _STEP = 12.0, 20.0
_NARROWEST_LABEL = 9


class Bare(NamedTuple):
    """How a table without lines is drawn."""

    size: float = 10.5
    gap: float = 2
    """Points between columns, at the least."""
    spaced: float = 0
    """Points between characters."""
    sides: str = "right"
    """How numbers stand in columns: `left`, `right` or `center`."""
    whole: bool = True
    """Whether one command draws a number; else each of its digits is drawn by itself."""
    step: float = 1.5
    """Height of a line against the size."""


def bare_of(rng: Random) -> Bare:
    """Returns some way to draw."""
    spaced = rng.choice((0, 0, 0, 1, 2))
    # What is no further apart than characters that are spaced out, nobody can tell apart.
    gap = rng.choice([gap for gap in (1, 1.5, 2, 3, 4, 6) if not spaced or abs(gap - spaced) > 0.45])
    sides = rng.choice(("left", "right", "center"))
    return Bare(rng.choice((7.5, 9, 10.5, 12)), gap, spaced, sides, rng.random() < 0.5, rng.choice((1.2, 1.5, 2)))


def bare_pdf(blocks: Sequence[Block], how: Bare) -> bytes:
    """Returns a report as a file whose tables have no lines."""
    pages = [""]
    y = TOP
    for block in blocks:
        drawn = (
            _rows(block, how) if isinstance(block, Grid) else [[(MARGIN, 0.0, line)] for line in _wrapped(block.text)]
        )
        size, spaced = (how.size, how.spaced) if isinstance(block, Grid) else (_BODY, 0.0)
        for row in drawn:
            high = max(down for _, down, _ in row) + (size * how.step if isinstance(block, Grid) else _STEP)
            if y + high > BOTTOM:
                pages.append("")
                y = TOP
            pages[-1] += "".join(_text(x, y + down, text, size, spaced, whole=how.whole) for x, down, text in row)
            y += high
        y += _BODY
    return pdf_file(pages)


def _wrapped(text: str, width: float = A4[0] - 2 * MARGIN, size: float = _BODY, spaced: float = 0) -> list[str]:
    lines = [""]
    for char in text:
        if lines[-1] and _wide(lines[-1] + char, size, spaced) > width + 0.01:
            lines.append("")
        lines[-1] += char
    return lines


def _wide(text: str, size: float, spaced: float) -> float:
    return wide(text, size) + spaced * len(text)


def _text(x: float, y: float, text: str, size: float, spaced: float, *, whole: bool) -> str:
    if whole and not spaced:
        return glyphs(x, y, text, size, Look(glyphs=False))
    found = ""
    for char in text:
        found += glyphs(x, y, char, size)
        x += wide(char, size) + spaced
    return found


def _rows(grid: Grid, how: Bare) -> list[list[tuple[float, float, str]]]:
    """Returns what stands in the rows of a table: x, how far below the row's top, and the text of each line."""
    placed = list(_placed(grid))
    widths = [how.size + how.gap] * grid.width
    for _, column, piece in placed:
        if piece.name and piece.columns == 1:
            need = _wide(piece.text, how.size, how.spaced) - how.spaced + how.gap
            widths[column] = max(widths[column], need)
    labels = {column for _, column, piece in placed if not piece.name} - {
        column for _, column, piece in placed if piece.name
    }
    for column in labels:
        widths[column] = _NARROWEST_LABEL * how.size / max(1, len(labels)) + 2 * how.size
    xs = [MARGIN]
    for width in widths:
        xs.append(xs[-1] + width)
    rows: list[list[tuple[float, float, str]]] = [[(MARGIN, 0.0, "")] for _ in grid.rows]
    for at, column, piece in placed:
        left, right = xs[column], xs[min(column + piece.columns, grid.width)] - how.gap
        lines = [piece.text] if piece.name else _wrapped(piece.text, right - left, how.size, how.spaced)
        for number, line in enumerate(lines):
            room = right - left - _wide(line, how.size, how.spaced) + how.spaced
            shift = {"left": 0.0, "center": room / 2, "right": room}[how.sides] if piece.name else 0.0
            rows[at].append((left + shift, number * how.size * how.step, line))
    return rows


def _placed(grid: Grid) -> list[tuple[int, int, Piece]]:
    """Returns the cells with their rows and columns."""
    taken: set[tuple[int, int]] = set()
    found: list[tuple[int, int, Piece]] = []
    for at, row in enumerate(grid.rows):
        column = 0
        for piece in row:
            while (at, column) in taken:
                column += 1
            taken |= {(at + down, column + right) for down in range(piece.rows) for right in range(piece.columns)}
            found.append((at, column, piece))
            column += piece.columns
    return found
