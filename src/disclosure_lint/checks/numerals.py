"""Numbers as sentences write them: in digits, or in Chinese numerals of both kinds."""

from decimal import Decimal

_DIGITS = {char: value for row in ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖") for value, char in enumerate(row)}
_DIGITS["两"] = 2
POWERS = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3, "万": 4, "亿": 8}
"""Powers of ten that a character multiplies by."""


def number(text: str) -> Decimal:
    """Returns the value of a number in digits (`3，940.5`) or Chinese numerals (`三百八十`, `叁仟`, `二〇`)."""
    if text[0].isdigit() and text[0].isascii():
        return Decimal(text.replace("，", ""))
    if not any(char in POWERS for char in text):
        return Decimal("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "万亿":
            before = total if char == "亿" else 0
            total, section, digit = total - before + (before + section + digit) * 10 ** POWERS[char], 0, 0
        else:
            section, digit = section + (digit or 1) * 10 ** POWERS[char], 0
    return Decimal(total + section + digit)
