"""Digits that stand close in a PDF: of one number, or of two cells; where that cannot be told, no number is given."""

from random import Random

import pytest

from disclosure_lint import Linter
from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.readers.pdf.characters import UNKNOWN
from disclosure_lint.readers.pdf.reading import read_pdf
from tests.office.bare_tables import bare_of, bare_pdf
from tests.office.pdf import A4, Look, glyphs, mark, pdf_file, picture, rule
from tests.office.printers import report_of, truth, wrong
from tests.scale import some
from tests.test_pdf_text import FULL, grid, read, rows, texts, words

LINTER = Linter.default()
WHOLE = Look(glyphs=False)
"""Text in one piece, as most programs write a number."""


def bare(*numbers: tuple[float, str], look: Look = WHOLE, above: str = "1234") -> list[str]:
    """The numbers that are read of a row of a table without lines, drawn at these places below another one."""
    drawing = glyphs(80, 100, "行政许可", 12) + glyphs(80, 130, "行政处罚", 12)
    drawing += "".join(glyphs(x, 100, above, 12, look) for x in (200, 300, 400))
    drawing += "".join(glyphs(x, 130, text, 12, look) for x, text in numbers)
    return [text for text, _ in words(read(drawing))[1][1:]]


@pytest.mark.parametrize("look", [WHOLE, Look()])
@pytest.mark.parametrize("gap", [1, 1.5, 2, 3, -2])
def test_numbers_closer_than_a_space_are_two(gap: float, look: Look) -> None:
    assert bare((200, "9016"), (224 + gap, "65"), (300, "8"), look=look) == ["9016", "65", "8"]


def test_digits_that_touch_are_one_number() -> None:
    assert bare((200, "90"), (212.1, "16"), (300, "8"), look=Look()) == ["9016", "8"]


def test_what_two_commands_draw_where_one_draws_whole_numbers_is_not_certain() -> None:
    assert bare((200, "9016"), (224, "65"), (300, "8")) == [f"9016{UNKNOWN}65", "8"]


def test_a_figure_in_another_font_is_of_its_number() -> None:
    drawing = "".join(glyphs(x, 100, "1234", 12, WHOLE) for x in (200, 300, 400)) + glyphs(80, 130, "行政处罚", 12)
    # The first font lacks the 7, which stands as high as all others on its line.
    seven = "7".encode("utf-16-be").hex()
    other = f"BT /F1 12.6 Tf 95 Tz 1 0 0 1 212 {A4[1] - 130 - 0.86 * 12:.2f} Tm <{seven}> Tj 100 Tz ET\n"
    drawing += glyphs(200, 130, "69", 12, WHOLE) + other + glyphs(218, 130, "21", 12, WHOLE) + glyphs(300, 130, "5", 12)
    assert [text for text, _ in words(read(glyphs(80, 100, "行政许可", 12) + drawing))[1][1:]] == ["69721", "5"]


def test_where_a_page_has_too_few_numbers_to_tell_none_is_certain() -> None:
    assert bare((200, "9"), (207, "6"), (300, "8"), above="1") == [f"9{UNKNOWN}6", "8"]


def row(drawing: str) -> list[str]:
    """The texts of a row of cells with lines around them, in which this is drawn."""
    return rows(read(grid([80, 240, 300, 360, 420], [140, 170]) + glyphs(90, 150, "行政许可", 12) + drawing))[0][1:]


@pytest.mark.parametrize(("size", "down"), [(7.0, -2.0), (10.0, -4.0), (12.0, -4.0), (7.0, 6.0)])
def test_the_mark_of_a_note_is_no_digit_of_the_number(size: float, down: float) -> None:
    number = glyphs(250, 150, "12", 12, WHOLE) + glyphs(262, 150 + down, "1", size, WHOLE)
    assert row(number) == [f"12{UNKNOWN}1", "", ""]


def test_numbers_printed_upon_each_other_are_not_read() -> None:
    assert row(glyphs(250, 150, "12", 12) + glyphs(253, 150, "34", 12))[0].count(UNKNOWN) == 3
    assert row(glyphs(250, 150, "8", 12) + glyphs(250, 150, "3", 12)) == [f"8{UNKNOWN}3", "", ""]


def test_two_numbers_in_a_cell_are_two_however_close() -> None:
    assert row(glyphs(250, 150, "12", 12) + glyphs(264, 150, "34", 12)) == ["12 34", "", ""]
    # What is equally spaced is one.
    assert row("".join(glyphs(250 + 7.5 * at, 150, one, 12) for at, one in enumerate("2068"))) == ["2068", "", ""]


@pytest.mark.parametrize("look", [WHOLE, Look()])
@pytest.mark.parametrize("x", [282, 285])
def test_digits_that_touch_across_a_side_are_of_either_cell(x: float, look: Look) -> None:
    found = row(glyphs(x, 150, "123", 12, look) + glyphs(x + 18, 150, "45", 12, look))
    assert all(text.endswith(UNKNOWN) for text in found[:2]), found


def test_a_number_that_lies_over_a_blank_cell_is_of_either() -> None:
    assert row(glyphs(285, 150, "123456", 12, WHOLE)) == [UNKNOWN, f"123456{UNKNOWN}", ""]
    assert row(glyphs(270, 150, "123456", 12, WHOLE) + glyphs(320, 150, "7", 12)) == ["123456", "7", ""]


