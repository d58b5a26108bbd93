"""Clauses with their words and numbers, and what each says."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from disclosure_lint.claims.lexicon import Measure
from disclosure_lint.claims.quantities import Quantity
from disclosure_lint.claims.words import NOTHING, Token, Word, Words, has_figure
from disclosure_lint.model.lazy_re import lazy_re_compile

_CLAUSE = lazy_re_compile(r"[^，；（）]+(?:(?<=\d)，(?=\d{3}(?!\d))[^，；（）]+)*")
_TITLE = lazy_re_compile(r"《[^《》]*》|“[^“”]{8,}”")
_OTHER_YEAR = lazy_re_compile(r"(?:19|20)\d\d(?:年?(?:[-至到]|—+)(?:19|20)\d\d)?年")
_LONGEST_YEAR = 7
_ANOTHER_YEAR = Word(mark="other_period", lasts=True)
LONGEST = 400
"""Characters of a clause: what is longer is no sentence but a table run together."""
MARKS = "。！？；"
_APART, _EACH = "分别", "均"
_EVERY = ("各", "各为", "各有")


class Claim(NamedTuple):
    """A number of the text, and what it says; offsets are those of the squeezed text."""

    start: int
    end: int
    text: str
    value: Decimal | None
    unit: str
    approximate: str
    precision: Decimal
    status: str = ""
    """Why it is not compared; empty if it can be."""
    measures: tuple[Measure, ...] = ()
    """What it counts; several where it is said of each."""
    columns: tuple[str, ...] = ()
    """Columns of the applicants that it is about; empty for all."""
    scope: str = ""
    """Whose number it says it is: `whole`, `own`, `other` or nothing."""
    sure: bool = False
    """Whether every word of its clause is understood."""
    wider: bool = False
    """Whether more may be counted than the form counts: then it is only sure not to be less."""
    within: tuple[str, ...] = ()
    """Cells than whose sum there cannot be more, unless more is counted than the form counts."""
    change: str = ""
    """`up` or `down` if it is by how much the measure grew or shrank since the year before."""


class Said(NamedTuple):
    """What a stretch of a clause says."""

    topics: tuple[str, ...] = ()
    events: tuple[tuple[str, ...], ...] = ()
    """For each word what it may mean."""
    columns: tuple[str, ...] = ()
    sure: bool = True
    apart: bool = False
    each: bool = False
    negates: bool = False
    scope: str = ""

    def filled(self, behind: "Said") -> "Said":
        """Returns what the words before a number say, and where they lack something, those behind it."""
        return self._replace(
            topics=self.topics or behind.topics,
            events=self.events or behind.events,
            columns=self.columns or behind.columns,
            sure=self.sure and behind.sure,
            negates=self.negates or behind.negates,
        )


class Clause(NamedTuple):
    """A clause with its words and its numbers, both in order."""

    start: int
    end: int
    tokens: list[Token]
    numbers: Sequence[Quantity]

    def is_known(self) -> bool:
        """Says whether it holds nothing but known words and numbers, and names nobody's scope."""
        at = self.start
        for start, end in sorted((*(one[:2] for one in self.tokens), *(one[:2] for one in self.numbers))):
            if start > at:
                return False
            at = max(at, end)
        return at >= self.end and not any(one.word.scope for one in self.tokens)

    def quantities(self, text: str) -> tuple[list[Quantity], list[Token]]:
        """Returns the numbers that count something, and the words beside them, other years among these."""
        tokens = self.tokens
        inside = [one[:2] for one in tokens if has_figure(one.text)]
        inside += [match.span() for match in _TITLE.finditer(text, self.start, self.end)]
        real = [one for one in self.numbers if one.counts and not _within(one.start, inside)]
        if real:
            counted = [one[:2] for one in real]
            tokens = [one for one in tokens if not _within(one.start, counted)]
        if len(real) < len(self.numbers):
            years = [match.span() for match in _OTHER_YEAR.finditer(text, self.start, self.end)]
            ranges = [(first, last) for first, last in years if last - first > _LONGEST_YEAR]
            tokens = [one for one in tokens if not _within(one.start, ranges)]
            tokens += [
                Token(*span, "", _ANOTHER_YEAR) for span in years if span in ranges or not _within(span[0], inside)
            ]
            tokens.sort()
        return real, tokens


