"""Who signs a report, and when: the last lines of many reports, or the lines below the title."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from disclosure_lint.claims.quantities import number
from disclosure_lint.model.characters import Squeezed
from disclosure_lint.model.document import Block, Table
from disclosure_lint.model.report import Report
from disclosure_lint.model.source import Span

_DATE = (
    r"(?P<year>20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年"
    r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_SIGNED = rf"(?P<agency>[^，。；：！？（）《》“”\d]{{2,40}})?(?:（)?(?:日期：|时间：)?{_DATE}(?:）)?"
_NAME = r"[^，。；：！？（）《》“”\d]{2,40}"
_LOOK_AT = 8
"""So many of the last blocks are looked at: contact lines may follow."""


class Signature(NamedTuple):
    """A date that stands by itself, with the name that it stands below."""

    agency: str | None
    """As it is signed, squeezed; None if no name stands there."""
    agency_span: Span | None
    date: tuple[int, int, int]
    """Year, month and day, as they stand."""
    date_span: Span
    year_span: Span


def signature(report: Report) -> Signature | None:
    """Returns the last signed date of a report; None if none stands by itself at its end or below its title."""
    found: Signature | None = report.texts.once("signature", lambda: _find(report))
    return found


def _find(report: Report) -> Signature | None:
    blocks = [block for block in report.document.blocks if not isinstance(block, Table)]
    sections = list(report.sections.values())
    if not sections:
        return None
    last, first = max(one.span.end for one in sections), min(one.span.start for one in sections)
    ending = [block for block in blocks if block.span.start >= last][-_LOOK_AT:]
    title = report.title.span.end if report.title else 0
    beginning = [block for block in blocks if title <= block.span.start < first][:2]
    return _last_signed(report, ending) or _last_signed(report, beginning)


def _last_signed(report: Report, blocks: Sequence[Block]) -> Signature | None:
    folded = report.document.source.folded
    for at in reversed(range(len(blocks))):
        text = Squeezed(folded, [blocks[at].span])
        match = re.fullmatch(_SIGNED, text.text)
        if match is None:
            continue
        name, span = match["agency"], Span(*text.span(*match.span("agency"))) if match["agency"] else None
        if name is None and at > 0:
            above = Squeezed(folded, [blocks[at - 1].span])
            if re.fullmatch(_NAME, above.text):
                name, span = above.text, Span(*above.span(0, len(above.text)))
        whole, year = (match.start("year"), match.end("day") + 1), match.span("year")
        return Signature(name, span, _day(match), Span(*text.span(*whole)), Span(*text.span(*year)))
    return None


def _day(match: re.Match[str]) -> tuple[int, int, int]:
    year, month, day = (int(number(match[part]) or 0) for part in ("year", "month", "day"))
    return year, month, day
