"""Characters that are drawn but that PDFium leaves out of the text.

It takes a piece of text for the shadow of the one before it if both say the same and stand close, or if both have the
same replacement text (ActualText), as Chrome writes it. A shadow is one only if it covers the other. What is lost is
moved aside, in memory only, and read again.
"""

import ctypes
from collections import deque
from collections.abc import Sequence
from itertools import compress, product

import pypdfium2_raw as raw

from disclosure_lint.readers.pdf import library
from disclosure_lint.readers.pdf.characters import UNKNOWN, Characters, character, is_near, run_of
from disclosure_lint.readers.pdf.geometry import Frame, Run
from disclosure_lint.readers.pdf.library import Corners, Handle

_ASIDE = 2_000.0
"""Points."""
_COVERS = 0.3
"""Of its width and height: a shadow is not further off."""
_PLACE = 6.0
"""Points: nor is it further off than this, so that what may be covered is found by its place."""
_MOST_AT_PLACE = 20
"""Objects that begin at one place: more are not looked at."""
_REPLACEMENT = b"ActualText"
_MOST_ASIDE = 200
"""Further away, numbers of the library are no longer exact enough to tell places."""
_MAX_REPLACEMENT = 1_000


def found_again(page: Handle, text_page: Handle, texts: Sequence[Handle], count: int, frame: Frame) -> list[Run]:
    """Returns what of the text objects of a page is not among its characters, one character each."""
    # Characters of one text object stand together: as many rectangles as objects, and nothing is lost.
    if raw.FPDFText_CountRects(text_page, 0, count) == len(texts):
        return []
    owners = set(library.owners(text_page, count))
    there = [library.address(text) in owners for text in texts]
    if all(there):
        return []
    boxes = _uncovered(library.bounds(texts), there)
    lost = [number for number in boxes if not _is_said(texts, number, there)]
    first, rest = lost[:_MOST_ASIDE], lost[_MOST_ASIDE:]
    found = _read_aside(page, [texts[number] for number in first], [boxes[number] for number in first], frame)
    found += [Run(*frame.box(*boxes[number]), UNKNOWN, -1) for number in rest]
    return [run for run in found if is_near(run)]


def one_by_one(page: Characters, runs: Sequence[Run]) -> list[Run]:
    """Returns each character as a run of its own, so that others can stand between them."""
    places = (at for run in runs for at in range(run.first, run.first + len(run.text)))
    return [one for at in places for one in run_of(page, at, at + 1)]


_Places = dict[tuple[float, float], deque[Corners]]


def _is_seen(box: Corners) -> bool:
    return box[2] - box[0] > 0.1 and box[3] - box[1] > 0.1


def _uncovered(boxes: Sequence[Corners], there: Sequence[bool]) -> dict[int, Corners]:
    """Returns where those stand that are not among the characters and do not stand in nearly the place of another.

    Some programs draw a whole line again to make it bold: a shadow may come long after what it covers, or before.
    """
    places: _Places = {}
    for box in compress(boxes, there):
        _stand(box, places)
    found: dict[int, Corners] = {}
    for number, (is_there, box) in enumerate(zip(there, boxes, strict=True)):
        if not is_there and _is_seen(box) and not _is_shadow(box, places):
            found[number] = box
            _stand(box, places)
    return found


def _stand(box: Corners, places: _Places) -> None:
    key = box[0] // _PLACE, box[1] // _PLACE
    places.setdefault(key, deque(maxlen=_MOST_AT_PLACE)).append(box)


def _is_shadow(box: Corners, places: _Places) -> bool:
    """Says whether something stands in nearly the same place."""
    left, bottom, right, top = box
    wide, high = min(_PLACE, _COVERS * (right - left)), min(_PLACE, _COVERS * (top - bottom))
    x, y = left // _PLACE, bottom // _PLACE
    return any(
        abs(other[0] - left) < wide
        and abs(other[2] - right) < wide
        and abs(other[1] - bottom) < high
        and abs(other[3] - top) < high
        for key in product((x - 1, x, x + 1), (y - 1, y, y + 1))
        for other in places.get(key, ())
    )


def _is_said(texts: Sequence[Handle], number: int, there: Sequence[bool]) -> bool:
    """Says whether the replacement text of an object before this one stands for both."""
    said = _replacement(texts[number])
    if len(said) < 2:
        return False
    before = number
    while before and not there[before]:
        before -= 1
    return there[before] and _replacement(texts[before]) == said and number - before < len(said)


def _replacement(text: Handle) -> str:
    """Returns the replacement text of a text object, empty if it has none."""
    said = ""
    for number in range(max(0, raw.FPDFPageObj_CountMarks(text))):
        mark = raw.FPDFPageObj_GetMark(text, number)
        size = ctypes.c_ulong()
        memory = (ctypes.c_ubyte * _MAX_REPLACEMENT)()
        if raw.FPDFPageObjMark_GetParamBlobValue(mark, _REPLACEMENT, memory, _MAX_REPLACEMENT, size):
            data = bytes(memory)[: size.value]
            said = data.decode("utf-16" if data[:2] == b"\xfe\xff" else "latin-1", "replace")
    return said


def _read_aside(page: Handle, lost: Sequence[Handle], boxes: Sequence[Corners], frame: Frame) -> list[Run]:
    if not lost:
        return []
    numbers = {library.address(text): number for number, text in enumerate(lost, 1)}
    said = [_replacement(text) for text in lost]
    for number, text in enumerate(lost, 1):
        _unmark(text)
        raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, number * _ASIDE, 0)
    text_page = raw.FPDFText_LoadPage(page)
    try:
        count = max(0, raw.FPDFText_CountChars(text_page))
        owners = library.owners(text_page, count)
        found = [
            (owner, run)
            for at, owner in enumerate(owners)
            if owner in numbers
            for run in _character(text_page, at, numbers[owner], frame)
        ]
    finally:
        raw.FPDFText_ClosePage(text_page)
    understood = {owner for owner, run in found if run.text != UNKNOWN}
    # A single character of replacement text is what it says; of more, nobody knows which one is lost.
    return [run for owner, run in found if owner in understood] + [
        Run(*frame.box(*box), text if len(text) == 1 and text.isprintable() else UNKNOWN, -1)
        for owner, box, text in zip(numbers, boxes, said, strict=True)
        if owner not in understood
    ]


def _unmark(text: Handle) -> None:
    """Takes the replacement text from a text object."""
    for number in reversed(range(max(0, raw.FPDFPageObj_CountMarks(text)))):
        mark = raw.FPDFPageObj_GetMark(text, number)
        if raw.FPDFPageObjMark_GetParamValueType(mark, _REPLACEMENT) == raw.FPDF_OBJECT_STRING:
            raw.FPDFPageObj_RemoveMark(text, mark)


def _character(text_page: Handle, at: int, number: int, frame: Frame) -> list[Run]:
    (left,), (top,), (right,), (bottom,) = library.boxes(text_page, at, 1)
    text = character(text_page, at)
    if text.isspace():
        return []
    return [Run(*frame.box(left - number * _ASIDE, bottom, right - number * _ASIDE, top), text, -1)]
