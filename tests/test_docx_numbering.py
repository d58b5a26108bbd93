"""Automatic numbers of lists in Word files, which stand on the page though nobody typed them."""

from collections.abc import Sequence

import pytest

from disclosure_lint import Linter
from tests.office.docx import AUTHOR, deleted, heading, level, numbering, paragraph, run, styles, table, word_file

LINTER = Linter.default()


def shown(blocks: Sequence[str], *lists: str | dict[int, tuple[str, str]], more: str = "", **parts: str) -> list[str]:
    """The lines of paragraphs; `more` stands at the end of the part with the lists."""
    part = numbering(*lists).replace("</w:numbering>", f"{more}</w:numbering>")
    text = LINTER.read("年报.docx", word_file(*blocks, numbering=part, **parts)).source.text
    return [line for line in text.split("\n") if line]


def items(*levels: int, numbered: int = 1) -> list[str]:
    """Paragraphs 甲 at these levels of a list."""
    return [paragraph("甲", numbered=(numbered, at)) for at in levels]


def listed(number_format: str, count: int, start: int = 1) -> list[str]:
    return [
        line[:-1]
        for line in shown(items(*[0] * count), level(0, number_format, "%1", '<w:suff w:val="nothing"/>', start))
    ]


@pytest.mark.parametrize(
    ("number_format", "start", "labels"),
    [
        ("decimal", 1, "1 2 3"),
        ("decimalZero", 9, "09 10"),
        ("decimalFullWidth", 9, "９ １０"),
        ("decimalEnclosedCircle", 1, "① ②"),
        ("decimalEnclosedCircle", 20, "⑳ 21"),
        ("decimalEnclosedParen", 3, "⑶ ⑷"),
        ("decimalEnclosedFullstop", 1, "⒈ ⒉"),
        ("upperLetter", 25, "Y Z AA BB"),
        ("lowerLetter", 26, "z aa"),
        ("upperRoman", 3, "III IV V"),
        ("lowerRoman", 1999, "mcmxcix mm"),
        ("chineseCounting", 9, "九 十 十一"),
        ("chineseCounting", 19, "十九 二十 二十一"),
        ("chineseCounting", 99, "九十九 一○○"),
        ("chineseCountingThousand", 1, "一 二"),
        ("chineseCountingThousand", 10, "十 十一"),
        ("chineseCountingThousand", 100, "一百 一百零一"),
        ("chineseCountingThousand", 110, "一百一十 一百一十一"),
        ("chineseCountingThousand", 1009, "一千零九 一千零一十"),
        ("chineseLegalSimplified", 11, "壹拾壹 壹拾贰"),
        ("japaneseCounting", 9, "九 十 十一"),
        ("japaneseCounting", 100, "百 百一"),
        ("ideographDigital", 9, "九 一〇 一一"),
        ("ideographTraditional", 1, "甲 乙 丙 丁 戊 己 庚 辛 壬 癸 11"),
        ("ideographZodiac", 1, "子 丑"),
        ("ideographZodiacTraditional", 1, "甲子 乙丑"),
        ("ideographEnclosedCircle", 1, "㈠ ㈡"),
        ("taiwaneseCountingThousand", 11, "十一 十二"),
        ("numberInDash", 4, "- 4 -"),
        ("someFormatToCome", 4, "4"),
        ("upperRoman", 999999999, "999999999"),
        ("lowerLetter", 99999999999, "0"),
    ],
)
def test_formats_of_numbers(number_format: str, start: int, labels: str) -> None:
    expected = [labels] if " -" in labels else labels.split()
    assert listed(number_format, len(expected), start) == expected


def test_levels_begin_anew_below_each_other() -> None:
    levels = {0: ("chineseCountingThousand", "%1、"), 1: ("chineseCountingThousand", "（%2）"), 2: ("decimal", "%3.")}
    assert shown(items(0, 1, 1, 2, 2, 0, 1, 2), levels) == [
        "一、甲", "（一）甲", "（二）甲", "1. 甲", "2. 甲", "二、甲", "（一）甲", "1. 甲",
    ]  # fmt: skip


def test_several_levels_in_one_label() -> None:
    levels = (
        level(0, "chineseCounting", "第%1章")
        + level(1, "decimal", "%1.%2")
        + level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    )
    assert shown(items(0, 1, 2, 1), levels) == ["第一章甲", "一.1 甲", "1.1.1 甲", "一.2 甲"]
    assert shown(items(1, 0, 1), levels) == ["0.1 甲", "第一章甲", "一.1 甲"]


