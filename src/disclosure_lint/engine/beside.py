"""What is kept of each report to compare others with it, and one report beside those that matter for it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from disclosure_lint.model.agency import Pairing
from disclosure_lint.model.entry import Entry, Numbers, OtherReport, Units
from disclosure_lint.model.form import Address, CarriedRow, Form
from disclosure_lint.model.kind import Concluding
from disclosure_lint.model.numbers import Statement
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule

Collecting = Iterable[tuple[Rule, Concluding]]
"""The rules that keep something of each report, with their kinds of check."""


def entry_of(path: str, report: Report, words: Pairing, collecting: Collecting = ()) -> Entry | None:
    """Returns what to keep of a report; None if it does not say whose it is, or of which year."""
    if report.agency is None or report.year is None:
        return None
    position = report.document.source.position
    facts = [report.facts.get(address) for table in report.form.tables for address in table.addresses()]
    title = report.title.text if report.title else ""
    kept = ((rule.code, check.collect(rule, report)) for rule, check in collecting if not rule.not_for(report))
    return Entry(
        path,
        report.agency,
        report.year,
        any(word in text for text in (title, path.rpartition("/")[2]) for word in words.revised),
        report.form.id,
        tuple(_plain(fact.value) if fact else None for fact in facts),
        tuple(position(fact.span.start).line if fact else 0 for fact in facts),
        tuple((code, data) for code, data in kept if data is not None),
    )


def _plain(value: int | Decimal | None) -> int | str | None:
    """Returns a number as plain data, the same for the same number."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else str(value.normalize())


class Part(NamedTuple):
    """What of all entries matters for one report: plain data, which can be sent and stored."""

    before: tuple[Entry, ...] = ()
    """Those of the agency on the year before that are in force."""
    same: tuple[Entry, ...] = ()
    """Those on the same year whose paths stand before the report's own, the first of them."""
    units: tuple[tuple[Entry, ...], tuple[str, ...], bool] | None = None
    """The fields of `Units`."""
    concluded: tuple[tuple[str, Any], ...] = ()
    """By code of a rule."""


def nothing_beside(collected: Iterable[str]) -> Part:
    """Returns the part of a history from which no rule concludes anything; `collected` as in `Numbers`."""
    return Part(concluded=tuple((code, ()) for code in collected))


class Beside:
    """What one report is compared with."""

    def __init__(self, part: Part, forms: Mapping[str, Form], places: dict[str, Mapping[Address, int]] | None = None):
        """Takes the part of the history and the forms by their ids; `places` of several may be one, to be filled."""
        self._part = part
        self._forms = forms
        self._places = {} if places is None else places

    def take(self, _path: str, _data: bytes) -> Report | None:
        """Returns that the report is not kept: it is to be read."""
        return None

    def compared(self, _path: str, report: Report) -> Report:
        """Returns the report with those that it is to be compared with."""
        return report._replace(**self._relatives())

    def numbers(self, own: Entry, collected: tuple[str, ...]) -> Numbers:
        """Returns a report of which only the entry is at hand with those that it is to be compared with."""
        return Numbers(
            OtherReport(own, self._places_of(own.form)), self._forms[own.form], collected, **self._relatives()
        )

    def _relatives(self) -> dict[str, Any]:
        units = self._part.units
        return {
            "previous": only(self._others(self._part.before)),
            "same": tuple(self._others(self._part.same)),
            "units": Units(tuple(self._others(units[0])), *units[1:]) if units else None,
            "concluded": dict(self._part.concluded),
        }

    def statements(self, _report: Report) -> tuple[Statement, ...]:
        """Returns what the report of the year before says of the numbers of the report."""
        others = self._others(self._part.before)
        said = [dict(_carried_out(other, self._forms[other.entry.form].carried)) for other in others]
        # Where two differ in a number, neither is believed.
        agreed = said[0].items() if said else ()
        return tuple(
            Statement((cell,), value, origin="previous")
            for cell, value in agreed
            if all(one.get(cell) == value for one in said)
        )

    def _others(self, entries: Iterable[Entry]) -> list[OtherReport]:
        return [OtherReport(one, self._places_of(one.form)) for one in entries]

    def _places_of(self, form: str) -> Mapping[Address, int]:
        if form not in self._places:
            self._places[form] = places_of(self._forms[form])
        return self._places[form]


def places_of(form: Form) -> Mapping[Address, int]:
    """Returns where in the entries of a form's reports each cell is."""
    cells = [address for table in form.tables for address in table.addresses()]
    return {address: number for number, address in enumerate(cells)}


def _carried_out(other: OtherReport, rows: Iterable[CarriedRow]) -> Iterator[tuple[Address, int]]:
    """Yields what a report carries into the next year's, by the cell there."""
    for one in rows:
        for cell in other.places:
            number = other.number(cell) if (cell.table, cell.row) == (one.table, one.row) else None
            if number is not None:
                yield Address(one.next_table, one.next_row, cell.column), int(number)


def only(reports: Sequence[OtherReport]) -> OtherReport | None:
    """Returns any of some reports if their numbers are the same."""
    left = [one for one in reports if one.entry.revised] or reports
    return left[0] if left and all(one.entry.numbers == left[0].entry.numbers for one in left) else None
