"""What a page draws: text, lines and pictures, those within forms too."""

import re
from itertools import compress, pairwise
from operator import sub
from typing import NamedTuple

import pypdfium2_raw as raw

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.readers.pdf import library
from disclosure_lint.readers.pdf.geometry import Box, Frame, Stroke, new
from disclosure_lint.readers.pdf.lattice import FEWEST_DOTS, dotted
from disclosure_lint.readers.pdf.library import FORM, PATH, PICTURE, TEXT, Corners, Handle, Matrix
from disclosure_lint.readers.pdf.problems import too_much

_MAX_OBJECTS = 60_000
"""On a page; a page on which every character is an object of its own has some 2,000."""
_MAX_DEPTH = 12
_EACH_KIND = [bytes(kind == other for other in range(256)) for kind in (TEXT, PATH, PICTURE, FORM)]
"""Tables that make 1 of a kind, 0 of all others."""
_PATH_BEHIND_TEXT = lazy_re_compile(re.escape(bytes((TEXT, PATH))))
_STROKE = 1.5
"""Points: an outline is no more than a stroke larger than its text."""
_THIN = 3.0
"""Points: what is thinner is a line."""
_NOTHING = 0.05
"""Points: what is thinner is not drawn."""
_FAR = 20_000.0
_FRAMES = (2, 4)
"""Rectangles in a path that is the border of a cell: two for a line around it, four for a double one."""
_MAX_POINTS = 2_000
"""A path with more is a drawing."""


class Objects(NamedTuple):
    """The objects of a page or form."""

    texts: list[Handle]
    paths: list[Handle]
    across: list[Stroke]
    down: list[Stroke]
    pictures: list[Box]


def objects(page: Handle, frame: Frame) -> Objects:
    """Returns what a page draws, in its order; raises UnreadableError if it is too much."""
    found = Objects([], [], [], [], [])
    count = raw.FPDFPage_CountObjects(page)
    _add(found, library.page_objects(page, _limited(count)), None, frame, 0)
    return found


def _limited(count: int) -> int:
    if count > _MAX_OBJECTS:
        raise too_much()
    return max(count, 0)


def _add(found: Objects, handles: list[Handle], placed: Matrix | None, frame: Frame, depth: int) -> None:
    kinds = bytes(map(raw.FPDFPageObj_GetType, handles))
    texts, paths, pictures, forms = [list(compress(handles, kinds.translate(one))) for one in _EACH_KIND]
    found.texts.extend(texts)
    found.paths.extend(paths)
    _limited(len(found.texts) + len(found.across) + len(found.down))
    outlines = _outlines(handles, kinds)
    if outlines:
        paths = [handles[at] for at, kind in enumerate(kinds) if kind == PATH and at not in outlines]
    _add_lines(found, paths, placed, frame)
    found.pictures.extend(_boxes(library.bounds(pictures), placed, frame))
    for handle in forms if depth < _MAX_DEPTH else ():
        inner = _times(library.matrix(handle), placed)
        count = _limited(raw.FPDFFormObj_CountObjects(handle))
        _add(found, library.form_objects(handle, count), inner, frame, depth + 1)


def _outlines(handles: list[Handle], kinds: bytes) -> set[int]:
    """Returns which paths are the outlines of the text drawn just before them, as some programs print bold text."""
    behind = [match.end() - 1 for match in _PATH_BEHIND_TEXT.finditer(kinds)]
    texts, paths = library.bounds([handles[at - 1] for at in behind]), library.bounds([handles[at] for at in behind])
    return {at for text, path, at in zip(texts, paths, behind, strict=True) if _is_outline(text, path, handles[at])}


def _is_outline(text: Corners, outline: Corners, path: Handle) -> bool:
    left, below, right, above = map(sub, outline, text)
    if abs(left) > _STROKE or abs(right) > _STROKE or below > _STROKE or above < -_STROKE:
        return False
    # What is told of how high a stroke is allows for its sharpest corner.
    return (below > -_STROKE and above < _STROKE) or (raw.FPDFPath_CountSegments(path) > 5 and library.is_stroked(path))


def _boxes(bounds: list[Corners], placed: Matrix | None, frame: Frame) -> list[Box]:
    return frame.boxes(bounds if placed is None else [_through(placed, one) for one in bounds])


def _is_near(left: float, top: float, right: float, bottom: float) -> bool:
    """Says whether a place is on a page; damaged files have lines that end nowhere."""
    return -_FAR < left <= right < _FAR and -_FAR < top <= bottom < _FAR


