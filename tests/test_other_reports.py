"""Rules across the reports of a run: DL901, DL902, DL904, whatever the files are called and wherever they lie."""

import json
import re
from itertools import product
from pathlib import Path

import pytest

from disclosure_lint import Linter, Settings
from disclosure_lint.engine.beside import entry_of
from disclosure_lint.engine.history import History
from tests.command_line import own_place, run

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")
EXAMPLE = (Path(__file__).parent.parent / "examples" / "good" / "township-pipes.md").read_text(encoding="utf-8")
AGENCY = "陌桑县青槐镇人民政府"
NUMBERS = ("--select", "DL9", "--ignore", "DL903")
"""All of these reports have one text."""
FOUND = tuple[str, str, str]


def report(agency: str = AGENCY, year: int = 2024, **numbers: str) -> str:
    """The example as the report of an agency and year; `carried_in` and the like are the cells of a row."""
    labels = {
        "new": "一、本年新收政府信息公开申请数量 | | |",
        "carried_in": "二、上年结转政府信息公开申请数量 | | |",
        "carried_out": "四、结转下年度继续办理 | | |",
        "documents": "行政规范性文件 |",
    }
    text = EXAMPLE.replace(AGENCY, agency).replace("2024", str(year))
    for row, cells in numbers.items():
        text, count = re.subn(rf"({re.escape(labels[row])}).*", rf"\g<1> {cells.replace(' ', ' | ')} |", text)
        assert count == 1
    return text


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def found(*arguments: str) -> list[FOUND]:
    said = json.loads(run(["check", "--format", "json", *NUMBERS, *(arguments or ["."])]).stdout)
    return [(one["path"], one["code"], ",".join(one["cells"])) for one in said["diagnostics"]]


def outcomes(*arguments: str) -> dict[tuple[str, str], str]:
    said = json.loads(run(["check", "--format", "json", *NUMBERS, *(arguments or ["."])]).stdout)
    return {(file["path"], entry["code"]): entry["verdict"] for file in said["files"] for entry in file["ledger"]}


def test_what_is_carried_over_must_be_the_same() -> None:
    write("旧/甲.md", report(year=2023, carried_out="1 0 0 0 0 0 1"))
    write("新/乙.md", report(year=2024, carried_in="5 0 0 0 0 0 5"))
    assert found() == [("新/乙.md", "DL901", "requests[carried_in,total],requests[carried_in,natural]")]
    said = run(["check", *NUMBERS, "."]).stdout
    assert "与 2023 年年报的“结转下年度继续办理”（旧/甲.md:75）对不上" in said
    assert "「总计」填的是 5，按上一年度是 1" in said
    write("旧/甲.md", report(year=2023, carried_out="5 0 0 0 0 0 5"))
    assert found() == []
    assert outcomes()["新/乙.md", "DL901"] == "passed"


def test_documents_in_force_follow_from_the_year_before() -> None:
    write("2023.md", report(year=2023, documents="2 0 10"))
    write("2024.md", report(year=2024, documents="3 1 12"))
    assert found() == []
    write("2024.md", report(year=2024, documents="3 1 13"))
    assert found() == [("2024.md", "DL902", "disclosed[normative_documents,in_force]")]


def test_two_reports_of_a_year_must_agree() -> None:
    write("a.md", report())
    write("b.md", report())
    assert found() == []
    write("b.md", report(documents="1 0 4"))
    assert found() == [("b.md", "DL904", "disclosed[normative_documents,issued]")]
    assert found("b.md", "a.md") == found("a.md", "b.md") == found()


@pytest.mark.parametrize("name", ["b（更正）.md", "b.md"])
def test_a_revised_report_takes_the_place_of_the_other(name: str) -> None:
    write("a.md", report(year=2023, carried_out="1 0 0 0 0 0 1"))
    text = report(year=2023, carried_out="5 0 0 0 0 0 5")
    write(name, text if "更正" in name else text.replace("工作年度报告", "工作年度报告（更正）", 1))
    write("c.md", report(year=2024, carried_in="5 0 0 0 0 0 5"))
    assert found() == []


def test_of_two_that_differ_none_is_believed() -> None:
    write("a.md", report(year=2023, carried_out="1 0 0 0 0 0 1"))
    write("b.md", report(year=2023, carried_out="2 0 0 0 0 0 2"))
    write("c.md", report(year=2024, carried_in="5 0 0 0 0 0 5"))
    assert [one[:2] for one in found()] == [("b.md", "DL904")]
    assert outcomes()["c.md", "DL901"] == "not_applicable"