class Clauses:
    """Takes the sentences of a text apart."""

    def __init__(self, text: str, written: str, words: Words, names: Sequence[tuple[str, Word]]):
        """Takes a text, the same dated, the words and names that go before these."""
        self._text = text
        self._written = written
        self._words = words
        self._names = names

    def of(self, start: int, end: int, numbers: Sequence[Quantity]) -> Iterator[Clause]:
        """Yields the clauses of a sentence, whose numbers these are."""
        left = right = 0
        for match in _CLAUSE.finditer(self._text, start, end):
            first, last = match.span()
            while right < len(numbers) and numbers[right].start < last:
                right += 1
            tokens, mine = self._tokens(first, last), numbers[left:right]
            colon = self._text.find("：", first, mine[0].start if mine else last)
            if colon >= 0 and _names(tokens, first, colon) and _names(tokens, colon, last):
                # 依申请公开情况：行政复议4件 is headed by a topic that its number is not about.
                first, tokens = colon + 1, [one for one in tokens if one.start > colon]
            yield Clause(first, last, tokens, mine)
            left = right

    def _tokens(self, start: int, end: int) -> list[Token]:
        if end - start > LONGEST:
            return []
        found = self._words.find(self._written, start, end)
        for name, word in self._names:
            at = self._written.find(name, start, end)
            if at >= 0:
                stop = at + len(name)
                found = [one for one in found if one.end <= at or one.start >= stop]
                found.append(Token(at, stop, name, word))
                found.sort()
        return found


def _names(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Says whether a topic is named between two places."""
    return any(start <= one.start < end and one.word.topics for one in tokens)


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Says whether a place lies in one of some stretches."""
    return any(start <= place < end for start, end in spans)


def brackets_are_known(text: str, clauses: Sequence[Clause], index: int) -> bool:
    """Says whether what brackets have to do with a clause is understood.

    What stands in brackets behind a clause may say what its number counts: 55件（含乡镇15件）. What goes on behind
    brackets began before them: 各镇（街道）共受理28件.
    """
    clause = clauses[index]
    if index + 1 < len(clauses) and text[clause.end] == "（":
        real, tokens = clauses[index + 1].quantities(text)
        is_dated = not real and any(one.word.mark == "other_period" for one in tokens)  # 20件（2023年）
        if is_dated or not clauses[index + 1].is_known():
            return False
    at = index
    while at > 1 and text[clause.start - 1] == "）" and text[clauses[at - 1].start - 1] != "（":
        at -= 1
    is_inside = text[clause.start - 1] == "）" and at > 1 and clauses[at - 2].end == clauses[at - 1].start - 1
    return not is_inside or all(one.is_known() for one in clauses[at - 2 : index])


def said(text: str, tokens: Sequence[Token], start: int, end: int) -> Said:
    """Returns what the words between two places say; the tokens are those of their clause, in order."""
    topics: tuple[str, ...] = ()
    events: tuple[tuple[str, ...], ...] = ()
    columns: tuple[str, ...] = ()
    known = 0
    sure, apart, each, negates, scope = True, False, False, False, ""
    for one in tokens:
        if one.start < start:
            continue
        if one.end > end:
            break
        word = one.word
        known += one.end - one.start
        if word is NOTHING:
            if one.text.startswith(_EACH) or (one.text in _EVERY and one.end == end):
                each = True
            elif one.text.startswith(_APART):
                apart = True
            continue
        if word.topics:
            topics += tuple(topic for topic in word.topics if topic not in topics)
        if word.events:
            events += (word.events,)
        columns += word.columns
        sure = sure and not word.weak
        negates = negates or word.negates
        scope = scope or word.scope
    if known < end - start and text[end - 1] in MARKS:
        known += 1
    return Said(topics, events, columns, sure and known >= end - start, apart, each, negates, scope)


def why_not(tokens: Sequence[Token], number: Quantity, real: Sequence[Quantity]) -> str:
    """Returns why a number of a clause is not compared: by a word before it, or one anywhere if it stands alone."""
    for one in tokens:
        if one.word.mark and (one.start < number.start or len(real) == 1):
            return one.word.mark
    return ""


def change_since_last_year(tokens: Sequence[Token], number: Quantity) -> str:
    """Returns `up` or `down` if a clause says that a number is by how much something grew since the year before."""
    before = [one for one in tokens if one.start < number.start]
    change = next((one.word.change for one in before if one.end == number.start), "")
    others = any(one.word.lasts and not one.word.last for one in before)
    return change if not others and any(one.word.last for one in before) else ""


def bare(number: Quantity, status: str) -> Claim:
    """Returns a number of which only a status is known."""
    return Claim(*number[:-1], status)
