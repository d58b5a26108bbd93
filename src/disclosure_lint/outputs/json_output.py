"""Diagnostics and ledgers as JSON, for programs."""

import json
from collections.abc import Callable
from typing import Any

from disclosure_lint.model.diagnostic import Diagnostic, Fix, Severity
from disclosure_lint.model.display import in_json
from disclosure_lint.model.document import Location
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult, RuleOutcome, Suppressed
from disclosure_lint.model.source import Source, Span
from disclosure_lint.outputs.totals import Totals

_COUNTED = (Severity.error, Severity.warning, Severity.info)
_NOWHERE = {"line": 1, "column": 1}

VERSION = 1
"""Of what the keys mean."""


def tool(style: OutputStyle) -> dict[str, str]:
    """Returns what wrote the output."""
    return {"name": "disclosure-lint", "version": style.version}


def counts(totals: Totals) -> dict[str, int]:
    """Returns the counts that end a run."""
    severities = {severity.name: totals.severities[severity] for severity in _COUNTED}
    silenced = {"suppressed": totals.suppressed, "baselined": totals.baselined}
    return {"files": totals.files} | severities | silenced | ({"fixed": totals.fixed} if totals.fixed else {})


def place(source: Source | None, span: Span) -> dict[str, dict[str, int]]:
    """Returns a span as lines and columns from 1 in code points, the end exclusive; 1:1 where there is no text."""
    if source is None:
        return {"start": _NOWHERE, "end": _NOWHERE}
    file, (start, end) = source.in_file(span)
    return {"start": file.position(start)._asdict(), "end": file.position(end)._asdict()}


def original(location: Location | None) -> dict[str, Any] | None:
    """Returns where it is in a format without text lines of its own, the box only where known; None for the others."""
    if location is None:
        return None
    found = location._asdict()
    if location.box is None:
        del found["box"]
    return found


def encoder(ascii_only: bool) -> Callable[[Any], str]:
    """Returns what writes a value on one line; `ascii_only` for a stream that is not UTF-8."""
    encode = json.JSONEncoder(ensure_ascii=ascii_only).encode
    return encode if ascii_only else lambda value: in_json(encode(value))


class Writer:
    """Writes one JSON document: a line for each diagnostic, for each file, and for each suppressed diagnostic."""

    def __init__(self, style: OutputStyle):
        self._style = style
        self._encode = encoder(not style.utf8)
        self._totals = Totals()
        self._separator = "\n  "
        self._files: list[tuple[str, str]] = []
        self._suppressed: list[str] = []
        # Most files end the rules alike: one text for equal ledgers keeps a run over thousands of files small.
        self._ledgers: dict[str, str] = {}

    def start(self) -> str:
        """Returns the head of the document."""
        return f'{{"version": {VERSION},\n "tool": {self._encode(tool(self._style))},\n "diagnostics": ['

    def add(self, result: FileResult) -> str:
        """Returns the diagnostics of a file."""
        lang, encode = self._style.lang, self._encode
        self._totals.add(result)
        ledger = encode([judged(entry, lang) for entry in result.ledger])
        if result.status != "configuration":
            self._files.append((encode(about_file(result, lang)), self._ledgers.setdefault(ledger, ledger)))
        self._suppressed += [encode(silenced(result.source, one, self._style)) for one in result.suppressed]
        lines = []
        for diagnostic in result.diagnostics:
            lines.append(self._separator + encode(described(result.source, diagnostic, self._style)))
            self._separator = ",\n  "
        return "".join(lines)

    def finish(self) -> str:
        """Returns the files, what is suppressed, and the counts."""
        files = ",".join(f'\n  {head[:-1]}, "ledger": {ledger}}}' for head, ledger in self._files)
        summary = self._encode(counts(self._totals))
        suppressed = ",".join(f"\n  {one}" for one in self._suppressed)
        return f'],\n "files": [{files}],\n "suppressed": [{suppressed}],\n "summary": {summary}}}\n'


def described(source: Source | None, diagnostic: Diagnostic, style: OutputStyle) -> dict[str, Any]:
    """Returns all that is said about a finding."""
    return {
        "path": diagnostic.path,
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.name,
        "message": diagnostic.message.text(style.lang),
        "range": place(source, diagnostic.span),
        "location": original(diagnostic.location),
        "cells": list(diagnostic.cells),
        "related": [
            {"message": related.message.text(style.lang), "range": place(source, related.span)}
            for related in diagnostic.related
        ],
        "also": list(diagnostic.also),
        "source": list(dict.fromkeys(law.document for law in diagnostic.law)),
        "url": style.page(diagnostic.code),
        "suggestions": [one._asdict() for one in diagnostic.suggestions],
        "fix": _fix(source, diagnostic.fix, style.lang),
    }


def _fix(source: Source | None, fix: Fix | None, lang: str) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [{"range": place(source, edit.span), "text": edit.text} for edit in fix.edits]
    return {"applicability": fix.applicability, "title": fix.title.text(lang), "edits": edits}


def silenced(source: Source | None, one: Suppressed, style: OutputStyle) -> dict[str, Any]:
    """Returns all that is said about a finding that is not reported, and who asked for that."""
    suppression = {"kind": one.kind, "by": one.by, "reason": one.reason}
    return described(source, one.diagnostic, style) | {"suppression": suppression}


def about_file(result: FileResult, lang: str) -> dict[str, Any]:
    """Returns what a file is, without its findings and how the rules ended."""
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


def judged(entry: RuleOutcome, lang: str) -> dict[str, str]:
    """Returns how a rule ended."""
    reason = {"reason": entry.reason.text(lang)} if entry.reason else {}
    return {"code": entry.code, "verdict": entry.verdict, **reason}
