"""Why each row of the statutory tables was bound as it was: the first thing to look at when a number is wrong."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.form import TableForm
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.personal import masked
from disclosure_lint.model.places import row_words, table_words
from disclosure_lint.model.report import BoundTable, Decision, Fact, Report, Uncertain
from disclosure_lint.model.source import Span
from disclosure_lint.outputs.facts import described, encoded, why
from disclosure_lint.outputs.json_output import encoder
from disclosure_lint.outputs.row_texts import plain

_LONGEST = 160
"""A line of the document is cut after so many characters in the text, not in JSON."""
_COLUMNS = {
    "header": LocalizedText("按表头里各列的位置", "by the places of the columns in the header"),
    "grid": LocalizedText("按填满的行所占的格", "by the cells that full rows fill"),
    "text-columns": LocalizedText("按各数在行里的位置", "by where the numbers stand in their lines"),
    "order": LocalizedText("每列都有数，按先后", "every column has its number, so by order"),
    "blank": LocalizedText("一个数也没有", "no numbers stand there"),
    "count": LocalizedText(
        "数后面的文字当作说明，其余按先后", "words behind the numbers taken for a note, the rest by order"
    ),
}
_UNDECIDED = LocalizedText("分不清", "cannot be told")
_RESULTS = {
    "bound": LocalizedText("已对上", "bound"),
    "uncertain": LocalizedText("不能确定", "uncertain"),
    "blank": LocalizedText("没有数", "without numbers"),
    "missing": LocalizedText("没有找到", "not found"),
}


def trace(report: Report, path: str, style: OutputStyle) -> dict[str, Any]:
    """Returns for each table of the form what was decided about its rows, as JSON holds it."""
    tables = [_table(report, form, report.tables.get(form.id), style) for form in report.form.tables]
    return {"path": path, "format": report.document.format, "form": report.form.id, "tables": tables}


def render_json(traced: dict[str, Any], ascii_only: bool = False) -> Iterator[str]:
    """Returns the trace as one JSON document, a line for each row."""
    encode = encoder(ascii_only)
    yield _opened(traced, "tables", encode)
    for number, table in enumerate(traced["tables"]):
        yield f"{',' if number else ''}\n {_opened(table, 'rows', encode)}"
        for place, row in enumerate(table["rows"]):
            cells = ", ".join(encoded(cell, encode) for cell in row["cells"])
            yield f"{',' if place else ''}\n  {_opened(row, 'cells', encode)}{cells}]}}"
        yield "]}"
    yield "]}\n"


def _opened(about: dict[str, Any], last: str, encode: Callable[[Any], str]) -> str:
    """Returns the JSON text of an object up to the beginning of the list that is its last key."""
    rest = {key: value for key, value in about.items() if key != last}
    return f'{encode(rest)[:-1]}, "{last}": ['


def _table(report: Report, form: TableForm, table: BoundTable | None, style: OutputStyle) -> dict[str, Any]:
    about = {"table": form.id, "name": table_words(report.form, form).text(style.lang), "title": form.title}
    if table is None:
        return about | {"lines": [], "left_over": [], "rows": []}
    decided = {row: one for one in table.decisions for row in one.row.split(",")}
    rows = []
    for row in form.rows:
        decision = decided.get(row.id)
        if decision is None or decision.row.split(",")[0] == row.id:
            rows.append(_row(report, table, decision, decision.row.split(",") if decision else [row.id], style))
    left = [line for span in table.left_over for line in _lines(report, span)]
    return about | {"lines": _range(report, table.span), "left_over": left, "rows": rows}


def _row(
    report: Report, table: BoundTable, decision: Decision | None, ids: list[str], style: OutputStyle
) -> dict[str, Any]:
    unclear = next((one for one in table.unclear if one.row in ids), None)
    cells = [cell for cell in report.cells() if (cell.address.table, cell.address.row in ids) == (table.form.id, True)]
    place = (decision and decision.span) or (unclear and unclear.span) or table.rows.get(ids[0])
    return {
        "rows": ids,
        "label": "、".join(table.form.row(key).label for key in ids),
        "result": _result(cells, missing=ids[0] in table.missing_rows),
        "altered": any(key in table.altered_rows or key in table.reworded_rows for key in ids),
        "lines": _lines(report, place) if place else [],
        "score": decision.score if decision else None,
        "runner_up": _runner_up(report, decision) if decision and decision.rival_row else None,
        "columns": _columns(decision, cells, style) if decision else None,
        "uncertain": why(report, table.form.id, unclear).text(style.lang) if unclear else None,
        "cells": [described(report, cell, style.lang) for cell in cells],
    }


def _result(cells: Iterable[Fact | Uncertain], *, missing: bool) -> str:
    if missing:
        return "missing"
    if any(isinstance(cell, Uncertain) for cell in cells):
        return "uncertain"
    return "bound" if any(isinstance(cell, Fact) and cell.state != "blank" for cell in cells) else "blank"


def _runner_up(report: Report, decision: Decision) -> dict[str, Any]:
    lines = _lines(report, decision.rival_span) if decision.rival_span else []
    rows = decision.rival_row.split(",")
    return {"rows": rows, "label": masked(decision.rival), "lines": lines, "worse_by": decision.margin}


def _columns(decision: Decision, cells: Iterable[Fact | Uncertain], style: OutputStyle) -> dict[str, str]:
    undecided = any(isinstance(cell, Uncertain) and cell.unclear.reason in ("count", "columns") for cell in cells)
    said = _UNDECIDED if undecided else _COLUMNS[decision.columns]
    return {"how": decision.columns, "why": said.text(style.lang)}


def _lines(report: Report, span: Span) -> list[dict[str, Any]]:
    source = report.document.source
    first, last = source.line_of(span.start), source.line_of(max(span.start, span.end - 1))
    spans = [source.line_span(line) for line in range(first, last + 1)]
    return [{"line": source.position(line.start).line, "text": masked(source.slice(line))} for line in spans]


def _range(report: Report, span: Span) -> list[int]:
    position = report.document.source.position
    return [position(span.start).line, position(max(span.start, span.end - 1)).line]


def render_text(report: Report, traced: dict[str, Any], style: OutputStyle) -> Iterator[str]:
    """Returns the trace for people, line by line."""
    for table in traced["tables"]:
        head = f"{table['name']} {table['table']} {table['title']}"
        if not table["lines"]:
            yield f"{head} — {_RESULTS['missing'].text(style.lang)}\n"
            continue
        lines = "–".join(map(str, dict.fromkeys(table["lines"])))
        yield f"{head} — {style.say(f'第 {lines} 行', f'line {lines}')}\n"
        for row in table["rows"]:
            yield from _row_lines(report, table["table"], row, style)
        if table["left_over"]:
            yield f"  {style.say('没有归到哪一行的数', 'numbers that were bound to no row')}\n"
            yield from _quoted(table["left_over"])


def _row_lines(report: Report, table: str, row: dict[str, Any], style: OutputStyle) -> Iterator[str]:
    result = _RESULTS[row["result"]].text(style.lang)
    altered = style.say("（行名不是格式原文，只凭位置）", " (by its place, the label is not the form's)")
    yield f"  {','.join(row['rows'])} {row['label']} — {result}{altered if row['altered'] else ''}\n"
    yield from _quoted(row["lines"])
    notes = []
    if row["score"] is not None:
        notes.append(style.say(f"得分 {row['score']:g}", f"score {row['score']:g}"))
        notes.append(_rival_note(report, table, row["runner_up"], style))
    if row["columns"]:
        notes.append(style.say("各列：", "columns: ") + row["columns"]["why"])
    if notes:
        yield f"      {style.say('；', '; ').join(notes)}\n"
    if row["uncertain"]:
        yield f"      {style.say('原因：', 'reason: ')}{row['uncertain']}\n"
    if row["cells"]:
        said = [f"{cell['name'].partition(',')[2][:-1]}={_value(cell, style)}" for cell in row["cells"]]
        yield f"      {' '.join(said)}\n"


def _rival_note(report: Report, table: str, rival: dict[str, Any] | None, style: OutputStyle) -> str:
    if rival is None:
        return style.say("没有次选", "no runner-up")
    rows = [row_words(report.form.table(table), key) for key in rival["rows"]]
    line, worse = rival["lines"][0]["line"] if rival["lines"] else "", f"{rival['worse_by']:g}"
    return style.say(
        f"次选：第 {line} 行算作{'、'.join(row.zh for row in rows)}，整表低 {worse} 分",
        f"runner-up: line {line} as {', '.join(row.en for row in rows)}, {worse} lower for the table",
    )


def _value(cell: dict[str, Any], style: OutputStyle) -> str:
    if "uncertain" in cell:
        return f"?({'|'.join(map(escape_controls, cell['readings']))})"
    shown = cell["value"]
    return plain(shown) or (escape_controls(cell["raw"]) if cell["raw"] else style.say("空", "blank"))


def _quoted(lines: Iterable[dict[str, Any]]) -> Iterator[str]:
    for line in lines:
        text = line["text"][:_LONGEST] + ("…" if len(line["text"]) > _LONGEST else "")
        yield f"    {line['line']:>4} | {escape_controls(text)}".rstrip() + "\n"
