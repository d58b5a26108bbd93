"""The diagnostic format of reviewdog: as one JSON document, or a line for each finding."""

import json
from typing import Any

from disclosure_lint.model.diagnostic import Diagnostic, Fix, Severity
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.source import Source, Span
from disclosure_lint.outputs.findings import byte_range, from_here, message
from disclosure_lint.outputs.json_output import Items, encoder

_SEVERITIES = {Severity.error: "ERROR", Severity.warning: "WARNING", Severity.info: "INFO", Severity.off: "INFO"}
_SOURCE = {"name": "disclosure-lint"}
_LONGEST = 20


class Writer:
    """Writes an object for each finding."""

    def __init__(self, style: OutputStyle):
        self._style = style
        self._items = Items(style, "\n  ")

    def start(self) -> str:
        """Returns the head of the document."""
        return f'{{"source": {json.dumps(_SOURCE)},\n "diagnostics": ['

    def add(self, result: FileResult) -> str:
        """Returns the findings of a file."""
        return self._items.add(described(result.source, one, self._style) for one in result.diagnostics)

    def finish(self) -> str:
        """Returns what ends the document."""
        return "]}\n"


class LinesWriter:
    """Writes findings as they come."""

    def __init__(self, style: OutputStyle):
        self._style = style
        self._encode = encoder(not style.utf8)

    def start(self) -> str:
        """Returns nothing."""
        return ""

    def add(self, result: FileResult) -> str:
        """Returns the findings of a file."""
        found = (described(result.source, one, self._style) for one in result.diagnostics)
        return "".join(self._encode(one) + "\n" for one in found)

    def finish(self) -> str:
        """Returns nothing."""
        return ""


def described(source: Source | None, diagnostic: Diagnostic, style: OutputStyle) -> dict[str, Any]:
    """Returns a finding as reviewdog's message `Diagnostic`."""
    file, span = source.in_file(diagnostic.span) if source else (None, diagnostic.span)
    span = file.in_line(span) if file else span
    suggestion = _suggestion(source, diagnostic.fix) if source and diagnostic.fix else None
    return {
        "message": message(diagnostic, style.lang),
        "location": {"path": from_here(diagnostic.path), "range": _range(file, span)},
        "severity": _SEVERITIES[diagnostic.severity],
        "source": _SOURCE,
        "code": {"value": diagnostic.code, **({"url": page} if (page := style.page(diagnostic.code)) else {})},
        **({"suggestions": [suggestion]} if suggestion else {}),
    }


def _range(source: Source | None, span: Span) -> dict[str, dict[str, int]]:
    start, end = byte_range(source, span)
    return {"start": start._asdict(), "end": end._asdict()}


def _suggestion(source: Source, fix: Fix) -> dict[str, Any] | None:
    """Returns all edits of a fix as one, since a reader may accept suggestions singly; None if that is too much."""
    whole = Span(fix.edits[0].span.start, fix.edits[-1].span.end)
    if source.position(whole.end).line - source.position(whole.start).line > _LONGEST:
        return None
    parts, done = [], whole.start
    for edit in fix.edits:
        parts += [source.text[done : edit.span.start], edit.text]
        done = edit.span.end
    return {"range": _range(source, whole), "text": "".join(parts)}
