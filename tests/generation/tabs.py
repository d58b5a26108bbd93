"""Layouts with a tab between the cells of a table, as Word tables are pasted."""

from tests.generation.forms import (
    APPLICANTS,
    BALANCE_NOTE,
    DISCLOSED,
    ORGANISATIONS,
    OUTCOMES,
    REQUESTS,
    REVIEW,
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
    request_label,
    request_numbers,
    review_head,
    write_cells,
    write_review_numbers,
)
from tests.generation.writer import Writer


class Tabs(Writer):
    """Rows as tab-separated lines; what a merged cell covers is left blank, and some rows stand a column off."""

    header_style = "halves"

    def write(self) -> None:
        """Writes the whole report; brackets and points of the labels vary."""
        self.half_width = self.rng.random() < 0.5
        self.spaced_point = self.rng.random() < 0.3
        self.odd_rows = self.rng.random() < 0.7
        self.wide = 3 + len(self.shape.applicants)
        self.page.write("\n\n")
        super().write()

    def title(self) -> None:
        """The title on one line, with spaces where Word had line breaks."""
        year = f"{self.content.year}年"
        self.page.write(self.content.title.replace(year, f" {year[:-1]} 年").replace("年度报告", " 年度报告") + "\n\n")

    def heading(self, text: str) -> None:
        """A section heading."""
        self.page.write(f"{text}\n\n")

    def paragraph(self, text: str) -> None:
        """A paragraph on one line."""
        self.page.write(f"{text}\n\n")

    def styled(self, label: str) -> str:
        """Returns a label with this document's brackets and points."""
        if self.half_width and label.startswith("（"):
            label = f"({label[1]}) {label[3:]}"
        if self.spaced_point and label[1:2] == ".":
            label = f"{label[:2]} {label[2:]}"
        return label

    def disclosed(self) -> None:
        """表二, four columns wide."""
        with self.page.table(DISCLOSED):
            for block in self.shape.blocks:
                with self.page.header(DISCLOSED):
                    for cells in disclosed_head(block):
                        self.line(filled(cells, self.shape.disclosed_width))
                for row, label in block.rows:
                    with self.page.row(row_key(DISCLOSED, row)):
                        self.line(filled(disclosed_row(block, row, label), self.shape.disclosed_width))
        self.page.write("\n")

    def requests(self) -> None:
        """表三, ten columns wide."""
        with self.page.table(REQUESTS):
            with self.page.header(REQUESTS):
                self.requests_header()
            groups: tuple[str, ...] = ()
            for line in self.shape.lines:
                self.requests_row(line, opened_groups(groups, line))
                groups = line.groups
        self.page.write("\n")

    def requests_header(self) -> None:
        """The three rows of the header, a column to the left of most numbers."""
        before, inside, after = ([Slot(label) for label in labels] for labels in self.shape.applicant_labels)
        covered = [BLANK] * (len(before) + len(inside) - 1)
        self.line([Slot(self.note()), BLANK, Slot(APPLICANTS), *covered, *after, BLANK])
        self.line(filled([BLANK, BLANK, *before, Slot(ORGANISATIONS)], self.wide))
        self.line(filled([BLANK, BLANK, *[BLANK] * len(before), *inside], self.wide))

    def note(self) -> str:
        """Returns the sentence on the sums in this document's brackets."""
        return f"({BALANCE_NOTE[1:-1]})" if self.half_width else BALANCE_NOTE

    def requests_row(self, line: Line, opened: tuple[str, ...]) -> None:
        """A row of 表三."""
        with self.page.row(row_key(REQUESTS, line.id)):
            self.line(filled(self.lead(line, opened) + request_numbers(self.shape, line), self.wide))

    def lead(self, line: Line, opened: tuple[str, ...]) -> Cells:
        """Returns what stands before the numbers: two cells, or three where the row is in a group of a group."""
        own = request_label(line, self.styled(line.label))
        outcome = Slot(OUTCOMES) if OUTCOMES in opened else BLANK
        misplaced = self.odd_rows and line.id in ("other_rest", "outcome_total") and self.content.form == "2021"
        if misplaced or not line.groups:
            return [own, BLANK]
        if len(line.groups) == 1:
            return [outcome, own]
        return [outcome, Slot(self.styled(opened[-1])) if opened else BLANK, own]

    def review(self) -> None:
        """表四, fifteen columns wide."""
        with self.page.table(REVIEW):
            with self.page.header(REVIEW):
                for cells in review_head(self.shape, self.header_style):
                    self.line(cells)
            write_review_numbers(self, "\t")
        self.page.write("\n\n")

    def line(self, cells: Cells) -> None:
        """A row of cells."""
        write_cells(self, cells, "\t")
        self.page.write("\n")


