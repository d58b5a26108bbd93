"""What takes the meaning of text: lines and marks upon it, and the edge of what a page shows.

Of digits that are struck out nobody knows whether they are meant: UNKNOWN stands for each. What is filled into a field,
or written upon the page by a reviewer, is no text of the page: UNKNOWN stands there, lest a cell seem blank. And
programs leave out the characters that would stand beyond the edge: a number that ends there may be the beginning of a
longer one, and a cell that is blank as far as it is shown need not be blank.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import pypdfium2_raw as raw

from disclosure_lint.readers.pdf import library
from disclosure_lint.readers.pdf.characters import UNKNOWN, Characters
from disclosure_lint.readers.pdf.geometry import Box, Frame, Run, Stroke
from disclosure_lint.readers.pdf.lattice import Lattice
from disclosure_lint.readers.pdf.library import Handle
from disclosure_lint.readers.pdf.pieces import Element, Piece, PieceCell

_UPPER, _LOWER = 0.3, 0.8
"""Of the height of a digit, from its top: a line that strikes it out is between, one that underlines it below."""
_MOST = 200
"""Lines, and marks on a page: of more, the first ones are looked at."""
_WRITTEN, _STRUCK = (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET), (raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_REDACT)
_ON_LINE = 1.0
"""Points: a line is not further from an edge of a table that it is part of."""
_NEAR = 2.5
"""Points: a cell reaches no further beyond the edge by chance."""
_CUT = 0.5
"""Points: a line is cut that goes on so far beyond what is shown of it."""
_DIGIT = 0.6
"""Of the height of a digit: nothing as wide is missing between a number and the edge."""


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
    return is_beside and any(abs(line.at - y) < _ON_LINE for y in table.ys)


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
    return struck[:_MOST], written[:_MOST]


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


class _Beyond(NamedTuple):
    """What there is beyond the edges."""

    characters_left: bool
    characters_right: bool
    text_right: bool
    is_cut: bool
    """Whether text of the table stands across the right edge, so that the cells there go on beyond it."""


def with_hidden_text(found: Sequence[Element], paths: Sequence[Handle], frame: Frame) -> list[Element]:
    """Returns what is shown of a page, with a sign for text that may be missing in cells that are not wholly shown.

    `paths` are what the page draws: of lines that are shown in part, PDFium keeps where they end.
    """
    page = Box(0, 0, frame.width, frame.height)
    found = [one for one in found if one.box.left < page.right - _NEAR and one.box.right > page.left + _NEAR]
    if not any(isinstance(one, Piece) for one in found):
        return found
    clips = library.clips(paths)
    bounds = library.bounds(paths if any(clips) else ())
    lines = [(frame.box(*corners), frame.box(*(clip or corners))) for corners, clip in zip(bounds, clips, strict=False)]
    return [_marked(one, _shown(one, lines, page), page) if isinstance(one, Piece) else one for one in found]


def _shown(piece: Piece, lines: Iterable[tuple[Box, Box]], page: Box) -> Box:
    """Returns what is shown of a table and what is beside it, from what is drawn there and is shown of each."""
    inside = [(line, clip) for line, clip in lines if piece.box.top - _NEAR < line.top < piece.box.bottom + _NEAR]
    left, right = page.left, page.right
    if any(line.left < clip.left - _CUT for line, clip in inside):
        left = min(max(line.left, clip.left) for line, clip in inside)
    if any(line.right > clip.right + _CUT for line, clip in inside):
        right = max(min(line.right, clip.right) for line, clip in inside)
    return page._replace(left=max(left, page.left), right=min(right, page.right))


def _marked(piece: Piece, shown: Box, page: Box) -> Piece:
    if shown.left + _NEAR < piece.box.left and piece.box.right < shown.right - _NEAR:
        return piece
    lines = [line for row in piece.rows for cell in row for line in cell.lines]
    runs = [run for line in lines for run in line.runs]
    # Where characters stand well beyond the edge, none were left out; where text begins beyond it, no text was.
    beyond = _Beyond(
        characters_left=any(run.left + _character(run) < shown.left - (run.bottom - run.top) for run in runs),
        characters_right=any(run.right - _character(run) > shown.right + (run.bottom - run.top) for run in runs),
        text_right=any(line.box.left > shown.right for line in lines),
        is_cut=any(line.box.left + _CUT < shown.right < line.box.right - _CUT for line in lines),
    )
    rows = [
        [_with_sign(cell, shown, beyond, page, any(_is_number(other) for other in row)) for cell in row]
        for row in piece.rows
    ]
    return piece._replace(rows=rows)


def _with_sign(cell: PieceCell, shown: Box, beyond: _Beyond, page: Box, is_of_numbers: bool) -> PieceCell:
    left = _is_over(shown.left - cell.box.left, cell.box.left - page.left)
    right = _is_over(cell.box.right - shown.right, (shown if beyond.is_cut else page).right - cell.box.right)
    if not cell.lines:
        return cell._replace(text=UNKNOWN) if right and is_of_numbers and not beyond.text_right else cell
    # A number that the edge cuts is not whole, nor one so near to it that no digit has room, if its cell goes on.
    firsts, lasts = [line.runs[0] for line in cell.lines], [line.runs[-1] for line in cell.lines]
    if not beyond.characters_left and any(
        run.text[0].isdigit() and run.left - shown.left < (_digit(run) if left else 0.0) for run in firsts
    ):
        return cell._replace(text=UNKNOWN + cell.text)
    if not beyond.characters_right and any(
        run.text[-1].isdigit() and shown.right - run.right < (_digit(run) if right else 0.0) for run in lasts
    ):
        return cell._replace(text=cell.text + UNKNOWN)
    return cell


def _is_number(cell: PieceCell) -> bool:
    return cell.text.isdigit()


def _is_over(hidden: float, room: float) -> bool:
    """Says whether a cell is hidden in part, or ends where the page does."""
    return hidden > _NEAR or room < _NEAR


def _character(run: Run) -> float:
    return (run.right - run.left) / len(run.text)


def _digit(run: Run) -> float:
    return _DIGIT * (run.bottom - run.top)
