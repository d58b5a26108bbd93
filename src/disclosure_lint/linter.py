"""The pipeline: read, bind, judge, suppress."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from disclosure_lint.binding.binder import Binder
from disclosure_lint.hooks import Reader
from disclosure_lint.model.diagnostic import Diagnostic, Finding, Verdict, Words
from disclosure_lint.model.document import Document
from disclosure_lint.model.errors import UnreadableError, UserError
from disclosure_lint.model.form import Form
from disclosure_lint.model.kind import CheckKind
from disclosure_lint.model.report import Report
from disclosure_lint.model.result import FileResult, LedgerEntry
from disclosure_lint.model.rule import Pack, Rule
from disclosure_lint.model.source import Source, Span
from disclosure_lint.packs.cache import default_cache_dir
from disclosure_lint.packs.loading import load_pack
from disclosure_lint.plugins import load_plugins
from disclosure_lint.settings import Settings, selected
from disclosure_lint.suppress.comments import suppress, suppressions

_DEFAULTS = Settings()
_FATAL = ("unreadable", "no-text-layer", "not-a-report")
"""What is said even where a selection of rules leaves it out, lest nothing found be taken for nothing wrong."""


class Linter:
    """Packs, checks and readers, ready for any number of files."""

    def __init__(
        self,
        packs: Sequence[Pack],
        checks: Mapping[str, CheckKind],
        readers: Sequence[Reader],
        folders: Sequence[Path] = (),
    ):
        self.packs = tuple(packs)
        self.rules: tuple[Rule, ...] = tuple(rule for pack in packs for rule in pack.rules)
        self.forms: tuple[Form, ...] = tuple(form for pack in packs for form in pack.forms)
        self.checks = checks
        self.folders = tuple(folders)
        """The folders that the packs were loaded from."""
        self.suffixes = tuple(dict.fromkeys(suffix for reader in readers for suffix in reader.suffixes))
        """File name endings that are looked at when a folder is given."""
        self._readers = readers
        self._binder = Binder(self.forms)
        self._events = {rule.options["event"]: rule for rule in self.rules if rule.kind == "input"}

    @classmethod
    def default(cls, *, use_cache: bool = True) -> "Linter":
        """Returns a linter with the national pack and all installed plugins; UserError if one is broken."""
        plugins = load_plugins()
        checks, folders = plugins.checks(), plugins.packs()
        cache = default_cache_dir() if use_cache else None
        packs: list[Pack] = []
        for folder in folders:
            packs.append(load_pack(folder, checks, cache, packs[0].forms if packs else ()))
        _refuse_duplicates(packs)
        return cls(packs, checks, plugins.readers(), folders)

    def lint(self, name: str, data: bytes, settings: Settings = _DEFAULTS) -> FileResult:
        """Returns all that is to be said about a file; a bad document is a finding, never an exception."""
        rules = selected(self.rules, settings, name)
        try:
            document = self.read(name, data)
        except UnreadableError as error:
            return self.unreadable(name, error.zh, error.en, event=error.event, rules=rules, settings=settings)
        report = self.bind(document, settings.form)
        if report is None:
            return self._not_a_report(name, document, rules, settings)
        verdicts = [(rule, self.judge(rule, report)) for rule in rules]
        return self._result(name, report, verdicts)

    def read(self, name: str, data: bytes) -> Document:
        """Returns what stands in a file; raises UnreadableError."""
        for reader in self._readers:
            document = reader.read(name, data)
            if document is not None:
                return document
        raise UnreadableError("unreadable", "没有能读取这种格式的程序", "no reader knows this format")

    def bind(self, document: Document, form: str = "auto", *, fragment: bool = False) -> Report | None:
        """Returns the report that a document is, None if it is none; a `fragment` is always bound."""
        return self._binder.bind(document, form, fragment=fragment)

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns how a rule ends for a report."""
        return _form_known(rule, report) or rule.not_for(report) or self.checks[rule.kind].judge(rule, report)

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
        rules = selected(self.rules, settings, name) if rules is None else rules
        finding = Finding(Span(0, 0), {"reason": Words(zh, en)})
        diagnostics = self._notice(event, name, finding, rules, settings)
        why = Verdict("undetermined", (), Words("文件无法读取", "the file cannot be read"))
        return FileResult(name, "unreadable", diagnostics, _unjudged(rules, diagnostics, why))

    def _not_a_report(self, name: str, document: Document, rules: Sequence[Rule], settings: Settings) -> FileResult:
        first = document.blocks[0].span if document.blocks else Span(0, 0)
        diagnostics = self._notice("not-a-report", name, Finding(first), rules, settings)
        why = Verdict("not_applicable", (), Words("不是年度报告", "not an annual report"))
        return FileResult(name, "not_a_report", diagnostics, _unjudged(rules, diagnostics, why), document.source)

    def _notice(
        self, event: str, name: str, finding: Finding, rules: Sequence[Rule], settings: Settings
    ) -> tuple[Diagnostic, ...]:
        """Returns the diagnostic of something that the linter itself noticed, unless it was asked not to say it."""
        known = self._events.get(event)
        if known is None:
            return ()
        rule = next((rule for rule in rules if rule.code == known.code), None)
        if rule is None and event in _FATAL and not _ignored(known, settings):
            rule = known
        return (rule.diagnostic(finding, name),) if rule else ()

    def _result(self, name: str, report: Report, verdicts: list[tuple[Rule, Verdict]]) -> FileResult:
        found = [rule.diagnostic(finding, name) for rule, verdict in verdicts for finding in verdict.findings]
        silencing = suppressions(report.document)
        left, unused = suppress(found, silencing) if silencing else (found, [])
        unused_rule = next((rule for rule, _ in verdicts if rule.options.get("event") == "unused-suppression"), None)
        ran = [rule for rule, _ in verdicts]
        unused = [one for one in unused if any(map(one.names, ran)) or not any(map(one.names, self.rules))]
        if unused_rule and unused:
            left += [
                unused_rule.diagnostic(_unused(suppression.span, report.document.source), name)
                for suppression in unused
            ]
        ledger = tuple(
            LedgerEntry(rule.code, "failed") if rule is unused_rule and unused
            else LedgerEntry(rule.code, verdict.outcome, verdict.reason)
            for rule, verdict in verdicts
        )  # fmt: skip
        left.sort(key=lambda diagnostic: (diagnostic.span, diagnostic.code))
        return FileResult(name, "linted", tuple(left), ledger, report.document.source, report)


