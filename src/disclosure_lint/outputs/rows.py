"""What a report says, and what a check made of it, as rows of `columns`, and in the form that is asked for."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from disclosure_lint.divisions.region import region_of
from disclosure_lint.model.document import Location
from disclosure_lint.model.numbers import Number
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.places import cell_words
from disclosure_lint.model.report import Fact, Report, Uncertain
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.source import Span
from disclosure_lint.outputs.columns import (
    CLAIMS,
    FACTS,
    FILES,
    FINDINGS,
    REPORT,
    SCHEMA,
    STATES,
    DataTable,
    Row,
    fits,
)
from disclosure_lint.outputs.facts import STATUSES, FileFacts, described_claim, json_object, raw, why
from disclosure_lint.outputs.json_output import about_file, described, encoder, silenced
from disclosure_lint.outputs.row_texts import csv_part, lines_part

_UNKNOWN = {"province": None, "division": None, "schema": SCHEMA}
"""Of what is no report."""


class Wanted(NamedTuple):
    """In which form facts are asked for."""

    format: str = "json"
    labels: str = "names"
    wide: bool = False
    claims: bool = False
    lang: str = "zh"
    ascii_only: bool = False

    @property
    def is_text(self) -> bool:
        """Whether a file can be turned into text by itself: for a wide row one must know the columns of all."""
        return self.format not in ("parquet", "xlsx") and not self.wide

    @property
    def table(self) -> DataTable:
        """The table of which there are rows, unless it is a wide one."""
        return CLAIMS if self.claims else FACTS


def text_of(file: FileFacts, wanted: Wanted) -> str:
    """Returns what a file adds to a text."""
    if wanted.format == "json":
        return json_object(file, wanted.lang, ascii_only=wanted.ascii_only)
    return as_text(wanted.table, rows_of(file, wanted), wanted)


def rows_of(file: FileFacts, wanted: Wanted) -> Iterator[Sequence[Any]]:
    """Yields the rows of a file; of a wide table as `spread` takes them."""
    if wanted.wide:
        return rows_of_report(file)
    return (rows_of_claims if wanted.claims else rows_of_facts)(file, wanted.lang, wanted.labels)


def as_text(table: DataTable, rows: Iterable[Row], wanted: Wanted) -> str:
    """Returns rows as CSV or as JSON lines."""
    if wanted.format == "csv":
        return csv_part(rows)
    return lines_part(table, rows, wanted.labels, ascii_only=wanted.ascii_only)


def restored(table: DataTable, rows: Iterable[Sequence[Any]]) -> Iterator[Row]:
    """Yields rows that were JSON with the types that their columns have."""
    kinds = [column.type for column in table.columns]
    return ([_restored(kind, value) for kind, value in zip(kinds, row, strict=True)] for row in rows)


def rows_of_facts(file: FileFacts, lang: str = "zh", labels: str = "names") -> Iterator[Row]:
    """Yields a row of `FACTS` for each cell of the form that was found."""
    report = file.report
    if report is None:
        return
    about = origin(report)
    for cell in report.cells():
        state, value = _held(cell)
        fact = cell if isinstance(cell, Fact) else None
        doubt = None if isinstance(cell, Fact) else why(report, cell.address.table, cell.unclear).text(lang)
        readings = None if isinstance(cell, Fact) else cell.readings
        name = cell_words(report.form, cell.address).zh if labels == "zh" else str(cell.address)
        yield ordered(
            FACTS,
            about
            | _place(report, cell.span if isinstance(cell, Fact) else cell.unclear.span, fact and fact.location)
            | {
                "path": file.path,
                "name": name,
                "value": value,
                "raw": raw(cell),
                "uncertain": doubt,
                "unit": fact and fact.unit,
                "state": STATES[state].zh if labels == "zh" else state,
                "readings": readings,
            },
        )


def rows_of_claims(file: FileFacts, lang: str = "zh", labels: str = "names") -> Iterator[Row]:
    """Yields a row of `CLAIMS` for each number of the text."""
    report = file.report
    if report is None:
        return
    del lang  # nothing is told in sentences
    about = origin(report)
    for claim in report.claims.numbers:
        said = described_claim(report, claim)
        status = STATUSES[claim.status].zh if labels == "zh" else claim.status
        value, expected = said["value"], claim.expected
        told = {
            "path": file.path,
            "value": value if value is not None and fits(value) else None,
            "status": status,
            "cells": claim.cells,
            "expected": expected if expected is not None and fits(expected) else None,
        }
        place = _place(report, claim.span, report.document.location_at(claim.span.start))
        yield ordered(CLAIMS, about | said | place | told)


def rows_of_report(file: FileFacts) -> Iterator[Sequence[Any]]:
    """Yields the one row that a report has in a wide table: what stands before the cells, and these by their names."""
    if file.report is None:
        return
    values: dict[str, Number | None] = {}
    others: dict[str, list[str]] = {}
    for cell in file.report.cells():
        name = str(cell.address)
        state, value = _held(cell)
        if state == "given":
            values[name] = value
        else:
            others.setdefault(state, []).append(name)
    about = origin(file.report) | {"path": file.path}
    about |= {column.name: tuple(others.get(column.name, ())) for column in REPORT if column.type == "list"}
    yield [*(about[column.name] for column in REPORT), values]


def spread(table: DataTable, rows: Iterable[Sequence[Any]]) -> Iterator[Row]:
    """Yields rows of reports as those of a wide table."""
    names = [column.name for column in table.columns[len(REPORT) :]]
    return ([*head, *map(values.get, names)] for *head, values in rows)


def rows_of_findings(result: FileResult, origin: Mapping[str, Any], style: OutputStyle) -> Iterator[Row]:
    """Yields a row of `FINDINGS` for each finding, those that are not reported too.

    `origin` is what the function of that name says of the report; empty for what is none.
    """
    about = _UNKNOWN | about_file(result, style.lang) | dict(origin)
    encode = encoder(ascii_only=False)
    found = [("diagnostic", None, described(result.source, one, style)) for one in result.diagnostics]
    found += [("suppressed", one.by, silenced(result.source, one, style)) for one in result.suppressed]  # type: ignore[misc]
    for kind, by, said in found:
        start, end, where = said["range"]["start"], said["range"]["end"], said["location"] or {}
        yield ordered(
            FINDINGS,
            about
            | {key: said[key] for key in ("path", "code", "name", "severity", "message")}
            | {
                "suppressed": by,
                "cells": tuple(said["cells"]),
                "also": tuple(said["also"]),
                "line": start["line"],
                "column": start["column"],
                "end_line": end["line"],
                "end_column": end["column"],
                "page": where.get("page"),
                "page_table": where.get("table"),
                "table_row": where.get("row"),
                "table_column": where.get("column"),
                "paragraph": where.get("paragraph"),
                "json": encode({"type": kind, **said}),
            },
        )


def row_of_file(result: FileResult, origin: Mapping[str, Any], lang: str) -> Row:
    """Returns the row of a file in `FILES`."""
    counts = Counter(one.severity.name for one in result.diagnostics)
    about = _UNKNOWN | about_file(result, lang) | dict(origin)
    told = {f"{name}s": counts[name] for name in ("error", "warning", "info")}
    undetermined = tuple(one.code for one in result.ledger if one.verdict == "undetermined")
    return ordered(FILES, about | told | {"undetermined": undetermined})


def origin(report: Report) -> dict[str, Any]:
    """Returns the values of the columns that say what a report is."""
    found: dict[str, Any] = report.texts.once("origin", lambda: _origin(report))
    return found


def ordered(table: DataTable, about: dict[str, Any]) -> Row:
    """Returns values by the names of their columns as a row."""
    return [about[column.name] for column in table.columns]


def _held(cell: Fact | Uncertain) -> tuple[str, Number | None]:
    """Returns the state of a cell, and its number if it has one that fits."""
    if isinstance(cell, Uncertain):
        return "uncertain", None
    if cell.value is None:
        return cell.state, None
    return (cell.state, cell.value) if fits(cell.value) else ("too_long", None)


def _origin(report: Report) -> dict[str, Any]:
    region = region_of(report.agency, report.year, report.prose().text)
    return {
        "agency": report.agency,
        "year": report.year,
        "province": region.path[0].name if region.path else None,
        "division": region.code,
        "format": report.document.format,
        "form": report.form.id,
        "schema": SCHEMA,
    }


def _place(report: Report, span: Span, location: Location | None) -> dict[str, Any]:
    """Returns the values of the columns that say where something is."""
    file, (start, end) = report.document.source.in_file(span)
    first, last, where = file.position(start), file.position(end), location or Location()
    return {
        "line": first.line,
        "column": first.column,
        "end_line": last.line,
        "end_column": last.column,
        "page": where.page,
        "page_table": where.table,
        "table_row": where.row,
        "table_column": where.column,
        "paragraph": where.paragraph,
    }


def _restored(kind: str, value: Any) -> Any:
    if kind == "number" and isinstance(value, str):
        return Decimal(value)
    return tuple(value) if isinstance(value, list) else value
