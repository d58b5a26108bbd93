"""The number that a cell holds, exactly; or that it holds none."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.numbers import UNIT, Number

_COUNTED = rf"(?:[ \t]*{UNIT})?"
_NOTE = "(?:[ \t]*（.*）)?"
TOKEN = lazy_re_compile(
    r"\d+(?=[ \t]\d)"  # The usual case, quickly.
    rf"|[-+]?\d+(?:[，.]\d+)*(?:%|{_COUNTED})(?:[ \t]*（[^（）]*）)*(?![^ \t])"
    r"|[^ \t]+"
)
"""What stands between spaces; a number is one piece with its unit and the notes behind it."""
# Compiled when first used: in most reports nothing but digits stands in the cells.
GLUED = rf"(.*[^\d.，（\ufffd])(\d[\d，.]*{_COUNTED})"
"""A label and its number in one: 行政许可 12. What follows a character that cannot be read is not all of a number."""
_NUMBER = (
    rf"[+]?(-?(?:\d{{1,3}}(?:，[ ]?\d{{3}})+|\d+)(?:\.\d+)?)"
    rf"(?:[ \t]*({UNIT})|[ \t]*（(?:单位：?)?({UNIT})）)?{_NOTE}"
)
_SIGN = "(?:[-+↑↓]|增加?|减少?)?"
"""People write a change so; a number has no other sign than - and +."""
_VALUE = (
    rf"{_SIGN}[ \t]?\d+(?:[，.]\d+)*(?:%|{_COUNTED}){_NOTE}|-+|/+|\\|\*+|无|空|暂无|零|没有|不适用|[Nn]/?[Aa]"
    r"|[\dOoDlI]+|[一二三四五六七八九十百千万两〇]{1,6}"
)
_VALUE_BEGINS = frozenset("-+↑↓增减/\\*无空暂零没不NnOoDlI一二三四五六七八九十百千万两〇")
VALUE_ENDS = frozenset("0123456789-/\\*无空零有用AaOoDlI一二三四五六七八九十百千万两〇件条个项宗次份人元）%")
"""What the last character of a value, or of a note to it, can be."""
_NO_COUNT = (
    r"(?:19|20)\d\d年度?|第\d{1,2}"
    r"|(?<![\d.，])\d{1,2}[.、）][ \t]?(?=[（“]?[\u3400-\u9fff])|^\d(?=[“\u3400-\u9fff]{4})"
)
"""Digits in a label that count nothing: years and ordinals."""
_WORDS = frozenset(("无", "暂无", "空", "零", "不适用"))
_MAX_DIGITS = 30


class Quantity(NamedTuple):
    """What a cell holds."""

    number: Number
    unit: str | None = None
    """The unit behind the number, or in a note to it: `万元`; None if there is none."""


@lru_cache(maxsize=4096)  # small numbers come again in every report
def quantity(folded: str) -> Quantity | None:
    """Returns the number of a cell: `1，234`, `22（其中修订16件）`, `5 件`, `1.5（万元）`; None if there is none."""
    if folded.isdecimal() and folded.isascii() and len(folded) <= _MAX_DIGITS:
        return Quantity(int(folded))
    match = re.fullmatch(_NUMBER, folded, re.DOTALL)
    if match is None or match.end(1) - match.start(1) > _MAX_DIGITS:
        return None
    digits = match.group(1).replace("，", "").replace(" ", "")
    return Quantity(Decimal(digits) if "." in digits else int(digits), match.group(2) or match.group(3))


@lru_cache(maxsize=4096)
def is_value(folded: str) -> bool:
    """Says whether a piece of text can be what stands in a number's cell, be it a number or a mark for none."""
    if folded.isdecimal():
        return True
    begin, end = folded[:1], folded[-1:]
    if not (begin in _VALUE_BEGINS or begin.isdecimal()) or not (end in VALUE_ENDS or end.isdecimal()):
        return False
    return re.fullmatch(_VALUE, folded, re.DOTALL) is not None


def is_word(folded: str) -> bool:
    """Says whether a piece of text is a word that people write into a cell instead of 0."""
    return folded in _WORDS


def has_number(folded: str) -> bool:
    """Says whether a text may hold numbers of a row: any but the years, and the ordinals before labels, in it."""
    # Only rows without values need it, and most reports have none.
    return re.search(r"\d", re.sub(_NO_COUNT, "", folded)) is not None


def is_several(folded: str) -> bool:
    """Says whether a cell's text is more than one number, or one that a narrow column broke: `296 3`, `6，14`."""
    return not folded.isdecimal() and re.search(r"\d[，.]?[ \t\r\n]+\d|\d，\d{1,2}(?!\d)|\d，$", folded) is not None


def is_run_together(folded: str) -> bool:
    """Says whether numbers were written without a space between them: `1，148124`."""
    return not folded.isdecimal() and re.search(r"，\d{4}", folded) is not None


def is_side_by_side(folded: str) -> bool:
    """Says whether a cell's text is the numbers of columns beside each other: `296 3`."""
    return re.search(r"\d \d", folded) is not None
