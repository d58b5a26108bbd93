"""What other programs make of a table: read where its columns can be seen, unclear where not, and never said to lack.

Each text is what some converter leaves of a small report; `python -m tests.converters.measure` tries the programs.
"""

import pytest

from disclosure_lint import FileResult, Linter

LINTER = Linter.default()
TITLE = "青溪县民政局2023年政府信息公开工作年度报告\n\n"
HEADS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
FIRST = "一、本年新收政府信息公开申请数量"
SECOND = "二、上年结转政府信息公开申请数量"
COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def read(suffix: str = "md", **sections: str) -> FileResult:
    """Returns the result of a report with these sections by their numbers: `s3="…"`."""
    bodies = [sections.get(f"s{number}", "没有。") for number in range(1, 7)]
    text = TITLE + "\n\n".join(f"{head}\n\n{body}" for head, body in zip(HEADS, bodies, strict=True))
    return LINTER.lint(f"年报.{suffix}", text.encode())


def row(result: FileResult, table: str, name: str) -> list[object]:
    """Returns the cells of a row that are given: numbers, or None for a blank one."""
    assert result.report is not None
    return [
        fact.value for address, fact in result.report.facts.items() if (address.table, address.row) == (table, name)
    ]


def codes(result: FileResult, message: str = "") -> set[str]:
    return {one.code for one in result.diagnostics if message in one.message.zh}


def unclear(result: FileResult, table: str) -> set[str]:
    assert result.report is not None
    return {one.row for one in result.report.tables[table].unclear}


def bars(*lines: tuple[str, ...], rule: int = 1) -> str:
    """Returns rows between bars, with a rule under the first ones."""
    made = [f"| {' | '.join(cells)} |" for cells in lines]
    return "\n".join([*made[:rule], "|" + " --- |" * len(lines[0]), *made[rule:]])


def test_names_that_a_program_gives_to_blank_columns_are_blank_cells() -> None:
    head = ("", *COLUMNS)
    piece = ("5.要求行政机关确认或重新出具已获取信息", "7", "5", "Col4", "Col5", "0", "Col7", "12")
    table = bars(head, (FIRST, *"1234567"), (SECOND, *"7654321")) + "\n\n" + bars(piece, ("（七）总计", *"0000000"))
    assert row(read(s3=table), "requests", "unprocessed_confirm") == [7, 5, None, None, 0, None, 12]


def test_two_tabs_part_cells_where_all_tabs_come_in_pairs() -> None:
    lines: list[tuple[str, ...]] = [
        ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        ("规章", "3", "1", "20"),
    ]
    lines += [("行政规范性文件", "", "2", "5"), ("信息内容", "本年处理决定数量"), ("行政许可", "31"), ("行政处罚", "4")]
    lines += [("信息内容", "本年收费金额（单位：万元）"), ("行政事业性收费", "0")]
    result = read("txt", s2="\n".join("\t\t".join(cells) for cells in lines))
    assert row(result, "disclosed", "normative_documents") == [None, 2, 5]


@pytest.mark.parametrize(
    ("cells", "known"),
    [(("1", "", "", "2", "", "", "3"), []), (("1", "2", "3", "4", "5", "6", "21"), [1, 2, 3, 4, 5, 6, 21])],
    ids=["blank cells", "full"],
)
def test_a_grid_with_two_labels_in_a_cell_tells_no_columns(cells: tuple[str, ...], known: list[object]) -> None:
    head = ("", "自然人", "商业企业科研机构", "", "社会公益组织", "法律服务机构", "其他", "总计")
    result = read(s3=bars(head, (FIRST, *cells), (SECOND, *"1111116")))
    assert row(result, "requests", "new") == known
    assert ("new" in unclear(result, "requests")) == (not known)


