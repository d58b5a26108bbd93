"""Diagnostics as the protocol has them."""

from lsprotocol import types

from disclosure_lint.lsp.analysis import Analysis
from disclosure_lint.lsp.positions import Ruler
from disclosure_lint.model.diagnostic import Diagnostic, LocalizedText, Severity
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.output import page_of
from disclosure_lint.model.source import Span
from disclosure_lint.outputs.wording import cited

SOURCE = "disclosure-lint"
_SEVERITIES = {
    Severity.error: types.DiagnosticSeverity.Error,
    Severity.warning: types.DiagnosticSeverity.Warning,
    Severity.info: types.DiagnosticSeverity.Information,
}
_UNNECESSARY = ("unused-suppression",)
"""Names of rules about text that does nothing."""


def report_diagnostics(analysis: Analysis) -> list[types.Diagnostic]:
    """Returns all that is wrong in a report."""
    return [as_protocol(analysis, diagnostic) for diagnostic in analysis.diagnostics]


def as_protocol(analysis: Analysis, diagnostic: Diagnostic) -> types.Diagnostic:
    """Returns a diagnostic with the places that belong to it; its `data` are the names of rule and numbers."""
    uri, ruler, lang = analysis.buffer.uri, analysis.ruler, analysis.lang
    page = page_of(analysis.config.settings.rule_pages, diagnostic.code)
    related = [
        types.DiagnosticRelatedInformation(types.Location(uri, ruler.range(one.span)), one.message.text(lang))
        for one in diagnostic.related
    ]
    return types.Diagnostic(
        range=ruler.range(diagnostic.span),
        message=_explained(analysis, diagnostic),
        severity=_SEVERITIES[diagnostic.severity],
        code=diagnostic.code,
        code_description=types.CodeDescription(page) if page else None,
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if diagnostic.name in _UNNECESSARY else None,
        related_information=related or None,
        data={
            "name": diagnostic.name,
            "cells": list(diagnostic.cells),
            "also": list(diagnostic.also),
            **({"suggestions": [one._asdict() for one in diagnostic.suggestions]} if diagnostic.suggestions else {}),
        },
    )


def _explained(analysis: Analysis, diagnostic: Diagnostic) -> str:
    """Returns the message; below it, where lists of findings cut it off, why the rule is there and its law."""
    lang = analysis.lang
    reason = analysis.config.reasons.get(diagnostic.code)
    law = LocalizedText("；", "; ").text(lang).join(dict.fromkeys(cited(one, lang) for one in diagnostic.law))
    lines = [diagnostic.message.text(lang)]
    if reason:
        lines.append(LocalizedText("为什么：", "Why: ").text(lang) + reason.text(lang))
    if law:
        lines.append(LocalizedText("依据：", "Law: ").text(lang) + law)
    return "\n".join(lines)


def mistake(error: UserError, text: str, ruler: Ruler, lang: str) -> types.Diagnostic:
    """Returns a mistake in a TOML file, from its place to the end of the word there."""
    return types.Diagnostic(
        range=ruler.range(_word(text, ruler, error)),
        message=error.sentence(lang),
        severity=types.DiagnosticSeverity.Error,
        source=SOURCE,
    )


def remark(line: int, message: str, ruler: Ruler, *, severe: bool) -> types.Diagnostic:
    """Returns a question about a line (from 1) of a TOML file."""
    start = ruler.offset(types.Position(line - 1, 0))
    severity = types.DiagnosticSeverity.Warning if severe else types.DiagnosticSeverity.Information
    return types.Diagnostic(ruler.range(Span(start, ruler.line_end(start))), message, severity=severity, source=SOURCE)


def _word(text: str, ruler: Ruler, error: UserError) -> Span:
    line = ruler.offset(types.Position((error.line or 1) - 1, 0))
    end = ruler.line_end(line)
    start = min(line + (error.column or 1) - 1, end)
    stop = start
    while stop < end and text[stop] not in " \t=,":
        stop += 1
    return Span(start, max(stop, min(start + 1, end)))
