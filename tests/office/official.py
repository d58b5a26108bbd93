"""Generated reports as Word files in the layout of the official template."""

from collections.abc import Sequence

from tests.generation.official import Block, Grid, Words, columns_of
from tests.office.docx import Cell, heading, paragraph, table, word_file


def as_docx(blocks: Sequence[Block]) -> bytes:
    """Returns a report as a Word file."""
    return word_file(*map(block_xml, blocks))


def block_xml(block: Block) -> str:
    """Returns a heading, a paragraph or a table."""
    if isinstance(block, Words):
        return heading(block.text, block.level) if block.level else paragraph(block.text)
    return table(rows(block))


def rows(grid: Grid) -> list[list[Cell]]:
    """Returns the rows of a table with all cells that Word wants, those that a merged cell covers too."""
    return [
        [
            Cell(piece.text if begins else "", piece.columns, _below(piece.rows, begins=begins))
            for _, piece, begins in row
        ]
        for row in columns_of(grid)
    ]


def _below(height: int, *, begins: bool) -> str | None:
    if height == 1:
        return None
    return "restart" if begins else "continue"
