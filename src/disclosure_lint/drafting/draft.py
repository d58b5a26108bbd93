"""A report as parts and lines, before it is text: what can be mutilated without searching in text."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from disclosure_lint.drafting.markdown import pipe_tables
from disclosure_lint.model.form import Address, Form
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.sheet import Grid, Line

_NUMBER = lazy_re_compile(r"-?\d+(?:\.\d+)?")


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
            blocks += (block for grid in part.grids for block in pipe_tables(grid))
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
