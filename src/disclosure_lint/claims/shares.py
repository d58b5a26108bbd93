"""Shares in percent: of which numbers of the text or of the tables they are."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple, Protocol

from disclosure_lint.claims.said import Claim
from disclosure_lint.model.claim import Compared, Misfit
from disclosure_lint.model.source import Span

# Compiled when first asked for: most reports have no shares.
PARTS = r"其中|包括|分为|分别[是为]"
"""What stands between a whole and its parts."""
_SHARE = r"占(?!用|地|道)[^，。；、：%\d]{0,14}$"
_OF_ALL = r"占(?:比(?:例)?[为达是]?|(?:收到|受理|答复|办结|办理|申请|信息|公开|发布|全部|总|数|量|件|条|的)*)$"
"""What is said of a share of the whole, and not of something that is named here alone: 占全市总量的."""
_RATE = r"率[为达是]?$"
_BETWEEN = r"[^。；\d]{0,6}"
_ROUGHLY = "约近超"
_OF_SEVERAL = r"分别|各|合计|共|两|三|均|上述|以上"
"""What is said between numbers and a share that is not that of the last of them."""
_LONGEST = 16
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


def share(text: str, counts: Sequence[Count], one: Count, tables: Tables) -> tuple[Compared, list[Misfit]]:
    """Returns the number of a share with its status, and that it does not fit if it fits no number that may be meant.

    The counts are those before it in its sentence; the last one is its part if it stands right before, or with those
    that are of the same sort.
    """
    number, claim = one.number, one.claim
    before = text[max(0, claim.start - _LONGEST) : claim.start]
    lead = re.search(_SHARE, before) if "占" in before else None
    if lead is None:
        is_right = re.search(_RATE, before) and _is_of_tables(claim, one.value, tables)
        return (number._replace(status="agrees") if is_right else number), []
    begins = claim.start - len(before) + lead.start()
    rough = bool(claim.approximate) or text[begins - 1] in _ROUGHLY
    fits, unfit = number._replace(status="approximate" if rough else "agrees"), number._replace(status="not_understood")
    part = counts[-1] if counts and re.fullmatch(_BETWEEN, text[counts[-1].claim.end : begins]) else None
    if part is None:
        is_right = _is_of_tables(claim, one.value, tables, rough=rough)
        return (fits if is_right else unfit if claim.measures else number), []
    same = [each for each in counts if each.claim.unit == part.claim.unit]
    of_text = [each for each in same[:-1] if each.value >= part.value and each.value]
    of_tables = tables.wholes(part.claim) if part.claim.measures else ()
    values = [each.value for each in (*of_text, *(of_tables or ()))]
    sums = accumulate(each.value for each in reversed(same))
    if any(_is_share(one.value, total, value, rough=rough) for total in sums for value in values if value >= total):
        return fits, []
    if rough or re.search(_OF_SEVERAL, text[part.claim.end : claim.start]) or not re.search(_OF_ALL, before):
        return unfit, []
    if of_text and re.search(PARTS, text[of_text[0].claim.end : part.claim.start]):
        whole = Whole(of_text[0].value, of_text[0].number.text, of_text[0].number.span)
    elif of_tables and part.number.status == "agrees" and part.claim.sure:
        whole = of_tables[0]
    else:
        return unfit, []
    step = _step(one.value)
    wanted = (part.value * _HUNDRED / whole.value + step * _HALF) // step * step
    found = Misfit("share", number.span, number.text, whole.span, whole.text, f"{wanted:f}%")
    return number._replace(status="contradicts"), [found]


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
