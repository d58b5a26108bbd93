"""Numbers of one unit in another: exact, however many digits they have."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from disclosure_lint.model.numbers import Number, converted


@pytest.mark.parametrize(
    ("number", "unit", "wanted", "expected"),
    [
        (251000, "元", "万元", Decimal("25.1")),
        (250000, "元", "万元", 25),
        (Decimal("160.5964"), "万元", None, 1605964),
        (Decimal("160.5964"), "万元", "万元", Decimal("160.5964")),
        (Decimal("1.2"), "亿元", "万元", 12000),
        (3, "万件", None, 30000),
        (12, "宗", None, 12),
        (3, "件", "万元", 3),
        (-5, "元", "万元", Decimal("-0.0005")),
        (0, "元", "万元", 0),
    ],
)
def test_a_number_in_another_unit(number: Number, unit: str, wanted: str | None, expected: Number) -> None:
    found = converted(number, unit, wanted)
    assert (found, type(found)) == (expected, type(expected))


def test_nothing_is_rounded_there_and_back() -> None:
    rng = Random(7)
    for _ in range(200):
        number = Decimal(f"{rng.randrange(10**29)}.{rng.randrange(10**6):06}")
        there = converted(number, "元", "万元")
        assert Fraction(there) * 10000 == Fraction(number)
        assert Fraction(converted(there, "万元", "元")) == Fraction(number)
