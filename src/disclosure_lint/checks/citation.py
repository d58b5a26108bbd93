"""Kind `citation`: laws and documents cited by a wrong name or number, or that do not apply in the report's year."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple, TypedDict

from disclosure_lint.checks.expressions import Expression, Patterns, expressions, prepared
from disclosure_lint.checks.options import PATTERNS
from disclosure_lint.checks.prose import Sentence, sentences
from disclosure_lint.checks.spelling import distance
from disclosure_lint.checks.wording import judged
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.diagnostic import Finding, Verdict
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule

_NUMBER = Expression(
    r"(?P<code>[\u4e00-\u9fff]{1,12})[〔\[（【](?P<year>20\d\d)[〕\]）】]第?0{0,2}(?P<serial>\d{1,4})号"
    r"|国(?:务院)?令（?第?(?P<order>\d{1,4})号|国务院第(?P<other_order>\d{1,4})号令",
    [["号"], ["20", "国"]],
)
_ORDER = "国令"
"""What stands for 国务院令, in all the ways to write it."""
_BRACKET = r"（[^（）《》]{0,8}$"
"""What stands before a number in brackets behind a name."""
_LONGEST_NAME = 150
_LEAST = 10
"""Characters of a name that may be taken for another one, slightly wrong."""
_MOST_WRONG, _MOST_WRONG_OF_STATE = 2, 3
_STATE = "中华人民共和国"
_LOCAL = r".{1,10}?(?:[省市县区州盟旗镇乡]|自治)"
_CENTRAL = ("国办", "国令", "国发", "国函")
_MARKS = lazy_re_compile("[《》“”]")


class _Paper(TypedDict):
    names: list[str]
    number: tuple[str, int, int] | None
    written: str
    since: int | None
    until: int | None
    replaced_by: str


class _Compiled(TypedDict):
    papers: list[_Paper]
    unless: Patterns


class CitationCheck:
    """Options: `papers`, each with `names`, and perhaps `number`, `since` and `until`, the first and last year of the
    reports that may cite it, and `replaced_by`; `unless`: sentences that speak of an earlier paper on purpose.

    What is not among the papers is never judged; `国令711号` stands for every way to write an order of 国务院.
    """

    kind = "citation"
    compiled_type: ClassVar[Any] = _Compiled
    schema: ClassVar[dict[str, Any]] = {
        "description": "引用的法律和文件，名称、文号、年份对不对",
        "type": "object",
        "required": ["papers"],
        "additionalProperties": False,
        "properties": {
            "papers": {
                "description": "会引用的文件",
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["names"],
                    "additionalProperties": False,
                    "properties": {
                        "names": {
                            "description": "名称，第一个是全称",
                            "type": "array",
                            "items": {"type": "string", "minLength": 2},
                            "minItems": 1,
                        },
                        "number": {"description": "文号", "type": "string", "minLength": 3},
                        "since": {
                            "description": "从哪个年度的报告起可以引用",
                            "type": "integer",
                            "minimum": 1949,
                            "maximum": 2100,
                        },
                        "until": {
                            "description": "到哪个年度的报告为止",
                            "type": "integer",
                            "minimum": 1949,
                            "maximum": 2100,
                        },
                        "replaced_by": {"description": "后来由哪个文件代替", "type": "string", "minLength": 2},
                    },
                },
            },
            "unless": {"description": "在这些文字里的不算", **PATTERNS},
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options with numbers taken apart; raises UserError for one that is none."""
        return {"papers": list(map(_compiled, options["papers"])), "unless": prepared(options.get("unless", ()))}

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict: `number`, `name`, `replaced` or `later` for each citation that is wrong."""
        reading = _Reading(rule.options, report)
        return judged([finding for sentence in sentences(report) for finding in reading.findings(sentence)])


def _compiled(paper: dict[str, Any]) -> _Paper:
    text = paper.get("number", "")
    match = _NUMBER.fullmatch(squeeze(text))
    if text and match is None:
        raise UserError(
            f"文号 {text} 要写成 国办函〔2020〕109号 或 国令711号 这样",
            en=f"a number is written like 国办函〔2020〕109号 or 国令711号: {text}",
        )
    return {
        "names": [_plain(squeeze(name)) for name in paper["names"]],
        "number": _key(match) if match else None,
        "written": text,
        "since": paper.get("since"),
        "until": paper.get("until"),
        "replaced_by": paper.get("replaced_by", ""),
    }


def _plain(name: str) -> str:
    """Returns a name without book marks: those of another name within it are often left out."""
    return _MARKS.sub("", name)


def _key(match: re.Match[str]) -> tuple[str, int, int]:
    if match["code"] is None:
        return _ORDER, 0, int(match["order"] or match["other_order"])
    return match["code"], int(match["year"]), int(match["serial"])


class _Number(NamedTuple):
    """A document number in a sentence."""

    start: int
    end: int
    key: tuple[str, int, int]
    paper: _Paper | None
    """Whose it is, if that is known."""


class _Reading:
    """Citations, compared with the papers that are known."""

    def __init__(self, options: dict[str, Any], report: Report):
        self._papers: list[_Paper] = options["papers"]
        self._unless = expressions(options["unless"])
        self._year = report.year
        self._names = {name for paper in self._papers for name in paper["names"]}
        # Other offices give their notices nearly the same names.
        self._spelt = sorted(name for name in self._names if not name.endswith("通知") or name.startswith("国务院"))

    def findings(self, sentence: Sentence) -> Iterator[Finding]:
        """Yields what is wrong in a sentence."""
        text = sentence.text
        numbers = [self._number(match) for match in _NUMBER.finditer(text)] if "号" in text else []
        cited = {number.paper["written"] for number in numbers if number.paper}
        about_past = bool(numbers) and any(one.matches_in(text) for one in self._unless)
        for number in numbers:
            if wrong := self._of_another(text, number):
                values = {"text": text[number.start : number.end], "name": wrong[0], "expected": wrong[1]["written"]}
                yield Finding(sentence.span(number.start, number.end), dict(values), "number")
            elif number.paper and not about_past:
                yield from self._out_of_time(sentence, number, cited)
        for start, end in _titles(text) if "《" in text else ():
            if right := self._misspelt(_plain(text[start:end])):
                yield Finding(sentence.span(start, end), {"text": text[start:end], "expected": right}, "name")

    def _number(self, match: re.Match[str]) -> _Number:
        code, year, serial = _key(match)
        for paper in self._papers:
            known = paper["number"]
            if known and known[1:] == (year, serial) and code.endswith(known[0]):
                # What stands before the code belongs to the sentence.
                spare = 0 if match["code"] is None else len(code) - len(known[0])
                return _Number(match.start() + spare, match.end(), known, paper)
        return _Number(match.start(), match.end(), (code, year, serial), None)

    def _of_another(self, text: str, number: _Number) -> tuple[str, _Paper] | None:
        """Returns the name before a number and the paper that bears it, if the number is not that paper's."""
        before = text[max(0, number.start - _LONGEST_NAME) : number.start]
        match = re.search(_BRACKET, before)
        name = self._named(before[: match.start()]) if match else None
        bearers = [paper for paper in self._papers if paper["number"] and name in paper["names"]]
        if name is None or not bearers or number.paper in bearers:
            return None
        # An office that hands a paper on gives it a number of its own.
        if number.paper is None and not number.key[0].startswith(_CENTRAL):
            return None
        return name, next((one for one in bearers if self._applies(one)), bearers[0])

    def _named(self, before: str) -> str | None:
        """Returns the name of a paper with which a text ends, in book marks or without."""
        if before.endswith("》"):
            return next((_plain(before[start:end]) for start, end in _titles(before) if end == len(before) - 1), None)
        return next((name for name in self._names if before.endswith(name)), None)

    def _applies(self, paper: _Paper) -> bool:
        year = self._year
        return year is None or (paper["since"] or year) <= year <= (paper["until"] or year)

    def _out_of_time(self, sentence: Sentence, number: _Number, cited: set[str]) -> Iterator[Finding]:
        paper, year = number.paper, self._year
        if paper is None or year is None or self._applies(paper):
            return
        values = {
            "text": sentence.text[number.start : number.end],
            "year": str(year),
            "expected": paper["replaced_by"],
        }
        if paper["until"] is None or year <= paper["until"]:
            yield Finding(sentence.span(number.start, number.end), dict(values), "later")
        elif paper["replaced_by"] not in cited:
            yield Finding(sentence.span(number.start, number.end), dict(values), "replaced")

    def _misspelt(self, title: str) -> str | None:
        """Returns the name that a title is nearly; None if it is one that is known, or may be another paper's."""
        if len(title) < _LEAST or title in self._names:
            return None
        most = _MOST_WRONG_OF_STATE if title.startswith(_STATE) else _MOST_WRONG
        local = re.match(_LOCAL, title)
        place = local.group() if local else ""
        near = (name for name in self._spelt if name.startswith(place) and distance(title, name, most) <= most)
        return next(near, None)


def _titles(text: str) -> Iterator[tuple[int, int]]:
    """Yields what stands between book marks, the outermost, without them."""
    depth = start = 0
    for match in re.finditer("[《》]", text):
        if match.group() == "《":
            start = match.end() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0 and match.start() > start:
                yield start, match.start()
