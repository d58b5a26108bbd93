"""Excel workbooks of `overview` and `facts`: read back by another library, no formulas, the same bytes each time."""

import csv
import sys
from collections.abc import Callable, Iterable
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_lint.outputs import workbook
from disclosure_lint.outputs.workbook import Sheet, write
from tests.command_line import own_place, run
from tests.scale import some
from tests.test_facts_tables import report as with_amount
from tests.test_overview import county
from tests.test_overview import write as report

__all__ = ["county", "own_place"]
pytestmark = pytest.mark.usefixtures("own_place")


def made(*words: str) -> dict[str, list[tuple[Any, ...]]]:
    """Returns what a command writes: rows of values by the names of the sheets."""
    command, *rest = words
    ended = run([command, "--format", "xlsx", "--output-file", "表.xlsx", *rest])
    assert (ended.status, ended.stdout) == (0, ""), ended.stderr
    return values(openpyxl.load_workbook("表.xlsx"))


def values(book: Any) -> dict[str, list[tuple[Any, ...]]]:
    return {page.title: list(page.iter_rows(values_only=True)) for page in book}


@pytest.mark.usefixtures("county")
def test_agencies_by_years() -> None:
    sheets = made("overview", "2023", "2024", "--expect", "名单.csv")
    assert list(sheets) == ["总览", "文件", "规则", "缺、重、迟"]
    assert sheets["总览"] == [
        ("机关", "2023", "2024"),
        ("陌桑县白沙乡人民政府", "缺", "重复 2"),
        ("陌桑县青槐镇人民政府", "无误", "错误 1 ?"),
        ("黑石镇", "缺", "缺"),
    ]
    assert [row[:4] for row in sheets["文件"][1:]] == [
        ("2024/白沙乡.md", "陌桑县白沙乡人民政府", 2024, "重复"),
        ("2024/白沙乡（2）.md", "陌桑县白沙乡人民政府", 2024, "重复"),
        ("2023/青槐镇.md", "陌桑县青槐镇人民政府", 2023, "无误"),
        ("2024/青槐镇.md", "陌桑县青槐镇人民政府", 2024, "错误"),
    ]
    assert [row[0] for row in sheets["规则"][1:]] == ["DL903", "DL204"]
    assert sheets["缺、重、迟"] == [
        ("情况", "机关", "年度", "说明"),
        ("没有年报", "黑石镇", None, None),
        ("缺", "陌桑县白沙乡人民政府", 2023, None),
        ("重复", "陌桑县白沙乡人民政府", 2024, "2024/白沙乡.md; 2024/白沙乡（2）.md"),
    ]


@pytest.mark.usefixtures("county")
def test_it_can_be_read_and_filtered() -> None:
    """The head stays, states have colours, Chinese names have room, and each column can be filtered."""
    made("overview", "--lang", "en", ".")
    book = openpyxl.load_workbook("表.xlsx")
    page = book["overview"]
    assert (page.freeze_panes, page.auto_filter.ref) == ("B2", "A1:C3")
    assert page.column_dimensions["A"].width > 2 * len("陌桑县青槐镇人民政府")
    colours = {cell.value.split()[0]: cell.fill.start_color.rgb for row in page["B2:C3"] for cell in row}
    assert colours.keys() == {"missing", "doubled", "clean", "errors"}
    assert len(set(colours.values())) == len(colours)


def test_what_is_not_counted_is_there_too() -> None:
    Path("坏.docx").write_bytes(b"PK\x03\x04")
    sheets = made("overview", "坏.docx")
    assert sheets["总览"] == [("机关",)]
    assert sheets["文件"][1][:4] == ("坏.docx", None, None, "读不出来")
    assert sheets["缺、重、迟"][1] == ("没有算进去", None, None, "坏.docx：读不出来")


