"""Ordinals at the beginning of a line: 一、 （一） 1. （1）."""

import re
from typing import NamedTuple

from disclosure_lint.model.lazy_re import lazy_re_compile

_ONES = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}
_DIGITS = _ONES | dict.fromkeys("〇零○", 0)
_TENS = {"": 0, "十": 10} | {f"{digit}十": 10 * value for digit, value in _ONES.items()}
_NUMBERS = {
    ten + one: tens + ones for ten, tens in _TENS.items() for one, ones in (_ONES | {"": 0}).items() if ten + one
}
_CHINESE = r"[一二三四五六七八九十]{1,3}"
_STYLES = (
    ("一、", lazy_re_compile(rf"第?({_CHINESE})(?:部分)?[ \t]*[、.：][ \t]*|第({_CHINESE})部分[ \t]+")),
    ("（一）", lazy_re_compile(rf"（[ \t]*({_CHINESE})[ \t]*）[ \t]*[、.]?[ \t]*")),
    ("1.", lazy_re_compile(r"(\d{1,2})[ \t]*(?:[.](?!\d)|、)[ \t]*")),
    ("（1）", lazy_re_compile(r"（[ \t]*(\d{1,2})[ \t]*）[ \t]*")),
)
_FOLLOWING = dict(zip("一二三四五六七八九", "二三四五六七八九十", strict=True))
_BY_FIRST: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = (
    dict.fromkeys("第一二三四五六七八九十", _STYLES[:1])
    | dict.fromkeys("0123456789", _STYLES[2:3])
    | {"（": _STYLES[1::2]}
)
BEGINNINGS = frozenset(_BY_FIRST)
"""The characters that an ordinal may begin with."""


class Ordinal(NamedTuple):
    """An ordinal at the beginning of a line."""

    style: str
    """`一、`, `（一）`, `1.` or `（1）`."""
    number: int
    end: int
    """Offset after the ordinal and the space behind it."""


def chinese_year(text: str) -> int | None:
    """Returns the year written digit by digit (2023, 二〇二三), or None."""
    digits = [str(_DIGITS.get(char, char)) for char in text]
    return int("".join(digits)) if len(digits) == 4 and all(digit.isdecimal() for digit in digits) else None


def ordinal_at(folded: str, start: int, end: int) -> Ordinal | None:
    """Returns the ordinal that stands at `start` in folded text, or None."""
    if start >= end or folded[start] not in _BY_FIRST:
        return None
    for style, pattern in _BY_FIRST[folded[start]]:
        if match := pattern.match(folded, start, end):
            digits = match[match.lastindex or 1]
            number = int(digits) if digits.isascii() else _NUMBERS.get(digits)
            if number is None:
                return None
            if style == "一、" and folded[match.end() : match.end() + 1] == _FOLLOWING.get(digits):
                return None  # 三、四季度: a list, no ordinal
            return Ordinal(style, number, match.end())
    return None
