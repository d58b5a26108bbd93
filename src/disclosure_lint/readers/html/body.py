"""What was found on a page, as text with lines, and where each character of it is in the file."""

from collections.abc import Iterable

from disclosure_lint.model.document import Comment, Location
from disclosure_lint.model.source import Run, Span
from disclosure_lint.readers.html.flow import Flow, Item, TableRow, Written
from disclosure_lint.readers.html.tree import Element, Text
from disclosure_lint.readers.page import Page

_ON_ONE_LINE = str.maketrans("\r\n", "  ")


class Body:
    """Writes the lines and rows of a report onto a page."""

    def __init__(self, file: str, page: Page, flow: Flow):
        """Takes the text of the file, and what reads its cells."""
        self._file = file
        self._page = page
        self._flow = flow
        self._paragraphs = self._tables = 0
        self._table: Element | None = None
        self._waiting: list[Text] = []
        self.runs: list[Run] = []
        """Where what was written is in the file."""
        self.comments: list[Comment] = []

    def write(self, items: Iterable[Item]) -> None:
        """Writes everything; raises UnreadableError for what is too long."""
        for item in items:
            if isinstance(item, Written):
                self._line(item)
            elif isinstance(item, TableRow):
                self._row(item)
            else:
                self._waiting.append(item)
        self._remark()

    def _line(self, item: Written) -> None:
        self._remark()
        self._paragraphs += 1
        behind = self._words(item.remarks)
        span = self._page.paragraph(item.line.text, item.level, Location(paragraph=self._paragraphs), behind)
        self._place(item.line.runs, span.start)
        self._comment(item.remarks, span.end + 1)

    def _row(self, item: TableRow) -> None:
        if item.element is not self._table:
            self._remark()
            self._table = item.element
            self._tables += 1
        texts = [self._flow.cell(cell.element) for cell in item.cells]
        if not texts or (item.element.tables and not any(text.line.text for text in texts)):
            # The latter only keeps apart what a table that frames others frames.
            return
        remarks = (*self._waiting, *item.remarks)
        self._waiting.clear()
        places = [Location(None, self._tables, item.number, cell.column + 1) for cell in item.cells]
        cells = [
            (text.line.text, cell.column, cell.columns, place)
            for text, cell, place in zip(texts, item.cells, places, strict=True)
        ]
        behind = self._words(remarks)
        for text, cell in zip(texts, self._page.row(cells, behind), strict=True):
            # A blank cell has a place too.
            self._place(text.line.runs or [Run(0, 0, text.start, 0)], cell.span.start)
        self._comment(remarks, self._page.end.start - 1 - len(behind))

    def _remark(self) -> None:
        """Ends the table, and writes the comments that stand before what follows, on a line of their own."""
        self._page.end_table()
        self._table = None
        if self._waiting:
            span = self._page.remark(self._words(self._waiting))
            self._comment(self._waiting, span.start)
            self._waiting.clear()

    def _words(self, remarks: Iterable[Text]) -> str:
        return " ".join(self._file[start:end].translate(_ON_ONE_LINE) for start, end, _ in remarks)

    def _comment(self, remarks: Iterable[Text], at: int) -> None:
        """Notes comments that were written one after the other."""
        for start, end, _ in remarks:
            self.runs.append(Run(at, end - start, start, end - start))
            words = self._file[start:end].translate(_ON_ONE_LINE)
            self.comments.append(Comment(Span(at, at + end - start), words.removeprefix("<!--").removesuffix("-->")))
            at += end - start + 1

    def _place(self, runs: Iterable[Run], at: int) -> None:
        self.runs += [Run(start + at, length, origin, long) for start, length, origin, long in runs]
