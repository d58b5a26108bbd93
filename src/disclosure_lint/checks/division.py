"""Kind `division`: counties, districts and cities named by a name that they no longer bear."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar, Literal, TypedDict

from disclosure_lint.checks.expressions import Patterns, expressions, prepared
from disclosure_lint.checks.options import PATTERNS
from disclosure_lint.checks.prose import is_quoted
from disclosure_lint.checks.wording import judged
from disclosure_lint.claims.sentences import STOP_OR_SEMICOLON
from disclosure_lint.divisions.table import (
    Abolished,
    abolished_names,
    begins_after,
    ends_before,
    follows_one_of,
    stands_alone,
)
from disclosure_lint.model.diagnostic import Finding, LocalizedText, Related, Verdict
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span

_LONGEST_SENTENCE = 80
_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_FIRST_REPORTS = 2008
_MOST_PLACES = 11
_LAST_CHARACTERS = "县市区旗州盟"


class _Compiled(TypedDict):
    find: Literal["renamed"]
    since: int
    past: Patterns
    keeps: Patterns


class DivisionCheck:
    """Options: `find`, what is wrong; `since`, the first year of abolition that counts (2008 if absent).

    `past`: what a sentence has that speaks of the past, where old names are right; `keeps`: what follows an old name,
    from its beginning, where it stays, in the name of a school or with the new one in brackets.
    """

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
            "past": {"description": "句子里有这些，说的是过去的事", **PATTERNS},
            "keeps": {"description": "旧名称后面是这些，就还用旧名称", **PATTERNS},
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options; names from before the first reports are only looked for if `since` says so."""
        patterns = {key: prepared(options.get(key, ())) for key in ("past", "keeps")}
        return {"since": _FIRST_REPORTS, **options, **patterns}

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict: one finding for each old name, at the first place that names it as if it still were."""
        if report.year is None:
            return Verdict(
                "undetermined", (), LocalizedText("不知道是哪一年度的报告", "the report's year is not known")
            )
        search = _Search(rule.options, report, report.year)
        return judged([_finding(search, meant, spans) for meant, spans in search.found().values()])


class _Search:
    """The old names in a report, as they are in a year."""

    def __init__(self, options: dict[str, Any], report: Report, year: int):
        self.year = year
        self.names = abolished_names(options["since"])
        self._past, self._keeps = expressions(options["past"]), expressions(options["keeps"])
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
        """Says whether a name may be an old one there.

        So it is in a sentence with a word of the past or a year before it was abolished, in a title or quotation, in
        the name of what keeps its name, and where the new name follows in brackets.
        """
        text = self._text
        first, last = max(0, start - _LONGEST_SENTENCE), end + _LONGEST_SENTENCE
        before = STOP_OR_SEMICOLON.split(text[first:start])[-1]
        after = STOP_OR_SEMICOLON.split(text[end:last])[0]
        sentence = f"{before} {after}"
        return (
            self._past.match_in(sentence)
            or any(int(number) <= meant.year for number in re.findall(_YEAR, sentence))
            or self._keeps.match_in(after)
            or any(after.startswith(f"（{one.name}") for one in meant.successors)
            or is_quoted(text, start)
        )


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
