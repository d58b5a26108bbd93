"""Numbers of a text that do not fit each other: parts and their whole, shares in percent, one number stated twice."""

from collections.abc import Iterable, Iterator, Sequence

from disclosure_lint.claims.clauses import Claim
from disclosure_lint.claims.sentences import STOP
from disclosure_lint.claims.shares import Count, SumWords, Tables, holds, is_remark, share
from disclosure_lint.model.claim import Compared, Misfit

_MARKS, _LONGEST_REST, _LONGEST_TOGETHER = "，、；", 8, 8
_MOST, _LEAST_PARTS = 40, 2


def fitted(
    text: str, claims: Sequence[Claim], numbers: Sequence[Compared], tables: Tables, words: SumWords
) -> tuple[list[Compared], list[Misfit]]:
    """Returns the numbers of a squeezed text, shares with what became of them, and what does not fit its whole.

    Claims and numbers are those of the text, one for one; `tables` tells what the tables have of which a claim may
    state a part, `words` how numbers make up others.
    """
    compared: list[Compared] = []
    found: list[Misfit] = []
    counts: list[Count] = []
    at = 0
    for claim, number in zip(claims, numbers, strict=True):
        if stop := STOP.search(text, at, claim.start):
            found += _parts(text, counts, words)
            goes_on = text.startswith("其中", stop.end()) and not STOP.search(text, stop.end(), claim.start)
            counts = counts if goes_on else []
        at = max(at, claim.end)
        is_count = claim.value is not None and claim.unit and claim.status not in ("not_a_quantity", "other_period")
        if len(counts) < _MOST and claim.value is not None and is_count:
            one = Count(claim, number, claim.value)
            if claim.unit == "%":
                number, misfit = share(text, counts, one, tables, words)
                found += misfit
            elif not claim.approximate:
                counts.append(one)
                found += _summed(text, counts, words)
        compared.append(number)
    return compared, [*found, *_parts(text, counts, words)]


def repeated(numbers: Iterable[Compared]) -> Iterator[Misfit]:
    """Yields the numbers that the text states otherwise elsewhere, where the tables do not tell which one is right."""
    first: dict[tuple[str, tuple[str, ...]], Compared] = {}
    for one in numbers:
        if one.measure is None or not (one.sure and one.exact) or one.expected is not None or one.status == "agrees":
            continue
        before = first.setdefault((one.measure, one.about), one)
        if before.value != one.value:
            yield Misfit("repeated", one.span, one.text, before.span, before.text, str(before.value))


def _parts(text: str, counts: Sequence[Count], words: SumWords) -> Iterator[Misfit]:
    """Yields the last of the parts that are said to make up a whole, and do not."""
    if len(counts) <= _LEAST_PARTS:
        return
    opened = [
        at
        for at in range(1, len(counts))
        if holds(text[counts[at - 1].claim.end : counts[at].claim.start], words["parts"])
    ]
    if len(opened) != 1 or len(counts) - opened[0] < _LEAST_PARTS:
        return
    at = opened[0]
    whole, parts = counts[at - 1], counts[at:]
    if is_remark(text, whole) or (at > 1 and STOP.search(text, whole.claim.end, parts[0].claim.start)):
        # 收到124件（含上年结转5件），其中: not of the 5. 网站公开46条，公众号发布20条。其中: nobody can tell of which.
        return
    stretch = text[whole.claim.end : parts[-1].claim.start]
    if (
        holds(stretch, (*words["uneven"], "；"))
        or stretch.count("其中") > 1
        or any(one.claim.unit != whole.claim.unit for one in parts)
    ):
        return
    ends = [whole.claim.end, *(one.claim.end for one in parts)]
    labels = [text[end : one.claim.start] for end, one in zip(ends, parts, strict=False)]
    total = sum(one.value for one in parts)
    # Parts of one sort cannot be more than the whole; they are all of it where the rest is named.
    is_more = total > whole.value and all(label.endswith(words["sorts"]) for label in labels)
    if is_more or (total != whole.value and _is_rest(labels[-1], words)):
        last = parts[-1]
        yield Misfit("parts", whole.number.span, whole.number.text, last.number.span, last.number.text, f"{total:f}")


def _summed(text: str, counts: Sequence[Count], words: SumWords) -> Iterator[Misfit]:
    """Yields the last number if it is said to be those before it together, and is not."""
    total = counts[-1]
    before = text[max(0, total.claim.start - _LONGEST_TOGETHER) : total.claim.start]
    if not before.endswith(words["together"]):
        return
    lead = next(word for word in words["together"] if before.endswith(word))
    stop = total.claim.start - len(lead) - 1
    if text[stop : stop + 1] not in tuple(_MARKS):
        return
    parts: list[Count] = []
    for one in reversed(counts[:-1]):
        if one.claim.unit != total.claim.unit:
            break
        parts.insert(0, one)
    listed = text[parts[0].claim.end : stop] if len(parts) > 1 else ""
    if not listed or holds(listed, (*words["parts"], *words["uneven"])):
        return
    sums = [sum(one.value for one in parts[at:]) for at in range(len(parts) - 1)]
    if total.value not in sums:
        last, number = parts[-1].number, total.number
        yield Misfit("parts", number.span, number.text, last.span, last.text, f"{sums[0]:f}")


def _is_rest(label: str, words: SumWords) -> bool:
    """Says whether the words before a part say that it is all that is left."""
    last = max((label.rfind(word) + len(word) for word in words["rest"] if word in label), default=-1)
    behind = label[last:]
    return (
        last >= 0
        and len(behind) <= _LONGEST_REST
        and not behind.startswith(words["not_rest"])
        and not holds(behind, _MARKS)
    )