def _add_lines(found: Objects, paths: list[Handle], placed: Matrix | None, frame: Frame) -> None:
    boxes = _boxes(library.bounds(paths), placed, frame)
    dots: list[Box] = []
    for path, (left, top, right, bottom) in zip(paths, boxes, strict=True):
        if not (-_FAR < left <= right < _FAR and -_FAR < top <= bottom < _FAR):
            continue
        if bottom - top <= _THIN:
            if right - left > _THIN:
                found.across.append(new(Stroke, ((top + bottom) / 2, left, right)))
            else:
                dots.append(Box(left, top, right, bottom))
        elif right - left <= _THIN:
            found.down.append(new(Stroke, ((left + right) / 2, top, bottom)))
        else:
            _add_figures(found, path, placed, frame)
    if len(dots) >= FEWEST_DOTS:
        found.across.extend(dotted(Stroke((top + bottom) / 2, left, right) for left, top, right, bottom in dots))
        found.down.extend(dotted(Stroke((left + right) / 2, top, bottom) for left, top, right, bottom in dots))


def _add_figures(found: Objects, path: Handle, placed: Matrix | None, frame: Frame) -> None:
    """Adds the straight lines of a path that is no single line."""
    count = raw.FPDFPath_CountSegments(path)
    stroked = library.is_stroked(path)
    # A filled rectangle is the ground of a cell or the mark on a word.
    if count > _MAX_POINTS or (count <= 5 and not stroked):
        return
    _limited(len(found.across) + len(found.down) + count)
    matrix = _times(library.matrix(path), placed)
    figures = _figures(path, matrix, frame)
    boxes = [Box(*map(min, zip(*figure, strict=True)), *map(max, zip(*figure, strict=True))) for figure in figures]
    if len(boxes) in _FRAMES and not stroked:
        outlines = sorted(boxes)
        frames = [
            (outer, _drawn_sides(outer, inner)) for outer, inner in zip(outlines[::2], outlines[1::2], strict=True)
        ]
        if all(sides for _, sides in frames):
            for outer, sides in frames:
                _add_frame(found, outer, sides)
            return
    for figure, (left, top, right, bottom) in zip(figures, boxes, strict=True):
        if not _is_near(left, top, right, bottom):
            continue
        if bottom - top <= _THIN:
            if right - left > _THIN:
                found.across.append(Stroke((top + bottom) / 2, left, right))
        elif right - left <= _THIN:
            found.down.append(Stroke((left + right) / 2, top, bottom))
        elif stroked:
            _add_sides(found, figure)


def _drawn_sides(outer: Box, inner: Box) -> list[bool]:
    """Returns which of left, top, right and bottom are filled between two rectangles: a page end cuts one off.

    Empty if what is between them is no frame.
    """
    widths = *map(sub, inner[:2], outer[:2]), *map(sub, outer[2:], inner[2:])
    drawn = [width > _NOTHING for width in widths]
    return drawn if all(-_NOTHING < width <= _THIN for width in widths) and sum(drawn) > 1 else []


def _add_frame(found: Objects, frame: Box, drawn: list[bool]) -> None:
    left, top, right, bottom = frame
    if _is_near(*frame):
        found.down.extend(Stroke(x, top, bottom) for x, is_drawn in ((left, drawn[0]), (right, drawn[2])) if is_drawn)
        found.across.extend(Stroke(y, left, right) for y, is_drawn in ((top, drawn[1]), (bottom, drawn[3])) if is_drawn)


def _figures(path: Handle, matrix: Matrix, frame: Frame) -> list[list[tuple[float, float]]]:
    figures: list[list[tuple[float, float]]] = []
    a, b, c, d, e, f = matrix
    for how, x, y, closes in library.points(path):
        left, bottom = a * x + c * y + e, b * x + d * y + f
        place = frame.box(left, bottom, left, bottom)[:2]
        if how == library.MOVE or not figures:
            figures.append([place])
        elif how == library.LINE:
            figures[-1].append(place)
        if closes and len(figures[-1]) > 1:
            figures[-1].append(figures[-1][0])
    return [figure for figure in figures if len(figure) > 1]


def _add_sides(found: Objects, figure: list[tuple[float, float]]) -> None:
    for (x0, y0), (x1, y1) in pairwise(figure):
        if abs(y1 - y0) <= 1 < abs(x1 - x0):
            found.across.append(Stroke((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= 1 < abs(y1 - y0):
            found.down.append(Stroke((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _times(inner: Matrix, outer: Matrix | None) -> Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _through(matrix: Matrix, corners: Corners) -> Corners:
    """Returns left, bottom, right, top of what a rectangle becomes."""
    left, bottom, right, top = corners
    a, b, c, d, e, f = matrix
    xs = (a * left + c * bottom, a * left + c * top, a * right + c * bottom, a * right + c * top)
    ys = (b * left + d * bottom, b * left + d * top, b * right + d * bottom, b * right + d * top)
    return min(xs) + e, min(ys) + f, max(xs) + e, max(ys) + f
