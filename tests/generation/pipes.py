"""Markdown layouts with pipe tables."""

import re

from tests.generation.forms import (
    APPLICANTS,
    BALANCE_NOTE,
    DISCLOSED,
    LITIGATION,
    ORGANISATIONS,
    OUTCOMES,
    REQUESTS,
    REVIEW,
    SHAPES,
    Block,
    Line,
    opened_groups,
    row_key,
)
from tests.generation.grid import (
    BLANK,
    Cells,
    Slot,
    disclosed_head,
    disclosed_row,
    filled,
    label,
    numbers,
    request_label,
    request_numbers,
    review_head,
    write_review_numbers,
    write_slot,
)
from tests.generation.writer import Writer, review_cells

_NUMBER = re.compile(r"^(（.）|.、)")


class Pipes(Writer):
    """Each statutory table as one pipe table; what a merged cell covers is left blank."""

    suffix = ".md"

    def title(self) -> None:
        """The title as a heading."""
        self.page.write(f"# {self.content.title}\n\n")

    def heading(self, text: str) -> None:
        """A section heading."""
        self.page.write(f"## {text}\n\n")

    def subheading(self, text: str) -> None:
        """A heading inside a section."""
        self.page.write(f"### {text}\n\n")

    def paragraph(self, text: str) -> None:
        """A paragraph on one line."""
        self.page.write(f"{text}\n\n")

    def disclosed(self) -> None:
        """表二 as one table, four columns wide."""
        wide = self.shape.disclosed_width
        with self.page.table(DISCLOSED):
            for number, block in enumerate(self.shape.blocks):
                with self.page.header(DISCLOSED):
                    head, columns = disclosed_head(block)
                    if not number:
                        self.opened(wide)
                    self.line(self.merged(head, wide))
                    if not number:
                        self.rule(wide)
                    self.line(filled(columns, wide))
                self.disclosed_rows(block, wide)
            self.closed()
        self.page.write("\n")

    def disclosed_rows(self, block: Block, columns: int) -> None:
        """The rows of a block of 表二."""
        for row, text in block.rows:
            with self.page.row(row_key(DISCLOSED, row)):
                self.line(filled(disclosed_row(block, row, text), columns))

    def requests(self) -> None:
        """表三 as one table, three columns of labels before the seven of numbers."""
        before, inside, after = ([Slot(text) for text in labels] for labels in self.shape.applicant_labels)
        wide = len(self.shape.applicants)
        note = self.merged([Slot(BALANCE_NOTE)], 3)
        below = [self.covered(note[0])] * 3
        with self.page.table(REQUESTS):
            with self.page.header(REQUESTS):
                self.opened(3 + wide)
                self.line(note + self.merged([Slot(APPLICANTS)], wide))
                self.rule(3 + wide)
                self.line([*below, *before, *self.merged([Slot(ORGANISATIONS)], len(inside)), *after])
                self.line([*below, *map(self.covered, before), *inside, *map(self.covered, after)])
            groups: tuple[str, ...] = ()
            for line in self.shape.lines:
                with self.page.row(row_key(REQUESTS, line.id)):
                    self.line(self.lead(line, opened_groups(groups, line)) + request_numbers(self.shape, line))
                groups = line.groups
            self.closed()
        self.page.write("\n")

    def lead(self, line: Line, opened: tuple[str, ...]) -> Cells:
        """Returns the three cells of labels of a row of 表三."""
        own = request_label(line, line.label)
        if not line.groups:
            return self.merged([own], 3)
        groups = [Slot(text) if text in opened else self.covered(Slot(text)) for text in line.groups]
        return [groups[0], *(self.merged([own], 2) if len(groups) == 1 else [groups[1], own])]

    def review(self) -> None:
        """表四 as one table, fifteen columns wide."""
        with self.page.table(REVIEW):
            with self.page.header(REVIEW):
                for number, cells in enumerate(review_head(self.shape, "")):
                    if not number:
                        self.opened(len(cells))
                    self.line(self.review_cells(cells, number))
                    if not number:
                        self.rule(len(cells))
            self.review_row()
            self.closed()
        self.page.write("\n")

    def review_row(self) -> None:
        """The numbers of 表四."""
        self.page.write("| ")
        write_review_numbers(self, " | ")
        self.page.write(" |\n")

    def opened(self, columns: int) -> None:
        """What stands before a table's first row."""

    def closed(self) -> None:
        """What stands after a table's last row."""

    def review_cells(self, cells: Cells, number: int) -> Cells:
        """Returns a row of the header of 表四 with its merged cells as this layout writes them."""
        del number
        return cells

    def merged(self, cells: Cells, columns: int) -> Cells:
        """Returns a cell that covers so many columns."""
        return cells + [self.covered(cells[0])] * (columns - 1)

    def covered(self, slot: Slot) -> Slot:
        """Returns what stands where a merged cell covers the grid."""
        del slot
        return BLANK

    def rule(self, columns: int) -> None:
        """The line below a table's first row."""
        self.page.write("|" + "---|" * columns + "\n")

    def line(self, cells: Cells) -> None:
        """A row of cells."""
        for slot in cells:
            self.page.write("| ")
            write_slot(self, slot)
            self.page.write(" " if slot.text else "")
        self.page.write("|\n")


