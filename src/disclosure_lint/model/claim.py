"""Numbers of the prose: the words by which packs have them read, and what became of each."""

from decimal import Decimal
from typing import NamedTuple, TypedDict

from disclosure_lint.model.source import Span

SUMS = (
    "parts", "rest", "not_rest", "sorts", "uneven", "together", "not_share", "share", "rate", "roughly", "several",
)  # fmt: skip
"""Lists of words that say how numbers of a text make up others."""


class TopicWords(TypedDict, total=False):
    """Words for what is counted."""

    id: str
    words: list[str]
    counters: list[str]
    status: str
    default: str
    wider: bool
    within: list[str]


class EventWords(TypedDict, total=False):
    """Words for what happened to it."""

    id: str
    words: list[str]
    then: list[str]
    weak: bool
    generic: bool
    implies: str


class MarkedWords(TypedDict, total=False):
    """Words that tell an applicant (`columns`), why a number is not compared (`status`), or whose it is (`whose`)."""

    columns: list[str]
    status: str
    whose: str
    words: list[str]
    then: list[str]
    lasts: bool
    yields: bool
    last: bool
    change: str


class MeasureTable(TypedDict, total=False):
    """Something that is counted, with the sums of cells that may be its number."""

    id: str
    topics: list[str]
    events: list[str]
    equals: list[list[str]]
    besides: list[list[str]]
    per: int
    weak: bool


class ClaimTables(TypedDict, total=False):
    """What one file of a pack says of how the numbers of the prose are read."""

    counters: list[str]
    fillers: list[str]
    now: list[str]
    until: list[str]
    disclosure: list[str]
    doubts: list[str]
    papers: list[str]
    loose: list[str]
    negation: dict[str, list[str]]
    sums: dict[str, list[str]]
    topic: list[TopicWords]
    event: list[EventWords]
    applicant: list[MarkedWords]
    mark: list[MarkedWords]
    scope: list[MarkedWords]
    measure: list[MeasureTable]


class Sum(NamedTuple):
    """Cells that may make up a number of the prose, and what they come to."""

    cells: tuple[str, ...]
    total: int | Decimal | None
    """None if one of them holds no certain number."""


class Growth(NamedTuple):
    """That a number of the prose is by how much something grew or shrank since the year before."""

    measure: str
    """What did."""
    direction: str
    """`up` or `down`."""
    sums: tuple[Sum, ...]
    """Cells that may be meant, with what they come to in this report."""
    sure: bool
    """Whether it is said in so many words what grew."""


class Compared(NamedTuple):
    """A number of the text with what became of it."""

    span: Span
    text: str
    value: int | Decimal | None
    unit: str | None
    approximate: bool
    measure: str | None
    """What it counts; several joined by `+` where it is said of each."""
    status: str
    cells: tuple[str, ...]
    """Those whose sum it is, or should be."""
    expected: int | Decimal | None = None
    """That sum; None if it cannot be told."""
    sums: tuple[Sum, ...] = ()
    """All that it may be, of the measure that it fits or contradicts; empty for several measures."""
    exact: bool = False
    """Whether it is a count written out in full, so that the text says just this of the cells."""
    sure: bool = False
    """Whether every word of its clause is understood."""
    about: tuple[str, ...] = ()
    """Columns and scope that it is said of, for two numbers to be of the same thing."""
    growth: Growth | None = None
    """For a number of another period: what grew or shrank by that much, in percent or in its unit."""


class Misfit(NamedTuple):
    """Numbers of the text that do not fit each other, whatever the tables hold."""

    kind: str
    """`parts`, `share` or `repeated`."""
    span: Span
    """Of the number that is shown."""
    text: str
    other: Span
    """Of the number that it does not fit."""
    other_text: str
    expected: str
    """What it should be by the others."""


class Claims(NamedTuple):
    """What the prose of a report says in numbers."""

    numbers: tuple[Compared, ...] = ()
    """Every one, in order."""
    misfits: tuple[Misfit, ...] = ()