def test_digits_that_are_struck_out_are_not_read() -> None:
    number = glyphs(250, 150, "28", 12, WHOLE) + glyphs(262, 150, "25", 12, WHOLE)
    assert row(number + rule(250, 157, 262, 157)) == [f"{UNKNOWN * 2}25", "", ""]
    assert row(number + rule(250, 162, 274, 162)) == ["2825", "", ""]  # underlined
    drawing = glyphs(90, 150, "行政许可", 12) + number + glyphs(310, 150, "7", 12)
    for kind in ("StrikeOut", "Redact"):
        file = pdf_file([grid([80, 240, 300, 360], [140, 170, 200]) + drawing], marks=mark(kind, 250, 150, 262, 162))
        assert rows(read_pdf("", file))[0] == ["行政许可", f"{UNKNOWN * 2}25", "7"]


def test_what_is_filled_into_fields_is_not_blank() -> None:
    drawing = grid([80, 240, 300, 360], [140, 170, 200]) + glyphs(90, 150, "行政许可", 12) + glyphs(310, 150, "7", 12)
    fields = mark("Widget", 245, 145, 295, 165, "/FT/Tx/T(a)/V(12)") + mark(
        "FreeText", 305, 175, 355, 195, "/Contents(3)"
    )
    fields += mark("Widget", 245, 175, 295, 195, "/FT/Tx/T(b)") + mark("Widget", 305, 145, 355, 165, "/FT/Tx/T(c)/V(7)")
    assert rows(read_pdf("", pdf_file([drawing], marks=fields))) == [["行政许可", UNKNOWN, "7"], ["", "", UNKNOWN]]


def test_digits_of_another_colour_or_order_are_of_no_number() -> None:
    white = glyphs(262, 150, "7", 12, WHOLE).replace("BT ", "q 1 g BT ").replace("ET", "ET Q")
    assert row(glyphs(250, 150, "12", 12, WHOLE) + white) == [f"12{UNKNOWN}7", "", ""]
    upside_down = f"BT /F1 12 Tf -1 0 0 -1 270 {A4[1] - 155} Tm <{'12'.encode('utf-16-be').hex()}> Tj ET\n"
    assert row(upside_down) == [f"2{UNKNOWN}1", "", ""]


def test_a_watermark_that_lies_aslant_is_no_text() -> None:
    shown = glyphs(40, 100, FULL + FULL, 9) + glyphs(40, 114, FULL + FULL, 9)
    aslant = "".join(
        f"BT /F1 60 Tf 0.7 0.7 -0.7 0.7 {100 + 40 * at} {500 + 40 * at} Tm <{char.encode('utf-16-be').hex()}> Tj ET\n"
        for at, char in enumerate("内部20")
    )
    assert read(shown + aslant).source.text == read(shown).source.text


def test_text_that_was_recognised_in_a_picture_is_not_taken_for_text() -> None:
    recognised = (picture() + glyphs(40, 100, FULL + FULL, 9) + glyphs(40, 114, FULL, 9)).replace("BT ", "BT 3 Tr ")
    with pytest.raises(UnreadableError) as caught:
        read(recognised)
    assert caught.value.event == "no-text-layer"
    # Text upon a picture that is shown is text.
    assert FULL in read(picture() + glyphs(40, 100, FULL + FULL, 9)).source.text


def test_text_that_is_drawn_as_figures_is_named() -> None:
    glyph = " ".join(f"{80 + at * 7 % 11} {700 + at * 5 % 13} {'l' if at else 'm'}" for at in range(12)) + " f\n"
    with pytest.raises(UnreadableError) as caught:
        read(glyph * 60)
    assert caught.value.event == "no-text-layer"
    assert "图形" in caught.value.zh
    assert FULL in read(glyph * 60, glyphs(40, 100, FULL, 9)).source.text


def test_numbers_stay_below_labels_that_are_smaller_than_the_text() -> None:
    body = "".join(glyphs(60, 60 + 20 * at, FULL, 14) for at in range(4))
    xs = [160 + 13.5 * at for at in range(8)]
    drawing = glyphs(60, 200, "单位", 9) + glyphs(60, 214, "合计", 9)
    drawing += "".join(
        glyphs(x, 200, "维纠其尚总结果判"[at], 9) + glyphs(x, 214, str(at), 9) for at, x in enumerate(xs)
    )
    *_, labels, numbers = words(read(body + drawing))
    assert [place for _, place in numbers[1:]] == [place for _, place in labels[1:]]


def test_a_box_around_a_number_parts_no_row() -> None:
    drawing = grid([80, 240, 300, 360], [140, 200, 230]) + glyphs(90, 150, "行政许可", 12) + glyphs(90, 210, "合计", 12)
    boxed = "".join([rule(300, 170, 360, 170), rule(300, 170, 300, 200), rule(360, 170, 360, 200)])
    numbers = (
        glyphs(250, 165, "37", 12) + glyphs(310, 180, "56", 12) + glyphs(250, 210, "8", 12) + glyphs(310, 210, "9", 12)
    )
    assert rows(read(drawing + boxed + numbers)) == [["行政许可", "37", "56"], ["合计", "8", "9"]]


def test_digits_of_sentences_stay_together() -> None:
    table = "".join(glyphs(x, 200, "12", 12) + glyphs(x, 224, "34", 12) for x in (200, 240, 280))
    line = glyphs(80, 100, "全年收到申请", 12) + "".join(
        glyphs(152 + 8 * at, 100, one, 12) for at, one in enumerate("2068件，答复")
    )
    assert texts(read(line + table))[0].replace(" ", "").startswith("全年收到申请2068件")


def test_no_number_of_narrow_columns_is_wrong() -> None:
    for number in range(some(12)):
        rng = Random(f"bare {number}")
        blocks, how = report_of(rng), bare_of(rng)
        assert wrong(LINTER.lint("年报.pdf", bare_pdf(blocks, how)), truth(blocks)) == {}, how
