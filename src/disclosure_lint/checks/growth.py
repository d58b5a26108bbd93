"""Kind `growth`: by how much the text says that something grew, against last year's report."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from disclosure_lint.checks.options import WithoutOptions
from disclosure_lint.checks.wording import cell_words, judged, not_applicable
from disclosure_lint.model.claim import Compared, Growth
from disclosure_lint.model.diagnostic import Finding, LocalizedText, Related, Verdict
from disclosure_lint.model.entry import Numbers, OtherReport
from disclosure_lint.model.form import Address
from disclosure_lint.model.kind import NOT_COMPARED, Kept
from disclosure_lint.model.numbers import Number
from disclosure_lint.model.places import listed
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule

_RATES = {"%": 100, "倍": 1}
"""Units of growth that is told as a part of what there was, with how many of them all of that is."""
_ABOUT = Decimal("0.1")
"""As a part of the number: so far may it be off that is said to be no exact one."""
_WAYS = {
    "up": LocalizedText("增加", "more"),
    "down": LocalizedText("减少", "less"),
    "same": LocalizedText("持平", "the same"),
}


class _Pair(NamedTuple):
    """What is said to have grown, in both years, in the unit of the text."""

    cells: tuple[Address, ...]
    before: Decimal
    now: Decimal


class GrowthCheck(WithoutOptions, description="文字里的同比和上一年度的年报比，没有要写的"):
    """No option: numbers of the text that say by how much something grew or shrank since the year before."""

    kind = "growth"
    compares = True

    def collect(self, rule: Rule, report: Report) -> Any:
        """Returns whether the text says so of a number; None if it does not."""
        return any(one.growth and one.growth.sure for one in report.claims.numbers) or None

    def conclude(self, rule: Rule, kept: Sequence[Kept]) -> Mapping[str, Any]:
        """Returns nothing: only the year before matters."""
        return {}

    def by_numbers(self, rule: Rule, report: Numbers) -> Verdict | None:
        """Returns the same if the text says no such thing."""
        if report.previous is None:
            return not_applicable(*NOT_COMPARED)
        return None if rule.code in report.collected else judged([])

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict: a finding for each number that fits none of what may be meant.

        What is not said in so many words is not judged; undetermined where one of the two years has no certain number.
        """
        other = report.previous
        if other is None:
            return not_applicable(*NOT_COMPARED)
        findings, doubtful = [], 0
        for one in report.claims.numbers:
            if one.growth is None or one.value is None or not one.growth.sure:
                continue
            pairs = list(_pairs(one.growth, report, other))
            if any(_fits(one, one.growth, pair) for pair in pairs):
                continue
            # What cannot be told, or began with 0, might have been what is meant.
            if len(pairs) < len(one.growth.sums) or any(one.unit in _RATES and not pair.before for pair in pairs):
                doubtful += 1
            else:
                findings.append(_finding(one, pairs[0], report, other))
        reason = LocalizedText(
            f"有 {doubtful} 处同比，在这一年或上一年没有确定的数",
            f"{doubtful} comparisons have no certain number in one of the years",
        )
        return judged(findings, reason if doubtful else None)


def _pairs(growth: Growth, report: Report, other: OtherReport) -> Iterator[_Pair]:
    """Yields what may be meant, as far as both years have certain numbers."""
    for one in growth.sums:
        cells = tuple(map(_address, one.cells))
        before = _sum(other.number(cell) for cell in cells)
        now = _sum(fact.value if (fact := report.facts.get(cell)) else None for cell in cells)
        if before is None or now is None or one.total is None:
            continue
        # Columns of 万元 are stated in 元.
        per = Decimal(one.total) / now if now else Decimal(1)
        if now or per == 1:
            yield _Pair(cells, before * per, now * per)


def _sum(numbers: "Iterator[Number | None]") -> Decimal | None:
    total = Decimal(0)
    for number in numbers:
        if number is None:
            return None
        total += number
    return total


def _address(cell: str) -> Address:
    table, rest = cell.rstrip("]").split("[")
    row, column = rest.split(",")
    return Address(table, row, column)


def _fits(one: Compared, growth: Growth, pair: _Pair) -> bool:
    stated = Decimal(one.value or 0) * (1 if growth.direction == "up" else -1)
    if scale := _RATES.get(one.unit or ""):
        if not pair.before:
            return False
        grown = (pair.now - pair.before) * scale / pair.before
        # Rounded or cut off to the places that are written.
        most = max(_step(one.value), Decimal(0) if one.exact else abs(stated) * _ABOUT)
        # 增长2倍 is said too of what is twice as much.
        return abs(grown - stated) < most or (scale == 1 and abs(grown + 1 - stated) < most)
    grown = pair.now - pair.before
    return grown == stated or (not one.exact and abs(grown - stated) <= abs(stated) * _ABOUT)


def _step(value: Number | None) -> Decimal:
    """Returns the size of the last place that is written."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def _finding(one: Compared, pair: _Pair, report: Report, other: OtherReport) -> Finding:
    names = listed(cell_words(report, cell) for cell in pair.cells)
    grown = pair.now - pair.before
    way = _WAYS["up" if grown > 0 else "down" if grown < 0 else "same"]
    size = abs(grown)
    if scale := _RATES.get(one.unit or ""):
        share, step = size * scale / pair.before, _step(one.value)
        told = f"{(share + step / 2) // step * step:f}{one.unit}"
    else:
        told = f"{size.normalize():f}{one.unit or ''}"
    words = LocalizedText(f"{way.zh} {told}", f"{told} {way.en}") if grown else way
    places = [report.facts[cell] for cell in pair.cells if cell in report.facts]
    return Finding(
        one.span,
        {
            "text": one.text,
            "cells": names,
            "before": f"{pair.before.normalize():f}",
            "now": f"{pair.now.normalize():f}",
            "grown": words,
            "year": str(other.year),
            "path": f"{other.path}:{other.line(pair.cells[0])}",
        },
        related=tuple(Related(fact.span, cell_words(report, fact.address)) for fact in places),
        cells=tuple(map(str, pair.cells)),
    )