class RepeatingPipes(Pipes):
    """The same with the text of a merged cell repeated wherever it covers the grid, as converters do."""

    def lead(self, line: Line, opened: tuple[str, ...]) -> Cells:
        """Returns the three cells of labels of a row of 表三, all filled."""
        return super().lead(line, (OUTCOMES, *line.groups) if line.groups else opened)

    def review_cells(self, cells: Cells, number: int) -> Cells:
        """Returns a row of the header of 表四 with every covered cell filled."""
        result: Cells = []
        for at, slot in enumerate(cells):
            columns = self.shape.review_columns
            above = Slot(columns[at][1]) if number == 2 and at < len(columns) else self.covered((result or [slot])[-1])
            result.append(slot if slot.text else above)
        return result

    def covered(self, slot: Slot) -> Slot:
        """Returns the same text again, as no label of its own."""
        return Slot(slot.text)


class GroupedPipes(Pipes):
    """A small table for every group of rows and every block, under headings, as recognised pages come out."""

    def write(self) -> None:
        """Writes the whole report; the columns are named in every small table, or only counted."""
        self.named = self.rng.random() < 0.5 or self.shape.applicants != SHAPES[self.content.form].applicants
        super().write()

    def disclosed(self) -> None:
        """表二 as a table a block."""
        with self.page.table(DISCLOSED):
            for block in self.shape.blocks:
                (article,), columns = disclosed_head(block)
                with self.page.header(DISCLOSED):
                    self.subheading(article.text)
                    self.line(columns)
                    self.rule(len(columns))
                self.disclosed_rows(block, len(columns))
                self.page.write("\n")

    def requests(self) -> None:
        """表三: the applicants named in tables without numbers, then a table for each group of rows."""
        with self.page.table(REQUESTS):
            with self.page.header(REQUESTS):
                self.paragraph(BALANCE_NOTE)
                self.applicants()
            groups: tuple[str, ...] = ()
            for line in self.shape.lines:
                opened = opened_groups(groups, line)
                groups = line.groups
                for group in opened:
                    self.page.write("\n")
                    self.subheading(group)
                if len(groups) < 2 or opened:
                    self.group_head(line)
                self.requests_row(line)
        self.page.write("\n")

    def applicants(self) -> None:
        """The kinds of applicant, with a dash where numbers would stand."""
        before, inside, after = self.shape.applicant_labels
        alone = {title: ["数量"] for title in (*before, *after)}
        for title in (*before, ORGANISATIONS, *after):
            names = alone.get(title, inside)
            self.subheading(f"{APPLICANTS}（{title}）")
            self.line([Slot(name) for name in names])
            self.rule(len(names))
            self.line([Slot("-")] * len(names))
            if title != [ORGANISATIONS, *after][-1]:
                self.page.write("\n")

    def group_head(self, line: Line) -> None:
        """The heading of a row that stands alone, and the header of a small table."""
        self.page.write("\n" if len(line.groups) < 2 else "")
        if len(line.groups) < 2 and line.id != "outcome_total":
            self.subheading(line.label)
        columns = [text for _, text in self.shape.applicants]
        counted = [f"数据{number}" for number in range(1, len(columns))] + ["总计"]
        with self.page.header(REQUESTS):
            self.line([Slot("类别"), *map(Slot, columns if self.named else counted)])
            self.rule(1 + len(columns))

    def requests_row(self, line: Line) -> None:
        """A row of 表三; under its own heading it does not repeat the number."""
        alone = len(line.groups) < 2 and line.id != "outcome_total"
        text = _NUMBER.sub("", line.label) if alone else line.label
        with self.page.row(row_key(REQUESTS, line.id)):
            self.line([request_label(line, text), *request_numbers(self.shape, line)])

    def review(self) -> None:
        """表四 as a table a block."""
        with self.page.table(REVIEW):
            for block, text in self.shape.review_blocks:
                key = row_key(REVIEW, block)
                with self.page.header(REVIEW):
                    self.page.write("### ")
                    write_slot(self, label(key, text if block == "reconsideration" else f"{LITIGATION}（{text}）"))
                    self.page.write("\n\n")
                    self.line([Slot(name) for _, name in self.shape.review_columns])
                    self.rule(len(self.shape.review_columns))
                with self.page.row(key):
                    self.line(numbers(review_cells(self.shape, block)))
                self.page.write("\n")