class MarkdownTabs(Tabs):
    """The same with Markdown headings, whose levels drift in some reports."""

    suffix = ".md"

    def write(self) -> None:
        """Writes the whole report."""
        self.levels = [2] * 6 if self.rng.random() < 0.6 else [2, 2, 3, 4, 4, 4]
        self.at = 0
        super().write()

    def title(self) -> None:
        """The title as the heading of the highest level."""
        self.page.write("# ")
        super().title()

    def heading(self, text: str) -> None:
        """A section heading."""
        self.page.write("#" * self.levels[self.at] + f" {text}\n\n")
        self.at += 1

    def subheading(self, text: str) -> None:
        """A heading one level below its section's."""
        self.page.write("#" * (self.levels[self.at - 1] + 1) + f" {text}\n\n")


class CutTabs(Tabs):
    """The same after page ends cut the tables: what follows a cut lacks leading cells, a label is cut in two."""

    header_style = "letters"

    def write(self) -> None:
        """Writes the whole report, with the places of the cuts drawn before."""
        ids = [line.id for line in self.shape.lines if len(line.groups) == 2]
        long = [line.id for line in self.shape.lines if len(line.groups) == 2 and len(line.label) > 12]
        self.first_cut = self.rng.choice(ids[1:8])
        self.second_cut = self.rng.choice([key for key in long if ids.index(key) > ids.index(self.first_cut)])
        self.disclosed_cut = self.rng.choice([row for block in self.shape.blocks[1:] for row, _ in block.rows])
        self.pages = 0
        self.odd_rows = False
        super().write()

    def title(self) -> None:
        """The title in two paragraphs."""
        year = str(self.content.year)
        self.page.write(self.content.title.replace(year, f"\n\n{year} ", 1) + "\n\n")

    def disclosed(self) -> None:
        """表二: after the cut no blank cells end the rows."""
        cut = False
        with self.page.table(DISCLOSED):
            for block in self.shape.blocks:
                with self.page.header(DISCLOSED):
                    for cells in disclosed_head(block):
                        self.line(cells if cut else filled(cells, self.shape.disclosed_width))
                for row, label in block.rows:
                    if row == self.disclosed_cut:
                        cut = True
                        self.page.write("\n")
                    cells = disclosed_row(block, row, label)
                    with self.page.row(row_key(DISCLOSED, row)):
                        self.line(cells if cut else filled(cells, self.shape.disclosed_width))
        self.page.write("\n")

    def requests_row(self, line: Line, opened: tuple[str, ...]) -> None:
        """A row of 表三, before, between or after the two cuts."""
        with self.page.row(row_key(REQUESTS, line.id)):
            if line.id == self.second_cut:
                self.cut_row(line, opened)
            elif line.id == self.first_cut:
                label = request_label(line, self.styled(line.label))
                self.line(filled([label, BLANK, *request_numbers(self.shape, line)], self.wide))
                self.page.write("\n")
                self.pages += 1
            else:
                cells = self.lead(line, opened) + request_numbers(self.shape, line)
                self.line(cells if self.pages else filled(cells, self.wide))

    def lead(self, line: Line, opened: tuple[str, ...]) -> Cells:
        """Returns what stands before the numbers: on the second page a cell less, on the third always three."""
        cells = super().lead(line, opened)
        if self.pages == 1:
            return cells[1:] if line.groups else cells
        if self.pages == 2 and len(cells) == 2:
            own = request_label(line, self.styled(line.label))
            return [BLANK, BLANK, own] if line.groups else [own, BLANK, BLANK]
        return cells

    def cut_row(self, line: Line, opened: tuple[str, ...]) -> None:
        """A row whose label ends on the next page, with no numbers beside the rest."""
        label = self.styled(line.label)
        at = self.rng.randint(4, len(label) - 3)
        *before, _ = self.lead(line, opened)
        self.line([*before, request_label(line, label[:at]), *request_numbers(self.shape, line)])
        self.page.write("\n")
        self.line([BLANK, BLANK, request_label(line, label[at:]), *[BLANK] * len(self.shape.applicants)])
        self.pages += 1
