"""Parts of a report's tables, and what it is to change one before the report is laid out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from tests.generation.content import Content
from tests.generation.forms import DISCLOSED, REQUESTS, REVIEW, Block, Line, Shape, address

Row = Line
"""A row of any of the tables; those of 表二 and 表四 stand in no groups."""
Column = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Varied:
    """A report with one thing done to its tables."""

    content: Content
    done: str
    """What was done, in words."""
    unknown: frozenset[str] = frozenset()
    """Cells whose number nobody can know, though it stands there."""
    codes: frozenset[str] = frozenset()
    """Codes of findings that are true of the report now."""


class Part(NamedTuple):
    """Rows that stand below each other with the same columns: 表三, a block of 表二, or 表四, whose rows are blocks."""

    table: str
    block: int
    """Which block of 表二."""
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]

    def cells(self, row: str) -> list[str]:
        """Returns the names of the cells of a row."""
        return [address(self.table, row, column) for column, _ in self.columns]

    def column_cells(self, column: str) -> list[str]:
        """Returns the names of the cells of a column."""
        return [address(self.table, row.id, column) for row in self.rows]


Variation = Callable[[Content, Part, Random], Varied | None]
"""Does something to a part of a report; None where that cannot be."""


def parts(shape: Shape) -> list[Part]:
    """Returns all parts of a report's tables."""
    found = [
        Part(DISCLOSED, at, tuple(Line(*row) for row in block.rows), block.columns)
        for at, block in enumerate(shape.blocks)
    ]
    review = tuple(Line(*row) for row in shape.review_blocks)
    return [*found, Part(REQUESTS, 0, shape.lines, shape.applicants), Part(REVIEW, 0, review, shape.review_columns)]


def written(content: Content, part: Part, foreign: Mapping[str, str] | None = None) -> Content:
    """The report with a part's rows and columns changed; numbers whose cells are gone are gone."""
    shape, rows = content.shape, tuple((row.id, row.label) for row in part.rows)
    if part.table == REQUESTS:
        shape = shape._replace(lines=part.rows, applicants=part.columns)
    elif part.table == REVIEW:
        shape = shape._replace(review_blocks=rows, review_columns=part.columns)
    else:
        changed = Block(shape.blocks[part.block].article, part.columns, rows)
        blocks = (*shape.blocks[: part.block], changed, *shape.blocks[part.block + 1 :])
        shape = shape._replace(blocks=tuple(block for block in blocks if block.rows and block.columns))
    cells = {name for each in parts(shape) for row in each.rows for name in each.cells(row.id)}
    numbers = {name: value for name, value in content.numbers.items() if name in cells}
    return replace(content, shape=shape, numbers=numbers, written={**content.written, **(foreign or {})})


def new_name(content: Content) -> str:
    """A name for a row or a column that the form does not have, another each time."""
    return f"foreign{len(content.written)}"


def count_of(content: Content, name: str) -> int:
    """What a cell counts; 0 for one that counts nothing."""
    return int(content.numbers.get(name) or 0)


def first_row(part: Part) -> int:
    """The first row that another can stand before: 行政复议 keeps its place, above its own columns."""
    return 1 if part.table == REVIEW else 0