def test_numbers_of_several_columns_in_a_cell_are_unclear_and_not_malformed() -> None:
    head = ("", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构 其他", "总计")
    rows = ((FIRST, "49", "7", "4", "1", "2 0", "63"), (SECOND, "5", "1", "0", "0", "1 2", "9"))
    result = read(s3=bars(head, *rows))
    assert row(result, "requests", "new") == row(result, "requests", "carried_in") == []
    assert "DL204" not in codes(result)


def test_blank_cells_between_the_columns_are_no_columns() -> None:
    full, part = ("行政许可", "", "36", "", "9", "", "4"), ("其他对外管理服务事项", "", "46", "", "9", "", "")
    head = ("信息内容", "上一年项目数量", "", "本年增/减", "", "处理决定数量", "")
    text = TITLE.replace("2023", "2020") + "\n\n".join(
        f"{name}\n\n{bars(head, full, part) if name == HEADS[1] else '没有。'}" for name in HEADS
    )
    result = LINTER.lint("年报.md", text.encode())
    assert row(result, "disclosed", "other_services") in ([46, 9, None], [])


def test_numbers_run_together_are_not_shifted() -> None:
    head = "                      " + "  ".join(COLUMNS)
    lines = [
        f"{FIRST}     12    34     5     6     7     8    72",
        f"{SECOND}    10    11    12    13    14    15    75",
    ]
    glued = "（一）予以公开                      1,148124     5     6     7     8    1290"
    result = read("txt", s3="\n".join([head, *lines, glued]))
    assert row(result, "requests", "granted") == []


def test_a_number_that_reaches_over_two_columns_is_of_neither() -> None:
    rows = [
        f"{label}{' ' * (44 - 2 * len(label))}" + "".join(f"{number:>6}" for number in numbers)
        for label, numbers in ((FIRST, (12, 34, 5, 6, 7, 8, 72)), (SECOND, (10, 11, 12, 13, 14, 15, 75)))
    ]
    rows.append(f"（一）予以公开{' ' * 30}   1481245     5     6     7     8    72")
    assert row(read("txt", s3="\n".join(["  ".join(COLUMNS), *rows])), "requests", "granted") == []


def test_two_labels_in_one_cell_leave_both_rows_unclear() -> None:
    head = ("", *COLUMNS)
    both = ("4.保护第三方合法权益 5.属于三类内部事务信息", "", "", "0", "0", "0", "0", "0")
    result = read(s3=bars(head, (FIRST, *"1234567"), both, ("6.属于四类过程性信息", *"1000001"), (SECOND, *"7654321")))
    assert row(result, "requests", "refused_internal") == []
    assert {"refused_third_party", "refused_internal"} <= unclear(result, "requests")


def test_what_a_merged_cell_says_again_is_no_second_number() -> None:
    lines = ["信息内容", "采购项目数量", "采购总金额", "采购总金额", "政府集中采购", "53", "53"]
    other = [
        "信息内容",
        "上一年项目数量",
        "本年增/减",
        "处理决定数量",
        "行政许可",
        "36",
        "9",
        "0",
        "行政处罚",
        "8",
        "7",
        "1",
    ]
    text = TITLE.replace("2023", "2020") + "\n\n".join(
        name + "\n\n" + ("\n\n".join([*other, *lines]) if name == HEADS[1] else "没有。") for name in HEADS
    )
    result = LINTER.lint("年报.txt", text.encode())
    assert row(result, "disclosed", "procurement") == []


def test_labels_that_stand_apart_from_their_section_are_not_missing() -> None:
    labels = ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", "结果维持 结果纠正 其他结果 尚未审结", "总计"]
    result = read("txt", s4="0", s5="\n\n".join(labels))
    assert not codes(result, "表四") & {"DL201", "DL202"}
    assert "DL205" in codes(result)


def test_a_table_that_is_not_there_is_missing() -> None:
    assert "DL201" in codes(read("txt"), "表四")


def test_where_characters_were_lost_nothing_is_said_to_lack() -> None:
    table = "行ÿ复议  行ÿ诉讼\n结果维  结果l  w他结  尚未Ā\n总计\nÿ  1  0  0  2"
    prose = "主Ā公开方面，逐项ÿ出清单；依申Ï公开方面，ç次记录；平ā建设方面，Ø新内容；监ÿ保障方面，培训。"
    result = read("txt", s1=prose * 6, s4=table)
    assert not codes(result) & {"DL201", "DL202"}


def test_squeezed_columns_of_the_only_row_tell_no_order() -> None:
    heads = "行政复议  行政诉讼\n结果维持  结果纠正  其他结果  尚未审结  总计  未经复议直接起诉  复议后起诉\n"
    heads += "结果维持  结果纠正  其他结果  尚未审结  总计  " * 2 + "\n"
    plain = "0     0     0     0     0     0     2     0     0     2     0     0     0     0     0"
    squeezed = "0        0     0 0   0   0    2       0   2     0          0    0 0   0     0"
    assert row(read("txt", s4=heads + plain), "review", "direct") == [0, 2, 0, 0, 2]
    assert row(read("txt", s4=heads + squeezed), "review", "direct") == []


def test_the_pages_of_a_document_belong_together() -> None:
    pages = [
        (TITLE, HEADS[0], "没有。"),
        (HEADS[1], "没有。", HEADS[2], "没有。", HEADS[3], "没有。"),
        ("收取费用零元。",),
    ]
    body = "".join(
        f'<div id="page{number}-div" style="width:900px">{"".join(f"<p>{line}</p>" for line in page)}</div>'
        for number, page in enumerate(pages, 1)
    )
    result = LINTER.lint("年报.html", f"<html><body>{body}</body></html>".encode())
    assert result.report is not None
    assert "收取费用零元" in result.report.document.source.text


def test_where_figures_stand_apart_no_row_is_whole_by_chance() -> None:
    broken = "\n".join(f"{label} 795 76 231 141 97 44 138\n4" for label in (FIRST, SECOND, "（一）予以公开"))
    result = read("txt", s3=f"{' '.join(COLUMNS)}\n{broken}\n1.属于国家秘密 192 67 144 40 2007 232 4")
    assert row(result, "requests", "refused_secret") == []
    assert "DL303" not in codes(result)


def test_columns_that_a_cut_header_does_not_name_are_not_blank() -> None:
    """The page ends in the middle of the table: what stood beyond is not known, whatever words stand elsewhere."""
    head = ("", "自然人", "商业企业", "科研机构")
    rest = ("（六）其他处理", "1.申请人逾期不补正", "（七）总计", "四、结转下年度继续办理")
    table = bars(head, (FIRST, *"123"), (SECOND, *"765"), *((label, *"000") for label in rest))
    result = read(s3=table)
    assert {value for name in ("new", "carried_in") for value in row(result, "requests", name)} <= set(range(1, 8))
    assert codes(result, "空着") == set()
