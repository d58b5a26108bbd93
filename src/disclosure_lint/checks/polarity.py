"""Whether a text says that something was the case, with what sum, or that it was not; most sentences say neither.

The words come from a vocabulary of a rule file, as lists of expressions for squeezed text:

- `about` names the matter; `hint` words belong to it where a title in 《…》 or the sentence before has named it.
- `lead` ends a sentence that only announces the next one (`收取情况如下：`): the two are read as one.
- `negative` says no; `positive` says yes; `amount` finds sums, as groups `number` and (optional) `unit`: 0 is a no.
- `due` says what is to be the case, a notice or a sum that is owed: no yes, nor a sum beside it that is not `paid`.
- `unless` takes a clause out of the reckoning: a promise, a tariff, another matter.
- `part` marks a clause about a part only: its no does not contradict a yes elsewhere.
- `now` names the report's year; what is said of another year counts only if nothing is said of this one.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

from disclosure_lint.checks.expressions import Expression
from disclosure_lint.claims.numerals import number, power
from disclosure_lint.model.lazy_re import lazy_re_compile

_TITLE = lazy_re_compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_CLAUSE_BREAK = lazy_re_compile(r"[、。]|(?<!\d)，|，(?!\d{3}(?!\d))")
_ZERO = lazy_re_compile(r"(?<![\d.，])0|零")
_TIME = lazy_re_compile(r".{0,2}20\d\d年(?:度|全年|内|间|底)?[，、]?")
_YEAR = lazy_re_compile(r"20\d\d(?=年)")

Kind = Literal["negative", "positive", "due"]
Vocabulary = Mapping[str, Sequence[Expression]]
"""Lists of expressions, by what they tell."""
_Match = re.Match[str]


class Polarity(NamedTuple):
    """One sentence's answer, at its offsets in the squeezed text."""

    kind: Kind
    start: int
    end: int
    amount: Decimal | None = None
    """The sum of a yes, if it says one."""


class Saying(NamedTuple):
    """A polarity with what it is about."""

    polarity: Polarity
    partial: bool
    """Whether it speaks of a part of the matter only."""
    past: bool
    """Whether it speaks of another year."""


