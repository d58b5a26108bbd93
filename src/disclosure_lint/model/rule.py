"""A rule: what is asked, under which law, and how it is judged; and the pack that it comes from."""

import re
from typing import Any, NamedTuple

from disclosure_lint.model.agency import Pairing
from disclosure_lint.model.claim import ClaimTables
from disclosure_lint.model.diagnostic import Diagnostic, Finding, LocalizedText, Severity, Verdict, not_applicable
from disclosure_lint.model.form import Form, Law
from disclosure_lint.model.report import Report

NATIONAL = "national"
"""Id of the pack that all others stand on."""


class Variant(NamedTuple):
    """Another message, perhaps another severity, for some findings of a rule."""

    message: LocalizedText
    severity: Severity | None = None


class Condition(NamedTuple):
    """Which reports a rule or a pack is for; an absent condition holds for all."""

    forms: tuple[str, ...] = ()
    """Ids of forms."""
    first_year: int | None = None
    last_year: int | None = None
    agency: str | None = None
    """Regular expression that the agency's name must contain."""

    def not_for(self, report: Report) -> Verdict | None:
        """Returns why a report is not meant, or that it cannot be known; None if it is meant."""
        year = report.year
        if self.forms and report.form.id not in self.forms:
            return not_applicable(
                f"只用于 {'、'.join(self.forms)} 年格式", f"only for the form of {', '.join(self.forms)}"
            )
        if year is not None and self.first_year is not None and year < self.first_year:
            return not_applicable(
                f"只用于 {self.first_year} 年及以后的报告", f"only for reports of {self.first_year} and later"
            )
        if year is not None and self.last_year is not None and year > self.last_year:
            return not_applicable(
                f"只用于 {self.last_year} 年及以前的报告", f"only for reports of {self.last_year} and earlier"
            )
        if self.agency is None:
            return None
        if report.agency is None:
            return Verdict(
                "undetermined", (), LocalizedText("不知道是哪个机关的报告", "it is not known whose report it is")
            )
        return (
            None
            if re.search(self.agency, report.agency)
            else not_applicable("不用于这类机关", "not for such an authority")
        )


_EVERY_REPORT = Condition()


class Rule(NamedTuple):
    """A rule as the linter runs it; examples and explanations stay in the rule file, save how to mend it."""

    code: str
    name: str
    severity: Severity
    summary: LocalizedText
    message: LocalizedText
    law: tuple[Law, ...]
    kind: str
    """The kind of check that judges it."""
    options: dict[str, Any]
    """What the rule says to its kind of check, compiled; plain data."""
    condition: Condition = Condition()
    variants: dict[str, Variant] = {}
    pack: str = NATIONAL
    replaces: tuple[str, ...] = ()
    """Codes of the extended pack that do not run where this rule's pack applies."""
    event: str = ""
    """What it tells of a file itself (`unreadable`), not of the report in it; empty for a rule about reports."""
    how: LocalizedText = LocalizedText("", "")
    """What to do about what it finds, in general."""
    exact: bool = False
    """Whether its kind of check finds by calculation, so that what it finds is surely wrong."""

    def not_for(self, report: Report) -> Verdict | None:
        """Returns why the rule is not for a report, or cannot know whether it is; None if it is for it."""
        if not report.known_form and report.is_older_than_forms and not self.event:
            return not_applicable("那一年还没有全国统一的格式", "there was no national form in that year")
        return None if self.condition == _EVERY_REPORT else self.condition.not_for(report)

    def graded(self, severity: Severity) -> "Rule":
        """Returns the rule with another severity.

        A milder one holds for the variants too; a stricter one leaves those that the rule itself makes mild.
        """
        variants = {
            name: variant
            if variant.severity is None or severity > self.severity
            else variant._replace(severity=min(variant.severity, severity))
            for name, variant in self.variants.items()
        }
        return self._replace(severity=severity, variants=variants)

    def diagnostic(self, finding: Finding, path: str) -> Diagnostic:
        """Returns a finding with what the rule adds: code, severity, message, law; no words show a person's number."""
        variant = self.variants.get(finding.variant or "")
        message = variant.message if variant else self.message
        severity = variant.severity if variant and variant.severity is not None else self.severity
        return Diagnostic(
            path=path,
            code=self.code,
            name=self.name,
            severity=severity,
            message=LocalizedText(_filled(message.zh, finding, "zh"), _filled(message.en, finding, "en")),
            span=finding.span,
            law=self.law,
            related=finding.related,
            cells=finding.cells,
            location=finding.location,
            fix=finding.fix,
            subject=finding.subject,
            violation=finding.violation,
        ).masked()


class Slip(NamedTuple):
    """A way in which a right number becomes a wrong one."""

    kind: str
    """Which one, of those that the code can tell."""
    weight: int
    """How many times likelier an explanation is that is such a slip than one that is none."""
    words: LocalizedText
    """What is said of it: 像是把数字写颠倒了."""


class Localization(NamedTuple):
    """How explanations are told apart and put into words; without messages, none is looked for."""

    likely: int = 5
    """So many times more plausible than the next an explanation is called likely."""
    messages: dict[str, LocalizedText] = {}
    """Templates by the ids that the code knows."""
    slips: tuple[Slip, ...] = ()


class Change(NamedTuple):
    """Another severity that a pack gives to a rule of the pack it extends; `off` switches it off."""

    code: str
    severity: Severity
    reason: str
    """Why, in Chinese."""


class Alias(NamedTuple):
    """Wordings that a pack adds to a section, a row or a column of forms."""

    wordings: tuple[str, ...]
    forms: tuple[str, ...] = ()
    """Ids of the forms; empty for all that have the place."""
    section: str | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    accepted: bool = False
    """Whether the wordings of a section count like a long title of the notice."""


class Pack(NamedTuple):
    """Forms and rules that are loaded together, and what they change where the pack applies."""

    id: str
    title: str
    version: str
    forms: tuple[Form, ...]
    rules: tuple[Rule, ...]
    extends: str | None = None
    """Id of the pack that it stands on; None for the national one."""
    region: str | None = None
    """Beginning of the division codes that it is for; None for all."""
    condition: Condition = Condition()
    """Which reports it is for besides."""
    changes: tuple[Change, ...] = ()
    aliases: tuple[Alias, ...] = ()
    localization: Localization = Localization()
    """How wrong numbers are looked for; only the national one says it."""
    claims: tuple[ClaimTables, ...] = ()
    """By which words and measures the numbers of the prose are read, file by file."""
    pairing: Pairing = Pairing()
    """How reports of one agency are told; only the national one says it."""

    @property
    def is_general(self) -> bool:
        """Whether it applies to every report."""
        return self.region is None and self.condition == Condition()


def _filled(template: str, finding: Finding, lang: str) -> str:
    values = {
        key: value.text(lang) if isinstance(value, LocalizedText) else value for key, value in finding.values.items()
    }
    return template.format_map(values)
