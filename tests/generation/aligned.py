"""Layouts whose columns are held in place by spaces, a Chinese character counting for two."""

from typing import NamedTuple

from tests.generation.forms import (
    APPLICANTS,
    BALANCE_NOTE,
    DISCLOSED,
    INFORMATION,
    LITIGATION,
    ORGANISATIONS,
    REQUESTS,
    REVIEW,
    Line,
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
        edges = self.edges(24, [26] + [14] * (self.shape.disclosed_width - 2))
        with self.page.table(DISCLOSED):
            for block in self.shape.blocks:
                with self.page.header(DISCLOSED):
                    self.line([Slot(block.article)], [])
                    self.line([Slot(INFORMATION), *(Slot(text) for _, text in block.columns)], edges)
                for row, text in block.rows:
                    with self.page.row(row_key(DISCLOSED, row)):
                        self.line(disclosed_row(block, row, text), edges)
        self.page.write("\n")

    def requests(self) -> None:
        """表三, the rows of a group indented below it."""
        cells = [slot.text for line in self.shape.lines for slot in request_numbers(self.shape, line)]
        largest = max(width(self.content.cell_text(name)) for name in cells)
        edges = self.edges(self.label_width, [max(width(text), largest) for _, text in self.shape.applicants])
        with self.page.table(REQUESTS):
            with self.page.header(REQUESTS):
                self.requests_header(edges)
            groups: tuple[str, ...] = ()
            for line in self.shape.lines:
                for group in opened_groups(groups, line):
                    self.line([Slot("  " * line.groups.index(group) + group)], [])
                groups = line.groups
                with self.page.row(row_key(REQUESTS, line.id)):
                    self.requests_row(line, edges)
        self.page.write("\n")

    def requests_header(self, edges: list[Edges]) -> None:
        """The sentence on the sums, then the header in three rows."""
        before, inside, after = ([Slot(text) for text in labels] for labels in self.shape.applicant_labels)
        first, last = len(before), len(before) + len(inside)
        self.line([Slot(BALANCE_NOTE)], [])
        self.line([Slot(), Slot(APPLICANTS)], [edges[len(edges) // 2]])
        middle = edges[first + len(inside) // 2]
        self.line([Slot(), *before, Slot(ORGANISATIONS), *after], [*edges[:first], middle, *edges[last:]])
        self.line([Slot(), *inside], edges[first:last])

    def requests_row(self, line: Line, edges: list[Edges]) -> None:
        """A row of 表三, its numbers beside the first or the last line of its label."""
        indent = "  " * len(line.groups)
        parts = wrapped(line.label, self.label_width - 2 - len(indent))
        beside = 0 if self.beside_first else len(parts) - 1
        for number, part in enumerate(parts):
            self.pad(len(indent), 0)
            self.line(
                [request_label(line, part), *(request_numbers(self.shape, line) if number == beside else [])], edges
            )

    def review(self) -> None:
        """表四: three blocks side by side."""
        columns = [Slot(text) for _, text in self.shape.review_columns]
        first, *others = (label(row_key(REVIEW, block), text) for block, text in self.shape.review_blocks)
        wide = len(columns)
        edges = self.edges(0, [max(8, width(slot.text)) for slot in columns] * (1 + len(others)))
        with self.page.table(REVIEW):
            with self.page.header(REVIEW):
                self.line([Slot(), first, Slot(LITIGATION)], [edges[wide // 2], edges[2 * wide - 1]])
                self.line([Slot(), *columns, *others], [*edges[:wide], *edges[wide + wide // 2 :: wide]])
                self.line([Slot(), *columns * len(others)], edges[wide:])
            for number, (block, _) in enumerate(self.shape.review_blocks):
                with self.page.row(row_key(REVIEW, block)):
                    self.cells(numbers(review_cells(self.shape, block)), edges[number * wide : number * wide + wide])
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
            text = self.content.cell_text(slot.text) if slot.kind == "number" else slot.text
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
