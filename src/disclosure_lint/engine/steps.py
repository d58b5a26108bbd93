"""What is done with a file, step by step; `linter` says in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_lint.engine.notices import Failures, Notices
from disclosure_lint.engine.rule_sets import RuleSets, RuleSetSelection
from disclosure_lint.extensions.hooks import DocumentHooks
from disclosure_lint.model.diagnostic import LocalizedText, Verdict
from disclosure_lint.model.document import Document, Reader
from disclosure_lint.model.errors import PluginError, UnreadableError
from disclosure_lint.model.form import Form
from disclosure_lint.model.kind import CheckKind
from disclosure_lint.model.report import Report
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.rule import NATIONAL, Pack, Rule
from disclosure_lint.settings import Settings

if TYPE_CHECKING:
    from disclosure_lint.extensions.limits import LimitedRules
    from disclosure_lint.model.agency import RegionOf

_DEFAULTS = Settings()
_NO_HOOKS = DocumentHooks()


class Steps:
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
        self.readers = tuple(readers)
        """In the order in which they are tried."""
        self.hooks = hooks
        self._foreign: LimitedRules | None = None
        self.notices = Notices(self.rule_sets.base.rules)
        self.pairing = packs[0].pairing
        """By which words reports of one agency are told."""

    def read(self, name: str, data: bytes, failures: Failures | None = None) -> Document:
        """Returns what stands in a file; raises UnreadableError.

        Where a plugin's reader fails, the next one is asked if there are failures to add that to; else PluginError.
        """
        for reader in self.readers:
            try:
                document = reader.read(name, data)
            except PluginError as error:
                if failures is None:
                    raise
                failures.add(error)
                continue
            if document is not None:
                return document
        raise UnreadableError("unreadable", "没有能读取这种格式的程序", "no reader knows this format")

    def bind(self, document: Document, form: str = "auto", *, fragment: bool = False) -> Report | None:
        """Returns the report that a document is, None if it is none; a `fragment` is always bound."""
        base = self.rule_sets.base
        report = base.binder.bind(document, form, fragment=fragment)
        return report and report._replace(read_claims=base.read_claims)

    def headings(self, document: Document) -> tuple[str, ...]:
        """Returns the statutory headings that a document has."""
        return tuple(self.rule_sets.base.binder.headings(document))

    def choose(self, report: Report, settings: Settings = _DEFAULTS) -> tuple[Report, RuleSetSelection]:
        """Returns which packs are for a report that was bound, and the report, bound anew if they change the form."""
        if not self.rule_sets.differ:
            return report, RuleSetSelection(self.rule_sets.base)
        choice = self.rule_sets.choose(report, settings.region)
        binder = choice.rule_set.binder
        if binder is not self.rule_sets.base.binder:
            report = binder.bind(report.document, settings.form, fragment=True) or report
        return report._replace(read_claims=choice.rule_set.read_claims), choice

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns how a rule ends for a report; PluginError if it fails or, of a pack of strangers, takes too long."""
        if rule.pack == NATIONAL:
            return rule.not_for(report) or self.checks[rule.kind].judge(rule, report)
        if self._foreign is None:
            # Only for those who have packs besides the national one.
            from disclosure_lint.extensions.limits import LimitedRules

            self._foreign = LimitedRules()
        check = self.checks[rule.kind]
        return self._foreign.judge(rule, report, lambda: rule.not_for(report) or check.judge(rule, report))

    def verdict(self, rule: Rule, report: Report, failures: Failures) -> Verdict:
        """Returns how a rule ends; where it fails, that is added to the failures and it is undetermined."""
        try:
            verdict = self.judge(rule, report)
            if rule.pack == NATIONAL or not verdict.findings:
                return verdict
            from disclosure_lint.extensions.limits import speakable

            return speakable(rule, verdict)
        except PluginError as error:
            return failures.of_rule(rule, error)

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
        return self.notices.unreadable(name, LocalizedText(zh, en), event, settings, rules)
