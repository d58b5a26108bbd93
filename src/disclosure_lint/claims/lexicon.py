"""The words and measures by which prose is read, as `rules/claims/*.toml` has them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from disclosure_lint.claims.quantities import Numbers

_TABLES = ("topic", "event", "applicant", "mark", "scope", "measure")


class Measure(NamedTuple):
    """Something that the text counts, and the sums of cells that may be its number."""

    id: str
    topics: frozenset[str]
    events: frozenset[str]
    equals: tuple[tuple[str, ...], ...]


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


class Lexicon:
    """Words and measures of one or more packs, made ready to read the reports of any year."""

    def __init__(self, tables: Iterable[Mapping[str, Any]]):
        """Takes the contents of the files, those of the national pack first; later ones add to them."""
        merged: dict[str, list[Any]] = {name: [] for name in (*_TABLES, "counters", "fillers", "negations")}
        for table in tables:
            for name in (*_TABLES, "counters", "fillers"):
                merged[name] += table.get(name, ())
            merged["negations"] += table.get("negation", {}).get("words", ())
        self.measures = {
            (frozenset(one["topics"]), frozenset(one["events"])): Measure(
                one["id"], frozenset(one["topics"]), frozenset(one["events"]), tuple(map(tuple, one["equals"]))
            )
            for one in merged["measure"]
        }
        self.counters = {one["id"]: frozenset(one.get("counters", ())) for one in merged["topic"]}
        self.statuses = {one["id"]: one["status"] for one in merged["topic"] if "status" in one}
        self.defaults = {one["id"]: one["default"] for one in merged["topic"] if "default" in one}
        self.numbers = Numbers(merged["counters"])
        self.generic = frozenset(one["id"] for one in merged["event"] if one.get("generic"))
        self.implied = {one["id"]: one["implies"] for one in merged["event"] if "implies" in one}
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


def _any_of(words: Iterable[str]) -> str:
    """Returns an expression for the longest of some words, by their first characters: few are tried at a place."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items())


def _words(merged: Mapping[str, list[Any]]) -> dict[str, Word]:
    words: dict[str, Word] = {text: Word() for text in merged["fillers"]}
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
            words[text] = Word(mark=one["status"])
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
