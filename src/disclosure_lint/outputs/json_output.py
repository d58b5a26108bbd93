"""Diagnostics and ledgers as JSON, for programs: as one document, or a line for each thing that is said."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from disclosure_lint.model.diagnostic import Diagnostic, Fix, Severity
from disclosure_lint.model.display import in_json
from disclosure_lint.model.document import Location
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult, RuleOutcome, Suppressed
from disclosure_lint.model.source import Source, Span
from disclosure_lint.outputs.wording import Totals

_COUNTED = (Severity.error, Severity.warning, Severity.info)
_NOWHERE = {"line": 1, "column": 1}
VERSION = 1
"""Of what the keys mean."""


class Writer:
    """Writes one JSON document: a line for each diagnostic, for each file, and for each suppressed diagnostic."""

    def __init__(self, style: OutputStyle):
        self._style = style
        self._encode = encoder(not style.utf8)
        self._totals = Totals()
        self._items = Items(style, "\n  ")
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
        return self._items.add(described(result.source, one, self._style) for one in result.diagnostics)

    def finish(self) -> str:
        """Returns the files, what is suppressed, and the counts."""
        files = ",".join(f'\n  {head[:-1]}, "ledger": {ledger}}}' for head, ledger in self._files)
        summary = self._encode(counts(self._totals))
        suppressed = ",".join(f"\n  {one}" for one in self._suppressed)
        return f'],\n "files": [{files}],\n "suppressed": [{suppressed}],\n "summary": {summary}}}\n'


class LinesWriter:
    """Writes a line about the run, each file's diagnostics and then the file, and at last the counts.

    Each line has its `type`: for long runs and for pipes.
    """

    def __init__(self, style: OutputStyle):
        self._style = style
        self._encode = encoder(not style.utf8)
        self._totals = Totals()

    def start(self) -> str:
        """Returns the line of the run."""
        return self._line("run", {"version": VERSION, "tool": tool(self._style)})

    def add(self, result: FileResult) -> str:
        """Returns the lines of a file."""
        lang = self._style.lang
        self._totals.add(result)
        lines = [self._line("diagnostic", described(result.source, found, self._style)) for found in result.diagnostics]
        lines += [self._line("suppressed", silenced(result.source, one, self._style)) for one in result.suppressed]
        if result.status != "configuration":
            ledger = [judged(entry, lang) for entry in result.ledger]
            lines.append(self._line("file", about_file(result, lang) | {"ledger": ledger}))
        return "".join(lines)

    def finish(self) -> str:
        """Returns the line of the counts."""
        return self._line("summary", counts(self._totals))

    def _line(self, kind: str, value: dict[str, Any]) -> str:
        return self._encode({"type": kind, **value}) + "\n"


class Items:
    """The items of a JSON array, written as they come."""

    def __init__(self, style: OutputStyle, before: str):
        """Takes what stands before each item: a line end and blanks."""
        self._encode = encoder(not style.utf8)
        self._between, self._before = f",{before}", before

    def add(self, values: Iterable[Any]) -> str:
        """Returns more items, with what stands between them and those before."""
        pieces = []
        for value in values:
            pieces.append(self._before + self._encode(value))
            self._before = self._between
        return "".join(pieces)


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


def silenced(source: Source | None, one: Suppressed, style: OutputStyle) -> dict[str, Any]:
    """Returns all that is said about a finding that is not reported, and who asked for that."""
    suppression = {"kind": one.kind, "by": one.by, "reason": one.reason}
    return described(source, one.diagnostic, style) | {"suppression": suppression}


def about_file(result: FileResult, lang: str) -> dict[str, Any]:
    """Returns what a file is, without its findings and how the rules ended."""
    outline = result.outline
    reason = {"region_reason": result.region_reason.text(lang)} if result.region_reason else {}
    return {
        "path": result.path,
        "format": outline.format if outline else None,
        "form": outline.form if outline else None,
        "region": result.region,
        **reason,
        "agency": outline.agency if outline else None,
        "year": outline.year if outline else None,
        "status": result.status,
    }


def judged(entry: RuleOutcome, lang: str) -> dict[str, str]:
    """Returns how a rule ended."""
    reason = {"reason": entry.reason.text(lang)} if entry.reason else {}
    return {"code": entry.code, "verdict": entry.verdict, **reason}


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


def _fix(source: Source | None, fix: Fix | None, lang: str) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [{"range": place(source, edit.span), "text": edit.text} for edit in fix.edits]
    return {"applicability": fix.applicability, "title": fix.title.text(lang), "edits": edits}
