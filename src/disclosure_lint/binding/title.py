"""The report's title: agency, year and 政府信息公开工作年度报告, perhaps broken over lines."""

import re
from collections.abc import Sequence

from disclosure_lint.binding.ordinals import chinese_year
from disclosure_lint.model.characters import Squeezed
from disclosure_lint.model.document import Block, Table
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.report import Title
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
