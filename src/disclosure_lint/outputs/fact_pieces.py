"""What one file adds to the output of `facts`, in whichever form that is asked for."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from disclosure_lint.outputs.columns import CLAIMS, FACTS, DataTable, Row
from disclosure_lint.outputs.facts import FileFacts, json_object
from disclosure_lint.outputs.row_texts import csv_part, lines_part
from disclosure_lint.outputs.rows import rows_of_claims, rows_of_facts, rows_of_report


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


def _restored(kind: str, value: Any) -> Any:
    if kind == "number" and isinstance(value, str):
        return Decimal(value)
    return tuple(value) if isinstance(value, list) else value
