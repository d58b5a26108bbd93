"""What is said of cells without a number: once, and 0 only where 0 can be true."""

import re
from pathlib import Path

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Diagnostic

CASES = Path(__file__).parent / "cases"
NEW = "| 一、本年新收政府信息公开申请数量 |"


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.default()


def plain(name: str) -> str:
    return re.sub("=== .*\n", "", (CASES / name).read_text(encoding="utf-8"))


WHOLE = plain("whole.md")
OLD = plain("2019.md")


def row(text: str, label: str, *cells: str) -> str:
    """Returns the text with other cells in a row."""
    (line,) = (line for line in text.splitlines() if line.startswith(f"| {label}"))
    return text.replace(line, f"{line[: line.index('|', 2)]}| {' | '.join(cells)} |")


def said(linter: Linter, text: str) -> list[Diagnostic]:
    return [one for one in linter.lint("石桥镇.md", text.encode()).diagnostics if one.code not in ("DL403", "DL302")]


def test_a_total_that_is_blank_is_what_the_row_adds_up_to(linter: Linter) -> None:
    (one,) = said(linter, row(WHOLE, "一、本年新收", "5", "1", "0", "0", "0", "0", ""))
    assert one.code == "DL203"
    assert "按本行相加应为 6（5＋1），请核对后填写" in one.message.zh
    assert "by its row it should be 6 (5 + 1); check and fill in" in one.message.en
    assert "填 0" not in one.message.zh
    assert [(found.cell, found.value) for found in one.suggestions] == [("requests[new,total]", 6)]


def test_a_part_that_is_no_number_is_what_the_row_leaves(linter: Linter) -> None:
    (one,) = said(linter, row(WHOLE, "一、本年新收", "/", "1", "0", "0", "0", "0", "6"))
    assert one.code == "DL204"
    assert "不是数字；按本行推算应为 5（6－1），请核对后填写" in one.message.zh


def test_where_the_sum_gives_0_it_may_be_0(linter: Linter) -> None:
    (one,) = said(linter, row(WHOLE, "2.重复申请", "0", "", "0", "0", "0", "0", "0"))
    assert "没有的请填 0" in one.message.zh


def test_several_blanks_that_cannot_all_be_0_are_told_their_sum(linter: Linter) -> None:
    found = said(linter, row(WHOLE, "行政许可", "12", "", "").replace(NEW, NEW))
    assert found == []
    (one,) = said(linter, row(WHOLE, "一、本年新收", "", "", "0", "0", "0", "0", "6"))
    assert "应为 6" in one.message.zh or "应为 5" in one.message.zh
    assert "没有的请填 0" not in one.message.zh


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("约3万元", "请填准确的数，只写数字"),
        ("十二", "看样子是 12"),
        ("1O", "看样子是 10"),
        ("近20", "请填准确的数"),
    ],
)
def test_it_is_said_how_to_write_what_is_meant(linter: Linter, raw: str, words: str) -> None:
    (one,) = (one for one in said(linter, row(WHOLE, "行政许可", raw, "", "")) if one.code == "DL204")
    assert words in one.message.zh
    assert "填 0" not in one.message.zh


def test_a_decrease_in_words_is_written_with_a_sign(linter: Linter) -> None:
    (one,) = said(linter, row(OLD, "行政许可", "14", "减2", "12"))
    assert (one.code, one.message.zh.endswith("请写成 -2"), one.message.en.endswith("write -2")) == (
        "DL204",
        True,
        True,
    )


@pytest.mark.parametrize("mark", ["/", "无", "—"])
def test_the_same_slip_in_many_cells_is_one_finding(linter: Linter, mark: str) -> None:
    text = row(WHOLE, "2.重复申请", *[mark] * 7)
    text = row(text, "8.属于行政查询事项", *[mark] * 5, "0", "0")
    (one,) = said(linter, text)
    assert one.code == "DL204"
    assert f"有 12 格填的是“{mark}”" in one.message.zh
    assert len(one.cells) == 12


def test_the_same_slip_where_0_cannot_be_is_not_told_to_be_0(linter: Linter) -> None:
    text = row(WHOLE, "2.重复申请", *["/"] * 7)
    text = row(text, "一、本年新收", "/", "1", "/", "/", "/", "/", "6")
    (one,) = said(linter, text)
    assert "不会都是 0" in one.message.zh
    assert "cannot all be 0" in one.message.en


def test_a_blank_table_is_one_finding_each(linter: Linter) -> None:
    blank = re.sub(r"(?<=\|) *\d+ *(?=\|)", " ", WHOLE)
    found = [one for one in said(linter, blank) if one.code == "DL203"]
    assert len(found) == 3
    assert all("多数行没有填" in one.message.zh for one in found)
