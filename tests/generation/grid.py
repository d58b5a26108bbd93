"""The tables as grids of cells, for the layouts that separate cells."""

from typing import Literal, NamedTuple

from tests.generation.forms import (
    DISCLOSED,
    INFORMATION,
    LITIGATION,
    REQUESTS,
    REVIEW,
    Block,
    Line,
    Shape,
    row_key,
)
from tests.generation.page import Page
from tests.generation.writer import Writer, block_cells, line_cells, review_cells


class Slot(NamedTuple):
    """A cell of a grid: some text, a row's label, a number's name, or nothing."""

    text: str = ""
    kind: Literal["text", "label", "number"] = "text"
    row: str = ""
    """The row whose label it is."""


BLANK = Slot()
Cells = list[Slot]


def label(key: str, text: str) -> Slot:
    """Returns a cell that holds a row's label."""
    return Slot(text, "label", key)


def numbers(names: list[str]) -> Cells:
    """Returns cells that hold numbers."""
    return [Slot(name, "number") for name in names]


def filled(cells: Cells, columns: int) -> Cells:
    """Returns the cells with blank ones after them, so many in all."""
    return cells + [BLANK] * (columns - len(cells))


def disclosed_head(block: Block) -> list[Cells]:
    """Returns the article and the columns of a block of 表二."""
    return [[Slot(block.article)], [Slot(INFORMATION), *(Slot(text) for _, text in block.columns)]]


def disclosed_row(block: Block, row: str, text: str) -> Cells:
    """Returns a row of 表二."""
    return [label(row_key(DISCLOSED, row), text), *numbers(block_cells(DISCLOSED, block, row))]


def request_label(line: Line, text: str) -> Slot:
    """Returns the label of a row of 表三."""
    return label(row_key(REQUESTS, line.id), text)


def request_numbers(shape: Shape, line: Line) -> Cells:
    """Returns the numbers of a row of 表三."""
    return numbers(line_cells(shape, line))


def review_head(shape: Shape, style: str) -> list[Cells]:
    """Returns the three rows of the header of 表四; the column names as `style` spaces them."""
    columns = [Slot(spaced(text, style)) for _, text in shape.review_columns]
    first, *others = (label(row_key(REVIEW, key), text) for key, text in shape.review_blocks)
    wide = len(columns)
    return [
        [*filled([first], wide), *filled([Slot(LITIGATION)], wide * len(others))],
        [*columns, *(slot for other in others for slot in filled([other], wide))],
        [*[BLANK] * wide, *columns * len(others)],
    ]


def spaced(text: str, style: str) -> str:
    """Returns a column name as narrow cells write it: `结果 维持` (`halves`), `结 果 维 持` (`letters`) or unspaced."""
    if style == "letters":
        return " ".join(text)
    return f"{text[:2]} {text[2:]}".strip() if style == "halves" else text


def write_cells(writer: Writer, cells: Cells, separator: str) -> None:
    """Writes cells with a separator between them."""
    for number, slot in enumerate(cells):
        writer.page.write(separator if number else "")
        write_slot(writer, slot)


def write_slot(writer: Writer, slot: Slot) -> None:
    """Writes what a cell holds."""
    page: Page = writer.page
    if slot.kind == "number":
        writer.number(slot.text)
    elif slot.kind == "label":
        page.label(slot.row, slot.text)
    else:
        page.write(slot.text)


def write_review_numbers(writer: Writer, separator: str) -> None:
    """Writes the fifteen numbers of 表四."""
    for number, (block, _) in enumerate(writer.shape.review_blocks):
        writer.page.write(separator if number else "")
        with writer.page.row(row_key(REVIEW, block)):
            write_cells(writer, numbers(review_cells(writer.shape, block)), separator)
