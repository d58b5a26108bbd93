"""DL603 and DL604: citations that are wrong, and the many that are right or that nobody can judge."""

from functools import cache

import pytest

from disclosure_lint.checks.spelling import distance
from disclosure_lint.engine.linter import Linter

REPORT = """# 云川县石桥镇人民政府{year}年政府信息公开工作年度报告

## 一、总体情况

{text}

## 六、其他需要报告的事项

无。
"""


@cache
def linter() -> Linter:
    return Linter.default()


def found(text: str, year: int = 2023, code: str = "DL603") -> list[tuple[str | None, str]]:
    """Returns the variants that a rule finds, and what it marks."""
    document = linter().read("例.md", REPORT.format(text=text, year=year).encode())
    report = linter().bind(document, "auto", fragment=True)
    assert report is not None
    (rule,) = (rule for rule in linter().rules if rule.code == code)
    findings = linter().judge(rule, report).findings
    return [(finding.variant, document.source.slice(finding.span)) for finding in findings]


RIGHT = [
    "根据《中华人民共和国政府信息公开条例》（国务院令第711号）编制。",
    "根据《中华人民共和国政府信息公开条例》（国令第711号）（以下简称《条例》）编制。",
    "根据《中华人民共和国政府信息公开条例》（中华人民共和国国务院令第711号）编制。",
    "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）（国令第711号）编制。",
    "根据《中华人民共和国政府信息公开条例》(国令第711号)第五十条规定编制。",
    "根据新修订的《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号文件。",
    "根据《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）。",
    "根据《国务院办公厅政府信息与政务公开办公室关于印发中华人民共和国政府信息公开工作年度报告格式的通知》（国办公开办函〔2021〕30号）。",
    "根据国务院办公厅《中华人民共和国政府信息公开工作年度报告格式》(国办公开办函〔2021〕30号)。",
    "根据《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》（国办函〔2020〕109号）规定。",
    "依据《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）、《四川省财政厅四川省发展改革委关于…的通知》（川财规〔2021〕1号）。",
    "依据《国务院办公厅关于施行〈中华人民共和国政府信息公开条例〉若干问题的意见》（国办发〔2008〕36号）。",
    "落实《国务院办公厅关于全面推进基层政务公开标准化规范化工作的指导意见》（国办发〔2019〕54号）。",
    "落实《公共企事业单位信息公开规定制定办法》（国办发〔2020〕50号）。",
    "落实《政府信息公开条例》《保守国家秘密法》《中华人民共和国保守国家秘密法实施条例》。",
    "落实《上海市政府信息公开规定》（沪府令32号）和《浙江省政府信息公开暂行办法》。",
    "落实《福建省政府信息公开办法》。",
    "落实《云川县政府信息公开工作年度报告格式》。",
    "落实《中华人民共和国行政处罚法》《中华人民共和国行政复议法》《中华人民共和国行政许可法》。",
    "落实《云川县人民政府办公室关于做好2023年政府信息公开工作年度报告编制工作的通知》（云政办函〔2023〕60号）。",
    "落实《国务院办公厅秘书局关于印发政府网站与政务新媒体检查指标的通知》（国办秘函〔2019〕19号）。",
    "落实《关于做好政府信息公开工作年度报告有关事项的通知》。",
    "《条例》自2008年施行、国务院令第492号公布，2019年以国务院令第711号修订。",
    "收到〔2023〕豫0122行初5号行政判决书。",
    "行政复议决定（云政复决〔2023〕5号）维持。",
    "作出云市监罚〔2023〕第12号处罚决定。",
    "信访件编号〔2023〕15号。",
    "云川县石桥镇安全生产委员会办公室（2023）3号会议室。",
    "国办公开办函〔2019〕51号对党政合设单位另有规定。",
    "政务公开办函〔2023〕5号。",
    "国办函〔2021〕30号文件要求规范管理。",
    "国办发〔2019〕60号。",
    "云政发〔2023〕5号、云政办〔2023〕18号文件。",
]


@pytest.mark.parametrize("text", RIGHT)
@pytest.mark.parametrize("code", ["DL603", "DL604"])
def test_a_citation_that_is_right_or_unknown(text: str, code: str) -> None:
    assert found(text, code=code) == []


