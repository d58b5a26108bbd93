"""A statutory table with its cells, in runs of rows that share their columns, and as the official template draws it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile
from typing import Literal, NamedTuple

from disclosure_lint.model.form import Column, TableForm


class Line(NamedTuple):
    """A row of a table, or one of the blocks that stand side by side."""

    row: str
    """Id in the form."""
    label: str
    cells: tuple[str, ...]


class Grid(NamedTuple):
    """A statutory table."""

    form: TableForm
    lines: tuple[Line, ...]
    without: str = ""
    """Id of a column that was taken out; empty for none."""


class Run(NamedTuple):
    """Rows below each other under one header."""

    title: str
    """What stands above the header: the group of rows that have columns of their own; empty where all are alike."""
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    groups: tuple[tuple[str, ...], ...]
    """For each line the labels of the groups that it stands under, besides the title."""


def runs(grid: Grid) -> Iterator[Run]:
    """Yields the runs of a table whose rows stand below each other."""
    form = grid.form
    for (title, ids), members in groupby(grid.lines, key=lambda line: _block(form, line)):
        lines = tuple(members)
        columns = tuple(form.column(key) for key in ids if key != grid.without)
        groups = (form.row(line.row).groups for line in lines)
        kept = tuple(line._replace(cells=_kept(line, ids, grid.without)) for line in lines)
        yield Run(title, columns, kept, tuple(own[1:] if title else own for own in groups))


def block_paths(grid: Grid) -> list[tuple[str, ...]]:
    """Returns for each number of blocks side by side the labels above it, outermost first."""
    return [
        (*row.groups, line.label, grid.form.column(column).label)
        for line in grid.lines
        for row in (grid.form.row(line.row),)
        for column in row.columns
    ]


def _block(table: TableForm, line: Line) -> tuple[str, tuple[str, ...]]:
    """Returns the group that a row stands under in a table of blocks with columns of their own, and those columns."""
    row = table.row(line.row)
    if row.columns == tuple(column.id for column in table.columns):
        return "", row.columns
    return (row.groups[0] if row.groups else table.title), row.columns


def _kept(line: Line, columns: tuple[str, ...], without: str) -> tuple[str, ...]:
    if without not in columns:
        return line.cells
    return tuple(cell for column, cell in zip(columns, line.cells, strict=True) if column != without)


class Piece(NamedTuple):
    """A label with what it covers: of a header the level is a row, of the left side of a table a column."""

    text: str
    level: int
    """Where it begins, from 0."""
    levels: int
    at: int
    """The first member that it stands for, from 0."""
    length: int


def nested(paths: Sequence[Sequence[str]], depth: int) -> list[Piece]:
    """Returns the labels of members from their paths, outermost first, each as often as it begins anew.

    The last label of a path that is shorter than the depth covers the levels that are left.
    """
    return [
        _piece(paths, depth, level, at)
        for at, path in enumerate(paths)
        for level in range(len(path))
        if not at or not _goes_on(paths[at - 1], path, level)
    ]


def depth_of(paths: Sequence[Sequence[str]]) -> int:
    """Returns how many levels these paths need."""
    return max(map(len, paths))


def _piece(paths: Sequence[Sequence[str]], depth: int, level: int, at: int) -> Piece:
    path = paths[at]
    if level == len(path) - 1:
        return Piece(path[level], level, depth - level, at, 1)
    following = takewhile(lambda later: _goes_on(path, later, level), paths[at + 1 :])
    return Piece(path[level], level, 1, at, 1 + sum(1 for _ in following))


def _goes_on(before: Sequence[str], path: Sequence[str], level: int) -> bool:
    """Says whether a group of one member is that of the next one too."""
    inside = level < min(len(before), len(path)) - 1
    return inside and list(before[: level + 1]) == list(path[: level + 1])


Kind = Literal["head", "label", "number"]


class Cell(NamedTuple):
    """A cell with what it covers; rows and columns count from 0."""

    text: str
    kind: Kind
    row: int
    column: int
    rows: int = 1
    columns: int = 1


class Sheet(NamedTuple):
    """A rectangle that its cells fill."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    stubs: int
    """So many columns on the left hold labels of rows."""
    head: int
    """So many rows at the top name the columns of all others."""


def sheet_of(grid: Grid) -> Sheet:
    """Returns the table as a rectangle; runs of rows with columns of their own stand in it below each other."""
    if grid.form.side_by_side:
        return _side_by_side(grid)
    below = list(runs(grid))
    stubs = max((1 + len(groups) for run in below for groups in run.groups), default=1)
    columns = stubs + max((len(run.columns) for run in below), default=1)
    cells: list[Cell] = []
    top = head = 0
    for run in below:
        found = list(_run(run, grid.form.corner, stubs, columns))
        cells += (cell._replace(row=cell.row + top) for cell in found)
        top += 1 + found[-1].row
        head = found[-1].row + 1 - len(run.lines)
    return Sheet(tuple(cells), top, columns, stubs, head if len(below) == 1 else 0)


def _run(run: Run, corner: str, stubs: int, columns: int) -> Iterator[Cell]:
    """Yields the cells of a run from the top; where it has fewer columns than others, its last one is wide."""
    top = 0
    if run.title:
        yield Cell(run.title, "head", 0, 0, 1, columns)
        top = 1
    starts = _starts(len(run.columns), stubs, columns)
    paths = [(*column.groups, column.label) for column in run.columns]
    depth = depth_of(paths)
    yield Cell(corner, "head", top, 0, depth, stubs)
    yield from _header(nested(paths, depth), starts, top)
    top += depth
    labels = [(*groups, line.label) for line, groups in zip(run.lines, run.groups, strict=True)]
    beside = nested(labels, stubs)
    for at, line in enumerate(run.lines):
        for piece in beside:
            if piece.at == at:
                yield Cell(piece.text, "label", top + at, piece.level, piece.length, piece.levels)
        yield from _numbers(line.cells, starts, top + at)


def _starts(count: int, stubs: int, columns: int) -> list[int]:
    """Returns where each of some columns begins, and where the last one ends."""
    return [*range(stubs, stubs + count), columns]


def _header(pieces: Iterable[Piece], starts: Sequence[int], top: int) -> Iterator[Cell]:
    for piece in pieces:
        begin, end = starts[piece.at], starts[piece.at + piece.length]
        yield Cell(piece.text, "head", top + piece.level, begin, piece.levels, end - begin)


def _numbers(texts: Sequence[str], starts: Sequence[int], row: int) -> Iterator[Cell]:
    for at, text in enumerate(texts):
        yield Cell(text, "number", row, starts[at], 1, starts[at + 1] - starts[at])


def _side_by_side(grid: Grid) -> Sheet:
    paths = block_paths(grid)
    starts = list(range(len(paths) + 1))
    depth = depth_of(paths)
    cells = list(_header(nested(paths, depth), starts, 0))
    cells += _numbers([cell for line in grid.lines for cell in line.cells], starts, depth)
    return Sheet(tuple(cells), depth + 1, len(paths), 0, depth)
