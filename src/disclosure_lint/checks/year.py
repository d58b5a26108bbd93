"""Kind `year`: the year that title, period, text and date name must be one."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar, Literal, NamedTuple, TypedDict

from disclosure_lint.checks.expressions import Patterns, expressions, prepared
from disclosure_lint.checks.options import demand_groups, known_sections, vocabulary_of
from disclosure_lint.checks.prose import Sentence, paragraphs, signature
from disclosure_lint.checks.wording import judged
from disclosure_lint.claims.quantities import number
from disclosure_lint.model.diagnostic import Finding, LocalizedText, Related, Verdict
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span

_WITH_YEAR = ("period", "now", "lacking")
_KEYS = (*_WITH_YEAR, "unless", "past", "plan", "counted", "compared")
_BEFORE, _BEHIND = 16, 48
"""Characters around a year in which the words stand that tell what it is about."""
_TITLE = LocalizedText("标题里的年份", "the year in the title")
_AT_ONCE, _NEXT_CLAUSE = 4, 5
"""A comma so near is the one of 2023年度，; the words 而今年 show at once that a clause is about another year."""
_MARKS, _THIS_YEAR = "。；！？", ("今年", "本年")
_MOST_PLACES = 20
_ENOUGH = 2
"""Sentences that name one other year show that the title's is wrong."""
_LAST_MONTH = 10
"""A report may be signed in the last weeks of its year, not before."""
_IN_CHINESE = lazy_re_compile(r"二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_MAYBE = lazy_re_compile(r"\d\d|二[〇○零]")
"""What every sentence with a year has."""
_OF_NO_NUMBER = lazy_re_compile(r"(?<![〔\[（【])20\d\d(?![〕\]）】])")
"""A year, but not that of a document number."""
_OF_TITLE = lazy_re_compile(r"20\d\d|二[〇○零O0][〇○零O0一二三四五六七八九]{2}")
_TITLES = lazy_re_compile(r"《[^《》]*$")
_LONGEST_TITLE = 80
_LONGEST_BEFORE = 200


class _Compiled(TypedDict):
    find: Literal["mismatch", "stale"]
    vocabulary: dict[str, Patterns]
    problems: str


class YearCheck:
    """Options: `find`; `vocabulary`, the words; `problems`, the section that speaks of other years too.

    The vocabulary has patterns for single sentences, in which a year is written 2023年, whatever the text has. With a
    group `year`, and perhaps `until`: `period` (the period covered), `now` (what was done in the report's year) and
    `lacking` (the same, in the section `problems`). Around another year: `unless`, which takes it out of the reckoning,
    `past`, which does so for a year before the report's, and `plan` for one after it. A sentence that is `compared`
    with one before it is about another year; both tell how many were `counted`.
    """

    kind = "year"
    compiled_type: ClassVar[Any] = _Compiled
    schema: ClassVar[dict[str, Any]] = {
        "description": "标题、统计期限、正文和落款的年份",
        "type": "object",
        "required": ["find", "vocabulary", "problems"],
        "additionalProperties": False,
        "properties": {
            "find": {"description": "查什么错", "enum": ["mismatch", "stale"]},
            "vocabulary": {"description": "用哪个词表", "type": "string", "format": "vocabulary-id"},
            "problems": {"description": "哪一部分也会说到别的年份", "type": "string", "format": "section-id"},
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options with the vocabulary's patterns; raises UserError for what is unknown or wrong."""
        known_sections([options["problems"]], context)
        words = vocabulary_of(options["vocabulary"], context)
        for key in _WITH_YEAR:
            for pattern in words.get(key, ()):
                demand_groups(pattern, "year", key=key)
        return {
            **options,
            "vocabulary": {key: prepared(words.get(key, ())) for key in _KEYS},
        }

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict; a title that the whole text contradicts is one finding, at the title."""
        year = report.title.year if report.title and report.title.year else report.year
        if year is None:
            return judged([], LocalizedText("不知道是哪一年度的报告", "the report's year is not known"))
        years = _Years(rule.options, report, year)
        return judged(list(years.mismatches() if rule.options["find"] == "mismatch" else years.stale()))


class _Named(NamedTuple):
    """A year that the text names as that of the report."""

    year: int
    span: Span
    sentence: Sentence


class _Years:
    """The years in a report."""

    def __init__(self, options: dict[str, Any], report: Report, year: int):
        self._sentences = _with_years(report)
        self._vocabulary = options["vocabulary"]
        all_text = "\n".join([text for _, text in self._sentences])
        self._naming = {key: expressions(self._vocabulary[key]).possible(all_text) for key in _WITH_YEAR}
        self._problems = options["problems"]
        self._report = report
        self._year = year
        self._period = list(self._find("period"))
        self._now = list(self._find("now"))

    def mismatches(self) -> Iterator[Finding]:
        """Yields the title's year if all others are another one, else that of the date if it is not the title's.

        Of a period that alone names another year a rule of kind `pattern` asks which is meant.
        """
        title = self._wrong_title()
        if title is not None:
            yield title
            return
        signed = signature(self._report)
        if signed and signed.date[:2] < (self._year, _LAST_MONTH):
            yield Finding(signed.year_span, self._values(signed.date[0]), "signed", self._in_title())

    def stale(self) -> Iterator[Finding]:
        """Yields each year that a sentence about the report's year names in its place."""
        if self._wrong_title() is not None:
            return
        for one in self._now:
            if one.year != self._year:
                yield Finding(one.span, self._values(one.year), related=self._in_title())

    def _values(self, year: int) -> dict[str, str | LocalizedText]:
        return {"found": str(year), "expected": str(self._year)}

    def _wrong_title(self) -> Finding | None:
        """Returns the finding at the title if two or more places name one other year and none the title's."""
        title = self._report.title
        named = [*self._period, *self._now]
        others = {one.year for one in named}
        if title is None or title.year is None or self._year in others or len(others) != 1:
            return None
        # A period names its year twice, and that is one voice.
        if len({id(one.sentence) for one in named}) < _ENOUGH:
            return None
        (year,) = others
        places = [one.span for one in named][:_MOST_PLACES]
        here = LocalizedText(f"这里写的是 {year} 年", f"{year} here")
        related = tuple(Related(span, here) for span in sorted(places))
        return Finding(self._year_of(title.span), self._values(year), "title", related)

    def _in_title(self) -> tuple[Related, ...]:
        """Returns the year of the title as the other place: where only two differ, either may be wrong."""
        title = self._report.title
        return (Related(self._year_of(title.span), _TITLE),) if title and title.year else ()

    def _year_of(self, title: Span) -> Span:
        match = _OF_TITLE.search(self._report.document.source.folded, *title)
        return Span(*match.span()) if match else title

    def _find(self, key: str) -> Iterator[_Named]:
        for sentence, text in self._sentences:
            words = "lacking" if key == "now" and sentence.section == self._problems else key
            for match in self._naming[words].find(text):
                for name, written in match.groupdict().items():
                    if written and name in ("year", "until"):
                        year, (start, end) = int(written), match.span(name)
                        if key == "period" or year == self._year or not self._excused(sentence, text, start, end, year):
                            yield _Named(year, sentence.span(start, end), sentence)

    def _excused(self, sentence: Sentence, text: str, start: int, end: int, year: int) -> bool:
        """Says whether another year may stand there: beside the report's own, in a title, in a plan, of the past."""
        if str(self._year) in _OF_NO_NUMBER.findall(text) or self._is_beside_own(sentence):
            return True
        if _TITLES.search(text, max(0, start - _LONGEST_TITLE), start):
            return True
        around = text[max(0, start - _BEFORE) : end + _BEHIND]
        unless = expressions(self._vocabulary["unless"])
        if any(self._tells(match, year) for one in unless for match in one.finditer(around)):
            return True
        if year > self._year:
            return expressions(self._vocabulary["plan"]).match_in(around)
        clause = text[max(0, start - _BEFORE) : _end_of_clause(text, end)]
        past = expressions(self._vocabulary["past"]).match_in(clause)
        return past or self._is_compared(sentence, text[end:])

    def _is_beside_own(self, sentence: Sentence) -> bool:
        """Says whether this year is told right beside it in the same manner: 2023年收到12件；2024年收到10件."""
        text, start = sentence.paragraph.text, sentence.start
        behind = start + len(sentence.text)
        before = max((text.rfind(mark, 0, start - 1) for mark in _MARKS), default=-1) + 1
        beside = [behind] * (text[behind - 1 : behind] == "；") + [before] * (text[start - 1 : start] == "；")
        return any(text.startswith((f"{self._year}年", *_THIS_YEAR), at) for at in beside)

    def _is_compared(self, sentence: Sentence, behind: str) -> bool:
        """Says whether an earlier year is told to be compared: 全年收到4件。2023年收到9件，同比减少55.6%."""
        before = sentence.paragraph.text[max(0, sentence.start - _LONGEST_BEFORE) : sentence.start]
        compared, counted = (expressions(self._vocabulary[key]) for key in ("compared", "counted"))
        told = (match.group() for one in counted for match in one.finditer(behind))
        return compared.match_in(behind) and any(word in before for word in told)

    def _tells(self, match: "re.Match[str]", year: int) -> bool:
        """Says whether words excuse a year: a comparison only if it is with a year before that."""
        groups = match.groupdict()
        than = groups.get("than") or groups.get("then")
        return than is None or int(than) < year < self._year


def _with_years(report: Report) -> list[tuple[Sentence, str]]:
    """Returns the sentences that may name a year, each with its text in which years stand in digits."""
    made: list[tuple[Sentence, str]] = report.texts.once(
        "with years",
        lambda: [
            (one, _IN_CHINESE.sub(lambda match: str(number(match[0])), one.text))
            for paragraph in paragraphs(report)
            if _MAYBE.search(paragraph.text)
            for one in paragraph.sentences
            if _MAYBE.search(one.text)
        ],
    )
    return made


def _end_of_clause(text: str, at: int) -> int:
    """Returns where the clause ends that tells what was in a year, with what the next one begins with."""
    comma = text.find("，", at + _AT_ONCE, at + _BEHIND)
    return at + _BEHIND if comma < 0 else comma + _NEXT_CLAUSE
