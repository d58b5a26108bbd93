"""Generated reports as Word files in the layout of the official template."""

import re
from collections.abc import Sequence

from tests.generation.official import Block, Grid, Words, columns_of
from tests.office.docx import (
    Cell,
    comments,
    deleted,
    heading,
    inserted,
    numbering,
    paragraph,
    table,
    word_file,
)

_SIDES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_PAGE_WIDTH = 9000
BORDERS = f"<w:tblBorders>{_SIDES}</w:tblBorders>"
_NUMBER = re.compile("[一二三四五六]、|（[一二三四五六]）")


def as_docx(blocks: Sequence[Block]) -> bytes:
    """Returns a report as a Word file."""
    return word_file(*map(block_xml, blocks))


def to_print(blocks: Sequence[Block]) -> bytes:
    """Returns a report as a Word file whose cells have widths, as Word writes them; LibreOffice lays out by them."""
    found = []
    for block in blocks:
        if isinstance(block, Grid):
            cells = rows(block)
            unit = _PAGE_WIDTH // max(sum(cell.columns for cell in row) for row in cells)
            wide = [[cell._replace(width=cell.columns * unit) for cell in row] for row in cells]
            found.append(table(wide, BORDERS))
        else:
            found.append(block_xml(block))
    return word_file(*found)


def block_xml(block: Block) -> str:
    """Returns a heading, a paragraph or a table."""
    if isinstance(block, Words):
        return heading(block.text, block.level) if block.level else paragraph(block.text)
    return table(rows(block), BORDERS)


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


def with_automatic_numbers(blocks: Sequence[Block]) -> bytes:
    """Returns a report whose headings 一、 and （一） are numbered by Word."""
    part = numbering({0: ("chineseCountingThousand", "%1、"), 1: ("japaneseCounting", "（%2）")})
    found = []
    for block in blocks:
        number = _NUMBER.match(block.text) if isinstance(block, Words) and block.level else None
        if number and isinstance(block, Words):
            level = 0 if number.group().endswith("、") else 1
            found.append(paragraph(block.text[number.end() :], style=str(level + 2), numbered=(1, level)))
        else:
            found.append(block_xml(block))
    return word_file(*found, numbering=part)


def with_changes(blocks: Sequence[Block], table_id: str, row: int, column: int) -> bytes:
    """Returns a report in which a number was put in the place of 999 while changes were tracked, with a comment."""
    found = []
    for block in blocks:
        if isinstance(block, Grid) and block.table == table_id:
            cells = rows(block)
            old = cells[row][column]
            mark = '<w:r><w:commentReference w:id="1"/></w:r>'
            new = paragraph(deleted("999") + inserted(old.content) + mark)
            cells[row][column] = old._replace(content=new)
            found.append(table(cells, BORDERS))
        else:
            found.append(block_xml(block))
    return word_file(*found, comments=comments("请再核对"))
