"""SARIF 2.1.0, for code scanning and for editors that show it."""

import os
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from disclosure_lint.model.diagnostic import Diagnostic, Fix, Related, Severity
from disclosure_lint.model.display import escape_controls, in_markdown
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult, RuleOutcome
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Source, Span
from disclosure_lint.model.version import homepage
from disclosure_lint.outputs.findings import FingerprintedFinding, Paths, known, message, place
from disclosure_lint.outputs.json_output import Items, encoder
from disclosure_lint.outputs.wording import OUTCOMES, cited

LEVELS = {Severity.error: "error", Severity.warning: "warning", Severity.info: "note", Severity.off: "none"}
_PROBLEMS = {"error": "error", "warning": "warning", "note": "recommendation", "none": "recommendation"}
_LONGEST = 1024


class RuleIndex:
    """Numbers the rules that ran, as they come; what they say is told at the end, when all packs are known."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._numbers: dict[str, int] = {}

    def number(self, code: str, name: str = "") -> int:
        """Returns the place of a rule in the list."""
        if name:
            self._names.setdefault(code, name)
        return self._numbers.setdefault(code, len(self._numbers))

    def described(self, rules: Iterable[Rule], style: OutputStyle) -> list[dict[str, Any]]:
        """Returns the list of those that were numbered."""
        loaded = {rule.code: rule for rule in rules}
        return [
            _descriptor(loaded[code], style) if code in loaded else _unknown(code, self._names.get(code, code))
            for code in self._numbers
        ]


def _descriptor(rule: Rule, style: OutputStyle) -> dict[str, Any]:
    summary = rule.summary.text(style.lang).strip() or rule.name
    sources = [cited(law, style.lang) for law in rule.law]
    law = style.say("依据：", "Law: ") + style.say("；", "; ").join(sources) if sources else ""
    command = f"disclosure-lint explain {rule.code}"
    level = LEVELS[rule.severity]
    off = rule.severity is Severity.off
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": _cut(summary)},
        "fullDescription": {"text": _cut("\n".join(filter(None, (summary, law))))},
        "help": {
            "text": "\n".join([summary, *_plain_law(rule, style), command]),
            "markdown": "\n\n".join([in_markdown(summary), *_law(rule, style), f"`{command}`"]),
        },
        **({"helpUri": page} if (page := style.page(rule.code)) else {}),
        "defaultConfiguration": {"enabled": not off, "level": "note" if off else level},
        "properties": {
            "tags": [rule.kind, rule.pack],
            "law": sources,
            "precision": "very-high" if rule.exact else "high",
            "problem.severity": _PROBLEMS[level],
        },
    }


def _plain_law(rule: Rule, style: OutputStyle) -> list[str]:
    return [f"{cited(law, style.lang)}{f'「{law.text}」' if law.text else ''}" for law in rule.law]


def _law(rule: Rule, style: OutputStyle) -> list[str]:
    """Returns for each source its name and its words as a quotation."""
    parts = []
    for law in rule.law:
        parts.append(f"**{in_markdown(cited(law, style.lang))}**")
        if law.text:
            parts.append("\n".join(f"> {in_markdown(line)}" for line in law.text.splitlines()))
    return parts


def _unknown(code: str, name: str) -> dict[str, Any]:
    said = {"text": name}
    return {"id": code, "name": name, "shortDescription": said, "fullDescription": said, "help": said}


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


_KINDS = {"passed": "pass", "not_applicable": "notApplicable", "undetermined": "open"}
# What stands in a document must not become a link of the viewer.
_LINK = lazy_re_compile(r"\[(?=[^\[\]]*\]\()")
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

    def ledger(self, result: FileResult, where: Place, wanted: Collection[str]) -> Iterator[dict[str, Any]]:
        """Returns how the rules ended that found nothing, and what those that did could not check.

        `wanted` are the verdicts to tell.
        """
        for entry in result.ledger:
            verdict = "undetermined" if entry.verdict == "failed" and entry.reason else entry.verdict
            if verdict in wanted:
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


_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"


class Writer:
    """Writes results as they come; files, rules and what could not be read follow at the end."""

    def __init__(self, style: OutputStyle):
        self._style = style
        self._encode = encoder(not style.utf8)
        self._paths = Paths()
        self._rules = RuleIndex()
        self._results = Results(style.lang, self._rules)
        self._verdicts = _wanted_verdicts(style)
        self._items = Items(style, "\n   ")
        self._files: dict[str, int] = {}
        self._notices: list[str] = []
        self._successful = True

    def start(self) -> str:
        """Returns the head of the document."""
        return (
            f'{{"$schema": "{_SCHEMA}",\n "version": "2.1.0",\n "runs": [\n  {{"columnKind": "unicodeCodePoints",\n'
            '   "newlineSequences": ["\\r\\n", "\\n", "\\r"],\n'
            '   "results": ['
        )

    def add(self, result: FileResult) -> str:
        """Returns the findings of a file, then how the other rules ended."""
        where = Place(self._artifact(result.path), self._paths.name(result.path), result.source)
        results = [*self._results.findings(result, where, silenced=bool(self._verdicts))]
        for entry in result.ledger:
            self._rules.number(entry.code)
        results += self._results.ledger(result, where, self._verdicts)
        self._notices += map(self._encode, self._results.notices(result, where))
        self._successful = self._successful and not result.failures
        return self._items.add(results)

    def finish(self) -> str:
        """Returns the rest of the run."""
        style = self._style
        driver = {
            "name": "disclosure-lint",
            "fullName": f"disclosure-lint {style.version}",
            "version": style.version,
            "semanticVersion": style.version,
            "language": style.say("zh-CN", "en-US"),
            **({"informationUri": page} if (page := homepage()) else {}),
        }
        # Azure DevOps demands the name of a category. On GitHub it is the workflow's, which holds only if none is here.
        category = "" if _on_github() else '   "automationDetails": {"id": "disclosure-lint/"},\n'
        root = self._encode({_ROOT: {"uri": self._paths.root}})
        rules = ",".join(f"\n    {self._encode(rule)}" for rule in self._rules.described(style.rules(), style))
        return (
            f'],\n{category}   "originalUriBaseIds": {root},\n   "artifacts": [{_lines(self._files)}],\n'
            f'   "invocations": [{{"executionSuccessful": {self._encode(self._successful)}, '
            f'"toolExecutionNotifications": [{_lines(self._notices)}]}}],\n'
            f'   "tool": {{"driver": {self._encode(driver)[:-1]}, "rules": [{rules}]}}}}}}]}}\n'
        )

    def _artifact(self, path: str) -> dict[str, Any]:
        uri, inside = self._paths.uri(path)
        location = {"uri": uri, "uriBaseId": _ROOT} if inside else {"uri": uri}
        file = self._encode({"location": location, "roles": ["analysisTarget"]})
        return location | {"index": self._files.setdefault(file, len(self._files))}


def _wanted_verdicts(style: OutputStyle) -> Collection[str]:
    """Returns the verdicts to tell besides problems; where there are any, what is silenced is told too.

    What could not be checked must not look as if it had been; that a rule is passed is told on request only, for there
    are thirty times as many of them. GitHub shows every result as an alert, whatever it says.
    """
    if style.verbose:
        return _KINDS
    return () if style.quiet or _on_github() else ("undetermined",)


def _on_github() -> bool:
    return bool(os.environ.get("GITHUB_ACTIONS"))


def _lines(values: Iterable[str]) -> str:
    return ",".join(f"\n    {value}" for value in values)
