"""The words that sentences are read by, and where they stand in a text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from disclosure_lint.model.lazy_re import lazy_re_compile

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
