"""Rows of a table as Parquet, by pyarrow: imported only where somebody asks for it."""

from collections.abc import Callable, Iterable, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from disclosure_lint.model.version import __version__
from disclosure_lint.outputs.columns import DECIMALS, SCHEMA, WHOLE_DIGITS, DataTable, Row, Value
from disclosure_lint.outputs.sink import Sink

_MOST_ROWS, _MOST_CHARACTERS = 20_000, 8_000_000
"""Of a row group, which is what is in memory: of a hundred reports, or of fewer where they hold long texts."""
_TYPES = {
    "text": pa.string(),
    "integer": pa.int32(),
    "number": pa.decimal128(WHOLE_DIGITS + DECIMALS, DECIMALS),
    "flag": pa.bool_(),
    "list": pa.list_(pa.string()),
}


def schema(table: DataTable, labels: str = "names") -> pa.Schema:
    """Returns the columns of a table, each with its description, and the versions in the metadata."""
    fields = [
        pa.field(
            column.head(labels),
            _TYPES[column.type],
            metadata={"description": column.about.text("zh" if labels == "zh" else "en")},
        )
        for column in table.columns
    ]
    about = {"table": table.name, "schema": str(SCHEMA), "tool": f"disclosure-lint {__version__}"}
    return pa.schema(fields, metadata=about)


def write(
    table: DataTable, parts: Iterable[Iterable[Row]], put: Callable[[bytes], object], labels: str = "names"
) -> int:
    """Gives the bytes of a Parquet file to `put`, row group by row group; returns the number of rows."""
    columns = schema(table, labels)
    count = 0
    with pq.ParquetWriter(pa.PythonFile(Sink(put), mode="w"), columns, compression="zstd") as writer:
        for group in _groups(parts):
            count += len(group)
            arrays = [_array(values, field) for values, field in zip(zip(*group, strict=True), columns, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=columns))
    return count


def _groups(parts: Iterable[Iterable[Row]]) -> Iterable[Sequence[Row]]:
    group: list[Row] = []
    characters = 0
    for rows in parts:
        for row in rows:
            group.append(row)
            characters += sum(len(value) for value in row if isinstance(value, str))
            if len(group) >= _MOST_ROWS or characters >= _MOST_CHARACTERS:
                yield group
                group, characters = [], 0
    if group:
        yield group


def _array(values: Sequence[Value], field: pa.Field) -> pa.Array:
    try:
        return pa.array(values, field.type)
    except UnicodeEncodeError:
        return pa.array(list(map(_plain, values)), field.type)


def _plain(value: Value) -> Value:
    """Returns a value without what UTF-8 cannot hold: names of files may have bytes that are no text."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    return tuple(str(_plain(one)) for one in value) if isinstance(value, tuple) else value
