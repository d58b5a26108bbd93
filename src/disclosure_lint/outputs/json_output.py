"""Diagnostics and ledgers as JSON, for programs."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from disclosure_lint.model.diagnostic import Diagnostic, Fix, Severity
from disclosure_lint.model.document import Location
from disclosure_lint.model.result import FileResult, LedgerEntry
from disclosure_lint.model.source import Source, Span
from disclosure_lint.outputs.totals import Totals

_COUNTED = (Severity.error, Severity.warning, Severity.info)
_NOWHERE = {"line": 1, "column": 1}


def place(source: Source | None, span: Span) -> dict[str, dict[str, int]]:
    """Returns a span as lines and columns from 1 in code points, the end exclusive; 1:1 where there is no text."""
    if source is None:
        return {"start": _NOWHERE, "end": _NOWHERE}
    return {"start": source.position(span.start)._asdict(), "end": source.position(span.end)._asdict()}


def original(location: Location | None) -> dict[str, int | None] | None:
    """Returns where it is in a format without text lines of its own; None for the others."""
    return None if location is None else location._asdict()


def encoder(ascii_only: bool) -> Callable[[Any], str]:
    """Returns what writes a value on one line; `ascii_only` for a stream that is not UTF-8."""
    return json.JSONEncoder(ensure_ascii=ascii_only).encode


def render(results: Iterable[FileResult], lang: str, version: str, ascii_only: bool = False) -> Iterator[str]:
    """Returns one JSON document piece by piece: a line for each diagnostic, then one for each file."""
    encode = encoder(ascii_only)
    totals = Totals()
    files: list[tuple[str, str]] = []
    # Most files end the rules alike: one text for equal ledgers keeps a run over thousands of files small.
    ledgers: dict[str, str] = {}
    yield f'{{"version": 1,\n "tool": {encode({"name": "disclosure-lint", "version": version})},\n "diagnostics": ['
    separator = "\n  "
    for result in results:
        totals.add(result)
        ledger = encode([_entry(entry, lang) for entry in result.ledger])
        files.append((encode(_file(result, lang)), ledgers.setdefault(ledger, ledger)))
        for diagnostic in result.diagnostics:
            yield separator + encode(_diagnostic(result.source, diagnostic, lang))
            separator = ",\n  "
    yield '],\n "files": ['
    for index, (head, ledger) in enumerate(files):
        yield f'{"," if index else ""}\n  {head[:-1]}, "ledger": {ledger}}}'
    counts = {severity.name: totals.severities[severity] for severity in _COUNTED}
    yield f'],\n "summary": {encode({"files": totals.files} | counts)}}}\n'


def _diagnostic(source: Source | None, diagnostic: Diagnostic, lang: str) -> dict[str, Any]:
    return {
        "path": diagnostic.path,
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.name,
        "message": diagnostic.message.text(lang),
        "range": place(source, diagnostic.span),
        "location": original(diagnostic.location),
        "cells": list(diagnostic.cells),
        "related": [
            {"message": related.message.text(lang), "range": place(source, related.span)}
            for related in diagnostic.related
        ],
        "also": list(diagnostic.also),
        "source": list(dict.fromkeys(law.document for law in diagnostic.law)),
        "url": None,
        "suggestions": [],
        "fix": _fix(source, diagnostic.fix, lang),
    }


def _fix(source: Source | None, fix: Fix | None, lang: str) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [{"range": place(source, edit.span), "text": edit.text} for edit in fix.edits]
    return {"applicability": fix.applicability, "title": fix.title.text(lang), "edits": edits}


def _file(result: FileResult, lang: str) -> dict[str, Any]:
    report = result.report
    reason = {"region_reason": result.region_reason.text(lang)} if result.region_reason else {}
    return {
        "path": result.path,
        "format": report.document.format if report else None,
        "form": report.form.id if report else None,
        "region": result.region,
        **reason,
        "agency": report.agency if report else None,
        "year": report.year if report else None,
        "status": result.status,
    }


def _entry(entry: LedgerEntry, lang: str) -> dict[str, str]:
    reason = {"reason": entry.reason.text(lang)} if entry.reason else {}
    return {"code": entry.code, "verdict": entry.verdict, **reason}
