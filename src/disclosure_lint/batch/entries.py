"""What is kept of a report so that others can be compared with it: plain data, which one machine sends another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from disclosure_lint.engine.history import History
from disclosure_lint.model.agencies import core
from disclosure_lint.model.document import Document
from disclosure_lint.model.form import Form
from disclosure_lint.model.report import Fact, Number, Report, Texts, Title
from disclosure_lint.model.source import Source, Span


class Entry(NamedTuple):
    """A report so far as others are compared with it."""

    path: str
    agency: str
    year: int
    title: str
    form: str
    numbers: tuple[int | str | None, ...]
    """Of each cell of the form in its order, fractions as text; None for one that is not there or has no number."""
    lines: tuple[int, ...]
    """From 1; 0 for a cell that is not there."""


def entry_of(path: str, report: Report) -> Entry | None:
    """Returns what is kept of a report; None if it does not say whose it is, or of which year."""
    if report.agency is None or report.year is None:
        return None
    position = report.document.source.position
    facts = [report.facts.get(address) for table in report.form.tables for address in table.addresses()]
    return Entry(
        path,
        report.agency,
        report.year,
        report.title.text if report.title else "",
        report.form.id,
        tuple(_plain(fact.value) if fact else None for fact in facts),
        tuple(position(fact.span.start).line if fact else 0 for fact in facts),
    )


def entry_from(said: Sequence[Any]) -> Entry:
    """Returns an entry that was JSON."""
    path, agency, year, title, form, numbers, lines = said
    return Entry(path, agency, year, title, form, tuple(numbers), tuple(lines))


def _plain(value: Number | None) -> int | str | None:
    return str(value) if isinstance(value, Decimal) else value


def history_of(entries: Iterable[Entry], forms: Mapping[str, Form]) -> History:
    """Returns what some reports say of each other."""
    made = History()
    for entry in entries:
        if entry.form in forms:
            made.add(entry.path, _report(entry, forms[entry.form]))
    return made


def _report(entry: Entry, form: Form) -> Report:
    """Returns a report of which only that is there which others are compared with."""
    text = Source(entry.path, "\n" * max(entry.lines, default=0))
    document = Document(text, "", ())
    cells = [address for table in form.tables for address in table.addresses()]
    facts = {}
    for address, number, line in zip(cells, entry.numbers, entry.lines, strict=True):
        if line:
            value = Decimal(number) if isinstance(number, str) else number
            place = Span(line - 1, line - 1)
            facts[address] = Fact(address, "blank" if value is None else "given", value, "", place)
    title = Title(Span(0, 0), entry.title, entry.agency, entry.year)
    texts = Texts(document, {})
    return Report(document, form, title, entry.agency, entry.year, {}, (), (), {}, facts, (), texts)


def together(agencies: Iterable[str]) -> dict[str, str]:
    """Returns for each name one that stands for all with which it may be compared: 青槐镇 and 陌桑县青槐镇.

    Whoever's name ends another's is with it, and so are those whose names end that one.
    """
    cores = {name: core(name) for name in agencies}
    leader = {one: one for one in cores.values()}
    for one in leader:
        for short in _endings(one):
            if short in leader:
                leader[_top(leader, one)] = _top(leader, short)
    return {name: _top(leader, one) for name, one in cores.items()}


def _endings(name: str) -> Iterator[str]:
    return (name[start:] for start in range(1, len(name)))


def _top(leader: dict[str, str], one: str) -> str:
    while leader[one] != one:
        leader[one] = leader[leader[one]]
        one = leader[one]
    return one
