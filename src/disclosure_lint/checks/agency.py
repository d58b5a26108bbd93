"""Kind `agency`: another agency's name in the signature or in the text, mostly left from a copied report."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple, TypedDict

from disclosure_lint.checks.expressions import Patterns, expressions, prepared
from disclosure_lint.checks.options import PATTERNS, demand_groups
from disclosure_lint.checks.prose import is_quoted, paragraphs, sentences_for, signature
from disclosure_lint.checks.wording import judged, not_applicable
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.diagnostic import Finding, LocalizedText, Related, Verdict
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span

_MOST_PLACES = 20
_ENOUGH = 2
"""Places that name one other agency show that the title's is wrong."""
_TITLE = LocalizedText("标题里的名称", "the name in the title")


class _KindOfAgency(TypedDict):
    name: Patterns
    foreign: Patterns


class _Compiled(TypedDict):
    kinds: list[_KindOfAgency]
    subjects: Patterns
    unless: Patterns


class AgencyCheck:
    """Options: `kinds` of agencies; `subjects`, how sentences name who reports, as a group `agency`; `unless`, names of
    nobody.

    A kind has `name`, which finds the agency's own name as a group `own` (without the county before it), and `foreign`,
    words by which no agency of that kind speaks of itself (我局). The first kind whose `name` matches the title's
    agency is taken; only names of that kind are compared with it.
    """

    kind = "agency"
    compiled_type: ClassVar[Any] = _Compiled
    schema: ClassVar[dict[str, Any]] = {
        "description": "落款和正文里别的机关的名称",
        "type": "object",
        "required": ["kinds"],
        "additionalProperties": False,
        "properties": {
            "kinds": {
                "description": "各种机关",
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["name"],
                    "additionalProperties": False,
                    "properties": {
                        "name": {"description": "怎样认出机关的名称，用 own 标出不带县名的部分", **PATTERNS},
                        "foreign": {"description": "这种机关不会用来自称的字样", **PATTERNS},
                    },
                },
            },
            "subjects": {"description": "句子怎样说是谁的报告，用 agency 标出", **PATTERNS},
            "unless": {"description": "在这些文字里的不算", **PATTERNS},
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options, patterns prepared; raises UserError for one that lacks its group."""
        for pattern in options.get("subjects", ()):
            demand_groups(pattern, "agency")
        for kind in options["kinds"]:
            for pattern in kind["name"]:
                demand_groups(pattern, "own")
        kinds = [{key: prepared(kind.get(key, ())) for key in ("name", "foreign")} for kind in options["kinds"]]
        rest = {key: prepared(options.get(key, ())) for key in ("subjects", "unless")}
        return {"kinds": kinds, **rest}

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict: `signature`, `title`, `word` for a word like 我局, else a name in the text."""
        if report.agency is None:
            return not_applicable("不知道是哪个机关的报告", "it is not known whose report it is")
        names = _Names(rule.options, report, squeeze(report.agency))
        return judged([*names.others(), *names.foreign_words()])


class _Other(NamedTuple):
    """A name that is not the title's."""

    name: str
    span: Span
    variant: str | None


class _Names:
    """The names of agencies in a report."""

    def __init__(self, options: dict[str, Any], report: Report, agency: str):
        self._options = options
        self._report = report
        self._agency = agency
        self._kind: _KindOfAgency | None = None
        self._own = ""
        for kind in options["kinds"]:
            if not self._own and (own := _own(kind, agency)):
                self._kind, self._own = kind, own

    def others(self) -> Iterator[Finding]:
        """Yields the title's name if the text has another one throughout, else each other name."""
        others = [*self._in_text(), *self._signed()]
        title = self._report.title
        names = {one.name for one in others}
        if title and len(others) >= _ENOUGH and len(names) == 1 and not self._is_named():
            here = LocalizedText("这里是另一个", "another one here")
            related = tuple(Related(one.span, here) for one in others[:_MOST_PLACES])
            yield Finding(self._place_in_title(title.span), self._values(others[0].name), "title", related)
            return
        for one in others:
            in_title = (Related(self._place_in_title(title.span), _TITLE),) if title else ()
            yield Finding(one.span, self._values(one.name), one.variant, in_title)

    def foreign_words(self) -> Iterator[Finding]:
        """Yields the first of each word by which no such agency speaks of itself, with the other places."""
        found: dict[str, list[Span]] = {}
        if self._kind is None:
            return
        for sentence, words in sentences_for(self._kind["foreign"], self._report):
            for match in words.find(sentence.text):
                if not is_quoted(sentence.text, match.start()):
                    found.setdefault(match.group(), []).append(sentence.span(*match.span()))
        here = LocalizedText("这里也是", "here too")
        for word, (first, *more) in found.items():
            yield Finding(first, self._values(word), "word", tuple(Related(span, here) for span in more[:_MOST_PLACES]))

    def _values(self, name: str) -> dict[str, str | LocalizedText]:
        return {"found": name, "expected": self._agency}

    def _in_text(self) -> Iterator[_Other]:
        if self._kind is None:
            return
        for sentence, subjects in sentences_for(self._options["subjects"], self._report):
            found = {match.span("agency"): match for one in subjects for match in one.finditer(sentence.text)}
            for _, match in sorted(found.items()):
                own = _own_match(self._kind, match["agency"])
                if own and self._is_other(own["own"]) and not is_quoted(sentence.text, match.start("agency")):
                    start = match.start("agency")
                    yield _Other(own["own"], sentence.span(start + own.start("own"), start + own.end("own")), None)

    def _signed(self) -> Iterator[_Other]:
        signed = signature(self._report)
        if self._kind is None or signed is None or signed.agency is None or signed.agency_span is None:
            return
        own = _own(self._kind, signed.agency)
        if own and self._is_other(own):
            yield _Other(own, signed.agency_span, "signature")

    def _is_other(self, name: str) -> bool:
        """Says whether a name is surely not the title's: neither is a part or a short form of the other."""
        if expressions(self._options["unless"]).match_in(name):
            return False
        one, other = _stem(name), _stem(self._own)
        return not (_is_short_for(one, other) or _is_short_for(other, one) or one in self._agency)

    def _is_named(self) -> bool:
        """Says whether the text has the title's name anywhere."""
        return any(self._own in paragraph.text for paragraph in paragraphs(self._report))

    def _place_in_title(self, title: Span) -> Span:
        folded = self._report.document.source.folded
        at = folded.find(self._own, *title)
        return Span(at, at + len(self._own)) if at >= 0 else title


def _own(kind: _KindOfAgency, agency: str) -> str:
    match = _own_match(kind, agency)
    return match["own"] if match else ""


def _own_match(kind: _KindOfAgency, agency: str) -> "re.Match[str] | None":
    return next(expressions(kind["name"]).find(agency), None)


def _stem(name: str) -> str:
    """Returns a name without what kind of agency it is."""
    return re.sub(r"(?:委员会|办公室|街道|[镇乡局委厅办省市县区旗州盟])$", "", name) or name


def _is_short_for(short: str, name: str) -> bool:
    """Says whether a name has all the characters of a short form, in order: 发改 of 发展和改革."""
    rest = iter(name)
    return all(char in rest for char in short)
