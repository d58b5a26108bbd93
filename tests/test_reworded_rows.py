"""A row whose label is in other words is read, and its label is called so: the numbers need not be touched."""

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Diagnostic
from tests.generation import LAYOUTS, report
from tests.generation.judging import judge

OTHER_NAMES = {
    "行政规范性文件": "行政规范文件",
    "行政事业性收费": "行政性事业收费",
    "上年结转政府信息公开申请数量": "上年未办结信息公开申请件数",
    "属于国家秘密": "涉及国家秘密",
    "保护第三方合法权益": "维护第三方合法权益",
    "本机关不掌握相关政府信息": "本机关未掌握相关政府信息",
    "没有现成信息需要另行制作": "无现成信息需另行制作",
    "结转下年度继续办理": "转入下年继续办理",
}
SAME_NAMES = {
    "1.属于国家秘密": "（1） 属于 国家 秘密",
    "2.重复申请": "2、重复申请",
    "三安全一稳定": "三安全，一稳定",
    "（二）部分公开": "(二)部分公开",
    "4.保护第三方合法权益": "4.保护第三方合法权益（见备注）",
    "（七）总计": "（七）合计",
    "2.没有现成信息需要另行制作": "2.没有现成信息",
    "区分处理的，只计这一情形，不计其他情形": "区分处理的只计这情形不计其他一，，情形",
}
"""The same label in other characters, with a remark, as the form's aliases have it, or shuffled by a program."""


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.default()


def said(linter: Linter, name: str, text: str) -> list[Diagnostic]:
    return [one for one in linter.lint(name, text.encode()).diagnostics if one.code == "DL202"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_other_words_for_a_row_are_named(linter: Linter, layout: str) -> None:
    rendered = report("rows", layout, "city")
    name = f"report{rendered.suffix}"
    whole = {label: other for label, other in OTHER_NAMES.items() if label in rendered.text}
    assert whole, "the layout breaks all labels"
    for label, other in whole.items():
        text = rendered.text.replace(label, other)
        verdict = judge(linter, name, text.encode(), rendered.values, codes=["DL202"])
        assert verdict.faults == []
        if verdict.doubts:
            continue  # the row itself is said not to be certain
        (found,) = said(linter, name, text)
        assert f"{other}”应为「" in found.message.zh
        assert "the numbers need not be touched" in found.message.en
        assert text[found.span.start : found.span.end].endswith(other)


@pytest.mark.parametrize("label", SAME_NAMES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_words_in_other_characters_are_the_form_s(linter: Linter, label: str, layout: str) -> None:
    rendered = report("rows", layout, "city")
    assert said(linter, f"report{rendered.suffix}", rendered.text.replace(label, SAME_NAMES[label])) == []


def test_a_label_that_a_page_cut_is_not_in_other_words(linter: Linter) -> None:
    rendered = report("rows", "pipes", "city")
    (row,) = (line for line in rendered.text.splitlines() if "确认或重新出具" in line)
    cells = row.split("|")
    place = next(index for index, cell in enumerate(cells) if "重新出具" in cell)
    head = [*cells[:place], " 5.要求行政机关确认或重新 ", *cells[place + 1 :]]
    tail = [" " if cell else "" for cell in cells]
    tail[place] = " 出具已获取信息 "
    text = rendered.text.replace(row, "|".join(head) + "\n" + "|".join(tail))
    assert said(linter, "report.md", text) == []


def test_a_garbled_label_is_not_in_other_words(linter: Linter) -> None:
    rendered = report("rows", "tabs", "city")
    assert said(linter, "report.txt", rendered.text.replace("另行制作", "另行\ue5e5作")) == []


@pytest.mark.parametrize("layout", ["tabs", "flow", "flow_rows", "aligned_left", "aligned_right"])
@pytest.mark.parametrize("between", ["", "4\n", "— 4 —\n"])
@pytest.mark.parametrize(
    "label", ["现成信息|需要另行制作", "保护第三方|合法权益", "结转下年度|继续办理", "本年新收|政府信息公开申请数量"]
)
def test_a_label_cut_by_a_page_end_is_not_in_other_words(linter: Linter, layout: str, between: str, label: str) -> None:
    rendered = report("rows", layout, "city")
    text = rendered.text.replace(label.replace("|", ""), label.replace("|", f"\n{between}"), 1)
    assert said(linter, "report.txt", text) == []
