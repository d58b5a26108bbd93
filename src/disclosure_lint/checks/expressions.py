"""Regular expressions of rules, compiled only when a text holds the words without which they cannot match."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

_MOST_KEPT = 2000
"""Lists of expressions."""


class Expression:
    """A regular expression with what it demands of a text."""

    __slots__ = ("_compiled", "_demands", "_enough", "pattern")

    def __init__(self, pattern: str, demands: Sequence[Sequence[str]] = (), enough: Sequence[str] = ()):
        """Takes what `model.patterns.demands` says of the pattern; without it, every text is searched."""
        self.pattern = pattern
        """As the rule has it."""
        self._demands = demands
        self._enough = enough
        self._compiled: re.Pattern[str] | None = None

    def may_match(self, text: str) -> bool:
        """Returns False if no part of a text can match."""
        for words in self._demands:
            for word in words:
                if word in text:
                    break
            else:
                return False
        return True

    def matches_in(self, text: str) -> bool:
        """Returns whether some part of a text matches."""
        return self.may_match(text) and (
            any(word in text for word in self._enough) or self._expression().search(text) is not None
        )

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Returns the first match between two places of a text, or None."""
        return self._expression().search(text, start, end) if self.may_match(text) else None

    def without_empty(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        """Returns the matches from a place on that are not empty, in order, in a text that may have some."""
        return (match for match in self._expression().finditer(text, start) if match.group())

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Returns the matches in a text, in order."""
        return self._expression().finditer(text) if self.may_match(text) else iter(())

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Returns the match of a whole text, or None."""
        return self._expression().fullmatch(text) if self.may_match(text) else None

    def _expression(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self.pattern)
        return self._compiled


class Expressions(tuple[Expression, ...]):
    """Several expressions, tried in their order."""

    __slots__ = ()

    def possible(self, text: str) -> "Expressions":
        """Returns those that may match in some part of a text."""
        return Expressions([one for one in self if one.may_match(text)])

    def match_in(self, text: str) -> bool:
        """Returns whether one of them matches some part of a text."""
        return any(one.matches_in(text) for one in self)

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Returns their matches that are not empty, in order and none within another.

        Of two that begin at one place, that of the first expression. Each expression is searched by itself: joined into
        one, their groups, back references and flags would come to mean something else.
        """
        possible = [one for one in self if one.may_match(text)]
        if len(possible) > 1:
            return _merged(possible, text)
        return possible[0].without_empty(text) if possible else iter(())


class Prepared(NamedTuple):
    """A pattern of a compiled rule, with what `Expression` takes."""

    pattern: str
    demands: list[list[str]]
    enough: list[str]


Patterns = list[Prepared]
"""Shape of a list of patterns in compiled options."""
_made: dict[str, Expression] = {}
# Compiled options live as long as the linter; holding their lists here keeps their ids theirs.
_lists: dict[int, tuple[Iterable[Prepared], Expressions]] = {}


def prepared(patterns: Iterable[str]) -> Patterns:
    """Returns patterns as JSON data for `expressions`; PatternError for one that is wrong or can run away."""
    # Only where a pack is compiled.
    from disclosure_lint.model.patterns import compile_pattern, demands, quickest

    made = []
    for pattern in patterns:
        compile_pattern(pattern)
        words, enough = demands(pattern)
        made.append(Prepared(pattern, quickest(words), enough))
    return made


def expressions(data: Iterable[Prepared]) -> Expressions:
    """Returns the expressions that `prepared` made data of; each is compiled once in a process."""
    if id(data) not in _lists:
        if len(_lists) >= _MOST_KEPT:
            _lists.clear()
            _made.clear()
        _lists[id(data)] = data, Expressions([_made.get(one.pattern) or _make(*one) for one in data])
    return _lists[id(data)][1]


def _make(pattern: str, demands: Sequence[Sequence[str]], enough: Sequence[str]) -> Expression:
    made = _made[pattern] = Expression(pattern, demands, enough)
    return made


def _merged(possible: Sequence[Expression], text: str) -> Iterator[re.Match[str]]:
    waiting = [found for number, one in enumerate(possible) for found in _next(one, number, text, 0)]
    heapify(waiting)
    at = 0
    while waiting:
        start, number, match = heappop(waiting)
        if start >= at:
            yield match
            at = match.end()
        for found in _next(possible[number], number, text, at):
            heappush(waiting, found)


def _next(one: Expression, number: int, text: str, at: int) -> Iterator[tuple[int, int, re.Match[str]]]:
    """Yields the next match of an expression from a place on with where it begins, if there is one."""
    match = next(one.without_empty(text, at), None)
    if match is not None:
        yield match.start(), number, match


class Stretches:
    """Parts of a text, none within another, to be asked which of them holds a place."""

    def __init__(self, several: Expressions, text: str):
        """Takes what the expressions match in the text."""
        self._spans = [match.span() for match in several.find(text)]
        self._starts = [start for start, _ in self._spans]

    def hold(self, start: int, end: int) -> bool:
        """Returns whether all between two places lies in one of the parts."""
        number = bisect_right(self._starts, start)
        return number > 0 and end <= self._spans[number - 1][1]
