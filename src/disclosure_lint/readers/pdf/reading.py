"""A PDF as a Document."""

from collections.abc import Sequence
from itertools import groupby

from disclosure_lint.model.document import Document, Location, Notice
from disclosure_lint.model.source import LaidOut, Span
from disclosure_lint.readers.page import Page
from disclosure_lint.readers.pdf.content import read_pages
from disclosure_lint.readers.pdf.geometry import around, new
from disclosure_lint.readers.pdf.joining import Table, joined_tables
from disclosure_lint.readers.pdf.lines import Line, with_places
from disclosure_lint.readers.pdf.margins import without_margins
from disclosure_lint.readers.pdf.paragraphs import Measures, paragraphs, text_of
from disclosure_lint.readers.pdf.problems import outlined, pages_in_words, scanned, undecodable


def read_pdf(name: str, data: bytes) -> Document:
    """Returns what stands in a PDF; raises UnreadableError."""
    pages = read_pages(data)
    pictures = [number for number, page in enumerate(pages, 1) if page.is_scanned]
    undecoded = [number for number, page in enumerate(pages, 1) if page.is_undecodable]
    outlines = [number for number, page in enumerate(pages, 1) if page.is_outlined and not page.is_scanned]
    # A single page of figures is a drawing in a report.
    outlines = [] if any(page.elements for page in pages) else outlines
    reasons = [
        (numbers, problem(*pages_in_words(numbers)))
        for numbers, problem in ((undecoded, undecodable), (pictures, scanned), (outlines, outlined))
        if numbers
    ]
    used = sum(bool(page.elements) or page.is_scanned for page in pages) + len(outlines)
    # The pages of a file share its fonts: where most are garbled, the others are not to be trusted.
    if reasons and (sum(len(numbers) for numbers, _ in reasons) == used or 2 * len(undecoded) >= used):
        raise reasons[0][1]
    shown = [[] if page.is_undecodable else page.elements for page in pages]
    writer = _Writer(Page())
    bodies = without_margins(shown, [page.height for page in pages])
    writer.write(joined_tables(with_places(bodies)))
    text, blocks = writer.page.finish()
    source = LaidOut(name, text)
    if not reasons:
        return Document(source, "pdf", blocks)
    notices = [
        Notice(reason.event, Span(0, 0), reason.zh, reason.en, Location(page=numbers[0])) for numbers, reason in reasons
    ]
    unread = "；".join(notice.zh for notice in notices), "; ".join(notice.en for notice in notices)
    return Document(source, "pdf", blocks, unread=unread, notices=tuple(notices))


class _Writer:
    """Writes what stands on the pages, and counts."""

    def __init__(self, page: Page):
        self.page = page
        self._paragraphs = self._tables = 0

    def write(self, found: Sequence[Line | Table]) -> None:
        """Writes lines as paragraphs, and tables."""
        measures = Measures([one for one in found if isinstance(one, Line)])
        for is_line, group in groupby(found, key=lambda one: isinstance(one, Line)):
            if is_line:
                for lines in paragraphs([one for one in group if isinstance(one, Line)], measures):
                    self._paragraph(lines)
            else:
                for one in group:
                    if isinstance(one, Table):
                        self._table(one)

    def _paragraph(self, lines: Sequence[Line]) -> None:
        self._paragraphs += 1
        page = lines[0].page
        box = around(line.box for line in lines if line.page == page)
        self.page.paragraph(text_of(lines), None, Location(page, paragraph=self._paragraphs, box=box.rounded()))

    def _table(self, table: Table) -> None:
        self._tables += 1
        self.page.end_table()
        columns = table.columns()
        for number, row in enumerate(table.rows, 1):
            cells = []
            for box, page, text, _, _ in row:
                first, last = columns[box.left], columns[box.right]
                place = new(Location, (page, self._tables, number, first + 1, None, box))
                cells.append((text, first, max(1, last - first), place))
            self.page.row(cells)
        self.page.end_table()
