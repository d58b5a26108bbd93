"""Findings and verdicts as results of SARIF."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from disclosure_lint.model.diagnostic import Diagnostic, Fix, Related
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.result import FileResult, RuleOutcome
from disclosure_lint.model.source import Source, Span
from disclosure_lint.outputs.findings import FingerprintedFinding, known, message, place
from disclosure_lint.outputs.sarif_rules import LEVELS, RuleIndex
from disclosure_lint.outputs.totals import OUTCOMES

_KINDS = {"passed": "pass", "not_applicable": "notApplicable", "undetermined": "open"}
# What stands in a document must not become a link of the viewer.
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")
_MOST_LINKS = 30


class Place(NamedTuple):
    """The file that results are about."""

    artifact: dict[str, Any]
    """Its `artifactLocation`."""
    name: str
    """What fingerprints know it by."""
    source: Source | None


class Results:
    """Makes results; numbers their rules."""

    def __init__(self, lang: str, rules: RuleIndex):
        self._lang = lang
        self._rules = rules

    def findings(self, result: FileResult, where: Place, *, silenced: bool) -> Iterator[dict[str, Any]]:
        """Returns the results of kind `fail`; if wanted, also those that are not reported, with who asked for that."""
        for one in known(result, where.name):
            if silenced or not one.suppressed:
                yield self._finding(one, where)

    def ledger(self, result: FileResult, where: Place) -> Iterator[dict[str, Any]]:
        """Returns how the rules ended that found nothing, and what those that did could not check."""
        for entry in result.ledger:
            verdict = "undetermined" if entry.verdict == "failed" and entry.reason else entry.verdict
            if verdict in _KINDS:
                yield self._judged(entry, verdict, where)

    def notices(self, result: FileResult, where: Place) -> Iterator[dict[str, Any]]:
        """Returns as notifications why a file could not be read, and what plugins failed to do for it."""
        unreadable = result.diagnostics if result.status == "unreadable" else ()
        for diagnostic in unreadable:
            yield _notice(message(diagnostic, self._lang), where) | {"descriptor": {"id": diagnostic.code}}
        for failure in result.failures:
            rule = {"associatedRule": {"id": failure.code}} if failure.code else {}
            reason = escape_controls(f"{failure.owner}: {failure.reason.text(self._lang)}")
            yield _notice(reason, where) | rule

    def _finding(self, one: FingerprintedFinding, where: Place) -> dict[str, Any]:
        diagnostic = one.diagnostic
        related = diagnostic.related[:_MOST_LINKS]
        value = {
            "ruleId": diagnostic.code,
            "ruleIndex": self._rules.number(diagnostic.code, diagnostic.name),
            "kind": "fail",
            "level": LEVELS[diagnostic.severity],
            "message": {"text": self._text(diagnostic, related)},
            "locations": [_location(where, diagnostic.span) | _logical(diagnostic)],
            "partialFingerprints": {"primaryLocationLineHash": f"{one.fingerprint}:{one.occurrence}"},
            "properties": _properties(diagnostic),
        }
        if related:
            value["relatedLocations"] = [
                {"id": number, **_location(where, other.span), "message": {"text": self._name(other)}}
                for number, other in enumerate(related, 1)
            ]
        if diagnostic.fix and where.source:
            value["fixes"] = [self._fix(diagnostic.fix, where, where.source)]
        if one.suppressed:
            reason = {"justification": one.suppressed.reason} if one.suppressed.reason else {}
            value["suppressions"] = [{"kind": one.suppressed.kind, "status": "accepted", **reason}]
        return value

    def _text(self, diagnostic: Diagnostic, related: tuple[Related, ...]) -> str:
        """Returns the message with links to the other places."""
        text = _LINK.sub(r"\\[", message(diagnostic, self._lang))
        if not related:
            return text
        links = (f"[{_in_link(self._name(other))}]({number})" for number, other in enumerate(related, 1))
        joint, comma = ("。有关的地方：", "、") if self._lang != "en" else (". See: ", ", ")
        return f"{text}{joint}{comma.join(links)}"

    def _name(self, other: Related) -> str:
        return escape_controls(other.message.text(self._lang).strip()) or "…"

    def _judged(self, entry: RuleOutcome, verdict: str, where: Place) -> dict[str, Any]:
        reason = escape_controls(entry.reason.text(self._lang).strip()) if entry.reason else ""
        return {
            "ruleId": entry.code,
            "ruleIndex": self._rules.number(entry.code),
            "kind": _KINDS[verdict],
            "level": "none",
            "message": {"text": _LINK.sub(r"\\[", reason) or OUTCOMES[verdict].text(self._lang)},
            "locations": [{"physicalLocation": {"artifactLocation": where.artifact}}],
        }

    def _fix(self, fix: Fix, where: Place, source: Source) -> dict[str, Any]:
        replacements = []
        for edit in fix.edits:
            start, end = source.position(edit.span.start), source.position(edit.span.end)
            region = {"startLine": start.line, "startColumn": start.column}
            region |= {"endLine": end.line, "endColumn": end.column}
            inserted = {"insertedContent": {"text": edit.text}} if edit.text else {}
            replacements.append({"deletedRegion": region, **inserted})
        return {
            "description": {"text": escape_controls(fix.title.text(self._lang)) or "…"},
            "artifactChanges": [{"artifactLocation": where.artifact, "replacements": replacements}],
            "properties": {"applicability": fix.applicability},
        }


def _notice(text: str, where: Place) -> dict[str, Any]:
    locations = [{"physicalLocation": {"artifactLocation": where.artifact}}]
    return {"level": "error", "message": {"text": text}, "locations": locations}


def _location(where: Place, span: Span) -> dict[str, Any]:
    """Returns a place on one line: an alert is shown in a pull request only if all its lines were changed there."""
    line, column, end = place(where.source, span)
    region = {"startLine": line, "startColumn": column, "endLine": line, "endColumn": end}
    return {"physicalLocation": {"artifactLocation": where.artifact, "region": region}}


def _logical(diagnostic: Diagnostic) -> dict[str, Any]:
    return {"logicalLocations": [{"fullyQualifiedName": diagnostic.cells[0]}]} if diagnostic.cells else {}


def _properties(diagnostic: Diagnostic) -> dict[str, Any]:
    suggested = [one._asdict() for one in diagnostic.suggestions]
    more = {"suggestions": suggested} if suggested else {}
    return {"cells": list(diagnostic.cells), "also": list(diagnostic.also), **more}


def _in_link(text: str) -> str:
    return re.sub(r"([\\\[\]])", r"\\\1", text)
