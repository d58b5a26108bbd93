"""A rule: what is asked, under which law, and how it is judged."""

import re
from typing import Any, NamedTuple

from disclosure_lint.model.diagnostic import Diagnostic, Finding, Severity, Verdict, Words
from disclosure_lint.model.form import Form, Law
from disclosure_lint.model.report import Report


class Variant(NamedTuple):
    """Another message, perhaps another severity, for some findings of a rule."""

    message: Words
    severity: Severity | None = None


class Condition(NamedTuple):
    """Which reports a rule is for; an absent condition holds for all."""

    forms: tuple[str, ...] = ()
    """Ids of forms."""
    first_year: int | None = None
    last_year: int | None = None
    agency: str | None = None
    """Regular expression that the agency's name must contain."""


class Rule(NamedTuple):
    """A rule as the linter runs it; examples and explanations stay in the rule file."""

    code: str
    name: str
    severity: Severity
    summary: Words
    message: Words
    law: tuple[Law, ...]
    kind: str
    """The kind of check that judges it."""
    options: dict[str, Any]
    """What the rule says to its kind of check, compiled; plain data."""
    condition: Condition = Condition()
    variants: dict[str, Variant] = {}
    pack: str = "national"

    def not_for(self, report: Report) -> Verdict | None:
        """Returns why the rule is not for a report, or cannot know whether it is; None if it is for it."""
        when, year = self.condition, report.year
        if when.forms and report.form.id not in when.forms:
            return _not_for(f"只用于 {'、'.join(when.forms)} 年格式", f"only for the form of {', '.join(when.forms)}")
        if year is not None and when.first_year is not None and year < when.first_year:
            return _not_for(
                f"只用于 {when.first_year} 年及以后的报告", f"only for reports of {when.first_year} and later"
            )
        if year is not None and when.last_year is not None and year > when.last_year:
            return _not_for(
                f"只用于 {when.last_year} 年及以前的报告", f"only for reports of {when.last_year} and earlier"
            )
        if when.agency is None:
            return None
        if report.agency is None:
            return Verdict("undetermined", (), Words("不知道是哪个机关的报告", "it is not known whose report it is"))
        return (
            None if re.search(when.agency, report.agency) else _not_for("不用于这类机关", "not for such an authority")
        )

    def diagnostic(self, finding: Finding, path: str) -> Diagnostic:
        """Returns a finding with what the rule adds: code, severity, message and law."""
        variant = self.variants.get(finding.variant or "")
        message = variant.message if variant else self.message
        severity = variant.severity if variant and variant.severity is not None else self.severity
        return Diagnostic(
            path=path,
            code=self.code,
            name=self.name,
            severity=severity,
            message=Words(_filled(message.zh, finding, "zh"), _filled(message.en, finding, "en")),
            span=finding.span,
            law=self.law,
            related=finding.related,
            cells=finding.cells,
            location=finding.location,
        )


class Pack(NamedTuple):
    """Forms and rules that are loaded together."""

    id: str
    title: str
    version: str
    forms: tuple[Form, ...]
    rules: tuple[Rule, ...]


def _not_for(zh: str, en: str) -> Verdict:
    return Verdict("not_applicable", (), Words(zh, en))


def _filled(template: str, finding: Finding, lang: str) -> str:
    values = {key: value.text(lang) if isinstance(value, Words) else value for key, value in finding.values.items()}
    return template.format_map(values)
