"""Proof that rules bite: the examples in rule files, run as tests."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from disclosure_lint.engine.beside import entry_of
from disclosure_lint.engine.history import History
from disclosure_lint.engine.linter import Linter
from disclosure_lint.engine.pack_registry import PackRegistry
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.document import Document
from disclosure_lint.model.form import Address, Form
from disclosure_lint.model.kind import Concluding
from disclosure_lint.model.report import BoundTable, Fact, Report, Texts
from disclosure_lint.model.rule import Condition, Rule
from disclosure_lint.model.source import Source, Span
from disclosure_lint.packs.texts import Example, MarkError, OtherExample, examples, unmark

_NAME = "例.md"
_AGENCY = "云川县石桥镇人民政府"


class Failure(NamedTuple):
    """An example that did not come out as it says."""

    example: Example
    words: LocalizedText
    """What was expected and what was found."""

    @property
    def message(self) -> str:
        """The same in Chinese."""
        return self.words.zh


class Outcome(NamedTuple):
    """What a rule found in an example."""

    codes: list[str]
    places: list[tuple[int, ...]]


def linter_on_trial(registry: PackRegistry, folder: Path) -> Linter:
    """Returns a linter with a pack as if it applied to every report, and those that it stands on.

    Raises UserError if one of them is broken.
    """
    loaded = registry.alone(folder)
    packs = [pack._replace(region=None, condition=Condition()) for pack in loaded.values()]
    return Linter(packs, registry.checks, registry.readers, tuple(loaded))


def run_examples(linter: Linter, folder: Path) -> tuple[int, list[Failure]]:
    """Returns how many examples a pack has, and those that failed."""
    found = examples(folder)
    rules = {rule.code: rule for rule in linter.rules}
    failures = [failure for example in found if (failure := _run(linter, rules[example.code], example))]
    return len(found), failures


def _run(linter: Linter, rule: Rule, example: Example) -> Failure | None:
    try:
        text, marked = unmark(example.text or "")
    except MarkError as error:
        return Failure(
            example, LocalizedText(f"例子的标记写错了：{error.message}", f"its marks are wrong: {error.english}")
        )
    found = outcome(linter, rule, example)
    if sorted(found.codes) != sorted(example.finds):
        return Failure(example, _differing("发现", "find", example.finds, found.codes))
    if example.text is not None and sorted(found.places) != marked:
        wanted, actual = ([f"“{text[one[0] : one[1]]}”" for one in places] for places in (marked, sorted(found.places)))
        return Failure(example, _differing("标在", "mark", wanted, actual))
    return None


def outcome(linter: Linter, rule: Rule, example: Example) -> Outcome:
    """Returns what a rule finds in an example; MarkError if its marks are wrong."""
    text = unmark(example.text or "").text
    name = example.name or _NAME
    if example.problem is not None:
        result = linter.unreadable(name, "", "", event=example.problem, rules=[rule])
        return Outcome([diagnostic.code for diagnostic in result.diagnostics], [])
    report = example_report(linter, rule, example)
    if report is None:
        result = linter.lint(name, example.data if example.data is not None else text.encode())
        own = [diagnostic for diagnostic in result.diagnostics if diagnostic.code == rule.code]
        return Outcome([diagnostic.code for diagnostic in own], [(*diagnostic.span,) for diagnostic in own])
    findings = linter.judge(rule, report).findings
    return Outcome([rule.code] * len(findings), [(*finding.span,) for finding in findings])


def example_report(linter: Linter, rule: Rule, example: Example) -> Report | None:
    """Returns the report on which a rule is judged by itself; None if an example is a file to be linted as a whole."""
    if example.facts is not None and example.text is None:
        return _beside(linter, rule, _report(_form(linter, rule, example), example), example)
    if rule.event or example.data is not None or example.problem is not None:
        return None
    document = linter.read(example.name or _NAME, unmark(example.text or "").text.encode())
    report = linter.bind(document, _form(linter, rule, example).id, fragment=True)
    assert report is not None
    known = report._replace(year=example.year or report.year, agency=example.agency or report.agency)
    if example.facts is not None:
        known = known._replace(facts=_facts(report.form, example))
    return _beside(linter, rule, known, example)


def _beside(linter: Linter, rule: Rule, report: Report, example: Example) -> Report:
    """Returns a report with those others beside which the example says that it is checked."""
    if not example.others:
        return report
    check = linter.checks[rule.kind]
    collecting = [(rule, check)] if isinstance(check, Concluding) else []
    agency = report.agency or _AGENCY
    history = History(linter.pairing, sums={agency: example.sums} if example.sums else {})
    history.collecting(collecting)
    own = report._replace(agency=agency, year=report.year or example.year)
    others = [_other(linter, own, other) for other in example.others]
    names = [other.name or f"{number}.md" for number, other in enumerate(example.others)]
    for name, one in zip([*names, _NAME], [*others, own], strict=True):
        history.add(entry_of(name, one, linter.pairing, collecting), one.form)
    return history.compared(_NAME, own)._replace(agency=report.agency)


def _other(linter: Linter, beside: Report, other: OtherExample) -> Report:
    year, agency = other.year, other.agency or beside.agency
    form = next((f for f in linter.forms if f.first_year <= year <= (f.last_year or year)), beside.form)
    if other.text is None:
        return _report(form, Example("", "", 0, facts=other.facts, year=year, agency=agency))
    report = linter.bind(linter.read(_NAME, other.text.encode()), form.id, fragment=True)
    assert report is not None
    return report._replace(year=year, agency=agency)


def _form(linter: Linter, rule: Rule, example: Example) -> Form:
    """Returns the form that an example names, or that its year has, else the newest that the rule is for."""
    forms = [form for form in linter.forms if not rule.condition.forms or form.id in rule.condition.forms]
    if example.form is not None:
        forms = [form for form in linter.forms if form.id == example.form]
    elif example.year is not None:
        year = example.year
        forms = [f for f in linter.forms if f.first_year <= year <= (f.last_year or year)] or forms
    return max(forms, key=lambda form: form.first_year)


def _report(form: Form, example: Example) -> Report:
    """Returns a report that has only numbers: the named cells, all others 0."""
    nowhere = Span(0, 0)
    tables = {t.id: BoundTable(t, nowhere, {row.id: nowhere for row in t.rows}) for t in form.tables}
    document = Document(Source(_NAME, ""), "markdown", ())
    return Report(
        document=document,
        form=form,
        title=None,
        agency=example.agency,
        year=example.year,
        sections={},
        repeated=(),
        extra=(),
        tables=tables,
        facts=_facts(form, example),
        numbered=(),
        texts=Texts(document, {}),
    )


def _facts(form: Form, example: Example) -> dict[Address, Fact]:
    given = example.facts or {}
    return {
        address: _fact(address, given.get(str(address), 0))
        for table in form.tables
        for address in table.addresses()
        if str(address) in given or not example.only
    }


def _fact(address: Address, value: int | Decimal | str) -> Fact:
    if isinstance(value, str):
        return Fact(address, "unreadable" if value else "blank", None, value, Span(0, 0))
    return Fact(address, "given", value, str(value), Span(0, 0))


def _differing(zh: str, en: str, wanted: Sequence[str], found: Sequence[str]) -> LocalizedText:
    return LocalizedText(
        f"应{zh} {'、'.join(wanted) or '（无）'}，实际{zh} {'、'.join(found) or '（无）'}",
        f"should {en} {', '.join(wanted) or 'nothing'}, and does {en} {', '.join(found) or 'nothing'}",
    )
