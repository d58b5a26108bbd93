"""Layouts of text that flowed out of a PDF or a web page: no separators but spaces and line breaks."""

from collections.abc import Sequence

from tests.generation.forms import (
    APPLICANTS,
    BALANCE_NOTE,
    DISCLOSED,
    INFORMATION,
    LITIGATION,
    ORGANISATIONS,
    REQUESTS,
    REVIEW,
    Block,
    Line,
    opened_groups,
    row_key,
)
from tests.generation.writer import Writer, block_cells, line_cells, pieces, review_cells, wrapped


class Flow(Writer):
    """As a Word table printed to PDF flows out again: cells broken where they were narrow."""

    def write(self) -> None:
        """Writes the whole report; the page begins with a blank line."""
        self.columns = self.rng.randint(70, 84)
        self.page.write("\n")
        super().write()

    def title(self) -> None:
        """The title, broken where a big letter size breaks it."""
        self.page.write("\n".join(wrapped(self.content.title, self.rng.randint(36, 60))) + "\n\n")

    def heading(self, text: str) -> None:
        """A section heading."""
        self.page.write(f"\n\n{text}\n\n")

    def paragraph(self, text: str) -> None:
        """A paragraph in lines; here and there a blank line stands inside it."""
        for number, line in enumerate(wrapped(text, self.columns)):
            self.page.write(line + ("\n\n" if number == 0 and self.rng.random() < 0.3 else "\n"))

    def disclosed(self) -> None:
        """表二."""
        with self.page.table(DISCLOSED):
            for block in self.shape.blocks:
                with self.page.header(DISCLOSED):
                    self.disclosed_header(block)
                for row, label in block.rows:
                    with self.page.row(row_key(DISCLOSED, row)):
                        self.label(row_key(DISCLOSED, row), label)
                        self.numbers(block_cells(DISCLOSED, block, row))
                    self.blank()

    def requests(self) -> None:
        """表三."""
        with self.page.table(REQUESTS):
            with self.page.header(REQUESTS):
                self.requests_header()
            groups: tuple[str, ...] = ()
            for line in self.shape.lines:
                for group in opened_groups(groups, line):
                    self.group(group)
                groups = line.groups
                self.requests_row(line)
                self.blank()

    def requests_row(self, line: Line) -> None:
        """A row of 表三: a long label stands over its numbers, a very long one pushes the last below."""
        key = row_key(REQUESTS, line.id)
        parts = wrapped(line.label, 31 if len(line.groups) == 2 else 38)
        with self.page.row(key):
            if len(parts) == 1:
                self.label(key, line.label)
                self.numbers(line_cells(self.shape, line))
                return
            for part in parts:
                self.page.label(key, part)
                self.page.write("\n")
            self.page.write("\n")
            cells = line_cells(self.shape, line)
            self.run(cells, len(cells) - (line.id in ("partial", "other_no_correction", "other_no_fee")))

    def review(self) -> None:
        """表四: three blocks side by side."""
        with self.page.table(REVIEW):
            with self.page.header(REVIEW):
                self.review_header()
            for number, (block, _) in enumerate(self.shape.review_blocks):
                self.page.write(" " if number else "")
                with self.page.row(row_key(REVIEW, block)):
                    self.run(review_cells(self.shape, block), len(self.shape.review_columns))
            self.page.write("\n")

    def disclosed_header(self, block: Block) -> None:
        """The article and the columns of a block of 表二."""
        self.page.write(f"{block.article}\n{INFORMATION} {' '.join(label for _, label in block.columns)}\n\n")

    def requests_header(self) -> None:
        """The header of 表三."""
        before, inside, after = (list(map(_narrow, labels)) for labels in self.shape.applicant_labels)
        cells = [BALANCE_NOTE.replace("等于", "等\n于"), APPLICANTS, *before, ORGANISATIONS]
        self.page.write("\n\n".join(cells) + "\n\n")
        self.page.write("\n\n".join(after) + "\n\n".join(inside) + "\n\n")

    def group(self, label: str) -> None:
        """The label of a group of rows."""
        size = 3 if label.startswith("三") else 4
        self.page.write("\n".join(label[start : start + size] for start in range(0, len(label), size)) + "\n\n")

    def review_header(self) -> None:
        """The header of 表四."""
        columns = [_narrow(label) for _, label in self.shape.review_columns]
        block = "\n\n".join(columns) + "\n"
        self.page.label(row_key(REVIEW, self.shape.review_blocks[0][0]), self.shape.review_blocks[0][1])
        self.page.write(f" {LITIGATION}\n\n{block}")
        for number, (name, label) in enumerate(self.shape.review_blocks[1:]):
            self.page.write(" " if number else "")
            self.page.label(row_key(REVIEW, name), label)
        self.page.write("\n\n" + block * (len(self.shape.review_blocks) - 1) + "\n")

    def label(self, key: str, text: str) -> None:
        """A row's label where its numbers follow at once."""
        self.page.label(key, text)
        self.page.write(" ")

    def numbers(self, names: Sequence[str]) -> None:
        """The numbers of a row and the end of its line."""
        self.run(names, len(names))

    def run(self, names: Sequence[str], on_first_line: int) -> None:
        """Numbers with single spaces between them, so many on the first line; the last number ends no line."""
        for number, name in enumerate(names):
            if number:
                self.page.write("\n" if number == on_first_line else " ")
            self.number(name)

    def blank(self) -> None:
        """What stands after a row."""
        self.page.write("\n\n")


