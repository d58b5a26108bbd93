"""`facts` as tables: the same rows as CSV, JSON lines and Parquet, exact to the last digit, row group by row group."""

import csv
import json
import os
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_lint.engine.linter import Linter
from disclosure_lint.outputs.columns import CLAIMS, DECIMALS, FACTS, WHOLE_DIGITS, Column, DataTable, fits, wide
from disclosure_lint.outputs.row_texts import csv_head, csv_part, lines_part
from tests.command_line import own_place, run
from tests.schema_page import PAGES, page

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")
EXAMPLE = (Path(__file__).parent.parent / "examples" / "good" / "township-pipes.md").read_text(encoding="utf-8")
AMOUNT = "行政事业性收费"


def report(
    name: str, agency: str = "松陵县青槐镇人民政府", year: int = 2024, amount: str = "0.01", refused: str = "0"
) -> None:
    """Writes a report with that amount of fees, and something in the row 1.属于国家秘密."""
    text = EXAMPLE.replace("陌桑县青槐镇人民政府", agency).replace("2024", str(year))
    lines = text.split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith(f"| {AMOUNT}"))
    lines[at] = f"| {AMOUNT} | {amount} | | |"
    at = next(number for number, line in enumerate(lines) if "1.属于国家秘密" in line)
    lines[at] = lines[at].replace(" 0 |", f" {refused} |", 1)
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text("\n".join(lines), encoding="utf-8")


def rows(kind: str, *arguments: str) -> list[dict[str, Any]]:
    """Returns the rows that a format has, in Python's types."""
    if kind == "parquet":
        import pyarrow.parquet as pq

        assert run(["facts", "--format", "parquet", "--output-file", "t.parquet", *arguments]).status == 0
        found: list[dict[str, Any]] = pq.read_table("t.parquet").to_pylist()
        return found
    ended = run(["facts", "--format", kind, *arguments])
    assert ended.status == 0, ended.stderr
    if kind == "csv":
        return list(csv.DictReader(ended.stdout.removeprefix("\ufeff").splitlines()))
    return [json.loads(line, parse_float=Decimal) for line in ended.stdout.splitlines()]


@pytest.fixture
def county(own_place: Path) -> None:
    assert Path.cwd() == own_place
    report("甲.md", amount="1234567.000001")
    report("乙.md", "松陵县白沙乡人民政府", amount="", refused="若干")


MORE = [[], ["--claims"], ["--wide"], ["--labels", "zh"], ["--wide", "--labels", "zh"]]


@pytest.mark.long
@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("more", MORE)
def test_parquet_says_what_json_says(more: list[str]) -> None:
    assert rows("parquet", *more, ".") == rows("jsonl", *more, ".") != []


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("more", MORE)
def test_csv_says_what_json_says(more: list[str]) -> None:
    lines, texts = (rows(kind, *more, ".") for kind in ("jsonl", "csv"))
    assert len(lines) == len(texts) > 1
    for line, text in zip(lines, texts, strict=True):
        assert {key for key, value in line.items() if value in (None, [], "")} == {
            key for key, value in text.items() if value == ""
        }
        assert all(Decimal(text[key]) == value for key, value in line.items() if type(value) in (int, Decimal))


@pytest.mark.usefixtures("county")
def test_numbers_are_exact_and_what_is_none_has_a_state() -> None:
    by_name = {(row["path"], row["name"]): row for row in rows("jsonl", ".")}
    fees = by_name["甲.md", "disclosed[fees,amount]"]
    assert (fees["value"], fees["state"]) == (Decimal("1234567.000001"), "given")
    blank = by_name["乙.md", "disclosed[fees,amount]"]
    assert (blank["value"], blank["state"], blank["raw"]) == (None, "blank", "")
    word = by_name["乙.md", "requests[refused_secret,natural]"]
    assert (word["value"], word["state"], word["raw"]) == (None, "unreadable", "若干")
    (wide_row,) = rows("jsonl", "--wide", "乙.md")
    assert (wide_row["blank"], wide_row["unreadable"]) == (
        ["disclosed[fees,amount]"],
        ["requests[refused_secret,natural]"],
    )


def test_a_number_with_too_many_digits_is_not_rounded() -> None:
    report("甲.md", amount="0.0000001")
    report("乙.md", amount="1" * 19)
    for row in rows("jsonl", "."):
        if row["name"] == "disclosed[fees,amount]":
            assert (row["value"], row["state"]) == (None, "too_long")
            assert row["raw"] in ("0.0000001", "1" * 19)


def test_where_something_stands_is_told() -> None:
    examples = Path(__file__).parent.parent / "examples"
    word = next(row for row in rows("jsonl", str(examples / "good")) if row["format"] == "docx")
    assert (word["page_table"], word["table_row"], word["table_column"]) == (1, 3, 2)
    pages = {row["page"] for row in rows("jsonl", str(examples)) if row["format"] == "pdf"}
    assert None not in pages