def test_names_of_strangers_are_no_formulas() -> None:
    hostile = ["=1+1县政府", "+2县政府", "-3县政府", "@SUM(A1)县政府"]
    for number, name in enumerate(hostile):
        report(f"={number}.md", name)
        Path("名单.txt").write_text('=HYPERLINK("x")\n=1+1县', encoding="utf-8")
    made("overview", "--expect", "名单.txt", ".")
    cells = [cell for page in openpyxl.load_workbook("表.xlsx") for row in page for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s", "inlineStr", "n"} & {cell.data_type for cell in cells}
    begins = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "@"))]
    assert {cell.value for cell in begins} >= {'=HYPERLINK("x")', "=1.md"}
    assert all(cell.quotePrefix for cell in begins)


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("more", [["overview"], ["facts"], ["facts", "--wide"]])
def test_the_same_bytes_each_time(more: list[str]) -> None:
    made(*more, ".")
    before = Path("表.xlsx").read_bytes()
    made(*more, ".")
    assert Path("表.xlsx").read_bytes() == before


@pytest.mark.parametrize("more", [[], ["--claims"], ["--wide", "--labels", "zh"]])
def test_facts_are_those_of_the_other_formats(more: list[str]) -> None:
    with_amount("甲.md", amount="1234567.000001")
    with_amount("乙.md", "松陵县白沙乡人民政府", amount="", refused="若干")
    texts = run(["facts", "--format", "csv", *more, "."]).stdout.removeprefix("\ufeff")
    (rows,) = made("facts", *more, ".").values()
    told = list(csv.reader(texts.splitlines()))
    assert len(rows) == len(told)
    for row, text in zip(rows, told, strict=True):
        assert len(row) == len(text)
        for value, word in zip(row, text, strict=True):
            if isinstance(value, bool) or value is None or isinstance(value, str):
                assert str(value if value is not None else "").lower() == word.lower()
            else:
                assert Decimal(str(value)) == Decimal(word)


def book(put: Callable[[Callable[[bytes], object]], None]) -> Any:
    data = BytesIO()
    put(data.write)
    return openpyxl.load_workbook(data)


def test_a_number_that_a_spreadsheet_would_round_is_text() -> None:
    numbers: list[Any] = [10**15 - 1, 10**15, Decimal("0.1"), Decimal("123456789012.3456"), -5]
    (page,) = values(book(lambda put: write([Sheet("a", ["数"], [[one] for one in numbers])], put))).values()
    assert [row[0] for row in page[1:]] == [10**15 - 1, str(10**15), 0.1, "123456789012.3456", -5]


def test_what_does_not_fit_goes_on_on_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_MOST_ROWS", 4)
    for count, pages in ((2, 1), (3, 2), (4, 2), (7, 3)):
        rows: Iterable[list[Any]] = ([number] for number in range(count))
        found = values(book(lambda put, rows=rows: write([Sheet("a", ["数"], rows)], put)))  # type: ignore[misc]
        assert list(found) == ["a", "a 2", "a 3"][:pages]
        assert all(page[0] == ("数",) for page in found.values())
        assert [row[0] for page in found.values() for row in page[1:]] == list(range(count))


@settings(max_examples=some(200))
@given(st.text(st.characters(), max_size=40), st.sampled_from((1, 1, 1, 2_000)))
def test_any_text_comes_back_as_text(text: str, times: int) -> None:
    text *= times
    (page,) = values(book(lambda put: write([Sheet("a", ["文字", "x"], [[text, "x"]])], put))).values()
    found, beside = page[1]
    assert beside == "x"
    if text.isprintable() and len(text) < 32_768:
        assert (found or "") == text
    elif found is not None:
        assert len(found) <= 32_767


@pytest.mark.parametrize("command", ["overview", "facts"])
def test_what_must_be_there_is_said(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = run([command, "--format", "xlsx"])
    assert (ended.status, "xlsx 不能显示，请用 --output-file 写入文件" in ended.stderr) == (2, True)
    monkeypatch.delitem(sys.modules, "disclosure_lint.outputs.workbook")
    monkeypatch.delattr("disclosure_lint.outputs.workbook")
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    ended = run([command, "--format", "xlsx", "--output-file", "表.xlsx", "."])
    assert (ended.status, "pip install '.[xlsx]'" in ended.stderr) == (2, True)
    assert list(Path().iterdir()) == []