def _narrow(label: str) -> str:
    """Returns a label as it breaks where only two characters fit."""
    return "\n".join(label[start : start + 2] for start in range(0, len(label), 2))


class BrokenFlow(Flow):
    """The same with other column widths and another printer: everything breaks at random."""

    def requests_row(self, line: Line) -> None:
        """A row whose label breaks into up to four lines and whose numbers break anywhere, or nowhere."""
        key = row_key(REQUESTS, line.id)
        with self.page.row(key):
            self.label(key, line.label)
            self.numbers(line_cells(self.shape, line))

    def disclosed_header(self, block: Block) -> None:
        """Article and columns, each broken in up to two lines."""
        self.broken(block.article, 1)
        for label in (INFORMATION, *(label for _, label in block.columns)):
            self.broken(label, self.rng.choice((1, 1, 2)))

    def requests_header(self) -> None:
        """The header's cells one after the other."""
        self.broken(BALANCE_NOTE, self.rng.randint(1, 4))
        before, inside, after = self.shape.applicant_labels
        for label in (APPLICANTS, *before, ORGANISATIONS, *inside, *after):
            self.broken(label, self.rng.randint(1, 3))

    def group(self, label: str) -> None:
        """The label of a group, broken in up to three lines."""
        self.broken(label, self.rng.randint(1, 3))

    def review_header(self) -> None:
        """The header's cells one after the other."""
        self.page.label(row_key(REVIEW, self.shape.review_blocks[0][0]), self.shape.review_blocks[0][1])
        self.page.write(self.rng.choice((" ", "\n")))
        self.broken(LITIGATION, 1)
        for number, (name, label) in enumerate(self.shape.review_blocks):
            if number:
                self.page.label(row_key(REVIEW, name), label)
                self.page.write("\n")
            for _, column in self.shape.review_columns:
                self.broken(column, self.rng.choice((1, 2)))

    def broken(self, text: str, count: int) -> None:
        """A cell of text in up to so many lines."""
        self.page.write("\n".join(pieces(self.rng, text, count)) + self.rng.choice(("\n", "\n\n")))

    def label(self, key: str, text: str) -> None:
        """A row's label in one to four lines, its numbers beside or below it."""
        for number, piece in enumerate(pieces(self.rng, text, self.rng.choice((1, 1, 2, 3, 4)))):
            self.page.write("\n" if number else "")
            self.page.label(key, piece)
        self.page.write(self.rng.choice((" ", "\n", "\n\n")))

    def numbers(self, names: Sequence[str]) -> None:
        """The numbers, broken at any place or none."""
        self.run(names, self.rng.choice((len(names), self.rng.randint(1, len(names)))))

    def blank(self) -> None:
        """Up to two blank lines after a row."""
        self.page.write(self.rng.choice(("\n", "\n\n", "\n\n\n")))


