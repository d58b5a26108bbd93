"""The numbers of the statutory tables, for programs and spreadsheets."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from disclosure_lint.model.display import harmless
from disclosure_lint.model.report import Fact, Number, Report
from disclosure_lint.model.source import Source
from disclosure_lint.outputs.json_output import encoder, original, place

_FORMULAS = ("=", "+", "@", "\t", "\r", "\n", "＝", "＋", "＠")
_MINUS = ("-", "－")
_NUMBER = re.compile(r"[-－][0-9０-９]+([.．][0-9０-９]+)?[%％]?")
HEADER = ("path", "agency", "year", "name", "value", "raw", "line", "column", "end_line", "end_column")


class FileFacts(NamedTuple):
    """What was read of one file."""

    path: str
    format: str | None
    """None if the file could not be read."""
    report: Report | None
    """None if it is no report."""


def render_json(files: Iterable[FileFacts], single: bool, ascii_only: bool = False) -> Iterator[str]:
    """Returns one JSON document piece by piece: the object of a single file, or an array of an object a file."""
    encode = encoder(ascii_only)
    if single:
        for file in files:
            yield _object(file, encode) + "\n"
        return
    separator = "["
    for file in files:
        yield f"{separator}\n{_object(file, encode)}"
        separator = ","
    yield "[]\n" if separator == "[" else "\n]\n"


def render_csv(files: Iterable[FileFacts]) -> Iterator[str]:
    """Returns a header and a row for every number, piece by piece."""
    yield _rows([HEADER])
    for file in files:
        if file.report:
            yield _rows(_values(file.path, file.report, fact) for fact in file.report.facts.values())


def _object(file: FileFacts, encode: Callable[[Any], str]) -> str:
    report = file.report
    head = {
        "path": file.path,
        "format": file.format,
        "form": report.form.id if report else None,
        "agency": report.agency if report else None,
        "year": report.year if report else None,
    }
    facts = [_fact(fact, report.document.source, encode) for fact in report.facts.values()] if report else []
    body = ",\n  ".join(facts)
    return f'{encode(head)[:-1]}, "facts": [' + (f"\n  {body}]}}" if facts else "]}")


def _fact(fact: Fact, source: Source, encode: Callable[[Any], str]) -> str:
    # A decimal must not pass through a float, and JSON text can hold it as it is.
    value = encode(fact.value) if not isinstance(fact.value, Decimal) else format(fact.value, "f")
    rest = {"raw": fact.raw, "range": place(source, fact.span), "location": original(fact.location)}
    return f'{{"name": {encode(str(fact.address))}, "value": {value}, {encode(rest)[1:]}'


def _values(path: str, report: Report, fact: Fact) -> tuple[str | int | None, ...]:
    file, span = report.document.source.in_file(fact.span)
    place = (*file.position(span.start), *file.position(span.end))
    return (path, report.agency, report.year, str(fact.address), _plain(fact.value), fact.raw, *place)


def _plain(value: Number | None) -> str | None:
    return None if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


def _rows(rows: Iterable[tuple[object, ...]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([_cell(value) for value in row] for row in rows)
    return buffer.getvalue()


def _cell(value: object) -> object:
    """Returns a value for a cell that no spreadsheet takes for a formula and no terminal for a command.

    A spreadsheet hides an apostrophe in front, and takes the rest for text:
    https://owasp.org/www-community/attacks/CSV_Injection
    """
    if not isinstance(value, str):
        return value
    is_formula = value.startswith(_FORMULAS) or (value.startswith(_MINUS) and not _NUMBER.fullmatch(value))
    return "'" * is_formula + harmless(value)
