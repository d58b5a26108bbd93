"""DL601 and DL602: which years are found, and the many sentences in which another year is right."""

from functools import cache

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Finding
from disclosure_lint.model.source import Source
from tests.scale import part

REPORT = """# 云川县石桥镇人民政府2023年政府信息公开工作年度报告

{preface}

## 一、总体情况

2023年，我镇主动公开信息85条。

{overview}

## 五、存在的主要问题及改进情况

{problems}

## 六、其他需要报告的事项

{other}
"""
EMPTY = {"preface": "", "overview": "85条。", "problems": "无。", "other": "无。"}
PLAIN = str.maketrans("〇一二三四五六七八九", "0123456789")
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")


@cache
def linter() -> Linter:
    return Linter.default()


def judged(text: str) -> tuple[list[tuple[str, Finding]], Source]:
    document = linter().read("例.md", text.encode())
    report = linter().bind(document, "2021", fragment=True)
    assert report is not None
    rules = [rule for rule in linter().rules if rule.code in ("DL601", "DL602")]
    found = [(rule.code, finding) for rule in rules for finding in linter().judge(rule, report).findings]
    return found, document.source


def found(**said: str) -> list[tuple[str, str]]:
    """Returns codes and the years that are marked, in digits, of a report for 2023 that says so."""
    findings, source = judged(REPORT.format(**EMPTY | said))
    return [(code, source.slice(finding.span).translate(PLAIN)) for code, finding in findings]


