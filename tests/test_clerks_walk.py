"""The clerk's walk: everyday mistakes in a Word draft, each found at its place, in these words, and nothing else.

Whoever knows only the form must be able to follow each sentence: read them aloud before changing one.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.clerks_draft import (
    Change,
    after,
    at,
    both,
    cells,
    clean,
    label,
    level,
    swapped,
    without,
    without_row,
    without_table,
    words,
)
from tests.command_line import own_place, run
from tests.generation.forms import REVIEW
from tests.generation.official import Words
from tests.office.official import as_docx

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")


class Slip(NamedTuple):
    """A mistake, and what is said of it."""

    name: str
    change: Change
    place: str
    said: str
    """Severity, code and sentence."""


SLIPS = [
    Slip(
        "a title without a year",
        words("2025年政府信息公开工作年度报告", "政府信息公开工作年度报告"),
        "标题",
        "错误 DL101 标题里缺少年份；请写成“云川县石桥镇人民政府2025年政府信息公开工作年度报告”这样的标题",
    ),
    Slip(
        "a title by another name",
        words("政府信息公开工作年度报告", "政务公开工作总结"),
        "第 1 段",
        "错误 DL101 没有找到报告的标题；请在正文之前写一行“某某机关2025年政府信息公开工作年度报告”这样的标题",
    ),
    Slip(
        "a section under another title",
        words("三、收到和处理政府信息公开申请情况", "三、依申请公开办理情况"),
        "标题“三、依申请公开办理情况”",
        "警告 DL103 第三部分的标题写成了“依申请公开办理情况”，"
        "格式规定的是“收到和处理政府信息公开申请情况”；只改这个标题，下面的内容不用动",
    ),
    Slip(
        "problems under another title",
        words("五、存在的主要问题及改进情况", "五、工作中存在的问题"),
        "标题“五、工作中存在的问题”",
        "警告 DL103 第五部分的标题写成了“工作中存在的问题”，格式规定的是“存在的主要问题及改进情况”；"
        "只改这个标题，下面的内容不用动",
    ),
    Slip(
        "one wrong character in a title",
        words("二、主动公开政府信息情况", "二、主动公开政府信急情况"),
        "标题“二、主动公开政府信急情况”",
        "警告 DL103 第二部分的标题写成了“主动公开政府信急情况”，格式规定的是“主动公开政府信息情况”；"
        "只改这个标题，下面的内容不用动",
    ),
    Slip(
        "a section under a wrong number",
        words("四、政府信息公开行政复议、行政诉讼情况", "五、政府信息公开行政复议、行政诉讼情况"),
        "标题“五、政府信息公开行政复议、行政诉讼情况”",
        "警告 DL110 序号到这里是“五”，按顺序应是“四”；请核对是否漏了一条或写错了号",
    ),
    Slip(
        "two sections that changed places",
        both(swapped("四、", "五、", "六、")),
        "标题“四、政府信息公开行政复议、行政诉讼情况”",
        "错误 DL104 “四、政府信息公开行政复议、行政诉讼情况”排错了位置，应当紧接在“三、"
        "收到和处理政府信息公开申请情况”之后，序号是“四、”；请连同下面的内容整个移过去，内容不用改",
    ),
    Slip(
        "a table without its heading",
        without("三、收到和处理"),
        "标题“二、主动公开政府信息情况”",
        "错误 DL102 缺少“三、收到和处理政府信息公开申请情况”这一标题，它的表格还在；请在表格上面补上标题，表格不用动",
    ),
    Slip(
        "a section left out",
        both(without("四、政府信息公开行政复议"), without_table(REVIEW)),
        "标题“三、收到和处理政府信息公开申请情况”",
        "错误 DL102 缺少“四、政府信息公开行政复议、行政诉讼情况”这一部分；请补上标题和内容，没有有关情况的也要写明",
    ),
    Slip(
        "a section twice",
        after("本年度未收取", Words("五、存在的主要问题及改进情况", 2), Words("个别栏目更新慢，今后每月检查。")),
        "标题“五、存在的主要问题及改进情况”",
        "错误 DL105 “五、存在的主要问题及改进情况”出现了两次，这里是后一次；请合并，或删掉多余的一处",
    ),
    Slip(
        "a seventh section",
        after("本年度未收取", Words("七、附则", 2), Words("本报告由镇党政办公室负责解释。")),
        "标题“七、附则”",
        "警告 DL111 多出了第七部分“附则”；请并入“六、其他需要报告的事项”或删去",
    ),
    Slip(
        "a heading with nothing below",
        both(without("存在的问题："), without("改进情况：")),
        "标题“五、存在的主要问题及改进情况”",
        "错误 DL106 “五、存在的主要问题及改进情况”没有实际内容；请填写，只写“无”不算",
    ),
    Slip(
        "problems that are only 无",
        both(words("存在的问题：公开栏更新不够及时，个别答复不够细致。", "无。"), without("改进情况：")),
        "标题“五、存在的主要问题及改进情况”",
        "错误 DL106 “五、存在的主要问题及改进情况”没有实际内容；请填写，只写“无”不算",
    ),
    Slip(
        "nothing on platforms",
        both(without("政府信息公开平台建设"), without("（四）"), without("公开栏按月")),
        "标题“一、总体情况”",
        "警告 DL107 “一、总体情况”没有说到：平台建设；请各补一段，没有有关情况的也写明",
    ),
    Slip(
        "problems without improvements",
        both(
            words(
                "改进情况：每月核对一次公开栏，答复发出前由分管领导审核，年内未再出现超期。",
                "有的栏目内容单一，公开力度有待加强。",
            )
        ),
        "标题“五、存在的主要问题及改进情况”",
        "警告 DL108 “五、存在的主要问题及改进情况”没有写到：改进情况；请补写，要具体",
    ),
    Slip(
        "a heading of another level",
        level("三、", 4),
        "标题“三、收到和处理政府信息公开申请情况”",
        "警告 DL109 “三、收到和处理政府信息公开申请情况”是四级标题，前面的部分是二级标题；请把六个部分设为同一级标题",
    ),
    Slip(
        "numbers of sections within a section",
        both(words("存在的问题：公开栏", "一、公开栏"), words("改进情况：每月", "二、每月")),
        "“五、存在的主要问题及改进情况”下第 1 段",
        "警告 DL110 这里的“一、”与六个部分的序号重复；请改用“（一）”一级的序号",
    ),
    Slip(
        "a number skipped",
        after("主动公开", Words("1.公布规划。"), Words("2.公布预算。"), Words("4.公布决算。")),
        "“一、总体情况”下第 4 段",
        "警告 DL110 序号到这里是“4.”，按顺序应是“3.”；请核对是否漏了一条或写错了号",
    ),
    Slip(
        "XX left in",
        words("年内组织业务培训两次", "XX镇年内组织业务培训两次"),
        "“一、总体情况”下第 5 段",
        "错误 DL112 “XX镇”像是模板里没有填写的内容；请换成实际的名称或数字，不需要的删去",
    ),
    Slip(
        "a number left out before its counter",
        words("业务培训两次", "业务培训  次"),
        "“一、总体情况”下第 5 段",
        "错误 DL112 “培训  次”像是模板里没有填写的内容；请换成实际的名称或数字，不需要的删去",
    ),
    Slip(
        "a line of the template left in",
        words("全年公开各类信息85条", "全年公开各类信息____条"),
        "“一、总体情况”下第 1 段",
        "错误 DL112 “____条”像是模板里没有填写的内容；请换成实际的名称或数字，不需要的删去",
    ),
    Slip(
        "a table left out",
        without_table(REVIEW),
        "标题“四、政府信息公开行政复议、行政诉讼情况”",
        "错误 DL201 “四、政府信息公开行政复议、行政诉讼情况”下面没有找到表四；请按格式补上表格，没有的填 0",
    ),
    Slip(
        "a row left out",
        without_row("requests[unprocessed_repeat,natural]"),
        "表三，1.信访举报投诉类申请行",
        "错误 DL202 表三缺少这些行：「2.重复申请」；请照格式补上，没有的填 0",
    ),
    Slip(
        "a row under another label",
        label("（一）予以公开", "（一）同意公开"),
        "表三，（一）予以公开行",
        "错误 DL202 表三的行名“（一）同意公开”与格式不符，按位置应是「（一）予以公开」；请改回格式原文",
    ),
    Slip(
        "a column under another label",
        label("自然人", "公民"),
        "表三的表头",
        "错误 DL202 表三表头的“公民”应为「自然人」；请把这个列名改回格式原文，数字不用动",
    ),
    Slip(
        "a blank where the sums know the number",
        cells(granted__commercial=""),
        "表三，（一）予以公开行，商业企业列",
        "警告 DL203 表三「（一）予以公开」有空着的格：「商业企业」；按本行推算应为 3（21－18），请核对后填写",
    ),
    Slip(
        "a blank where nothing was",
        cells(refused_query__natural=""),
        "表三，8.属于行政查询事项行，自然人列",
        "警告 DL203 表三「8.属于行政查询事项」有空着的格：「自然人」；没有的请填 0",
    ),
    Slip(
        "a block left blank",
        at({f"review[direct,{c}]": "" for c in ("upheld", "corrected", "other", "pending", "total")}),
        "表四，未经复议直接起诉一栏，结果维持列",
        "警告 DL203 表四「未经复议直接起诉」有空着的格：全部 5 格；没有的请填 0",
    ),
    Slip(
        "无 for a number",
        cells(refused_query__natural="无"),
        "表三，8.属于行政查询事项行，自然人列",
        "错误 DL204 表三「8.属于行政查询事项」的「自然人」填的是“无”，不是数字；没有的请填 0",
    ),
    Slip(
        "a stroke for a number",
        cells(granted__commercial="/"),
        "表三，（一）予以公开行，商业企业列",
        "错误 DL204 表三「（一）予以公开」的「商业企业」填的是“/”，不是数字；按本行推算应为 3（21－18），请核对后填写",
    ),
    Slip(
        "a Chinese numeral",
        at({"disclosed[penalties,decisions]": "三"}),
        "表二，行政处罚行，本年处理决定数量列",
        "错误 DL204 表二「行政处罚」的「本年处理决定数量」填的是“三”；请改成阿拉伯数字，看样子是 3",
    ),
    Slip(
        "a sum about which one is not sure",
        at({"disclosed[fees,amount]": "约3万元"}),
        "表二，行政事业性收费行，本年收费金额（单位：万元）列",
        "错误 DL204 表二「行政事业性收费」的「本年收费金额（单位：万元）」填的是“约3万元”，"
        "不是准确的数；请填准确的数，只写数字",
    ),
    Slip(
        "a count below 0",
        at({"disclosed[permits,decisions]": "-12"}),
        "表二，行政许可行，本年处理决定数量列",
        "错误 DL206 表二「行政许可」的「本年处理决定数量」是 -12；这里填的是件数，应为不小于 0 的整数",
    ),
    Slip(
        "a column in another unit",
        label("本年收费金额（单位：万元）", "本年收费金额（单位：元）"),
        "表二，行政强制行下面",
        "警告 DL207 表二表头里「本年收费金额（单位：万元）」的单位写成了“元”，格式是按万元填写；"
        "请改回格式的单位，并换算这一列的数字",
    ),
    Slip(
        "two numbers in one cell",
        cells(granted__natural="18 3", granted__commercial=""),
        "表三，（一）予以公开行",
        "错误 DL205 表三「（一）予以公开」写了 6 个数（18 3、0、0、0、0、21），格式要 7 个，"
        "分不清哪个数属于哪一列；请核对这一行，补上漏填的，分开连写的",
    ),
    Slip(
        "a total not added up again",
        cells(granted__total="22"),
        "表三，（一）予以公开行，总计列",
        "错误 DL302 表三「（一）予以公开」的「总计」填的是 22，应为 21，像是写错了一位数字；改后横向、纵向都对得上",
    ),
    Slip(
        "digits in the wrong order",
        cells(new__natural="52"),
        "表三，一、本年新收政府信息公开申请数量行，自然人列",
        "错误 DL301 表三「一、本年新收政府信息公开申请数量」的「自然人」填的是 52，应为 25，"
        "像是把数字写颠倒了；改后横向、纵向都对得上",
    ),
    Slip(
        "a sum of results that is one too many",
        cells(outcome_total__total="29"),
        "表三，（七）总计行，总计列",
        "错误 DL301 表三「（七）总计」的「总计」填的是 29，应为 28，像是写错了一位数字；改后横向、纵向都对得上",
    ),
    Slip(
        "what is carried over that is one too many",
        cells(carried_out__natural="3"),
        "表三，四、结转下年度继续办理行，自然人列",
        "错误 DL301 表三「四、结转下年度继续办理」的「自然人」填的是 3，应为 2；改后横向、纵向都对得上",
    ),
    Slip(
        "two numbers one column too far",
        cells(
            unavailable_not_held__natural="0", unavailable_not_held__commercial="6", unavailable_not_held__research="1"
        ),
        "表三，1.本机关不掌握相关政府信息行，商业企业列",
        "错误 DL302 表三「1.本机关不掌握相关政府信息」一行的数似乎整体右移了一列；「自然人」由 0 改为 6、"
        "「商业企业」由 6 改为 1、「科研机构」由 1 改为 0，改后纵向对得上，请对照原始台账核对",
    ),
    Slip(
        "a number in the wrong column",
        cells(carried_in__natural="0", carried_in__commercial="1"),
        "表三，二、上年结转政府信息公开申请数量行，商业企业列",
        "错误 DL301 表三「二、上年结转政府信息公开申请数量」的 1 似乎填错了一列：现在填在「商业企业」，"
        "应填在「自然人」；改后纵向对得上，但也可能错在别处，请对照原始台账核对",
    ),
    Slip(
        "a row begun one cell too late",
        cells(granted__natural="", granted__commercial="18", granted__research="3"),
        "表三，（一）予以公开行，商业企业列",
        "错误 DL302 表三「（一）予以公开」一行的数似乎整体右移了一列；「自然人」由 空白 改为 18、"
        "「商业企业」由 18 改为 3、「科研机构」由 3 改为 0，改后纵向对得上，请对照原始台账核对",
    ),
    Slip(
        "a total of reviews that is one too many",
        at({"review[reconsideration,total]": "4"}),
        "表四，行政复议一栏，总计列",
        "错误 DL304 表四「行政复议」一栏的总计填的是 4，四种结果相加是 3（2 + 0 + 0 + 1），差 1；"
        "请核对这五个数。分不清是哪一格填错，5 种改法都能让横向对得上，请对照原始台账选一种",
    ),
    Slip(
        "fewer documents in force than were issued",
        at({"disclosed[normative_documents,in_force]": "0", "disclosed[normative_documents,repealed]": "0"}),
        "表二，行政规范性文件行，现行有效件数列",
        "警告 DL305 表二「行政规范性文件」行：本年制发 2 件，而现行有效加本年废止只有 0 件（0 + 0）；"
        "今年制发的到年底不是有效就是已废止，请核对这三个数",
    ),
    Slip(
        "rules made by a township",
        at({"disclosed[regulations,in_force]": "6"}),
        "表二，规章行，现行有效件数列",
        "警告 DL306 表二“规章”一行填了数（合计 6），但乡镇、街道、县（区、旗）及其部门没有规章制定权；"
        "自己发的文件属于行政规范性文件的，请填到下一行，规章填 0",
    ),
    Slip(
        "nothing on fees",
        words("本年度未收取信息处理费。没有", "没有"),
        "“六、其他需要报告的事项”下第 1 段",
        "错误 DL401 “六、其他需要报告的事项”没有说明本年度是否收取信息处理费；收取了的请写明几件、"
        "多少元，没有收取的也要写明没有收取",
    ),
    Slip(
        "a fee without its amount",
        words("本年度未收取信息处理费。", "本年度收取信息处理费2件。"),
        "“六、其他需要报告的事项”下第 1 段",
        "警告 DL402 “六、其他需要报告的事项”说收取了信息处理费，但没有写金额；请补写件数和金额",
    ),
    Slip(
        "a fee that was and was not charged",
        words("本年度未收取信息处理费。", "本年度收取信息处理费2件，共300元。本年度没有收取信息处理费。"),
        "“六、其他需要报告的事项”下第 1 段",
        "警告 DL402 “六、其他需要报告的事项”既说收取了信息处理费，又说没有收取；请核对后改成一致",
    ),
    Slip(
        "the period of the year before",
        words("统计期限为2025年1月1日至2025年12月31日", "统计期限为2024年1月1日至2024年12月31日"),
        "第 2 段",
        "警告 DL403 统计期限写的是 2024 年，标题写的是 2025 年；请核对这是哪一年的报告，把写错的一处改过来",
    ),
]
_PLACE = re.compile(r" \(\d+:\d+\)(?=: )")


def said(data: bytes) -> list[str]:
    """Returns the first line of each finding at warning or error level, without the name of the file."""
    Path("年报.docx").write_bytes(data)
    lines = run(["check", "年报.docx"]).stdout.splitlines()
    found = [_PLACE.sub("", line.removeprefix("年报.docx: ")) for line in lines if line.startswith("年报.docx")]
    return [line for line in found if ": 提示 " not in line]


def test_nothing_is_said_of_the_draft_itself() -> None:
    assert said(as_docx(clean())) == []


@pytest.mark.parametrize("slip", SLIPS, ids=[slip.name for slip in SLIPS])
def test_a_slip_is_found_at_its_place_in_these_words(slip: Slip) -> None:
    assert said(as_docx(slip.change(clean()))) == [f"{slip.place}: {slip.said}"]


def test_the_walk_is_long_enough() -> None:
    assert len(SLIPS) >= 30
    assert len({slip.said.split()[1] for slip in SLIPS}) >= 10
    assert len({slip.name for slip in SLIPS}) == len(SLIPS)
