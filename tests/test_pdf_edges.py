"""What stands out of cells and pages, and what only looks like the lines of a table."""

from itertools import pairwise

import pytest

from disclosure_lint import Linter
from disclosure_lint.model.document import Document, Paragraph
from disclosure_lint.readers.pdf.characters import UNKNOWN
from disclosure_lint.readers.pdf.reading import read_pdf
from tests.office.pdf import A4, NAMELESS, Look, box, glyphs, pdf_file, rule, wide
from tests.office.pdf_pages import SHEETS, pages_of
from tests.test_docx_reports import report
from tests.test_pdf_text import FULL, cells, grid, page, read, rows, texts

WHOLE = Look(glyphs=False)
"""Text in one piece, as most programs write a number."""


def clipped(drawing: str, left: float, right: float) -> str:
    """What of a drawing is between two places."""
    return f"q {left:.2f} 0 {right - left:.2f} {A4[1]:g} re W n\n{drawing}Q\n"


def framed(x0: float, y0: float, x1: float, y1: float, *, is_cut: bool = False) -> str:
    """The sides of a cell as what is filled between two rectangles; without the lowest if a page end cuts it."""
    inner = 0 if is_cut else 0.75
    outside = f"{x0:.2f} {A4[1] - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re"
    inside = f"{x0 + 0.75:.2f} {A4[1] - y1 + inner:.2f} {x1 - x0 - 1.5:.2f} {y1 - y0 - 0.75 - inner:.2f} re"
    return f"{outside} {inside} f*\n"


def outlined(x: float, y: float, text: str, size: float) -> str:
    """Bold text as some programs print it: the text, and the outline of each glyph, which is a square."""
    found = glyphs(x, y, text, size, WHOLE)
    base = A4[1] - y - 0.86 * size
    figures = ""
    for character in text:
        width = wide(character, size)
        left, right = x + 0.05 * size, x + width - 0.05 * size
        bottom, top = base - 0.1 * size, base + 0.8 * size
        figures += (
            f"{left:.2f} {bottom:.2f} m {right:.2f} {bottom:.2f} l {right:.2f} {top:.2f} l {left:.2f} {top:.2f} l h\n"
        )
        x += width
    return f"{found}0.4 w {figures}S\n"


def test_a_number_wider_than_its_column_stays_whole() -> None:
    drawing = grid([80, 140, 180, 220], [100, 130, 160])
    drawing += glyphs(138, 110, "42847109", 12, WHOLE) + glyphs(190, 140, "3", 12) + glyphs(90, 110, "规章", 12)
    assert rows(read(drawing)) == [["规章", "42847109", ""], ["", "", "3"]]


@pytest.mark.parametrize("x", [199, 205, 210, 214])
def test_a_number_that_stands_out_of_its_table_stays_whole(x: float) -> None:
    drawing = grid([80, 140, 200, 222], [100, 130, 160]) + glyphs(x, 110, "4284", 12, WHOLE)
    assert rows(read(drawing)) == [["", "", "4284"], ["", "", ""]]


def test_numbers_that_fill_columns_beside_each_other_stay_apart() -> None:
    drawing = grid([80, 105, 130], [100, 130, 160]) + glyphs(80.4, 110, "2833", 12) + glyphs(105.4, 110, "7622", 12)
    assert rows(read(drawing))[0] == ["2833", "7622"]


def test_a_number_that_the_edge_cuts_is_not_taken_for_a_whole_one() -> None:
    table = "".join(rule(80, y, 260, y) for y in (100, 130, 160, 190, 220))
    table += "".join(rule(x, 100, x, 220) for x in (80, 140, 200))
    lines = {110.0: ("规章", "1"), 140.0: ("文件", "2"), 170.0: ("合计", "3"), 200.0: ("件", "4")}
    # A program leaves out what is beyond the edge: of 4284 the last digit, of 31 nothing, of the last number all.
    shown = glyphs(213, 110, "428", 12, WHOLE) + glyphs(203, 140, "31", 12, WHOLE) + glyphs(221, 170, "6", 12, WHOLE)
    drawing = clipped(table + cells(lines, (84, 144)) + shown, 60, 230)
    assert [row[2] for row in rows(read(drawing))] == [f"428{UNKNOWN}", "31", f"6{UNKNOWN}", UNKNOWN]