OTHER_YEARS = {
    "overview": [
        "2022年度部门决算于2023年8月公开。",
        "公开2022年度部门决算和2023年部门预算。",
        "及时公开2024年财政预算和2022年财政决算。",
        "2022年部门决算、2023年部门预算均已在规定时间内公开。",
        "2022年度政府信息公开工作年度报告已按时公开。",
        "按时编制并发布2022年政府信息公开工作年度报告。",
        "较2022年增加12条。",
        "与2022年相比增长10%。",
        "2022年公开信息73条，2023年公开信息85条。",
        "2022年为73条，今年为85条。",
        "同比2022年下降3%。",
        "结转至2024年继续办理2件。",
        "2022年结转2件，已全部办结。",
        "截至2024年1月，累计公开信息85条。",
        "截至2024年1月底，全部办结。",
        "按照《2022年政务公开工作要点》的要求，继续做好公开。",
        "贯彻落实《云川县2023年政务公开工作要点》。",
        "2021年，我镇成立政务公开工作领导小组。",
        "2022年6月，我镇设立政务公开专区。",
        "2020年我镇被评为全县政务公开先进单位。",
        "2019年5月15日，新修订的《条例》正式施行。",
        "自2019年新《条例》实施以来，我镇高度重视政府信息公开工作。",
        "2019年以来，我镇持续推进政务公开标准化规范化建设。",
        "2021年至2023年，我镇共公开信息260条。",
        "近三年来，2021年公开60条、2022年公开73条、2023年公开85条。",
        "2022年收到的政府信息公开申请2件，于2023年1月答复。",
        "2022年制定的公开目录已更新。",
        "办理因2022年度政府信息公开申请引发行政复议1件，维持结果。",
        "发布2022年度人大议案和代表建议办理总体情况。",
        "国办公开办函〔2021〕30号文件印发后，我镇及时组织学习。",
        "公开2024年重大行政决策事项目录。",
        "公布2022年度法治政府建设年度报告。",
        "2022年度法治政府建设情况报告已向社会公布。",
        "2022年度考核结果为优秀。",
        "县政府办公室印发的2022年政务公开考核通报指出的问题已整改到位。",
        "2022年底前完成网站改版。",
        "到2025年，建成全县统一的公开平台。",
        "我镇“十四五”规划（2021-2025年）全文公开。",
        "发布2022年国民经济和社会发展统计公报。",
        "2022年惠民补贴发放明细同步公示。",
        "2022年第四季度网站检查发现的问题已整改。",
        "2024年1月1日起施行新的公开指南。",
        "2024年，我镇将继续加大公开力度。",
        "2024年我镇计划新建公开栏5处。",
        "下一步，2024年重点做好政策解读。",
        "2022年版公开指南已废止。",
        "2021年版《公开目录》继续有效。",
        "2022年因疫情原因未组织培训，今年组织培训2次。",
        "2018年机构改革后，我镇及时调整公开目录。",
        "2017年全国试点以来，我县持续推进。",
        "公开2020年至2022年的行政规范性文件清理结果。",
        "2022年12月31日前制发的文件已全部清理。",
        "向县档案馆移交2022年文件资料35件。",
        "2022年的公开档案已整理归档。",
        "收到2022年上级转办件1件。",
        "2022年度财务收支情况在公示栏公开。",
        "公开2022年“三公”经费决算。",
        "转发县委2024年一号文件。",
        "公开2022年度农村低保名单。",
        "第七次全国人口普查（2020年）公报已发布。",
        "对2022年公开内容进行“回头看”。",
        "针对2022年第三方评估发现的问题逐项整改。",
        "对照2022年考核反馈意见完善制度。",
        "2022年建成的便民服务中心设有公开专区。",
        "自2022年起，我镇每季度开展一次自查。",
        "2022年7月起，网站并入县政府门户网站集约化平台。",
        "2022年我镇网站关停，内容迁移至县政府网站。",
        "我镇2022年发布的政策文件均已标注有效性。",
        "2022年全镇公开信息73条，比2021年多5条。",
        "2016年中共中央办公厅、国务院办公厅印发《关于全面推进政务公开工作的意见》。",
    ],
    "problems": [
        "2022年存在的问题，2023年已整改。",
        "2022年度报告中提出的问题已得到改进。",
        "（一）2022年工作中存在问题的改进情况。",
        "针对2022年存在的公开不及时问题，我镇加强培训。",
        "2024年，我镇将继续加强培训。",
        "2024年，我镇政府信息公开工作将从以下方面改进：一是加强培训。",
        "2024年我镇要进一步提高认识。",
        "2022年，我镇查找出的3个问题均已整改到位。",
        "下一步，2024年工作打算：加强学习。",
        "2024年，继续深化重点领域信息公开，力争取得更好成绩。",
    ],
    "other": [
        "2022年收取信息处理费1件、100元，本年度没有新的收费。",
        "2022年度我镇收取信息处理费100元，2023年未收取。",
        "2022年收费通知1件，逾期未缴，本年度不再处理。",
        "无。",
    ],
}


@pytest.mark.parametrize(
    ("place", "sentence"), [(place, one) for place, several in OTHER_YEARS.items() for one in several]
)
def test_another_year_may_stand_there(place: str, sentence: str) -> None:
    assert found(**{place: sentence}) == []


