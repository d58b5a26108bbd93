"""The official template as a grid with merged cells, to be written in any format that has such cells.

The same blocks are written as Markdown and as text with tabs here; what writes them in other formats stands with
those formats.
"""

from collections.abc import Sequence
from itertools import takewhile
from random import Random
from typing import NamedTuple

from tests.generation.content import Content
from tests.generation.forms import (
    APPLICANTS,
    BALANCE_NOTE,
    DISCLOSED,
    INFORMATION,
    LITIGATION,
    ORGANISATIONS,
    REQUESTS,
    REVIEW,
    SECTIONS,
    Line,
    opened_groups,
)
from tests.generation.writer import block_cells, line_cells, review_cells


class Piece(NamedTuple):
    """A cell that covers some columns and rows of the grid."""

    text: str
    columns: int = 1
    rows: int = 1
    name: str = ""
    """The name of the number that it holds."""


class Grid(NamedTuple):
    """A table; each row has the cells that begin in it."""

    table: str
    width: int
    rows: tuple[tuple[Piece, ...], ...]


class Words(NamedTuple):
    """A heading or a paragraph."""

    text: str
    level: int = 0
    """Of a heading from 1; 0 for a paragraph."""


Block = Words | Grid


def official(content: Content, rng: Random) -> list[Block]:
    """Returns a report as the official template lays it out."""
    body: list[list[Block]] = [
        _overview(content, rng),
        [_disclosed(content)],
        [_requests(content)],
        [_review(content)],
        [Words(f"存在的问题：{content.problems}"), Words(f"改进情况：{content.improvements}")],
        [Words(content.other)],
    ]
    found: list[Block] = [Words(content.title, 1)]
    found += [Words(content.preamble)] if content.preamble else []
    for heading, section in zip(SECTIONS, body, strict=True):
        found += [Words(heading, 2), *section]
    return found + ([Words(content.agency), Words(content.signed)] if content.signed else [])


def _overview(content: Content, rng: Random) -> list[Block]:
    found: list[Block] = []
    opening = rng.choice(("：", "方面：", ""))
    for number, (topic, text) in zip("一二三四五", content.overview, strict=True):
        if opening:
            found.append(Words(f"{topic}{opening}{text}"))
        else:
            found += [Words(f"（{number}）{topic}", 3), Words(text)]
    return found


def _number(content: Content, name: str, columns: int = 1) -> Piece:
    return Piece(content.cell_text(name), columns, name=name)


def _disclosed(content: Content) -> Grid:
    rows: list[tuple[Piece, ...]] = []
    wide = content.shape.disclosed_width
    for block in content.shape.blocks:
        last = wide - len(block.columns)
        spans = [1] * (len(block.columns) - 1) + [last]
        rows.append((Piece(block.article, wide),))
        names = [Piece(text, span) for (_, text), span in zip(block.columns, spans, strict=True)]
        rows.append((Piece(INFORMATION), *names))
        for row, label in block.rows:
            cells = block_cells(DISCLOSED, block, row)
            numbers = [_number(content, name, span) for name, span in zip(cells, spans, strict=True)]
            rows.append((Piece(label), *numbers))
    return Grid(DISCLOSED, wide, tuple(rows))


def _requests(content: Content) -> Grid:
    before, inside, after = content.shape.applicant_labels
    wide = len(content.shape.applicants)
    tall = [[Piece(text, 1, 2) for text in labels] for labels in (before, after)]
    rows: list[tuple[Piece, ...]] = [
        (Piece(BALANCE_NOTE, 3, 3), Piece(APPLICANTS, wide)),
        (*tall[0], Piece(ORGANISATIONS, len(inside)), *tall[1]),
        tuple(map(Piece, inside)),
    ]
    found = content.shape.lines
    groups: tuple[str, ...] = ()
    for at, line in enumerate(found):
        opened = [Piece(group, 1, _height(found[at:], group)) for group in opened_groups(groups, line)]
        label = Piece(line.label, 3 - len(line.groups))
        rows.append((*opened, label, *(_number(content, name) for name in line_cells(content.shape, line))))
        groups = line.groups
    return Grid(REQUESTS, 3 + wide, tuple(rows))


def _height(found: Sequence[Line], group: str) -> int:
    """How many rows from here on stand under a group without a break."""
    return len(list(takewhile(lambda line: group in line.groups, found)))


def _review(content: Content) -> Grid:
    shape = content.shape
    (_, first), *others = shape.review_blocks
    names = [text for _, text in shape.review_columns]
    wide = len(names)
    numbers = [_number(content, name) for block, _ in shape.review_blocks for name in review_cells(shape, block)]
    rows = (
        (Piece(first, wide), Piece(LITIGATION, wide * len(others))),
        (*(Piece(name, 1, 2) for name in names), *(Piece(text, wide) for _, text in others)),
        tuple(map(Piece, names * len(others))),
        tuple(numbers),
    )
    return Grid(REVIEW, wide * (1 + len(others)), rows)


def columns_of(grid: Grid) -> list[list[tuple[int, Piece, bool]]]:
    """Returns for each row its cells from left to right with their columns, and whether they begin in this row."""
    result: list[list[tuple[int, Piece, bool]]] = []
    open_below: dict[int, tuple[Piece, int]] = {}
    for row in grid.rows:
        placed: list[tuple[int, Piece, bool]] = []
        below: dict[int, tuple[Piece, int]] = {}
        column = 0
        for piece in (*row, None):
            while column in open_below:
                above, left = open_below[column]
                placed.append((column, above, False))
                if left > 1:
                    below[column] = (above, left - 1)
                column += above.columns
            if piece is not None:
                placed.append((column, piece, True))
                if piece.rows > 1:
                    below[column] = (piece, piece.rows - 1)
                column += piece.columns
        open_below = below
        result.append(placed)
    return result


def markdown(found: Sequence[Block]) -> str:
    """Returns a report as Markdown, what a merged cell covers left blank."""
    return "".join(_words(block) if isinstance(block, Words) else _pipes(block) for block in found)


def tabbed(found: Sequence[Block]) -> str:
    """Returns a report as text copied from a web page: tables with tabs, what a merged cell covers left blank.

    Without the blank lines between paragraphs, one that lacks its end mark may as well go on in the next line.
    """
    return "".join(f"{block.text}\n\n" if isinstance(block, Words) else _tabs(block) for block in found)


def _tabs(grid: Grid) -> str:
    rows = [[text for _, piece, begins in row for text in _covered(piece, begins)] for row in columns_of(grid)]
    return "".join("\t".join(row) + "\n" for row in rows) + "\n"


def _words(words: Words) -> str:
    return f"{'#' * words.level} {words.text}\n\n" if words.level else f"{words.text}\n\n"


def _pipes(grid: Grid) -> str:
    result = ""
    for number, row in enumerate(columns_of(grid)):
        cells = [text for _, piece, begins in row for text in _covered(piece, begins)]
        result += "|" + "".join(f" {text} |" if text else " |" for text in cells) + "\n"
        if not number:
            result += "|" + "---|" * grid.width + "\n"
    return result + "\n"


def _covered(piece: Piece, begins: bool) -> list[str]:
    return [piece.text if begins else "", *[""] * (piece.columns - 1)]
