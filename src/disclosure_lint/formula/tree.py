"""What a formula says, before its names mean anything: frozen nodes with the columns they stand at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    text: str
    column: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, without its quotation marks."""

    text: str
    column: int
    """Where it begins in the formula, from 1; so in all nodes."""


@dataclass(frozen=True, slots=True)
class Range:
    """`a..b`: from one name to another in the form's order, both included."""

    first: Name
    last: Name


@dataclass(frozen=True, slots=True)
class Every:
    """`*`: all rows or all columns."""

    column: int


Item = Name | Range | Every


@dataclass(frozen=True, slots=True)
class Reference:
    """`表[行,列]`."""

    table: Name
    row: Item
    column: Item


@dataclass(frozen=True, slots=True)
class Sum:
    """`sum(…)`."""

    parts: tuple[Name | Range | Reference, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Product:
    """Factors, at least two."""

    factors: tuple["Expression", ...]
    column: int


@dataclass(frozen=True, slots=True)
class Total:
    """Terms that are added or subtracted; a single one only if it is negative."""

    terms: tuple[tuple[int, "Expression"], ...]
    """Each with 1 or -1."""
    column: int


Expression = Number | Name | Reference | Sum | Product | Total


@dataclass(frozen=True, slots=True)
class Comparison:
    """A whole formula."""

    left: Expression
    operator: str
    """`=`, `≠`, `<`, `≤`, `>` or `≥`."""
    right: Expression