def test_a_number_that_is_uncertain_is_not_compared() -> None:
    write("a.md", report(year=2023, carried_out="一 0 0 0 0 0 1"))
    write("b.md", report(year=2024, carried_in="5 0 0 0 0 0 1"))
    assert found() == []
    assert outcomes()["b.md", "DL901"] == "undetermined"


@pytest.mark.parametrize(
    ("before", "agency", "same"),
    [
        ("青槐镇人民政府", AGENCY, True),
        (AGENCY, "青槐镇人民政府", True),
        ("陌桑县青槐镇", AGENCY, True),
        ("陌桑县白沙镇人民政府", AGENCY, False),
        ("柏屿县青槐镇人民政府", AGENCY, False),
        ("水利局", "柏屿县水利局", False),
        ("陌桑县人民政府", AGENCY, False),
    ],
)
def test_names_may_be_short_where_that_is_clear(before: str, agency: str, same: bool) -> None:
    write("a.md", report(before, 2023, carried_out="1 0 0 0 0 0 1"))
    write("b.md", report(agency, 2024, carried_in="5 0 0 0 0 0 5"))
    assert [one[:2] for one in found()] == ([("b.md", "DL901")] if same else [])


def test_a_short_name_that_two_may_bear_is_nobody_s() -> None:
    write("a.md", report("青槐镇人民政府", 2023, carried_out="1 0 0 0 0 0 1"))
    write("b.md", report("陌桑县青槐镇人民政府", 2023))
    write("c.md", report("柏屿县青槐镇人民政府", 2023))
    for name in ("青溪县青槐镇人民政府", "槐镇人民政府", "青槐镇人民政府"):
        write("d.md", report(name, 2024, carried_in="5 0 0 0 0 0 5"))
        assert [one for one in found() if one[0] == "d.md"] == []


def test_one_report_alone_is_not_compared() -> None:
    write("a.md", report())
    assert set(outcomes("a.md").values()) == {"not_applicable"}


def test_planted_mistakes_are_found_and_nothing_else() -> None:
    """Fifteen agencies over four years; where nothing is planted, nothing is found."""
    agencies = [f"陌桑县{name}镇人民政府" for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰"]
    for number, (agency, year) in enumerate(product(agencies, range(2021, 2025))):
        write(f"{year}/{number}.md", report(agency, year, documents=f"2 1 {10 + year - 2021}"))
    assert found() == []
    planted: set[tuple[str, str]] = set()
    for number, (agency, year) in enumerate(product(agencies, range(2021, 2025))):
        documents, path = f"2 1 {10 + year - 2021}", f"{year}/{number}.md"
        if number % 8 == 3:  # always 2024, so that no other year stands on it
            write(path, report(agency, year, documents=documents, carried_in="0 1 0 0 0 0 1"))
            planted.add((path, "DL901"))
        elif number % 8 == 7:
            write(path, report(agency, year, documents="2 1 11"))
            planted.add((path, "DL902"))
        elif number % 16 == 5:
            write(f"z/{number}.md", report(agency, year, documents=documents, new="7 0 0 0 0 0 7"))
            planted.add((f"z/{number}.md", "DL904"))
    assert {one[:2] for one in found()} == {*planted}
    assert len(planted) > 15


def test_the_same_comes_of_reports_that_are_kept_and_of_those_that_are_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for year in (2022, 2023, 2024):
        write(f"{year}.md", report(year=year, carried_in=f"{year - 2020} 0 0 0 0 0 2"))
    kept = run(["check", "--format", "json", "."]).stdout
    monkeypatch.setattr("disclosure_lint.engine.history._MOST_KEPT", 0)
    assert run(["check", "--format", "json", "."]).stdout == kept


def test_a_file_that_changed_meanwhile_is_read_again() -> None:
    linter = Linter.default()
    history = History(linter.pairing)
    data = report().encode()
    bound = linter.bind(linter.read("a.md", data))
    assert bound is not None
    history.add(entry_of("a.md", bound, linter.pairing), bound.form)
    history.keep("a.md", data, bound)
    other = data.replace("（七）总计".encode(), "（七）合计".encode())
    beside, alone = linter.lint("a.md", other, Settings(), history), linter.lint("a.md", other)
    assert beside.diagnostics == alone.diagnostics
    assert beside.ledger == alone.ledger
