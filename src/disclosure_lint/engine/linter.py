"""The pipeline: read, bind, choose the packs, judge, suppress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_lint.engine.pack_registry import PackRegistry
from disclosure_lint.engine.postprocess import Conclusion
from disclosure_lint.engine.rule_sets import RuleSets, RuleSetSelection
from disclosure_lint.extensions.hooks import DocumentHooks
from disclosure_lint.model.diagnostic import Diagnostic, Finding, LocalizedText, Verdict
from disclosure_lint.model.document import Document, Reader
from disclosure_lint.model.errors import NOT_A_REPORT, PluginError, UnreadableError
from disclosure_lint.model.form import Form
from disclosure_lint.model.kind import CheckKind
from disclosure_lint.model.report import Report
from disclosure_lint.model.result import FileResult, PluginFailure, RuleOutcome
from disclosure_lint.model.rule import NATIONAL, Pack, Rule
from disclosure_lint.model.source import Source, Span
from disclosure_lint.settings import Settings, accepted, selected
from disclosure_lint.suppress.suppressions import SuppressionSet, apply_suppressions

if TYPE_CHECKING:
    from disclosure_lint.engine.previous_year import History
    from disclosure_lint.extensions.limits import LimitedRules
    from disclosure_lint.model.region import RegionOf

_DEFAULTS = Settings()
_NO_HOOKS = DocumentHooks()
_FAILED = "rule-failed"
_FATAL = ("unreadable", "no-text-layer", "not-a-report", _FAILED)
"""What is said even where a selection of rules leaves it out, lest nothing found be taken for nothing wrong."""


class Linter:
    """Packs, checks and readers, ready for any number of files."""

    def __init__(
        self,
        packs: Sequence[Pack],
        checks: Mapping[str, CheckKind],
        readers: Sequence[Reader],
        folders: Sequence[Path] = (),
        region_of: RegionOf | None = None,
        hooks: DocumentHooks = _NO_HOOKS,
    ):
        """Takes the packs in their order with the folders or files they are from.

        `region_of` tells where an authority is; by default, the table of divisions is asked. `hooks` are those that
        are called for each document.
        """
        self.packs = tuple(packs)
        self.rules: tuple[Rule, ...] = tuple(rule for pack in packs for rule in pack.rules)
        """The rules of all packs, as each pack has them."""
        self.rule_sets = RuleSets(packs, region_of, hooks.regions)
        self.forms: tuple[Form, ...] = self.rule_sets.base.forms
        """The forms that a report is bound to before it is known which packs are for it."""
        self.checks = checks
        self.folders = tuple(folders)
        """The folders that the packs were loaded from."""
        self.suffixes = tuple(dict.fromkeys(suffix for reader in readers for suffix in reader.suffixes))
        """File name endings that are looked at when a folder is given."""
        self._readers = readers
        self._hooks = hooks
        self._foreign: LimitedRules | None = None
        self._events = {rule.event: rule for rule in self.rule_sets.base.rules if rule.event}

    @classmethod
    def default(cls, *, use_cache: bool = True, packs: Sequence[Path] = (), convert: bool = False) -> Linter:
        """Returns a linter with the national pack, all installed plugins and those packs; UserError if one is broken.

        A pack is a folder with a `pack.toml`, or a single file. For `convert` see `of`.
        """
        return cls.of(PackRegistry(use_cache=use_cache), packs, convert=convert)

    @classmethod
    def of(cls, registry: PackRegistry, packs: Sequence[Path] = (), *, convert: bool = False) -> Linter:
        """Returns a linter with all packs of a registry and those packs; UserError if one is broken.

        If it is to `convert`, LibreOffice makes Word files of formats that are not read otherwise.
        """
        loaded, readers = registry.packs(packs), registry.readers_for(convert=convert)
        return cls(tuple(loaded.values()), registry.checks, readers, tuple(loaded), hooks=registry.document_hooks)

    def lint(
        self, name: str, data: bytes, settings: Settings = _DEFAULTS, history: History | None = None
    ) -> FileResult:
        """Returns all that is to be said about a file; a bad document is a finding, never an exception.

        `history` is what other reports say of its numbers.
        What plugins and packs fail to do is a finding too, and in `failures` of the result.
        """
        failures: list[PluginFailure] = []
        result = self._linted(name, data, settings, history, failures)
        for change in self._hooks.ready:
            try:
                result = change(result)
            except PluginError as error:
                failures.append(_failure(error))
        return self._with_failures(result, failures, settings) if failures else result

    def _linted(
        self, name: str, data: bytes, settings: Settings, history: History | None, failures: list[PluginFailure]
    ) -> FileResult:
        try:
            document = self._read(name, data, failures)
        except UnreadableError as error:
            if error.event == NOT_A_REPORT:
                return self._not_a_report(name, Document(Source(name, ""), "text", ()), settings)
            return self.unreadable(name, error.zh, error.en, event=error.event, settings=settings)
        report = self.bind(document, settings.form)
        if report is None:
            return self._not_a_report(name, document, settings)
        report, choice = self.choose(report, settings)
        failures += map(_failure, choice.failures)
        for tell in self._hooks.bound:
            try:
                tell(report, name)
            except PluginError as error:
                failures.append(_failure(error))
        rules = selected(choice.rule_set.rules, settings, name)
        verdicts = [(rule, self._verdict(rule, report, failures)) for rule in rules]
        result = Conclusion(name, report, choice.rule_set, settings, history).result(verdicts, self.rules)
        return result._replace(region=choice.region, region_reason=choice.reason)

    def read(self, name: str, data: bytes) -> Document:
        """Returns what stands in a file; raises UnreadableError, and PluginError if a plugin's reader fails."""
        return self._read(name, data, None)

    def _read(self, name: str, data: bytes, failures: list[PluginFailure] | None) -> Document:
        """Returns what stands in a file; failures of readers are added to the list, if there is one."""
        for reader in self._readers:
            try:
                document = reader.read(name, data)
            except PluginError as error:
                if failures is None:
                    raise
                failures.append(_failure(error))
                continue
            if document is not None:
                return document
        raise UnreadableError("unreadable", "没有能读取这种格式的程序", "no reader knows this format")

    def bind(self, document: Document, form: str = "auto", *, fragment: bool = False) -> Report | None:
        """Returns the report that a document is, None if it is none; a `fragment` is always bound."""
        return self.rule_sets.base.binder.bind(document, form, fragment=fragment)

    def choose(self, report: Report, settings: Settings = _DEFAULTS) -> tuple[Report, RuleSetSelection]:
        """Returns which packs are for a report that was bound, and the report, bound anew if they change the form."""
        if not self.rule_sets.differ:
            return report, RuleSetSelection(self.rule_sets.base)
        choice = self.rule_sets.choose(report, settings.region)
        binder = choice.rule_set.binder
        if binder is self.rule_sets.base.binder:
            return report, choice
        return binder.bind(report.document, settings.form, fragment=True) or report, choice

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns how a rule ends for a report; PluginError if it fails or, of a pack of strangers, takes too long."""
        if rule.pack == NATIONAL:
            return _form_known(rule, report) or rule.not_for(report) or self.checks[rule.kind].judge(rule, report)
        if self._foreign is None:
            # Only for those who have packs besides the national one.
            from disclosure_lint.extensions.limits import LimitedRules

            self._foreign = LimitedRules()
        check = self.checks[rule.kind]
        return self._foreign.judge(rule, report, lambda: rule.not_for(report) or check.judge(rule, report))

    def _verdict(self, rule: Rule, report: Report, failures: list[PluginFailure]) -> Verdict:
        """Returns how a rule ends; a failure is added to the list."""
        try:
            verdict = self.judge(rule, report)
            if rule.pack == NATIONAL or not verdict.findings:
                return verdict
            from disclosure_lint.extensions.limits import speakable

            return speakable(rule, verdict)
        except PluginError as error:
            failure = _failure(error)._replace(code=rule.code)
            # Of a pack that ran out of time it is enough to say so once.
            if failure.reason not in [one.reason for one in failures]:
                failures.append(failure)
            return Verdict("undetermined", (), failure.reason)

    def unreadable(
        self,
        name: str,
        zh: str,
        en: str,
        *,
        event: str = "unreadable",
        rules: Sequence[Rule] | None = None,
        settings: Settings = _DEFAULTS,
    ) -> FileResult:
        """Returns the result for a file that cannot be read, with the reason in both languages."""
        rules = selected(self.rule_sets.base.rules, settings, name) if rules is None else rules
        finding = Finding(Span(0, 0), {"reason": LocalizedText(zh, en)})
        notices = self._notice(event, name, finding, rules, settings)
        why = Verdict("undetermined", (), LocalizedText("文件无法读取", "the file cannot be read"))
        left, suppressed = apply_suppressions(notices, SuppressionSet((), accepted(settings, name)))
        ledger = _unjudged(rules, notices, why)
        return FileResult(name, "unreadable", tuple(left), ledger, suppressed=tuple(suppressed))

    def _not_a_report(self, name: str, document: Document, settings: Settings) -> FileResult:
        rules = selected(self.rule_sets.base.rules, settings, name)
        first = document.blocks[0].span if document.blocks else Span(0, 0)
        headings = self.rule_sets.base.binder.headings(document)
        found = LocalizedText(*("、".join(f"“{heading}”" for heading in headings),) * 2)
        finding = Finding(first, {"headings": found}, "some") if headings else Finding(first)
        notices = self._notice("not-a-report", name, finding, rules, settings)
        if document.unread_pages:
            pictures = Finding(first, {"reason": LocalizedText(*document.unread_pages)})
            notices += self._notice("no-text-layer", name, pictures, rules, settings)
        why = Verdict("not_applicable", (), LocalizedText("不是年度报告", "not an annual report"))
        left, suppressed = apply_suppressions(notices, SuppressionSet.of(document, accepted(settings, name)))
        ledger = _unjudged(rules, notices, why)
        return FileResult(name, "not_a_report", tuple(left), ledger, document.source, suppressed=tuple(suppressed))

    def _notice(
        self, event: str, name: str, finding: Finding, rules: Sequence[Rule], settings: Settings
    ) -> tuple[Diagnostic, ...]:
        """Returns the diagnostic of something that the linter itself noticed, unless it was asked not to say it."""
        known = self._events.get(event)
        if known is None:
            return ()
        rule = next((rule for rule in rules if rule.code == known.code), None)
        if rule is None and event in _FATAL and not _ignored(known, settings, name):
            rule = known
        return (rule.diagnostic(finding, name),) if rule else ()

    def _with_failures(self, result: FileResult, failures: list[PluginFailure], settings: Settings) -> FileResult:
        """Returns the result with a finding for each failure; neither a comment nor a plugin can take it away."""
        rules = selected(self.rule_sets.base.rules, settings, result.path)
        notices = [
            diagnostic
            for failure in failures
            for diagnostic in self._notice(
                _FAILED, result.path, Finding(Span(0, 0), {"reason": failure.reason}), rules, settings
            )
        ]
        codes = {diagnostic.code for diagnostic in notices}
        ledger = tuple(RuleOutcome(one.code, "failed") if one.code in codes else one for one in result.ledger)
        return result._replace(diagnostics=(*notices, *result.diagnostics), ledger=ledger, failures=tuple(failures))


def _failure(error: PluginError) -> PluginFailure:
    return PluginFailure(error.owner, LocalizedText(error.zh, error.en))


def _unjudged(rules: Sequence[Rule], notices: Sequence[Diagnostic], why: Verdict) -> tuple[RuleOutcome, ...]:
    """Returns the ledger of a file on which no rule was run, but for what the linter noticed itself."""
    failed = {notice.code for notice in notices}
    return tuple(
        RuleOutcome(rule.code, "failed") if rule.code in failed else RuleOutcome(rule.code, why.outcome, why.reason)
        for rule in rules
    )


def _ignored(rule: Rule, settings: Settings, name: str) -> bool:
    return not selected([rule], settings._replace(select=()), name)


def _form_known(rule: Rule, report: Report) -> Verdict | None:
    """Returns the notice that no form is known for the report's year, where a rule is about that."""
    if rule.event != "unknown-form" or report.known_form or report.title is None:
        return None
    values: dict[str, str | LocalizedText] = {"year": str(report.year), "form": report.form.id}
    return Verdict("failed", (Finding(report.title.span, values, "older" if report.is_older_than_forms else None),))
