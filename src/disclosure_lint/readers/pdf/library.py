"""PDFium, bound so that what is called for every character and every object costs little.

The usual bindings check and convert each argument, which takes longer than the calls. Here handles are plain addresses,
whole arrays of places are filled by one `map`, and the interpreter is not let go of: the process has one thread.
"""

import ctypes
from collections import deque
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

import pypdfium2_raw as raw

_HANDLE, _INT, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_float
_NUMBER = ctypes.sizeof(_FLOAT)


def _quick(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Returns a function of the library by its address, called without conversions."""
    address = ctypes.cast(function, _HANDLE).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]


object_at = _quick(raw.FPDFPage_GetObject, _HANDLE, _HANDLE, _INT)
form_object_at = _quick(raw.FPDFFormObj_GetObject, _HANDLE, _HANDLE, ctypes.c_ulong)
type_of = _quick(raw.FPDFPageObj_GetType, _INT, _HANDLE)
text_object = _quick(raw.FPDFText_GetTextObject, _HANDLE, _HANDLE, _INT)
unicode_at = _quick(raw.FPDFText_GetUnicode, ctypes.c_uint, _HANDLE, _INT)
has_no_meaning = _quick(raw.FPDFText_HasUnicodeMapError, _INT, _HANDLE, _INT)
point_count = _quick(raw.FPDFPath_CountSegments, _INT, _HANDLE)
point_at = _quick(raw.FPDFPath_GetPathSegment, _HANDLE, _HANDLE, _INT)
point_type = _quick(raw.FPDFPathSegment_GetType, _INT, _HANDLE)
point_closes = _quick(raw.FPDFPathSegment_GetClose, _INT, _HANDLE)
_point = _quick(raw.FPDFPathSegment_GetPoint, _INT, _HANDLE, _HANDLE, _HANDLE)
_loose_box = _quick(raw.FPDFText_GetLooseCharBox, None, _HANDLE, _INT, _HANDLE)
_bounds = _quick(raw.FPDFPageObj_GetBounds, None, _HANDLE, _HANDLE, _HANDLE, _HANDLE, _HANDLE)

TEXT, PATH, PICTURE, FORM = (
    raw.FPDF_PAGEOBJ_TEXT,
    raw.FPDF_PAGEOBJ_PATH,
    raw.FPDF_PAGEOBJ_IMAGE,
    raw.FPDF_PAGEOBJ_FORM,
)
MOVE, LINE = raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_LINETO
PASSWORD = raw.FPDF_ERR_PASSWORD
Matrix = tuple[float, float, float, float, float, float]
_started = False


def start() -> None:
    """Makes the library ready, once in a process."""
    global _started
    if not _started:
        raw.FPDF_InitLibrary()
        _started = True


def boxes(text_page: int, first: int, count: int) -> tuple[list[float], list[float], list[float], list[float]]:
    """Returns left, top, right, bottom of so many characters, y upwards."""
    memory = (_FLOAT * (4 * count))()
    start = ctypes.addressof(memory)
    places = range(start, start + 4 * _NUMBER * count, 4 * _NUMBER)
    deque(map(_loose_box, repeat(text_page), range(first, first + count), places), maxlen=0)
    return memory[::4], memory[1::4], memory[2::4], memory[3::4]


def bounds(objects: Sequence[int]) -> list[float]:
    """Returns left, bottom, right, top of objects one after the other, y upwards."""
    if not objects:
        return []
    memory = (_FLOAT * (4 * len(objects)))()
    start = ctypes.addressof(memory)
    end = start + 4 * _NUMBER * len(objects)
    places = [range(start + _NUMBER * number, end, 4 * _NUMBER) for number in range(4)]
    deque(map(_bounds, objects, *places), maxlen=0)
    return memory[:]


def points(path: int) -> list[tuple[int, float, float, bool]]:
    """Returns the points of a path: how it gets there, where it is, and whether the figure is closed there."""
    count = point_count(path)
    memory = (_FLOAT * 2)()
    x = ctypes.addressof(memory)
    found: list[tuple[int, float, float, bool]] = []
    for number in range(count):
        segment = point_at(path, number)
        _point(segment, x, x + _NUMBER)
        found.append((point_type(segment), memory[0], memory[1], bool(point_closes(segment))))
    return found


def is_stroked(path: int) -> bool:
    """Says whether the outline of a path is drawn."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(object_handle(path), fill, stroke)
    return bool(stroke.value)


def matrix(form: int) -> Matrix:
    """Returns where an object lies in what holds it."""
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(object_handle(form), found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def address(handle: Any) -> int:
    """Returns the address that a handle is, 0 if there is none."""
    return ctypes.cast(handle, _HANDLE).value or 0


def handle(place: int) -> Any:
    """Returns the page that is at an address."""
    return ctypes.cast(place, raw.FPDF_PAGE)


def object_handle(place: int) -> Any:
    """Returns the object that is at an address."""
    return ctypes.cast(place, raw.FPDF_PAGEOBJECT)