def test_articles_may_go_on_counting_through_the_chapters() -> None:
    levels = level(0, "chineseCountingThousand", "第%1章") + level(
        1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/><w:suff w:val="space"/>'
    )
    assert shown(items(0, 1, 1, 0, 1), levels) == ["第一章甲", "第一条 甲", "第二条 甲", "第二章甲", "第三条 甲"]
    third = (
        level(0, "decimal", "%1") + level(1, "decimal", "%2") + level(2, "decimal", "%3", '<w:lvlRestart w:val="1"/>')
    )
    assert shown(items(0, 1, 2, 1, 2, 0, 2), third) == ["1 甲", "1 甲", "1 甲", "2 甲", "2 甲", "2 甲", "1 甲"]


def test_lists_of_one_pattern_go_on_counting_unless_they_begin_anew() -> None:
    begins = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    letters = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1.")}</w:lvlOverride>'
    more = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="1"/>{override}</w:num>'
        for key, override in ((7, ""), (8, begins), (9, letters))
    )
    blocks = [block for key in (1, 7, 8, 8, 1, 9) for block in items(0, numbered=key)]
    assert shown(blocks, {0: ("decimal", "%1.")}, more=more) == [
        "1. 甲", "2. 甲", "5. 甲", "6. 甲", "7. 甲", "H. 甲",
    ]  # fmt: skip


def test_numbers_that_come_with_a_style() -> None:
    own = styles(
        '<w:style w:type="paragraph" w:styleId="n"><w:name w:val="章"/><w:basedOn w:val="2"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
        '<w:style w:type="paragraph" w:styleId="m"><w:name w:val="节"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
        '<w:style w:type="paragraph" w:styleId="k"><w:name w:val="孙"/><w:basedOn w:val="n"/></w:style>',
    )
    levels = level(0, "chineseCounting", "%1、", '<w:pStyle w:val="n"/>') + level(1, "decimal", "%2.")
    blocks = [
        paragraph("总体情况", style="n"),
        paragraph("甲", style="m"),
        paragraph("乙", style="m", properties='<w:numPr><w:numId w:val="0"/></w:numPr>'),
        paragraph("丙", style="m", properties='<w:numPr><w:ilvl w:val="0"/></w:numPr>'),
        paragraph("丁", style="k"),
    ]
    assert shown(blocks, levels, styles=own) == ["一、总体情况", "1. 甲", "乙", "二、丙", "三、丁"]


def test_a_pattern_may_be_that_of_a_style_of_lists() -> None:
    own = styles(
        '<w:style w:type="numbering" w:styleId="s"><w:name w:val="式"/>'
        '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    blocks = items(0, 0)
    assert shown(blocks, '<w:numStyleLink w:val="s"/>', {0: ("decimal", "（%1）")}, styles=own) == [
        "（1）甲",
        "（2）甲",
    ]
    assert shown(blocks, '<w:numStyleLink w:val="s"/>', '<w:numStyleLink w:val="s"/>', styles=own) == ["甲", "甲"]


def test_only_paragraphs_that_stay_are_counted() -> None:
    gone = f"<w:rPr><w:del {AUTHOR}/></w:rPr>"
    blocks = [
        *items(0),
        paragraph(deleted("删"), gone, numbered=(1, 0)),
        paragraph("", "<w:rPr><w:vanish/></w:rPr>", numbered=(1, 0)),
        *items(0),
        paragraph("", numbered=(1, 0)),
        table([[paragraph("甲", numbered=(1, 0)), paragraph("乙", numbered=(1, 0))]]),
    ]
    assert shown(blocks, {0: ("decimal", "%1.")}) == ["1. 甲", "2. 甲", "3. ", "| 4. 甲 | 5. 乙 |"]


def test_bullets_and_lists_that_are_not_there_add_nothing() -> None:
    blocks = [
        *items(0),
        *items(0, numbered=2),
        *items(5),
        *items(0, numbered=99),
        paragraph(run("乙"), numbered=(1, 99999)),
    ]
    assert shown(blocks, level(0, "bullet", "\uf0b7"), {0: ("none", "")}) == ["甲", "甲", "甲", "甲", "乙"]
    assert shown([heading("一、手写", 2)], {}) == ["一、手写"]
