"""PDFium, bound so that what is called for every character and every object costs little.

The usual bindings check and convert each argument, which takes longer than the calls. Here handles are plain addresses,
or arguments made ready once for many calls; numbers are passed without a type, as C's int; whole arrays of places are
filled by one `map`; and the interpreter is not let go of: the process has one thread.
"""

import ctypes
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

import pypdfium2_raw as raw

_HANDLE, _INT, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_float
_NUMBER = ctypes.sizeof(_FLOAT)


def _quick(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Returns a function of the library by its address; without types, arguments are passed as they are.

    All have types or none has: some systems pass what comes after the last type as they pass to printf.
    """
    address = ctypes.cast(function, _HANDLE).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]


_object_at = _quick(raw.FPDFPage_GetObject, _HANDLE)
_form_object_at = _quick(raw.FPDFFormObj_GetObject, _HANDLE, _HANDLE, ctypes.c_ulong)
type_of = _quick(raw.FPDFPageObj_GetType, _INT, _HANDLE)
_text_object = _quick(raw.FPDFText_GetTextObject, _HANDLE)
_unicode_at = _quick(raw.FPDFText_GetUnicode, ctypes.c_uint)
_has_no_meaning = _quick(raw.FPDFText_HasUnicodeMapError, _INT)
point_count = _quick(raw.FPDFPath_CountSegments, _INT, _HANDLE)
_point_at = _quick(raw.FPDFPath_GetPathSegment, _HANDLE)
_point_type = _quick(raw.FPDFPathSegment_GetType, _INT, _HANDLE)
_point_closes = _quick(raw.FPDFPathSegment_GetClose, _INT, _HANDLE)
_point = _quick(raw.FPDFPathSegment_GetPoint, None)
_draw_mode = _quick(raw.FPDFPath_GetDrawMode, None)
_clip = _quick(raw.FPDFPageObj_GetClipPath, _HANDLE, _HANDLE)
_clip_count = _quick(raw.FPDFClipPath_CountPaths, _INT, _HANDLE)
_clip_point_count = _quick(raw.FPDFClipPath_CountPathSegments, _INT, _HANDLE, _INT)
_clip_point_at = _quick(raw.FPDFClipPath_GetPathSegment, _HANDLE, _HANDLE, _INT, _INT)
_matrix = _quick(raw.FPDFPageObj_GetMatrix, None)
_loose_box = _quick(raw.FPDFText_GetLooseCharBox, None)
_bounds = _quick(raw.FPDFPageObj_GetBounds, None)

TEXT, PATH, PICTURE, FORM = (
    raw.FPDF_PAGEOBJ_TEXT,
    raw.FPDF_PAGEOBJ_PATH,
    raw.FPDF_PAGEOBJ_IMAGE,
    raw.FPDF_PAGEOBJ_FORM,
)
MOVE, LINE = raw.FPDF_SEGMENT_MOVETO, raw.FPDF_SEGMENT_LINETO
PASSWORD = raw.FPDF_ERR_PASSWORD
_SIZE = 1024
_numbers = (_FLOAT * (4 * _SIZE))()
_PLACES = [[ctypes.byref(_numbers, _NUMBER * at) for at in range(first, 4 * _SIZE, 4)] for first in range(4)]
"""Room for so many rectangles, and where the first, second, third and fourth number of each is, ready to be passed."""
_mode = (_INT * 2)()
_FILL, _STROKE = ctypes.byref(_mode), ctypes.byref(_mode, ctypes.sizeof(_INT))
_units = (ctypes.c_ushort * 4096)()
"""Room for the text of a page."""
_ready = _HANDLE.from_param
"""Makes a handle ready for many calls of functions whose arguments have no types."""
Matrix = tuple[float, float, float, float, float, float]
_started = False


def start() -> None:
    """Makes the library ready, once in a process."""
    global _started
    if not _started:
        raw.FPDF_InitLibrary()
        _started = True


def page_objects(page: int, count: int) -> list[int]:
    """Returns the first so many objects of a page."""
    return list(map(_object_at, repeat(_ready(page)), range(count)))


def form_objects(form: int, count: int) -> list[int]:
    """Returns the first so many objects of a form."""
    return list(map(_form_object_at, repeat(form), range(count)))


def owners(text_page: int, characters: Iterable[int]) -> Iterator[int | None]:
    """Returns the text object of each character, None for what PDFium puts between them."""
    return map(_text_object, repeat(_ready(text_page)), characters)


def codes(text_page: int, characters: Iterable[int]) -> Iterator[int]:
    """Returns the code of each character."""
    return map(_unicode_at, repeat(_ready(text_page)), characters)


def without_meaning(text_page: int, characters: Iterable[int]) -> Iterator[int]:
    """Returns for each character 1 if the file does not say what it means."""
    return map(_has_no_meaning, repeat(_ready(text_page)), characters)


def text(text_page: int, count: int) -> str:
    """Returns the first so many characters, without those that have no code."""
    global _units
    if len(_units) <= count:
        # A kind of array costs as much to make as the call does: one of half as much again is kept for the next page.
        _units = (ctypes.c_ushort * (count + count // 2 + 1))()
    written = max(1, raw.FPDFText_GetText(text_handle(text_page), 0, count, _units))
    return memoryview(_units).cast("B")[: 2 * written - 2].tobytes().decode("utf-16-le", "replace")


def boxes(text_page: int, first: int, count: int) -> tuple[list[float], list[float], list[float], list[float]]:
    """Returns left, top, right, bottom of so many characters, y upwards."""
    page = _ready(text_page)
    found: list[float] = []
    for start in range(first, first + count, _SIZE):
        part = range(start, min(first + count, start + _SIZE))
        deque(map(_loose_box, repeat(page), part, _PLACES[0]), maxlen=0)
        found += _numbers[: 4 * len(part)]
    return found[::4], found[1::4], found[2::4], found[3::4]


def bounds(objects: Sequence[int]) -> list[float]:
    """Returns left, bottom, right, top of objects one after the other, y upwards."""
    found: list[float] = []
    for start in range(0, len(objects), _SIZE):
        part = objects[start : start + _SIZE]
        deque(map(_bounds, map(_ready, part), *_PLACES), maxlen=0)
        found += _numbers[: 4 * len(part)]
    return found


def points(path: int) -> list[tuple[int, float, float, bool]]:
    """Returns the points of a path: how it gets there, where it is, and whether the figure is closed there."""
    x, y = _PLACES[0][0], _PLACES[1][0]
    found: list[tuple[int, float, float, bool]] = []
    for segment in list(map(_point_at, repeat(_ready(path)), range(point_count(path)))):
        _point(_ready(segment), x, y)
        found.append((_point_type(segment), _numbers[0], _numbers[1], bool(_point_closes(segment))))
    return found


def clips(objects: Sequence[int]) -> list[tuple[float, float, float, float] | None]:
    """Returns left, bottom, right, top of what is shown of each object, None for one that is shown wholly."""
    x, y = _PLACES[0][0], _PLACES[1][0]
    found: list[tuple[float, float, float, float] | None] = []
    for path in map(_clip, objects):
        whole: tuple[float, ...] = ()
        for number in range(_clip_count(path) if path else 0):
            corners = []
            for at in range(max(0, _clip_point_count(path, number))):
                _point(_ready(_clip_point_at(path, number, at)), x, y)
                corners.append((_numbers[0], _numbers[1]))
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
        found.append((whole[0], whole[1], whole[2], whole[3]) if whole else None)
    return found


def is_stroked(path: int) -> bool:
    """Says whether the outline of a path is drawn."""
    _draw_mode(_ready(path), _FILL, _STROKE)
    return bool(_mode[1])


def matrix(form: int) -> Matrix:
    """Returns where an object lies in what holds it."""
    _matrix(_ready(form), _PLACES[0][0])
    a, b, c, d, e, f = _numbers[:6]
    return a, b, c, d, e, f


def address(handle: Any) -> int:
    """Returns the address that a handle is, 0 if there is none."""
    return ctypes.cast(handle, _HANDLE).value or 0


def handle(place: int) -> Any:
    """Returns the page that is at an address."""
    return ctypes.cast(place, raw.FPDF_PAGE)


def text_handle(place: int) -> Any:
    """Returns the text of a page that is at an address."""
    return ctypes.cast(place, raw.FPDF_TEXTPAGE)


def object_handle(place: int) -> Any:
    """Returns the object that is at an address."""
    return ctypes.cast(place, raw.FPDF_PAGEOBJECT)
