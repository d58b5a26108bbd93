"""DL605 and DL606: who signs when, and whose name stands in a report; most names that differ are right."""

from functools import cache

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Finding
from disclosure_lint.model.source import Source

REPORT = """# {agency}2023年政府信息公开工作年度报告

{preface}

## 一、总体情况

{text}

## 六、其他需要报告的事项

本年度未收取信息处理费。

{signed}

{date}
"""
TOWN = "云川县石桥镇人民政府"


@cache
def linter() -> Linter:
    return Linter.default()


def judged(code: str, agency: str = TOWN, **said: str) -> tuple[tuple[Finding, ...], Source]:
    text = REPORT.format(**{"preface": "", "text": "公开信息85条。", "signed": "", "date": "", "agency": agency} | said)
    document = linter().read("例.md", text.encode())
    report = linter().bind(document, "auto", fragment=True)
    assert report is not None
    (rule,) = (rule for rule in linter().rules if rule.code == code)
    return linter().judge(rule, report).findings, document.source


def late(agency: str, date: str, **said: str) -> bool:
    findings, source = judged("DL605", agency, date=date, **said)
    assert [source.slice(finding.span).strip("（）") for finding in findings] in ([], [date])
    return bool(findings)


LAST_DAYS = [
    (TOWN, (1, 31)),
    ("云川县枫桥乡人民政府", (1, 31)),
    ("云川县水利局", (1, 31)),
    ("云川县发展和改革委员会", (1, 31)),
    ("云漪市卫生健康委员会", (1, 31)),
    ("洛阳市孟津区人民政府", (2, 20)),
    ("孟津区人民政府办公室", (2, 20)),
    ("洛阳市孟津区", (2, 20)),
    ("洛阳市人民政府", (3, 10)),
    ("上海市杨浦区人民政府", (3, 10)),
    ("河南省人民政府", (3, 31)),
    ("河南省人民政府办公厅", (3, 31)),
]


@pytest.mark.parametrize(("agency", "last"), LAST_DAYS)
def test_the_last_day_of_each_kind_of_authority(agency: str, last: tuple[int, int]) -> None:
    month, day = last
    assert not late(agency, f"2024年{month}月{day}日")
    after = f"2024年{month + 1}月1日" if (month, day) in ((1, 31), (3, 31)) else f"2024年{month}月{day + 1}日"
    assert late(agency, after)
    assert late(agency, "2025年1月2日")


@pytest.mark.parametrize(
    "agency",
    [
        "国家税务总局云川县税务局",
        "云川县气象局",
        "中华人民共和国云漪海关",
        "云漪高新技术产业开发区管理委员会",
        "云川县第一中学",
        "云川县城关街道办事处",
        "云川县人民政府",
    ],
)
def test_other_authorities_have_terms_of_their_own(agency: str) -> None:
    # The notice names no sub-districts; no 云川县 is in the table of divisions, so its level cannot be told.
    assert not late(agency, "2024年6月30日")


@pytest.mark.parametrize("place", ["preface", "date"])
def test_where_a_date_is_looked_for(place: str) -> None:
    findings, _ = judged("DL605", **{place: "（2024年2月5日）"})
    assert len(findings) == 1
    assert judged("DL605", text="（2024年2月5日）\n\n公开信息85条。", date="公开日期见网站。")[0] == ()


@pytest.mark.parametrize(
    "text", ["2024年2月5日，我镇将召开会议。", "发布时间：2024-02-05", "截至2024年2月5日，已办结。"]
)
def test_other_dates_are_no_signature(text: str) -> None:
    assert judged("DL605", date=text)[0] == ()


def named(agency: str = TOWN, **said: str) -> list[tuple[str | None, str]]:
    findings, source = judged("DL606", agency, **said)
    return [(finding.variant, source.slice(finding.span)) for finding in findings]


SIGNED = [
    (TOWN, "石桥镇人民政府"),
    (TOWN, "云漪市云川县石桥镇"),
    (TOWN, "石桥镇党政办公室"),
    (TOWN, "石桥镇政务公开办"),
    (TOWN, "政务公开办公室"),
    (TOWN, "云川县人民政府办公室"),
    ("云川县人民政府", "云川县人民政府办公室"),
    ("云川县人民政府", "云川县政务服务管理局"),
    ("云漪市云川县人民政府", "云川县人民政府"),
    ("云川县", "云川县人民政府"),
    ("云川县发展和改革委员会", "云川县发改委"),
    ("云川县人力资源和社会保障局", "云川县人社局"),
    ("云川县市场监督管理局", "县市场监管局"),
    ("云川县城市管理局", "云川县城管局"),
    ("云川县水利局", "云川县人民政府"),
    ("云川县城关街道办事处", "城关街道"),
    ("云川县农业农村局（云川县乡村振兴局）", "云川县农业农村局"),
    ("云漪市高新区管理委员会", "高新区管委会"),
    ("偃师区翟镇镇人民政府", "翟镇镇人民政府"),
    ("云川县新市镇人民政府", "新市镇人民政府"),
]


