"""What is read of a page: paragraphs, tables without lines, what stands at the edges, characters that hide."""

import re
from collections.abc import Mapping

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.document import Document, Paragraph, Table
from disclosure_lint.readers.pdf.characters import UNKNOWN
from disclosure_lint.readers.pdf.reading import read_pdf
from tests.office.pdf import LOOK, NAMELESS, Look, glyphs, ground, pdf_file, picture, replaced, rule


def page(*lines: str, x: float = 80, y: float = 100, size: float = 14, step: float = 24) -> str:
    """A page of lines; what is indented begins with wide spaces."""
    found = ""
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip("\u3000"))
        found += glyphs(x + indent * size, y + number * step, line.strip("\u3000"), size)
    return found


def read(*pages: str) -> Document:
    return read_pdf("", pdf_file(pages))


def texts(document: Document) -> list[str]:
    return [document.source.slice(block.span) for block in document.blocks if isinstance(block, Paragraph)]


def rows(document: Document) -> list[list[str]]:
    return [
        [document.source.slice(cell.span) for cell in row.cells]
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
    ]


FULL = "本机关全年主动公开各类政府信息，按时更新指南和目录，及"


def test_sentences_go_over_lines_and_pages() -> None:
    document = read(
        page("\u3000\u3000" + FULL[:-2], FULL, FULL, "时回应关切。", "\u3000\u3000" + FULL[:-2], FULL),
        page(FULL, "答复申请。", "二、主动公开政府信息情况", "\u3000\u3000无。"),
    )
    assert texts(document) == [
        FULL[:-2] + FULL + FULL + "时回应关切。",
        FULL[:-2] + FULL + FULL + "答复申请。",
        "二、主动公开政府信息情况",
        "无。",
    ]
    places = [block.location for block in document.blocks if isinstance(block, Paragraph)]
    assert [(place.page, place.paragraph) for place in places if place] == [(1, 1), (1, 2), (2, 3), (2, 4)]


def test_lines_far_apart_or_of_another_size_are_paragraphs_of_their_own() -> None:
    apart = page(FULL, FULL) + page(FULL, FULL, y=250) + page(FULL[:14], size=28, y=340, step=48) + page(FULL, y=420)
    assert texts(read(apart)) == [FULL + FULL, FULL + FULL, FULL[:14], FULL]


def test_a_heading_after_a_full_line_is_a_heading() -> None:
    assert texts(read(page(FULL, FULL[:-1] + "。", "三、收到和处理情况", FULL, FULL))) == [
        FULL + FULL[:-1] + "。",
        "三、收到和处理情况",
        FULL + FULL,
    ]


@pytest.mark.parametrize("number", ["- {} -", "— {} —", "第 {} 页", "第 {} 页 共 3 页", "{}/3", "{}", "·{}·"])
def test_numbers_of_pages_are_left_out(number: str) -> None:
    pages = [page(FULL, FULL) + glyphs(280, 780, number.format(at), 9) for at in (1, 2, 3)]
    assert texts(read(*pages)) == [FULL * 6]
    assert texts(read(*[page(FULL, FULL) + glyphs(280, 30, number.format(at), 9) for at in (1, 2, 3)])) == [FULL * 6]


def test_rows_of_a_table_at_the_top_of_pages_are_no_headers() -> None:
    rest = page(FULL, FULL, y=140)
    pages = [glyphs(80, 60, label, 12) + rest for label in ("2.其他6", "3.其他5", "1.其他0")]
    assert all(label in read(*pages).source.text for label in ("2.其他6", "3.其他5", "1.其他0"))
    # The same, digit by digit, but a row of numbers.
    same = [glyphs(80, 60, "请", 12) + glyphs(200, 60, "0", 12) + glyphs(240, 60, "0", 12) + rest] * 3
    assert read(*same).source.text.count("请") == 3


def test_headers_and_footers_are_left_out() -> None:
    pages = [page(FULL) + glyphs(80, 40, "云川县人民政府文件", 9) + glyphs(80, 790, f"网址 1{n}", 9) for n in (1, 2, 3)]
    assert texts(read(*pages)) == [FULL * 3]


def test_what_stands_there_once_or_within_the_page_is_no_header() -> None:
    document = read(page(FULL, "2023", FULL, "12") + glyphs(80, 40, "机密", 14), page(FULL, "2023"))
    assert texts(document)[0] == "机密"
    assert sum("2023" in text for text in texts(document)) == 2
    # A sum at the bottom of the page that counts nothing.
    assert texts(read(page(FULL, FULL) + glyphs(80, 780, "47", 14)))[-1] == "47"


