"""Highlights and notes in a PDF, drawn so that every viewer shows them; what the file was stays before what is added.

In the process that reads PDF. A highlight carries its words itself: who points at it or lists comments sees them.
"""

import ctypes
from collections.abc import Iterator, Sequence
from itertools import groupby

import pypdfium2_raw as raw

from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.readers.pdf import library
from disclosure_lint.readers.pdf.characters import read_characters
from disclosure_lint.readers.pdf.geometry import Box, Frame, around
from disclosure_lint.readers.pdf.library import Corners, Handle
from disclosure_lint.readers.pdf.problems import damaged, not_markable
from disclosure_lint.readers.pdf.reading import frame_of
from disclosure_lint.readers.pdf.wire import PdfMark

_Colour = tuple[int, int, int]
_WRONG, _OTHER = (255, 214, 0), (120, 190, 255)
_FRAMES = {_WRONG: (230, 120, 0), _OTHER: (40, 120, 220)}
"""The colours of the lines around what is highlighted."""
_OPACITY = 80
"""Of 255: it lies above the text, which can be read through it in any viewer."""
_PRINTED = 4
_INDEX_HEAD, _INDEX_END = (
    lazy_re_compile(rb"\d{1,10} \d{1,5} obj *<<"),
    lazy_re_compile(rb"(?<=endstream\r\n)startxref\s+(\d{1,10})\s+%%EOF\s*\Z"),
)
_TAIL = 100
"""Bytes in which a file says where its index is."""
_ICON, _EDGE = 16.0, 6.0
"""Points: a note is so large, and so far from the edge of the page and the next one."""


def marked(data: bytes, marks: Sequence[PdfMark]) -> bytes:
    """Returns a file with marks put in; raises UnreadableError."""
    library.start()
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise damaged()
    try:
        count = raw.FPDF_GetPageCount(document)
        ordered = sorted(marks, key=lambda mark: mark.page)
        for number, group in groupby(ordered, key=lambda mark: mark.page):
            _mark_page(document, min(max(number, 1), count) - 1, list(group))
        return _saved(document)
    finally:
        raw.FPDF_CloseDocument(document)


def _mark_page(document: Handle, number: int, marks: Sequence[PdfMark]) -> None:
    page = raw.FPDF_LoadPage(document, number)
    text = raw.FPDFText_LoadPage(page) if page else None
    try:
        if not text:
            raise damaged()
        frame = frame_of(page, text)
        words = _Words(text, frame)
        icons = 0
        for mark in marks:
            boxes = [Box(*box) for box in mark.boxes]
            if mark.words and boxes:
                boxes = words.boxes(mark, boxes[0]) or boxes
            if boxes:
                _annotate(page, raw.FPDF_ANNOT_HIGHLIGHT, frame, boxes, mark)
            else:
                left = _EDGE + icons * (_ICON + _EDGE)
                icons += left + 2 * (_ICON + _EDGE) < frame.width  # what has no room stands on the last one
                _annotate(page, raw.FPDF_ANNOT_TEXT, frame, [Box(left, _EDGE, left + _ICON, _EDGE + _ICON)], mark)
    finally:
        raw.FPDFText_ClosePage(text)
        raw.FPDF_ClosePage(page)


def _annotate(page: Handle, kind: int, frame: Frame, boxes: Sequence[Box], mark: PdfMark) -> None:
    annotation = raw.FPDFPage_CreateAnnot(page, kind)
    if not annotation:
        raise not_markable()
    try:
        colour = _WRONG if mark.is_wrong else _OTHER
        opacity = _OPACITY if kind == raw.FPDF_ANNOT_HIGHLIGHT else 255
        raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *colour, opacity)
        raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(*_rectangle(frame.content(around(boxes)))))
        corners = [frame.content(box) for box in boxes]
        for left, bottom, right, top in corners if kind == raw.FPDF_ANNOT_HIGHLIGHT else ():
            points = raw.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
            raw.FPDFAnnot_AppendAttachmentPoints(annotation, points)
        for key, value in (("Contents", mark.text), ("T", mark.author), ("Subj", mark.title)):
            raw.FPDFAnnot_SetStringValue(annotation, key.encode(), _wide(value))
        raw.FPDFAnnot_SetFlags(annotation, _PRINTED)
        look = _highlight(corners, colour) if kind == raw.FPDF_ANNOT_HIGHLIGHT else _icon(corners[0], colour)
        if not raw.FPDFAnnot_SetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, _wide(look)):
            raise not_markable()
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _rectangle(corners: Corners) -> Corners:
    """Returns left, top, right, bottom, in which order PDFium takes them."""
    left, bottom, right, top = corners
    return left, top, right, bottom