@pytest.mark.parametrize(("agency", "signed"), SIGNED)
def test_a_signature_of_the_same_agency(agency: str, signed: str) -> None:
    assert named(agency, signed=signed, date="2024年1月11日") == []


OTHERS = [
    (TOWN, "柳河镇人民政府"),
    (TOWN, "云川县柳河镇人民政府"),
    ("云川县枫桥乡人民政府", "云川县柳河乡人民政府"),
    ("云川县城关街道办事处", "东关街道办事处"),
    ("云川县水利局", "云川县财政局"),
    ("云川县发展和改革委员会", "云川县卫生健康委员会"),
    ("云川县人民政府", "青禾县人民政府"),
]


@pytest.mark.parametrize(("agency", "signed"), OTHERS)
def test_a_signature_of_another_agency(agency: str, signed: str) -> None:
    assert named(agency, signed=signed, date="2024年1月11日", text=f"{agency}公开信息85条。") == [("signature", signed)]


SAME = [
    "2023年，石桥镇主动公开信息85条。",
    "云漪市云川县石桥镇2023年主动公开信息85条。",
    "2023年，全镇主动公开信息85条。",
    "2023年，各乡镇未发生泄密。",
    "乡镇公开栏共更新12次。",
    "集镇公开栏共更新12次。",
    "我镇、本镇、该镇均未收到申请。",
    "县司法局组织培训2次，市财政局发布通知。",
    "邻近的柳河镇公开栏受到好评，我镇组织学习。",
    "与柳河镇签订协议，共同公开河道治理信息。",
    "群众来信写道“我局迟迟没有答复”。",
    "转发《柳河镇未公开事项清单》。",
    "人员变动是基本局面，自我局限少。",
    "我委托律师审核，我委员会成员参加。",
    "我乡镇干部受训。",
    "原柳河镇未公开的档案已移交。",
    "2023年，街道、社区共公开信息85条。",
    "和平镇与我镇共同公开跨界河道信息。",
    "云川县通过政府网站公开信息。",
    "石桥镇党委、政府高度重视公开工作。",
    "由石桥镇编制本报告，与石桥镇党政办公室联系。",
]


@pytest.mark.parametrize("text", SAME)
def test_names_that_are_right(text: str) -> None:
    assert named(text=text) == []


@pytest.mark.parametrize(
    ("agency", "text"),
    [
        ("云川县人民政府", "2023年，石桥镇主动公开信息85条，柳河镇未收到申请。"),
        ("云川县水利局", "2023年，县财政局通过网站公开信息。云川县住建局未收到申请。"),
        ("云川县水利局", "我局、本局未收到申请，我县水利信息全部公开。"),
        ("云漪市人民政府办公厅", "我厅、我市、我办按时公开。"),
        ("云川县石桥镇（云川县石桥镇人民政府）", "我镇按时公开。"),
    ],
)
def test_what_other_agencies_may_say(agency: str, text: str) -> None:
    assert named(agency, text=text) == []


LEFT = [
    ("2023年，{}主动公开信息85条。", None),
    ("{}2023年全年公开信息85条。", None),
    ("（一）主动公开情况。2023年{}共公开信息85条。", None),
    ("现公布{}人民政府2023年度政府信息公开工作情况。", None),
    ("根据《条例》，{}人民政府编制本报告。", None),
    ("依照规定，{}未收取信息处理费。", None),
    ("如有疑问，请与{}党政办公室联系。", None),
    ("{}人民政府高度重视公开工作。", None),
    ("2023年，{}未收到政府信息公开申请。", None),
]


@pytest.mark.parametrize(("text", "variant"), LEFT)
@pytest.mark.parametrize(
    ("agency", "own", "other"), [(TOWN, "石桥镇", "柳河镇"), ("云川县枫桥乡人民政府", "枫桥乡", "柳河乡")]
)
def test_a_name_left_from_a_copied_report(text: str, variant: str | None, agency: str, own: str, other: str) -> None:
    assert named(agency, text=text.format(own)) == []
    assert named(agency, text=f"{text.format(other)}{own}各村设有公开栏。") == [(variant, other)]


def test_a_title_that_all_names_contradict() -> None:
    said = {"text": "2023年，柳河镇公开信息85条。", "signed": "柳河镇人民政府", "date": "2024年1月11日"}
    assert named(**said) == [("title", "石桥镇")]


@pytest.mark.parametrize(
    ("agency", "word"),
    [
        (TOWN, "我局"),
        (TOWN, "我乡"),
        (TOWN, "我街道"),
        ("云川县枫桥乡人民政府", "我镇"),
        ("云川县城关街道办事处", "我镇"),
        ("云川县水利局", "我镇"),
        ("云川县人民政府", "我局"),
        ("云川县人民政府办公室", "我乡"),
    ],
)
def test_a_word_for_another_kind_of_agency(agency: str, word: str) -> None:
    findings, source = judged("DL606", agency, text=f"2023年，{word}公开信息85条。{word}未收到申请。")
    ((variant, marked),) = [(finding.variant, source.slice(finding.span)) for finding in findings]
    assert (variant, marked) == ("word", word)
    assert [source.slice(related.span) for related in findings[0].related] == [word]