THIS_YEAR = {
    "overview": [
        "2023年，我镇按照上级有关要求，不断完善政府信息公开制度、建立健全政府信息公开保障机制。",
        "2023年我镇通过门户网站共主动公开各类信息75条，其中工作动态52条。",
        "2023年我镇收到依申请公开申请事项0件，在规定时限内向申请人同意公开0件。",
        "2023年受理依申请公开0件。",
        "（二）依申请公开情况。2023年受理依申请公开0件。",
        "（三）政府信息管理情况 2023年，石桥镇人民政府办公室共制定规范性文件0件。",
        "（四）政府信息平台建设。2023年，石桥镇人民政府微信公众账号（1个）发布信息149条。",
        "2023年，按照区委、区政府的部署和指导，石桥镇持续深化政务公开，全面推进政务公开工作。",
        "2023年，我镇紧紧围绕公众关心的热点和重点问题，及时更新完善政府信息公开指南。",
        "2023年，新受理政府信息公开申请10件，上年转结政府信息公开申请0件，全年办结0件，转下一年办理0件。",
        "2023年度我镇无新增平台建设，主要是通过LED屏、单位公示栏公开。",
        "2023年度我镇认真落实各项信息公开要求，由各分管领导审核把关。",
        "2023年，市统计局门户网站主动公开政府信息22条，其中：规范性文件0条。",
        "2023年，通过政府网站公开政府文件、政策解读、财政预决算公开等信息55条。",
        "2023年，通过各类符合法规方式，受理政府信息公开申请18件。",
        "2023年，积极开展公文属性认定制度建设。",
        "2023年市水利局结合国内招商引资工作，主动回应社会公众关切，通过门户网站公开信息2017条。",
        "2023年，云漪市人民政府办公厅坚持以习近平新时代中国特色社会主义思想为指导，认真贯彻党的二十大精神。",
        "2023年，通过云漪市人民政府网站平台发布政府动态类信息1464条。",
        "2023年，共受理政府信息公开申请95件，其中自然人申请89件。",
        "2023年，我局在政府门户网站主动公开各类政府信息22条，其中发布人事信息2条。",
        "2023年，我局未收到政府信息公开申请。",
        "2023年，区人民政府办公室坚持以人民为中心，以公开为常态、不公开为例外。",
        "2023年全镇主动发布政务公开信息45条。",
        "2023年新增主动公开政府信息130条。",
        "2023年更新政府信息23条，具体包括领导信息14条。",
        "2023年，全市共受理政府信息公开申请3119件，答复3050件（含上年度结转申请34件，另有103件顺延到下年度答复）。",
        "2023年，我市坚持以习近平新时代中国特色社会主义思想为指导。",
        "2023年，市政府网站主动公开各类政府信息5500余条，全年新增公开市政府规章1件。",
        "2023 年，在县委、县政府的正确领导下，我镇积极贯彻落实党的二十大精神。",
        "法定主动公开方面：2023 年，我镇在乡镇工作、试点领域、市场主体相关事项等栏目，进行相关信息主动公开。",
        "依申请公开方面：2023 年我镇未收到依申请公开申请",
        "枫桥镇 2023 年度受理依申请公开 0 件。",
        "枫桥镇 2023 年全年通过公示栏、电子屏等转发各类消息一千一百余条。",
        "2023年共发布信息 160余条。没有出现影响社会稳定的信息。",
        "2023年，我镇未发生因不履行政府信息公开义务而发生的责任追究情况。",
        "2023年，累计开展办前主动沟通49次。",
        "2023年，云漪市坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻落实党的二十大精神。",
        "2023年，我区以习近平新时代中国特色社会主义思想为指导，全面贯彻党的精神。",
        "结合石桥镇2023年政府信息公开工作实际，编制本报告。",
        "现将2023年度政府信息公开工作报告如下：",
        "现将我镇2023年政府信息公开工作情况公布如下。",
        "本镇2023年主动公开政府信息130条。",
        "截至2023年12月31日，我镇主动公开政府信息25条。",
        "一是加强领导。2023年，我镇多次召开会议研究政务公开工作。",
        "2023年度，全镇共组织政务公开培训3次。",
        "2023年，全镇政务公开工作未收到群众投诉。",
        "二〇二三年，我镇主动公开信息85条。",
    ],
    "problems": [
        "2023年，我镇信息公开工作能够按照区统一要求，及时、高效的公开，但仍存在公开内容存在单一化、表面化的现象。",
        "2023年，我镇在推进政府信息公开方面取得了一定成绩，但也存在以下不足：",
        "2023年我镇政府信息公开工作虽然取得了一些进展，但仍存在一些问题。",
    ],
    "other": [
        "2023年本单位本年度收取信息处理费为零。",
        "2023 年我单位未收取政府信息公开处理费。",
        "2023年，本机关未收取信息处理费。",
        "2023年度未发生信息处理费收费。",
        "2023年无收取信息处理费情况。",
        "依照《政府信息公开信息处理费管理办法》，2023年本机关未收取信息公开处理费。",
        "按照《政府信息公开信息处理费管理办法》规定，2023 年我单位未收取政府信息公开处理费。",
        "2023年依法收取信息处理费100元。",
        "2023年度，我镇未有其他需要报告的相关事项。",
        "2023年，石桥镇无其他需要报告的事项。",
        "2023年，我单位依据《政府信息公开信息处理费管理办法》收取信息处理费0元。",
        "本单位2023年未收取信息处理费。",
        "本机关2023年度未产生信息处理费。",
    ],
}


