"""The numbers of a text: value, unit, how exact they are, and which are no quantities at all."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from disclosure_lint.claims.numerals import NUMERALS, number, power
from disclosure_lint.model.lazy_re import lazy_re_compile

_NUMBER = lazy_re_compile(rf"\d{{1,3}}(?:，\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|{NUMERALS}")
_NO_BEGINNING, _LONGEST_NUMERAL = "百千万亿拾佰仟", 20
_BARE = ("为", "是", "达", "数", "量", "额", "数：", "量：", "额：", "共计", "均")
"""What stands before a number that counts without a counter."""
_LISTED = r"分别[为是有：]{0,2}[\d、，和及件宗项条]{0,30}$"
_LONGEST_LIST = 36
_OF_NAME, _OF_DATE, _OF_TIME = "@./#_+-第〔［【[《“", "年月日号时", "-:：/～点"


class Quantity(NamedTuple):
    """A number in squeezed text."""

    start: int
    end: int
    """After the unit."""
    number_end: int
    """After the digits, 万 and 亿 included."""
    text: str
    value: Decimal | None
    """None if it cannot be told."""
    unit: str
    """The counter: 件, 元, %; empty if there is none."""
    approximate: Literal["", "more", "about"]
    """`more` for 余 and 多, `about` for 约 and 近."""
    precision: Decimal
    """By how much an exact number may differ that is written like that: 0 unless in 万 or 亿."""
    counts: bool
    """False for dates, ordinals, document and telephone numbers."""


class _Tail(NamedTuple):
    """What belongs to a number behind its digits: 余万件."""

    is_more: bool
    power_end: int
    unit: str
    end: int


class Numbers:
    """Finds numbers, given the counters that may follow."""

    def __init__(self, counters: Iterable[str]):
        """Takes the counters, which need not be in order."""
        self._counters: dict[str, list[str]] = {}
        for counter in sorted(filter(None, counters), key=len, reverse=True):
            self._counters.setdefault(counter[0], []).append(counter)

    def find(self, text: str, start: int, end: int) -> Iterator[Quantity]:
        """Yields all numbers between two places of a text, in order."""
        for match in _NUMBER.finditer(text, start, end):
            first, last = match.span()
            tail = self._tail(text, last)
            if text[first].isdecimal():
                yield _arabic(text, first, last, tail)
            elif tail and text[first] not in _NO_BEGINNING and last - first <= _LONGEST_NUMERAL:
                yield _chinese(text, first, last, tail)

    def _tail(self, text: str, at: int) -> _Tail | None:
        """Returns what follows the digits if it ends with a counter."""
        start, length = at, len(text)
        if at < length and text[at] in "余多":
            at += 1
        power_end = at
        while power_end < length and text[power_end] in "万亿":
            power_end += 1
        unit_at = power_end + (text[power_end : power_end + 1] in ("余", "多"))
        for counter in self._counters.get(text[unit_at : unit_at + 1], ()):
            if text.startswith(counter, unit_at):
                return _Tail(at > start or unit_at > power_end, power_end, counter, unit_at + len(counter))
        return None


def _arabic(text: str, start: int, last: int, tail: _Tail | None) -> Quantity:
    value = number(text[start:last])
    if tail is None:
        counts = not _is_name(text, start) and not _is_date(text, last) and _is_told(text, start)
        return Quantity(start, last, last, text[start:last], value, "", _about(text, start), Decimal(0), counts)
    scale = power(text[last : tail.power_end].strip("余多"))
    place = value.as_tuple().exponent if value is not None else 0
    exact = Decimal(1).scaleb(place) * scale if scale > 1 and isinstance(place, int) else Decimal(0)
    return Quantity(
        start,
        tail.end,
        tail.power_end if scale > 1 else last,
        text[start : tail.end],
        None if value is None else value * scale,
        tail.unit,
        "more" if tail.is_more else _about(text, start),
        exact,
        not _is_name(text, start),
    )


def _chinese(text: str, start: int, last: int, tail: _Tail) -> Quantity:
    value, written = number(text[start:last]), text[start : tail.end]
    if text[start - 1 : start] in ("数", "几"):
        value = None  # 数十件
    rough: Literal["more", "about", ""] = "more" if tail.is_more else _about(text, start)
    counts = text[start - 1 : start] not in tuple(_OF_NAME)
    return Quantity(start, tail.end, last, written, value, tail.unit, rough, Decimal(0), counts)


def _about(text: str, start: int) -> Literal["about", ""]:
    return "about" if text[start - 1 : start] in ("约", "近") else ""


def _is_name(text: str, start: int) -> bool:
    """Says whether digits are a part of a name: 第3, A3, 8：30."""
    before = text[start - 1 : start]
    if before == "：":
        return text[start - 2 : start - 1].isdecimal()
    return before != "" and (before in _OF_NAME or (before.isascii() and before.isalpha()))


def _is_date(text: str, last: int) -> bool:
    after = text[last : last + 2]
    return after != "" and (after[0] in _OF_DATE or (after[0] in _OF_TIME and after[1:].isdecimal()))


def _is_told(text: str, start: int) -> bool:
    """Says whether a number without a counter counts something: 数量为3, 分别为3、1、12."""
    before = text[max(0, start - _LONGEST_LIST) : start]
    return before.endswith(_BARE) or ("分别" in before and re.search(_LISTED, before) is not None)
