"""A PDF as a Document: its pages, one after the other, and what is made of them."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import pypdfium2_raw as raw

from disclosure_lint.model.document import Document, Location, Notice
from disclosure_lint.model.source import LaidOut, Span
from disclosure_lint.readers.page import Page
from disclosure_lint.readers.pdf import library
from disclosure_lint.readers.pdf.characters import is_undecodable, read_characters, runs
from disclosure_lint.readers.pdf.geometry import Box, Frame, around, new
from disclosure_lint.readers.pdf.hidden import marks_of, with_hidden_text, with_struck_digits, written_upon
from disclosure_lint.readers.pdf.joining import Table, joined_tables
from disclosure_lint.readers.pdf.lattice import lattices
from disclosure_lint.readers.pdf.library import Handle
from disclosure_lint.readers.pdf.lines import Line, with_places
from disclosure_lint.readers.pdf.objects import objects
from disclosure_lint.readers.pdf.paragraphs import Measures, paragraphs, text_of, without_margins
from disclosure_lint.readers.pdf.pieces import Element, elements
from disclosure_lint.readers.pdf.problems import (
    damaged,
    has_password,
    outlined,
    pages_in_words,
    scanned,
    too_much,
    undecodable,
)
from disclosure_lint.readers.pdf.recovered_text import found_again, one_by_one

_MAX_PAGES = 300
_MAX_CHARACTERS = 200_000
_SCANNED = 0.5
"""Of a page: a picture that covers more may be all that is on it."""
_MOST_OF_A_BOX, _MOST_FIGURES = 10, 2_000
"""Points of a box that is drawn as a line around it; and how many figures are looked at."""
_SAMPLES = 15
"""Characters of a page that tell how its text is turned."""
_FEW = 40
"""Characters: a scanned page may bear a number and a stamp."""


class PdfPage(NamedTuple):
    """A page."""

    height: float
    elements: list[Element]
    """What stands on it, from top to bottom."""
    is_scanned: bool = False
    """Whether its text is a picture."""
    is_outlined: bool = False
    """Whether its text is drawn as figures."""
    is_undecodable: bool = False
    """Whether the file does not say what much of its text means; then the rest may not mean what it seems to."""


def read_pages(data: bytes) -> list[PdfPage]:
    """Returns the pages of a file; raises UnreadableError."""
    library.start()
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise has_password() if raw.FPDF_GetLastError() == library.PASSWORD else damaged()
    try:
        count = raw.FPDF_GetPageCount(document)
        if count > _MAX_PAGES:
            raise too_much()
        if count < 1:
            raise damaged()
        left = _MAX_CHARACTERS
        pages = []
        for number in range(count):
            page, characters = _page(document, number, left)
            left -= characters
            pages.append(page)
        return pages
    finally:
        raw.FPDF_CloseDocument(document)


def _page(document: Handle, number: int, most: int) -> tuple[PdfPage, int]:
    """Returns a page and how many characters it has."""
    handle = raw.FPDF_LoadPage(document, number)
    if not handle:
        raise damaged()
    try:
        text = raw.FPDFText_LoadPage(handle)
        if not text:
            raise damaged()
        try:
            return _read(handle, text, number + 1, most)
        finally:
            raw.FPDFText_ClosePage(text)
    finally:
        raw.FPDF_ClosePage(handle)


def _read(handle: Handle, text: Handle, number: int, most: int) -> tuple[PdfPage, int]:
    count = max(0, raw.FPDFText_CountChars(text))
    if count > most:
        raise too_much()
    frame = frame_of(handle, text)
    drawn = objects(handle, frame)
    characters = read_characters(text, count, frame)
    grids = lattices(drawn.across, drawn.down) if drawn.across and drawn.down else []
    undecodable = is_undecodable(characters.text)
    struck, written = marks_of(handle, frame)
    characters = with_struck_digits(characters, drawn.across, grids, struck)
    text_runs = runs(characters)
    lost = found_again(handle, text, drawn.texts, count, frame)
    if lost:
        text_runs = [*one_by_one(characters, text_runs), *lost]
    text_runs += written_upon(written, characters)
    found = with_hidden_text(elements(number, characters, text_runs, grids), drawn.paths, frame)
    is_scanned = _is_covered(drawn.pictures, frame) and (
        len(characters.text.strip()) <= _FEW or _is_recognised(drawn.texts[:_SAMPLES])
    )
    is_outlined = not characters.text.strip() and _are_glyphs(drawn.paths)
    return PdfPage(frame.height, found, is_scanned, is_outlined, undecodable), count


def frame_of(handle: Handle, text: Handle) -> Frame:
    """Returns how the coordinates of a page become places on it, turned so that most of its text is upright."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(handle, box)
    quarters = library.quarters(text, _SAMPLES)
    turned = Counter(quarters).most_common(1)[0][0] if quarters else raw.FPDFPage_GetRotation(handle) % 4
    return Frame(box.left, box.bottom, box.right, box.top, turned)


def _are_glyphs(paths: Sequence[Handle]) -> bool:
    """Says whether many figures are drawn that are no lines and no boxes."""
    figures = [path for path in paths[:_MOST_FIGURES] if raw.FPDFPath_CountSegments(path) > _MOST_OF_A_BOX]
    return len(figures) > _FEW


def _is_recognised(texts: Sequence[Handle]) -> bool:
    """Says whether text is not shown, as that which a program recognised in a picture and put upon it."""
    return bool(texts) and all(map(library.is_invisible, texts))


def _is_covered(pictures: list[Box], frame: Frame) -> bool:
    """Says whether pictures cover most of a page; a scan may come in strips."""
    covered = 0.0
    for left, top, right, bottom in pictures:
        width = min(right, frame.width) - max(left, 0)
        height = min(bottom, frame.height) - max(top, 0)
        covered += max(width, 0) * max(height, 0)
    return covered > _SCANNED * frame.width * frame.height


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
