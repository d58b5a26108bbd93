"""An equation over named numbers, as exact linear algebra."""

import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from disclosure_lint.model.form import Address
from disclosure_lint.model.source import Span

if TYPE_CHECKING:
    # Slow to import, and only some equations have fractions.
    from fractions import Fraction

Exact: TypeAlias = "int | Fraction"
"""A number that is never rounded."""

_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "≠": operator.ne, "<": operator.lt, "≤": operator.le, ">": operator.gt, "≥": operator.ge,
}  # fmt: skip


class Statement(NamedTuple):
    """What the text, or last year's report, says of a number of the form, or of a sum of several."""

    cells: tuple[Address, ...]
    value: int
    span: Span | None = None
    """Where the text says it."""
    origin: Literal["text", "previous"] = "text"
    """Who says it."""
    possible: bool = False
    """Whether it may be meant of other cells instead: then it makes a number likelier, and is no equation."""


class Relation(NamedTuple):
    """Sum of coefficient x cell, plus the constant, compared with 0."""

    terms: Mapping[Address, Exact]
    """No coefficient is 0."""
    op: str
    """`=`, `≠`, `<`, `≤`, `>` or `≥`."""
    constant: Exact

    def holds(self, values: Mapping[Address, Exact]) -> bool | None:
        """Says whether it is true for these numbers; None if one is not there."""
        total = self.constant
        for address, coefficient in self.terms.items():
            value = values.get(address)
            if value is None:
                return None
            total += coefficient * value
        return _COMPARE[self.op](total, 0)
