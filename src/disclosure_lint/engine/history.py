"""What the reports of a run say of each other: first little is kept of each, then each is put beside the others."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import takewhile
from typing import Any, NamedTuple, Protocol

from disclosure_lint.divisions.agencies import Agencies, has_grown, place_today
from disclosure_lint.engine.beside import Beside, Collecting, Part, only, places_of
from disclosure_lint.model.agency import Pairing
from disclosure_lint.model.entry import Entry, OtherReport, Units
from disclosure_lint.model.form import Address, Form
from disclosure_lint.model.kind import Concluding, Kept
from disclosure_lint.model.numbers import Statement
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule

_MOST_KEPT = 4_000_000
"""Characters of reports that are kept whole, so that they need not be read twice: some two hundred."""
_PLACES = ("省", "市", "县", "区", "旗", "州", "盟", "镇", "乡", "街道")
_FEWEST_UNITS = 2
_MOST_SAME = 8
"""Reports of one year with which another one is compared, lest each of very many be compared with all others."""
_ANY = "*"
_NO_WORDS = Pairing()


class Whose(NamedTuple):
    """What a history has at hand of every report; the first fields are those of an entry."""

    path: str
    agency: str
    year: int
    revised: bool
    form: str
    collected: tuple[str, ...]
    """Codes of the rules whose kinds of check kept something of it."""


def whose(entry: Entry) -> Whose:
    """Returns it for an entry."""
    return Whose(*entry[:5], tuple(code for code, _ in entry.kept))


class EntryStore(Protocol):
    """Where the entries are, which may be many."""

    def entry(self, path: str) -> Entry:
        """Returns the entry of the report at a path; what kinds of check keep may be left out."""
        ...

    def kept(self, path: str, code: str) -> Any:
        """Returns what the kind of check of a rule keeps of the report at a path."""
        ...


class _InMemory(dict[str, Entry]):
    """Entries by path."""

    def entry(self, path: str) -> Entry:
        return self[path]._replace(kept=())

    def kept(self, path: str, code: str) -> Any:
        return dict(self[path].kept)[code]


class History:
    """Whose the reports of a run are; of the first ones all that was bound, until it is asked for."""

    def __init__(
        self,
        words: Pairing = _NO_WORDS,
        names: Mapping[str, tuple[str, ...]] | None = None,
        sums: Mapping[str, tuple[str, ...]] | None = None,
        entries: EntryStore | None = None,
    ) -> None:
        """Takes how reports of one agency are told, and what a configuration says of names and of sums.

        `entries` are those of all reports that are noted; without, those that are added are kept here.
        """
        self.agencies = Agencies(words, names)
        """Whose names are one agency's."""
        for name in (name for one in (sums or {}).items() for name in (one[0], *one[1]) if _ANY not in name):
            self.agencies.add(name)
        self._sums = sums or {}
        self._whole: dict[str, tuple[int, Report]] = {}
        """By path, with the hash of the bytes that it was read from."""
        self._left = _MOST_KEPT
        self._added = _InMemory()
        self._entries = entries or self._added
        self._noted: dict[str, Whose] = {}
        self._reports: dict[tuple[str, int], list[Whose]] | None = None
        """By agency and year, by their paths; made when it is first asked for."""
        self._here: dict[int, list[str]] = {}
        """The agencies of a year, by name."""
        self._below: dict[tuple[str, int], list[str]] = {}
        self._apart: dict[tuple[str, int], list[Whose]] = {}
        """Where several reports hold, one of each that have the same numbers."""
        self.forms: dict[str, Form] = {}
        """Those of the reports, by id."""
        self._places: dict[str, Mapping[Address, int]] = {}
        self._collecting: Mapping[str, tuple[Rule, Concluding]] = {}
        self._concluded: Mapping[str, Mapping[str, Any]] | None = None
        """By code of a rule, by path."""

    def add(self, entry: Entry | None, form: Form) -> None:
        """Remembers a report of a form by its entry, in place of what was known of that path."""
        if entry is not None:
            self._added[entry.path] = entry
            self.note(whose(entry), form)

    def note(self, one: Whose, form: Form) -> None:
        """Notes whose a report of a form is, in place of what was known of its path."""
        self._reports = None
        self._noted[one.path] = one
        self.agencies.add(one.agency, one.year)
        if form.id not in self._places:
            self._places[form.id] = places_of(form)
            self.forms[form.id] = form

    def whose(self, path: str) -> Whose | None:
        """Returns whose the report at a path is; None if none was noted."""
        return self._noted.get(path)

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
            self._before(agency, year),
            tuple(self._entries.entry(one.path) for one in together[: min(place, _MOST_SAME)]),
            (tuple(one.entry for one in units.reports), units.lacking, units.configured) if units else None,
            tuple((code, said[path]) for code, said in self._conclusions().items() if path in said),
        )

    def compared(self, path: str, report: Report) -> Report:
        """Returns a report with those that it is to be compared with."""
        if report.agency is None or report.year is None:
            return report
        return Beside(self.part(path, report.agency, report.year), self.forms, self._places).compared(path, report)

    def statements(self, report: Report) -> tuple[Statement, ...]:
        """Returns what the report of the year before says of the numbers of this one."""
        if report.agency is None or report.year is None:
            return ()
        return Beside(self.part("", report.agency, report.year), self.forms, self._places).statements(report)

    def governments(self) -> Iterator[tuple[OtherReport, Units]]:
        """Yields the reports that may hold those of other agencies, with these, by agency and year."""
        for agency, year in sorted(self._known()):
            own = self._only(agency, year)
            units = self._units(agency, year) if own else None
            if own and units:
                yield own, units

    def _known(self) -> dict[tuple[str, int], list[Whose]]:
        if self._reports is None:
            self._reports = {}
            self._here.clear()
            self._below.clear()
            self._apart.clear()
            self._concluded = None
            for _, one in sorted(self._noted.items()):
                if not self.agencies.is_shared(one.agency):
                    self._reports.setdefault((self.agencies.key(one.agency), one.year), []).append(one)
            for agency, year in sorted(self._reports):
                self._here.setdefault(year, []).append(agency)
        return self._reports

    def _only(self, agency: str, year: int) -> OtherReport | None:
        """Returns the report of an agency that holds: the revised one, or any of several with the same numbers."""
        return only([OtherReport(one, self._places[one.form]) for one in self._holding(agency, year)])

    def _holding(self, agency: str, year: int) -> Iterator[Entry]:
        """Yields the entries of the reports that hold of an agency, by its key; of those with the same numbers one."""
        left = _in_force(self._known().get((agency, year), ()))
        if len(left) > 1:
            if (agency, year) not in self._apart:
                numbers = {self._entries.entry(one.path).numbers: one for one in reversed(left)}
                self._apart[agency, year] = sorted(numbers.values())
            left = self._apart[agency, year]
        return (self._entries.entry(one.path) for one in left)

    def _of(self, agency: str, year: int) -> Sequence[Whose]:
        """Returns the reports of an agency on a year by their paths, whatever the order in which they were read."""
        known = self._known()
        return () if self.agencies.is_shared(agency) else known.get((self.agencies.key(agency), year), ())

    def _before(self, agency: str, year: int) -> tuple[Entry, ...]:
        """Returns the reports on the year before; none if the agency's place took in another one in between."""
        own = self.agencies.key(agency)
        return () if has_grown(own, year) or self.agencies.is_shared(agency) else tuple(self._holding(own, year - 1))

    def _units(self, agency: str, year: int) -> Units | None:
        own = self.agencies.key(agency)
        self._known()
        named = next((names for name, names in self._sums.items() if self.agencies.key(name) == own), None)
        if named is None and not own.endswith(_PLACES):
            return None
        if (own, year) not in self._below:
            here = self._here.get(year, [])
            below = _below(own, here) if named is None else self._named(named, [one for one in here if one != own])
            self._below[own, year] = sorted(below)
        keys = self._below[own, year]
        if len(keys) < _FEWEST_UNITS and named is None:
            return None
        found = {key: self._only(key, year) for key in keys}
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
        """Returns by code of a rule and path what was concluded from all reports in force."""
        known = self._known()
        if self._concluded is None:
            held = [one for reports in known.values() for one in _in_force(reports)]
            held.sort(key=lambda one: (one.year, one.path))
            self._concluded = {
                code: check.conclude(rule, [self._kept(one, code) for one in held if code in one.collected])
                for code, (rule, check) in self._collecting.items()
            }
        return self._concluded

    def _kept(self, one: Whose, code: str) -> Kept:
        return Kept(one.path, self.agencies.key(one.agency), one.year, self._entries.kept(one.path, code))


def _below(own: str, here: Sequence[str]) -> Iterator[str]:
    """Yields those of some agencies, sorted, that are of a place, without those of a smaller one that reports too."""
    inside = takewhile(lambda name: name.startswith(own), here[bisect_right(here, own) :])
    place = None
    for name in inside:
        if place is None or not name.startswith(place):
            yield name
            if name.endswith(_PLACES):
                place = name


def _in_force(reports: Sequence[Whose]) -> Sequence[Whose]:
    return [one for one in reports if one.revised] or reports
