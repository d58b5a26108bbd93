"""A county beside its units: DL905 where it is said that it is their sum, and what `overview` says of its scope."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import own_place, run
from tests.test_other_reports import EXAMPLE, found, outcomes, report, write

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")
COUNTY = "陌桑县人民政府"
UNITS = ["青槐镇人民政府", "陌桑县白沙乡人民政府", "陌桑县水利局"]
"""One by a short name that another year's report has in full."""
SAID = "本报告所列数据为县政府各部门、各乡镇数据的合计。"


def units(*new: int, year: int = 2024) -> None:
    """Writes the reports of the units with so many new applications each, all else as in the example."""
    for name, count in zip(UNITS, new, strict=True):
        write(f"{year}/{name}.md", report(name, year, new=f"{count} 0 0 0 0 0 {count}"))
    write("旧/青槐镇.md", report("陌桑县青槐镇人民政府", 2019))


def county(new: int, said: str = "", times: int = 3) -> None:
    """Writes the county's report: all numbers of the example so many times, and new applications as they are said."""
    rows = [line.split("|") for line in EXAMPLE.splitlines()]
    lines = []
    for cells in rows:
        lines.append("|".join(f" {int(one) * times} " if one.strip().isdecimal() else one for one in cells))
    text = report(COUNTY, new=f"{new} 0 0 0 0 0 {new}")
    numbers = dict(zip(EXAMPLE.splitlines(), lines, strict=True))
    text = "\n".join(numbers.get(line, line) for line in text.splitlines())
    write("2024/县.md", text.replace("## 二、", f"{said}\n\n## 二、", 1))


def configured() -> None:
    Path("disclosure-lint.toml").write_text('[sums]\n"陌桑县人民政府" = ["陌桑县*"]\n', encoding="utf-8")


def scopes() -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = json.loads(run(["overview", "--format", "json", "."]).stdout)["scopes"]
    return made


def test_what_nobody_calls_a_sum_is_not_added_up() -> None:
    units(1, 2, 3)
    county(5)
    assert [one for one in found() if one[1] == "DL905"] == []
    assert outcomes()["2024/县.md", "DL905"] == "not_applicable"


def test_a_sum_that_is_configured_must_be_one() -> None:
    units(1, 2, 3)
    configured()
    county(6)
    assert [one for one in found() if one[1] == "DL905"] == []
    assert outcomes()["2024/县.md", "DL905"] == "passed"
    county(7)
    wrong = "requests[new,natural],requests[new,total]"
    assert [one for one in found() if one[1] == "DL905"] == [("2024/县.md", "DL905", wrong)]
    said = run(["check", "--select", "DL905", "."]).stdout
    assert "与 3 个单位年报的合计对不上" in said
    assert "「总计」填的是 7，合计 6" in said
    assert "2024/青槐镇人民政府.md:" in said


@pytest.mark.parametrize(
    ("said", "new", "verdict"),
    [
        (SAID, 6, "passed"),
        (SAID, 5, "failed"),
        (SAID, 7, "undetermined"),
        ("本报告由县政府办公室综合各部门、各乡镇年度报告编制。", 5, "not_applicable"),
        ("本报告所列数据为县政府各部门合计，不含各乡镇数据。", 5, "not_applicable"),
        ("按照“所列数据为各部门数据的合计”的要求编制。", 5, "not_applicable"),
    ],
)
def test_a_text_may_say_that_it_is_a_sum(said: str, new: int, verdict: str) -> None:
    """Then it cannot be less than the units that are there; whether these are all, nobody knows."""
    units(1, 2, 3)
    county(new, said)
    assert outcomes()["2024/县.md", "DL905"] == verdict


def test_a_unit_whose_number_is_uncertain_leaves_that_cell_open() -> None:
    units(1, 2, 3)
    configured()
    county(6)
    write("2024/陌桑县水利局.md", report("陌桑县水利局", new="三 0 0 0 0 0 3"))
    assert outcomes()["2024/县.md", "DL905"] == "undetermined"
    county(9)
    assert [one[2] for one in found() if one[1] == "DL905"] == ["requests[new,total]"]


def test_a_unit_that_is_named_and_lacks_leaves_more_open() -> None:
    units(1, 2, 3)
    names = '["陌桑县青槐镇", "陌桑县白沙乡", "陌桑县水利局", "陌桑县教育局"]'
    Path("disclosure-lint.toml").write_text(f'[sums]\n"陌桑县人民政府" = {names}\n', encoding="utf-8")
    county(7)
    assert outcomes()["2024/县.md", "DL905"] == "undetermined"
    county(5)
    assert outcomes()["2024/县.md", "DL905"] == "failed"


def test_the_scope_that_fits_is_told() -> None:
    units(1, 2, 3)
    county(6)
    (scope,) = scopes()
    assert (scope["fits"], scope["units"], scope["equal"]) == ("units", 3, scope["cells"])
    county(8)
    (scope,) = scopes()
    assert scope["fits"] == "more"
    assert scope["differences"][0] == {"cell": "requests[new,natural]", "value": 8, "sum": 6}
    county(1, times=1)
    (scope,) = scopes()
    assert scope["fits"] == "alone"
    assert "陌桑县人民政府 2024：只是本机关的（3 个单位" in run(["overview", "."]).stdout


def test_a_unit_that_was_left_out_is_named() -> None:
    units(1, 2, 3)
    empty = "\n".join(
        "|".join(" 0 " if one.strip().isdecimal() else one for one in line.split("|"))
        for line in report("陌桑县财政局").splitlines()
    )
    line = "一、本年新收政府信息公开申请数量 | | |"
    text = empty.replace(f"{line} 0 | 0 | 0 | 0 | 0 | 0 | 0 |", f"{line} 4 | 0 | 0 | 0 | 0 | 0 | 4 |")
    assert text != empty
    write("2024/财政局.md", text)
    county(6)
    (scope,) = scopes()
    assert (scope["fits"], scope["left_out"]) == ("units", ["陌桑县财政局"])
    county(10)
    assert scopes()[0]["left_out"] == []
