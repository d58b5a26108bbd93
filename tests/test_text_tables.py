"""Tables in text as web sites, spreadsheets and converters leave them."""

import pytest

from disclosure_lint import FileResult, Linter
from disclosure_lint.model.document import Table
from tests.generation import report
from tests.test_table_syntaxes import document, facts, grids, places

LINTER = Linter.default()
_TITLE = "# 澄溪县青山镇人民政府2023年政府信息公开工作年度报告\n\n"
_REVIEW = "四、政府信息公开行政复议、行政诉讼情况\n\n"
_HEAD = (
    "<tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr>\n<tr>{0}<td colspan=5>未经复议直接起诉</td>"
    "<td colspan=5>复议后起诉</td></tr>\n<tr>{1}{1}</tr>\n"
)
_NAMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
_VALUES = (1, 0, 2, 0, 3, 4, 0, 0, 1, 5, 0, 0, 0, 12, 12)


def review(cells: str) -> str:
    """A report with 表四 in HTML, the cells of its last row as given."""
    names = ("".join(f"<td{more}>{name}</td>" for name in _NAMES) for more in (" rowspan=2", ""))
    table = f"  <table>\n{_HEAD.format(*names)}<tr>{cells}</tr>\n</table>"
    return f"{_TITLE}{_REVIEW}前言\n\n{table} 后记\n\n五、存在的主要问题及改进情况\n"


def lint(text: str, name: str = "年报.md") -> FileResult:
    """What is found in a text."""
    return LINTER.lint(name, text.encode())


def row(text: str, name: str = "年报.md", at: int = -1) -> list[str]:
    """The cells of a row of the first table, blank ones too."""
    found = document(text, name)
    table = next(block for block in found.blocks if isinstance(block, Table))
    return [found.source.folded[cell.span.start : cell.span.end] for cell in table.rows[at].cells]


@pytest.mark.parametrize(
    "cell",
    [
        "<td>{}</td>",
        "<td> <p align=center><b>{}</b></p></td>",
        "<TD>\n{}&nbsp;\n</TD>",
        "<td>**{}**",
        "<td><!-- 已核 -->{}</td>",
    ],
)
def test_html_in_markdown(cell: str) -> None:
    text = review("".join(cell.format(value) for value in _VALUES))
    result = lint(text)
    assert [value for _, value in facts(result).values()] == list(_VALUES)
    assert list(places(result).values()) == list(map(str, _VALUES))
    assert result.report is not None
    fact = list(result.report.facts.values())[-2]
    before = text[: text.rindex("12", 0, text.rindex("12"))]
    assert result.source is not None
    assert result.source.position(fact.span.start) == (before.count("\n") + 1, len(before) - before.rfind("\n"))


def test_a_number_that_tags_split_is_one_number() -> None:
    text = review("".join(f"<td>{value}</td>" for value in _VALUES[:-2]) + "<td>1<b>2</b></td><td>1<span>2</span></td>")
    result = lint(text)
    assert [value for _, value in facts(result).values()] == list(_VALUES)
    assert list(places(result).values())[-2:] == ["1<b>2", "1<span>2"]


def test_what_stands_around_a_table_is_read() -> None:
    found = document(review("<td>1</td>"))
    texts = [found.source.slice(block.span) for block in found.blocks if not isinstance(block, Table)]
    assert texts[2:] == ["前言", "后记", "五、存在的主要问题及改进情况"]


def test_a_comment_in_a_table_silences_its_row() -> None:
    cells = "".join(f"<td>{value}</td>" for value in (*_VALUES[:-1], 11))
    assert "DL304" in {one.code for one in lint(review(cells)).diagnostics}
    silent = lint(review(f"<!-- disclosure-lint: ignore[DL304] 已核 -->{cells}"))
    assert "DL304" not in {one.code for one in silent.diagnostics}
    assert "DL005" not in {one.code for one in silent.diagnostics}


def test_html_that_cannot_be_read_is_said_to_be_there() -> None:
    deep = "<div>" * 300
    assert document(f"{_TITLE}<table><tr><td>{deep}1</td></tr></table>\n").unread is not None
    assert document(f"{_TITLE}<table><tr><td>1</td><td>2</td></tr></table>\n").unread is None


def test_a_file_with_such_tables_gets_no_fixes() -> None:
    assert not document(review("<td>1</td>")).is_text
    assert document(_TITLE).is_text


@pytest.mark.parametrize(
    "rule", ["|---|---|---|", "|:---:|---:|:--|", "| - | - | - |", "|---+---+---|", "｜：－－：｜－－：｜－－｜"]
)
def test_a_rule_is_no_row(rule: str) -> None:
    assert len(grids(document(f"| 甲 | 乙 | 丙 |\n{rule}\n| 1 | 2 | 3 |\n"))[0]) == 2


