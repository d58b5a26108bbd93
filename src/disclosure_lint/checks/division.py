"""Kind `division`: counties, districts and cities named by a name that they no longer bear."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

from disclosure_lint.checks.wording import judged
from disclosure_lint.divisions.abolished import Abolished, AbolishedNames, abolished_names
from disclosure_lint.divisions.boundaries import begins_after, ends_before, follows_one_of, stands_alone
from disclosure_lint.model.diagnostic import Finding, Related, Verdict, Words
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span

_FIRST_REPORTS = 2008
_MAX_RELATED = 10
_LAST_CHARACTER = re.compile(r"[县市区旗州盟]")
_SENTENCE_END = re.compile(r"[。；！？]")
_LONGEST_SENTENCE = 80
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# The past, anywhere in the sentence.
_PAST = re.compile(
    r"原(?![则因创料])|曾|旧|撤(?:销|县|市|区|并)|(?<!建)设[区市]|改(?:称|名|设|为|制)|更名|合并|并入|划归|划入|划出|区划|前身|历史|时期|年代|过去|昔|沿革|建县"
    r"|革命|解放|战役|起义|遗址|故居|非遗|非物质文化|民国|清代|明代|古代"
)
# Schools, firms and the like keep their names.
_KEEPS_ITS_NAME = re.compile(
    r"[^，。；：、（）]{0,16}?(?:公司|集团|银行|信用|联社|学校|[中小]学|高中|幼儿园|医院|志(?!愿)|年鉴|纪念馆|大桥|水库|林场|农场|合作社|商会|协会|高速|铁路)"
)
_EXPLAINED = re.compile(r"（(?:现|今|已|即|后)")
_OPENING, _CLOSING = "《“「『‘", "》”」』’"
_LONGEST_QUOTATION = 60


class _Place(NamedTuple):
    start: int
    end: int
    abolished: Abolished


class DivisionCheck:
    """Options: `find`, what is wrong; `since`, the first year of abolition that counts (2008 if absent)."""

    kind = "division"
    schema: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["find"],
        "additionalProperties": False,
        "properties": {"find": {"enum": ["renamed"]}, "since": {"type": "integer", "minimum": 1990, "maximum": 2100}},
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options; names from before the first reports are only looked for if `since` says so."""
        return {"since": _FIRST_REPORTS, **options}

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict: one finding for each old name, at the first place that names it as if it still were."""
        if report.year is None:
            return Verdict("undetermined", (), Words("不知道是哪一年度的报告", "the report's year is not known"))
        names = abolished_names(rule.options["since"])
        places: dict[str, list[_Place]] = {}
        for place in _places(report, report.year, names):
            places.setdefault(place.abolished.division.code, []).append(place)
        return judged([_finding(report, report.year, names, found) for found in places.values()])


def _places(report: Report, year: int, names: AbolishedNames) -> Iterator[_Place]:
    text = report.prose().text
    for match in _LAST_CHARACTER.finditer(text):
        end = match.end()
        for length in names.lengths:
            if text[end - length : end] in names:
                place = _place(report, year, names, end - length, end)
                if place:
                    yield place
                break


def _place(report: Report, year: int, names: AbolishedNames, start: int, end: int) -> _Place | None:
    """Returns the place if that name is used there of what is no more."""
    text = report.prose().text
    name = text[start:end]
    abolished = names.of(name, year)
    # 毕节地区 is still a way to speak of the land around 毕节.
    if not abolished or name.endswith("地区") or not ends_before(text, end):
        return None
    below = [one for one in abolished if follows_one_of(text, start, one.parents)]
    meant = below[0] if below else abolished[0]
    if not below and (len(abolished) > 1 or not _stands_alone(report, names, meant, start, year)):
        return None
    return None if _is_about_the_past(text, start, end, meant) else _Place(start, end, meant)


def _stands_alone(report: Report, names: AbolishedNames, meant: Abolished, start: int, year: int) -> bool:
    text = report.prose().text
    if not stands_alone(meant.division.name):
        return False
    # In a report that also has the new name, it is not likely to be a part of some other word.
    at_home = any(successor.name in text for successor in names.successors(meant, year))
    return at_home or begins_after(text, start) or _begins_paragraph(report, start)


def _begins_paragraph(report: Report, start: int) -> bool:
    prose = report.prose()
    here, before = prose.source(start), prose.source(start - 1) + 1
    return report.document.source.text.count("\n", before, here) > 1 or (
        report.title is not None and report.title.span.start == here
    )


def _is_about_the_past(text: str, start: int, end: int, meant: Abolished) -> bool:
    first, last = max(0, start - _LONGEST_SENTENCE), min(len(text), end + _LONGEST_SENTENCE)
    for match in _SENTENCE_END.finditer(text, first, start):
        first = match.end()
    if stop := _SENTENCE_END.search(text, end, last):
        last = stop.start()
    sentence = text[first:last]
    return (
        _PAST.search(sentence) is not None
        or any(int(number) <= meant.year for number in _YEAR.findall(sentence))
        or _EXPLAINED.match(text, end) is not None
        or _KEEPS_ITS_NAME.match(text, end) is not None
        or any(text.startswith(f"（{successor.name}", end) for successor in meant.successors)
        or _is_quoted(text, start)
    )


def _is_quoted(text: str, start: int) -> bool:
    for character in reversed(text[max(0, start - _LONGEST_QUOTATION) : start]):
        if character in _CLOSING:
            return False
        if character in _OPENING:
            return True
    return False


def _finding(report: Report, year: int, names: AbolishedNames, places: list[_Place]) -> Finding:
    prose = report.prose()
    first, *others = (Span(*prose.span(place.start, place.end)) for place in places)
    abolished = places[0].abolished
    successors = names.successors(abolished, year)
    here = Words("这里也是", "here too")
    return Finding(
        first,
        {
            "name": abolished.division.name,
            "year": str(abolished.year),
            "successor": Words("、".join(one.name for one in successors), ", ".join(one.name for one in successors)),
        },
        variant=None
        if successors and abolished.relation == "renamed"
        else abolished.relation
        if successors
        else "gone",
        related=tuple(Related(span, here) for span in others[:_MAX_RELATED]),
    )
