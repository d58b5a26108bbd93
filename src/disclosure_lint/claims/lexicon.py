"""The words and measures by which prose is read, as `rules/claims/*.toml` has them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from disclosure_lint.claims.quantities import Numbers

_TABLES = ("topic", "event", "applicant", "mark", "scope", "measure")
_LISTS = ("counters", "fillers", "now", "disclosure")


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


class Word(NamedTuple):
    """What a word may mean."""

    topics: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    mark: str = ""
    weak: bool = False
    """Whether it says too little for a contradiction."""
    negates: bool = False
    scope: str = ""
    """`whole` for all of a place, `own` for the authority alone."""
    lasts: bool = False
    """Whether its mark holds for what follows in the sentence too."""
    now: bool = False
    """Whether it says that what follows is of the report's own year."""


class Lexicon:
    """Words and measures of one or more packs, made ready to read the reports of any year."""

    def __init__(self, tables: Iterable[Mapping[str, Any]]):
        """Takes the contents of the files, those of the national pack first; later ones add to them."""
        merged: dict[str, list[Any]] = {name: [] for name in (*_TABLES, *_LISTS, "negations")}
        for table in tables:
            for name in (*_TABLES, *_LISTS):
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
        self.disclosure = re.compile(_any_of(merged["disclosure"]) or "(?!)")
        self.negations = re.compile(_any_of(merged["negations"]) or "(?!)")
        self.words = _words(merged)
        self._patterns: dict[int, tuple[re.Pattern[str], dict[str, Word]]] = {}

    def of_year(self, year: int | None) -> tuple[re.Pattern[str], dict[str, Word]]:
        """Returns the expression that finds all words, the longest first, and what each means for that year."""
        key = year or 0
        if key not in self._patterns:
            spans = {"{year}": key, "{last}": key - 1, "{next}": key + 1}
            words: dict[str, Word] = {}
            for text, word in self.words.items():
                for name, number in spans.items():
                    text = text.replace(name, str(number))
                words[text] = word
            self._patterns[key] = re.compile(_any_of(words)), words
        return self._patterns[key]

    def implied(self, events: Iterable[Sequence[str]]) -> tuple[str, ...]:
        """Returns the topic that events are of without its being named; none if they are of several."""
        topics = {self._implied[event] for meanings in events for event in meanings if event in self._implied}
        return tuple(topics) if len(topics) == 1 else ()

    def is_open(self, events: Iterable[Sequence[str]]) -> bool:
        """Says whether events are such as befall cases of every sort: 收到, 办理."""
        return any(self._generic.intersection(meanings) for meanings in events)

    def each(self, topics: Sequence[str], events: Sequence[Sequence[str]]) -> tuple[Measure, ...]:
        """Returns the measures of each topic and event; none if one of them is unknown."""
        found = [self.measure((topic,), (event,)) for topic in topics for event in events]
        found = found or [self.measure((topic,), ()) for topic in topics]
        measures = tuple(one for one in found if one)
        return measures if len(measures) == len(found) else ()

    def measure(self, topics: Iterable[str], events: Sequence[Sequence[str]]) -> Measure | None:
        """Returns what is counted of these topics together; None if that is unknown or could be several things.

        Each event is what a word may mean.
        """
        about = frozenset(topics)
        mine = self._measures.get(about, {})
        found = [
            measure
            for happened, measure in mine.items()
            if all(happened.intersection(meanings) for meanings in events)
            and all(any(event in meanings for meanings in events) for event in happened)
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


def _any_of(words: Iterable[str]) -> str:
    """Returns an expression for the longest of some words, by their first characters: few are tried at a place."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items())


def _words(merged: Mapping[str, list[Any]]) -> dict[str, Word]:
    words: dict[str, Word] = {text: Word() for text in merged["fillers"]}
    words |= {text: Word(now=True) for text in merged["now"]}
    for one in merged["topic"]:
        for text in one["words"]:
            words[text] = _both(words.get(text), Word(topics=(one["id"],)))
    for one in merged["event"]:
        for text in one["words"]:
            words[text] = _both(words.get(text), Word(events=(one["id"],), weak=one.get("weak", False)))
    for one in merged["applicant"]:
        for text in one["words"]:
            words[text] = Word(columns=tuple(one["columns"]))
    for one in merged["mark"]:
        for text in one["words"]:
            words[text] = Word(mark=one["status"], lasts=one.get("lasts", False))
    for one in merged["scope"]:
        for text in one["words"]:
            words[text] = Word(scope=one["whose"])
    return {**words, **{text: Word(negates=True) for text in merged["negations"]}}


def _both(before: Word | None, now: Word) -> Word:
    if before is None:
        return now
    return now._replace(
        topics=(*before.topics, *now.topics), events=(*before.events, *now.events), weak=before.weak or now.weak
    )
