"""Shares in percent: of which numbers of the text or of the tables they are."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import NamedTuple, Protocol

from disclosure_lint.claims.clauses import Claim
from disclosure_lint.model.claim import Compared, Misfit
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.source import Span

SumWords = Mapping[str, tuple[str, ...]]
"""Lists of words by their names, as `rules/claims/words.toml` has them in `sums`; the longest first."""
_STOPS = "，。；、：%"
_NEAR, _LONGEST_SHARE = 6, 14
"""Characters between a part and its share, and of what the share is said to be of."""
_LONGEST, _LONGEST_REMARK = 16, 80
_LIST = lazy_re_compile(r"分别占[^，。；\d]{0,8}(?P<shares>\d+(?:\.\d+)?%(?:[、，和及]\d+(?:\.\d+)?%)+)")
_LONGEST_LIST = 60
_HALF = Decimal("0.5")
_HUNDRED = 100
_ROUGH = 20
"""A share that is said to be rough may be wrong by its twentieth part."""


class Count(NamedTuple):
    """A number of a sentence that counts something."""

    claim: Claim
    number: Compared
    value: Decimal


class Whole(NamedTuple):
    """Something of the tables that shares may be of."""

    value: Decimal
    text: str
    span: Span


class Tables(Protocol):
    """What the tables have for shares."""

    def wholes(self, claim: Claim) -> Sequence[Whole] | None:
        """Returns the wholes of which a claim may state a part; None if one of them is not certain."""

    def parts(self, claim: Claim) -> Sequence[Decimal]:
        """Returns the numbers that the claim's measure may be, unless it counts all of something."""


def share(
    text: str, counts: Sequence[Count], one: Count, tables: Tables, words: SumWords
) -> tuple[Compared, list[Misfit]]:
    """Returns the number of a share with its status, and that it does not fit if it fits no number that may be meant.

    The counts are those before it in its sentence; the last one is its part if it stands right before, or with those
    that are of the same sort.
    """
    number, claim = one.number, one.claim
    if (is_listed := _of_list(text, counts, one, tables)) is not None:
        return number._replace(status="agrees" if is_listed else "not_understood"), []
    before = text[max(0, claim.start - _LONGEST) : claim.start]
    at = before.rfind("占")
    of = before[at + 1 :]
    if at < 0 or len(of) > _LONGEST_SHARE or of.startswith(words["not_share"]) or _stops(of):
        is_right = before.endswith(words["rate"]) and _is_of_tables(claim, one.value, tables)
        return (number._replace(status="agrees") if is_right else number), []
    begins = claim.start - len(before) + at
    rough = bool(claim.approximate) or text[:begins].endswith(words["roughly"])
    fits, unfit = number._replace(status="approximate" if rough else "agrees"), number._replace(status="not_understood")
    part = counts[-1] if counts and _is_near(text[counts[-1].claim.end : begins]) else None
    if part is None:
        is_right = _is_of_tables(claim, one.value, tables, rough=rough)
        return (fits if is_right else unfit if claim.measures else number), []
    same = [each for each in counts if each.claim.unit == part.claim.unit]
    of_text = [each for each in same[:-1] if each.value >= part.value and each.value]
    of_tables = tables.wholes(part.claim) if part.claim.measures else ()
    values = [each.value for each in of_text] + [each.value for each in of_tables or ()]
    sums = accumulate(each.value for each in reversed(same))
    if any(_is_share(one.value, total, value, rough=rough) for total in sums for value in values if value >= total):
        return fits, []
    if rough or holds(text[part.claim.end : claim.start], words["several"]) or not _is_made_of(of, words["share"]):
        return unfit, []
    before_parts = [each for each in counts[: _opened(text, counts, words)] if not is_remark(text, each)]
    if divided := [each for each in of_text if each in before_parts]:
        whole = Whole(divided[-1].value, divided[-1].number.text, divided[-1].number.span)
    elif of_tables and part.number.status == "agrees" and part.claim.sure:
        whole = of_tables[0]
    else:
        return unfit, []
    step = _step(one.value)
    wanted = (part.value * _HUNDRED / whole.value + step * _HALF) // step * step
    found = Misfit("share", number.span, number.text, whole.span, whole.text, f"{wanted:f}%")
    return number._replace(status="contradicts"), [found]


def _opened(text: str, counts: Sequence[Count], words: SumWords) -> int:
    """Returns how many numbers stand before the last words that say that parts follow; 0 if none do."""
    ends = (text[one.claim.end : other.claim.start] for one, other in pairwise(counts))
    return max((at for at, between in enumerate(ends, 1) if holds(between, words["parts"])), default=0)


def _of_list(text: str, counts: Sequence[Count], one: Count, tables: Tables) -> bool | None:
    """Says whether a share fits its number: 公开20件、部分公开5件，分别占48.8%、12.2%; None if no list has it."""
    claim = one.claim
    for match in _LIST.finditer(text, max(0, claim.start - _LONGEST_LIST), claim.end + _LONGEST_LIST):
        start, end = match.span("shares")
        if start <= claim.start < end:
            many = text.count("%", start, end)
            parts = counts[-many:]
            if len(parts) < many or len({each.claim.unit for each in parts}) > 1:
                return False
            part = parts[text.count("%", start, claim.start)]
            values = [each.value for each in counts[:-many] if each.claim.unit == part.claim.unit]
            values += [each.value for each in tables.wholes(part.claim) or ()] if part.claim.measures else []
            values.append(sum((each.value for each in parts), Decimal(0)))
            wholes = [value for value in values if value and value >= part.value]
            return any(_is_share(one.value, part.value, value, rough=False) for value in wholes)
    return None


def is_remark(text: str, one: Count) -> bool:
    """Says whether a number stands in brackets, as a remark on the one before them."""
    start, end = max(0, one.claim.start - _LONGEST_REMARK), one.claim.start
    return text.rfind("（", start, end) > max(text.rfind(mark, start, end) for mark in "）。")


def holds(text: str, words: Iterable[str]) -> bool:
    """Says whether one of some words stands in a text."""
    return any(word in text for word in words)


def _stops(text: str) -> bool:
    return any(char in _STOPS or char.isdecimal() for char in text)


def _is_near(between: str) -> bool:
    return len(between) <= _NEAR and not any(char in "。；" or char.isdecimal() for char in between)


def _is_made_of(text: str, words: Sequence[str]) -> bool:
    """Says whether a text is nothing but some words, one behind the other."""
    while text:
        word = next((word for word in words if text.startswith(word)), "")
        if not word:
            return False
        text = text[len(word) :]
    return True


def _is_of_tables(claim: Claim, stated: Decimal, tables: Tables, *, rough: bool = False) -> bool:
    """Says whether a share is that of a part that the tables have: 予以公开占48.8%, 予以公开率48.8%."""
    pairs = ((part, whole.value) for part in tables.parts(claim) for whole in tables.wholes(claim) or ())
    return any(_is_share(stated, *pair, rough=rough) for pair in pairs)


def _is_share(stated: Decimal, part: Decimal, whole: Decimal, *, rough: bool) -> bool:
    """Says whether a share is that of a part in a whole, rounded or cut off as it is written."""
    differs = abs(part * _HUNDRED / whole - stated)
    return differs * _ROUGH <= stated if rough else differs < _step(stated)


def _step(share: Decimal) -> Decimal:
    exponent = share.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
