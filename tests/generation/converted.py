"""Layouts in which programs write the tables of pages and Word files as text."""

from tests.generation.forms import REVIEW, row_key
from tests.generation.grid import Cells, numbers, write_cells, write_review_numbers, write_slot
from tests.generation.pipes import Pipes, RepeatingPipes
from tests.generation.tabs import Tabs
from tests.generation.writer import review_cells

_ENDED = 0.05
"""Such a share of labels ends its line."""


class MarkedPipes(Pipes):
    """The rule below a table's first row says how each column is aligned."""

    def rule(self, columns: int) -> None:
        """The line below a table's first row."""
        mark = self.rng.choice((":---", "---:", ":---:", ":-:", ":---------:"))
        marks = [self.rng.choice((mark, mark, ":--", "--:", "---")) for _ in range(columns)]
        self.page.write(f"|{'|'.join(marks)}|\n")


class BlankHeadPipes(MarkedPipes):
    """A blank row where a page names no header."""

    def opened(self, columns: int) -> None:
        """The blank row, and the rule below it."""
        self.page.write("|" + "  |" * columns + "\n")
        super().rule(columns)

    def rule(self, columns: int) -> None:
        """No rule where others have one."""


class IndexedPipes(RepeatingPipes):
    """Columns counted in a row above, and the text of merged cells wherever they cover the grid."""

    def opened(self, columns: int) -> None:
        """The counted columns, and the rule below them."""
        self.page.write("|" + "".join(f" {number} |" for number in range(columns)) + "\n")
        self.page.write("|" + "---:|" * columns + "\n")

    def rule(self, columns: int) -> None:
        """No rule where others have one."""


class _Separated(Pipes):
    """Cells with something between them."""

    separator = ""

    def line(self, cells: Cells) -> None:
        """A row of cells."""
        write_cells(self, cells, self.separator)
        self.page.write("\n")

    def review_row(self) -> None:
        """The numbers of 表四."""
        write_review_numbers(self, self.separator)
        self.page.write("\n")

    def rule(self, columns: int) -> None:
        """No rule."""


class OpenPipes(_Separated):
    """Bars between cells only."""

    separator = "| "

    def rule(self, columns: int) -> None:
        """The line below a table's first row."""
        self.page.write("|".join(["---"] * columns) + "\n")


class _Values(_Separated):
    """The tables of a text as values with a separator."""

    suffix = ".txt"

    def title(self) -> None:
        """The title on a line."""
        self.paragraph(self.content.title)

    def heading(self, text: str) -> None:
        """A heading on a line."""
        self.paragraph(text)

    def subheading(self, text: str) -> None:
        """A heading on a line."""
        self.paragraph(text)


class Commas(_Values):
    """Commas between cells; a cell with a comma stands in quotation marks."""

    separator = ","

    def number(self, name: str) -> None:
        """Writes what stands in a cell."""
        mark = '"' if "," in self.content.cell_text(name) else ""
        self.page.write(mark)
        super().number(name)
        self.page.write(mark)


class Semicolons(_Values):
    """Semicolons between cells."""

    separator = ";"


class HtmlTables(Pipes):
    """Tables of HTML in Markdown."""

    def opened(self, columns: int) -> None:
        """The beginning of a table."""
        del columns
        self.page.write("<table>\n")

    def closed(self) -> None:
        """The end of a table."""
        self.page.write("</table>\n")

    def line(self, cells: Cells) -> None:
        """A row of cells."""
        self.page.write("<tr>")
        for slot in cells:
            self.page.write("<td>")
            write_slot(self, slot)
            self.page.write("</td>")
        self.page.write("</tr>\n")

    def review_row(self) -> None:
        """The numbers of 表四."""
        self.page.write("<tr><td>")
        write_review_numbers(self, "</td><td>")
        self.page.write("</td></tr>\n")

    def rule(self, columns: int) -> None:
        """No rule."""


class BarLines(_Values):
    """A cell a line, each ended by a bar; a row ends with two. What a merged cell covers is no cell.

    Where a label ended its line the bar stands on the next one.
    """

    def line(self, cells: Cells) -> None:
        """A row of cells."""
        for slot in cells:
            if slot.text:
                write_slot(self, slot)
                blank = slot.kind == "number" and not self.content.cell_text(slot.text)
                may_end = slot.kind == "label" or (slot.kind == "text" and slot is not cells[0])
                ended = may_end and self.rng.random() < _ENDED
                self.page.write("|\n" if blank else "\n|\n" if ended else " |\n")
        self.page.write("||\n")

    def review_row(self) -> None:
        """The numbers of 表四."""
        for block, _ in self.shape.review_blocks:
            with self.page.row(row_key(REVIEW, block)):
                for slot in numbers(review_cells(self.shape, block)):
                    write_slot(self, slot)
                    self.page.write(" |\n" if self.content.cell_text(slot.text) else "|\n")
        self.page.write("||\n")


class PaddedTabs(Tabs):
    """A space where a cell is blank, and a tab at the end of a row."""

    def line(self, cells: Cells) -> None:
        """A row of cells."""
        for slot in cells:
            blank = not (self.content.cell_text(slot.text) if slot.kind == "number" else slot.text)
            write_slot(self, slot)
            self.page.write(" \t" if blank else "\t")
        self.page.write("\n")
