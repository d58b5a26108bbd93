"""Numbers of the form: in which units they are written, and what equations and sentences say of them."""

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from disclosure_lint.model.form import Address
from disclosure_lint.model.source import Span

if TYPE_CHECKING:
    # Slow to import, and only some equations have fractions.
    from fractions import Fraction


Number = int | Decimal

UNIT = "[万亿]?(?:件次|人次|件|条|个|项|宗|次|份|人|元)"
"""Regular expression of a unit: 件, 万件, 元, 万元."""
_POWERS = {"万": 4, "亿": 8}


class Scale(NamedTuple):
    """What a unit measures, and how large it is."""

    is_money: bool
    power: int
    """Its power of ten: 4 for 万元 and 万件."""


def scale(unit: str | None) -> Scale:
    """Returns the scale of a unit (`UNIT`); None stands for things that are counted one by one."""
    return Scale(unit is not None and unit.endswith("元"), _POWERS.get(unit[0], 0) if unit else 0)


def converted(number: Number, unit: str | None, wanted: str | None) -> Number:
    """Returns a number of one unit in another, exactly: 251000 of 元 is 25.1 of 万元.

    Where none is wanted, money is wanted in 元 and things one by one. What cannot be converted, things into money,
    stays as it is.
    """
    own, other = scale(unit), scale(wanted)
    if wanted is not None and own.is_money != other.is_money:
        return number
    return _shifted(number, own.power - other.power)


def _shifted(number: Number, power: int) -> Number:
    """Returns a number times a power of ten, however many digits it has."""
    if not power or not number:
        return number
    sign, digits, exponent = Decimal(number).as_tuple()
    assert isinstance(exponent, int), "numbers of tables are finite"
    text, exponent = "".join(map(str, digits)), exponent + power
    while exponent < 0 and text.endswith("0"):
        text, exponent = text[:-1], exponent + 1
    shifted = Decimal(f"{'-' if sign else ''}{text}E{exponent}")
    return int(shifted) if exponent >= 0 else shifted


Exact: TypeAlias = "int | Fraction"
"""A number that is never rounded."""

COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "≠": operator.ne, "<": operator.lt, "≤": operator.le, ">": operator.gt, "≥": operator.ge,
}  # fmt: skip
"""By the sign of a relation."""


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
        return COMPARE[self.op](total, 0)
