"""The words and measures by which prose is read, as `rules/claims/*.toml` has them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from disclosure_lint.claims.quantities import Numbers
from disclosure_lint.claims.words import Words, expanded, meanings
from disclosure_lint.model.claim import SUMS

_TABLES = ("topic", "event", "applicant", "mark", "scope", "measure")
_LISTS = ("counters", "fillers", "now", "until", "disclosure", "doubts", "papers", "loose")
WHOLE = frozenset(("received", "handled", "answered", "cases"))
"""What happens to all that are counted."""
_MOST_KEPT = 1000
"""Combinations of topics and events whose measure is remembered."""


class Measure(NamedTuple):
    """Something that the text counts, and the sums of cells that may be its number."""

    id: str
    topics: frozenset[str]
    events: frozenset[str]
    equals: tuple[tuple[str, ...], ...]
    per: int = 1
    """What 1 in a cell stands for: 10000 in a column of 万元."""
    weak: bool = False
    """Whether the words may mean something else too: then nothing contradicts it."""
    besides: tuple[tuple[str, ...], ...] = ()
    """Sums that may be meant too: a number that is one of them neither agrees nor contradicts."""


class Lexicon:
    """Words and measures of one or more packs, made ready to read the reports of any year."""

    def __init__(self, tables: Iterable[Mapping[str, Any]]):
        """Takes the contents of the files, those of the national pack first; later ones add to them."""
        tables = list(tables)
        merged: dict[str, list[Any]] = {name: [] for name in (*_TABLES, *_LISTS, "negations")}
        for table in tables:
            for name in _LISTS:
                merged[name] += expanded(table.get(name, ()))
            for name in _TABLES:
                merged[name] += table.get(name, ())
            merged["negations"] += table.get("negation", {}).get("words", ())
        known = {
            (frozenset(one["topics"]), frozenset(one["events"])): Measure(
                one["id"],
                frozenset(one["topics"]),
                frozenset(one["events"]),
                tuple(map(tuple, one["equals"])),
                one.get("per", 1),
                one.get("weak", False),
                tuple(map(tuple, one.get("besides", ()))),
            )
            for one in merged["measure"]
        }
        self._measures: dict[frozenset[str], dict[frozenset[str], Measure]] = {}
        for (topics, events), measure in known.items():
            self._measures.setdefault(topics, {})[events] = measure
        self.counters = {one["id"]: frozenset(one.get("counters", ())) for one in merged["topic"]}
        self.statuses = {one["id"]: one["status"] for one in merged["topic"] if "status" in one}
        self._defaults = {one["id"]: one["default"] for one in merged["topic"] if "default" in one}
        self.numbers = Numbers(merged["counters"])
        self._generic = frozenset(one["id"] for one in merged["event"] if one.get("generic"))
        self._implied = {one["id"]: one["implies"] for one in merged["event"] if "implies" in one}
        self.wider = frozenset(one["id"] for one in merged["topic"] if one.get("wider"))
        self._within = {one["id"]: tuple(one["within"]) for one in merged["topic"] if "within" in one}
        self.doubts, self.papers = _shortest(merged["doubts"]), _shortest(merged["papers"])
        self.disclosure = _shortest(merged["disclosure"])
        self.loose = frozenset(merged["loose"])
        self.negations = _shortest(merged["negations"])
        self.sums = {
            name: tuple(
                sorted(
                    (word for table in tables for word in expanded(table.get("sums", {}).get(name, ()))),
                    key=len,
                    reverse=True,
                )
            )
            for name in SUMS
        }
        """Lists of words by their names, the longest word first."""
        self.words = Words(meanings(merged))
        self._found = lru_cache(_MOST_KEPT)(self._find)

    def implied(self, events: Iterable[Sequence[str]]) -> tuple[str, ...]:
        """Returns the topic that events are of without its being named; none if they are of several."""
        topics = {self._implied[event] for meanings in events for event in meanings if event in self._implied}
        return tuple(topics) if len(topics) == 1 else ()

    def is_open(self, events: Iterable[Sequence[str]]) -> bool:
        """Says whether events are such as befall cases of every sort: 收到, 办理."""
        return any(self._generic.intersection(meanings) for meanings in events)

    def within(self, topics: Iterable[str]) -> tuple[str, ...]:
        """Returns the cells than whose sum there are not more of topics that are `wider`, unless others are counted."""
        return next((self._within[topic] for topic in topics if topic in self._within), ())

    def wholes(self, topics: frozenset[str]) -> Iterator[tuple[str, ...]]:
        """Yields the sums of cells that have all of what is counted there, first what was answered."""
        of_all = [one for events, one in self._measures.get(topics, {}).items() if events and events <= WHOLE]
        for measure in sorted(of_all, key=lambda one: "answered" not in one.events):
            if not measure.weak:
                yield from measure.equals

    def each(self, topics: Sequence[str], events: Sequence[Sequence[str]]) -> tuple[Measure, ...]:
        """Returns the measures of each topic and event; none if one of them is unknown."""
        found = [self.measure((topic,), (event,)) for topic in topics for event in events]
        found = found or [self.measure((topic,), ()) for topic in topics]
        measures = tuple(one for one in found if one)
        return measures if len(measures) == len(found) else ()

    def measure(self, topics: Iterable[str], events: Iterable[Sequence[str]]) -> Measure | None:
        """Returns what is counted of these topics together; None if that is unknown or could be several things.

        Each event is what a word may mean.
        """
        return self._found(frozenset(topics), frozenset(map(tuple, events)))

    def _find(self, about: frozenset[str], events: frozenset[tuple[str, ...]]) -> Measure | None:
        mine = self._measures.get(about, {})
        possible = {event for meanings in events for event in meanings}
        found = [
            measure
            for happened, measure in mine.items()
            if happened <= possible and all(happened.intersection(meanings) for meanings in events)
        ]
        if found:
            return found[0] if len(found) == 1 else None
        defaults = {self._defaults.get(topic) for topic in about}
        if (
            len(defaults) == 1
            and None not in defaults
            and all(self._generic.intersection(meanings) for meanings in events)
        ):
            return mine.get(frozenset(one for one in defaults if one))
        return None


def _shortest(words: Sequence[str]) -> tuple[str, ...]:
    """Returns the words that a text must be searched for to find any of them: not those that hold another one."""
    return tuple(word for word in words if not any(other != word and other in word for other in words))
