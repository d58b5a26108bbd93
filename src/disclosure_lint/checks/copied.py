"""Kind `copied`: sections that are mostly another report's, of an earlier year or of another agency."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple, TypedDict

from disclosure_lint.checks.expressions import Patterns, expressions, prepared
from disclosure_lint.checks.options import PATTERNS, known_sections
from disclosure_lint.checks.winnowing import GAP, Origins, Prints, covered, fingerprints, grams_of, passages
from disclosure_lint.checks.wording import judged, not_applicable, section_words
from disclosure_lint.model.characters import Squeezed, squeeze
from disclosure_lint.model.diagnostic import Finding, Verdict
from disclosure_lint.model.entry import Numbers
from disclosure_lint.model.kind import NOT_COMPARED, CompileContext, Kept
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span

_NUMBER = lazy_re_compile("[0-9]+")
_ALL = 100
_DENSE = 55
"""Percent of a passage that are alike where a word is changed now and then; of stock sentences it is less."""
_WHOLE = 80
"""Percent of a section that are all of it, but for a sentence."""
_SHOWN = 40
_ENDS = ("。", "；", "！", "？", GAP)
_PERCENT = {"type": "integer", "minimum": 1, "maximum": 100}


class _Compiled(TypedDict):
    sections: list[str]
    unless: Patterns
    least: int
    share: int
    own: int
    passage: int
    common: int


class _Text(NamedTuple):
    """What is kept of a section."""

    section: str
    length: int
    """Characters that count."""
    hashes: str
    positions: str
    starts: Sequence[int]
    """Places from which on it stands on another line."""
    lines: Sequence[int]
    """These lines."""

    @property
    def prints(self) -> Prints:
        return Prints(self.hashes, self.positions)

    def line(self, at: int) -> int:
        return self.lines[max(0, bisect_right(self.starts, at) - 1)]


class _Copy(NamedTuple):
    """What is concluded of a section."""

    section: str
    share: int
    """Percent of its characters."""
    start: int
    end: int
    """Of the longest passage."""
    path: str
    line: int
    agency: str
    year: int
    own: bool
    """Whether the other report is the same agency's."""


