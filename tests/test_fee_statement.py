"""What the national pack's words for 信息处理费 make of a section 六: charged, with what sum, not charged, or not said.

All sentences are made up. `NO` not charged, a number: charged so much, `YES` charged without a sum, both in conflict.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tomli

from disclosure_lint.checks.expressions import Expression, Expressions, expressions, prepared
from disclosure_lint.checks.polarity import Polarity, find_polarities
from disclosure_lint.claims.quantities import number
from disclosure_lint.model.characters import squeeze

RULES = Path(__file__).parents[1] / "rules" / "statements.toml"
NO, YES = "no", "yes"


def _vocabulary() -> dict[str, Expressions]:
    lists: list[dict[str, Any]] = tomli.loads(RULES.read_text(encoding="utf-8"))["vocabulary"]
    fee = next(entry for entry in lists if entry["id"] == "fee")
    return {key: expressions(prepared(value)) for key, value in fee.items() if key != "id"}


FEE = _vocabulary()

NOT_CHARGED = [
    "2023年，石桥镇收取信息处理费为零。",
    "本年度收取信息处理费为 0。",
    "全年收取信息处理费共计0元。",
    "我局2023年收取信息处理费0件0元。",
    "本单位收取政府信息公开信息处理费 ０ 元。",
    "2022年信息处理费收入０万元。",
    "本年度信息处理费收费情况：0",
    "收取信息处理费：无",
    "收取信息处理费情况：无。",
    "（一）信息处理费收取情况\n无\n（二）其他事项\n无",
    "（一）信息处理费收取情况。无。（二）其他情况。没有。",
    "信息处理费0。",
    "信息处理费收取金额（万元）：0.00",
    "依申请公开信息处理费总额为零元。",
    "2023年，云川县无收取信息处理费情况。",
    "2023年未收取信息处理费",
    "本机关2024年度没有收取信息处理费。",
    "我镇今年未向申请人收取政府信息公开信息处理费。",
    "报告期内没有向任何申请人收取信息处理费用。",
    "按照《政府信息公开信息处理费管理办法》规定，我单位没有产生信息公开处理费。",
    "根据《国务院办公厅关于印发《政府信息公开信息处理费管理办法》的通知》（国办函〔2020〕109号），\n青禾市民政局未收\n取费用。",
    "2023年度，我局未依据《政府信息公开信息处理费管理办法》收取信息处理费。",
    "未按照《政府信息公开信息处理费管理办法》规定收取信息处理费。",
    "本年度未发生信息处理费收费行为。",
    "全年未涉及信息处理费收取事宜。",
    "不存在收取信息处理费的情况。",
    "2021年我办不涉及政府信息公开处理费。",
    "全年政府信息公开实现零收费。",
    "2023年本机关依申请提供政府信息未收取任何费用。",
    "办理的5件依申请公开事项均未收费。",
    "本年度未因政府信息公开申请数量、频次超出合理范围收取信息处理费。",
    "关于信息处理费，本年度未收取。",
    "我局认真执行《政府信息公开信息处理费管理办法》。2023年未收取费用。",
    "2023年收取信息处理费的具体情况如下：收取0笔，金额0元。",
    "本年度没有依申请公开收费情况。",
    "2023年度本街道无信息处理费。",
    "除未收取信息处理费外，无其他需要报告的事项。",
    "本年度没有需要报告的信息处理费收取情况。",
    "依据《政府信息公开信息处理费管理办法》收取信息处理费的情况，本年度无此类情况。",
    "我镇依申请提供政府信息不收取任何费用，2023年亦然，本年度不收取信息处理费。",
    "本年度信息处理费收取工作尚未发生。",
    "2023年，临江区各单位均免收信息处理费。",
    "本年度申请量未达到信息处理费收取标准，未收取信息处理费。",
    "2023年度未收取行政事业性收费、信息处理费。",
    "本年度投入公开专区建设经费3万元，未收取信息处理费。",
    "本单位行政事业性收费120万元；信息处理费0元。",
    "收取信息处理费3件合计0元。",
    "按件收取信息处理费0元，按量收取信息处理费0元。",
    "没有违反规定的情况；全年收取的信息处理费为零。",
    "较上年无变化，本年度仍未收取信息处理费。",
    "本年度及上年度均未收取信息处理费。",
    "2023年度公开信息处理费未收取，未有其他需要报告的事项。",
    "暂无信息处理费收取情况。",
    "本年度未收到政府信息公开申请，无需收取信息处理费。",
    "2023年发出收费通知的件数为0件，总金额为0元，实际收取0元。",
    "全年未发出信息处理费收费通知。",
    "收取信息处理费情况：本年度无。",
    "收取信息处理费情况：无\n石桥镇人民政府\n2024年1月10日",
    "全县没有一件申请收取信息处理费。",
    "2023年度未遇到需要收取信息处理费的情形。",
    "关于信息处理费收取的情况：经统计，全年为零。",
    "收取信息处理费3件，合计0元。",
    "发出收费通知3份，实际收取0元。",
    "2023年发出收费通知的件数为3件，总金额为300元，实际收取的总金额为0元。",
    "发出收费通知书3份，总金额300元，实际未收取信息处理费。",
    "发出收费通知3份，总金额300元。申请人撤回申请，未收取信息处理费。",
]

CHARGED: list[tuple[str, str]] = [
    ("全年收取信息处理费共计380元。", "380"),
    ("本年度共收取信息处理费２,９５０元。", "2950"),
    ("收取信息处理费1,234,500元。", "1234500"),
    ("2023年全县共收取信息处理费25件2950元，其中民政局9件1300元，教育局16件1650元。", "2950"),
    ("收取信息处理费共计410元，其中城建局1件，收取410元。", "410"),
    ("本年度收取信息处理费三百八十元。", "380"),
    ("共收取信息处理费人民币叁仟零伍拾元整。", "3050"),
    ("收取信息处理费0.04万元。", "400"),
    ("全市收取政府信息公开信息处理费1.2万元，已全部上缴国库。", "12000"),
    ("依据《政府信息公开信息处理费管理办法》，对3件申请收取费用，合计600元。", "600"),
    ("按照国家规定的收费标准，收取信息处理费200元。", "200"),
    ("按100元/件的标准，收取信息处理费700元。", "700"),
    ("除县水务局收取信息处理费300元外，其他单位均未收取信息处理费。", "300"),
    ("全县收取信息处理费100元，1件申请；其余申请未收取信息处理费。", "100"),
    ("按件收取信息处理费0件，按量收取信息处理费2件60元。", "60"),
    ("信息处理费收取情况如下。共计520元。", "520"),
    ("信息处理费收取金额（元）：520", "520"),
    ("发出收费通知书3份，总金额600元，实际收取400元。", "400"),
    ("发出收费通知2份，共收取信息处理费400元。", "400"),
    ("收取信息处理费￥380.00。", "380.00"),
    ("本年度收取信息处理费400元，比上年度增加100元。", "400"),
    ("2023年按量收取信息处理费一千零五元，零投诉。", "1005"),
    ("共对4件依申请公开作出收费决定，收取540元。", "540"),
    ("本年度收取了信息处理费。", YES),
    ("收取信息处理费2件。", YES),
    ("本年度对两件申请收取信息处理费。", YES),
    ("2023年度信息处理费收取情况：共3笔。", YES),
    ("收取的信息处理费已上缴国库。", YES),
    ("我局已收取政府信息公开处理费，不再赘述。", YES),
    ("本年度依规共收取信息处理费，已开具票据。", YES),
]

DUE = [
    "本年度发出收费通知3份。",
    "发出收费通知书2份，应缴信息处理费400元。",
    "发出收费通知的件数为3件，总金额为300元。",
]
"""Spoken of, but neither that anything was charged nor that nothing was."""

YEARS = [
    ("2022年收取信息处理费200元，2023年未收取信息处理费。", "negative"),
    ("2022年，我镇收取信息处理费2件，共计200元；2023年未收取信息处理费。", "negative"),
    ("2022年收取信息处理费2件，共计200元，本年度未收取信息处理费。", "negative"),
    ("2022年未收取信息处理费。2023年收取信息处理费380元。", "positive"),
    ("2022年未收取信息处理费。", "negative"),
    ("2020年11月国务院办公厅印发《政府信息公开信息处理费管理办法》，我镇未收取信息处理费。", "negative"),
    ("根据2020年出台的办法，2023年收取信息处理费380元。", "positive"),
    ("自2021年办法施行以来，我镇未收取信息处理费。", "negative"),
]
"""What a report for 2023 says."""

NOT_SAID = [
    "",
    "无。",
    "无",
    "没有其他需要报告的事项。",
    "2023年度，石桥镇未有其他需要报告的事项。",
    "其他无需要报告的事项。",
    "严格按照《政府信息公开信息处理费管理办法》规定收取信息处理费。",
    "我局将严格按照规定收取信息处理费，无其他需要报告的事项。",
    "除收取信息处理费外，无其他需要报告的事项。",
    "认真学习《政府信息公开信息处理费管理办法》。无其他需要报告的事项。",
    "贯彻落实国办函〔2020〕109号文件，做好信息处理费管理工作。",
    "收取信息处理费情况在此处报告。无其他需要报告的事项。",
    "行政机关依申请提供政府信息，不收取费用。但是申请数量明显超过合理范围的，可以收取信息处理费。",
    "同一申请人一个自然月内申请11件以上30件以下的部分，信息处理费为100元/件。",
    "信息处理费标准为每件100元，按件计收。",
    "全年未发生违规收取信息处理费的情况。",
    "未按规定收取信息处理费的，一律退还。",
    "本年度未出现因信息处理费引发的投诉。",
    "对是否收取信息处理费，由法制机构审核。",
    "如需收取信息处理费，将出具收费通知。",
    "拟收取信息处理费400元。",
    "本机关行政事业性收费12万元。",
    "全年罚没收入200万元，未收取保证金。",
    "进一步加强信息处理费收取工作，健全收费制度。",
    "申请人逾期未按收费通知要求缴纳信息处理费的，不再处理其申请。",
    "对无正当理由大量反复申请的申请人收取信息处理费。",
    "按规定做好信息处理费收取工作。全年争取项目资金200万元。",
    "全年办理依申请公开0件，信息处理费严格按规定收取。",
    "去年收取信息处理费200元。",
    "信息处理费收取工作零投诉。",
    "收取信息处理费情况无其他需要说明的问题。",
    "做好信息处理费收取工作，本年度办理依申请公开3件。",
    "做好信息处理费收取工作共办理依申请公开三件。",
    "本年度办理建议提案0件，政务公开培训0次。",
    "推进收费信息一元化管理，公开信息处理费收费依据。",
    "本年度行政许可未收取任何押金。",
    "严格执行信息处理费管理办法；全年行政事业性收费0元。",
    "不存在应收未收信息处理费的情况。",
    "依申请公开工作有序，发生邮寄费120元。",
    "未来将依法收取信息处理费。",
    "完善信息处理费收取工作，没有发生收费争议。",
    "没有收费标准调整，信息处理费照章执行。",
]

BOTH = [
    "2023年我局未收取信息处理费。全年收取信息处理费380元。",
    "本年度收取信息处理费0元。另对2件申请收取信息处理费200元。",
    "收取信息处理费2件。其他需要报告的事项：本年度未收取信息处理费。",
    "收取信息处理费2件，共计300元，另有1件未收取信息处理费。",
]


def _polarities(text: str) -> list[Polarity]:
    return find_polarities(squeeze(text), FEE)


@pytest.mark.parametrize("text", NOT_CHARGED)
def test_not_charged(text: str) -> None:
    assert {polarity.kind for polarity in _polarities(text)} == {"negative"}


@pytest.mark.parametrize(("text", "amount"), CHARGED)
def test_charged(text: str, amount: str) -> None:
    polarities = _polarities(text)
    assert {polarity.kind for polarity in polarities} == {"positive"}
    assert polarities[0].amount == (None if amount == YES else Decimal(amount))


@pytest.mark.parametrize("text", NOT_SAID)
def test_not_said(text: str) -> None:
    assert _polarities(text) == []


@pytest.mark.parametrize("text", BOTH)
def test_both(text: str) -> None:
    assert {polarity.kind for polarity in _polarities(text)} == {"positive", "negative"}


@pytest.mark.parametrize("text", DUE)
def test_due(text: str) -> None:
    assert {polarity.kind for polarity in _polarities(text)} == {"due"}


@pytest.mark.parametrize(("text", "kind"), YEARS)
def test_other_years(text: str, kind: str) -> None:
    assert {polarity.kind for polarity in find_polarities(squeeze(text), FEE, 2023)} == {kind}


def test_offsets_are_those_of_the_whole_text() -> None:
    text = squeeze("无关的一句。依据《政府信息公开信息处理费管理办法》，本年度收取费用 380 元。")
    (polarity,) = find_polarities(text, FEE)
    assert text[polarity.start : polarity.end] == "380元"


def test_a_sentence_over_a_title_is_one_place() -> None:
    text = squeeze("未依据《政府信息公开信息处理费管理办法》收取信息处理费。")
    (polarity,) = find_polarities(text, FEE)
    assert text[polarity.start : polarity.end] == text.rstrip("。")


def test_a_vocabulary_may_lack_lists() -> None:
    assert find_polarities("信息处理费0元", {"about": Expressions([Expression("处理费")])}) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3，940.5", "3940.5"),
        ("三百八十", "380"),
        ("叁仟", "3000"),
        ("十二", "12"),
        ("一千零五", "1005"),
        ("两万三千", "23000"),
        ("一亿二千万", "120000000"),
        ("二〇", "20"),
        ("零", "0"),
    ],
)
def test_numbers(text: str, value: str) -> None:
    assert number(text) == Decimal(value)
