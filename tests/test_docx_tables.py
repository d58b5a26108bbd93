"""Tables of Word files: every cell once, with its text, its column and its place."""

from collections.abc import Iterable

from disclosure_lint import Document, Linter, Location, Table
from tests.office.docx import AUTHOR, Cell, heading, inserted, paragraph, row, run, table, word_file

LINTER = Linter.default()


def read(*blocks: str) -> Document:
    return LINTER.read("年报.docx", word_file(*blocks))


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def cells(*blocks: str) -> list[list[tuple[int, str]]]:
    """The rows of all tables: columns and texts of their cells."""
    document = read(*blocks)
    return [
        [(cell.column, document.source.slice(cell.span)) for cell in row.cells]
        for table in tables(document)
        for row in table.rows
    ]


def texts(*blocks: str) -> list[list[str]]:
    return [[text for _, text in row] for row in cells(*blocks)]


def rows(*found: Iterable[str]) -> str:
    """A table of rows as XML."""
    return f"<w:tbl>{''.join(map(''.join, found))}</w:tbl>"


def test_rows_are_lines_of_the_rendition() -> None:
    document = read(paragraph("甲"), table([["信息内容", "本年", ""], ["", "　1 ", "2"]]), table([["乙", "3"]]))
    assert document.source.text == "甲\n\n| 信息内容 | 本年 | |\n| | 1 | 2 |\n\n| 乙 | 3 |\n"
    assert [[cell.location for cell in row.cells] for table in tables(document) for row in table.rows] == [
        [Location(table=1, row=1, column=column) for column in (1, 2, 3)],
        [Location(table=1, row=2, column=column) for column in (1, 2, 3)],
        [Location(table=2, row=1, column=column) for column in (1, 2)],
    ]
    assert document.location_at(document.source.text.index("2 |")) == Location(table=1, row=2, column=3)


def test_what_stands_in_a_cell_is_on_one_line() -> None:
    broken = "<w:r><w:t>结果</w:t><w:br/><w:t>维持</w:t></w:r>"
    assert texts(table([["本年\n\n制发\n件数", paragraph(broken), "1|2"]])) == [["本年 制发 件数", "结果 维持", "1|2"]]


def test_rows_that_are_hidden_are_not_there() -> None:
    shown = '<w:hidden w:val="0"/>'
    found = rows([row(["甲", "1"])], [row(["乙", "2"], "<w:hidden/>")], [row(["丙", "3"], shown)])
    assert texts(found) == [["甲", "1"], ["丙", "3"]]


def test_merged_cells_come_once() -> None:
    found = table(
        [
            [Cell("角", 2, "restart"), Cell("横", 2), "右"],
            [Cell("盖住", 2, "continue"), "1", "2", Cell("竖", below="restart")],
            ["a", "b", "3", "4", Cell(below="continue")],
            ["c", "d", "5", "6", Cell("自立", below="restart")],
        ]
    )
    assert cells(found) == [
        [(0, "角"), (2, "横"), (4, "右")],
        [(2, "1"), (3, "2"), (4, "竖")],
        [(0, "a"), (1, "b"), (2, "3"), (3, "4")],
        [(0, "c"), (1, "d"), (2, "5"), (3, "6"), (4, "自立")],
    ]


def test_a_cell_that_goes_on_where_nothing_began_is_a_cell() -> None:
    found = table([[Cell("甲", below="continue"), "1"], ["乙", Cell("2", below="continue")], [Cell("丙", 2), "3"]])
    assert texts(found) == [["甲", "1"], ["乙", "2"], ["丙", "3"]]


def test_cells_merged_beside_each_other_in_the_old_way() -> None:
    first, more = Cell("甲", properties='<w:hMerge w:val="restart"/>'), Cell("", properties="<w:hMerge/>")
    assert cells(table([[first, more, "1"], [more, more, "2"]])) == [[(0, "甲"), (2, "1")], [(0, ""), (2, "2")]]