def words(document: Document) -> list[list[tuple[str, int]]]:
    """The words of each line, and at which column of characters they begin."""
    wide = [
        [(word.group(), word.start() + len(re.findall(r"[^\x00-\x7f]", line[: word.start()])))
         for word in re.finditer(r"\S+", line)]
        for line in document.source.text.splitlines()
    ]  # fmt: skip
    return [line for line in wide if line]


def test_columns_without_lines_keep_their_places() -> None:
    lines = (("规章", "1", "0", "11"), ("行政规范性文件", "8", "26", "66"), ("合计", "9", "26", "77"))
    drawing = page(FULL) + "".join(
        glyphs(x, 140 + 20 * number, text, 12)
        for number, line in enumerate(lines)
        for x, text in zip((80, 200, 280, 360), line, strict=True)
    )
    document = read(drawing + page(FULL, y=220))
    assert rows(document) == []
    assert words(document)[1:-1] == [list(zip(line, (0, 20, 33, 47), strict=True)) for line in lines]
    assert texts(document)[0] == texts(document)[-1] == FULL


COLUMNS = (80.0, 200.0, 320.0, 440.0)
HEADER = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")


def facts(*lines: tuple[str, ...], columns: tuple[float, ...] = COLUMNS) -> dict[str, object]:
    """What is certain of a report whose 表二 has these lines below its header, without ruled lines."""
    title = page(
        "云川县水利局2024年政府信息公开工作年度报告", "一、总体情况", "二、主动公开政府信息情况", y=60, size=12
    )
    table = cells({160.0 + 20 * number: line for number, line in enumerate((HEADER, *lines))}, columns)
    after = page("三、收到和处理政府信息公开申请情况", "五、存在的主要问题及改进情况", y=400, size=12)
    report = Linter.default().lint("report.pdf", pdf_file([title + table + after])).report
    assert report is not None
    return {str(address): fact.value for address, fact in report.facts.items() if fact.value is not None}


@pytest.mark.parametrize("blank", range(4))
def test_no_number_moves_to_another_column(blank: int) -> None:
    full = [("规章", "1", "20", "11"), ("行政规范性文件", "28", "6", "126")]
    lines = [
        tuple("" if column == blank else text for column, text in enumerate(line)) if blank else line for line in full
    ]
    keys = [("issued", "repealed", "in_force")] * 2
    known = {
        f"disclosed[{row},{key}]": int(text)
        for row, line, names in zip(("regulations", "normative_documents"), lines, keys, strict=True)
        for key, text in zip(names, line[1:], strict=True)
        if text
    }
    assert facts(*lines) == known


def test_numbers_of_two_columns_in_one_are_not_certain() -> None:
    # The number that goes over both columns leaves open which are whose.
    assert facts(("规章", "1", "2", ""), ("行政规范性文件", "1" * 25, "", "5")) == {}


def test_numbers_that_go_on_below_themselves_are_not_certain() -> None:
    certain = facts(("规章", "1", "0", "11"), ("行政规范性", "10", "20", "3"), ("文件", "", "4", ""))
    assert not any("normative" in cell for cell in certain)


def test_two_columns_of_signatures_are_no_table() -> None:
    drawing = page(FULL) + glyphs(80, 160, "云川县水利局", 12) + glyphs(380, 160, "2024年1月9日", 12)
    assert rows(read(drawing)) == []
    assert texts(read(drawing)) == [FULL, "云川县水利局 2024年1月9日"]


def grid(xs: list[float], ys: list[float]) -> str:
    across = [rule(xs[0], y, xs[-1], y) for y in ys]
    return "".join(across + [rule(x, ys[0], x, ys[-1]) for x in xs])


def test_numbers_in_two_lines_are_one_only_if_the_cell_is_full() -> None:
    drawing = grid([80, 118, 240, 400], [100, 150, 200])
    drawing += glyphs(84, 105, "39857", 12) + glyphs(84, 125, "58", 12)
    drawing += glyphs(130, 105, "12", 12) + glyphs(130, 125, "34", 12) + glyphs(250, 105, "无", 12)
    assert rows(read(drawing))[0] == ["3985758", "12 34", "无"]


def spaced(x: float, y: float, text: str, space: float) -> str:
    """Text of 12 points whose characters stand apart."""
    drawing = ""
    for character in text:
        drawing += glyphs(x, y, character, 12)
        x += (6 if character.isascii() else 12) + space
    return drawing