class Sentence:
    """A sentence without the titles in it, and the way back to the whole text."""

    def __init__(self, whole: str, start: int, end: int, words: Vocabulary, year: int | None):
        self.words, self.year = words, year
        self.titles = [match.group() for match in _TITLE.finditer(whole, start, end)]
        parts: list[str] = []
        self.starts: list[int] = []
        self.sources: list[int] = []
        at = start
        for title in (*_TITLE.finditer(whole, start, end), None):
            until = title.start() if title else end
            self._add(parts, whole[at:until], at)
            if title:
                self._add(parts, "《", title.start())
                self._add(parts, "》", title.end() - 1)
                at = title.end()
        self.text = "".join(parts)
        self.past: set[int] = set()
        self._left_out: dict[tuple[int, int], bool] = {}
        self.breaks = [0, *(match.end() for match in _CLAUSE_BREAK.finditer(self.text)), len(self.text) + 1]

    def _add(self, parts: list[str], text: str, source: int) -> None:
        before = self.starts[-1] + len(parts[-1]) if parts else 0
        parts.append(text)
        self.starts.append(before)
        self.sources.append(source)

    def _offset(self, place: int) -> int:
        """Returns where a character of the sentence stands in the whole text."""
        index = bisect_right(self.starts, place) - 1
        return self.sources[index] + place - self.starts[index]

    def first(self, key: str) -> int | None:
        """Returns where words of that list first stand, or None."""
        return min((match.start() for match in self.all(key)), default=None)

    def all(self, key: str) -> list[_Match]:
        """Returns the matches of a list of the vocabulary, in order."""
        matches = [match for one in self.words.get(key, ()) for match in one.finditer(self.text)]
        return sorted(matches, key=lambda match: (match.start(), -match.end()))

    def title_is_about(self) -> bool:
        """Says whether a title names the matter."""
        return any(holds(self.words, "about", title) for title in self.titles)

    def sayings(self) -> list[Saying]:
        """Returns the sentence's no and its yes, if it says them; else what is due."""
        denied = self.all("negative")
        due = self._counting(self.all("due"))
        named = min(place for key in ("about", "hint") if (place := self.first(key)) is not None)
        sums = [m for m in self._counting(self.all("amount")) if self._clause(m)[1] > named]
        zero = [m for m in sums if self._value(m) == 0]
        paid = self._elsewhere([m for m in sums if self._value(m)], denied)
        if due:
            paid = [match for match in paid if self._holds("paid", match)]
        done = self._counting(self._elsewhere(self.all("positive"), denied + zero))
        no, zero, paid, done, due = self._of_the_year([self._counting(denied), zero, paid, done, due])
        if paid:
            # 其中教育局0元: a part of the sum.
            no, zero = [match for match in no if not _ZERO.search(match.group())], []
        elif not all(self._holds("part", match) for match in zero):
            # 收取3件，合计0元: the sum says what came of them.
            done = [match for match in done if self._holds("part", match)]
        answers = [self._saying("negative", match) for match in (no + zero)[:1]]
        answers += [self._saying("positive", match) for match in (paid + done)[:1]]
        answers = answers or [self._saying("due", match) for match in due[:1]]
        return sorted(answers, key=lambda saying: saying.polarity.start)

    def _of_the_year(self, lists: Sequence[list[_Match]]) -> list[list[_Match]]:
        """Returns the matches without those of other years, if any are left then."""
        self.past = self._past_clauses([match for matches in lists for match in matches])
        now = [[match for match in matches if not self._is_past(match)] for matches in lists]
        return now if any(now) else list(lists)

    def _past_clauses(self, said: Sequence[_Match]) -> set[int]:
        """Returns the clauses about another year: those that name one, and those after them that go on from there."""
        if self.year is None or _YEAR.search(self.text) is None:
            return set()
        telling = {clause for match in said for clause in self._clauses(match)}
        now = self.words.get("now", ())
        past: set[int] = set()
        before = False
        for index, (start, end) in enumerate(pairwise(self.breaks), 1):
            years = _YEAR.findall(self.text, start, end)
            if str(self.year) in years or any(one.search(self.text, start, end) for one in now):
                before = False
            elif years:
                before = index in telling or _TIME.fullmatch(self.text, start, end) is not None
            if before:
                past.add(index)
        return past

    def _is_past(self, match: _Match) -> bool:
        return bisect_right(self.breaks, match.start()) in self.past

    def _saying(self, kind: Kind, match: _Match) -> Saying:
        start, end = self._offset(match.start()), self._offset(match.end() - 1) + 1
        amount = self._value(match) if kind == "positive" and "number" in match.groupdict() else None
        return Saying(Polarity(kind, start, end, amount), self._holds("part", match), self._is_past(match))

    def _holds(self, key: str, match: _Match) -> bool:
        """Says whether the clause of a match has words of that list."""
        return any(one.search(self.text, *self._clause(match)) for one in self.words.get(key, ()))

    def _counting(self, matches: Sequence[_Match]) -> list[_Match]:
        return [match for match in matches if not self._counts_not(match)]

    def _clause(self, match: _Match) -> tuple[int, int]:
        start = self.breaks[bisect_right(self.breaks, match.start()) - 1]
        return start, self.breaks[bisect_left(self.breaks, max(match.end(), start + 1))] - 1

    def _counts_not(self, match: _Match) -> bool:
        clause = self._clause(match)
        if clause not in self._left_out:
            self._left_out[clause] = holds(self.words, "unless", self.text[slice(*clause)])
        return self._left_out[clause]

    def _elsewhere(self, matches: Sequence[_Match], others: Sequence[_Match]) -> list[_Match]:
        """Returns the matches that share no clause with any of the others."""
        taken = {clause for other in others for clause in self._clauses(other)}
        return [match for match in matches if taken.isdisjoint(self._clauses(match))]

    def _clauses(self, match: _Match) -> range:
        return range(bisect_right(self.breaks, match.start()), bisect_left(self.breaks, match.end()) + 1)

    def _value(self, match: _Match) -> Decimal | None:
        groups = match.groupdict()
        value = number(groups["number"] or "")
        return None if value is None else value * power(groups.get("unit"))


def holds(words: Vocabulary, key: str, text: str) -> bool:
    """Says whether words of a list stand in a text."""
    return any(expression.matches_in(text) for expression in words.get(key, ()))


_SENTENCE = lazy_re_compile(r"[^。；！？]+")


def find_polarities(squeezed: str, words: Vocabulary, year: int | None = None) -> list[Polarity]:
    """Returns the polarities that a squeezed text takes, in its order: at most one yes and one no of each sentence.

    With the report's year, what is said of it outweighs what is said of another one.
    """
    found: list[Saying] = []
    named = False
    for start, end in _sentences(squeezed, words):
        sentence = Sentence(squeezed, start, end, words, year)
        hinted = holds(words, "hint", sentence.text)
        if holds(words, "about", sentence.text) or (hinted and (named or sentence.title_is_about())):
            found += sentence.sayings()
            named = True
        else:
            named = sentence.title_is_about() or (named and hinted)
    found = [saying for saying in found if saying.polarity.kind != "due"] or found
    found = [saying for saying in found if not saying.past] or found
    yes = any(saying.polarity.kind == "positive" for saying in found)
    return [saying.polarity for saying in found if not (yes and saying.partial and saying.polarity.kind == "negative")]


def _sentences(text: str, words: Vocabulary) -> Iterator[tuple[int, int]]:
    """Yields the half-open offsets of the sentences, an announcing one together with the next."""
    begin: int | None = None
    end = 0
    for match in _SENTENCE.finditer(text):
        start, end = (match.start() if begin is None else begin), match.end()
        named = holds(words, "about", match.group())
        if begin is None and named and holds(words, "lead", match.group()):
            begin = start
            continue
        yield start, end
        begin = None
    if begin is not None:
        yield begin, end
