"""The outline of a document: its title, its top-level headings, and what stands between them."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from disclosure_lint.binding.candidates import Candidate
from disclosure_lint.binding.numbers import chinese_year
from disclosure_lint.binding.sections import are_two_reports
from disclosure_lint.binding.stray_labels import Scraps
from disclosure_lint.model.characters import Squeezed
from disclosure_lint.model.document import Block, Table
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.report import Section, Title
from disclosure_lint.model.source import Source, Span

_YEAR = r"(?P<{}>(?:19|20)\d\d|二[〇零○O0][〇零○O0一二三四五六七八九]{{2}})(?:年度|年)"
_NAME = r"(?:政府信息|政务|信息)公开(?:工作)?(?:的)?(?:年度(?:工作)?报告|工作报告|年报|报告)"
_BODY = "(?:政府|办公室|办公厅|办事处|委员会|街道|[局厅委办院镇乡])"
_TITLE = lazy_re_compile(
    rf"(?:标题：|附件\d*：)?《?(?:{_YEAR.format('before')})?(?P<agency>[^。；！？：]{{0,60}}?)(?:关于)?(?:{_YEAR.format('after')})?的?"
    rf"(?P<name>{_NAME})》?(?:（?{_YEAR.format('below')}）?)?(?:（[^（）]*）)?(?P<signed>[^，。；！？：、（）《》\d]{{2,30}}{_BODY})?"
)
_WORD = "公开"
"""Without it there is no title."""
_STATUTORY = "政府信息公开工作年度报告"
_NOTE = lazy_re_compile(r"（[^（）]*）$")
_NO_AGENCY = (
    *("现将", "现公布", "现发布", "根据", "按照", "依据", "本机关", "本单位", "本部门", "本街道"),
    *(f"我{kind}" for kind in "省市区县旗镇乡局厅委办街"),
    *(f"本{kind}" for kind in "省市区县旗镇乡局厅委办"),
)
_OFFICES = ("办公厅", "办公室")
_RESTS_OF_AGENCIES = frozenset(
    [
        *_OFFICES,
        *("办事处", "委员会", *"局厅委办"),
        *(name + office for name in ("政府", "人民政府") for office in ("", *_OFFICES)),
    ]
)
_MAX_LINES = 4
_MAX_LENGTH = 100
_LOOK_AT = 60


def find_title(source: Source, blocks: Sequence[Block], end: int) -> Title | None:
    """Returns the title: the fewest whole lines that name agency and year before `end`, where the first section begins.

    If nothing stands before it, it is looked for below.
    """
    spans = [block.span for block in blocks[:_LOOK_AT] if not isinstance(block, Table)]
    lines = [Span(start, min(stop, end)) for start, stop in spans if start < end] or spans
    best: tuple[tuple[int, ...], Title] | None = None
    for first in range(len(lines)):
        for count in range(1, min(_MAX_LINES, len(lines) - first) + 1):
            squeezed = Squeezed(source.folded, lines[first : first + count])
            text = squeezed.text
            if len(text) > _MAX_LENGTH:
                break
            match = _TITLE.fullmatch(text) if _WORD in text else None
            if match is None:
                continue
            title = _title(match, Span(*squeezed.span(0, len(text))), text)
            cut = title.agency in _RESTS_OF_AGENCIES
            rank = (title.agency is None, title.year is None, cut, count)
            if best is None or rank < best[0]:
                best = rank, title
    return best[1] if best else None


def _title(match: re.Match[str], span: Span, text: str) -> Title:
    agency = _NOTE.sub("", match["agency"]).strip("—-、，《》“”\"'") or match["signed"]
    if agency is not None and agency.startswith(_NO_AGENCY):
        agency = None
    year = chinese_year(match["before"] or match["after"] or match["below"] or "")
    return Title(span, text, agency, year, match["name"] == _STATUTORY)


class Outline:
    """Headings in order, and the parts of the document that they part."""

    def __init__(
        self,
        source: Source,
        blocks: Sequence[Block],
        found: Sequence[Candidate],
        repeated: Sequence[Candidate],
        extra: Sequence[Candidate],
    ):
        """Takes the headings of the form's sections, further ones of the same sections, and those behind the last."""
        self.source, self.blocks = source, blocks
        self.found, self.repeated, self.extra = found, repeated, extra
        self.scraps = Scraps(source, blocks)
        again = min((candidate.span.start for candidate in repeated), default=len(source.text))
        two = are_two_reports(repeated)
        self.is_mixed = two and again < found[-1].span.start
        """Whether the parts of two reports stand beside each other or by turns."""
        self.has_second = two and not self.is_mixed
        """Whether another report stands behind the first."""
        # Of mixed reports one lets the other's sections go on.
        heads = (*found, *extra) if self.is_mixed else (*found, *repeated, *extra)
        starts = [candidate.span.start for candidate in heads]
        if self.has_second:
            between = [block for block in blocks if found[-1].span.end <= block.span.start < again]
            title = find_title(source, between, again) if between else None
            starts += [title.span.start] if title else []
        self._stops = [*sorted(starts), len(source.text)]

    def body(self, candidate: Candidate) -> Span:
        """Returns what stands between a heading and the next."""
        return Span(candidate.span.end, self._stops[bisect_left(self._stops, candidate.span.end)])

    def section(self, candidate: Candidate, taken: Sequence[Span]) -> Section:
        """Returns the section under a heading; `taken` are the places of tables, which are not its text."""
        source, blocks, body = self.source, self.blocks, self.body(candidate)
        first, last = body
        tables = [table for table in taken if table.start < last and first < table.end]
        text: list[Span] = []
        content = False
        done = 0
        for block in blocks[candidate.block : bisect_left(blocks, last, key=lambda block: block.span.start)]:
            start, end = block.span
            start, end = max(start, first), min(end, last)
            if start < done or start >= end:
                continue
            if end - start < 9 and not source.folded[start:end].strip(" \t\r\n。：；"):
                continue
            content = True
            # Of a table the words before its first label are its own too.
            before = end if isinstance(block, Table) else start + 1
            table = next((table for table in tables if table.start < before and start < table.end), None)
            if table is None:
                text.append(Span(start, end))
            else:
                done = table.end
        about = candidate.section, candidate.span, candidate.number, candidate.title, candidate.wording, candidate.level
        return Section(*about, body, tuple(text), content)
