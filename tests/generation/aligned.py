"""Layouts whose columns are held in place by spaces, a Chinese character counting for two."""

from typing import NamedTuple

from tests.generation.forms import (
    APPLICANT_COLUMNS,
    APPLICANTS,
    BALANCE_NOTE,
    DISCLOSED,
    INFORMATION,
    LITIGATION,
    ORGANISATIONS,
    REQUESTS,
    REVIEW,
    REVIEW_BLOCKS,
    REVIEW_COLUMNS,
    Line,
    blocks,
    lines,
    opened_groups,
    row_key,
)
from tests.generation.grid import Cells, Slot, disclosed_row, label, numbers, request_label, request_numbers, write_slot
from tests.generation.writer import Writer, review_cells, width, wrapped


class Edges(NamedTuple):
    """Where a column begins and ends on the line, in columns of a terminal."""

    left: int
    right: int


class RightAligned(Writer):
    """Every number ends where its column's name ends."""

    right = True

    def write(self) -> None:
        """Writes the whole report; in some, labels are broken where the first column ends."""
        self.gap = self.rng.randint(2, 5)
        self.label_width = self.rng.choice((36, 48, 84))
        self.beside_first = self.rng.random() < 0.5
        self.at = 0
        super().write()

    def title(self) -> None:
        """The title in the middle of the page."""
        self.page.write(" " * max(0, 48 - width(self.content.title) // 2) + self.content.title + "\n\n")

    def heading(self, text: str) -> None:
        """A section heading."""
        self.page.write(f"{text}\n\n")

    def paragraph(self, text: str) -> None:
        """A paragraph in lines, the first indented."""
        self.page.write("\n".join(wrapped(f"    {text}", 96)) + "\n\n")

    def disclosed(self) -> None:
        """表二, its blocks one below the other."""
        edges = self.edges(24, [26, 14, 14])
        with self.page.table(DISCLOSED):
            for block in blocks(self.content.form):
                with self.page.header(DISCLOSED):
                    self.line([Slot(block.article)], [])
                    self.line([Slot(INFORMATION), *(Slot(text) for _, text in block.columns)], edges)
                for row, text in block.rows:
                    with self.page.row(row_key(DISCLOSED, row)):
                        self.line(disclosed_row(block, row, text), edges)
        self.page.write("\n")

    def requests(self) -> None:
        """表三, the rows of a group indented below it."""
        cells = [slot.text for line in lines(self.content.form) for slot in request_numbers(line)]
        largest = max(len(str(self.value(name))) for name in cells)
        edges = self.edges(self.label_width, [max(width(text), largest) for _, text in APPLICANT_COLUMNS])
        with self.page.table(REQUESTS):
            with self.page.header(REQUESTS):
                self.requests_header(edges)
            groups: tuple[str, ...] = ()
            for line in lines(self.content.form):
                for group in opened_groups(groups, line):
                    self.line([Slot("  " * line.groups.index(group) + group)], [])
                groups = line.groups
                with self.page.row(row_key(REQUESTS, line.id)):
                    self.requests_row(line, edges)
        self.page.write("\n")

    def requests_header(self, edges: list[Edges]) -> None:
        """The sentence on the sums, then the header in three rows."""
        first, *middle, last = (Slot(text) for _, text in APPLICANT_COLUMNS)
        self.line([Slot(BALANCE_NOTE)], [])
        self.line([Slot(), Slot(APPLICANTS)], [edges[3]])
        self.line([Slot(), first, Slot(ORGANISATIONS), last], [edges[0], edges[3], edges[6]])
        self.line([Slot(), *middle], edges[1:6])

    def requests_row(self, line: Line, edges: list[Edges]) -> None:
        """A row of 表三, its numbers beside the first or the last line of its label."""
        indent = "  " * len(line.groups)
        parts = wrapped(line.label, self.label_width - 2 - len(indent))
        beside = 0 if self.beside_first else len(parts) - 1
        for number, part in enumerate(parts):
            self.pad(len(indent), 0)
            self.line([request_label(line, part), *(request_numbers(line) if number == beside else [])], edges)

    def review(self) -> None:
        """表四: three blocks side by side."""
        edges = self.edges(0, [8] * 15)
        columns = [Slot(text) for _, text in REVIEW_COLUMNS]
        first, *others = (label(row_key(REVIEW, block), text) for block, text in REVIEW_BLOCKS)
        with self.page.table(REVIEW):
            with self.page.header(REVIEW):
                self.line([Slot(), first, Slot(LITIGATION)], [edges[2], edges[9]])
                self.line([Slot(), *columns, *others], [*edges[:5], edges[7], edges[12]])
                self.line([Slot(), *columns, *columns], edges[5:])
            for number, (block, _) in enumerate(REVIEW_BLOCKS):
                with self.page.row(row_key(REVIEW, block)):
                    self.cells(numbers(review_cells(block)), edges[number * 5 : number * 5 + 5])
            self.page.write("\n")
        self.at = 0
        self.page.write("\n")

    def edges(self, first: int, widths: list[int]) -> list[Edges]:
        """Returns where columns of these widths stand after a first column."""
        result: list[Edges] = []
        for wide in widths:
            left = (result[-1].right if result else first) + self.gap
            result.append(Edges(left, left + wide))
        return result

    def line(self, cells: Cells, edges: list[Edges]) -> None:
        """A label and its numbers, each in its column."""
        write_slot(self, cells[0])
        self.at += width(cells[0].text)
        self.cells(cells[1:], edges)
        self.page.write("\n")
        self.at = 0

    def cells(self, cells: Cells, edges: list[Edges]) -> None:
        """Cells in their columns; at least one space stands before each."""
        for slot, column in zip(cells, edges, strict=False):
            value = self.value(slot.text) if slot.kind == "number" else slot.text
            text = "" if value is None else str(value)
            self.pad(column.right - width(text) if self.right else column.left, int(self.at > 0))
            write_slot(self, slot)
            self.at += width(text)

    def pad(self, to: int, least: int) -> None:
        """Spaces up to a column, at least so many."""
        spaces = max(least, to - self.at)
        self.page.write(" " * spaces)
        self.at += spaces


class LeftAligned(RightAligned):
    """Every number begins where its column's name begins."""

    right = False