@pytest.mark.parametrize("look", [WHOLE, Look()])
def test_a_number_across_the_edge_of_what_is_shown_is_of_its_cell(look: Look) -> None:
    table = grid([80, 140, 200, 230.6], [100, 130, 160, 190])
    lines = {110.0: ("规章", "1"), 140.0: ("文件", "2"), 170.0: ("合计", "3")}
    # The last column is cut in its middle: two numbers stand across the edge, one is left out.
    shown = glyphs(223, 110, "4284", 12, look) + glyphs(227, 140, "63", 12, look)
    drawing = clipped(table + cells(lines, (84, 144)) + shown, 60, 230)
    assert [row[2] for row in rows(read(drawing))] == [f"4284{UNKNOWN}", f"63{UNKNOWN}", UNKNOWN]


def test_a_table_that_goes_off_the_page_is_read_as_far_as_it_is_in_the_file() -> None:
    drawing = grid([400, 500, 560, 640], [100, 130, 160])
    drawing += glyphs(410, 110, "申请", 12) + glyphs(510, 110, "309", 12) + glyphs(594, 110, "4284", 12, WHOLE)
    assert rows(read(drawing))[0] == ["申请", "309", "4284"]


def test_cells_may_be_filled_frames() -> None:
    drawing = "".join(framed(x, y, x + 60, y + 30) for x in (80, 140) for y in (100, 130))
    drawing += cells({110: ("许可", "3"), 140: ("处罚", "4")}, (84, 150))
    assert rows(read(drawing)) == [["许可", "3"], ["处罚", "4"]]
    first = "".join(framed(x, 700, x + 60, 730) + framed(x, 730, x + 60, 760, is_cut=True) for x in (80, 140))
    second = "".join(framed(x, 80, x + 60, 110) for x in (80, 140))
    found = read(
        first + cells({710: ("许可", "3"), 740: ("处罚", "")}, (84, 150)), second + cells({90: ("", "4")}, (84, 150))
    )
    assert rows(found) == [["许可", "3"], ["处罚", "4"]]


@pytest.mark.parametrize("gap", [0.0, 1.5])
@pytest.mark.parametrize("is_filled", [True, False])
def test_cells_may_have_double_borders(is_filled: bool, gap: float) -> None:
    drawing = ""
    for x, y in ((80, 100), (140, 100), (80, 130), (140, 130)):
        sides = (x + gap / 2, y + gap / 2, x + 60 - gap / 2, y + 30 - gap / 2)
        inner = (sides[0] + 1.5, sides[1] + 1.5, sides[2] - 1.5, sides[3] - 1.5)
        drawing += doubled(sides, inner) if is_filled else box(*sides) + box(*inner)
    drawing += cells({110: ("许可", "3"), 140: ("处罚", "4")}, (84, 150))
    assert rows(read(drawing)) == [["许可", "3"], ["处罚", "4"]]


def doubled(outer: tuple[float, float, float, float], inner: tuple[float, float, float, float]) -> str:
    """A double border as one figure: two frames, each the filled space between two rectangles."""
    figure = ""
    for x0, y0, x1, y1 in (outer, inner):
        for inset in (0.0, 0.5):
            figure += (
                f"{x0 + inset:.2f} {A4[1] - y1 + inset:.2f} {x1 - x0 - 2 * inset:.2f} {y1 - y0 - 2 * inset:.2f} re "
            )
    return figure + "f*\n"


def test_sides_that_a_page_end_cuts_at_different_heights_part_cells() -> None:
    drawing = grid([80, 160, 240], [100, 130]) + rule(80, 130, 80, 170) + rule(160, 130, 160, 155)
    drawing += rule(240, 130, 240, 170) + cells({110: ("许可", "3"), 140: ("处罚", "4")}, (84, 170))
    assert rows(read(drawing)) == [["许可", "3"], ["处罚", "4"]]


