"""Rows of a table as text: CSV for spreadsheets, JSON lines for programs."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.numbers import Number
from disclosure_lint.outputs.columns import DataTable, Row, Value
from disclosure_lint.outputs.json_output import encoder

BOM = "\ufeff"
"""By which spreadsheets see that a CSV file is UTF-8."""
_FORMULAS = ("=", "+", "@", "\t", "\r", "\n", "＝", "＋", "＠")
_MINUS = ("-", "－")
_NUMBER = lazy_re_compile(r"[-－][0-9０-９]+([.．][0-9０-９]+)?[%％]?")


def csv_head(table: DataTable, labels: str = "names") -> str:
    """Returns the heads as CSV; with Chinese ones, a spreadsheet is told that it is UTF-8."""
    return (BOM if labels == "zh" else "") + csv_rows([[column.head(labels) for column in table.columns]])


def csv_part(rows: Iterable[Row]) -> str:
    """Returns rows of a table as CSV."""
    return csv_rows([_shown(value) for value in row] for row in rows)


def lines_part(table: DataTable, rows: Iterable[Row], labels: str = "names", *, ascii_only: bool = False) -> str:
    """Returns a JSON object a line for each row, with the heads as keys."""
    encode = encoder(ascii_only)
    heads = [encode(column.head(labels)) for column in table.columns]
    lines = (
        ", ".join(f"{head}: {_json(value, encode)}" for head, value in zip(heads, row, strict=True)) for row in rows
    )
    return "".join(f"{{{line}}}\n" for line in lines)


def _json(value: Value, encode: Callable[[Any], str]) -> str:
    # A decimal must not pass through a float, and JSON text can hold it as it is.
    return plain(value) or "" if isinstance(value, Decimal) else encode(value)


def _shown(value: Value) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "; ".join(value)
    return plain(value) if isinstance(value, Decimal) else value


def plain(value: Number | None) -> str | None:
    """Returns a number in digits, never with an exponent; None for none."""
    return None if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


def csv_rows(rows: Iterable[Sequence[object]]) -> str:
    """Returns rows as CSV."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([_cell(value) for value in row] for row in rows)
    return buffer.getvalue()


def _cell(value: object) -> object:
    """Returns a value for a cell that no spreadsheet takes for a formula and no terminal for a command.

    A spreadsheet hides an apostrophe in front, and takes the rest for text:
    https://owasp.org/www-community/attacks/CSV_Injection
    """
    return "'" * is_formula(value) + escape_controls(value) if isinstance(value, str) else value


def is_formula(text: str) -> bool:
    """Says whether a spreadsheet may take a text for a formula."""
    return text.startswith(_FORMULAS) or (text.startswith(_MINUS) and not _NUMBER.fullmatch(text))
