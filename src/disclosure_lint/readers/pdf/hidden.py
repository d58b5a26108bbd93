"""Cells that reach over the edge of what a page shows: programs leave out the characters that would stand beyond it.

So a number that ends there may be the beginning of a longer one, and a cell that is blank as far as it is shown need
not be blank.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from disclosure_lint.readers.pdf import library
from disclosure_lint.readers.pdf.characters import UNKNOWN
from disclosure_lint.readers.pdf.geometry import Box, Frame, Run
from disclosure_lint.readers.pdf.library import Handle
from disclosure_lint.readers.pdf.pieces import Element, Piece, PieceCell

_NEAR = 2.5
"""Points: a cell reaches no further beyond the edge by chance."""
_CUT = 0.5
"""Points: a line is cut that goes on so far beyond what is shown of it."""
_DIGIT = 0.6
"""Of the height of a digit: nothing as wide is missing between a number and the edge."""


class _Beyond(NamedTuple):
    """What there is beyond the edges."""

    characters_left: bool
    characters_right: bool
    text_right: bool


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
    runs = [run for row in piece.rows for cell in row for line in cell.lines for run in line.runs]
    # Where characters stand well beyond the edge, none were left out; where text begins beyond it, no text was.
    beyond = _Beyond(
        characters_left=any(run.left + _character(run) < shown.left - (run.bottom - run.top) for run in runs),
        characters_right=any(run.right - _character(run) > shown.right + (run.bottom - run.top) for run in runs),
        text_right=any(run.left > shown.right for run in runs),
    )
    rows = [
        [_with_sign(cell, shown, beyond, page, any(_is_number(other) for other in row)) for cell in row]
        for row in piece.rows
    ]
    return piece._replace(rows=rows)


def _with_sign(cell: PieceCell, shown: Box, beyond: _Beyond, page: Box, is_of_numbers: bool) -> PieceCell:
    left = _is_over(shown.left - cell.box.left, cell.box.left - page.left)
    right = _is_over(cell.box.right - shown.right, page.right - cell.box.right)
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
