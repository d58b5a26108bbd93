"""Where a person finds a mistake in a Word file or a PDF: by the name of the place, before line and column."""

import json
from pathlib import Path

import pytest

from tests.command_line import own_place, run
from tests.generation.official import Words
from tests.office.docx import heading, paragraph, table, word_file
from tests.office.pdf_pages import as_pdf

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

TITLE = "云川县石桥镇人民政府2025年政府信息公开工作年度报告"
HEAD = [heading(TITLE, 1), paragraph("本报告由镇党政办公室编制。")]
OTHER = [
    heading("六、其他需要报告的事项", 2),
    paragraph(""),
    paragraph("本年度收取信息处理费为零。"),
    paragraph("××村。"),
]


def review(*numbers: str) -> list[str]:
    """Returns section 四 with the three blocks of its table side by side."""
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows = [
        ["行政复议", "", "", "", "", "行政诉讼", *[""] * 9],
        ["", "", "", "", "", "未经复议直接起诉", "", "", "", "", "复议后起诉", "", "", "", ""],
        results * 3,
        list(numbers),
    ]
    return [heading("四、政府信息公开行政复议、行政诉讼情况", 2), table(rows)]


def first_lines(*blocks: str) -> list[str]:
    """Returns the first line of each finding in a Word file."""
    Path("a.docx").write_bytes(word_file(*blocks))
    said = run(["check", "--select", "DL103,DL112,DL203,DL304", "a.docx"]).stdout
    return [line for line in said.splitlines() if line.startswith("a.docx")]


def test_a_paragraph_is_named_by_the_heading_above_it() -> None:
    (one,) = first_lines(*HEAD, *OTHER)
    assert one.startswith("a.docx: “六、其他需要报告的事项”下第 2 段 (9:1): 错误 DL112 “××村”")


def test_a_paragraph_before_all_sections_is_counted() -> None:
    (one,) = first_lines(heading(TITLE, 1), paragraph("本报告由××编制。"), *OTHER[:3])
    assert one.startswith("a.docx: 第 2 段 (3:")


def test_a_heading_and_the_title_are_named() -> None:
    title, heading_of_one = first_lines(
        heading(TITLE.replace("石桥镇", "××镇"), 1), heading("一、总体工作情况", 2), paragraph("有序开展。"), *OTHER[:3]
    )
    assert title.startswith("a.docx: 标题 (1:")
    assert heading_of_one.startswith("a.docx: 标题“一、总体工作情况” (3:1): 警告 DL103")


def test_a_cell_is_named_by_its_table_row_and_column() -> None:
    blank, wrong = first_lines(*HEAD, *review(*"0000", "", *"10001", *"10003"), *OTHER[:3])
    assert blank.startswith("a.docx: 表四，行政复议一栏，总计列 (")
    assert wrong.startswith("a.docx: 表四，复议后起诉一栏，总计列 (")


def test_json_has_section_and_paragraph() -> None:
    Path("a.docx").write_bytes(word_file(*HEAD, *OTHER))
    shown = json.loads(run(["check", "--select", "DL112", "--format", "json", "a.docx"]).stdout)
    (one,) = shown["diagnostics"]
    assert one["location"] == {
        "page": None,
        "table": None,
        "row": None,
        "column": None,
        "paragraph": 6,
        "section": 6,
        "section_paragraph": 2,
    }


def test_a_page_comes_first() -> None:
    long = [Words("全年主动公开信息工作有序开展，及时更新栏目。" * 4, 0)] * 30
    blocks = [Words(TITLE, 1), Words("一、总体情况", 2), *long, Words("六、其他需要报告的事项", 2), Words("××村。", 0)]
    Path("a.pdf").write_bytes(as_pdf(blocks))
    first, *_ = run(["check", "--select", "DL112", "a.pdf"]).stdout.splitlines()
    assert first.startswith("a.pdf: 第 5 页，“六、其他需要报告的事项”下第 1 段 (")


def test_quiet_keeps_what_programs_parse() -> None:
    Path("a.docx").write_bytes(word_file(*HEAD, *OTHER))
    assert run(["check", "-q", "--select", "DL112", "a.docx"]).stdout.startswith("a.docx:9:1: error DL112 ")


def test_a_word_file_is_left_as_it_is_and_it_is_said_why() -> None:
    data = word_file(*HEAD, *OTHER)
    Path("a.docx").write_bytes(data)
    ended = run(["check", "--fix", "--select", "DL112", "a.docx"])
    assert Path("a.docx").read_bytes() == data
    assert ended.stderr.startswith("提示：a.docx 没有改动：Word 文件从不自动改")
    assert "保存后再检查一次" in ended.stderr
    assert ended.status == 1
    assert run(["check", "--fix", "--select", "DL101", "a.docx"]).stderr == ""