def _highlight(corners: Sequence[Corners], colour: _Colour) -> str:
    """Returns what draws rectangles with a line around each; PDFium calls the opacity of what it draws `GS`."""
    boxes = [
        f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re" for left, bottom, right, top in corners
    ]
    framed = "".join(f"{box} S " for box in boxes)
    return f"{_parts(_FRAMES[colour])} RG 1.5 w {framed}/GS gs {_parts(colour)} rg {' '.join(boxes)} f"


def _icon(corners: Corners, colour: _Colour) -> str:
    """Returns what draws a sheet with some lines on it."""
    left, bottom, right, top = corners
    heights = [bottom + (top - bottom) * part for part in (0.3, 0.5, 0.7)]
    lines = (f"{left + 3:.2f} {y:.2f} m {right - 3:.2f} {y:.2f} l S" for y in heights)
    sheet = f"{left + 0.5:.2f} {bottom + 0.5:.2f} {right - left - 1:.2f} {top - bottom - 1:.2f} re B"
    return f"{_parts(colour)} rg 0.2 0.2 0.2 RG 0.8 w {sheet} {' '.join(lines)}"


def _parts(colour: _Colour) -> str:
    return " ".join(f"{part / 255:.3f}" for part in colour)


class _Words:
    """The characters of a page with their places, read when the first are looked for."""

    def __init__(self, text_page: Handle, frame: Frame):
        self._text_page = text_page
        self._frame = frame
        self._read: list[tuple[str, Box]] | None = None

    def boxes(self, mark: PdfMark, within: Box) -> list[Box]:
        """Returns a box for each line that the words of a mark stand on; none if they are not found in a box."""
        if self._read is None:
            self._read = list(self._characters())
        found = [(one, box) for one, box in self._read if _is_in(box, within)]
        text, words = squeeze("".join(one for one, _ in found)), squeeze(mark.words)
        at = -1
        for _ in range(mark.occurrence + 1):
            at = text.find(words, at + 1)
            if at < 0 or len(text) != len(found):
                return []
        return list(_lines([box for _, box in found[at : at + len(words)]]))

    def _characters(self) -> Iterator[tuple[str, Box]]:
        count = max(0, raw.FPDFText_CountChars(self._text_page))
        read = read_characters(self._text_page, count, self._frame)
        for one, left, top, right, low in zip(read.text, read.left, read.top, read.right, read.bottom, strict=True):
            if one > " " and not one.isspace():
                yield one, Box(left, read.height - top, right, read.height - low)


def _is_in(box: Box, other: Box) -> bool:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return other.left - 1 <= x <= other.right + 1 and other.top - 1 <= y <= other.bottom + 1


def _lines(boxes: Sequence[Box]) -> Iterator[Box]:
    """Yields a box around those that stand beside each other."""
    line: list[Box] = []
    for box in boxes:
        if line and not (line[-1].top < (box.top + box.bottom) / 2 < line[-1].bottom and box.left >= line[-1].left):
            yield around(line)
            line = []
        line.append(box)
    if line:
        yield around(line)


def _wide(text: str) -> "ctypes.Array[ctypes.c_ushort]":
    units = (text + "\0").encode("utf-16-le", "replace")
    return (ctypes.c_ushort * (len(units) // 2)).from_buffer_copy(units)


def _saved(document: Handle) -> bytes:
    """Returns the bytes that the file was, and what was added."""
    parts: list[bytes] = []

    def take(_: object, block: int, size: int) -> int:
        parts.append(ctypes.string_at(block, size))
        return 1

    target = raw.FPDF_FILEWRITE(version=1)
    target.WriteBlock = type(target.WriteBlock)(take)
    if not raw.FPDF_SaveAsCopy(document, target, raw.FPDF_INCREMENTAL):
        raise not_markable()
    return _with_whole_index(b"".join(parts))


def _with_whole_index(data: bytes) -> bytes:
    """Returns a file with what PDFium leaves out of an index that is a stream, and other programs ask for."""
    end = _INDEX_END.search(data, max(0, len(data) - _TAIL))
    head = _INDEX_HEAD.match(data, int(end[1])) if end else None
    if end is None or head is None:
        return data
    return data[: head.end()] + b"/Type/XRef" + data[head.end() : end.start()] + b"endobj\r\n" + data[end.start() :]
