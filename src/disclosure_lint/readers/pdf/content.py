"""The pages of a PDF, one after the other."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import pypdfium2_raw as raw

from disclosure_lint.readers.pdf import library
from disclosure_lint.readers.pdf.characters import is_undecodable, read_characters, runs
from disclosure_lint.readers.pdf.geometry import Box, Frame
from disclosure_lint.readers.pdf.hidden import with_hidden_text
from disclosure_lint.readers.pdf.lattice import lattices
from disclosure_lint.readers.pdf.library import Handle
from disclosure_lint.readers.pdf.objects import objects
from disclosure_lint.readers.pdf.overlaid import marks_of, with_struck_digits, written_upon
from disclosure_lint.readers.pdf.pieces import Element, elements
from disclosure_lint.readers.pdf.problems import damaged, has_password, too_much
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
