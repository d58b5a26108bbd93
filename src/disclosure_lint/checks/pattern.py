"""Kind `pattern`: words that must not stand in the text, or that must, with the right numbers in them."""

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, ClassVar, TypedDict

from disclosure_lint.checks.expressions import Patterns, Stretches, expressions, prepared
from disclosure_lint.checks.fixes import sentence_fix
from disclosure_lint.checks.options import PATTERNS, known_sections
from disclosure_lint.checks.prose import blocks_outside_tables
from disclosure_lint.checks.wording import judged, not_applicable, top
from disclosure_lint.model.characters import Squeezed, squeeze
from disclosure_lint.model.diagnostic import Edit, Finding, Fix, LocalizedText, Related, Verdict
from disclosure_lint.model.document import Heading, Table
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span

_LISTS = ("forbid", "spaced", "written", "unended", "unless", "require")
_MOST_PLACES = 20
_INNER_MARKS, _LEAST, _SHOWN, _FIRST = "，。；", 15, 8, 12
"""Marks and characters that a paragraph has that is no heading; how many of its last are shown, of the next's asked."""


class _Options(TypedDict, total=False):
    spaced: Patterns
    written: Patterns
    unended: Patterns
    notices: list[str]
    unless: Patterns
    expect: dict[str, str]
    section: str
    instead: str
    safe: bool
    sentence: str


class _Forbidding(_Options):
    forbid: Patterns


class _Requiring(_Options):
    require: Patterns


class PatternCheck:
    """Options: `forbid` with `unless`, or `require` with `expect`; `section`, where (everywhere if absent).

    `spaced`: what is forbidden too, in each paragraph with the spaces that it has. `written`: the same, in the
    characters that it has, full-width and half-width ones being different. Either may stand without `forbid`.
    `unended`: how the next paragraph begins for one before it that has no mark at its end to be forbidden; a heading
    is such a beginning too.
    `notices`: what a reader may notice and the rule reports, each by the variant of that name: one finding for all
    places.
    `instead`: what a fix writes for a forbidden text; the fix is safe only if the rule says so with `safe`.
    `sentence`: what a fix puts into the `section` that lacks what is required, and an empty report has from the start;
    `{year}` in it is the report's year.
    """

    kind = "pattern"
    compiled_type: ClassVar[Any] = _Forbidding | _Requiring | _Options
    schema: ClassVar[dict[str, Any]] = {
        "description": "文字里不该有什么，或者应当有什么",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "forbid": {"description": "不该有的文字", **PATTERNS},
            "spaced": {"description": "不该有的文字，连同其中的空格一起看", **PATTERNS},
            "written": {"description": "不该有的文字，连同空格和全角半角一起看", **PATTERNS},
            "unended": {"description": "下一段这样开头（或者是标题）时，前一段末尾不该没有标点", **PATTERNS},
            "notices": {
                "description": "读文件时发现的哪些情况也算，各用同名的 variant 来说",
                "type": "array",
                "items": {"type": "string"},
                "minItems": 1,
            },
            "unless": {"description": "在这些文字里的不算", **PATTERNS},
            "require": {"description": "应当有的文字，有一种就行", **PATTERNS},
            "expect": {
                "description": "require 里各组应是什么，{year} 是报告年度",
                "type": "object",
                "additionalProperties": {"type": "string"},
            },
            "section": {"description": "只在哪一部分里找；不写就是全文", "type": "string", "format": "section-id"},
            "instead": {"description": "自动修正时改成什么", "type": "string"},
            "safe": {"description": "true：这样改一定不会错，--fix 就改", "type": "boolean"},
            "sentence": {"description": "缺少时补进哪一句，{year} 是报告年度", "type": "string", "minLength": 1},
        },
        "anyOf": [{"required": [key]} for key in ("forbid", "require", "spaced", "written", "unended")],
        "not": {"required": ["forbid", "require"]},
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options, patterns prepared; raises UserError for a section or an expression that is wrong."""
        known_sections([options["section"]] if "section" in options else [], context)
        return {key: prepared(value) if key in _LISTS else value for key, value in options.items()}

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict: one finding for each forbidden text, or one for what is required and not there."""
        section = rule.options.get("section")
        if section is not None and section not in report.sections:
            return not_applicable("报告中没有找到这一部分", "the report does not have the section")
        prose = report.prose(section)
        if "require" in rule.options:
            return _required(rule, report, prose)
        return judged(list(_forbidden(rule.options, report, prose)))


def _forbidden(options: dict[str, Any], report: Report, prose: Squeezed) -> Iterator[Finding]:
    found = list(expressions(options["forbid"]).find(prose.text)) if "forbid" in options else []
    allowed = Stretches(expressions(options["unless"]), prose.text) if found and "unless" in options else None
    places: list[Span] = []
    for match in found:
        start, end = match.span()
        if not (allowed and allowed.hold(start, end)):
            places.append(span := Span(*prose.span(start, end)))
            yield Finding(span, {"text": match.group()}, fix=_rewording(options, report, span, match.group()))
    for span in _spaced(options, report):
        if _is_free(span, places):
            insort(places, span)
            yield Finding(span, {"text": report.document.source.slice(span)})
    for span in _unended(options, report) if "unended" in options else ():
        yield Finding(span, {"text": report.document.source.slice(span)})
    for event in options.get("notices", ()):
        if noticed := _noticed(event, report, places):
            yield noticed