def test_outlines_of_text_are_no_lines_of_a_table() -> None:
    drawing = outlined(80, 60, FULL[:20], 14) + grid([80, 180, 280], [100, 130, 160])
    drawing += "".join(
        outlined(x, y, text, 12) for y, x, text in ((110, 90, "口田"), (110, 190, "10"), (140, 190, "1"))
    )
    assert rows(read(drawing)) == [["口田", "10"], ["", "1"]]
    assert texts(read(drawing)) == [FULL[:20]]


def test_a_cell_beside_one_that_is_not_closed_is_a_cell() -> None:
    drawing = grid([160, 240, 320], [100, 130, 160, 190, 220]) + grid([120, 160], [160, 220])
    drawing += cells({110: ("1.甲", "1"), 140: ("2.乙", "2"), 170: ("1.丙", "3"), 200: ("2.丁", "4")}, (170, 250))
    assert ["四", "1.丙", "3"] in rows(read(drawing + glyphs(126, 180, "四", 12)))


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_a_cell_that_is_drawn_lower_stays_in_its_row(moved: int) -> None:
    xs = [80.0, 150.0, 220.0, 290.0]
    drawing = ""
    for number, (x0, x1) in enumerate(pairwise(xs)):
        for top, bottom in ((100.0, 120.0), (120.0, 150.0), (150.0, 170.0)):
            drawing += box(x0, top + (5 if number == moved and top == 120 else 0), x1, bottom)
    drawing += cells({102: ("甲", "1", "2"), 132: ("乙", "3", "4"), 152: ("丙", "5", "6")}, (90, 160, 230))
    assert rows(read(drawing)) == [["甲", "1", "2"], ["乙", "3", "4"], ["丙", "5", "6"]]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("look", [Look(), Look(rotated=True)], ids=["plain", "stored lying"])
def test_pages_that_are_shown_lying_are_read_as_their_text_stands(look: Look, turn: int) -> None:
    drawing = grid([80, 180, 280], [100, 130, 160]) + cells({110: ("许可", "3"), 140: ("处罚", "4")}, (84, 190))
    drawing += page(FULL, y=200)
    old, new = (b"/Rotate 90" if look.rotated else b"/Parent"), b"/Rotate %d" % turn
    data = pdf_file([drawing], look).replace(old, new if look.rotated else new + old)
    document = read_pdf("", data)
    assert rows(document) == [["许可", "3"], ["处罚", "4"]]
    assert texts(document) == [FULL]
    assert boxes(document) == boxes(read(drawing))


def boxes(document: Document) -> list[object]:
    return [block.location and block.location.box for block in document.blocks if isinstance(block, Paragraph)]


def test_a_title_is_a_paragraph_of_its_own() -> None:
    title = "云川县石桥镇人民政府政府信息公开工作年度报告年报"
    drawing = page(title, x=80 + 14 * (len(FULL) - len(title)) / 2) + page(FULL, FULL, "二、主动公开情况", FULL, y=124)
    assert texts(read(drawing))[:3] == [title, FULL + FULL, "二、主动公开情况"]
    assert texts(read(page(FULL[:-2], "一、总体情况", FULL, FULL))) == [FULL[:-2], "一、总体情况", FULL + FULL]


def garbled(text: str) -> str:
    return "".join(NAMELESS if character >= "\u4e00" else character for character in text)


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_file_whose_characters_cannot_be_decoded_says_so(is_whole: bool) -> None:
    pages = pages_of(report("garbled"), SHEETS[0])
    codes = {f"{ord(one):04x}" for one in "年府信息公开工作申请人不予处理"}
    for number, drawing in enumerate(pages):
        if is_whole or number == 0:
            for code in codes:
                drawing = drawing.replace(f"<{code}>", "<e000>")
            pages[number] = drawing
    result = Linter.default().lint("年报.pdf", pdf_file(pages))
    (found,) = [one for one in result.diagnostics if one.code == "DL003"]
    assert "认不出来" in found.message.zh
    assert "not to be decoded" in found.message.en
    assert (result.status == "unreadable") == is_whole
    assert not is_whole or {one.code for one in result.diagnostics} == {"DL003"}
