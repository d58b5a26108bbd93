"""Ordinals at the beginning of a line: 一、 （一） 1. （1）."""

import re
from typing import NamedTuple

_DIGITS = {"〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_CHINESE = r"[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_STYLES = (
    ("一、", re.compile(rf"(?:第(?={_CHINESE}))?({_CHINESE})(?:部分)?[ \t]*[、.：][ \t]*")),
    ("（一）", re.compile(rf"（[ \t]*({_CHINESE})[ \t]*）[ \t]*[、.]?[ \t]*")),
    ("1.", re.compile(r"(\d{1,2})[ \t]*(?:[.](?!\d)|、)[ \t]*")),
    ("（1）", re.compile(r"（[ \t]*(\d{1,2})[ \t]*）[ \t]*")),
)
_FIRST = frozenset("第一二三四五六七八九十（0123456789")


class Ordinal(NamedTuple):
    """An ordinal at the beginning of a line."""

    style: str
    """`一、`, `（一）`, `1.` or `（1）`."""
    number: int
    end: int
    """Offset after the ordinal and the space behind it."""


def chinese_number(text: str) -> int:
    """Returns the value of a Chinese ordinal from 一 to 九十九."""
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS[tens] if tens else 1 if ten else 0) * 10 + (_DIGITS[ones] if ones else 0)


def chinese_year(text: str) -> int | None:
    """Returns the year written digit by digit (2023, 二〇二三), or None."""
    digits = [str(_DIGITS.get(char, char)) for char in text]
    return int("".join(digits)) if len(digits) == 4 and all(digit.isdigit() for digit in digits) else None


def ordinal_at(folded: str, start: int, end: int) -> Ordinal | None:
    """Returns the ordinal that stands at `start` in folded text, or None."""
    if start >= end or folded[start] not in _FIRST:
        return None
    for style, pattern in _STYLES:
        if match := pattern.match(folded, start, end):
            digits = match.group(1)
            return Ordinal(style, int(digits) if digits.isascii() else chinese_number(digits), match.end())
    return None
