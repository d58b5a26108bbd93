"""Numbers as sentences write them: in digits, or in Chinese numerals of both kinds."""

import re
from decimal import Decimal

DIGITS = r"\d+(?:，\d{3})*(?:\.\d+)?"
NUMERALS = "[零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+"
_NUMBER = f"{DIGITS}|{NUMERALS}"
_LONGEST, _LONGEST_UNIT = 40, 4
"""Characters; what is longer counts nothing."""

_DIGITS = {char: value for row in ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖") for value, char in enumerate(row)}
_DIGITS |= {"两": 2, "○": 0}
_POWERS = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3, "万": 4, "亿": 8}
"""Powers of ten that a character multiplies by."""


def number(text: str) -> Decimal | None:
    """Returns the value of a number in digits (`3，940.5`) or Chinese numerals (`三百八十`, `叁仟`, `二〇`).

    None for other text, and for more characters than any number has.
    """
    return _value(text) if len(text) <= _LONGEST and re.fullmatch(_NUMBER, text) else None


def power(unit: str | None) -> Decimal:
    """Returns what a unit multiplies by: 10000 for `万`, 1 for none."""
    return Decimal(10) ** sum(_POWERS.get(char, 0) for char in (unit or "")[:_LONGEST_UNIT])


def _value(text: str) -> Decimal:
    if text[0].isdecimal():
        return Decimal(text.replace("，", ""))
    if not any(char in _POWERS for char in text):
        return Decimal("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "万亿":
            before = total if char == "亿" else 0
            total, section, digit = total - before + (before + section + digit) * 10 ** _POWERS[char], 0, 0
        else:
            section, digit = section + (digit or 1) * 10 ** _POWERS[char], 0
    return Decimal(total + section + digit)
