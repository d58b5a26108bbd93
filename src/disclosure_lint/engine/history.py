"""What the reports of a run say of each other: first little is kept of each, then each is put beside the others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from disclosure_lint.divisions.agencies import Agencies, has_grown, place_today
from disclosure_lint.model.form import Address, CarriedRow, Form
from disclosure_lint.model.kind import Concluding, Kept
from disclosure_lint.model.relation import Statement
from disclosure_lint.model.report import Entry, OtherReport, Report, Units
from disclosure_lint.model.rule import Pairing, Rule

_MOST_KEPT = 4_000_000
"""Characters of reports that are kept whole, so that they need not be read twice: some two hundred."""
_PLACES = ("省", "市", "县", "区", "旗", "州", "盟", "镇", "乡", "街道")
_FEWEST_UNITS = 2
_ANY = "*"
_NO_WORDS = Pairing()
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
    """Those on the same year whose paths stand before the report's own."""
    units: tuple[tuple[Entry, ...], tuple[str, ...], bool] | None = None
    """The fields of `Units`."""
    concluded: tuple[tuple[str, Any], ...] = ()
    """By code of a rule."""


class Beside:
    """What one report is compared with."""

    def __init__(self, part: Part, forms: Mapping[str, Form]):
        """Takes the part of the history and the forms by their ids."""
        self._part = part
        self._forms = forms
        self._indexes: dict[str, Mapping[Address, int]] = {}

    def take(self, _path: str, _data: bytes) -> Report | None:
        """Returns that the report is not kept: it is to be read."""
        return None

    def compared(self, _path: str, report: Report) -> Report:
        """Returns the report with those that it is to be compared with."""
        units = self._part.units
        return report._replace(
            previous=_only(self._others(self._part.before)),
            same=tuple(self._others(self._part.same)),
            units=Units(tuple(self._others(units[0])), *units[1:]) if units else None,
            concluded=dict(self._part.concluded),
        )

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
        return [OtherReport(one, self._places(one.form)) for one in entries]

    def _places(self, form: str) -> Mapping[Address, int]:
        if form not in self._indexes:
            self._indexes[form] = places_of(self._forms[form])
        return self._indexes[form]


def places_of(form: Form) -> Mapping[Address, int]:
    """Returns where in the entries of a form's reports each cell is."""
    cells = [address for table in form.tables for address in table.addresses()]
    return {address: number for number, address in enumerate(cells)}


