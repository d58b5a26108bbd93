"""Kind `division`: counties, districts and cities named by a name that they no longer bear."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Literal, TypedDict

from disclosure_lint.checks.prose import is_quoted
from disclosure_lint.checks.wording import judged
from disclosure_lint.divisions.abolished import Abolished, AbolishedNames, abolished_names
from disclosure_lint.divisions.boundaries import begins_after, ends_before, follows_one_of, stands_alone
from disclosure_lint.model.diagnostic import Finding, LocalizedText, Related, Verdict
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span

# Expressions are compiled when first used: few reports hold an old name.
_SENTENCE_END = r"[。；！？]"
_LONGEST_SENTENCE = 80
_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_PAST = (
    r"原(?![则因创料])|曾|旧|撤(?:销|县|市|区|并)|(?<!建)设[区市]|改(?:称|名|设|为|制)|更名|合并|并入|划[归入出]|区划"
    r"|前身|历史|时期|年代|过去|昔|沿革|建县|革命|解放|战役|起义|遗址|故居|非遗|非物质文化|民国|清代|明代|古代"
)
# Schools, firms and the like keep their names.
_KEEPS_ITS_NAME = (
    r"[^，。；：、（）]{0,16}?(?:公司|集团|银行|信用|联社|合作社|商会|协会|学校|[中小]学|高中|幼儿园|医院|志(?!愿)|年鉴"
    r"|纪念馆|大桥|水库|林场|农场|高速|铁路)"
)
_EXPLAINED = r"（(?:现|今|已|即|后)"


def is_about_the_past(text: str, start: int, end: int, year: int, new_names: Iterable[str]) -> bool:
    """Returns True if a name in squeezed text may be an old one there, abolished in that year.

    So it is in a sentence with a word or a year of the past, in a title or quotation, in the name of what keeps its
    name, and where the new name follows in brackets.
    """
    first, last = max(0, start - _LONGEST_SENTENCE), end + _LONGEST_SENTENCE
    before, after = re.split(_SENTENCE_END, text[first:start])[-1], re.split(_SENTENCE_END, text[end:last])[0]
    sentence = f"{before} {after}"
    return (
        re.search(_PAST, sentence) is not None
        or any(int(number) <= year for number in re.findall(_YEAR, sentence))
        or re.match(_EXPLAINED, after) is not None
        or re.match(_KEEPS_ITS_NAME, after) is not None
        or any(after.startswith(f"（{name}") for name in new_names)
        or is_quoted(text, start)
    )


_FIRST_REPORTS = 2008
_MOST_PLACES = 11
_LAST_CHARACTERS = "县市区旗州盟"


class _Compiled(TypedDict):
    find: Literal["renamed"]
    since: int


class DivisionCheck:
    """Options: `find`, what is wrong; `since`, the first year of abolition that counts (2008 if absent)."""

    kind = "division"
    compiled_type: ClassVar[Any] = _Compiled
    schema: ClassVar[dict[str, Any]] = {
        "description": "已经撤销、改名的县市区",
        "type": "object",
        "required": ["find"],
        "additionalProperties": False,
        "properties": {
            "find": {"description": "查什么错", "enum": ["renamed"]},
            "since": {
                "description": "从哪一年的撤销查起；不写就是 2008",
                "type": "integer",
                "minimum": 1990,
                "maximum": 2100,
            },
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options; names from before the first reports are only looked for if `since` says so."""
        return {"since": _FIRST_REPORTS, **options}

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict: one finding for each old name, at the first place that names it as if it still were."""
        if report.year is None:
            return Verdict(
                "undetermined", (), LocalizedText("不知道是哪一年度的报告", "the report's year is not known")
            )
        names = abolished_names(rule.options["since"])
        search = _Search(report, report.year, names)
        return judged([_finding(search, meant, spans) for meant, spans in search.found().values()])


class _Search:
    """The old names in a report, as they are in a year."""

    def __init__(self, report: Report, year: int, names: AbolishedNames):
        self.year = year
        self.names = names
        self._report = report
        self._prose = report.prose()
        self._text = self._prose.text
        self._bearers: dict[str, tuple[Abolished, ...]] = {}
        self._new_names: dict[str, list[str]] = {}

    def found(self) -> dict[str, tuple[Abolished, list[Span]]]:
        """Returns what is named by an old name, by its code, with the first places where it is."""
        found: dict[str, tuple[Abolished, list[Span]]] = {}
        for start, end in self._candidates():
            meant = self._meant(start, end)
            if meant is None:
                continue
            _, spans = found.setdefault(meant.division.code, (meant, []))
            if len(spans) < _MOST_PLACES and not self._may_be_old(start, end, meant):
                spans.append(Span(*self._prose.span(start, end)))
        return {code: (meant, spans) for code, (meant, spans) in found.items() if spans}

    def _candidates(self) -> Iterator[tuple[int, int]]:
        text, names = self._text, self.names
        for end in sorted(end for char in _LAST_CHARACTERS for end in _ends(text, char)):
            for length in names.lengths:
                if text[end - length : end] in names:
                    yield end - length, end
                    break

    def _meant(self, start: int, end: int) -> Abolished | None:
        """Returns what a name stands for there, None if it may be something else."""
        name = self._text[start:end]
        if name not in self._bearers:
            self._bearers[name] = self.names.of(name, self.year)
        bearers = self._bearers[name]
        # 毕节地区 is still a way to speak of the land around 毕节.
        if not bearers or name.endswith("地区") or not ends_before(self._text, end):
            return None
        for one in bearers:
            if follows_one_of(self._text, start, one.parents):
                return one
        return bearers[0] if len(bearers) == 1 and self._stands_alone(bearers[0], start) else None

    def _stands_alone(self, meant: Abolished, start: int) -> bool:
        if not stands_alone(meant.division.name):
            return False
        return self._is_at_home(meant) or begins_after(self._text, start) or self._begins_paragraph(start)

    def _is_at_home(self, meant: Abolished) -> bool:
        """Says whether the report has the new name too: then the old one is not likely to be a part of another word."""
        name = meant.division.name
        if name not in self._new_names:
            successors = self.names.successors(meant, self.year)
            self._new_names[name] = [one.name for one in successors if one.name in self._text]
        # 江都市: 都市 is a word by itself.
        return bool(self._new_names[name]) and not name.endswith("都市")

    def _begins_paragraph(self, start: int) -> bool:
        here, before = self._prose.source(start), self._prose.source(start - 1) + 1
        title = self._report.title
        between = self._report.document.source.text[before:here]
        return between.count("\n") > 1 or (title is not None and title.span.start == here)

    def _may_be_old(self, start: int, end: int, meant: Abolished) -> bool:
        return is_about_the_past(self._text, start, end, meant.year, [one.name for one in meant.successors])


def _finding(search: _Search, meant: Abolished, spans: list[Span]) -> Finding:
    successors = search.names.successors(meant, search.year)
    here = LocalizedText("这里也是", "here too")
    return Finding(
        spans[0],
        {
            "name": meant.division.name,
            "year": str(meant.year),
            "successor": LocalizedText(
                "、".join(one.name for one in successors), ", ".join(one.name for one in successors)
            ),
        },
        variant="gone" if not successors else "merged" if meant.relation == "merged" else None,
        related=tuple(Related(span, here) for span in spans[1:]),
    )


def _ends(text: str, char: str) -> Iterator[int]:
    """Yields the offsets after each place of a character."""
    end = text.find(char) + 1
    while end:
        yield end
        end = text.find(char, end) + 1
