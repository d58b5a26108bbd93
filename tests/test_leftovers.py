"""What a template leaves in a draft is found, in whatever way it was marked; what only looks like it is not."""

import re
from itertools import product
from pathlib import Path

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Diagnostic, Severity
from tests.office.docx import heading, paragraph, run, table, word_file

WHOLE = re.sub("=== .*\n", "", (Path(__file__).parent / "cases" / "whole.txt").read_text(encoding="utf-8"))
PLACE = "（一）主动公开。"
LEFT = {
    "信息公开联系人：×××。": "×××",
    "由XXX同志负责公开工作。": "XXX",
    "联系电话：XXXX-XXXXXXX。": "XXXX-XXXXXXX",
    "联系电话：0999-XXXXXXX。": "0999-XXXXXXX",
    "召开公开工作会议X次。": "X次",
    "参加培训xx人次。": "xx人次",
    "2025年X月X日前公布。": "X月",
    "X X村设立了公开栏。": "X X村",
    "XX共受理申请两件。": "XX",
    "全年召开会议 次，部署公开工作。": "会议 次",
    "全年召开会议　　次，部署公开工作。": "会议　　次",
    "某某副镇长分管公开工作。": "某某副镇长",
    "公开信息***条。": "***条",
    "公开信息 _ 条。": "_ 条",
    "培训__次，覆盖全镇。": "__次",
    "公开信息（ ）条。": "（ ）条",
    "●●镇设立了公开栏。": "●●镇",
    "（单位名称）设立了公开栏。": "（单位名称）",
    "公开信息85条（数字待核）。": "（数字待核）",
    "培训日期〔待定〕，另行通知。": "〔待定〕",
    "公开栏目为【】，另有两个。": "【】",
    "[具体地名]设立了公开栏。": "[具体地名]",
    "{机关名称}设立了公开栏。": "{机关名称}",
    "20XX年设立了公开栏。": "XX年",
    "本报告于2026年 月 日公布。": "2026年 月 日",
}
RIGHT = (
    "某些栏目更新较慢，若干村没有公开栏。",
    "使用EXX系统和XXL-Job平台登记，见 http://www.yunchuan.example/XX/xx__1.html 。",
    "邮箱 XXX@yunchuan.example ，备用 xxgk_xx@yunchuan.example 。",
    "平均用时＝总天数÷件数，工作量＝单价×件数，公开栏 4×8 米，7×24 小时开放。",
    "印发《关于××信箱办理情况的批复》，对“××”等字样作了说明，公开“XX+政务”做法。",
    "公开处罚决定时写作王××、李某某，车牌写作豫A×××××，电话写作138××××5678。",
    "申请人填写《信息公开申请表（单位名称）》，法人（单位名称）须盖章。",
    "发放表格的类别有【数字政府】和（一）（二）两类，文号为〔2023〕3号。",
    "举办培训 3 次，参加 120 人次，公开信息 85 条，受理申请 6 件。",
    "每月核实一次，有待核实的 2 件（另有1件待核实处理）。",
    "截至当年 12 月 31 日，每年年月日均有登记。",
)


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.default()


def left(linter: Linter, sentence: str, name: str = "石桥镇.txt") -> list[str]:
    text = WHOLE.replace(PLACE, PLACE + sentence)
    assert text != WHOLE
    result = linter.lint(name, text.encode())
    assert result.source is not None
    return [result.source.slice(found.span) for found in result.diagnostics if found.code == "DL112"]


@pytest.mark.parametrize("sentence", LEFT)
def test_what_is_left_of_a_template_is_found(linter: Linter, sentence: str) -> None:
    found = left(linter, sentence)
    assert any(LEFT[sentence] in one or one in LEFT[sentence] for one in found), found
    assert len(found) == 1 or LEFT[sentence] == "X月"


def test_marks_before_names_and_counters(linter: Linter) -> None:
    """Any mark, before anything that is counted or named."""
    marks = ("×××", "××", "XX", "xx", "____", "（ ）", "●●", "○○", "□□")
    counted = ("公开信息{}条", "受理申请{}件", "召开会议{}次", "发放材料{}份", "参加培训{}人次")
    named = ("{}镇设立了公开栏", "{}人民政府负责公开")
    frames = [*product(marks[:6], counted), *product([*marks[:5], "●●", "○○", "□□"], named)]
    missed = [(mark, frame) for mark, frame in frames if not left(linter, frame.format(mark) + "。")]
    assert missed == []


@pytest.mark.parametrize("sentence", RIGHT)
def test_what_only_looks_like_it_is_not(linter: Linter, sentence: str) -> None:
    assert left(linter, sentence) == []


@pytest.mark.parametrize("sentence", ["**云川县**人民政府公开信息**85**条，**个人信息**件件审核，**重点**区分。"])
def test_bold_of_markdown_is_no_mark(linter: Linter, sentence: str) -> None:
    assert left(linter, sentence, "石桥镇.md") == []


def control(text: str, showing: bool = True) -> str:
    properties = "<w:showingPlcHdr/>" if showing else ""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>"


def in_word(linter: Linter, *blocks: str) -> list[Diagnostic]:
    title = paragraph("云川县石桥镇人民政府2023年政府信息公开工作年度报告")
    result = linter.lint("年报.docx", word_file(title, heading("一、总体情况", 1), *blocks))
    return [found for found in result.diagnostics if found.code == "DL112"]


def test_controls_of_word_that_nobody_filled_in(linter: Linter) -> None:
    empty = control("单击或点击此处输入文字。")
    found = in_word(
        linter,
        paragraph(run("分管领导是") + control("刘明", showing=False) + run("。")),
        paragraph(run("联系人是") + empty + run("。")),
        table([["项目", "数"], ["会议", "2"]]).replace(run("2"), control("选择一项。")),
    )
    (one,) = found
    assert one.severity == Severity.error
    assert one.message.zh.startswith("“单击或点击此处输入文字。”是 Word 模板里还没有填写的输入框（这样的共 2 处）")
    assert "content control of Word" in one.message.en
    assert one.location is not None
    assert one.location.paragraph == 4
    assert len(one.related) == 1


def test_highlighted_text_is_a_hint(linter: Linter) -> None:
    yellow = '<w:highlight w:val="yellow"/>'
    found = in_word(
        linter,
        paragraph(run("全年公开信息") + run("8", yellow) + run("5", yellow) + run("条。")),
        paragraph(run("全年没有收到申请。", '<w:highlight w:val="none"/>')),
        table([["项目", "数"], ["会议", "2"]]).replace(run("2"), run("2", yellow)),
    )
    (one,) = found
    assert one.severity == Severity.info
    assert one.message.zh.startswith("“85”涂了颜色（突出显示，这样的共 2 处）")
    assert one.span.end - one.span.start == 2


def test_a_control_that_says_what_to_fill_in_is_said_once(linter: Linter) -> None:
    assert len(in_word(linter, paragraph(run("由") + control("[单位名称]") + run("负责。")))) == 1