@pytest.mark.parametrize("dashes", ["| - | - | - |", "| -- | -- | -- |", "| — | — | — |", "| —— | —— | —— |"])
def test_dashes_for_nothing_are_a_row(dashes: str) -> None:
    assert len(grids(document(f"| 甲 | 乙 | 丙 |\n|---|---|---|\n{dashes}\n"))[0]) == 2


def test_a_blank_row_above_a_rule_is_none_and_another_is_one() -> None:
    assert grids(document("|  |  |\n|---|---|\n| 甲 | 乙 |\n| | |\n")) == [[{0: "甲", 1: "乙"}, {}]]


def test_a_bar_that_is_escaped_parts_nothing() -> None:
    assert row("| 甲\\|乙 | 1 |\n") == ["甲\\|乙", "1"]


def test_rows_without_bars_at_their_ends_keep_blank_cells() -> None:
    text = "信息内容| 制发| 废止  \n规章| 3|   \n| 5| 6  \n"
    assert grids(document(text)) == [[{0: "信息内容", 1: "制发", 2: "废止"}, {0: "规章", 1: "3"}, {1: "5", 2: "6"}]]


def test_a_line_with_a_bar_is_prose() -> None:
    assert grids(document("来源：县政府办 | 日期：1月2日\n\n本机关重视公开|公示工作。\n继续做好公开|公示。\n")) == []


def test_a_lone_bar_is_a_blank_cell_where_each_cell_has_its_line() -> None:
    lines = "申请人情况 |\n||||\n自然人 |\n总计 |\n||\n一、本年新收 |\n|\n5 |\n||\n二、上年结转 |\n2 |\n|\n|\n"
    text = "\n".join(lines.split("\n"))
    assert [row(text, at=at) for at in range(4)] == [
        ["申请人情况"],
        ["自然人", "总计"],
        ["一、本年新收", "", "5"],
        ["二、上年结转", "2", "", ""],
    ]


def test_a_bar_below_a_text_without_one_ends_it() -> None:
    text = "申请人情况 |\n||\n自然人\n|\n总计 |\n||\n一、本年新收\n|\n|\n5 |\n||\n二、上年结转 |\n2\n|\n0 |\n"
    rows = [["申请人情况"], ["自然人", "总计"], ["一、本年新收", "", "5"], ["二、上年结转", "2", "0"]]
    assert [row(text, at=at) for at in range(4)] == rows


def test_a_heading_above_a_blank_cell_is_none_of_the_table_before_it() -> None:
    text = "规章 |\n1 |\n2 |\n3 |\n||\n三、收到申请情况\n|\n申请人情况 |\n||\n总计 |\n||\n"
    assert grids(document(text)) == [
        [{0: "规章", 1: "1", 2: "2", 3: "3"}],
        [{}, {0: "申请人情况"}, {0: "总计"}],
    ]


_BROKEN = """自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计
一、本年新收政府信息公开申请数量 5 80 260 3 496 0 5
{0}
二、上年结转政府信息公开申请数量 7 7 7732 8312 2 3 58
三、本年度办理结果
（一）予以公开 1 0 0 0 0 0 1
"""


@pytest.mark.parametrize(("between", "doubted"), [("907 61", ["carried_in", "new"]), ("2", [])])
def test_numbers_between_rows_may_be_the_upper_half_of_those_below(between: str, doubted: list[str]) -> None:
    # One alone may be a page's.
    report = lint(f"{_TITLE}三、收到和处理政府信息公开申请情况\n\n{_BROKEN.format(between)}", "年报.txt").report
    assert report is not None
    rows = {one.row for one in report.tables["requests"].unclear}
    assert sorted(rows & {"new", "carried_in", "granted"}) == doubted


def test_a_tab_behind_every_cell_is_no_cell() -> None:
    text = "\t自然人\t总计\t\n一、本年新收\t1\t \t\n二、上年结转\t \t2\t\n"
    assert row(text, "a.txt", 1) == ["一、本年新收", "1", ""]
    # The last column may as well be blank, where nothing says that it is none.
    assert row("一、本年新收\t1\t\n二、上年结转\t2\t\n", "a.txt", 0) == ["一、本年新收", "1", ""]


def test_repeated_labels_are_one_cell_and_repeated_numbers_are_not() -> None:
    found = document("| 行政复议 | 行政复议 | 不适用 | 不适用 | 12 | 12 |\n")
    (table,) = (block for block in found.blocks if isinstance(block, Table))
    assert [(cell.column, cell.columns) for cell in table.rows[0].cells] == [(0, 2), (2, 1), (3, 1), (4, 1), (5, 1)]


