"""The words that sentences are read by, and where they stand in a text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple


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


NOTHING = Word()
"""What words mean that may be passed over."""


class Token(NamedTuple):
    """A word where it stands."""

    start: int
    end: int
    text: str
    word: Word


class Words:
    """The words of a report of one year.

    They are looked up by their first two characters: there are too many for a regular expression, which would take
    longer to compile than a report to read.
    """

    def __init__(self, words: Mapping[str, Word], year: int):
        """Takes all words, in which {year}, {last} and {next} stand for years."""
        self._words = {_of_year(text, year) if "{" in text else text: word for text, word in words.items()}
        lengths: dict[str, set[int]] = {}
        for text in self._words:
            lengths.setdefault(text[:2], set()).add(len(text))
        self._lengths = {key: sorted(found, reverse=True) for key, found in lengths.items()}

    def find(self, text: str) -> Iterator[Token]:
        """Yields the words of a text from left to right, at each place the longest."""
        words, lengths = self._words, self._lengths
        at, end = 0, len(text)
        while at < end:
            for length in lengths.get(text[at : at + 2], ()):
                word = words.get(found := text[at : at + length])
                if word is not None:
                    yield Token(at, at + len(found), found, word)  # it may end with the text
                    at += len(found)
                    break
            else:
                word = words.get(text[at])
                if word is not None:
                    yield Token(at, at + 1, text[at], word)
                at += 1


def _of_year(text: str, year: int) -> str:
    return text.replace("{year}", str(year)).replace("{last}", str(year - 1)).replace("{next}", str(year + 1))


def expanded(words: Iterable[str]) -> Iterator[str]:
    """Yields words, each with all of its choices: `<上年|去年>结转` is two words."""
    for word in words:
        if "<" in word:
            yield from map("".join, product(*(part.split("|") for part in re.split("[<>]", word))))
        else:
            yield word


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Returns an expression for some words; nothing is any of none."""
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


def meanings(merged: Mapping[str, list[Any]]) -> dict[str, Word]:
    """Returns what each word means, of tables by their names in `claims/*.toml`."""
    words: dict[str, Word] = dict.fromkeys(merged["fillers"], NOTHING)
    words |= dict.fromkeys(merged["now"], Word(now=True))
    for one in merged["topic"]:
        _add(words, one, Word(topics=(one["id"],)))
    for one in merged["event"]:
        _add(words, one, Word(events=(one["id"],), weak=one.get("weak", False)))
    for one in merged["applicant"]:
        words |= dict.fromkeys(expanded(one["words"]), Word(columns=tuple(one["columns"])))
    for one in merged["mark"]:
        words |= dict.fromkeys(expanded(one["words"]), Word(mark=one["status"], lasts=one.get("lasts", False)))
    for one in merged["scope"]:
        words |= dict.fromkeys(expanded(one["words"]), Word(scope=one["whose"]))
    return words | dict.fromkeys(merged["negations"], Word(negates=True))


def _add(words: dict[str, Word], one: Mapping[str, Any], word: Word) -> None:
    """Adds the words of a topic or an event; one that is known already means both."""
    for text in expanded(one["words"]):
        words[text] = _both(words[text], word) if text in words else word


def _both(before: Word, now: Word) -> Word:
    return now._replace(
        topics=(*before.topics, *now.topics), events=(*before.events, *now.events), weak=before.weak or now.weak
    )
