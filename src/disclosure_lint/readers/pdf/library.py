"""What is asked of PDFium about a page, by plain calls of the bindings that pypdfium2 makes for it."""

import ctypes
import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pypdfium2_raw as raw

from disclosure_lint.model.lazy_re import lazy_re_compile

TEXT, PATH, PICTURE, FORM = (
    raw.FPDF_PAGEOBJ_TEXT,
    raw.FPDF_PAGEOBJ_PATH,
    raw.FPDF_PAGEOBJ_IMAGE,
    raw.FPDF_PAGEOBJ_FORM,
)
MOVE, LINE = raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_LINETO
PASSWORD = raw.FPDF_ERR_PASSWORD
Handle = Any
"""A pointer to a page, its text, or an object on it. Two pointers to one thing are not equal: see `address`."""
Corners = tuple[float, float, float, float]
"""Left, bottom, right, top in points, y upwards."""
Matrix = tuple[float, float, float, float, float, float]
_UPRIGHT = 0.2
"""Eighth turns: a character that is turned by less is upright."""
_SHOWS_TEXT = lazy_re_compile(rb"T[jJ]")
_MAX_APPEARANCE, _MOST_LINES = 20_000, 100
"""Characters of what draws an annotation, and lines of text that it marks: more is not looked at."""
_started = False


def start() -> None:
    """Makes the library ready, once in a process."""
    global _started
    if not _started:
        raw.FPDF_InitLibrary()
        _started = True


def address(handle: Handle) -> int:
    """Returns where in memory the thing is that a handle points to, 0 if it points to nothing."""
    return ctypes.c_void_p.from_buffer(handle).value or 0


def page_objects(page: Handle, count: int) -> list[Handle]:
    """Returns the first so many objects of a page."""
    return [raw.FPDFPage_GetObject(page, number) for number in range(count)]


def form_objects(form: Handle, count: int) -> list[Handle]:
    """Returns the first so many objects of a form."""
    return [raw.FPDFFormObj_GetObject(form, number) for number in range(count)]


def owners(text_page: Handle, count: int) -> list[int]:
    """Returns the address of the text object of each of the first characters, 0 for what PDFium puts between them."""
    return [owner(text_page, at) for at in range(count)]


def owner(text_page: Handle, at: int) -> int:
    """Returns the address of the text object of a character, 0 for what PDFium puts between them."""
    return address(raw.FPDFText_GetTextObject(text_page, at))


def code(text_page: Handle, at: int) -> int:
    """Returns the code of a character."""
    return int(raw.FPDFText_GetUnicode(text_page, at))


def without_meaning(text_page: Handle, characters: Iterable[int]) -> Iterator[bool]:
    """Yields for each character whether the file does not say what it means."""
    return (bool(raw.FPDFText_HasUnicodeMapError(text_page, at)) for at in characters)


def text(text_page: Handle, count: int) -> str:
    """Returns the first so many characters, without those that have no code."""
    units = (ctypes.c_ushort * (count + 1))()
    written = max(1, raw.FPDFText_GetText(text_page, 0, count, units))
    return bytes(units)[: 2 * written - 2].decode("utf-16-le", "replace")


