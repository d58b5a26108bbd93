"""Characters that are drawn but that PDFium leaves out of the text.

It takes a piece of text for the shadow of the one before it if both say the same and stand close, or if both have the
same replacement text (ActualText), as Chrome writes it. A shadow is one only if it covers the other. What is lost is
moved aside, in memory only, and read again.
"""

import ctypes
from collections.abc import Mapping, Sequence

import pypdfium2_raw as raw

from disclosure_lint.readers.pdf import library
from disclosure_lint.readers.pdf.characters import UNKNOWN, Characters, character, is_near, run_of
from disclosure_lint.readers.pdf.geometry import Frame, Run

_ASIDE = 2_000.0
"""Points."""
_COVERS = 0.3
"""Of its width and height: a shadow is not further off."""
_LOOKED_BACK = 6
_REPLACEMENT = b"ActualText"
_MOST_ASIDE = 200
"""Further away, numbers of the library are no longer exact enough to tell places."""
_MAX_REPLACEMENT = 1_000


def found_again(page: int, text_page: int, texts: Sequence[int], count: int, frame: Frame) -> list[Run]:
    """Returns what of the text objects of a page is not among its characters, one character each."""
    # Characters of one text object stand together: as many rectangles as objects, and nothing is lost.
    if raw.FPDFText_CountRects(library.text_handle(text_page), 0, count) == len(texts):
        return []
    there = set(library.owners(text_page, range(count)))
    if there.issuperset(texts):
        return []
    missing = [number for number, text in enumerate(texts) if text not in there]
    near = sorted({one for number in missing for one in range(max(0, number - _LOOKED_BACK), number + 1)})
    places = library.bounds([texts[number] for number in near])
    corners = zip(places[::4], places[1::4], places[2::4], places[3::4], strict=True)
    boxes = dict(zip(near, corners, strict=True))
    lost = [number for number in missing if _is_seen(boxes[number]) and not _is_shadow(number, boxes)]
    lost = [number for number in lost if not _is_said(texts, number, there)]
    first, rest = lost[:_MOST_ASIDE], lost[_MOST_ASIDE:]
    found = _read_aside(page, [texts[number] for number in first], [boxes[number] for number in first], frame)
    found += [Run(*frame.box(*boxes[number]), UNKNOWN, -1) for number in rest]
    return [run for run in found if is_near(run)]


def one_by_one(page: Characters, runs: Sequence[Run]) -> list[Run]:
    """Returns each character as a run of its own, so that others can stand between them."""
    places = (at for run in runs for at in range(run.first, run.first + len(run.text)))
    return [one for at in places for one in run_of(page, at, at + 1)]


_Corners = tuple[float, float, float, float]


def _is_seen(box: _Corners) -> bool:
    return box[2] - box[0] > 0.1 and box[3] - box[1] > 0.1


def _is_shadow(number: int, boxes: Mapping[int, _Corners]) -> bool:
    """Says whether one of the objects just before stands in nearly the same place."""
    left, bottom, right, top = boxes[number]
    wide, high = _COVERS * (right - left), _COVERS * (top - bottom)
    before = [boxes[one] for one in range(max(0, number - _LOOKED_BACK), number)]
    return any(
        abs(other[0] - left) < wide
        and abs(other[2] - right) < wide
        and abs(other[1] - bottom) < high
        and abs(other[3] - top) < high
        for other in before
    )


def _is_said(texts: Sequence[int], number: int, there: set[int | None]) -> bool:
    """Says whether the replacement text of an object before this one stands for both."""
    said = _replacement(texts[number])
    if len(said) < 2:
        return False
    before = number
    while before and texts[before] not in there:
        before -= 1
    return texts[before] in there and _replacement(texts[before]) == said and number - before < len(said)


def _replacement(text: int) -> str:
    """Returns the replacement text of a text object, empty if it has none."""
    holder = library.object_handle(text)
    said = ""
    for number in range(max(0, raw.FPDFPageObj_CountMarks(holder))):
        mark = raw.FPDFPageObj_GetMark(holder, number)
        size = ctypes.c_ulong()
        memory = (ctypes.c_ubyte * _MAX_REPLACEMENT)()
        if raw.FPDFPageObjMark_GetParamBlobValue(mark, _REPLACEMENT, memory, _MAX_REPLACEMENT, size):
            data = bytes(memory)[: size.value]
            said = data.decode("utf-16" if data[:2] == b"\xfe\xff" else "latin-1", "replace")
    return said


def _read_aside(page: int, lost: Sequence[int], boxes: Sequence[_Corners], frame: Frame) -> list[Run]:
    if not lost:
        return []
    numbers = {text: number for number, text in enumerate(lost, 1)}
    said = [_replacement(text) for text in lost]
    for text, number in numbers.items():
        _unmark(text)
        raw.FPDFPageObj_Transform(library.object_handle(text), 1, 0, 0, 1, number * _ASIDE, 0)
    text_page = raw.FPDFText_LoadPage(library.handle(page))
    try:
        place = library.address(text_page)
        count = max(0, raw.FPDFText_CountChars(text_page))
        owners = library.owners(place, range(count))
        found = [
            (owner, run)
            for at, owner in enumerate(owners)
            if owner in numbers
            for run in _character(place, at, numbers[owner], frame)
        ]
    finally:
        raw.FPDFText_ClosePage(text_page)
    understood = {owner for owner, run in found if run.text != UNKNOWN}
    # A single character of replacement text is what it says; of more, nobody knows which one is lost.
    return [run for owner, run in found if owner in understood] + [
        Run(*frame.box(*box), text if len(text) == 1 and text.isprintable() else UNKNOWN, -1)
        for owner, box, text in zip(lost, boxes, said, strict=True)
        if owner not in understood
    ]


def _unmark(text: int) -> None:
    """Takes the replacement text from a text object."""
    holder = library.object_handle(text)
    for number in reversed(range(max(0, raw.FPDFPageObj_CountMarks(holder)))):
        mark = raw.FPDFPageObj_GetMark(holder, number)
        if raw.FPDFPageObjMark_GetParamValueType(mark, _REPLACEMENT) == raw.FPDF_OBJECT_STRING:
            raw.FPDFPageObj_RemoveMark(holder, mark)


def _character(text_page: int, at: int, number: int, frame: Frame) -> list[Run]:
    (code,) = library.codes(text_page, (at,))
    (is_unclear,) = library.without_meaning(text_page, (at,))
    (left,), (top,), (right,), (bottom,) = library.boxes(text_page, at, 1)
    text = UNKNOWN if is_unclear else character(code)
    if text.isspace():
        return []
    return [Run(*frame.box(left - number * _ASIDE, bottom, right - number * _ASIDE, top), text, -1)]
