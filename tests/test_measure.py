"""Numbers of the text against the tables and against each other: what is a finding, and what never is."""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Diagnostic, Finding
from disclosure_lint.model.report import Report
from disclosure_lint.settings import Settings
from tests.command_line import own_place
from tests.editor import editing
from tests.stating import stating
from tests.test_localize_evidence import BLOCK, changed

__all__ = ["own_place"]

TEMPLATES = [
    line
    for line in (Path(__file__).parent / "claims" / "templates.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
LINTER = Linter.default()
RULES = [rule for rule in LINTER.rules if rule.kind == "measure"]
YEARS = {"year": "2024", "last": "2023", "next": "2025"}
_SUMS = {
    "new": "requests[new,total]", "in": "requests[carried_in,total]", "out": "requests[outcome_total,total]",
    "left": "requests[carried_out,total]", "nat": "requests[new,natural]", "com": "requests[new,commercial]",
    "org": "requests[new,commercial] requests[new,legal]", "sum": "requests[new,total] requests[carried_in,total]",
    "granted": "requests[granted,total]", "partial": "requests[partial,total]",
    "refused": "requests[refused_law,total]",
    "unav": "requests[unavailable_not_held,total]", "nh": "requests[unavailable_not_held,total]",
    "unproc": "requests[unprocessed_repeat,total] requests[unprocessed_petition,total]",
    "rep": "requests[unprocessed_repeat,total]", "pet": "requests[unprocessed_petition,total]",
    "rec": "review[reconsideration,total]", "ru": "review[reconsideration,upheld]",
    "rc": "review[reconsideration,corrected]", "rp": "review[reconsideration,pending]",
    "lit": "review[direct,total] review[after_reconsideration,total]", "lu": "review[direct,upheld]",
    "di": "disclosed[normative_documents,issued]", "dr": "disclosed[normative_documents,repealed]",
    "df": "disclosed[normative_documents,in_force]", "permits": "disclosed[permits,decisions]",
    "pen": "disclosed[penalties,decisions]", "coe": "disclosed[coercion,decisions]",
}  # fmt: skip
"""The sums of cells that the names in the templates stand for."""


def numbers(random: Random) -> dict[str, int]:
    """Tables that add up, in which no two cells that a text names are alike."""
    natural, commercial, legal = random.randint(90, 200), random.randint(2, 9), random.randint(11, 19)
    new, carried_in, carried_out = natural + commercial + legal, random.randint(21, 29), random.randint(31, 39)
    parts = {
        "partial": random.randint(3, 9), "unavailable_not_held": random.randint(2, 8),
        "unprocessed_repeat": random.randint(2, 5), "unprocessed_petition": random.randint(6, 9),
        "refused_law": random.randint(10, 12),
    }  # fmt: skip
    answered = new + carried_in - carried_out
    upheld, corrected, pending = random.randint(13, 16), random.randint(5, 7), random.randint(1, 3)
    direct, after = random.randint(8, 9), random.randint(2, 3)
    cells = {
        "new,natural": natural, "new,commercial": commercial, "new,legal": legal, "new,total": new,
        "carried_in,total": carried_in, "carried_out,total": carried_out, "outcome_total,total": answered,
        "granted,total": answered - sum(parts.values()), **{f"{row},total": value for row, value in parts.items()},
    }  # fmt: skip
    return {f"requests[{name}]": value for name, value in cells.items()} | {
        "review[reconsideration,upheld]": upheld, "review[reconsideration,corrected]": corrected,
        "review[reconsideration,pending]": pending, "review[reconsideration,total]": upheld + corrected + pending,
        "review[direct,upheld]": direct, "review[direct,total]": direct, "review[after_reconsideration,other]": after,
        "review[after_reconsideration,total]": after, "disclosed[normative_documents,issued]": random.randint(3, 20),
        "disclosed[normative_documents,repealed]": random.randint(21, 28),
        "disclosed[normative_documents,in_force]": random.randint(40, 300),
        "disclosed[permits,decisions]": random.randint(1000, 90000),
        "disclosed[penalties,decisions]": random.randint(100, 900),
        "disclosed[coercion,decisions]": random.randint(1, 90),
    }  # fmt: skip


def found(report: Report) -> Iterator[tuple[str, Finding]]:
    for rule in RULES:
        yield from ((rule.code, finding) for finding in LINTER.judge(rule, report).findings)


def test_right_texts_are_let_alone_and_wrong_numbers_are_found_where_they_stand() -> None:
    random = Random(20241129)
    missed: list[str] = []
    tried = 0
    for template in TEMPLATES * 6:
        cells = numbers(random)
        agency = "白榆市水利局" if re.search("本机关|我局", template) else "白榆市人民政府"
        names = [name for name in re.findall(r"\{(\w+)\}", template) if name not in YEARS]
        values = {name: sum(cells[cell] for cell in _SUMS[name].split()) for name in names}
        text = template.format(**values, **YEARS)
        assert list(found(stating(LINTER, text, cells, agency))) == [], text
        name = random.choice(names)
        wrong = values[name] + random.choice([1, 7, 10])
        before, after = template.split("{" + name + "}", 1)
        mutated = f"{before.format(**values, **YEARS)}{wrong}{after.format(**values, **YEARS)}"
        report = stating(LINTER, mutated, cells, agency)
        place = report.document.source.text.index(mutated) + len(before.format(**values, **YEARS))
        tried += 1
        if not any(finding.span.start == place for _, finding in found(report)):
            missed.append(f"{name}: {mutated}")
    assert len(missed) <= 0.03 * tried, missed


def linted(text: str, **options: str) -> list[Diagnostic]:
    return list(LINTER.lint("a.md", text.encode(), Settings(**options)).diagnostics)  # type: ignore[arg-type]


SAID = "新收申请15件"
OF_SUITS = "政府信息公开行政诉讼2件，其中结果维持1件，尚未审结1件。"


@pytest.mark.parametrize(
    ("row", "cell", "value"), [("3 | 0 | 0 | 1 | 2", "upheld", 1), ("1 | 0 | 0 | 2 | 2", "pending", 1)]
)
def test_the_text_settles_which_cell_of_a_block_is_wrong(row: str, cell: str, value: int) -> None:
    wrong = changed((BLOCK, BLOCK.replace("1 | 0 | 0 | 1 | 2", row)))
    (open_one,) = linted(wrong)
    assert len(open_one.suggestions) > 1
    (one,) = linted(wrong.replace(SAID, OF_SUITS + SAID))
    assert (one.code, one.also) == ("DL304", ("DL505",))
    assert [(each.cell, each.value) for each in one.suggestions] == [(f"review[direct,{cell}]", value)]


def test_a_likely_wrong_total_takes_the_text_with_it() -> None:
    wrong = changed((BLOCK, BLOCK.replace("1 | 0 | 0 | 1 | 2", "1 | 0 | 0 | 1 | 5"))).replace(SAID, OF_SUITS + SAID)
    (one,) = linted(wrong)
    assert (one.code, one.also) == ("DL304", ("DL505",))
    assert one.suggestions[0][:3] == ("review[direct,total]", 2, "likely")


def test_the_message_names_the_number_and_all_cells_that_it_may_be() -> None:
    (one,) = linted(changed((SAID, "收到政府信息公开申请17件")))
    assert one.code == "DL501"
    assert "17件" in one.message.zh
    assert "表三「一、本年新收政府信息公开申请数量」的「总计」是 15" in one.message.zh
    assert "合计 16" in one.message.zh
    assert one.cells == ("requests[new,total]", "requests[carried_in,total]")


def test_the_message_counts_as_the_table_does() -> None:
    amount = "| 行政事业性收费 | 36.6 | | |"
    text = re.sub(r"^\| 行政事业性收费.*$", amount, changed((SAID, "行政事业性收费356000元")), flags=re.MULTILINE)
    (one,) = linted(text)
    assert one.code == "DL506"
    assert "“356000元”，但表二「行政事业性收费」的「本年收费金额（单位：万元）」是 36.6；" in one.message.zh


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("全年公开信息46条，其中政务类14条、民生类20条、其他12条。", []),
        ("全年公开信息46条，其中政务类14条、民生类20条、其他13条。", ["DL507"]),
        ("全年公开信息46条，其中政务类34条、民生类20条。", ["DL507"]),
        ("全年公开信息46条，其中政务34条、民生20条。", []),
        ("全年公开信息46条。其中，政务类14条、民生类20条、其他13条。", ["DL507"]),
        ("网站发布300条，微信发布200条，合计500条。", []),
        ("网站发布300条，微信发布200条，合计510条。", ["DL507"]),
        ("收到申请40件，其中自然人申请36件，占90%。", []),
        ("收到申请30件，其中自然人申请20件，占66.7%。", []),
        ("收到申请30件，其中自然人申请20件，占66.6%。", []),
        ("收到申请40件，其中自然人申请36件，占比95%。", ["DL508"]),
        ("发布信息500条，其中转载200条，占总数的30%。", ["DL508"]),
        ("发布信息500条，其中转载200条，同比增长30%。", []),
        ("好评率占30%，答复20件。", []),
        ("共受理申请50件，新收申请40件，比上年多42件。其中，信函36件，占90%；网络4件，占10%。", []),
        ("共受理申请50件，新收申请40件，比上年多42件。其中，信函36件，占80%。", ["DL508"]),
        ("公开信息46条（含上年5条），其中政务类14条、民生类20条、其他12条。", []),
        ("受理申请43件（含上年结转3件），其中自然人申请39件，法人和其他组织申请4件。", []),
        ("公开信息46条，其中个人14条、法人和其他组织20条。", []),
        ("受理申请50件（含上年结转30件），其中网络20件，占50%。", ["DL508"]),
        ("网站发布46条，公众号发布20条。其中，政务类14条、民生类20条、其他12条。", []),
        ("全年公开46条。其中政务类14条、民生类20条、其他12条。其中政务类重点5条、其他9条。", []),
    ],
)
def test_numbers_of_the_text_fit_each_other(sentence: str, codes: list[str]) -> None:
    cells = {"requests[new,total]": 40, "requests[new,natural]": 36}
    among = [code for code, _ in found(stating(LINTER, sentence, cells, "云川县人民政府"))]
    assert [code for code in among if code > "DL506"] == codes


def test_one_number_is_not_stated_twice_differently() -> None:
    text = "制发行政规范性文件3件。经核对，制发行政规范性文件4件。"
    report = stating(LINTER, text, {"disclosed[normative_documents,issued]": 3}, "云川县人民政府")
    assert [code for code, _ in found(report)] == ["DL506"]
    bare = report._replace(facts={})
    ((code, finding),) = found(bare)
    assert (code, report.document.source.slice(finding.span)) == ("DL509", "4件")
    other = stating(LINTER, "去年制发行政规范性文件3件。今年制发行政规范性文件4件。", {}, "云川县人民政府")
    assert [code for code, _ in found(other._replace(facts={}))] == []


@pytest.mark.usefixtures("own_place")
@pytest.mark.asyncio
async def test_an_editor_shows_the_cells_of_a_number_of_the_text() -> None:
    async with editing(Path.cwd()) as editor:
        text = changed()
        uri = editor.write(Path("报告.md"), text)
        await editor.diagnostics(uri)
        shown = await editor.hover(uri, "15件")
    assert "15件" in shown
    assert "requests[new,total]" in shown
