"""The outputs for programs, and what `show` prints."""

import csv
import io
import json
from decimal import Decimal

import pytest

from disclosure_lint.model.diagnostic import LocalizedText, Related
from disclosure_lint.model.document import Location
from disclosure_lint.model.form import Law
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.report import Unclear
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.source import Source
from disclosure_lint.outputs import facts, json_output, rendition, trace
from disclosure_lint.outputs.columns import FACTS as FACTS_TABLE
from disclosure_lint.outputs.facts import why
from disclosure_lint.outputs.formats import rendered
from disclosure_lint.outputs.row_texts import csv_head, csv_part
from disclosure_lint.outputs.rows import rows_of_facts
from tests.samples import FACTS, FAILED, LAW, PASSED, UNDETERMINED, diagnostic, report, result, span

_FILE = facts.FileFacts("枫桥镇.md", "markdown", report(*FACTS))
_UNREAD = facts.FileFacts("坏.txt", None, None)


def test_facts_as_json() -> None:
    shown = "".join(facts.render_json([facts.json_object(_FILE)], single=True))
    assert json.loads(shown, parse_float=Decimal) == {
        "path": "枫桥镇.md",
        "format": "markdown",
        "form": "2021",
        "agency": "枫桥镇",
        "year": 2023,
        "facts": [
            {"name": name, "value": value, "raw": raw, "range": _range(line, start, end), "location": None, **unit}
            for name, value, raw, line, start, end, unit in (
                ("requests[new,natural]", 12, "12", 3, 4, 6, {}),
                ("requests[new,total]", Decimal("1.50"), "1,5", 3, 7, 10, {"unit": "万元"}),
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
        ]
        + [
            {
                "name": f"requests[rest,{column}]",
                "value": None,
                "raw": raw,
                "range": _range(3, 1, 3),
                "location": None,
                "uncertain": "这一行有 3 个数，格式要 2 个，分不清哪个数属于哪一列",
                "readings": readings,
            }
            for column, raw, readings in (("natural", "12", ["12"]), ("total", "", ["12", "1,5"]))
        ],
        "claims": [],
    }
    assert '"value": 1.50,' in shown


def _range(line: int, start: int, end: int) -> dict[str, dict[str, int]]:
    return {"start": {"line": line, "column": start}, "end": {"line": line, "column": end}}


def test_facts_of_several_files_are_an_array() -> None:
    objects = map(facts.json_object, (_FILE, _UNREAD))
    read, unread = json.loads("".join(facts.render_json(objects, single=False)))
    assert (read["path"], unread["path"], unread["facts"]) == ("枫桥镇.md", "坏.txt", [])
    assert json.loads("".join(facts.render_json([], single=False))) == []


def test_facts_as_csv() -> None:
    shown = csv_head(FACTS_TABLE) + "".join(csv_part(rows_of_facts(file)) for file in (_UNREAD, _FILE))
    rows = list(csv.reader(io.StringIO(shown)))
    head = ["path", "agency", "year", "name", "value", "raw", "line", "column", "end_line", "end_column"]
    assert rows[0][:13] == [*head, "uncertain", "unit", "state"]
    assert rows[1][:12] == [
        "枫桥镇.md",
        "枫桥镇",
        "2023",
        "requests[new,natural]",
        "12",
        "12",
        "3",
        "4",
        "3",
        "6",
        "",
        "",
    ]
    assert rows[2][3:6] == ["requests[new,total]", "1.50", "1,5"]
    assert rows[2][10:13] == ["", "万元", "given"]
    assert rows[3][4:6] == ["", ""]
    assert rows[5][3:6] == ["requests[rest,natural]", "", "12"]
    assert rows[5][10:14] == ["这一行有 3 个数，格式要 2 个，分不清哪个数属于哪一列", "", "uncertain", "12"]
    assert len(rows) == 7


@pytest.mark.parametrize(
    ("unclear", "sentence"),
    [
        (Unclear("new", span("12"), 2, 2), "the numbers of the row do not line up with the columns of the form"),
        (
            Unclear("new", span("12"), 2, 2, "rival", span("一、")),
            "both line 2 and line 3 may be the row “一、新收” (new)",
        ),
        (
            Unclear("new", span("12"), 2, 2, "row", span("12"), "old"),
            "the numbers may be those of the row “一、新收” (new) or of the row “二、结转” (old)",
        ),
        (
            Unclear("new", span("12"), 2, 2, "row", span("一、")),
            "the place of the row among the others is not the form's, so it cannot be told whose numbers they are",
        ),
    ],
    ids=["unaligned", "rival", "row", "order"],
)
def test_why_a_cell_is_uncertain(unclear: Unclear, sentence: str) -> None:
    assert why(report(), "requests", unclear).en == sentence


def test_a_trace_for_people() -> None:
    found = report(*FACTS)
    assert "".join(
        trace.render_text(found, trace.trace(found, "枫桥镇.md", OutputStyle()), OutputStyle())
    ).splitlines() == [
        "表一 requests 收到和处理申请情况 — 第 3 行",
        "  new 一、新收 — 已对上",
        "       3 | 总计    12    1,5",
        "      得分 7；次选：第 3 行算作「二、结转」，整表低 0.5 分；各列：每列都有数，按先后",
        "      natural=12 total=1.50",
        "  old 二、结转 — 已对上",
        "      natural=空 total=总计",
        "  rest 三、其他 — 不能确定",
        "       3 | 总计    12    1,5",
        "      得分 2.25；没有次选；各列：分不清",
        "      原因：这一行有 3 个数，格式要 2 个，分不清哪个数属于哪一列",
        "      natural=?(12) total=?(12|1,5)",
        "  没有归到哪一行的数",
        "       2 | 一、总体情况",
        "表一 review 复议 — 没有找到",
    ]


def test_a_trace_as_json() -> None:
    traced = trace.trace(report(*FACTS), "枫桥镇.md", OutputStyle("en"))
    shown = "".join(trace.render_json(traced, ascii_only=True))
    assert shown.isascii()
    assert '"value": 1.50,' in shown
    data = json.loads(shown, parse_float=Decimal)
    assert [(table["table"], len(table["rows"])) for table in data["tables"]] == [("requests", 3), ("review", 0)]
    first, second, last = data["tables"][0]["rows"]
    lines = [{"line": 3, "text": "总计\t12\t1,5\t"}]
    assert first["lines"] == lines
    assert first["runner_up"] == {"rows": ["old"], "label": "总计", "lines": lines, "worse_by": Decimal("0.5")}
    assert first["columns"] == {"how": "order", "why": "every column has its number, so by order"}
    assert (second["score"], second["runner_up"], second["columns"]) == (None, None, None)
    assert (last["result"], last["cells"][1]["readings"]) == ("uncertain", ["12", "1,5"])
    assert data["tables"][0]["left_over"] == [{"line": 2, "text": "一、总体情况"}]


def test_json_has_every_key() -> None:
    full = diagnostic(
        "12",
        cells=("requests[new,total]",),
        related=(Related(span("1,5"), LocalizedText("这里", "here")),),
        also=("DL303",),
        location=Location(page=3, table=2),
        law=(LAW, LAW, Law("custom", "习惯")),
    )
    results = [
        result([full], PASSED, FAILED, UNDETERMINED, report=report(*FACTS)),
        FileResult("坏.txt", "unreadable", (full._replace(path="坏.txt", related=(), location=None),), (FAILED,)),
    ]
    shown = "".join(rendered(json_output.Writer(OutputStyle("zh", "1.2")), results))
    data = json.loads(shown)
    assert data["version"] == 1
    assert data["tool"] == {"name": "disclosure-lint", "version": "1.2"}
    assert data["summary"] == {
        "files": 2,
        "error": 2,
        "warning": 0,
        "info": 0,
        "suppressed": 0,
        "baselined": 0,
    }
    assert data["diagnostics"][0] == {
        "path": "枫桥镇.md",
        "code": "DL302",
        "name": "outcomes-total",
        "severity": "error",
        "message": "总计应为 11",
        "range": _range(3, 4, 6),
        "location": {
            **{"page": 3, "table": 2, "row": None, "column": None, "paragraph": None},
            **{"section": None, "section_paragraph": None},
        },
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
    assert len(shown.splitlines()) == len(data["diagnostics"]) + len(data["files"]) + 6


def test_json_of_nothing_and_for_other_encodings() -> None:
    assert json.loads("".join(rendered(json_output.Writer(OutputStyle("zh", "1")), []))) == {
        "version": 1,
        "tool": {"name": "disclosure-lint", "version": "1"},
        "diagnostics": [],
        "files": [],
        "suppressed": [],
        "summary": {"files": 0, "error": 0, "warning": 0, "info": 0, "suppressed": 0, "baselined": 0},
    }
    escaped = "".join(rendered(json_output.Writer(OutputStyle("en", "1", utf8=False)), [result([diagnostic("12")])]))
    assert escaped.isascii()
    assert json.loads(escaped)["diagnostics"][0]["message"] == "the total should be 11"


def test_a_text_with_line_numbers() -> None:
    source = Source("a", "甲\t乙\r\n\n\x1b[2J\u202e末\n")
    assert list(rendition.numbered(source)) == ["   1 | 甲\t乙\n", "   2 |\n", "   3 | ␛[2J<U+202E>末\n"]
    assert list(rendition.numbered(Source("a", ""))) == ["   1 |\n"]


def test_an_outline() -> None:
    assert "".join(rendition.outline(report(*FACTS), OutputStyle("zh"))) == (
        "标题：枫桥镇2023年报告（第 1 行）\n"
        "机关：枫桥镇\n"
        "年度：2023\n"
        "表式：2021 格式\n"
        "章节：\n"
        "  一、总体情况 — 第 2 行，法定名称\n"
        "  六、其他 — 第 3 行，不是法定名称“总计”\n"
        "  七、附 — 没有找到\n"
        "表格：\n"
        "  收到和处理申请情况 — 第 3 行：行 3/3，分不清的行 1，数 2/6，空格 1，不是数的格 1\n"
        "  复议 — 没有找到\n"
    )


def test_an_outline_of_little_in_english() -> None:
    little = report()._replace(title=None, agency=None, year=None, sections={}, tables={})
    assert "".join(rendition.outline(little, OutputStyle("en"))).splitlines()[:4] == [
        "title: not found",
        "agency: not found",
        "year: not found",
        "form: 2021 格式",
    ]
