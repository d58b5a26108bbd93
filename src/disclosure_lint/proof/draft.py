"""A report as parts and lines, before it is text: what can be mutilated without searching in text."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from disclosure_lint.model.form import Address, Form, TableForm

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_STUB = "项目"


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


class Part(NamedTuple):
    """A section."""

    section: str
    """Id in the form; empty for one that the form does not have."""
    heading: str
    level: int
    paragraphs: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()


class Draft(NamedTuple):
    """A report in the making."""

    form: Form
    agency: str
    year: int
    title: str
    """Empty for none."""
    preface: tuple[str, ...]
    """Paragraphs before the first section."""
    parts: tuple[Part, ...]

    def text(self) -> str:
        """Returns the report as Markdown."""
        blocks = [f"# {self.title}"] if self.title else []
        blocks += self.preface
        for part in self.parts:
            blocks.append(f"{'#' * part.level} {part.heading}")
            blocks += part.paragraphs
            blocks += (block for grid in part.grids for block in _tables(grid))
        return "\n\n".join(blocks) + "\n"

    def part(self, section: str) -> Part:
        """Returns a section; KeyError if it is not there."""
        for part in self.parts:
            if part.section == section:
                return part
        raise KeyError(section)

    def with_part(self, new: Part) -> "Draft":
        """Returns the draft with that part in place of the section with its id."""
        return self._replace(parts=tuple(new if part.section == new.section else part for part in self.parts))

    def words(self, section: str) -> tuple[str, ...]:
        """Returns the paragraphs of a section, none if it is not there; for an empty id those before all sections."""
        if not section:
            return self.preface
        return next((part.paragraphs for part in self.parts if part.section == section), ())

    def with_words(self, section: str, *paragraphs: str) -> "Draft":
        """Returns the draft with other paragraphs in a section, or before the first one for an empty id."""
        if not section:
            return self._replace(preface=paragraphs)
        return self.with_part(self.part(section)._replace(paragraphs=paragraphs))

    def in_year(self, year: int) -> "Draft":
        """Returns the same report of another year."""

        def changed(texts: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(text.replace(str(self.year), str(year)) for text in texts)

        parts = tuple(part._replace(paragraphs=changed(part.paragraphs)) for part in self.parts)
        (title,) = changed((self.title,))
        return self._replace(year=year, title=title, preface=changed(self.preface), parts=parts)

    def with_line(self, table: str, row: str, line: Line | None) -> "Draft":
        """Returns the draft with another line in the place of a row, or without it."""

        def changed(grid: Grid) -> Grid:
            if grid.form.id != table:
                return grid
            lines = (line if old.row == row else old for old in grid.lines)
            return grid._replace(lines=tuple(one for one in lines if one is not None))

        return self._replace(parts=tuple(part._replace(grids=tuple(map(changed, part.grids))) for part in self.parts))

    def grids(self) -> Iterator[Grid]:
        """Yields the tables."""
        return (grid for part in self.parts for grid in part.grids)

    def values(self) -> dict[Address, int | Fraction]:
        """Returns the numbers that stand where the form has them; rows of another width tell none."""
        found: dict[Address, int | Fraction] = {}
        for grid in self.grids():
            for line in grid.lines:
                columns = grid.form.row(line.row).columns
                if len(columns) != len(line.cells):
                    continue
                for column, cell in zip(columns, line.cells, strict=True):
                    if _NUMBER.fullmatch(cell):
                        found[Address(grid.form.id, line.row, column)] = Fraction(cell) if "." in cell else int(cell)
        return found


def _tables(grid: Grid) -> Iterator[str]:
    """Yields a table for each run of rows with the same columns, or one for blocks that stand side by side."""
    if grid.form.side_by_side:
        yield from _side_by_side(grid)
        return
    for _, run in groupby(grid.lines, key=lambda line: _block(grid.form, line)):
        lines = list(run)
        columns = [column for column in grid.form.row(lines[0].row).columns if column != grid.without]
        labels = [grid.form.column(column).label for column in columns]
        group, _ = _block(grid.form, lines[0])
        head = [(grid.form.headers[0] if group and grid.form.headers else _STUB), *labels]
        rows = [[group, *[""] * len(labels)], head] if group else [head]
        first, *rest = [*rows, *([line.label, *_kept(grid, line)] for line in lines)]
        yield "\n".join([_piped(first), _piped(["---"] * len(first)), *map(_piped, rest)])


def _kept(grid: Grid, line: Line) -> list[str]:
    columns = grid.form.row(line.row).columns
    if grid.without not in columns:
        return list(line.cells)
    return [cell for column, cell in zip(columns, line.cells, strict=True) if column != grid.without]


def _block(table: TableForm, line: Line) -> tuple[str, tuple[str, ...]]:
    """Returns the group that a row stands under in a table of blocks with columns of their own, and those columns."""
    row = table.row(line.row)
    if row.columns == tuple(column.id for column in table.columns):
        return "", row.columns
    return (row.groups[0] if row.groups else table.title), row.columns


def _side_by_side(grid: Grid) -> Iterator[str]:
    if not grid.lines:
        return
    rows = [grid.form.row(line.row) for line in grid.lines]
    labels = [[grid.form.column(column).label for column in row.columns] for row in rows]
    top = [[row.groups[0] if row.groups else line.label] for row, line in zip(rows, grid.lines, strict=True)]
    lower = [[line.label] if row.groups else own for row, line, own in zip(rows, grid.lines, labels, strict=True)]
    lowest = [own if row.groups else [] for row, own in zip(rows, labels, strict=True)]
    seen: set[str] = set()
    for number, (row, (name,)) in enumerate(zip(rows, top, strict=True)):
        if row.groups and name in seen:
            top[number] = [""]
        seen.add(name)
    head = [top, lower] + ([lowest] if any(lowest) else [])
    first, *rest = [_padded(level, labels) for level in head]
    cells = [cell for line in grid.lines for cell in line.cells]
    yield "\n".join([_piped(first), _piped(["---"] * len(first)), *map(_piped, rest), _piped(cells)])


def _padded(level: list[list[str]], labels: list[list[str]]) -> list[str]:
    return [cell for texts, own in zip(level, labels, strict=True) for cell in texts + [""] * (len(own) - len(texts))]


def _piped(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
