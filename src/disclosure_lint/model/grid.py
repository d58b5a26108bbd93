"""A statutory table with its cells, and the runs of rows that share their columns."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

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