class RowFlow(Flow):
    """Each row of a table on one line, with its group in front where one begins."""

    def requests_header(self) -> None:
        """The header in three lines, as its rows stand."""
        before, inside, after = self.shape.applicant_labels
        self.page.write(f"{BALANCE_NOTE} {APPLICANTS}\n" + " ".join([*before, ORGANISATIONS, *after]) + "\n")
        self.page.write(" ".join(inside) + "\n")

    def requests_row(self, line: Line) -> None:
        """A row on one line."""
        with self.page.row(row_key(REQUESTS, line.id)):
            self.label(row_key(REQUESTS, line.id), line.label)
            self.numbers(line_cells(self.shape, line))

    def group(self, label: str) -> None:
        """A group's label on the line of its first row."""
        self.page.write(label + " ")

    def disclosed_header(self, block: Block) -> None:
        """Article and columns on two lines."""
        self.page.write(f"{block.article}\n{INFORMATION} {' '.join(label for _, label in block.columns)}\n")

    def review_header(self) -> None:
        """The header in three lines."""
        columns = " ".join(label for _, label in self.shape.review_columns)
        self.page.label(row_key(REVIEW, self.shape.review_blocks[0][0]), self.shape.review_blocks[0][1])
        self.page.write(f" {LITIGATION}\n{columns} ")
        for number, (name, label) in enumerate(self.shape.review_blocks[1:]):
            self.page.write(" " if number else "")
            self.page.label(row_key(REVIEW, name), label)
        self.page.write("\n" + " ".join([columns] * (len(self.shape.review_blocks) - 1)) + "\n")

    def blank(self) -> None:
        """The end of a row's line."""
        self.page.write("\n")


class CellFlow(RowFlow):
    """Every cell on a line of its own, as a web page is copied."""

    def requests_header(self) -> None:
        """The header, a cell a line."""
        before, inside, after = self.shape.applicant_labels
        self.page.write("\n".join((BALANCE_NOTE, APPLICANTS, *before, ORGANISATIONS, *after, *inside)) + "\n")

    def disclosed_header(self, block: Block) -> None:
        """Article and columns, a cell a line."""
        self.page.write("\n".join((block.article, INFORMATION, *(label for _, label in block.columns))) + "\n")

    def review_header(self) -> None:
        """The header, a cell a line."""
        columns = "\n".join(label for _, label in self.shape.review_columns) + "\n"
        self.page.label(row_key(REVIEW, self.shape.review_blocks[0][0]), self.shape.review_blocks[0][1])
        self.page.write(f"\n{LITIGATION}\n{columns}")
        for name, label in self.shape.review_blocks[1:]:
            self.page.label(row_key(REVIEW, name), label)
            self.page.write("\n")
        self.page.write(columns * (len(self.shape.review_blocks) - 1))

    def group(self, label: str) -> None:
        """A group's label on its own line."""
        self.page.write(label + "\n")

    def label(self, key: str, text: str) -> None:
        """A row's label on its own line."""
        self.page.label(key, text)
        self.page.write("\n")

    def run(self, names: Sequence[str], on_first_line: int) -> None:
        """Numbers, one a line."""
        del on_first_line
        for number, name in enumerate(names):
            self.page.write("\n" if number else "")
            self.number(name)

    def review(self) -> None:
        """表四: a number a line."""
        with self.page.table(REVIEW):
            with self.page.header(REVIEW):
                self.review_header()
            for block, _ in self.shape.review_blocks:
                with self.page.row(row_key(REVIEW, block)):
                    self.numbers(review_cells(self.shape, block))
                self.page.write("\n")