class History:
    """The entries of a run; of the first reports all, until they are asked for."""

    def __init__(
        self,
        words: Pairing = _NO_WORDS,
        names: Mapping[str, tuple[str, ...]] | None = None,
        sums: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """Takes how reports of one agency are told, and what a configuration says of names and of sums."""
        self.agencies = Agencies(words, names)
        """Whose names are one agency's."""
        for name in (name for one in (sums or {}).items() for name in (one[0], *one[1]) if _ANY not in name):
            self.agencies.add(name)
        self._sums = sums or {}
        self._whole: dict[str, tuple[int, Report]] = {}
        """By path, with the hash of the bytes that it was read from."""
        self._left = _MOST_KEPT
        self._entries: dict[str, Entry] = {}
        self._reports: dict[tuple[str, int], list[OtherReport]] | None = None
        """By agency and year, by their paths; made when it is first asked for."""
        self._below: dict[tuple[str, int], list[str]] = {}
        self.forms: dict[str, Form] = {}
        """Those of the reports, by id."""
        self._indexes: dict[str, Mapping[Address, int]] = {}
        self._collecting: Mapping[str, tuple[Rule, Concluding]] = {}
        self._concluded: dict[str, dict[str, Any]] = {}

    def add(self, entry: Entry | None, form: Form) -> None:
        """Remembers a report of a form by its entry, in place of what was known of that path."""
        if entry is None:
            return
        self._reports = None
        self._entries[entry.path] = entry
        self.agencies.add(entry.agency, entry.year)
        if form.id not in self._indexes:
            self._indexes[form.id] = places_of(form)
            self.forms[form.id] = form

    def collecting(self, rules: Collecting) -> None:
        """Takes the rules that kept something of the reports; they conclude when a report is first asked for."""
        self._collecting = {rule.code: (rule, check) for rule, check in rules}

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

    def part(self, path: str, agency: str, year: int) -> Part:
        """Returns what matters for the report of an agency and year at a path: small, and plain data."""
        together = _in_force(self._of(agency, year))
        place = next((number for number, one in enumerate(together) if one.path == path), 0)
        units = self._units(agency, year)
        return Part(
            _entries(_in_force(self._before(agency, year))),
            _entries(together[:place]),
            (_entries(units.reports), units.lacking, units.configured) if units else None,
            tuple(self._conclusions().get(path, {}).items()),
        )

    def compared(self, path: str, report: Report) -> Report:
        """Returns a report with those that it is to be compared with."""
        if report.agency is None or report.year is None:
            return report
        return Beside(self.part(path, report.agency, report.year), self.forms).compared(path, report)

    def statements(self, report: Report) -> tuple[Statement, ...]:
        """Returns what the report of the year before says of the numbers of this one."""
        if report.agency is None or report.year is None:
            return ()
        return Beside(self.part("", report.agency, report.year), self.forms).statements(report)

    def governments(self) -> Iterator[tuple[OtherReport, Units]]:
        """Yields the reports that may hold those of other agencies, with these, by agency and year."""
        for (agency, year), reports in sorted(self._known().items()):
            own = _only(reports)
            units = self._units(agency, year) if own else None
            if own and units:
                yield own, units

    def _known(self) -> dict[tuple[str, int], list[OtherReport]]:
        if self._reports is None:
            self._reports = {}
            self._below.clear()
            self._concluded.clear()
            for _, entry in sorted(self._entries.items()):
                if not self.agencies.is_shared(entry.agency):
                    other = OtherReport(entry, self._indexes[entry.form])
                    self._reports.setdefault((self.agencies.key(entry.agency), entry.year), []).append(other)
        return self._reports

    def _of(self, agency: str, year: int) -> Sequence[OtherReport]:
        """Returns the reports of an agency on a year by their paths, whatever the order in which they were read."""
        known = self._known()
        return () if self.agencies.is_shared(agency) else known.get((self.agencies.key(agency), year), ())

    def _before(self, agency: str, year: int) -> Sequence[OtherReport]:
        """Returns the reports on the year before; none if the agency's place took in another one in between."""
        return () if has_grown(self.agencies.key(agency), year) else self._of(agency, year - 1)

    def _units(self, agency: str, year: int) -> Units | None:
        known, own = self._known(), self.agencies.key(agency)
        named = next((names for name, names in self._sums.items() if self.agencies.key(name) == own), None)
        if named is None and not own.endswith(_PLACES):
            return None
        if (own, year) not in self._below:
            here = [one for one, when in known if when == year and one != own]
            self._below[own, year] = sorted(_below(own, here) if named is None else self._named(named, here))
        keys = self._below[own, year]
        found = {key: _only(known.get((key, year), ())) for key in keys}
        reports = tuple(one for one in found.values() if one)
        lacking = tuple(key for key, one in found.items() if one is None)
        if len(reports) < _FEWEST_UNITS and named is None:
            return None
        return Units(reports, lacking, configured=named is not None) if reports else None

    def _named(self, names: Iterable[str], here: Sequence[str]) -> set[str]:
        """Returns those of the agencies of a year that a configuration names, and all that it names in full."""
        found: set[str] = set()
        for name in names:
            # An agency is known by its longest name, with the places above it, as they are called today.
            wanted = f"{_ANY}{place_today(name)}"
            found.update(
                [one for one in here if fnmatchcase(one, wanted)] if _ANY in name else [self.agencies.key(name)]
            )
        return found

    def _conclusions(self) -> Mapping[str, Mapping[str, Any]]:
        """Returns by path and code of a rule what was concluded from all reports in force."""
        known = self._known()
        if self._collecting and not self._concluded:
            held = [one.entry for reports in known.values() for one in _in_force(reports)]
            held.sort(key=lambda one: (one.year, one.path))
            for code, (rule, check) in self._collecting.items():
                kept = [
                    Kept(one.path, self.agencies.key(one.agency), one.year, dict(one.kept)[code])
                    for one in held
                    if code in dict(one.kept)
                ]
                for path, said in check.conclude(rule, kept).items():
                    self._concluded.setdefault(path, {})[code] = said
        return self._concluded


def _below(own: str, here: Sequence[str]) -> Iterator[str]:
    """Yields the agencies of a place, without those of a smaller place in it that reports too."""
    inside = [name for name in here if name.startswith(own)]
    places = [name for name in inside if name.endswith(_PLACES)]
    for name in inside:
        if not any(name.startswith(place) and name != place for place in places):
            yield name


def _carried_out(other: OtherReport, rows: Iterable[CarriedRow]) -> Iterator[tuple[Address, int]]:
    """Yields what a report carries into the next year's, by the cell there."""
    for one in rows:
        for cell in other.places:
            number = other.number(cell) if (cell.table, cell.row) == (one.table, one.row) else None
            if number is not None:
                yield Address(one.next_table, one.next_row, cell.column), int(number)


def _entries(reports: Iterable[OtherReport]) -> tuple[Entry, ...]:
    return tuple(one.entry._replace(kept=()) for one in reports)


def _in_force(reports: Sequence[OtherReport]) -> Sequence[OtherReport]:
    return [one for one in reports if one.entry.revised] or reports


def _only(reports: Sequence[OtherReport]) -> OtherReport | None:
    """Returns the report that holds: the revised one, or any of several with the same numbers."""
    left = _in_force(reports)
    return left[0] if left and all(one.entry.numbers == left[0].entry.numbers for one in left) else None
