"""The words and measures by which prose is read, as `rules/claims/*.toml` has them, and where they stand in a text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from disclosure_lint.claims.quantities import Numbers
from disclosure_lint.model.claim import SUMS
from disclosure_lint.model.lazy_re import lazy_re_compile

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
    none: tuple[tuple[str, ...], ...] = ()
    """The sums of `equals` that are 0 where there are none; all of them if that is empty."""


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
                tuple(map(tuple, one.get("none", ()))),
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


_YEARS = {"{year}": "\ue000" * 4, "{last}": "\ue001" * 4, "{next}": "\ue002" * 4}
"""What stands for the years that words name, in words and in texts: so the words are the same for each year."""


_MARKED = ("lasts", "yields", "change", "last")
_FIGURE = lazy_re_compile(r"[\d\ue000-\ue002]")


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
    until: bool = False
    """Whether that is the end of the year: what is counted up to it may be counted from long before."""
    yields: bool = False
    """Whether its mark is none where what is counted first in a sentence is said to be of the report's year."""
    then: tuple[str, ...] = ()
    """What may stand right behind it and says no more."""
    change: str = ""
    """`up` or `down` if it says that the number behind it is by how much something grew or shrank."""
    last: bool = False
    """Whether it names the year before the report's."""


NOTHING = Word()
"""What words mean that may be passed over."""


class Token(NamedTuple):
    """A word where it stands."""

    start: int
    end: int
    text: str
    word: Word


class Words:
    """Words, looked up by their first two characters.

    There are too many for a regular expression, which would take longer to compile than a report to read.
    """

    def __init__(self, words: Mapping[str, Word]):
        """Takes all words, the years in them as `dated` writes them."""
        self._words = words
        lengths: dict[str, set[int]] = {}
        for text in words:
            lengths.setdefault(text[:2], set()).add(len(text))
        self._lengths = {key: sorted(found, reverse=True) for key, found in lengths.items()}

    def find(self, text: str, start: int, end: int) -> list[Token]:
        """Returns the words between two places of a dated text, at each place the longest."""
        words, lengths = self._words, self._lengths
        found: list[Token] = []
        at = start
        while at < end:
            for length in lengths.get(text[at : at + 2], ()):
                stop = at + length
                word = words.get(written := text[at:stop])
                if word is not None and stop <= end:
                    if word.then:
                        stop += next((len(more) for more in word.then if text.startswith(more, stop, end)), 0)
                    break
            else:
                stop = at + 1
                word = words.get(written := text[at])
            if word is not None:
                found.append(Token(at, stop, written, word))
            at = stop
        return found


def dated(text: str, year: int | None) -> str:
    """Returns a text as long as that, in which the year of the report and those beside it stand as words have them."""
    if year is None:
        return text
    this, last, coming = _YEARS.values()
    return text.replace(str(year), this).replace(str(year - 1), last).replace(str(year + 1), coming)


def has_figure(text: str) -> bool:
    """Says whether a piece of a dated text has a digit or a year."""
    return _FIGURE.search(text) is not None


def expanded(words: Iterable[str]) -> Iterator[str]:
    """Yields words, each with all of its choices: `<上年|去年>结转` is two words."""
    for word in words:
        for name, written in _YEARS.items() if "{" in word else ():
            word = word.replace(name, written)
        if "<" in word:
            yield from map("".join, product(*(part.split("|") for part in re.split("[<>]", word))))
        else:
            yield word


def meanings(merged: Mapping[str, list[Any]]) -> dict[str, Word]:
    """Returns what each word means, of tables by their names in `claims/*.toml`."""
    words: dict[str, Word] = dict.fromkeys(merged["fillers"], NOTHING)
    words |= dict.fromkeys(merged["now"], Word(now=True))
    words |= dict.fromkeys(merged["until"], Word(now=True, until=True))
    for one in merged["topic"]:
        _add(words, one, Word(topics=(one["id"],)))
    for one in merged["event"]:
        _add(words, one, Word(events=(one["id"],), weak=one.get("weak", False), then=tuple(one.get("then", ()))))
    for one in merged["applicant"]:
        words |= dict.fromkeys(expanded(one["words"]), Word(columns=tuple(one["columns"])))
    for one in merged["mark"]:
        then, told = (
            tuple(one.get("then", ())),
            {key: one[key] for key in _MARKED if key in one},
        )
        words |= dict.fromkeys(expanded(one["words"]), Word(mark=one["status"], then=then, **told))
    for one in merged["scope"]:
        words |= dict.fromkeys(expanded(one["words"]), Word(scope=one["whose"]))
    return words | dict.fromkeys(merged["negations"], Word(negates=True))


def _add(words: dict[str, Word], one: Mapping[str, Any], word: Word) -> None:
    """Adds the words of a topic or an event; one that is known already means both."""
    added = dict.fromkeys(expanded(one["words"]), word)
    both = {text: _both(words[text], word) for text in added.keys() & words.keys()}
    words |= added | both


def _both(before: Word, now: Word) -> Word:
    return now._replace(
        topics=(*before.topics, *now.topics),
        events=(*before.events, *now.events),
        weak=before.weak or now.weak,
        then=(*before.then, *now.then),
    )
