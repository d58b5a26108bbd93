"""Kind `cells`: whether the statutory tables are there, whole, and hold numbers."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any, ClassVar, Literal, TypedDict, get_args

from disclosure_lint.checks.fixes import digits_fix, half_width
from disclosure_lint.checks.options import known_tables
from disclosure_lint.checks.page_words import LOST, renamed_column, unclear_rows, written
from disclosure_lint.checks.wording import (
    cell_words,
    column_words,
    judged,
    lacking,
    listed,
    not_applicable,
    row_words,
    section_words,
    table_words,
)
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.diagnostic import Finding, LocalizedText, Related, Verdict
from disclosure_lint.model.document import Notice
from disclosure_lint.model.form import TableForm
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.numbers import scale
from disclosure_lint.model.report import BoundTable, Fact, Report, Section
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span

_OTHER_FORM = LocalizedText("有表格用的是别的年份的格式", "a table is that of another year's form")
_CELL_END = lazy_re_compile(r"[|\t\n]")
_MANY, _MOST_PLACES = 3, 20
"""Rows or cells with the same slip that are one finding, and places that it shows."""
_Check = Callable[[dict[str, Any], Report], list[Finding]]


_Find = Literal["missing-table", "label", "blank", "unreadable", "width", "not-count", "unit", "full-width"]
_Named = TypedDict("_Named", {"tables": list[str], "except": list[str]}, total=False)


class _Compiled(_Named):
    find: _Find


class CellsCheck:
    """Options: `find`, what is wrong; `tables`, in which (all if absent); `except`, addresses that are left out."""

    kind = "cells"
    compiled_type: ClassVar[Any] = _Compiled
    schema: ClassVar[dict[str, Any]] = {
        "description": "查表格：缺表、行名列名、空格、不是数的格、对不上的行",
        "type": "object",
        "required": ["find"],
        "additionalProperties": False,
        "properties": {
            "find": {"description": "查什么错", "enum": list(get_args(_Find))},
            "tables": {
                "description": "只查这些表；不写就都查",
                "type": "array",
                "items": {"type": "string", "format": "table-id"},
                "minItems": 1,
            },
            "except": {"description": "不查这些格", "type": "array", "items": {"type": "string", "format": "cell"}},
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options; raises UserError for a table that no form of the rule has."""
        known_tables(options.get("tables", ()), context)
        return options

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict of one rule of this kind."""
        find = rule.options["find"]
        if find == "missing-table":
            missing = _missing_table(rule.options, report)
            unread = report.document.unread
            return judged([], LocalizedText(*unread)) if missing and unread else judged(missing)
        tables = _tables(rule.options, report)
        if not tables:
            return not_applicable("报告中没有找到有关的表格", "the tables in question were not found")
        findings = _FIND[find](rule.options, report)
        if find == "label":
            return lacking(findings, report)
        other = find == "width" and any(table.resembles and table.unclear for table in tables)
        return judged(findings, _OTHER_FORM if other else None)


def _tables(options: dict[str, Any], report: Report) -> list[BoundTable]:
    if "tables" not in options:
        return list(report.tables.values())
    return [table for key, table in report.tables.items() if key in options["tables"]]


def _facts(options: dict[str, Any], report: Report, state: str) -> list[Fact]:
    return [fact for fact in report.facts.values() if fact.state == state and _is_wanted(options, fact)]


def _is_wanted(options: dict[str, Any], fact: Fact) -> bool:
    if "tables" in options and fact.address.table not in options["tables"]:
        return False
    return "except" not in options or str(fact.address) not in options["except"]


def _missing_table(options: dict[str, Any], report: Report) -> list[Finding]:
    findings = []
    for form in report.form.tables:
        section = report.sections.get(form.section)
        if form.id in report.tables or ("tables" in options and form.id not in options["tables"]):
            continue
        if section is not None:
            values = {"table": table_words(report.form, form), "section": section_words(section.form)}
            if unread := _unread(section, report):
                values["what"] = LocalizedText(unread.zh, unread.en)
            findings.append(Finding(section.span, {**values}, "unread" if unread else None, subject=(form.id,)))
    return findings


def _unread(section: Section, report: Report) -> Notice | None:
    """Returns what a section holds that may be a table and is not read."""
    found = (one for one in report.document.notices if one.event == "unread-object")
    return next((one for one in found if section.span.end <= one.span.start <= section.body.end), None)


def _label(options: dict[str, Any], report: Report) -> list[Finding]:
    findings: list[Finding] = []
    for table in _tables(options, report):
        name = table_words(report.form, table.form)
        place = next(iter(table.rows.values()), table.span)
        if LOST in report.document.source.slice(table.span):
            findings += _lost(report, table, place)
            continue
        if table.resembles:
            findings.append(
                Finding(place, {"table": name, "found": table.resembles, "expected": report.form.id}, "form")
            )
            continue
        if table.missing_rows:
            rows = listed(row_words(table.form, row) for row in table.missing_rows)
            values = {"table": name, "rows": rows}
            findings.append(
                Finding(_before(table, table.missing_rows[0]), {**values}, "row", subject=table.missing_rows)
            )
        altered_columns = _altered_columns(report, table)
        missing_columns = tuple(key for key in table.missing_columns if key not in altered_columns)
        addresses = report.facts if table.missing_columns else ()
        filled = {address.column for address in addresses if address.table == table.form.id}
        for variant, ids in (
            ("column", tuple(key for key in missing_columns if key not in filled)),
            ("unnamed-column", tuple(key for key in missing_columns if key in filled)),
        ):
            if ids:
                columns = listed(column_words(table.form, column) for column in ids)
                findings.append(Finding(place, {"table": name, "columns": columns}, variant, subject=ids))
        for column, at in altered_columns.items():
            found = squeeze(report.document.source.slice(at))
            altered: dict[str, str | LocalizedText] = {"table": name, "column": column_words(table.form, column)}
            variant = "altered-column" if column in filled else "other-column"
            findings.append(Finding(at, altered | {"found": found}, variant, subject=(column,)))
        for row in table.altered_rows:
            lost: dict[str, str | LocalizedText] = {"table": name, "row": row_words(table.form, row)}
            lost["label"] = _label_words(report.document.source.slice(table.rows[row]))
            findings.append(Finding(table.rows[row], lost, "altered", subject=(row,)))
        for row, at in table.reworded_rows.items():
            found = squeeze(report.document.source.slice(at))
            reworded: dict[str, str | LocalizedText] = {"table": name, "row": row_words(table.form, row)}
            findings.append(Finding(at, reworded | {"found": found}, "reworded", subject=(row,)))
    return findings


def _lost(report: Report, table: BoundTable, place: Span) -> Iterator[Finding]:
    """Yields what lacks of a table some of which cannot be read, where labels need not be what they seem."""
    addresses = {address for address in report.facts if address.table == table.form.id}
    columns = [key for key in table.missing_columns if all(address.column != key for address in addresses)]
    if table.missing_rows or columns:
        words = [row_words(table.form, row) for row in table.missing_rows]
        words += [column_words(table.form, column) for column in columns]
        values = {"table": table_words(report.form, table.form), "missing": listed(words)}
        yield Finding(place, {**values}, "lost", subject=(*table.missing_rows, *columns))


def _label_words(text: str) -> LocalizedText:
    """Returns which label stands in the place of one of the form, or that there is none: no words in its last cell."""
    parts = [part for part in map(squeeze, _CELL_END.split(text)) if part]
    if parts and any(char.isalpha() for char in parts[-1]):
        return LocalizedText(f"的行名“{parts[-1]}”与格式不符", f"the row “{parts[-1]}”, which is not the form's")
    return LocalizedText("有一行没有行名", "a row without a label")


def _altered_columns(report: Report, table: BoundTable) -> dict[str, Span]:
    """Returns the columns that have another name, with the place of that name."""
    altered = dict(table.altered_columns)
    left = [key for key in table.missing_columns if key not in altered]
    if len(left) == 1 and (place := renamed_column(report, table, left[0])):
        altered[left[0]] = place
    return altered


def _before(table: BoundTable, row: str) -> Span:
    """Returns the label of the last row that is there before a missing one, else of the first after it."""
    order = [form.id for form in table.form.rows]
    before = [key for key in order[: order.index(row)] if key in table.rows]
    return table.rows[before[-1]] if before else next(iter(table.rows.values()))


def _blank(options: dict[str, Any], report: Report) -> list[Finding]:
    """One finding for the blank cells of a row or block, or of a table most of which nobody filled in."""
    findings = []
    blanks = _facts(options, report, "blank")
    for table_id, of_table in groupby(blanks, key=lambda fact: fact.address.table):
        table = report.tables[table_id]
        rows = [list(facts) for _, facts in groupby(of_table, key=lambda fact: fact.address.row)]
        if len(rows) >= _MANY and 2 * len(rows) > len(table.form.rows):
            findings.append(_empty(report, table.form, [fact for facts in rows for fact in facts], "table"))
        else:
            findings += [_empty(report, table.form, facts) for facts in rows]
    return findings


def _empty(report: Report, form: TableForm, facts: list[Fact], variant: str | None = None) -> Finding:
    row = facts[0].address.row
    values: dict[str, str | LocalizedText] = {
        "table": table_words(report.form, form),
        "row": row_words(form, row),
        "columns": _column_list(form, row, [fact.address.column for fact in facts if fact.address.row == row]),
        "count": str(len(facts)),
    }
    cells = tuple(str(fact.address) for fact in facts)
    location = facts[0].location
    return Finding(facts[0].span, values, variant, cells=cells, location=location, without_number=True)


def _column_list(table: TableForm, row: str, columns: list[str]) -> LocalizedText:
    if len(columns) > 1 and len(columns) == len(table.row(row).columns):
        return LocalizedText(f"全部 {len(columns)} 格", f"all {len(columns)} cells")
    return listed(column_words(table, column) for column in columns)


def _unreadable(options: dict[str, Any], report: Report) -> list[Finding]:
    """One finding for a cell; one for all cells of a table that hold the same, if they are many."""
    same: dict[tuple[str, str], list[Fact]] = {}
    for fact in _facts(options, report, "unreadable"):
        raw = LOST if LOST in fact.raw else squeeze(fact.raw)
        same.setdefault((fact.address.table, raw), []).append(fact)
    findings: list[Finding] = []
    for (_, raw), facts in same.items():
        variant, number = written(raw)
        is_lost = variant == "lost"
        values: dict[str, str | LocalizedText] = {"raw": facts[0].raw, "expected": number, "count": str(len(facts))}
        if len(facts) < _MANY:
            for fact in facts:
                one = _cell(report, fact, values | {"raw": fact.raw})
                findings.append(one._replace(variant=variant, without_number=not is_lost))
            continue
        here = LocalizedText("这里也是", "here too")
        related = tuple(Related(fact.span, here) for fact in facts[1:_MOST_PLACES])
        cells = tuple(str(fact.address) for fact in facts)
        one = _cell(report, facts[0], values)
        variant = "many-lost" if is_lost else "many"
        findings.append(one._replace(variant=variant, related=related, cells=cells, without_number=not is_lost))
    return findings


def _not_count(options: dict[str, Any], report: Report) -> list[Finding]:
    return [
        _cell(report, fact, {"raw": fact.raw})
        for fact in report.facts.values()
        if fact.value is not None
        and (fact.value < 0 or (isinstance(fact.value, Decimal) and fact.value % 1))
        and _is_wanted(options, fact)
    ]


def _full_width(options: dict[str, Any], report: Report) -> list[Finding]:
    return [
        _cell(report, fact, {"raw": fact.raw, "expected": half_width(fact.raw)})._replace(fix=digits_fix(report, fact))
        for fact in report.facts.values()
        if not fact.raw.isascii()
        and fact.state == "given"
        and half_width(fact.raw) != fact.raw
        and _is_wanted(options, fact)
    ]


def _cell(report: Report, fact: Fact, values: dict[str, str | LocalizedText]) -> Finding:
    table = report.form.table(fact.address.table)
    values = values | {
        "table": table_words(report.form, table),
        "row": row_words(table, fact.address.row),
        "column": column_words(table, fact.address.column),
        "cell": cell_words(report, fact.address),
    }
    return Finding(fact.span, values, cells=(str(fact.address),), location=fact.location)


def _unit(options: dict[str, Any], report: Report) -> list[Finding]:
    """One finding for a column whose header has another unit, else one for each cell that has."""
    findings = []
    for table in _tables(options, report):
        for column, (unit, place) in table.altered_units.items():
            cells = [address for address in table.form.addresses() if address.column == column]
            if not all(str(address) in options.get("except", ()) for address in cells):
                values = _unit_words(table.form, column, unit) | {"table": table_words(report.form, table.form)}
                findings.append(Finding(place, values, "header", cells=tuple(map(str, cells))))
    for fact in report.facts.values():
        if not (fact.unit and fact.value and _is_wanted(options, fact)):  # 0 is 0 in every unit
            continue
        table, column = report.tables[fact.address.table], fact.address.column
        headed = table.altered_units.get(column, ("", None))[0]
        if fact.unit != headed and scale(fact.unit) != scale(table.form.column(column).unit):
            values = _unit_words(table.form, column, fact.unit)
            findings.append(_cell(report, fact, {"raw": fact.raw, **values}))
    return findings


def _unit_words(form: TableForm, column: str, found: str) -> dict[str, str | LocalizedText]:
    unit = form.column(column).unit
    expected = LocalizedText(unit, unit) if unit else LocalizedText("件数", "single items")
    return {"column": column_words(form, column), "found": found, "expected": expected}


def _width(options: dict[str, Any], report: Report) -> list[Finding]:
    return [finding for table in _tables(options, report) for finding in unclear_rows(report, table)]


_FIND: dict[str, _Check] = {
    "label": _label,
    "blank": _blank,
    "unreadable": _unreadable,
    "width": _width,
    "not-count": _not_count,
    "unit": _unit,
    "full-width": _full_width,
}
