"""The numbers of a report, in its tables and in its text, with all that is said of each."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from disclosure_lint.model.claim import Compared
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.form import address
from disclosure_lint.model.personal import masked
from disclosure_lint.model.places import row_words
from disclosure_lint.model.report import Fact, Report, Uncertain, Unclear
from disclosure_lint.outputs.json_output import encoder, original, place
from disclosure_lint.outputs.row_texts import plain

_REASONS = {
    "count": LocalizedText(
        "这一行的数和格式的各列对不上，分不清哪个数属于哪一列",
        "the numbers of the row do not line up with the columns of the form",
    ),
    "columns": LocalizedText(
        "表头和格式的列不一样，分不清哪个数属于哪一列",
        "the header names other columns than the form, so it cannot be told which number belongs where",
    ),
    "apart": LocalizedText(
        "附近的行名和数字对不上，说不准哪些数属于这一行",
        "labels and numbers around it do not match, so it cannot be told which numbers belong to the row",
    ),
    "row": LocalizedText(
        "这一行和别的行先后对不上，说不准数字属于哪一行",
        "the place of the row among the others is not the form's, so it cannot be told whose numbers they are",
    ),
}
STATUSES = {
    "agrees": LocalizedText("一致", "agrees"),
    "contradicts": LocalizedText("矛盾", "contradicts"),
    "approximate": LocalizedText("约数相符", "approximate"),
    "other_scope": LocalizedText("别的口径", "other scope"),
    "other_period": LocalizedText("别的时期", "other period"),
    "split": LocalizedText("表里没有的分法", "split not in the form"),
    "unrelated": LocalizedText("与表格无关", "not about the form"),
    "not_a_quantity": LocalizedText("不是数量", "not a quantity"),
    "not_understood": LocalizedText("没有看懂", "not understood"),
}


class FileFacts(NamedTuple):
    """What was read of one file."""

    path: str
    format: str | None
    """None if the file could not be read."""
    report: Report | None
    """None if it is no report."""


def render_json(objects: Iterable[str], single: bool) -> Iterator[str]:
    """Yields one JSON document piece by piece: the object of a single file, or an array of an object a file."""
    if single:
        yield from (f"{one}\n" for one in objects)
        return
    separator = "["
    for one in objects:
        yield f"{separator}\n{one}"
        separator = ","
    yield "[]\n" if separator == "[" else "\n]\n"


def json_object(file: FileFacts, lang: str = "zh", *, ascii_only: bool = False) -> str:
    """Returns the JSON object of a file."""
    encode = encoder(ascii_only)
    report = file.report
    head = {
        "path": file.path,
        "format": file.format,
        "form": report.form.id if report else None,
        "agency": report.agency if report else None,
        "year": report.year if report else None,
    }
    facts = [encoded(described(report, cell, lang), encode) for cell in report.cells()] if report else []
    claims = [encoded(described_claim(report, one), encode) for one in report.claims.numbers] if report else []
    return f'{encode(head)[:-1]}, "facts": {_listed(facts)}, "claims": {_listed(claims)}}}'


def render_claims_text(report: Report, claims: Iterable[Compared], lang: str) -> Iterator[str]:
    """Yields a line for each number but those that are no quantities: place, status, text, cells and their sum."""
    source = report.document.source
    for claim in claims:
        if claim.status == "not_a_quantity":
            continue
        file, (start, _) = source.in_file(claim.span)
        line, column = file.position(start)
        cells = " + ".join(claim.cells)
        # As the table counts, which is in 万元 where the form says so.
        held = sum(report.facts[address(cell)].value or 0 for cell in claim.cells if claim.expected is not None)
        total = f" = {plain(held)}" if claim.expected is not None else ""
        told = f"  {cells}{total}" if cells else ""
        yield f"{line}:{column}  {STATUSES[claim.status].text(lang)}  {escape_controls(masked(claim.text))}{told}\n"


def render_claims_json(report: Report, path: str, claims: Iterable[Compared], ascii_only: bool) -> Iterator[str]:
    """Yields one JSON object piece by piece, with a line for each number."""
    encode: Callable[[Any], str] = encoder(ascii_only)
    head = {"path": path, "agency": report.agency, "year": report.year}
    yield f'{encode(head)[:-1]}, "claims": ['
    separator = ""
    for claim in claims:
        yield f"{separator}\n  {encoded(described_claim(report, claim), encode)}"
        separator = ","
    yield "]}\n"


def described(report: Report, cell: Fact | Uncertain, lang: str) -> dict[str, Any]:
    """Returns all that is said of a cell; only one that is uncertain, or has a unit, has a key for that."""
    about = {"name": str(cell.address), "value": None, "raw": raw(cell)}
    source = report.document.source
    if isinstance(cell, Uncertain):
        sentence = why(report, cell.address.table, cell.unclear).text(lang)
        doubt = {"uncertain": sentence, "readings": list(cell.readings)}
        return about | {"range": place(source, cell.unclear.span), "location": None} | doubt
    unit = {"unit": cell.unit} if cell.unit else {}
    section = report.form.section(report.form.table(cell.address.table).section).number
    location = original(cell.location._replace(section=section) if cell.location else None)
    return about | {"value": cell.value, "range": place(source, cell.span), "location": location} | unit


def described_claim(report: Report, claim: Compared) -> dict[str, Any]:
    """Returns what is said of a number of the text; one that leads to a person is masked."""
    text = masked(claim.text)
    return {
        "text": text,
        "value": claim.value if text == claim.text else None,
        "unit": claim.unit,
        "approximate": claim.approximate,
        "measure": claim.measure,
        "status": claim.status,
        "cells": list(claim.cells),
        "range": place(report.document.source, claim.span),
    }


def why(report: Report, table: str, row: Unclear) -> LocalizedText:
    """Returns why the numbers of a row cannot be told, with the lines in question as `show` counts them."""
    form, position = report.form.table(table), report.document.source.position
    lines = sorted([position(row.span.start).line, position((row.rival or row.span).start).line])
    name = row_words(form, row.row)
    if row.reason == "rival":
        return LocalizedText(
            f"第 {lines[0]} 行和第 {lines[1]} 行都可能是{name.zh}行",
            f"both line {lines[0]} and line {lines[1]} may be the row {name.en}",
        )
    if row.reason == "row" and row.other_row is not None:
        other = row_words(form, row.other_row)
        return LocalizedText(
            f"这些数可能属于{name.zh}行，也可能属于{other.zh}行",
            f"the numbers may be those of the row {name.en} or of the row {other.en}",
        )
    if row.reason == "count" and row.found != row.expected:
        return LocalizedText(
            f"这一行有 {row.found} 个数，格式要 {row.expected} 个，分不清哪个数属于哪一列",
            f"the row has {row.found} numbers where the form has {row.expected}, so they cannot be told apart",
        )
    return _REASONS[row.reason]


def raw(cell: Fact | Uncertain) -> str:
    """Returns the text of a cell; of an uncertain one, if only one may stand there."""
    if isinstance(cell, Fact):
        return cell.raw
    return cell.readings[0] if len(cell.readings) == 1 else ""


def encoded(about: dict[str, Any], encode: Callable[[Any], str]) -> str:
    """Returns what is said of a number, under `value`, as JSON text."""
    if not isinstance(about["value"], Decimal):
        return encode(about)
    # A decimal must not pass through a float, and JSON text can hold it as it is.
    items = ((key, plain(value) if key == "value" else encode(value)) for key, value in about.items())
    return "{" + ", ".join(f"{encode(key)}: {value}" for key, value in items) + "}"


def _listed(items: list[str]) -> str:
    return "[\n  " + ",\n  ".join(items) + "]" if items else "[]"
