"""The numbers of a text: value, unit, how exact they are, and which are no quantities at all."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from disclosure_lint.model.lazy_re import lazy_re_compile

_NUMERALS = "[零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+"
_WRITTEN = lazy_re_compile(rf"\d+(?:，\d{{3}})*(?:\.\d+)?|{_NUMERALS}")
_LONGEST, _LONGEST_UNIT = 40, 4
"""Characters; what is longer counts nothing."""
_DIGITS = {char: value for row in ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖") for value, char in enumerate(row)}
_DIGITS |= {"两": 2, "○": 0}
_POWERS = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3, "万": 4, "亿": 8}
"""Powers of ten that a character multiplies by."""
_NUMBER = lazy_re_compile(rf"\d{{1,3}}(?:，\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|{_NUMERALS}")
_NO_BEGINNING, _LONGEST_NUMERAL = "百千万亿拾佰仟", 20
_BARE = ("为", "是", "达", "数", "量", "额", "数：", "量：", "额：", "共计", "均")
"""What stands before a number that counts without a counter."""
_LISTED = lazy_re_compile(r"分别[为是有：]{0,2}[\d、，和及件宗项条]{0,30}$")
_LONGEST_LIST = 36
_EXACT = Decimal(0)
_OF_NAME, _OF_DATE, _OF_TIME = "@./#_+-第〔［【[《“", "年月日号时", "-:：/～点"


def number(text: str) -> Decimal | None:
    """Returns the value of a number in digits (`3，940.5`) or Chinese numerals (`三百八十`, `叁仟`, `二〇`).

    None for other text, and for more characters than any number has.
    """
    return _value(text) if _WRITTEN.fullmatch(text) else None


def power(unit: str | None) -> Decimal:
    """Returns what a unit multiplies by: 10000 for `万`, 1 for none."""
    return Decimal(10) ** sum(_POWERS.get(char, 0) for char in (unit or "")[:_LONGEST_UNIT])


def _value(text: str) -> Decimal | None:
    if len(text) > _LONGEST:
        return None
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


Roughly = Literal["", "more", "about"]
"""How a number is said not to be exact: `more` by 余 and 多, `about` by 约 and 近."""


class Quantity(NamedTuple):
    """A number in squeezed text."""

    start: int
    end: int
    """After the unit."""
    text: str
    value: Decimal | None
    """None if it cannot be told."""
    unit: str
    """The counter: 件, 元, %; empty if there is none."""
    approximate: Roughly
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

    def find(self, text: str) -> Iterator[Quantity]:
        """Yields all numbers of a text, in order."""
        for match in _NUMBER.finditer(text):
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
    value = _value(text[start:last])
    if tail is None:
        counts = not _is_name(text, start) and not _is_date(text, last) and _is_told(text, start)
        return Quantity(start, last, text[start:last], value, "", _about(text, start), _EXACT, counts)
    precision = _EXACT
    if value is not None and tail.power_end > last:
        scale, place = power(text[last : tail.power_end].strip("余多")), value.as_tuple().exponent
        precision = Decimal(1).scaleb(place) * scale if scale > 1 and isinstance(place, int) else _EXACT
        value *= scale
    rough: Roughly = "more" if tail.is_more else _about(text, start)
    counts = not _is_name(text, start)
    return Quantity(start, tail.end, text[start : tail.end], value, tail.unit, rough, precision, counts)


def _chinese(text: str, start: int, last: int, tail: _Tail) -> Quantity:
    before = text[start - 1 : start]
    value = None if before in ("数", "几") else _value(text[start:last])  # 数十件
    rough: Roughly = "more" if tail.is_more else _about(text, start)
    counts = before not in tuple(_OF_NAME)
    return Quantity(start, tail.end, text[start : tail.end], value, tail.unit, rough, _EXACT, counts)


def _about(text: str, start: int) -> Roughly:
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
    return before.endswith(_BARE) or ("分别" in before and _LISTED.search(before) is not None)
