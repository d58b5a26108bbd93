"""Outputs: what people and programs get to see of results."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

import pytest

from disclosure_lint.model.diagnostic import Diagnostic, Related, Severity, Words
from disclosure_lint.model.document import Document, Location
from disclosure_lint.model.form import Address, Column, Form, FormRow, Law, SectionForm, TableForm
from disclosure_lint.model.report import BoundTable, Fact, Report, Section, Title, Unclear
from disclosure_lint.model.result import FileResult, LedgerEntry
from disclosure_lint.model.source import Source, Span
from disclosure_lint.outputs import facts, json_output, rendition, text
from disclosure_lint.outputs.excerpt import excerpt
from disclosure_lint.outputs.width import harmless, total_width

TEXT = "枫桥镇2023年报告\n一、总体情况\n总计\t12\t1,5\t\n"
_LAW = Law("国办公开办函〔2021〕30号", "附件 表三", "原文")


def _span(part: str, text: str = TEXT) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def _diagnostic(part: str, **changes: Any) -> Diagnostic:
    diagnostic = Diagnostic(
        path="枫桥镇.md",
        code="DL302",
        name="outcomes-total",
        severity=Severity.error,
        message=Words("总计应为 11", "the total should be 11"),
        span=_span(part),
        law=(_LAW,),
    )
    return replace(diagnostic, **changes)


def _result(diagnostics: Sequence[Diagnostic], *ledger: LedgerEntry, report: Report | None = None) -> FileResult:
    return FileResult("枫桥镇.md", "linted", tuple(diagnostics), ledger, Source("枫桥镇.md", TEXT), report)


def _text(result: FileResult, style: text.TextStyle) -> str:
    return "".join(text.render([result], style))


PASSED = LedgerEntry("DL301", "passed")
FAILED = LedgerEntry("DL302", "failed")
UNDETERMINED = LedgerEntry("DL303", "undetermined", Words("有一行分不清", "a row is unclear"))
NOT_APPLICABLE = LedgerEntry("DL401", "not_applicable", Words("2020 年", "2020"))


def test_a_diagnostic_with_everything() -> None:
    related = (Related(_span("一、"), Words("这里", "here")), Related(_span("1,5"), Words("和这里", "and here")))
    result = _result([_diagnostic("12", related=related, also=("DL303", "DL304"))], FAILED)
    assert _text(result, text.TextStyle()) == (
        "枫桥镇.md:3:4: error DL302 总计应为 11\n"
        "     3 | 总计    12  1,5\n"
        "       |         ^^  ---\n"
        "  关联：枫桥镇.md:2:1: 这里\n"
        "  关联：枫桥镇.md:3:7: 和这里\n"
        "  同一处错误还违反：DL303、DL304\n"
        "  依据：国办公开办函〔2021〕30号 附件 表三\n"
        "\n"
        "共检查 1 个文件：错误 1，警告 0，提示 0\n"
        "规则 1 条：通过 0，未通过 1，不适用 0，无法判定 0\n"
    )


def test_the_same_in_english() -> None:
    related = (Related(_span("1,5"), Words("和这里", "and here")), Related(_span("总计"), Words("列", "column")))
    result = _result([_diagnostic("12", related=related, also=("DL303",), law=(Law("custom", "habit"),))], FAILED)
    assert _text(result, text.TextStyle(lang="en")) == (
        "枫桥镇.md:3:4: error DL302 the total should be 11\n"
        "     3 | 总计    12  1,5\n"
        "       | ----    ^^  ---\n"
        "  also: 枫桥镇.md:3:7: and here; column\n"
        "  the same mistake also breaks: DL303\n"
        "  law: custom, not law (habit)\n"
        "\n"
        "1 file checked: 1 error, 0 warning, 0 info\n"
        "1 rule: 0 passed, 1 failed, 0 not applicable, 0 undetermined\n"
    )


def test_quiet_says_one_line_a_diagnostic() -> None:
    result = _result([_diagnostic("12"), _diagnostic("总计", severity=Severity.info)], FAILED)
    assert _text(result, text.TextStyle(quiet=True)) == (
        "枫桥镇.md:3:4: error DL302 总计应为 11\n枫桥镇.md:3:1: info DL302 总计应为 11\n"
    )


def test_verbose_says_what_was_not_checked() -> None:
    partly = LedgerEntry("DL304", "failed", Words("一列是空的", "a column is blank"))
    shown = _text(_result([], PASSED, UNDETERMINED, NOT_APPLICABLE, partly), text.TextStyle(verbose=True))
    assert shown == (
        "枫桥镇.md 没有检查或没有查全：\n"
        "  DL303 无法判定：有一行分不清\n"
        "  DL401 不适用：2020 年\n"
        "  DL304 未通过：一列是空的\n"
        "\n"
        "共检查 1 个文件：错误 0，警告 0，提示 0\n"
        "规则 4 条：通过 1，未通过 1，不适用 1，无法判定 1\n"
    )
    assert _text(_result([], PASSED), text.TextStyle(verbose=True)).startswith("共检查")


def test_several_files_and_statistics() -> None:
    results = [
        _result([_diagnostic("12"), _diagnostic("总计"), _diagnostic("一、", code="DL103", name="a-title")], FAILED),
        FileResult("空.txt", "unreadable", (_diagnostic("12", code="DL001", name="a-file"),), (FAILED, PASSED)),
    ]
    shown = "".join(text.render(iter(results), text.TextStyle(statistics=True)))
    assert shown.endswith(
        "2  DL302  outcomes-total\n"
        "1  DL001  a-file\n"
        "1  DL103  a-title\n"
        "共检查 2 个文件：错误 4，警告 0，提示 0\n"
        "规则 2 条，判定 3 次：通过 1，未通过 2，不适用 0，无法判定 0\n"
    )
    assert "枫桥镇.md:1:1: error DL001 总计应为 11\n  依据：" in shown


def test_a_file_is_written_before_the_next_is_read() -> None:
    def results() -> Any:
        yield _result([_diagnostic("12")])
        raise LookupError

    pieces = text.render(results(), text.TextStyle(quiet=True))
    assert next(pieces).startswith("枫桥镇.md:3:4")
    with pytest.raises(LookupError):
        next(pieces)


def test_colours() -> None:
    shown = _text(_result([_diagnostic("12")]), text.TextStyle(color=True))
    assert shown.splitlines()[0] == (
        "\033[1m枫桥镇.md:3:4\033[0m: \033[1;31merror\033[0m \033[1mDL302\033[0m 总计应为 11"
    )
    assert "\033" not in _text(_result([_diagnostic("12")]), text.TextStyle())


def test_nothing_of_a_document_reaches_the_terminal_unseen() -> None:
    message = Words("“\033]0;x\a\u202e”写错了", "")
    result = _result([replace(_diagnostic("12", message=message), path="a\033[2J\n.md")])
    shown = _text(result, text.TextStyle())
    assert shown.isprintable() or set(shown) - {"\n"} == {char for char in shown if char.isprintable()}
    assert "a␛[2J␊.md:3:4: error DL302 “␛]0;x␇<U+202E>”写错了\n" in shown


@pytest.mark.parametrize(
    ("line", "part", "shown", "marks"),
    [
        ("甲 12", "12", "甲 12", "   ^^"),
        ("甲 12", "甲", "甲 12", "^^"),
        ("一\t二", "二", "一  二", "    ^^"),
        ("abcd\te", "e", "abcd    e", "        ^"),
        ("e\u0301a", "a", "e\u0301a", " ^"),
        ("𬭁镇", "镇", "𬭁镇", "  ^^"),
        ("０１a", "a", "０１a", "    ^"),
        ("“a”b", "b", "“a”b", "   ^"),
        ("a\u200bb", "b", "a<U+200B>b", "         ^"),
        ("a\x00b", "b", "a␀b", "  ^"),
        ("a\u0085b", "b", "a<U+0085>b", "         ^"),
        ("한글", "글", "한글", "  ^^"),
        ("12   ", "12", "12", "^^"),
    ],
)
def test_marks_stand_under_their_place(line: str, part: str, shown: str, marks: str) -> None:
    assert excerpt(Source("a", line), _span(part, line), 80) == (shown, marks)


def test_an_empty_place_is_marked_once() -> None:
    source = Source("a", "甲乙\n\n丙")
    assert excerpt(source, Span(2, 2), 80) == ("甲乙", "    ^")
    assert excerpt(source, Span(3, 3), 80) == ("", "^")
    assert excerpt(source, Span(5, 5), 80) == ("丙", "  ^")
    assert excerpt(source, Span(0, 0), 80) == ("甲乙", "^^")
    assert excerpt(Source("a", ""), Span(0, 0), 80) == ("", "^")


def test_a_place_of_several_lines_is_marked_in_the_first() -> None:
    assert excerpt(Source("a", "甲乙\n丙"), Span(1, 4), 80) == ("甲乙", "  ^^")


def test_a_long_line_is_cut_around_the_place() -> None:
    source = Source("a", "长" * 100 + "错" + "尾" * 100)
    assert excerpt(source, Span(100, 101), 24) == ("…" + "长" * 4 + "错" + "尾" * 7 + "…", " " * 9 + "^^")
    assert excerpt(source, Span(3, 4), 24) == ("长" * 12 + "…", " " * 6 + "^^")
    assert excerpt(source, Span(100, 201), 24) == ("…" + "长" * 4 + "错" + "尾" * 7 + "…", " " * 9 + "^" * 16)
    assert excerpt(source, Span(200, 201), 24) == ("…" + "尾" * 5, " " * 9 + "^^")
    assert excerpt(source, Span(201, 201), 24) == ("…" + "尾" * 4, " " * 9 + "^")


def test_a_line_of_ten_million_characters_is_cut_fast() -> None:
    source = Source("a", "0\t" * 5_000_000)
    shown, marks = excerpt(source, Span(9_000_000, 9_000_001), 100)
    assert total_width(shown) <= 102
    assert marks.strip() == "^"


def test_other_places_outside_the_line_or_the_window_are_not_marked() -> None:
    source = Source("a", "前\n" + "一" * 20 + "甲乙" + "二" * 40 + "\n后")
    others = [Span(0, 1), Span(5, 8), Span(23, 24), Span(60, 62), Span(65, 66)]
    assert excerpt(source, Span(22, 23), 24, others) == ("…一一一一甲乙" + "二" * 6 + "…", "         ^^--")


def test_text_without_surprises_stays_as_it_is() -> None:
    assert harmless("甲 12，“乙”") == "甲 12，“乙”"
    assert harmless("\udc80\t\u2028") == "<U+DC80>    <U+2028>"


# Facts, outlines and JSON are shown for a small form of our own.
_COLUMNS = (Column("natural", "自然人"), Column("total", "总计"))
_ROW = FormRow("new", "一、本年新收", ("natural", "total"))
_TABLE = TableForm("requests", "收到和处理申请情况", "requests", (_ROW,), _COLUMNS, {}, {})
_SECTIONS = (SectionForm("overview", 1, "总体情况"), SectionForm("other", 6, "其他"), SectionForm("x", 7, "附"))
FORM = Form("2021", "格式", 2021, None, (_LAW,), _SECTIONS, (_TABLE, replace(_TABLE, id="review", title="复议")))


def _fact(row: str, column: str, part: str, state: Literal["given", "blank", "unreadable"], value: Any = None) -> Fact:
    return Fact(Address("requests", row, column), state, value, part.strip(), _span(part))


def _report(*found: Fact) -> Report:
    def section(number: int, part: str, wording: Literal["statutory", "long", "other"]) -> Section:
        form = _SECTIONS[number]
        return Section(form, _span(part), form.number, part, wording, None, Span(0, 0), (), content=True)

    unclear = (Unclear("new", _span("总计"), 3, 2),)
    return Report(
        document=Document(Source("枫桥镇.md", TEXT), "markdown", ()),
        form=FORM,
        title=Title(_span("枫桥镇2023年报告"), "枫桥镇2023年报告", "枫桥镇", 2023),
        agency="枫桥镇",
        year=2023,
        sections={"overview": section(0, "一、总体情况", "statutory"), "other": section(1, "总计", "other")},
        repeated=(),
        extra=(),
        tables={"requests": BoundTable(_TABLE, _span("总计\t12"), {"new": _span("总计")}, unclear=unclear)},
        facts={fact.address: fact for fact in found},
        numbered=(),
    )


FACTS = (
    _fact("new", "natural", "12", "given", 12),
    _fact("new", "total", "1,5", "given", Decimal("1.50")),
    _fact("old", "natural", "\t\n", "blank"),
    _fact("old", "total", "总计", "unreadable"),
)
_FILE = facts.FileFacts("枫桥镇.md", "markdown", _report(*FACTS))
_UNREAD = facts.FileFacts("坏.txt", None, None)


def test_facts_as_json() -> None:
    shown = "".join(facts.render_json([_FILE], single=True))
    assert json.loads(shown, parse_float=Decimal) == {
        "path": "枫桥镇.md",
        "format": "markdown",
        "form": "2021",
        "agency": "枫桥镇",
        "year": 2023,
        "facts": [
            {"name": name, "value": value, "raw": raw, "range": _range(line, start, end), "location": None}
            for name, value, raw, line, start, end in (
                ("requests[new,natural]", 12, "12", 3, 4, 6),
                ("requests[new,total]", Decimal("1.50"), "1,5", 3, 7, 10),
            )
        ]
        + [
            {
                "name": "requests[old,natural]",
                "value": None,
                "raw": "",
                "range": {"start": {"line": 3, "column": 10}, "end": {"line": 4, "column": 1}},
                "location": None,
            },
            {"name": "requests[old,total]", "value": None, "raw": "总计", "range": _range(3, 1, 3), "location": None},
        ],
    }
    assert '"value": 1.50,' in shown


def _range(line: int, start: int, end: int) -> dict[str, dict[str, int]]:
    return {"start": {"line": line, "column": start}, "end": {"line": line, "column": end}}


def test_facts_of_several_files_are_an_array() -> None:
    assert [item["path"] for item in json.loads("".join(facts.render_json([_FILE, _UNREAD], single=False)))] == [
        "枫桥镇.md",
        "坏.txt",
    ]
    assert json.loads("".join(facts.render_json([_UNREAD], single=False)))[0]["facts"] == []
    assert json.loads("".join(facts.render_json([], single=False))) == []


def test_facts_as_csv() -> None:
    shown = "".join(facts.render_csv([_UNREAD, _FILE]))
    rows = list(csv.reader(io.StringIO(shown)))
    assert rows[0] == ["path", "agency", "year", "name", "value", "raw", "line", "column", "end_line", "end_column"]
    assert rows[1] == ["枫桥镇.md", "枫桥镇", "2023", "requests[new,natural]", "12", "12", "3", "4", "3", "6"]
    assert rows[2][3:6] == ["requests[new,total]", "1.50", "1,5"]
    assert rows[3][4:6] == ["", ""]
    assert len(rows) == 5


def test_json_has_every_key() -> None:
    full = _diagnostic(
        "12",
        cells=("requests[new,total]",),
        related=(Related(_span("1,5"), Words("这里", "here")),),
        also=("DL303",),
        location=Location(page=3, table=2),
        law=(_LAW, _LAW, Law("custom", "习惯")),
    )
    results = [
        _result([full], PASSED, FAILED, UNDETERMINED, report=_report(*FACTS)),
        FileResult("坏.txt", "unreadable", (replace(full, path="坏.txt", related=(), location=None),), (FAILED,)),
    ]
    shown = "".join(json_output.render(results, "zh", "1.2"))
    data = json.loads(shown)
    assert data["version"] == 1
    assert data["tool"] == {"name": "disclosure-lint", "version": "1.2"}
    assert data["summary"] == {"files": 2, "error": 2, "warning": 0, "info": 0}
    assert data["diagnostics"][0] == {
        "path": "枫桥镇.md",
        "code": "DL302",
        "name": "outcomes-total",
        "severity": "error",
        "message": "总计应为 11",
        "range": _range(3, 4, 6),
        "location": {"page": 3, "table": 2, "row": None, "column": None, "paragraph": None},
        "cells": ["requests[new,total]"],
        "related": [{"message": "这里", "range": _range(3, 7, 10)}],
        "also": ["DL303"],
        "source": ["国办公开办函〔2021〕30号", "custom"],
        "url": None,
        "suggestions": [],
        "fix": None,
    }
    assert data["diagnostics"][1]["range"] == _range(1, 1, 1)
    assert data["files"] == [
        {
            "path": "枫桥镇.md",
            "format": "markdown",
            "form": "2021",
            "region": None,
            "agency": "枫桥镇",
            "year": 2023,
            "status": "linted",
            "ledger": [
                {"code": "DL301", "verdict": "passed"},
                {"code": "DL302", "verdict": "failed"},
                {"code": "DL303", "verdict": "undetermined", "reason": "有一行分不清"},
            ],
        },
        {
            "path": "坏.txt",
            "format": None,
            "form": None,
            "region": None,
            "agency": None,
            "year": None,
            "status": "unreadable",
            "ledger": [{"code": "DL302", "verdict": "failed"}],
        },
    ]
    assert len(shown.splitlines()) == len(data["diagnostics"]) + len(data["files"]) + 5


def test_json_of_nothing_and_for_other_encodings() -> None:
    assert json.loads("".join(json_output.render([], "zh", "1"))) == {
        "version": 1,
        "tool": {"name": "disclosure-lint", "version": "1"},
        "diagnostics": [],
        "files": [],
        "summary": {"files": 0, "error": 0, "warning": 0, "info": 0},
    }
    escaped = "".join(json_output.render([_result([_diagnostic("12")])], "en", "1", ascii_only=True))
    assert escaped.isascii()
    assert json.loads(escaped)["diagnostics"][0]["message"] == "the total should be 11"


def test_a_text_with_line_numbers() -> None:
    source = Source("a", "甲\t乙\r\n\n\x1b[2J\u202e末\n")
    assert list(rendition.numbered(source)) == ["   1 | 甲\t乙\n", "   2 |\n", "   3 | ␛[2J<U+202E>末\n"]
    assert list(rendition.numbered(Source("a", ""))) == ["   1 |\n"]


def test_an_outline() -> None:
    assert "".join(rendition.outline(_report(*FACTS), "zh")) == (
        "标题：枫桥镇2023年报告（第 1 行）\n"
        "机关：枫桥镇\n"
        "年度：2023\n"
        "表式：2021 格式\n"
        "章节：\n"
        "  一、总体情况 — 第 2 行，法定名称\n"
        "  六、其他 — 第 3 行，不是法定名称“总计”\n"
        "  七、附 — 没有找到\n"
        "表格：\n"
        "  收到和处理申请情况 — 第 3 行：行 1/1，分不清的行 1，数 2/2，空格 1，不是数的格 1\n"
        "  复议 — 没有找到\n"
    )


def test_an_outline_of_little_in_english() -> None:
    report = replace(_report(), title=None, agency=None, year=None, sections={}, tables={})
    assert "".join(rendition.outline(report, "en")).splitlines()[:4] == [
        "title: not found",
        "agency: not found",
        "year: not found",
        "form: 2021 格式",
    ]
