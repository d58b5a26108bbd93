"""A web page as a Document: its text with lines, and where each character of it is in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from disclosure_lint.model.document import Comment, Document, Location, Notice, Table
from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.output import GENERATOR
from disclosure_lint.model.source import FileText, Rendition, Run, Span
from disclosure_lint.readers.decoding import decode
from disclosure_lint.readers.html.flow import Flow, Item, TableRow, Written
from disclosure_lint.readers.html.region import lonely_title, report_of
from disclosure_lint.readers.html.tokens import too_large
from disclosure_lint.readers.html.tree import Element, Text, parse
from disclosure_lint.readers.html.unread import Places, elsewhere, loaded_later, struck_text, unread_objects
from disclosure_lint.readers.page import Page
from disclosure_lint.readers.tidying import tidied

MAX_BYTES = 16 * 1024 * 1024
"""Pages hold pictures as text."""
_BEGINNING = 8192
_DECLARED = lazy_re_compile(rb"<meta\b[^>]{0,500}?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = lazy_re_compile(rb"\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_BROKEN, _MOST_BROKEN = "\ufffd", 20
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CODECS = {
    **dict.fromkeys(
        ("gb2312", "gb_2312", "gb_2312-80", "gbk", "x-gbk", "gb18030", "cp936", "chinese", "csgb2312"), "gb18030"
    ),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("utf-16", "utf-16le", "unicode"), "utf-16-le"),
    "utf-16be": "utf-16-be",
}
"""What a page may call its encoding, and what reads all of it; UTF-8 needs no word."""


def decode_page(data: bytes) -> tuple[str, str, UnreadableError | None]:
    """Returns the text, its encoding, and what is to be raised if a � is read; raises UnreadableError.

    Sites cut summaries in the middle of a character, which does no harm outside the report: of a page with a few broken
    ones each becomes a �.
    """
    try:
        return *_decode_page(data), None
    except UnreadableError as error:
        for encoding in ("utf-8", _declared(data[:_BEGINNING])) if len(data) <= MAX_BYTES else ():
            text = data.decode(encoding, "replace") if encoding else ""
            if 0 < text.count(_BROKEN) <= _MOST_BROKEN and not text.endswith(_BROKEN) and "\0" not in text:
                return text, encoding or "", error
        raise


def _decode_page(data: bytes) -> tuple[str, str]:
    encoding = _declared(data[:_BEGINNING])
    if encoding is None or len(data) > MAX_BYTES or data.startswith(_MARKS) or _is_utf8(data):
        return decode(data, MAX_BYTES)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return decode(data, MAX_BYTES)
    return decode(data, MAX_BYTES) if "\0" in text else (text, encoding)


def _declared(beginning: bytes) -> str | None:
    match = _XML.match(beginning) or _DECLARED.search(beginning)
    return _CODECS.get(match.group(1).decode("ascii", "replace").lower()) if match else None


def _is_utf8(data: bytes) -> bool:
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False


_MAX_LINES = 300_000


def read_html(name: str, data: bytes) -> Document:
    """Returns the report on a web page; raises UnreadableError."""
    file, encoding, broken = decode_page(data)
    if file.count("\n") + file.count("\r") > _MAX_LINES:
        raise too_large(f"超过 {_MAX_LINES // 10_000} 万行", f"has more than {_MAX_LINES} lines")
    if GENERATOR in file[:_BEGINNING]:
        return Document(FileText(name, "", encoding), "html", ())
    root = parse(file)
    flow, page = Flow(file), Page()
    body = Body(file, page, flow)
    items = flow.page(root)
    kept = report_of(items, root)
    body.write(kept)
    text, blocks = page.finish()
    if broken and _BROKEN in text:
        raise broken
    refused = elsewhere(file, title) if items and (title := lonely_title(items)) is not None else None
    if refused or (refused := loaded_later(file, len(text))):
        raise refused
    hidden = [comment.span for comment in body.comments]
    source = Rendition(text, FileText(name, file, encoding), body.runs, hidden)
    shown = tuple([_tidied(source.folded, block) if isinstance(block, Table) else block for block in blocks])
    return Document(source, "html", shown, tuple(body.comments), notices=tuple(_notices(file, root, body, len(text))))


def _notices(file: str, root: Element, body: Body, end: int) -> Iterator[Notice]:
    if body.runs:
        first, last = body.runs[0].origin, body.runs[-1].origin
        places = Places(body.runs, end)
        yield from struck_text(file, root, first, last, places)
        yield from unread_objects(file, first, last, places)


def _tidied(folded: str, table: Table) -> Table:
    rows = tuple(tidied(folded, table.rows))
    return Table(table.span, rows) if rows else table


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
