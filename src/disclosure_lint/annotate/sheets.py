"""A PDF with a highlight at each finding: at the cells or words, else a note at the top of the page."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from disclosure_lint.annotate.notes import AUTHOR, Note, block_at, cells_at
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.document import Document, Location
from disclosure_lint.model.source import Span
from disclosure_lint.readers.pdf.process import marked_apart
from disclosure_lint.readers.pdf.wire import PdfMark


def annotated_pdf(document: Document, data: bytes, notes: Sequence[Note]) -> bytes:
    """Returns a copy of a PDF with its notes; raises UnreadableError."""
    return marked_apart(data, [mark for note in notes for mark in _marks(document, note)])


def _marks(document: Document, note: Note) -> Iterator[PdfMark]:
    """Yields the marks of a note, one for each page that it is on."""
    cells = [cell.location for cell in cells_at(document, note.span) if cell.location and cell.location.box]
    if cells:
        for page, group in groupby(cells, key=lambda place: place.page or 1):
            yield _mark(note, page, tuple(place.box for place in group if place.box))
        return
    location = note.location or document.location_at(note.span.start) or Location()
    if location.box is None or note.span.start == note.span.end:
        yield _mark(note, location.page or 1, (location.box,) if location.box else ())
        return
    yield _mark(note, location.page or 1, (location.box,), *_words(document, note.span))


def _mark(
    note: Note, page: int, boxes: tuple[tuple[float, float, float, float], ...], words: str = "", occurrence: int = 0
) -> PdfMark:
    return PdfMark(page, boxes, words, occurrence, note.is_wrong, note.code, note.text, AUTHOR)


def _words(document: Document, span: Span) -> tuple[str, int]:
    """Returns the words at a place without white space, and how often the same stand before them in the paragraph."""
    block = block_at(document, span)
    around = block.span if block else span
    text = document.source.text
    words = squeeze(text[span.start : min(span.end, around.end)])
    before = squeeze(text[around.start : min(span.end, around.end)])
    return words, sum(before.startswith(words, at) for at in range(len(before) - len(words))) if words else 0
