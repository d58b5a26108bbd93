"""What must be true of everything that is said about a file, whatever the file."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.report import Report
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.source import Source, Span
from disclosure_lint.outputs import json_output, text
from disclosure_lint.outputs.formats import rendered


@lru_cache(maxsize=1)
def default_linter() -> Linter:
    """Returns a linter as it is without any settings."""
    return Linter.default()


def sound(linter: Linter, data: bytes, name: str = "report.txt") -> FileResult:
    """Returns the result for some bytes, after looking whether it is sound."""
    result = linter.lint(name, data)
    assert list(unsound(linter, result)) == []
    return result


def lint(linter: Linter, data: bytes, name: str = "report.txt") -> FileResult:
    """Returns the result for some bytes, after looking whether it is sound and the same a second time."""
    result = sound(linter, data, name)
    again = linter.lint(name, data)
    assert (result.diagnostics, result.ledger) == (again.diagnostics, again.ledger)
    return result


def unsound(linter: Linter, result: FileResult) -> Iterator[str]:
    """Yields what is wrong with a result by itself."""
    length = len(result.source.text) if result.source else 0
    for span in _spans(result):
        if not 0 <= span.start <= span.end <= length:
            yield f"span {span} in a text of {length}"
        elif result.source and not _is_in_file(result.source, span):
            yield f"span {span} is not in the file"
    if [entry.code for entry in result.ledger] != [rule.code for rule in linter.rules if rule.severity]:
        yield "the ledger has not one entry for each rule"
    found = {diagnostic.code for diagnostic in result.diagnostics}
    failed = {entry.code for entry in result.ledger if entry.verdict == "failed"}
    if not found <= failed:
        yield f"found {found - failed}, yet not failed"
    for entry in result.ledger:
        if entry.verdict in ("undetermined", "not_applicable") and not (entry.reason and entry.reason.zh):
            yield f"{entry.code} {entry.verdict} without a reason"
    if result.report is not None:
        yield from _unsound_report(result.report)
    for lang in ("zh", "en"):
        if not "".join(rendered(text.Writer(OutputStyle(lang, verbose=True)), [result])):
            yield "nothing to print"
        if not "".join(rendered(json_output.Writer(OutputStyle(lang, utf8=False)), [result])).isascii():
            yield "JSON that is not ASCII"


def _is_in_file(source: Source, span: Span) -> bool:
    file, found = source.in_file(span)
    return 0 <= found.start <= found.end <= len(file.text) and source.position(span.start) == file.position(found.start)


def _spans(result: FileResult) -> Iterator[Span]:
    for diagnostic in result.diagnostics:
        yield diagnostic.span
        yield from (related.span for related in diagnostic.related)
    report = result.report
    if report is None:
        return
    yield from (fact.span for fact in report.facts.values())
    yield from chain.from_iterable((table.span, *table.rows.values()) for table in report.tables.values())
    for section in (*report.sections.values(), *report.repeated, *report.extra):
        yield from (section.span, section.body, *section.text)
    yield from (line.span for line in report.numbered)
    yield from (block.span for block in report.document.blocks)


def _unsound_report(report: Report) -> Iterator[str]:
    for address, fact in report.facts.items():
        if report.document.source.slice(fact.span) != fact.raw:
            yield f"{address}: {fact.raw!r} is not what stands there"
        if (fact.value is not None) != (fact.state == "given") or (fact.state == "blank") != (fact.raw.strip() == ""):
            yield f"{address}: {fact}"
        if fact.address.table not in report.tables:
            yield f"{address} of a table that is not there"
    for key, table in report.tables.items():
        unclear = {row.row for row in table.unclear}
        for address in report.facts:
            if address.table == key and (address.row in unclear or address.row in table.missing_rows):
                yield f"{address} of a row that is missing or unclear"
