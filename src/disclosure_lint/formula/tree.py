"""What a formula says, before its names mean anything: frozen nodes with the columns they stand at."""

from dataclasses import dataclass

from disclosure_lint.model.errors import UserError


class FormulaError(UserError):
    """A formula, or the `each` that belongs to it, is wrong; said to a lawyer rather than a programmer."""

    def __init__(self, message: str, column: int | None = None, *, en: str):
        """Takes the sentence and the column of the mistake inside the formula, from 1; None if it is not in there."""
        super().__init__(message, column=column, en=en)

    def __str__(self) -> str:
        if self.path is None and self.column is not None:
            return f"公式第 {self.column} 列：{self.message}"
        return super().__str__()

    def text(self, lang: str) -> str:
        """Returns the whole text, with the place, in `zh` or `en`."""
        if lang == "en" and self.path is None and self.column is not None:
            return f"formula, column {self.column}: {self.english}"
        return super().text(lang)


def quoted(text: str) -> str:
    """Returns a piece of the author's text in quotation marks, cut where it is too long to read."""
    return f"“{text if len(text) <= 40 else text[:40] + '…'}”"


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
