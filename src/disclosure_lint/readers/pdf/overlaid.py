"""What lies upon the text of a page and takes its meaning: lines that strike digits out, marks of reviewers, fields.

Of such digits nobody knows whether they are meant: UNKNOWN stands for each. What is filled into a field, or written
upon the page by a reviewer, is no text of the page: UNKNOWN stands there, lest a cell seem blank.
"""

from collections.abc import Iterable, Iterator, Sequence

import pypdfium2_raw as raw

from disclosure_lint.readers.pdf import library
from disclosure_lint.readers.pdf.characters import UNKNOWN, Characters
from disclosure_lint.readers.pdf.geometry import Box, Frame, Run, Stroke
from disclosure_lint.readers.pdf.lattice import Lattice
from disclosure_lint.readers.pdf.library import Handle

_UPPER, _LOWER = 0.3, 0.8
"""Of the height of a digit, from its top: a line that strikes it out is between, one that underlines it below."""
_MOST = 200
"""Lines, and marks on a page: of more, the first ones are looked at."""
_WRITTEN, _STRUCK = (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET), (raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_REDACT)
_NEAR = 1.0
"""Points: a line is not further from an edge of a table that it is part of."""


def with_struck_digits(
    page: Characters, across: Iterable[Stroke], tables: Sequence[Lattice], marks: Iterable[Box]
) -> Characters:
    """Returns the characters of a page with UNKNOWN for digits that a line of no table, or a mark, strikes out."""
    lines = [line for line in across if not any(_is_of(line, table) for table in tables)]
    boxes = [*(Box(start, at, end, at) for at, start, end in lines[:_MOST]), *marks]
    if not boxes:
        return page
    text = list(page.text)
    for place, char in enumerate(text):
        if "0" <= char <= "9":
            top, bottom = page.height - page.top[place], page.height - page.bottom[place]
            middle = (page.left[place] + page.right[place]) / 2
            upper, lower = top + _UPPER * (bottom - top), top + _LOWER * (bottom - top)
            if any(box.left < middle < box.right and box.top < lower and box.bottom > upper for box in boxes):
                text[place] = UNKNOWN
    return page._replace(text="".join(text))


def _is_of(line: Stroke, table: Lattice) -> bool:
    """Says whether a line is drawn where a table has lines."""
    is_beside = line.start < table.xs[-1] and line.end > table.xs[0]
    return is_beside and any(abs(line.at - y) < _NEAR for y in table.ys)


def marks_of(page: Handle, frame: Frame) -> tuple[list[Box], list[Box]]:
    """Returns where reviewers struck something out, and where fields or notes with text stand upon a page."""
    struck: list[Box] = []
    written: list[Box] = []
    for number in range(min(_MOST, max(0, raw.FPDFPage_GetAnnotCount(page)))):
        mark = raw.FPDFPage_GetAnnot(page, number)
        if not mark:
            continue
        try:
            kind = raw.FPDFAnnot_GetSubtype(mark)
            if kind in _STRUCK:
                struck += [frame.box(*corners) for corners in library.annotated(mark)]
            elif kind in _WRITTEN and library.has_text(mark):
                written += [frame.box(*corners) for corners in library.annotated(mark)]
        finally:
            raw.FPDFPage_CloseAnnot(mark)
    return struck, written


def written_upon(boxes: Iterable[Box], page: Characters) -> Iterator[Run]:
    """Yields a sign for each text upon a page that stands where the page has none."""
    middles = [
        ((left + right) / 2, page.height - (top + bottom) / 2)
        for char, left, right, top, bottom in zip(page.text, page.left, page.right, page.top, page.bottom, strict=True)
        if char > " "
    ]
    for box in boxes:
        if not any(box.left < x < box.right and box.top < y < box.bottom for x, y in middles):
            middle, half = (box.top + box.bottom) / 2, min(5.0, (box.bottom - box.top) / 2)
            yield Run(box.left, middle - half, box.right, middle + half, UNKNOWN, -1)
