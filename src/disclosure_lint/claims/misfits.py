"""Numbers of a text that do not fit each other: parts and their whole, shares in percent, one number stated twice."""

import re
from collections.abc import Iterable, Iterator, Sequence

from disclosure_lint.claims.said import Claim
from disclosure_lint.claims.sentences import first_stop
from disclosure_lint.claims.shares import PARTS, Count, Tables, share
from disclosure_lint.model.claim import Compared, Misfit

# Compiled when first asked for: most reports have no parts and no shares.
_REST = r"(?:其他|其它|其余|剩余)(?!处理|结果|情形)[^，、；]{0,8}$"
_KIND = r"类(?:信息|内容|文件|事项)?$"
_NESTED = r"[（(]|含|连同|其中.*其中|同比|较|比上|去年|上年|累计"
_NO_LIST = r"[（(]|其中|包括|分为|含|同比|较|比上|累计"
_TOGETHER = r"[，、；](?:两项|三项|以上)?(?:合计|总计|共计)[为是]?$"
_MOST = 40


def fitted(
    text: str, claims: Sequence[Claim], numbers: Sequence[Compared], tables: Tables
) -> tuple[list[Compared], list[Misfit]]:
    """Returns the numbers of a squeezed text, shares with what became of them, and what does not fit its whole.

    Claims and numbers are those of the text, one for one; `tables` tells what the tables have of which a claim may
    state a part.
    """
    compared: list[Compared] = []
    found: list[Misfit] = []
    counts: list[Count] = []
    at = 0
    for claim, number in zip(claims, numbers, strict=True):
        if (end := first_stop(text, at, claim.start)) >= 0:
            found += _parts(text, counts)
            goes_on = text.startswith("其中", end) and first_stop(text, end, claim.start) < 0
            counts = counts[:1] if goes_on else []
        at = max(at, claim.end)
        is_count = claim.value is not None and claim.unit and claim.status not in ("not_a_quantity", "other_period")
        if len(counts) < _MOST and claim.value is not None and is_count:
            one = Count(claim, number, claim.value)
            if claim.unit == "%":
                number, misfit = share(text, counts, one, tables)
                found += misfit
            elif not claim.approximate:
                counts.append(one)
                found += _summed(text, counts)
        compared.append(number)
    return compared, [*found, *_parts(text, counts)]


def repeated(numbers: Iterable[Compared]) -> Iterator[Misfit]:
    """Yields the numbers that the text states otherwise elsewhere, where the tables do not tell which one is right."""
    first: dict[tuple[str, tuple[str, ...]], Compared] = {}
    for one in numbers:
        if one.measure is None or not (one.sure and one.exact) or one.expected is not None or one.status == "agrees":
            continue
        before = first.setdefault((one.measure, one.about), one)
        if before.value != one.value:
            yield Misfit("repeated", one.span, one.text, before.span, before.text, str(before.value))


def _parts(text: str, counts: Sequence[Count]) -> Iterator[Misfit]:
    """Yields the last of the parts that are said to make up a whole, and do not."""
    opened = [
        at for at in range(1, len(counts)) if re.search(PARTS, text[counts[at - 1].claim.end : counts[at].claim.start])
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


def _summed(text: str, counts: Sequence[Count]) -> Iterator[Misfit]:
    """Yields the last number if it is said to be those before it together, and is not."""
    total = counts[-1]
    before = text[max(0, total.claim.start - 8) : total.claim.start]
    lead = re.search(_TOGETHER, before) if "计" in before else None
    if lead is None:
        return
    parts: list[Count] = []
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
