"""DL607: which old names are found, and the many texts in which something only looks like one."""

from functools import cache

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Finding, Verdict


@cache
def linter() -> Linter:
    return Linter.default()


def judged(text: str, year: int | None = 2023) -> tuple[Verdict, str]:
    document = linter().read("例.md", text.encode())
    report = linter().bind(document, "2021", fragment=True)
    assert report is not None
    rule = next(rule for rule in linter().rules if rule.code == "DL607")
    return linter().judge(rule, report._replace(year=year)), document.source.text


def found(text: str, year: int = 2023) -> list[str]:
    verdict, source = judged(text, year)
    return [source[finding.span.start : finding.span.end] for finding in verdict.findings]


def finding(text: str, year: int = 2023) -> Finding:
    verdict, _ = judged(text, year)
    (only,) = verdict.findings
    return only


NAMED = [
    ("我镇依托孟津县政府门户网站公开信息。", "孟津县"),
    ("与偃师市档案馆建立移送机制。", "偃师市"),
    ("地址：洛阳市孟津县枫桥镇中心街1号。", "孟津县"),
    ("在河南洛阳孟津县政务服务网公布。", "孟津县"),
    ("严格落实孟津县人民政府办公室的要求。", "孟津县"),
    ("公开内容报孟津县、镇两级审核。", "孟津县"),
    ("孟津区统一要求下，本年孟津县各部门均已公开。", "孟津县"),
    ("在江都市政府网站公开。", "江都市"),
    ("按照崇文区政务公开办公室的安排。", "崇文区"),
    ("报送上海市闸北区人民政府。", "闸北区"),
    ("依托塘沽区政务服务中心设置查阅点。", "塘沽区"),
    ("结合襄樊市要求，完善公开目录。", "襄樊市"),
    ("全年走访保定市南市区企业十二家。", "南市区"),
    ("向重庆市开县人民政府报送报告。", "开县"),
    ("在三明沙县政务中心设置专区。", "沙县"),
    ("由西宁海东市平安县政府公布。", "平安县"),
    ("信息由莱芜市政务服务局审核。", "莱芜市"),
    ("纳入香格里拉县考核。", "香格里拉县"),
    ("公开邢台县预算。", "邢台县"),
    ("经浙江省绍兴县同意。", "绍兴县"),
]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_an_old_name_is_found(text: str, name: str) -> None:
    assert found(text) == [name]


NOT_NAMED = [
    # names in use, then or somewhere
    "我镇依托孟津区政府门户网站公开信息。",
    "向朝阳县、朝阳区、鼓楼区、新市区学习。",
    "在桥东区设置公开栏。",
    # parts of other words
    "在浙江都市报刊登公告三次。",
    "打造沿江都市农业品牌，江都区政府网站同步公开。",
    "公开县级部门预算。",
    "公开县乡两级权责清单。",
    "加强交通县道养护信息公开。",
    "在济南市区设置公开栏两处。",
    "在淮北市区和湖北市区。",
    "新建县级公路三条，新建县医院一处。",
    "为平安县区创建提供信息。",
    "新增城市道路信息十条，增城市绿地信息两条。",
    "推进双城市发展战略。",
    "加强庐山区域生态信息公开。",
    "在江都市场开展宣传。",
    "维护江都市容环境。",
    "服务江都市民三千人次。",
    "公开上饶县（市、区）财政信息。",
    "涉及遵义县域经济的信息。",
    "宜宾县、区两级政务公开。",
    "在大港区内设置公告栏。",
    "在东郊区、城区、矿区、老城区、市区、郊区和山区张贴公告。",
    "为南和县城、县城区、开发区服务。",
    "全区红星区块、四方区域、小河区段。",
    "依法公开各县市区信息，向县、市、区公开。",
    # the past
    "原孟津县政府网站的内容已全部迁移。",
    "孟津区（原孟津县）政府网站。",
    "孟津县（现孟津区）政府网站。",
    "孟津县（孟津区）政府网站。",
    "2021年撤销孟津县、吉利区，设立孟津区。",
    "孟津县撤县设区后，网站随即改版。",
    "由孟津县更名而来，网站继续使用。",
    "孟津县的历史信息已全部归档。",
    "2020年，在孟津县政务公开办公室的指导下开展培训。",
    "执行孟政办〔2019〕5号文件，在孟津县范围内公开。",
    "继续执行《孟津县政府信息公开指南》。",
    "转发《关于印发〈孟津县公开目录〉的通知》。",
    "通过微信公众号“孟津县发布”公开。",
    # what keeps its name
    "公开与孟津县农村信用合作联社有关的信息。",
    "公开对孟津县第一高级中学的检查结果。",
    # a way to speak of the land
    "向毕节地区、铜仁地区游客提供信息。",
    "在贵州省毕节地区开展宣传。",
]


@pytest.mark.parametrize("text", NOT_NAMED)
def test_what_only_looks_like_one_is_not(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("year", "names"), [(2020, []), (2021, []), (2022, ["孟津县"]), (2026, ["孟津县"])])
def test_only_names_abolished_before_the_year(year: int, names: list[str]) -> None:
    assert found("依托孟津县政府网站公开。", year) == names


def test_a_name_that_was_gone_before_there_were_reports_is_not_looked_for() -> None:
    assert found("依托吴县市政府网站公开。") == []


def test_a_report_without_a_year_is_undetermined() -> None:
    verdict, _ = judged("依托孟津县政府网站公开。", None)
    assert verdict.outcome == "undetermined"
    assert verdict.reason is not None


def test_each_name_is_said_once_with_its_other_places() -> None:
    text = "依托孟津县政府网站公开。\n\n按照孟津县要求，在吉利区设点。\n\n孟津县考核优秀。"
    verdict, source = judged(text)
    assert [source[one.span.start : one.span.end] for one in verdict.findings] == ["孟津县", "吉利区"]
    places = [related.span.start for related in verdict.findings[0].related]
    assert places == [text.index("孟津县要求"), text.index("孟津县考核")]


@pytest.mark.parametrize(
    ("text", "year", "variant", "successor"),
    [
        ("依托孟津县政府网站。", "2021", None, "孟津区"),
        ("依托吉利区政府网站。", "2021", "merged", "孟津区"),
        ("依托江干区政府网站。", "2021", "gone", ""),
        ("依托卢湾区政府网站。", "2011", "merged", "黄浦区"),
        ("依托潞西市政府网站。", "2010", None, "芒市"),
    ],
)
def test_the_message_says_what_became_of_it(text: str, year: str, variant: str | None, successor: str) -> None:
    only = finding(text)
    assert (only.values["year"], only.variant) == (year, variant)
    successors = only.values["successor"]
    assert not isinstance(successors, str)
    assert successors.zh == successor


def test_what_became_of_it_in_the_meantime_counts() -> None:
    def successor(year: int) -> str:
        words = finding("依托合肥市居巢区政府网站。", year).values["successor"]
        assert not isinstance(words, str)
        return words.zh

    assert successor(2015) == "巢湖市"


def test_the_title_is_looked_at_too() -> None:
    text = "# 孟津县枫桥镇人民政府2023年政府信息公开工作年度报告\n\n## 一、总体情况\n\n全年公开信息85条。\n"
    assert found(text) == ["孟津县"]


def test_a_name_over_the_end_of_a_line_is_found() -> None:
    assert found("依托孟\n津县政府网站公开。") == ["孟\n津县"]


def test_a_paragraph_may_begin_with_it() -> None:
    assert found("全年公开信息85条\n\n望城县政务公开办公室负责审核。") == ["望城县"]
