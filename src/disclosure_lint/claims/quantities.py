"""The numbers of a text: value, unit, how exact they are, and which are no quantities at all."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from disclosure_lint.claims.numerals import NUMERALS, number, power

_BARE = re.compile(r"[为是达数量额]$|[数量额]：$|共计$|均$")
_NAME = re.compile(r"[A-Za-z@./#_+-]$|第$|\d：$|[〔［【\[《“]$")
_LISTED = re.compile(r"分别[为是有：]{0,2}[\d、，和及件宗项条]{0,30}$")
_LONGEST_LIST = 36
_DATE = re.compile(r"[年月日号时]|[-:：/～]\d|点\d")


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

    def moved(self, by: int) -> "Quantity":
        """Returns the same number at another place."""
        return self._replace(start=self.start + by, end=self.end + by, number_end=self.number_end + by) if by else self


class Numbers:
    """Finds numbers, given the counters that may follow."""

    def __init__(self, counters: Iterable[str]):
        """Takes the counters, which need not be in order."""
        units = "|".join(re.escape(unit) for unit in sorted(counters, key=len, reverse=True))
        tail = rf"(?P<more>[余多])?(?P<power>[万亿]+)?(?P<more2>[余多])?(?P<unit>{units})"
        self._pattern = re.compile(
            rf"(?P<about>[约近])?(?:(?<!\d)(?P<digits>\d{{1,3}}(?:，\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)(?:{tail})?"
            rf"|(?<!{NUMERALS[:-1]})(?P<numeral>(?![百千万亿拾佰仟]){NUMERALS[:-1]}{{1,20}})(?P<cmore>[余多])?(?P<cunit>{units}))"
        )

    def find(self, text: str) -> Iterator[Quantity]:
        """Yields all numbers of a text in order."""
        for match in self._pattern.finditer(text):
            yield _arabic(match, text) if match["digits"] else _chinese(match, text)


def _arabic(match: re.Match[str], text: str) -> Quantity:
    start, end = match.start("digits"), match.end()
    before, after = text[max(0, start - 2) : start], text[match.end("digits") : match.end("digits") + 2]
    unit, scale = match["unit"] or "", power(match["power"])
    value = number(match["digits"])
    place = value.as_tuple().exponent if value is not None else 0
    exact = Decimal(1).scaleb(place) * scale if scale > 1 and isinstance(place, int) else Decimal(0)
    is_named = _NAME.search(before) is not None
    bare = _BARE.search(before) or _LISTED.search(text, max(0, start - _LONGEST_LIST), start)
    counts = not is_named and (bool(unit) or (bare is not None and not _DATE.match(after)))
    return Quantity(
        start,
        end,
        match.end("power") if match["power"] else match.end("digits"),
        text[start:end],
        None if value is None else value * scale,
        unit,
        _roughly(match, "more", "more2"),
        exact,
        counts and not (not unit and _DATE.match(after)),
    )


def _chinese(match: re.Match[str], text: str) -> Quantity:
    start, end = match.start("numeral"), match.end()
    named = _NAME.search(text[max(0, start - 1) : start]) is not None
    value = number(match["numeral"])
    rough = _roughly(match, "cmore")
    return Quantity(
        start, end, match.end("numeral"), text[start:end], value, match["cunit"], rough, Decimal(0), not named
    )


def _roughly(match: re.Match[str], *more: str) -> Literal["", "more", "about"]:
    if any(match[name] for name in more):
        return "more"
    return "about" if match["about"] else ""