WRONG = [
    ("根据《中华人民共和国政府信息公开条例》（国务院令第{}号）编制。", "711", ["71", "712", "117", "771"], "number"),
    ("根据《中华人民共和国政府信息公开条例》（国务院令第{}号，以下简称《条例》）编制。", "711", ["701"], "number"),
    ("按照《政府信息公开信息处理费管理办法》（国办函〔{}〕109号）。", "2020", ["2021", "2019"], "number"),
    ("按照《政府信息公开信息处理费管理办法》（国办函〔2020〕{}号）。", "109", ["19", "108", "190"], "number"),
    (
        "按照《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕{}号）。",
        "30",
        ["3", "31", "60"],
        "number",
    ),
    (
        "按照《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔{}〕30号）。",
        "2021",
        ["2020", "2022"],
        "number",
    ),
    ("根据《中华人民共和国政府{}条例》编制。", "信息公开", ["信息", "信公开", "信息信息公开", "政务公开"], "name"),
    ("按照《政府信息公开信息处理费管理{}》的规定。", "办法", ["规定", "法", "方法"], "name"),
    ("按照{}文件的要求。", "国办公开办函〔2021〕30号", ["国办公开办函〔2019〕60号", "国务院令第492号"], "replaced"),
]


@pytest.mark.parametrize(("template", "right", "wrongs", "variant"), WRONG)
def test_a_citation_that_is_wrong(template: str, right: str, wrongs: list[str], variant: str) -> None:
    assert found(template.format(right)) == []
    for wrong in wrongs:
        ((said, marked),) = found(template.format(wrong))
        assert said == variant
        assert wrong in marked


@pytest.mark.parametrize(
    ("number", "years"),
    [
        ("国办公开办函〔2019〕60号", (2019, 2020)),
        ("国办公开办函〔2021〕30号", range(2021, 2027)),
        ("国令第711号", range(2019, 2027)),
    ],
)
def test_the_years_in_which_a_paper_is_cited(number: str, years: "range | tuple[int, ...]") -> None:
    silent = [year for year in range(2019, 2027) if not found(f"按照{number}编制本报告。", year)]
    assert silent == list(years)


NUMBERS = [
    (
        "国办公开办函〔2021〕30号",
        [
            "国办公开办函[2021]30号",
            "国办公开办函［2021］30号",
            "国办公开办函(2021)30号",
            "国办公开办函（2021）30号",
            "国办公开办函【2021】30号",
        ],
    ),
    (
        "国办公开办函〔2021〕30号",
        [
            "国办公开办函〔2021〕第30号",
            "国办公开办函〔202130号",
            "国办公开办函2021〕30号",
            "国办公开办函〔2021年〕30号",
            "国办公开办函202130号",
        ],
    ),
    (
        "国办公开办函〔2021〕30号",
        [
            "国办公开办办函〔2021〕30号",
            "国办公开函〔2021〕30号",
            "国办公办函〔2021〕30号",
            "国办开办函〔2021〕30号",
            "国公开办函〔2021〕30号",
        ],
    ),
    ("云政办发〔2023〕8号", ["云政办发[2023]8号", "云政办发（2023）8号", "云政办发〔2023〕第8号"]),
    ("云府函〔2023〕18号", ["云府函【2023】18号", "云府函（2023）第18号"]),
]


@pytest.mark.parametrize(("right", "wrongs"), NUMBERS)
def test_a_number_that_is_written_in_another_way(right: str, wrongs: list[str]) -> None:
    assert found(f"按照{right}文件要求，做好公开。", code="DL604") == []
    for wrong in wrongs:
        ((_, marked),) = found(f"按照{wrong}文件要求，做好公开。", code="DL604")
        assert wrong.endswith(marked)


@pytest.mark.parametrize(
    ("one", "other", "most", "expected"),
    [
        ("甲乙丙", "甲乙丙", 2, 0),
        ("甲乙丙", "甲丙", 2, 1),
        ("甲乙丙", "丁戊己", 2, 3),
        ("", "甲", 2, 1),
        ("甲乙", "乙甲", 2, 2),
        ("甲" * 9, "甲", 2, 3),
    ],
)
def test_distance(one: str, other: str, most: int, expected: int) -> None:
    assert distance(one, other, most) == distance(other, one, most) == expected
