"""A section whose heading is wrong is named as what it is: renamed, misnumbered, out of place, never missing."""

from random import Random

import pytest

from disclosure_lint.engine.linter import Linter
from tests.generation import LAYOUTS, SIZES, Value, report
from tests.generation.forms import SECTIONS
from tests.generation.section_changes import CHANGES, Changed

REPEATS = 4
MOST_MISSED = 0.02
OTHERS = {"DL403", "DL109"}
"""What the generated reports have from the start."""


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.default()


def changed(kind: str, layout: str, seed: int, form: str = "2021") -> tuple[Changed, str, dict[str, Value]]:
    rng = Random(f"{kind}/{layout}/{seed}/{form}")
    rendered = report(f"s{seed}", layout, SIZES[seed % len(SIZES)], form)
    return CHANGES[kind](rendered.text, rng), f"report{rendered.suffix}", rendered.values


def faults(linter: Linter, kind: str, layout: str, seed: int, form: str) -> str:
    """Returns what was not said as it should be; empty if all was."""
    done, name, values = changed(kind, layout, seed, form)
    result = linter.lint(name, done.text.encode())
    assert result.report is not None
    assert result.source is not None
    said = [(one.code, result.source.slice(one.span)) for one in result.diagnostics if one.code not in OTHERS]
    read = {str(address): fact.value for address, fact in result.report.facts.items()}
    right = [code for code, words in said if code in done.codes and any(words in line for line in done.lines)]
    if done.lines and not right:
        return f"{done.lines}: not said, but {said}"
    if others := [one for one in said if one[0] not in done.codes]:
        return f"{done.lines}: {others}"
    lost = [name for name, value in values.items() if read.get(name) != value]
    return f"{done.lines}: {len(lost)} numbers lost" if lost else ""


@pytest.mark.parametrize("kind", CHANGES)
def test_headings_are_named_as_what_they_are(linter: Linter, kind: str) -> None:
    places = [(layout, seed, form) for layout in LAYOUTS for seed in range(REPEATS) for form in ("2021", "2019")]
    missed = {place: fault for place in places if (fault := faults(linter, kind, *place))}
    assert len(missed) <= MOST_MISSED * len(places), missed


ISSUE = {
    "三、依申请公开办理情况": "三、收到和处理政府信息公开申请情况",
    "三、依申请公开政府信息情况": "三、收到和处理政府信息公开申请情况",
    "五、工作中存在的问题": "五、存在的主要问题及改进情况",
    "六、下一步工作计划": "六、其他需要报告的事项",
}


@pytest.mark.parametrize("found", ISSUE)
def test_a_renamed_section_keeps_what_stands_below_it(linter: Linter, found: str) -> None:
    text = report("renamed", "tabs").text
    assert ISSUE[found] + "\n" in text
    result = linter.lint("石桥镇.txt", text.replace(ISSUE[found] + "\n", found + "\n").encode())
    (one,) = (one for one in result.diagnostics if one.code not in OTHERS)
    assert one.code == "DL103"
    assert one.message.zh == (
        f"第{found[0]}部分的标题写成了“{found[2:]}”，格式规定的是“{ISSUE[found][2:]}”；只改这个标题，下面的内容不用动"
    )
    assert one.message.en.endswith("change the title alone, what stands below it need not be touched")


def test_sections_that_changed_places_are_out_of_order_and_nothing_else(linter: Linter) -> None:
    text = report("swapped", "tabs").text
    five, six = text.index("五、存在"), text.index("六、其他")
    text = (
        text[:five] + text[six:].replace("六、其他", "五、其他") + "\n" + text[five:six].replace("五、存在", "六、存在")
    )
    (one,) = (one for one in linter.lint("石桥镇.txt", text.encode()).diagnostics if one.code not in OTHERS)
    assert one.code == "DL104"
    assert "请连同下面的内容整个移过去，内容不用改" in one.message.zh
    assert "move it with all that stands below" in one.message.en


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("number", range(1, 6))
def test_a_heading_that_is_gone_is_missing_whatever_sub_headings_there_are(
    linter: Linter, layout: str, number: int
) -> None:
    rendered = report(f"gone{number}", layout)
    at = rendered.text.rindex(SECTIONS[number] + "\n")
    line = rendered.text.rfind("\n", 0, at) + 1
    text = rendered.text[:line] + rendered.text[at + len(SECTIONS[number]) + 1 :]
    begin = text.index("\n", text.rindex(SECTIONS[0] + "\n"))
    parts = "".join(
        f"\n\n{number}、{title}\n\n有专人负责。\n"
        for number, title in zip("一二三四五", ("主动公开", "申请办理情况", "平台和监督", "人手", "其他"), strict=True)
    )
    for sub_headings in ("", parts):
        result = linter.lint(f"report{rendered.suffix}", (text[:begin] + sub_headings + text[begin:]).encode())
        codes = [one.code for one in result.diagnostics]
        assert "DL102" in codes
        assert "DL103" not in codes
        missing = next(one for one in result.diagnostics if one.code == "DL102")
        assert result.report is not None
        tables = {table.form.section for table in result.report.tables.values()}
        assert ("它的表格还在" in missing.message.zh) == (missing.subject[0] in tables)


def test_other_reports_of_work_are_not_taken_for_one(linter: Linter) -> None:
    parts = ("基本情况", "主要做法", "取得的成效", "经验和体会", "存在的问题", "下一步打算")
    text = "石桥镇水利工作总结\n\n" + "\n\n".join(
        f"{n}、{part}\n\n完成了。" for n, part in zip("一二三四五六", parts, strict=True)
    )
    assert [one.code for one in linter.lint("总结.txt", text.encode()).diagnostics] == ["DL002"]


def test_an_empty_section_with_a_table_is_said_once(linter: Linter) -> None:
    text = report("empty", "tabs").text
    four, five = text.index("四、政府信息公开行政"), text.index("五、存在")
    text = text[:four] + "四、政府信息公开行政复议、行政诉讼情况\n\n" + text[five:]
    assert [one.code for one in linter.lint("石桥镇.txt", text.encode()).diagnostics if one.code not in OTHERS] == [
        "DL201"
    ]
