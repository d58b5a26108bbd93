"""What a clause says: a number with what it counts, and what later clauses may refer to."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from disclosure_lint.claims.lexicon import Measure
from disclosure_lint.claims.quantities import Quantity
from disclosure_lint.claims.words import Token


class Claim(NamedTuple):
    """A number of the text, and what it says; offsets are those of the squeezed text."""

    start: int
    end: int
    text: str
    value: Decimal | None
    unit: str
    approximate: str
    precision: Decimal
    measures: tuple[Measure, ...] = ()
    """What it counts; several where it is said of each."""
    columns: tuple[str, ...] = ()
    """Columns of the applicants that it is about; empty for all."""
    status: str = ""
    """Why it is not compared; empty if it can be."""
    scope: str = ""
    """Whose number it says it is: `whole`, `own`, `other` or nothing."""
    sure: bool = False
    """Whether every word of its clause is understood."""
    wider: bool = False
    """Whether more may be counted than the form counts: then it is only sure not to be less."""


class Said(NamedTuple):
    """What a stretch of a sentence says."""

    topics: tuple[str, ...] = ()
    events: tuple[tuple[str, ...], ...] = ()
    """For each word what it may mean."""
    columns: tuple[str, ...] = ()
    sure: bool = True
    apart: bool = False
    each: bool = False
    negates: bool = False
    scope: str = ""
    mark: str = ""
    """Of a whole sentence: why what follows is not compared."""
    is_open: bool = False
    """Of what was said: whether it may be about cases that have nothing to do with the disclosure of information."""
    is_whole: bool = True
    """Of what was said: whether its number is of all there are, so that parts of it are those of the form."""
    is_own: bool = False
    """Of a sentence so far: whether it names the disclosure of information."""
    is_clear: bool = True
    """Of a sentence so far: whether all of its words are understood."""
    is_doubted: bool = False
    """Of a whole sentence: whether it tells of some that are not counted with the others."""


def lasting(tokens: Sequence[Token], before: str) -> str:
    """Returns the mark that holds in a clause and after it, if one held before; a comparison holds but there."""
    if any(one.word.mark and not one.word.lasts for one in tokens):
        return before
    for one in reversed(tokens):
        if one.word.now or one.word.lasts:
            return one.word.mark
    return before


def why_not(tokens: Sequence[Token], number: Quantity, real: Sequence[Quantity]) -> str:
    """Returns why a number of a clause is not compared: by a word before it, or one anywhere if it stands alone."""
    return next((one.word.mark for one in tokens if one.word.mark and (one.start < number.start or len(real) == 1)), "")


def filled(left: Said, right: Said) -> Said:
    """Returns what the words before a number say, and where they lack something, those behind it."""
    return left._replace(
        topics=left.topics or right.topics,
        events=left.events or right.events,
        columns=left.columns or right.columns,
        sure=left.sure and right.sure,
        negates=left.negates or right.negates,
    )


def within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Says whether a place lies in one of some stretches."""
    return any(start <= place < end for start, end in spans)


def bare(number: Quantity, offset: int, status: str) -> Claim:
    """Returns a number of which only a status is known; the offset is that of its clause."""
    return Claim(
        number.start + offset,
        number.end + offset,
        number.text,
        number.value,
        number.unit,
        number.approximate,
        number.precision,
        status=status,
    )