def test_rows_that_begin_or_end_within_the_grid() -> None:
    begin = '<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>'
    assert cells(rows(row(["a", "b", "c", "d"]), row(["1"], begin), row(["2", "3"], '<w:gridBefore w:val="x"/>'))) == [
        [(0, "a"), (1, "b"), (2, "c"), (3, "d")],
        [(2, "1")],
        [(0, "2"), (1, "3")],
    ]
    assert cells(table([[Cell("大", 999999999), "1"], [Cell("小", -5), "2"]]))[0] == [(0, "大"), (999999999, "1")]


def test_changed_tables_are_read_as_accepted() -> None:
    mark = f"<w:del {AUTHOR}/>"
    found = rows(
        row(["甲", "1"]),
        row(["删去的行", "2"], mark),
        row(["添上的行", "3"], f"<w:ins {AUTHOR}/>"),
        row(["乙", Cell("删", properties=f"<w:cellDel {AUTHOR}/>"), Cell("4", properties=f"<w:cellIns {AUTHOR}/>")]),
        row([Cell("丙", properties=f'<w:cellMerge {AUTHOR} w:vMerge="rest"/>'), "5"]),
        row([Cell("", properties=f'<w:cellMerge {AUTHOR} w:vMerge="cont"/>'), paragraph(inserted("6"))]),
    )
    assert texts(found) == [["甲", "1"], ["添上的行", "3"], ["乙", "4"], ["丙", "5"], ["6"]]
    (notice,) = read(found).notices
    assert notice.zh == "还有 7 处没有接受的修订"
    document = read(found)
    assert [row.cells[0].location for row in tables(document)[0].rows][:2] == [
        Location(table=1, row=1, column=1),
        Location(table=1, row=3, column=1),
    ]
    gone = read(paragraph("甲"), rows(row(["1", "2"]), row(["全删", "3"], mark)), paragraph("乙"))
    assert [one.location for one in gone.notices] == [Location(table=1)]
    assert texts(rows(row(["全删"], mark))) == []


def test_wrapped_rows_and_cells() -> None:
    cell = "<w:sdt><w:sdtPr/><w:sdtContent><w:tc><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc></w:sdtContent></w:sdt>"
    line = f"<w:tr>{cell}<w:customXml><w:tc/></w:customXml></w:tr>"
    assert texts(rows(line, f"<w:sdt><w:sdtContent>{line}</w:sdtContent></w:sdt>")) == [["格", ""], ["格", ""]]


def test_a_table_within_a_table_is_a_table_of_its_own() -> None:
    inner = heading("二、主动公开政府信息情况", 2) + table([["规章", "1"], ["行政规范性文件", "2"]]) + paragraph("说明")
    found = read(table([["上", "行"], ["旁边", inner], ["下", "行"]]), table([["后", "表"]]))
    parts = [
        "| 上 | 行 |",
        "旁边",
        "二、主动公开政府信息情况",
        "| 规章 | 1 |\n| 行政规范性文件 | 2 |",
        "说明",
        "| 下 | 行 |",
    ]
    lines = "\n\n".join([*parts, "| 后 | 表 |"]) + "\n"
    assert found.source.text == lines
    places = {text: found.location_at(lines.index(text)) for text in ("旁边", "说明", "规章", "下", "后")}
    assert places == {
        "旁边": Location(table=1, row=2, column=1),
        "说明": Location(table=1, row=2, column=2),
        "规章": Location(table=2, row=1, column=1),
        "下": Location(table=1, row=3, column=1),
        "后": Location(table=3, row=1, column=1),
    }


def test_a_table_that_only_frames_text_is_no_table() -> None:
    framed = (
        paragraph("外面") + table([[heading("一、总体情况", 2) + paragraph("里面")], ["又一格"]]) + paragraph("再外面")
    )
    found = read(framed)
    assert found.source.text == "外面\n\n一、总体情况\n\n里面\n\n又一格\n\n再外面\n"
    assert [block.location for block in found.blocks if not isinstance(block, Table)] == [
        Location(paragraph=1),
        Location(table=1, row=1, column=1),
        Location(table=1, row=1, column=1),
        Location(table=1, row=2, column=1),
        Location(paragraph=2),
    ]
    assert read(table([])).blocks == ()
    assert read(paragraph(run("甲")), "<w:tbl><w:tr/></w:tbl>").source.text == "甲\n"