def quarters(text_page: Handle, most: int) -> list[int]:
    """Returns by how many quarter turns to the left some characters of a page are turned, at the most so many."""
    count = max(0, raw.FPDFText_CountChars(text_page))
    places = range(count // (2 * most), count, max(1, count // most))
    return [
        round(-2 * raw.FPDFText_GetCharAngle(text_page, at) / math.pi) % 4
        for at in places
        if not raw.FPDFText_IsGenerated(text_page, at)
    ]


def is_aslant(text_page: Handle, at: int) -> bool:
    """Says whether a character is turned by no quarter turns."""
    eighths = 4 * raw.FPDFText_GetCharAngle(text_page, at) / math.pi
    return bool(abs((eighths + 1) % 2 - 1) > _UPRIGHT)


def boxes(text_page: Handle, first: int, count: int) -> tuple[list[float], list[float], list[float], list[float]]:
    """Returns left, top, right, bottom of so many characters, y upwards."""
    found = (raw.FS_RECTF * count)()
    for at, box in enumerate(found, first):
        raw.FPDFText_GetLooseCharBox(text_page, at, box)
    numbers = array("f", bytes(found)).tolist()
    return numbers[::4], numbers[1::4], numbers[2::4], numbers[3::4]


def bounds(objects: Iterable[Handle]) -> list[Corners]:
    """Returns where objects lie."""
    left, bottom, right, top = [ctypes.c_float() for _ in range(4)]
    found: list[Corners] = []
    for one in objects:
        raw.FPDFPageObj_GetBounds(one, left, bottom, right, top)
        found.append((left.value, bottom.value, right.value, top.value))
    return found


def points(path: Handle) -> list[tuple[int, float, float, bool]]:
    """Returns the points of a path: how it gets there, where it is, and whether the figure is closed there."""
    found = []
    for number in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        closes = bool(raw.FPDFPathSegment_GetClose(segment))
        found.append((raw.FPDFPathSegment_GetType(segment), *_place(segment), closes))
    return found


def _place(segment: Handle) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def clips(objects: Sequence[Handle]) -> list[Corners | None]:
    """Returns what is shown of each object, None for one that is shown wholly."""
    found: list[Corners | None] = []
    for path in map(raw.FPDFPageObj_GetClipPath, objects):
        whole: Corners | None = None
        for number in range(raw.FPDFClipPath_CountPaths(path) if path else 0):
            count = raw.FPDFClipPath_CountPathSegments(path, number)
            corners = [_place(raw.FPDFClipPath_GetPathSegment(path, number, at)) for at in range(count)]
            if corners:
                (left, bottom), (right, top) = (
                    map(min, zip(*corners, strict=True)),
                    map(max, zip(*corners, strict=True)),
                )
                whole = (
                    (max(left, whole[0]), max(bottom, whole[1]), min(right, whole[2]), min(top, whole[3]))
                    if whole
                    else (left, bottom, right, top)
                )
        found.append(whole)
    return found


def is_stroked(path: Handle) -> bool:
    """Says whether the outline of a path is drawn."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    return bool(stroke.value)


def step(text_page: Handle, before: int, after: int) -> float:
    """Returns how far a character is from the line on which the one beside it stands, however the page is turned."""
    x0, y0, x1, y1 = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharOrigin(text_page, before, x0, y0)
    raw.FPDFText_GetCharOrigin(text_page, after, x1, y1)
    return min(abs(x1.value - x0.value), abs(y1.value - y0.value))


def is_invisible(text: Handle) -> bool:
    """Says whether a text object is neither filled nor drawn."""
    return bool(raw.FPDFTextObj_GetTextRenderMode(text) == raw.FPDF_TEXTRENDERMODE_INVISIBLE)


def fill_colour(text_page: Handle, at: int) -> tuple[int, ...]:
    """Returns red, green, blue and opacity of a character, each of 255."""
    found = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(text_page, at, *found)
    return tuple(one.value for one in found)


def annotated(mark: Handle) -> list[Corners]:
    """Returns where an annotation lies: around each line of text that it marks, or else around all of it."""
    found: list[Corners] = []
    points, box = raw.FS_QUADPOINTSF(), raw.FS_RECTF()
    for number in range(min(_MOST_LINES, raw.FPDFAnnot_CountAttachmentPoints(mark))):
        if raw.FPDFAnnot_GetAttachmentPoints(mark, number, points):
            xs, ys = (points.x1, points.x2, points.x3, points.x4), (points.y1, points.y2, points.y3, points.y4)
            found.append((min(xs), min(ys), max(xs), max(ys)))
    if not found and raw.FPDFAnnot_GetRect(mark, box):
        found.append((box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top)))
    return found


def has_text(mark: Handle) -> bool:
    """Says whether an annotation that is shown draws text."""
    if raw.FPDFAnnot_GetFlags(mark) & raw.FPDF_ANNOT_FLAG_HIDDEN:
        return False
    size = raw.FPDFAnnot_GetAP(mark, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0)
    units = (ctypes.c_ushort * min(size // 2 + 1, _MAX_APPEARANCE))()
    raw.FPDFAnnot_GetAP(mark, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, units, ctypes.sizeof(units))
    return _SHOWS_TEXT.search(bytes(units)[::2]) is not None or any(
        raw.FPDFAnnot_GetStringValue(mark, key, None, 0) > 2 for key in (b"V", b"Contents")
    )


def matrix(form: Handle) -> Matrix:
    """Returns where an object lies in what holds it."""
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(form, found)
    return found.a, found.b, found.c, found.d, found.e, found.f