def _spaced(options: dict[str, Any], report: Report) -> Iterator[Span]:
    """Yields what is forbidden in paragraphs as they are; in the cells of tables spaces say nothing."""
    source, section = report.document.source, report.sections.get(options.get("section", ""))
    # A fold of each character: what is hidden in the source is white in it.
    for key, text in (("spaced", source.folded), ("written", source.text)):
        several = expressions(options.get(key, ())).possible(text)
        for start, end in _paragraphs(report) if several else ():
            if section and not section.body.start <= start < section.body.end:
                continue
            for match in several.find(text[start:end]):
                if source.folded[start + match.start()] != " " or key == "spaced":
                    yield Span(start + match.start(), start + match.end())


def _paragraphs(report: Report) -> list[Span]:
    made: list[Span] = report.texts.once(
        "blocks with spaces", lambda: [block.span for block in report.document.blocks if not isinstance(block, Table)]
    )
    return made


def _unended(options: dict[str, Any], report: Report) -> Iterator[Span]:
    """Yields the last characters of paragraphs in sections that end with no mark, where the next one is a new one."""
    folded = report.document.source.folded
    beginnings, unless = expressions(options["unended"]), expressions(options.get("unless", ()))
    headings = {section.span.start for section in report.sections.values()}
    inside = [section.body for section in report.sections.values()]
    for (block, _), (following, _) in pairwise(blocks_outside_tables(report)):
        if not any(body.start <= block.span.start < body.end for body in inside):
            continue
        if isinstance(block, (Heading, Table)) or isinstance(following, Table) or block.span.start in headings:
            continue
        paragraph, first = Squeezed(folded, [block.span]), squeeze(folded[slice(*following.span)])[:_FIRST]
        text = paragraph.text
        is_sentence = (
            len(text) >= _LEAST and any(mark in text for mark in _INNER_MARKS) and "\u4e00" <= text[-1] <= "\u9fff"
        )
        if not is_sentence or unless.match_in(text):
            continue
        is_heading = isinstance(following, Heading) or following.span.start in headings
        if is_heading or beginnings.match_in(first):
            yield Span(*paragraph.span(len(text) - _SHOWN, len(text)))


def _noticed(event: str, report: Report, places: Sequence[Span]) -> Finding | None:
    """Returns one finding for all that a reader noticed of a kind, but where something was found already."""
    left = [one for one in report.document.notices if one.event == event and _is_free(one.span, places)]
    if not left:
        return None
    first, *others = left
    here = LocalizedText("这里也是", "here too")
    values: dict[str, str | LocalizedText] = {"text": LocalizedText(first.zh, first.en), "count": str(len(left))}
    related = tuple(Related(one.span, here) for one in others[:_MOST_PLACES])
    return Finding(first.span, values, event, related, location=first.location)


def _is_free(span: Span, places: Sequence[Span]) -> bool:
    """Says whether a span shares no character with places in order, none of which shares one with another."""
    after = bisect_left(places, span)
    return all(place.end <= span.start or span.end <= place.start for place in places[max(0, after - 1) : after + 1])


def _rewording(options: dict[str, Any], report: Report, span: Span, text: str) -> Fix | None:
    """Returns the fix that writes something else; none over a line's end or where markup stands between."""
    new, source = options.get("instead"), report.document.source
    if new is None or squeeze(source.slice(span)) != text or len(source.slice(span).splitlines()) > 1:
        return None
    words = LocalizedText(f"把“{text}”改为“{new}”", f"change “{text}” to “{new}”")
    return Fix("safe" if options.get("safe") else "unsafe", (Edit(span, new),), words)


def _required(rule: Rule, report: Report, prose: Squeezed) -> Verdict:
    """One match with the expected numbers is enough; the first other one is shown if there is none.

    If it is the year that differs, that is a variant of its own: it is not known whether the title's is right.
    """
    options = rule.options
    first: Finding | None = None
    for expression in expressions(options["require"]):
        for match in expression.finditer(prose.text):
            differing = _differing(match.groupdict(), options.get("expect", {}), report)
            if not differing:
                return judged([])
            span = Span(*prose.span(*match.span()))
            if first is None or span.start < first.span.start:
                values: dict[str, str | LocalizedText] = {"text": match.group()}
                year = next((match[name] for name in differing if options["expect"][name] == "{year}"), None)
                if year is not None and "year" in rule.variants:
                    first = Finding(span, values | {"found": year, "expected": str(report.year)}, "year")
                else:
                    first = Finding(span, values, "different")
    if first is not None:
        return judged([first])
    nothing: dict[str, str | LocalizedText] = {"text": LocalizedText("", ""), "year": str(report.year or "某某")}
    return judged([Finding(top(report), nothing, "absent", fix=_sentence(options, report))])


def _sentence(options: dict[str, Any], report: Report) -> Fix | None:
    section = report.sections.get(options.get("section", ""))
    if section is None or "sentence" not in options:
        return None
    return sentence_fix(report, section, options["sentence"].replace("{year}", str(report.year or "____")))


def _differing(found: dict[str, str | None], expected: dict[str, str], report: Report) -> list[str]:
    """Returns the names of the groups that hold something else than they should."""
    differing = []
    for name, value in expected.items():
        text = found.get(name)
        if value == "{year}":
            value = str(report.year or text)
        if text is not None and text.lstrip("0") != value:
            differing.append(name)
    return differing
