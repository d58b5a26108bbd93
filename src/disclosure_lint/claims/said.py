"""What a clause says: a number with what it counts, and what later clauses may refer to."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from disclosure_lint.claims.lexicon import Measure
from disclosure_lint.claims.quantities import Quantity
from disclosure_lint.claims.words import NOTHING, Token

_APART, _EACH = "分别", "均"
_EVERY = ("各", "各为", "各有")
_MARKS = "。！？；"


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


def brackets_are_known(text: str, clauses: Sequence[Clause], index: int) -> bool:
    """Says whether what brackets have to do with a clause is understood.

    What stands in brackets behind a clause may say what its number counts: 55件（含乡镇15件）. What goes on behind
    brackets began before them: 各镇（街道）共受理28件.
    """
    clause = clauses[index]
    if index + 1 < len(clauses) and text[clause.end] == "（" and not clauses[index + 1].is_known():
        return False
    at = index
    while at > 1 and text[clause.start - 1] == "）" and text[clauses[at - 1].start - 1] != "（":
        at -= 1
    is_inside = text[clause.start - 1] == "）" and at > 1 and clauses[at - 2].end == clauses[at - 1].start - 1
    return not is_inside or all(one.is_known() for one in clauses[at - 2 : index])


class Before:
    """What a sentence has said so far, for its later clauses to refer to."""

    def __init__(
        self,
        topics: tuple[str, ...],
        named: tuple[str, ...] = (),
        *,
        is_doubted: bool = False,
        names_others: bool = False,
    ):
        self.topics = topics
        self.named = named
        """What was named last, by a sentence before if not by this one."""
        self.events: tuple[tuple[str, ...], ...] = ()
        self.columns: tuple[str, ...] = ()
        self.sure = False
        self.scope = ""
        self.mark = ""
        """Why what follows is not compared."""
        self.is_open = False
        """Whether it may be about cases that have nothing to do with the disclosure of information."""
        self.is_whole = True
        """Whether its number is of all there are, so that parts of it are those of the form."""
        self.is_own = False
        """Whether it names the disclosure of information."""
        self.is_clear = True
        """Whether all of its words are understood."""
        self.is_doubted = is_doubted
        """Whether it tells, somewhere, of some that are not counted with the others."""
        self.is_split = False
        """Whether it told how many there were of a sort that the form does not know: so may be the next ones."""
        self.names_others = names_others
        """Whether it names, somewhere, others with whom the authority's own numbers may be compared."""
        self.measures: list[Measure] = []
        """What it counted so far."""
        self.parts_of: list[Measure] = []
        """What it counted before it began to tell parts: none of these is the whole of that again."""
        self.of_whole = False
        """Whether it began to tell parts of some that it named, and not of all that the form counts: 40件申请中."""
        self.counted = 0
        """Numbers of the report's year so far."""

    def marked(self, tokens: Sequence[Token]) -> None:
        """Takes the mark that holds in a clause and after it; a comparison holds but there."""
        if any(one.word.mark and not one.word.lasts for one in tokens):
            return
        for one in reversed(tokens):
            if one.word.now or one.word.lasts:
                self.mark = one.word.mark
                return


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
            apart = apart or one.text.startswith(_APART)
            each = each or one.text.startswith(_EACH) or (one.text in _EVERY and one.end == end)
            continue
        topics += tuple(topic for topic in word.topics if topic not in topics)
        if word.events:
            events += (word.events,)
        columns += word.columns
        sure = sure and not word.weak
        negates = negates or word.negates
        scope = scope or word.scope
    if known < end - start:
        known += sum(text.count(mark, start, end) for mark in _MARKS)
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
    start, end, _, text, value, unit, approximate, precision, _ = number
    return Claim(start, end, text, value, unit, approximate, precision, status)
