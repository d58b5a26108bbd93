"""Cases on trial: what a linter finds in one, against what it says."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Diagnostic, LocalizedText
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.source import Source, Span
from disclosure_lint.outputs.excerpt import excerpt
from disclosure_lint.proof.case_files import Case
from disclosure_lint.proof.case_texts import Expected

_ROOM = 100


class Difference(NamedTuple):
    """Something that is not as a case says."""

    words: LocalizedText
    line: int | None = None
    """Line of its mark in the file of the case."""
    places: tuple[Span, ...] = ()
    """Where in the report."""


def try_case(linter: Linter, case: Case) -> list[Difference]:
    """Returns how what a linter finds differs from what a case says; empty if it does not."""
    unknown = list(_unknown(linter, case))
    if unknown:
        return unknown
    result = linter.lint(case.name, case.data, case.settings)
    return [*_places(case.expected, result.diagnostics), *_verdicts(case, result), *_facts(case, result)]


def shown(case: Case, difference: Difference, lang: str) -> str:
    """Returns a difference in lines: the case's file and line, what is wrong, and the lines of the report."""
    place = case.path if difference.line is None else f"{case.path}:{difference.line}"
    lines = [f"{place}: {difference.words.text(lang)}"]
    source = Source("", case.text)
    for span in difference.places:
        number = str(source.position(span.start).line)
        text, marks = excerpt(source, span, _ROOM)
        lines += [f"    {number} | {text}", f"    {' ' * len(number)} | {marks}"]
    return "\n".join(lines)


def _unknown(linter: Linter, case: Case) -> Iterator[Difference]:
    """Yields what a case names and the linter does not know: nothing would be found, and it would seem all is well."""
    rules = {rule.code for rule in linter.rules}
    names = {rule.name for rule in linter.rules}
    for code in sorted({one.code for one in case.expected} | case.verdicts.keys()):
        if code not in rules:
            yield Difference(LocalizedText(f"没有装入规则 {code}", f"no rule {code} is loaded"))
    for word in (*case.settings.select, *case.settings.ignore):
        if word not in names and not any(code.startswith(word) for code in rules):
            yield Difference(LocalizedText(f"没有装入规则 {word}", f"no rule {word} is loaded"))
    if case.settings.form not in ("auto", *(form.id for pack in linter.packs for form in pack.forms)):
        form = case.settings.form
        yield Difference(LocalizedText(f"没有 {form} 这种年报格式", f"there is no form {form}"))
    if case.settings.region not in ("auto", "none", *(pack.id for pack in linter.packs)):
        region = case.settings.region
        yield Difference(LocalizedText(f"没有装入规则包 {region}", f"no pack {region} is loaded"))


def _places(expected: Sequence[Expected], diagnostics: Sequence[Diagnostic]) -> Iterator[Difference]:
    left, missing = list(diagnostics), []
    for one in expected:
        found = next((d for d in left if (*d.span, d.code) == (one.start, one.end, one.code)), None)
        if found is None:
            missing.append(one)
            continue
        left.remove(found)
        if one.severity not in (None, found.severity.name):
            said, is_ = one.severity, found.severity.name
            words = LocalizedText(f"{one.code} 应为 {said}，实际是 {is_}", f"{one.code} should be {said}, is {is_}")
            yield Difference(words, one.line, (found.span,))
    for one in missing:
        found = next((d for d in left if d.code == one.code), None)
        here = Span(one.start, one.end)
        if found is None:
            words = LocalizedText(f"应查出 {one.code}，没有查出", f"{one.code} should be found and was not")
            yield Difference(words, one.line, (here,))
            continue
        left.remove(found)
        zh = f"{one.code} 应标在第一处，实际标在第二处：{found.message.zh}"
        en = f"{one.code} should be at the first place and is at the second: {found.message.en}"
        yield Difference(LocalizedText(zh, en), one.line, (here, found.span))
    for found in left:
        zh, en = (
            f"不该查出 {found.code} {found.severity.name}",
            f"{found.code} {found.severity.name} should not be found",
        )
        yield Difference(LocalizedText(f"{zh}：{found.message.zh}", f"{en}: {found.message.en}"), None, (found.span,))


def _verdicts(case: Case, result: FileResult) -> Iterator[Difference]:
    ledger = {entry.code: entry.verdict for entry in result.ledger}
    for code, verdict in case.verdicts.items():
        if ledger.get(code) != verdict:
            zh, en = ledger.get(code, "没有运行"), ledger.get(code, "not run")
            yield Difference(
                LocalizedText(f"规则 {code} 应为 {verdict}，实际是 {zh}", f"rule {code} should be {verdict}, is {en}")
            )


def _facts(case: Case, result: FileResult) -> Iterator[Difference]:
    facts = {str(address): fact for address, fact in result.report.facts.items()} if result.report else {}
    for name, value in case.facts.items():
        fact = facts.get(name)
        found = "absent" if fact is None else str(fact.value).lower()
        if found != value:
            places = (fact.span,) if fact else ()
            yield Difference(
                LocalizedText(f"{name} 应是 {value}，实际是 {found}", f"{name} should be {value}, is {found}"),
                None,
                places,
            )