def _changed(sentence: str, year: int) -> str:
    return sentence.replace("2023", str(year)).replace("二〇二三", str(year).translate(CHINESE))


@pytest.mark.parametrize(
    ("place", "sentence"), part([(place, one) for place, several in THIS_YEAR.items() for one in several])
)
def test_a_year_left_from_another_report(place: str, sentence: str) -> None:
    assert found(**{place: sentence}) == []
    for year in (2013, 2019, 2021, 2022, 2024, 2025):
        # A year after the report's is a plan in the section on improvements.
        if year != 2024 or place != "problems":
            assert found(**{place: _changed(sentence, year)}) == [("DL602", str(year))]


PERIODS = [
    "本报告所列数据的统计期限为{}年1月1日至12月31日。",
    "统计期限自{}年1月1日起至2023年12月31日止。",
    "统计期限为2023年1月1日—{}年12月31日。",
    "数据统计时间：{}.1.1-2023.12.31。",
    "所列数据的统计期限为{}年01月01日至2023年12月31日。",
    "统计期间为2023年1月至{}年12月。",
]


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("year", ["2022", "2024", "2013"])
def test_the_period_of_another_year(period: str, year: str) -> None:
    assert found(preface=period.format(2023)) == []
    # DL403 asks which year is meant; one slip is not said twice.
    assert found(preface=period.format(year)) == []


def test_a_title_that_all_the_text_contradicts() -> None:
    text = REPORT.format(**EMPTY | {"other": "2023年，我镇未收取信息处理费。"}).replace("2023年政府", "2022年政府")
    ((code, finding),), source = judged(text)
    assert (code, finding.variant, source.slice(finding.span)) == ("DL601", "title", "2022")
    assert len(finding.related) == 2


@pytest.mark.parametrize(
    ("date", "is_wrong"),
    [
        ("2023年1月11日", True),
        ("2022年12月30日", True),
        ("2023年12月29日", False),
        ("2024年1月11日", False),
        ("二〇二三年一月十一日", True),
    ],
)
def test_the_year_of_the_date(date: str, is_wrong: bool) -> None:
    said = found(other=f"无。\n\n石桥镇人民政府\n\n{date}")
    assert said == ([("DL601", date[:4].translate(PLAIN))] if is_wrong else [])


def test_a_report_without_a_year_is_not_judged() -> None:
    text = REPORT.format(**EMPTY).replace("2023年", "")
    document = linter().read("例.md", text.encode())
    report = linter().bind(document, "2021", fragment=True)
    assert report is not None
    rules = [rule for rule in linter().rules if rule.code in ("DL601", "DL602")]
    assert [linter().judge(rule, report).outcome for rule in rules] == ["undetermined"] * 2


def test_lines_of_plain_text_are_one_paragraph() -> None:
    wrapped = (
        "按照县政府办公室关于做好政府信息公开工作的要求，结合\n2022年全县政务公开考核通报反映的情况，逐项完善制度。"
    )
    text = REPORT.format(**EMPTY | {"overview": wrapped}).replace("# ", "").replace("#", "")
    document = linter().read("例.txt", text.encode())
    report = linter().bind(document, "2021", fragment=True)
    assert report is not None
    (rule,) = (rule for rule in linter().rules if rule.code == "DL602")
    assert linter().judge(rule, report).outcome == "passed"
