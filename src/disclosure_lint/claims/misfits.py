"""Numbers of a text that do not fit each other: parts and their whole, shares in percent, one number stated twice."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from disclosure_lint.claims.said import Claim
from disclosure_lint.claims.sentences import first_stop
from disclosure_lint.model.claim import Compared, Misfit

# Compiled when first asked for: most reports have no parts and no shares.
_PARTS = r"其中|包括|分为|分别[是为]"
_REST = r"(?:其他|其它|其余|剩余)(?!处理|结果|情形)[^，、；]{0,8}$"
_KIND = r"类(?:信息|内容|文件|事项)?$"
_NESTED = r"[（(]|含|连同|其中.*其中|同比|较|比上|去年|上年|累计"
_SHARE = r"占(?!用|地)[^，。；、：%\d]{0,14}$"
_NO_LIST = r"[（(]|其中|包括|分为|含|同比|较|比上|累计"
_TOGETHER = r"[，、；](?:两项|三项|以上)?(?:合计|总计|共计)[为是]?$"
_BETWEEN = r"[^。；\d]{0,6}"
_MOST = 40
_HALF = Decimal("0.5")
_HUNDRED = 100


class _Count(NamedTuple):
    claim: Claim
    number: Compared
    value: Decimal


def misfits(text: str, claims: Sequence[Claim], numbers: Sequence[Compared]) -> Iterator[Misfit]:
    """Yields the parts and shares in a squeezed text that do not fit their whole, in its order.

    Claims and numbers are those of the text, one for one.
    """
    counts: list[_Count] = []
    at = 0
    for claim, number in zip(claims, numbers, strict=True):
        if (end := first_stop(text, at, claim.start)) >= 0:
            yield from _parts(text, counts)
            goes_on = text.startswith("其中", end) and first_stop(text, end, claim.start) < 0
            counts = counts[:1] if goes_on else []
        at = max(at, claim.end)
        if len(counts) >= _MOST:
            continue  # no sentence, but a list
        if claim.value is not None and claim.unit and not claim.approximate and claim.status != "not_a_quantity":
            if claim.unit == "%":
                yield from _share(text, counts, _Count(claim, number, claim.value))
            else:
                counts.append(_Count(claim, number, claim.value))
                yield from _summed(text, counts)
    yield from _parts(text, counts)


def repeated(numbers: Iterable[Compared]) -> Iterator[Misfit]:
    """Yields the numbers that the text states otherwise elsewhere, where the tables do not tell which one is right."""
    first: dict[tuple[str, tuple[str, ...]], Compared] = {}
    for one in numbers:
        if one.measure is None or not (one.sure and one.exact) or one.expected is not None or one.status == "agrees":
            continue
        before = first.setdefault((one.measure, one.about), one)
        if before.value != one.value:
            yield Misfit("repeated", one.span, one.text, before.span, before.text, str(before.value))


def _parts(text: str, counts: Sequence[_Count]) -> Iterator[Misfit]:
    """Yields the last of the parts that are said to make up a whole, and do not."""
    opened = [
        at for at in range(1, len(counts)) if re.search(_PARTS, text[counts[at - 1].claim.end : counts[at].claim.start])
    ]
    if len(opened) != 1 or len(counts) - opened[0] < 2:
        return
    at = opened[0]
    whole, parts = counts[at - 1], counts[at:]
    stretch = text[whole.claim.end : parts[-1].claim.start]
    if re.search(_NESTED, stretch) or "；" in stretch or any(one.claim.unit != whole.claim.unit for one in parts):
        return
    ends = [whole.claim.end, *(one.claim.end for one in parts)]
    labels = [text[end : one.claim.start] for end, one in zip(ends, parts, strict=False)]
    total = sum(one.value for one in parts)
    # Parts of one sort cannot be more than the whole; they are all of it where the rest is named.
    is_more = total > whole.value and all(re.search(_KIND, label) for label in labels)
    if is_more or (total != whole.value and re.search(_REST, labels[-1])):
        last = parts[-1]
        yield Misfit("parts", whole.number.span, whole.number.text, last.number.span, last.number.text, f"{total:f}")


def _summed(text: str, counts: Sequence[_Count]) -> Iterator[Misfit]:
    """Yields the last number if it is said to be those before it together, and is not."""
    total = counts[-1]
    before = text[max(0, total.claim.start - 8) : total.claim.start]
    lead = re.search(_TOGETHER, before) if "计" in before else None
    if lead is None:
        return
    parts: list[_Count] = []
    for one in reversed(counts[:-1]):
        if one.claim.unit != total.claim.unit:
            break
        parts.insert(0, one)
    stop = total.claim.start - len(before) + lead.start()
    if len(parts) < 2 or re.search(_NO_LIST, text[parts[0].claim.end : stop]):
        return
    sums = [sum(one.value for one in parts[at:]) for at in range(len(parts) - 1)]
    if total.value not in sums:
        last, number = parts[-1].number, total.number
        yield Misfit("parts", number.span, number.text, last.span, last.text, f"{sums[0]:f}")


def _share(text: str, counts: Sequence[_Count], share: _Count) -> Iterator[Misfit]:
    """Yields a share of a number in the sentence that it is not a share of, and of no other number there."""
    before = text[max(0, share.claim.start - 16) : share.claim.start]
    lead = re.search(_SHARE, before)
    if lead is None or len(counts) < 2:
        return
    part = counts[-1]
    if not re.fullmatch(_BETWEEN, text[part.claim.end : share.claim.start - len(before) + lead.start()]):
        return
    wholes = [one for one in counts[:-1] if one.claim.unit == part.claim.unit and one.value >= part.value and one.value]
    if not wholes or not re.search(_PARTS, text[wholes[0].claim.end : part.claim.start]):
        return
    exponent = share.value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
    # Rounded or cut off, of whichever number before it is meant.
    if any(abs(part.value * _HUNDRED / one.value - share.value) < step for one in wholes):
        return
    wanted = (part.value * _HUNDRED / wholes[0].value + step * _HALF) // step * step
    yield Misfit(
        "share", share.number.span, share.number.text, wholes[0].number.span, wholes[0].number.text, f"{wanted:f}%"
    )