def test_the_province_is_told() -> None:
    report("甲.md", "河南省洛阳市人民政府")
    found = rows("jsonl", "甲.md")[0]
    assert (found["province"], found["division"]) == ("河南省", "410300")


@pytest.mark.usefixtures("county")
def test_a_spreadsheet_is_told_that_it_is_utf8_and_sees_no_formula() -> None:
    report("丙.md", "=1+1县政府", amount="@SUM(A1)")
    shown = run(["facts", "--format", "csv", "--labels", "zh", "."]).stdout
    assert shown.startswith("\ufeff文件,机关,年度,数据项,数值,原文,")
    cells = [cell for row in csv.reader(shown.removeprefix("\ufeff").splitlines()) for cell in row]
    assert "'@SUM(A1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    assert not run(["facts", "--format", "csv", "."]).stdout.startswith("\ufeff")


def test_every_head_is_there_once() -> None:
    table = wide(Linter.default().forms)
    for one in (FACTS, CLAIMS, table):
        for labels in ("names", "zh"):
            heads = [column.head(labels) for column in one.columns]
            assert len(set(heads)) == len(heads)


@pytest.mark.long
@given(st.decimals(allow_nan=False, allow_infinity=False) | st.integers().map(Decimal))
def test_what_fits_comes_back(value: Decimal) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from disclosure_lint.outputs.parquet import write

    table = DataTable("t", (Column("value", "数", "number", FACTS.columns[0].about),))
    if fits(value):
        data = bytearray()
        write(table, [[[value]]], data.extend)
        assert pq.read_table(pa.BufferReader(bytes(data))).to_pylist() == [{"value": value}]
    else:
        assert abs(value) >= 10**WHOLE_DIGITS or value != round(value, DECIMALS)


@pytest.mark.long
def test_rows_are_written_group_by_group() -> None:
    """However many files there are, no more than a row group of rows is held."""
    from disclosure_lint.outputs.parquet import write

    table = DataTable("t", (FACTS.columns[0],))
    waiting = most = 0

    def parts() -> Iterator[list[list[str]]]:
        nonlocal waiting, most
        for number in range(1000):
            waiting += 200
            most = max(most, waiting)
            yield [[f"{number}.md"]] * 200

    def put(data: bytes) -> None:
        nonlocal waiting
        waiting = 0 if data else waiting

    assert write(table, parts(), put) == 200_000
    assert most <= 20_200
    assert lines_part(table, next(parts())).count("\n") == 200
    assert [csv_head(table).count("\n"), csv_part(next(parts())).count("\n")] == [1, 200]


def test_names_that_are_no_text_do_not_end_a_run() -> None:
    name = os.fsdecode(b"\xff.md")
    try:
        report(name)
    except OSError:  # a file system that takes no such name
        report("甲.md")
    assert rows("jsonl", ".")[0]["agency"] == "松陵县青槐镇人民政府"


@pytest.mark.long
def test_a_file_is_replaced_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    report("甲.md")
    Path("t.parquet").write_bytes(b"before")
    monkeypatch.setattr("disclosure_lint.outputs.rows.region_of", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(["facts", "--format", "parquet", "--output-file", "t.parquet", "."])
    assert Path("t.parquet").read_bytes() == b"before"
    assert sorted(path.name for path in Path().iterdir()) == ["t.parquet", "甲.md"]


def test_what_must_be_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "disclosure_lint.outputs.parquet", raising=False)
    monkeypatch.delattr("disclosure_lint.outputs.parquet", raising=False)
    for name in ("pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, name, None)
    ended = run(["facts", "--format", "parquet", "--output-file", "t.parquet", "."])
    assert ended.status == 2
    assert "pip install '.[corpus]'" in ended.stderr
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--wide"], "--labels、--wide、--claims 要和 --format csv、jsonl、parquet 或 xlsx 一起用"),
        (["--format", "csv", "--wide", "--claims"], "--wide 和 --claims 不能一起用"),
        (["--format", "parquet"], "parquet 不能显示，请用 --output-file 写入文件"),
    ],
)
def test_what_does_not_go_together(words: list[str], said: str) -> None:
    ended = run(["facts", *words])
    assert (ended.status, said in ended.stderr) == (2, True)


@pytest.mark.long
@pytest.mark.usefixtures("county")
def test_sql_adds_up_without_loss() -> None:
    import duckdb

    report("丙.md", amount="0.1", year=2023)
    report("丁.md", amount="0.2", year=2023)
    rows("parquet", ".")
    asked = "select sum(value) from 't.parquet' where name = 'disclosed[fees,amount]' and year = 2023"
    assert duckdb.execute(asked).fetchall() == [(Decimal("0.300000"),)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_pages_say_what_the_columns_are(lang: str) -> None:
    if os.environ.get("DISCLOSURE_LINT_UPDATE") == "1":
        PAGES[lang].write_text(page(lang), encoding="utf-8")
    assert PAGES[lang].read_text(encoding="utf-8") == page(lang)
