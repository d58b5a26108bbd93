"""Tables as a page has them, and text beside them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from disclosure_lint.readers.pdf.characters import Characters
from disclosure_lint.readers.pdf.geometry import Box, Run
from disclosure_lint.readers.pdf.lattice import Lattice
from disclosure_lint.readers.pdf.lines import Line, fills, in_cell, read_lines

_BEYOND = 3.0
"""Points that characters may stand out of their cell."""


class PieceCell(NamedTuple):
    """A cell of a table as it is on a page."""

    box: Box
    page: int
    """From 1."""
    text: str
    lines: tuple[Line, ...] = ()
    """Of the text, from top to bottom."""
    rows: int = 1
    """How many rows it covers, from the one in which it stands."""

    def may_go_on(self, text: str) -> bool:
        """Says whether its last line goes to the end, so that this text may follow."""
        return bool(self.lines) and fills(self.lines[-1], text, self.box)


class Piece(NamedTuple):
    """What a page has of a table."""

    page: int
    box: Box
    rows: list[list[PieceCell]]
    """For each row the cells that begin in it, from left to right."""
    open_above: bool = False
    """Whether no line is drawn above it."""
    open_below: bool = False


Element = Line | Piece


def elements(page: int, characters: Characters, runs: Iterable[Run], lattices: Sequence[Lattice]) -> list[Element]:
    """Returns what stands on a page, from top to bottom."""
    if not lattices:
        return [*read_lines(runs, page)]
    inside: list[dict[int, list[Run]]] = [{} for _ in lattices]
    outside: list[Run] = []
    for run in runs:
        for one in _whole_or_not(run, lattices, characters):
            number, cell = _cell(one, lattices)
            if cell is None:
                outside.append(one)
            else:
                inside[number].setdefault(cell, []).append(one)
    pieces = [_piece(page, lattice, found) for lattice, found in zip(lattices, inside, strict=True)]
    placed: list[Element] = [*read_lines(outside, page), *pieces]
    return sorted(placed, key=_height)


def _height(element: Element) -> float:
    """Returns where an element begins, a line by its middle: its box may reach into a table."""
    return (element.box.top + element.box.bottom) / 2 if isinstance(element, Line) else element.box.top


def _cell(run: Run, lattices: Sequence[Lattice]) -> tuple[int, int | None]:
    """Returns the table and the cell that a run's middle is in."""
    x, y = (run.left + run.right) / 2, (run.top + run.bottom) / 2
    for number, lattice in enumerate(lattices):
        cell = lattice.cell_at(x, y)
        if cell is not None:
            return number, cell
    return 0, None


def _whole_or_not(run: Run, lattices: Sequence[Lattice], page: Characters) -> list[Run]:
    """Returns a run, or its characters one by one if it reaches out of its cell."""
    number, cell = _cell(run, lattices)
    if run.first < 0:
        return [run]
    if cell is None and all(run.bottom < one.ys[0] or run.top > one.ys[-1] for one in lattices):
        return [run]
    if cell is not None:
        box = lattices[number].box(lattices[number].cells[cell])
        if box.left - _BEYOND <= run.left and run.right <= box.right + _BEYOND:
            return [run]
    places = range(run.first, run.first + len(run.text))
    return [Run(page.left[at], page.top[at], page.right[at], page.bottom[at], page.text[at], at) for at in places]


def _piece(page: int, lattice: Lattice, runs: dict[int, list[Run]]) -> Piece:
    rows: list[list[PieceCell]] = [[] for _ in lattice.ys[1:]]
    for number, cell in enumerate(lattice.cells):
        box = lattice.box(cell)
        lines = tuple(read_lines(runs[number], page)) if number in runs else ()
        rows[cell.top].append(PieceCell(box, page, in_cell(lines, box), lines, cell.bottom - cell.top))
    return Piece(page, lattice.outline, rows, lattice.open_above, lattice.open_below)
