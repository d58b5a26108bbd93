"""DL608, DL609 and the marks and words of DL8: what is found, and what only looks like it."""

from functools import cache

import pytest

from disclosure_lint.engine.linter import Linter


@cache
def linter() -> Linter:
    return Linter.default()


def found(code: str, text: str) -> list[str]:
    """Returns what a rule marks."""
    document = linter().read("例.md", text.encode())
    report = linter().bind(document, "2021", fragment=True)
    assert report is not None
    (rule,) = (rule for rule in linter().rules if rule.code == code)
    return [document.source.slice(finding.span) for finding in linter().judge(rule, report).findings]


SECTIONS = (
    "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、{}、存在的主要问题及改进情况、其他需要报告的事项"
)
REVIEWS = (
    "政府信息公开行政复议、行政诉讼情况",
    "政府信息公开行政复议及行政诉讼情况",
    "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    "因政府信息公开工作被申请行政复议和提起行政诉讼的情况",
)


@pytest.mark.parametrize("review", REVIEWS)
@pytest.mark.parametrize("said", ["本报告由{}等{}部分组成。", "本报告包括{}等{}个部分。", "全文由{}{}个部分构成。"])
def test_the_six_sections(review: str, said: str) -> None:
    names = SECTIONS.format(review)
    for six in ("六", "6"):
        assert found("DL609", said.format(names, six)) == []
    for other in ("五", "七", "4", "十"):
        assert found("DL609", said.format(names, other)) == [other]


@pytest.mark.parametrize(
    "text",
    [
        "本报告由总体情况、主动公开情况、存在的主要问题和其他需要报告的事项四部分组成。",
        "本报告由总体情况、主动公开情况、存在的主要问题和其他需要报告的事项等六部分组成。",
        "本报告由六部分组成。",
        "包括财政、民生等八个方面。",
        "培训分为集中讲解、现场演示和答疑三个部分。",
        "公开内容包括机构职能、政策文件，共85条，涉及三个方面。",
    ],
)
def test_lists_that_may_be_right(text: str) -> None:
    assert found("DL609", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "邮编：471100",
        "邮政编码471100",
        "邮编： 471100 电话0999-5550123",
        "邮编：471100，电话：0999-5550123",
        "邮编：0999-5550123",
    ],
)
def test_postcodes_that_are_right(text: str) -> None:
    assert found("DL608", f"联系方式：{text}。") == []


@pytest.mark.parametrize("digits", ["67800", "4711000", "4711"])
def test_postcodes_that_are_wrong(digits: str) -> None:
    assert found("DL608", f"地址：中心街1号，邮编：{digits}，电话：0999-5550123。") == [f"邮编：{digits}"]


@pytest.mark.parametrize(
    ("code", "text", "marked"),
    [
        ("DL802", "公开信息,回应关切;更新目录:按月", [",", ";", ":"]),
        ("DL802", "公开信息1,203条，10:30更新，见www.a.cn, 共3:1。", []),
        ("DL802", "公开信息<!-- 甲,乙 -->85条。", []),
        ("DL803", "公开信息。。回应关切，，更新目录、。", ["。。", "，，", "、。"]),
        ("DL803", "公开信息……回应关切！", []),
        ("DL804", "主动公 开信息，2023 年 公开85条。", ["公 开"]),
        ("DL805", "截止2023年12月31日，帐号已注销；截止时间不变，权利和义务明确。", ["截止", "帐号"]),
    ],
)
def test_marks_and_words(code: str, text: str, marked: list[str]) -> None:
    assert found(code, text) == marked


def test_they_are_off_unless_asked_for() -> None:
    off = {rule.code for rule in linter().rules if rule.severity.name == "off"}
    assert {"DL802", "DL803", "DL804", "DL805"} <= off