@pytest.mark.parametrize("space", [1, 2, 3, 4, 6])
def test_numbers_that_are_spaced_out_as_their_labels_are_whole(space: float) -> None:
    labels = {110: "行政许可", 140: "行政处罚"}
    drawing = grid([80, 180, 260, 360], [100, 130, 160])
    for y, label in labels.items():
        drawing += spaced(84, y, label, space) + spaced(190, y, "2068", space) + spaced(270, y, "7", space)
    assert rows(read(drawing)) == [["行政许可", "2068", "7"], ["行政处罚", "2068", "7"]]
    # Further apart than that they are two.
    more = spaced(270, 110, "12", space) + spaced(276 + 12 + 3 * space + 6, 110, "34", space)
    two = rows(read(drawing.replace(spaced(270, 110, "7", space), more)))
    assert two[0] == ["行政许可", "2068", "12 34"]


def test_numbers_apart_from_each_other_beside_plain_labels_are_several() -> None:
    drawing = grid([80, 180, 260], [100, 130, 160]) + cells({110: ("行政许可", "3"), 140: ("行政处罚", "")}, (84, 190))
    assert rows(read(drawing + spaced(190, 140, "2068", 4)))[1] == ["行政处罚", "2 0 6 8"]


def test_columns_no_further_apart_than_their_characters_are_not_one_number() -> None:
    line = spaced(80, 100, "本年新收数量", 4) + spaced(220, 100, "12345", 4)
    assert texts(read(line + page(FULL, y=200)))[0].split() == ["本年新收数量", "1", "2", "3", "4", "5"]
    assert "至2023年底" in texts(read(spaced(80, 100, "至2023年底全县共有公开申请12件", 4) + page(FULL, y=200)))[0]


def test_a_title_that_is_spaced_out_has_a_year() -> None:
    title = spaced(80, 60, "云川县水利局2023年政府信息公开工作年度报告", 4)
    assert texts(read(title + page(FULL, FULL)))[0].replace(" ", "") == "云川县水利局2023年政府信息公开工作年度报告"
    assert "2023" in texts(read(title))[0]


def test_a_box_around_text_and_marks_on_words_are_no_table() -> None:
    box = grid([80, 500], [100, 200]) + glyphs(90, 110, "注意", 12) + ground(90, 108, 120, 124) + page(FULL, y=260)
    assert rows(read(box)) == []
    assert texts(read(box)) == ["注意", FULL]


def test_sides_of_a_table_need_not_be_drawn() -> None:
    drawing = "".join(rule(80, y, 400, y) for y in (100, 140, 180)) + rule(240, 100, 240, 180)
    for number, (left, right) in enumerate((("行政许可", "3"), ("行政处罚", "4"))):
        drawing += glyphs(90, 110 + 40 * number, left, 12) + glyphs(300, 110 + 40 * number, right, 12)
    assert rows(read(drawing)) == [["行政许可", "3"], ["行政处罚", "4"]]


def cells(lines: Mapping[float, tuple[str, ...]], xs: tuple[float, ...]) -> str:
    """What stands at these places of lines, 12 points high; `lines` by their heights."""
    return "".join(
        glyphs(x, y, text, 12) for y, line in lines.items() for x, text in zip(xs, line, strict=True) if text
    )


def test_a_frame_around_the_page_hides_no_table() -> None:
    inside = grid([80, 240, 400], [140, 180, 220])
    inside += cells({150: ("行政许可", "3"), 190: ("行政处罚", "4")}, (90, 300))
    drawing = grid([60, 520], [90, 500]) + page(FULL[:20], y=100) + inside + page(FULL[:20], y=300)
    assert rows(read(drawing)) == [["行政许可", "3"], ["行政处罚", "4"]]
    assert texts(read(drawing)) == [FULL[:20], FULL[:20]]


def test_a_cell_with_a_table_in_it_is_a_frame() -> None:
    inside = grid([240, 320, 400], [140, 180, 220])
    inside += cells({150: ("行政许可", "3"), 190: ("行政处罚", "4")}, (245, 330))
    drawing = grid([60, 200, 520], [90, 120, 500]) + cells({100: ("目录", "正文")}, (70, 240)) + inside
    assert rows(read(drawing)) == [["行政许可", "3"], ["行政处罚", "4"]]
    assert texts(read(drawing)) == ["目录", "正文"]