def _unjudged(rules: Sequence[Rule], notices: Sequence[Diagnostic], why: Verdict) -> tuple[LedgerEntry, ...]:
    """Returns the ledger of a file on which no rule was run, but for what the linter noticed itself."""
    failed = {notice.code for notice in notices}
    return tuple(
        LedgerEntry(rule.code, "failed") if rule.code in failed else LedgerEntry(rule.code, why.outcome, why.reason)
        for rule in rules
    )


def _ignored(rule: Rule, settings: Settings) -> bool:
    return not selected([rule], settings._replace(select=()), "")


def _unused(span: Span, source: Source) -> Finding:
    return Finding(span, {"text": source.slice(span)})


def _refuse_duplicates(packs: Sequence[Pack]) -> None:
    seen: dict[str, str] = {}
    for pack in packs:
        for rule in pack.rules:
            if rule.code in seen:
                raise UserError(
                    f"规则代码 {rule.code} 在规则包 {seen[rule.code]} 和 {pack.id} 里都有；每个代码只能用一次"
                )
            seen[rule.code] = pack.id


def _form_known(rule: Rule, report: Report) -> Verdict | None:
    """Returns the notice that no form is known for the report's year, where a rule is about that."""
    if rule.options.get("event") != "unknown-form" or report.known_form or report.title is None:
        return None
    values: dict[str, str | Words] = {"year": str(report.year), "form": report.form.id}
    return Verdict("failed", (Finding(report.title.span, values),))
