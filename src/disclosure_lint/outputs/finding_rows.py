"""What a check made of a file, as rows of the tables in `columns`."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult
from disclosure_lint.outputs.columns import FILES, FINDINGS, SCHEMA, Row
from disclosure_lint.outputs.json_output import about_file, described, encoder, silenced
from disclosure_lint.outputs.rows import ordered

_UNKNOWN = {"province": None, "division": None, "schema": SCHEMA}


def rows_of_findings(result: FileResult, origin: Mapping[str, Any], style: OutputStyle) -> Iterator[Row]:
    """Yields a row of `FINDINGS` for each finding, those that are not reported too.

    `origin` is what `rows.origin` says of the report; empty for what is none.
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