def test_dots_in_a_row_are_lines() -> None:
    def dots(x0: float, y0: float, x1: float, y1: float) -> str:
        steps = int(max(x1 - x0, y1 - y0) / 1.5)
        return "".join(
            rule(x, y, x + 0.3, y + 0.3)
            for at in range(steps + 1)
            for x, y in [(x0 + (x1 - x0) * at / steps, y0 + (y1 - y0) * at / steps)]
        )

    drawing = "".join([dots(80, y, 400, y) for y in (100, 140, 180)] + [dots(x, 100, x, 180) for x in (80, 240, 400)])
    drawing += cells({110: ("行政许可", "3"), 150: ("行政处罚", "4")}, (90, 300))
    assert rows(read(drawing)) == [["行政许可", "3"], ["行政处罚", "4"]]


def test_numbers_within_an_outline_and_lines_below_rows_keep_their_places() -> None:
    lines = {
        110.0: ("规章", "1", "0", "11"),
        150.0: ("行政规范性文件", "8", "26", "66"),
        190.0: ("合计", "9", "26", "77"),
    }
    drawing = grid([70, 400], [100, 140, 180, 220]) + cells(lines, (80, 200, 280, 360))
    assert words(read(drawing)) == [list(zip(line, (0, 20, 33, 47), strict=True)) for line in lines.values()]


def test_bold_letters_drawn_twice_are_there_once() -> None:
    assert texts(read(page("总计", "33") + page("总计", "33", x=80.4))) == ["总计33"]


@pytest.mark.parametrize("look", [LOOK, LOOK._replace(glyphs=False)])
@pytest.mark.parametrize(("right", "down"), [(0.0, 0.0), (0.4, 0.0), (-0.4, 0.0), (0.3, 0.3)])
def test_lines_drawn_twice_are_there_once(look: Look, right: float, down: float) -> None:
    line = "云川县2025年公开工作办结1002233件"

    def drawn(look: Look, right: float = 0, down: float = 0) -> str:
        return "".join(glyphs(80 + right, y + down, line, 14, look) for y in (100, 200, 300))

    for first in (LOOK, LOOK._replace(glyphs=False)):
        assert texts(read(drawn(first) + drawn(look, right, down))) == [line] * 3
    number = grid([80, 180, 280], [100, 130, 160]) + glyphs(90, 110, "许可", 12, look)
    twice = "".join(glyphs(190 + x, 110 + y, "22003", 12, look) for x, y in ((0.0, 0.0), (right, down)))
    assert rows(read(number + twice))[0] == ["许可", "22003"]


def test_numbers_set_close_lose_nothing() -> None:
    for step in (7.0, 5.0, 3.0, 2.5):
        drawing = glyphs(80, 100, "2", 16) + "".join(glyphs(80 + step * at, 100, "0", 16) for at in (1, 2, 3))
        assert texts(read(drawing)) == ["2000"]


@pytest.mark.parametrize("text", ["止", "1", "⾏"])
def test_what_has_the_replacement_text_of_the_one_before_is_not_lost(text: str) -> None:
    cells = [replaced(glyphs(x, 110, text, 12), text, "P0") for x in (90, 190, 290)]
    drawing = grid([80, 180, 280, 380], [100, 130, 160]) + "".join(cells)
    assert rows(read_pdf("", pdf_file([drawing], shared={"P0": text})) and read_shared(drawing, text))[0] == [text] * 3


def read_shared(drawing: str, text: str) -> Document:
    return read_pdf("", pdf_file([drawing], shared={"P0": text}))


def test_a_replacement_text_stands_for_all_that_it_replaces() -> None:
    one = replaced(glyphs(80, 100, "废", 16) + glyphs(96, 100, "止", 16), "废止") + glyphs(112, 100, "件", 16)
    assert texts(read(one))[0].replace(" ", "") == "废止件"
    named = replaced(glyphs(80, 100, NAMELESS, 16), "六", "P0") + replaced(glyphs(180, 100, NAMELESS, 16), "六", "P0")
    assert texts(read_shared(named, "六")) == ["六 六"]


def test_characters_without_a_meaning_are_said_to_be_none() -> None:
    drawing = grid([80, 180, 280], [100, 130, 160]) + glyphs(90, 110, f"1{NAMELESS}3", 12) + glyphs(190, 110, "5", 12)
    assert rows(read(drawing))[0] == [f"1{UNKNOWN}3", "5"]


def test_blank_pages_and_pages_with_a_picture_in_the_text_are_no_scans() -> None:
    document = read(page(FULL) + picture(80, 200, 300, 300), "", page(FULL))
    assert document.notices == ()
    assert texts(document) == [FULL * 2]


def test_a_picture_behind_the_text_is_no_scan() -> None:
    assert read(picture() + page(FULL, FULL)).notices == ()