class CopiedCheck:
    """Options: `sections`, which ones are compared; `unless`, passages that do not count; `least`, characters that a
    section must have; `share`, percent of them that stand in another agency's report, `own` in the agency's of an
    earlier year; `passage`, characters of a passage; `common`, more agencies than this have words that are nobody's.

    Numbers are all the same, so that last year's text with this year's numbers is a copy.
    """

    kind = "copied"
    compares = True
    version = "1"
    compiled_type: ClassVar[Any] = _Compiled
    schema: ClassVar[dict[str, Any]] = {
        "description": "和别的年报雷同的文字",
        "type": "object",
        "required": ["sections", "least", "share", "own", "passage", "common"],
        "additionalProperties": False,
        "properties": {
            "sections": {
                "description": "比较哪些部分",
                "type": "array",
                "minItems": 1,
                "items": {"type": "string", "format": "section-id"},
            },
            "unless": {"description": "这些文字不算", **PATTERNS},
            "least": {"description": "一个部分至少有多少字才比较", "type": "integer", "minimum": 30},
            "share": {"description": "有百分之多少和别的机关的年报一样算雷同", **_PERCENT},
            "own": {"description": "有百分之多少和本机关以前的年报一样算雷同", **_PERCENT},
            "passage": {
                "description": "连着多少字一样才算，中间改了个别字的也算连着；整个部分没有这么长的，八成就算",
                "type": "integer",
                "minimum": 16,
            },
            "common": {"description": "超过多少个机关都有的话算套话，不算谁抄谁", "type": "integer", "minimum": 2},
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options, patterns prepared; raises UserError for a section that no form has."""
        known_sections(options["sections"], context)
        return {**options, "unless": prepared(options.get("unless", ()))}

    def collect(self, rule: Rule, report: Report) -> Any:
        """Returns the fingerprints of the sections that are long enough; None if none is."""
        texts = []
        for key in rule.options["sections"]:
            if key in report.sections:
                counted = _Counted(report.prose(key), rule.options["unless"])
                if counted.length >= rule.options["least"]:
                    texts.append(_kept(key, counted, report))
        return tuple(texts) or None

    def conclude(self, rule: Rule, kept: Sequence[Kept]) -> Mapping[str, Any]:
        """Returns by path the sections that are copies, plain; earlier years come first, then paths."""
        texts = [(one, _Text(*data)) for one in kept for data in one.data]
        if len({(one.agency, one.year) for one in kept}) < 2:
            return {}
        prints = [text.prints for _, text in texts]
        origins = Origins(prints, [one.agency for one, _ in texts], rule.options["common"])
        before = {(one.agency, one.year, text.section): number for number, (one, text) in enumerate(texts)}
        found: dict[str, list[_Copy]] = {one.path: [] for one in kept}
        for number, (one, text) in enumerate(texts):
            likely = dict.fromkeys(origins.likely(number))
            last = before.get((one.agency, one.year - 1, text.section))
            if last is not None:
                likely.setdefault(last)
            copies = [
                copy
                for other in likely
                if (texts[other][0].agency, texts[other][0].year) != (one.agency, one.year)
                and (copy := _likeness(rule, texts[number], texts[other], origins))
            ]
            if copies:
                found[one.path].append(max(copies, key=lambda copy: (copy.share, copy.own, copy.path)))
        return {path: tuple(map(tuple, copies)) for path, copies in found.items()}

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict: one finding a section, `own` where it is the agency's own earlier text."""
        if rule.code not in report.concluded:
            return not_applicable(*NOT_COMPARED)
        copies = [_Copy(*one) for one in report.concluded[rule.code]]
        return judged([_finding(one, rule, report) for one in copies if one.section in report.sections])

    def by_numbers(self, rule: Rule, report: Numbers) -> Verdict | None:
        """Returns the same if no section is a copy."""
        if rule.code not in report.concluded:
            return not_applicable(*NOT_COMPARED)
        return None if report.concluded[rule.code] else judged([])


class _Counted:
    """The text of a section as it is compared, and the way back."""

    def __init__(self, prose: Squeezed, unless: Patterns):
        """Takes the prose; what the patterns find does not count, and each number is one character."""
        self._prose = prose
        pieces: list[str] = []
        self._places: list[tuple[int, int]] = []
        length = gaps = 0
        for start, end, text in _pieces(prose.text, unless):
            self._places.append((length, start))
            pieces.append(text or prose.text[start:end])
            length += len(pieces[-1])
            gaps += text == GAP
        self.text = "".join(pieces)
        self.length = length - gaps
        """Characters that count."""

    def span(self, start: int, end: int) -> Span:
        """Returns where in the source a part of the text stands."""
        return Span(*self._prose.span(self._place(start), self._place(end - 1) + 1))

    def _place(self, at: int) -> int:
        here, there = self._places[bisect_right(self._places, (at, 1 << 60)) - 1]
        return there + at - here


def _pieces(text: str, unless: Patterns) -> Iterator[tuple[int, int, str]]:
    """Yields stretches of a text with what stands for each, empty if it stands for itself."""
    at = 0
    for match in expressions(unless).find(text):
        yield from _with_numbers(text, at, match.start())
        yield match.start(), match.end(), GAP
        at = match.end()
    yield from _with_numbers(text, at, len(text))


def _with_numbers(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for match in _NUMBER.finditer(text, start, end):
        if match.start() > start:
            yield start, match.start(), ""
        yield match.start(), match.end(), "0"
        start = match.end()
    if end > start:
        yield start, end, ""


def _kept(section: str, counted: _Counted, report: Report) -> tuple[Any, ...]:
    prints = fingerprints(counted.text)
    position = report.document.source.position
    starts: list[int] = []
    lines: list[int] = []
    for _, at in prints.each():
        line = position(counted.span(at, at + 1).start).line
        if not lines or lines[-1] != line:
            starts.append(at)
            lines.append(line)
    return (section, counted.length, *prints, tuple(starts), tuple(lines))


def _likeness(rule: Rule, own: tuple[Kept, _Text], other: tuple[Kept, _Text], origins: Origins) -> _Copy | None:
    """Returns what a text has of another one: most of it, or much that is not stock."""
    whole = _copy(rule, own, other, origins.common)
    if whole is None or whole.share >= rule.options["own"] or not origins.stock:
        return whole
    return _copy(rule, own, other, origins.common | origins.stock)


def _copy(rule: Rule, own: tuple[Kept, _Text], other: tuple[Kept, _Text], common: set[int]) -> _Copy | None:
    (here, text), (there, source) = own, other
    # A short section is a passage as a whole.
    shortest = min(rule.options["passage"], text.length * _WHOLE // _ALL)
    found = [
        passage
        for passage in passages(text.prints, source.prints, common, shortest)
        if covered(passage.runs) * _ALL >= (passage.end - passage.start) * _DENSE
    ]
    shared = [run for passage in found for run in passage.runs]
    size, least = covered(shared), rule.options["own" if here.agency == there.agency else "share"]
    # What is nobody's counts neither for nor against.
    counted = text.length - covered((*shared, *grams_of(text.prints, common))) + size
    share = size * _ALL // counted if counted else 0
    if share < least or size * _ALL < rule.options["least"] * least:
        return None
    longest = max(found, key=lambda passage: passage.end - passage.start)
    place = (there.path, source.line(longest.runs[0].other), there.agency, there.year)
    return _Copy(text.section, min(share, _ALL), longest.start, longest.end, *place, own=here.agency == there.agency)


def _sentences(text: str, start: int, end: int) -> tuple[int, int]:
    """Returns a passage with the rest of the sentences in which it begins and ends."""
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    last = min((at for mark in _ENDS if (at := text.find(mark, end - 1)) >= 0), default=len(text) - 1)
    return first, last + 1


def _finding(one: _Copy, rule: Rule, report: Report) -> Finding:
    counted = _Counted(report.prose(one.section), rule.options["unless"])
    section = report.sections[one.section]
    span, passage = section.span, ""
    if one.end <= len(counted.text):  # else the file is another one by now
        span = counted.span(*_sentences(counted.text, one.start, one.end))
        passage = squeeze(report.document.source.text[slice(*counted.span(one.start, one.end))])
    return Finding(
        span,
        {
            "section": section_words(section.form),
            "share": str(one.share),
            "passage": passage if len(passage) <= _SHOWN else f"{passage[:_SHOWN]}……",
            "year": str(one.year),
            "agency": one.agency,
            "path": f"{one.path}:{one.line}",
        },
        "own" if one.own else None,
    )
