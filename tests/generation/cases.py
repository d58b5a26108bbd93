"""A disturbed report and what it is disturbed by."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from tests.generation.content import Value
from tests.generation.forms import REVIEW
from tests.generation.page import Edit, Rendered
from tests.generation.writer import width


@dataclass(frozen=True, slots=True)
class Case:
    """A report with one thing done to it."""

    kind: str
    """What was done."""
    place: str
    """Where: a cell, a row, a table or a line of the undisturbed text."""
    rendered: Rendered
    """The report as it is now, with the truth of every cell."""
    touched: tuple[str, ...] = ()
    """The rows whose numbers may have become hard to tell apart."""
    undecidable: bool = False
    """True if no reader can tell the numbers of the touched rows apart."""

    @property
    def expected(self) -> dict[str, Value]:
        """What every cell holds now; None if it is blank or holds no number."""
        return self.rendered.values

    def __str__(self) -> str:
        return f"{self.rendered.layout} {self.kind} {self.place}"


class Change(NamedTuple):
    """What a disturbance does: the edits, the truths that change, the rows it touches, whether they can be told."""

    edits: tuple[Edit, ...]
    touched: tuple[str, ...] = ()
    values: Mapping[str, Value] = {}
    undecidable: bool = False


class Disturbance(NamedTuple):
    """A kind of thing that happens to documents."""

    name: str
    places: Callable[[Rendered, str], Iterable[str]]
    """Where in a table of a report it can happen; none where the layout does not know it."""
    change: Callable[[Rendered, str, Random], Change]

    def apply(self, rendered: Rendered, place: str, rng: Random) -> Case:
        """Returns the report with this done to it at a place."""
        change = self.change(rendered, place, rng)
        disturbed = rendered.edited(change.edits, change.values)
        return Case(self.name, place, disturbed, change.touched, change.undecidable)


def rows(rendered: Rendered, table: str) -> list[str]:
    """Returns the names of the rows of a table."""
    return [row for row in rendered.rows if row.startswith(table)]


def cells(rendered: Rendered, table: str) -> list[str]:
    """Returns the names of the cells of a table."""
    return [name for name in rendered.cells if name.startswith(table)]


def around(rendered: Rendered, at: int) -> tuple[str, ...]:
    """Returns the rows that a line break belongs to: those it is inside of, or the one before and the one after."""
    table = next((name for name, (start, end) in rendered.tables.items() if start < at <= end), "")
    places = [(row, rendered.rows[row]) for row in rows(rendered, table)]
    inside = tuple(row for row, (start, end) in places if start < at <= end)
    before = [row for row, (_, end) in places if end < at]
    after = [row for row, (start, _) in places if start >= at]
    return inside or (*before[-1:], *after[:1])


def neighbours(rendered: Rendered, row: str) -> tuple[str, ...]:
    """Returns the rows whose numbers stand in one run with a row's: itself, and all blocks of 表四."""
    return tuple(rows(rendered, REVIEW)) if row.startswith(REVIEW) else (row,)


def line_start(text: str, offset: int) -> int:
    """Returns where the line of an offset begins."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """Returns where the line of an offset ends, before its line break."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def first_number(rendered: Rendered, row: str) -> int:
    """Returns where the first number of a row stands."""
    return min(rendered.cells[name].start for name in rendered.row_cells(row))


def gap_before(text: str, offset: int) -> int:
    """Returns how many spaces stand before an offset."""
    return offset - len(text[:offset].rstrip(" "))


def kept_in_column(rendered: Rendered, row: str, wider: int) -> tuple[Edit, ...]:
    """Returns what keeps the numbers of an aligned row in their columns where its label grew by so many columns."""
    if not rendered.layout.startswith("aligned") or not wider:
        return ()
    at = first_number(rendered, row)
    if wider < 0:
        return (Edit(at, at, " " * -wider),)
    return (Edit(at - min(wider, gap_before(rendered.text, at) - 1), at, ""),)


def beside_numbers(rendered: Rendered, row: str, offset: int) -> bool:
    """Returns whether an offset is on the line of a row's first number."""
    return line_start(rendered.text, offset) == line_start(rendered.text, first_number(rendered, row))


def relabelled(rendered: Rendered, row: str, write: Callable[[str], str]) -> tuple[Edit, ...]:
    """Returns the edits that write every piece of a row's label in another way."""
    edits: list[Edit] = []
    wider = 0
    for start, end in rendered.labels[row]:
        old = rendered.text[start:end]
        new = write(old)
        if new != old:
            edits.append(Edit(start, end, new))
            wider += (width(new) - width(old)) * beside_numbers(rendered, row, start)
    return (*edits, *kept_in_column(rendered, row, wider))
