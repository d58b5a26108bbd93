"""`overview`: agencies by years, what is missing, doubled and often wrong, from files or from an earlier result."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_lint.divisions.agencies import Agencies
from disclosure_lint.model.agency import Pairing
from disclosure_lint.outputs.overview import Checked, overview
from tests.command_line import own_place, run
from tests.scale import some

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")
EXAMPLE = (Path(__file__).parent.parent / "examples" / "good" / "township-pipes.md").read_text(encoding="utf-8")


def write(name: str, agency: str = "陌桑县青槐镇人民政府", year: int = 2024, *, wrong: bool = False) -> None:
    """Writes the example as the report of another agency and year, perhaps with a word for a number."""
    text = EXAMPLE.replace("陌桑县青槐镇人民政府", agency).replace("2024", str(year))
    if wrong:
        text = re.sub(r"(（一）予以公开 \| \| )\d+", r"\g<1>若干", text)
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


@pytest.fixture
def county(own_place: Path) -> None:
    assert Path.cwd() == own_place
    write("2023/青槐镇.md", year=2023)
    write("2024/青槐镇.md", wrong=True)
    write("2024/白沙乡.md", "陌桑县白沙乡人民政府")
    write("2024/白沙乡（2）.md", "陌桑县白沙乡人民政府")
    Path("2024/说明.md").write_text("# 说明\n", encoding="utf-8")
    Path("名单.csv").write_text("机关名称,联系人\n青槐镇,甲\n白沙乡,乙\n黑石镇,丙\n", encoding="gbk")


def made(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(["overview", "--format", "json", *arguments]).stdout)
    return found


def states(found: dict[str, Any]) -> dict[str, list[str]]:
    return {row["agency"]: [cell["state"] for cell in row["years"]] for row in found["agencies"]}


@pytest.mark.usefixtures("county")
def test_agencies_and_years() -> None:
    found = made("2023", "2024", "--expect", "名单.csv")
    assert found["years"] == [2023, 2024]
    assert states(found) == {
        "陌桑县白沙乡人民政府": ["missing", "doubled"],
        "陌桑县青槐镇人民政府": ["clean", "errors"],
        "黑石镇": ["missing", "missing"],
    }
    assert found["without_reports"] == ["黑石镇"]
    assert found["not_counted"] == []
    assert [rule["code"] for rule in found["rules"]] == ["DL903", "DL204"]


@pytest.mark.usefixtures("county")
def test_as_a_table() -> None:
    shown = run(["overview", "--expect", "名单.csv", "2023", "2024"]).stdout
    lines = shown.splitlines()
    assert lines[0].split() == ["机关", "2023", "2024"]
    assert lines[1].split() == ["陌桑县白沙乡人民政府", "缺", "重复", "2"]
    assert "没有年报的机关：\n  黑石镇\n" in shown
    assert "缺的年份：\n  陌桑县白沙乡人民政府：2023\n" in shown
    assert "一年不止一份：\n  陌桑县白沙乡人民政府 2024：2024/白沙乡.md、2024/白沙乡（2）.md\n" in shown


@pytest.mark.usefixtures("county")
def test_for_spreadsheets() -> None:
    assert run(["overview", "--format", "csv", "--output-file", "表.csv", "."]).status == 0
    data = Path("表.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert [(row["机关"], row["年度"], row["状态"]) for row in rows][:2] == [
        ("陌桑县白沙乡人民政府", "2023", "缺"),
        ("陌桑县白沙乡人民政府", "2024", "重复"),
    ]


@pytest.mark.usefixtures("county")
def test_an_earlier_result_gives_the_same() -> None:
    Path("上次.jsonl").write_text(run(["check", "--format", "jsonl", "2023", "2024"]).stdout, encoding="utf-8")
    assert made("上次.jsonl") == made("2023", "2024")
    both = made("上次.jsonl", "2023")
    assert states(both)["陌桑县青槐镇人民政府"] == ["doubled", "errors"]


@pytest.mark.usefixtures("county")
def test_years_can_be_named() -> None:
    assert made("2023", "2024", "--years", "2024")["years"] == [2024]
    assert made("2023", "2024", "--years", "2022-2024")["years"] == [2022, 2023, 2024]


def test_what_cannot_be_read_or_placed_is_told() -> None:
    Path("坏.docx").write_bytes(b"PK\x03\x04")
    Path("说明.md").write_text("# 说明\n", encoding="utf-8")
    said = run(["overview", "坏.docx", "说明.md"])
    assert said.status == 0
    assert "  坏.docx：读不出来\n  说明.md：不是年度报告\n" in said.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a.jsonl"], "a.jsonl:2: 不是 check --format jsonl 写的结果"),
        (["none.jsonl"], "none.jsonl: 读不了：文件不存在"),
        (["--expect", "none.txt", "."], "none.txt: 读不了：文件不存在"),
        (["--years", "2024-2022", "."], "--years 写成 2024 或 2022-2024"),
        (["--years", "²", "."], "--years 写成 2024 或 2022-2024"),
    ],
)
def test_mistakes(words: list[str], said: str) -> None:
    Path("a.jsonl").write_text('{"type": "run"}\n{"type": "file"}\n', encoding="utf-8")
    ended = run(["overview", *words])
    assert (ended.status, said in ended.stderr) == (2, True)


@pytest.mark.parametrize(
    ("name", "agency", "same"),
    [
        ("青槐镇", "陌桑县青槐镇人民政府", True),
        ("陌桑县青槐镇人民政府", "青槐镇人民政府", True),
        ("陌桑县青槐镇", "陌桑县青槐镇人民政府", True),
        ("水利局", "陌桑县水利局", True),
        ("陌桑县住建局", "陌桑县住房和城乡建设局", True),
        ("槐镇街道办事处", "陌桑县青槐镇人民政府", False),
        ("陌桑县", "陌桑县青槐镇人民政府", False),
        ("人民政府", "陌桑县青槐镇人民政府", False),
    ],
)
def test_names_of_a_list_may_be_short(name: str, agency: str, same: bool) -> None:
    write("a.md", agency)
    Path("名单.txt").write_text(name, encoding="utf-8")
    assert made("a.md", "--expect", "名单.txt")["without_reports"] == ([] if same else [name])


def test_an_agency_has_one_row_whatever_it_is_called() -> None:
    """Short and long names, a county that became a district, an abbreviation, and one that only a person knows."""
    write("1.md", "青槐镇人民政府", 2022)
    write("2.md", "陌桑县青槐镇人民政府", 2023)
    write("3.md", "洛阳市孟津县水利局", 2022)
    write("4.md", "孟津区水利局", 2023)
    write("5.md", "陌桑县发改委", 2022)
    write("6.md", "陌桑县发展和改革局", 2023)
    write("7.md", "陌桑县大数据中心", 2022)
    write("8.md", "陌桑县数据局", 2023)
    assert len(states(made("."))) == 5
    Path("disclosure-lint.toml").write_text('[agencies]\n"陌桑县数据局" = ["陌桑县大数据中心"]\n', encoding="utf-8")
    found = states(made("."))
    assert list(found) == ["孟津区水利局", "陌桑县发展和改革局", "陌桑县数据局", "陌桑县青槐镇人民政府"]
    assert all("missing" not in row for row in found.values())


def test_what_reports_say_of_each_other_is_counted() -> None:
    write("2023.md", year=2023)
    text, count = re.subn(r"(上年结转政府信息公开申请数量 \| \| \|) \d+", r"\g<1> 4", EXAMPLE)
    assert count == 1
    Path("2024.md").write_text(text, encoding="utf-8")
    assert "DL901" in {rule["code"] for rule in made(".")["rules"]}
    Path("上次.jsonl").write_text(run(["check", "--format", "jsonl", "."]).stdout, encoding="utf-8")
    assert made("上次.jsonl") == made(".")


_FILES = st.builds(
    Checked,
    st.sampled_from("abcd"),
    st.sampled_from(["甲镇", "乙乡", None]),
    st.sampled_from([2022, 2024, None]),
    st.sampled_from(["linted", "unreadable"]),
    st.fixed_dictionaries({"error": st.integers(0, 3)}),
    st.integers(0, 2),
    st.dictionaries(st.sampled_from([("DL301", "x"), ("DL302", "y")]), st.integers(1, 3)),
)


@settings(max_examples=some(500))
@given(st.lists(_FILES))
def test_every_file_is_in_exactly_one_place(files: list[Checked]) -> None:
    whole = overview(files, Agencies(Pairing()))
    cells = [file for row in whole.agencies.values() for cell in row.values() for file in cell.files]
    assert sorted([*cells, *whole.unnamed], key=repr) == sorted(files, key=repr)
    assert all(tuple(row) == whole.years for row in whole.agencies.values())
    assert sum(count for *_, count in whole.rules) == sum(sum(file.codes.values()) for file in files)
