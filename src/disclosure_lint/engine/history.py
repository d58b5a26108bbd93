"""What the reports of a run say of each other: of the year after theirs, and of one year twice."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from disclosure_lint.model.agencies import core, may_be_one
from disclosure_lint.model.form import Address, CarriedRow, Form
from disclosure_lint.model.relation import Statement
from disclosure_lint.model.report import Number, OtherReport, Report

_PLACES, _SHORTEST = ("镇", "乡", "街道", "县", "市", "区"), 3
_REVISED = ("更正", "修订", "更新版", "修改稿")
"""What a report that takes the place of an earlier one has in its title or its name."""


_MOST_KEPT = 4_000_000
"""Characters of reports that are kept whole, so that they need not be read twice: some two hundred."""


class Entry(NamedTuple):
    """What is remembered of a report: plain data, so that another process can tell it, and a later run."""

    path: str
    agency: str
    year: int
    revised: bool
    form: str
    """Id of the form."""
    numbers: tuple[int | str | None, ...]
    """Of each cell of the form, in its order; fractions as text. None for one that is not there, blank or uncertain."""
    lines: tuple[int, ...]
    """From 1; 0 for a cell that is not there."""


def entry(path: str, report: Report) -> Entry | None:
    """Returns what is remembered of a report; None if it does not say whose it is, or of which year."""
    if report.agency is None or report.year is None:
        return None
    position = report.document.source.position
    facts = [report.facts.get(address) for table in report.form.tables for address in table.addresses()]
    title = report.title.text if report.title else ""
    return Entry(
        path,
        report.agency,
        report.year,
        any(word in text for text in (title, path.rpartition("/")[2]) for word in _REVISED),
        report.form.id,
        tuple(_plain(fact.value) if fact else None for fact in facts),
        tuple(position(fact.span.start).line if fact else 0 for fact in facts),
    )


def _plain(value: Number | None) -> int | str | None:
    return str(value) if isinstance(value, Decimal) else value


def _number(value: int | str | None) -> Number | None:
    return Decimal(value) if isinstance(value, str) else value


class History:
    """Remembers of each report its numbers and where they stand; of the first ones all, until they are asked for."""

    def __init__(self) -> None:
        self._whole: dict[str, tuple[int, Report]] = {}
        """By path, with the hash of the bytes that it was read from."""
        self._left = _MOST_KEPT
        self._reports: dict[int, dict[str, list[OtherReport]]] = {}
        """By year and agency."""
        self._about: dict[str, tuple[str, int, Form]] = {}
        """By path of a report: whose it is, of which year, and its form."""
        self._indexes: dict[str, Mapping[Address, int]] = {}

    @classmethod
    def of(cls, entries: Iterable[Entry], forms: Mapping[str, Form]) -> "History":
        """Returns one that remembers these; `forms` are those that they name."""
        made = cls()
        for one in entries:
            made.add_entry(one, forms[one.form])
        return made

    def add(self, path: str, report: Report) -> None:
        """Remembers a report, if it says whose it is and of which year."""
        if made := entry(path, report):
            self.add_entry(made, report.form)

    def add_entry(self, one: Entry, form: Form) -> None:
        """Remembers what was told of a report; `form` is its form."""
        numbers = tuple(map(_number, one.numbers))
        other = OtherReport(one.path, one.year, one.revised, self._index(form), numbers, array("I", one.lines))
        self._reports.setdefault(one.year, {}).setdefault(core(one.agency), []).append(other)
        self._about[one.path] = (one.agency, one.year, form)

    def part(self, path: str) -> tuple[Entry, ...]:
        """Returns what matters to one report: a history of that alone concludes of it what this one does."""
        if path not in self._about:
            return ()
        agency, year, _ = self._about[path]
        return tuple(map(self._entry, (*self._of(agency, year), *self._of(agency, year - 1))))

    def _entry(self, one: OtherReport) -> Entry:
        agency, year, form = self._about[one.path]
        numbers = tuple(_plain(number) for number in one.numbers)
        return Entry(one.path, agency, year, one.revised, form.id, numbers, tuple(one.lines))

    def keep(self, path: str, data: bytes, report: Report) -> None:
        """Keeps a report, as it was bound, for `take`, as far as there is room."""
        self._left -= len(report.document.source.text)
        if self._left >= 0:
            self._whole[path] = (hash(data), report)

    def has(self, path: str) -> bool:
        """Says whether a report is kept."""
        return path in self._whole

    def take(self, path: str, data: bytes) -> Report | None:
        """Returns the report that was kept, once, if it was read from these bytes."""
        known, report = self._whole.pop(path, (None, None))
        return report if known == hash(data) else None

    def compared(self, path: str, report: Report) -> Report:
        """Returns a report with those that it is to be compared with."""
        if report.agency is None or report.year is None:
            return report
        together = _in_force(self._of(report.agency, report.year))
        place = next((number for number, one in enumerate(together) if one.path == path), 0)
        previous = _only(self._of(report.agency, report.year - 1))
        return report._replace(previous=previous, same=tuple(together[:place]))

    def statements(self, report: Report) -> tuple[Statement, ...]:
        """Returns what the report of the year before says of the numbers of this one."""
        if report.agency is None or report.year is None:
            return ()
        others = _in_force(self._of(report.agency, report.year - 1))
        said = [dict(_carried_out(other, self._about[other.path][2].carried)) for other in others]
        # Where two differ in a number, neither is believed.
        agreed = said[0].items() if said else ()
        return tuple(
            Statement((cell,), value, origin="previous")
            for cell, value in agreed
            if all(one.get(cell) == value for one in said)
        )

    def _of(self, agency: str, year: int) -> Sequence[OtherReport]:
        """Returns the reports of an agency on a year by their paths, whatever the order in which they were read.

        A shorter or longer name is the agency's own if it is nobody else's.
        """
        reports = self._reports.get(year, {})
        key = core(agency)
        near = [key] if key in reports else [name for name in reports if _same_place(name, key)]
        return sorted(reports[near[0]], key=lambda one: one.path) if len(near) == 1 else ()

    def _index(self, form: Form) -> Mapping[Address, int]:
        if form.id not in self._indexes:
            cells = [address for table in form.tables for address in table.addresses()]
            self._indexes[form.id] = {address: number for number, address in enumerate(cells)}
        return self._indexes[form.id]


def _same_place(one: str, other: str) -> bool:
    """Says whether 青槐镇 is 陌桑县青槐镇: a place alone, for bureaus of many counties have one name."""
    short = min(one, other, key=len)
    return len(short) >= _SHORTEST and short.endswith(_PLACES) and may_be_one(one, other)


def _carried_out(other: OtherReport, rows: Iterable[CarriedRow]) -> Iterator[tuple[Address, int]]:
    """Yields what a report carries into the next year's, by the cell there."""
    for one in rows:
        for cell in other.places:
            number = other.number(cell) if (cell.table, cell.row) == (one.table, one.row) else None
            if number is not None:
                yield Address(one.next_table, one.next_row, cell.column), int(number)


def _in_force(reports: Sequence[OtherReport]) -> Sequence[OtherReport]:
    return [one for one in reports if one.revised] or reports


def _only(reports: Sequence[OtherReport]) -> OtherReport | None:
    """Returns the report that holds: the revised one, or any of several with the same numbers."""
    left = _in_force(reports)
    return left[0] if left and all(one.numbers == left[0].numbers for one in left) else None