def test_numbers_that_pandas_adds_are_no_cells() -> None:
    text = "|    | 0 | 1 | 2 |\n|---:|:---|:---|:---|\n|  0 | 甲 | 乙 | 丙 |\n|  1 | 规章 | 0 | nan |\n"
    assert row(text) == ["规章", "0", ""]
    # Without the numbers above it, a first column that counts is one of the table.
    assert row("| 甲 | 乙 |\n|---|---|\n| 0 | 5 |\n| 1 | 6 |\n") == ["1", "6"]


def test_numbers_above_columns_that_spaces_part_are_none() -> None:
    assert row("     0    1    2\n0  规章    0    1\n1  规范性文件  NaN  3\n", "a.txt", 1) == ["规范性文件", "", "3"]
    assert len(document("规章\n0 1 2\n规范性文件\n0 0 0\n", "a.txt").blocks) == 4


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('规章,"1,234",0,5\n规范性文件,1,,2\n', ["规范性文件", "1", "", "2"]),
        ("规章;3,5;0;5\n规范性文件;1;;2\n", ["规范性文件", "1", "", "2"]),
        ('"行政\n许可",1,2,3\n"行政\n处罚",4,5,6\n', ["行政\n处罚", "4", "5", "6"]),
    ],
)
def test_commas_part_cells(text: str, cells: list[str]) -> None:
    assert row(text, "a.txt") == cells


@pytest.mark.parametrize(
    "text",
    [
        "新收5件,办结5件,结转0件,全部按时答复\n受理6件,办结6件,结转0件,没有超过期限\n",
        "一、本年新收 1,234 2,345 3,579 0\n二、上年结转 1,000 2,000 3,000 0\n",
        "规章,1,2,3\n\n规章,1,2,3\n",
        "网址：https://a.example/1,2,3,4。\n网址：https://a.example/5,6,7,8。\n",
    ],
)
def test_commas_of_prose_and_numbers_part_nothing(text: str) -> None:
    assert grids(document(text, "a.txt")) == []


def test_a_sheet_saved_whole() -> None:
    lines = [
        f"{_TITLE[2:].strip()},,,",
        ",,,",
        "二、主动公开政府信息情况,,,",
        "信息内容,本年制发件数,本年废止件数,现行有效件数",
        "规章,0,0,1",
    ]
    found = document("\n".join(lines), "年报.csv")
    assert [type(block).__name__ for block in found.blocks] == ["Paragraph", "Table", "Paragraph", "Table"]
    assert row("甲,1\n乙,2\n", "a.csv") == ["乙", "2"]


def test_a_number_in_the_cell_of_its_label_is_the_row_s() -> None:
    rows = "".join(
        f"| {cells} |\n" for cells in ("信息内容 | 本年处理决定数量", "---|---", "行政处罚 3 | ", "行政强制 | 0")
    )
    assert facts(lint(f"{_TITLE}二、主动公开政府信息情况\n\n{rows}\n三、收到和处理政府信息公开申请情况\n")) == {
        "disclosed[penalties,decisions]": ("given", 3),
        "disclosed[coercion,decisions]": ("given", 0),
    }


def test_labels_that_stand_once_are_those_of_all_blocks() -> None:
    labels = " ".join((*_NAMES, "未经复议直接起诉", "复议后起诉"))
    numbers = " ".join(map(str, _VALUES))
    text = f"{_TITLE}{_REVIEW}行政复议 行政诉讼\n{labels}\n{numbers}\n\n五、存在的主要问题及改进情况\n"
    assert [value for _, value in facts(lint(text, "年报.txt")).values()] == list(_VALUES)
    other = text.replace("其他结果 尚未审结", "尚未审结 其他结果")
    assert facts(lint(other, "年报.txt")) == {}


@pytest.mark.parametrize("name", ["备注", "占比", "2022年", "上年科研机构", "小计"])
def test_a_column_of_another_name_has_no_number_of_the_form(name: str) -> None:
    rendered = report("another", "pipes", "county")
    result = LINTER.lint("年报.md", rendered.text.replace("| 科研机构 |", f"| {name} |").encode())
    (code,) = (one.code for one in result.diagnostics if one.code.startswith(("DL2", "DL3")))
    given = facts(result)
    assert not any("research" in cell for cell in given)
    # A name with all of the form's in it leaves it uncertain whether the form's column is there at all.
    assert (code, "requests[new,total]" in given) == (("DL205", False) if "科研机构" in name else ("DL202", True))
