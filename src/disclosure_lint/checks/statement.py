"""Kind `statement`: what a section must say in words."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar, Literal, TypedDict

from disclosure_lint.checks.expressions import Expressions, Patterns, expressions, prepared
from disclosure_lint.checks.fixes import sentence_fix
from disclosure_lint.checks.options import PATTERNS, demand_groups, known_sections, vocabulary_of
from disclosure_lint.checks.polarity import Polarity, find_polarities
from disclosure_lint.checks.wording import judged, lacking, listed, not_applicable, section_words
from disclosure_lint.model.diagnostic import Finding, Fix, LocalizedText, Verdict
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.report import Report, Section
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span


class _Words(TypedDict):
    zh: str
    en: str


class _Named(TypedDict):
    name: _Words
    any: Patterns


class _Aspect(_Named, total=False):
    without: Patterns


class _Options(TypedDict, total=False):
    sentence: str
    without: Patterns


class _OfAspects(_Options):
    section: str
    find: Literal["missing-aspect"]
    aspects: list[_Aspect]


class _OfWords(_Options):
    section: str
    find: Literal["silent", "unclear"]
    vocabulary: dict[str, Patterns]


class StatementCheck:
    """Options: `section`; `find`; for `missing-aspect` the `aspects`, else the `vocabulary` that tells yes from no.

    `sentence`: for `silent`, what a fix puts in, to be filled in. `without`: what is no statement, of the section or of
    one aspect: it is left out before the aspects are looked for.
    """

    kind = "statement"
    compiled_type: ClassVar[Any] = _OfAspects | _OfWords
    schema: ClassVar[dict[str, Any]] = {
        "description": "一个部分里必须说的话",
        "type": "object",
        "required": ["section", "find"],
        "additionalProperties": False,
        "properties": {
            "section": {"description": "哪一部分", "type": "string", "format": "section-id"},
            "find": {"description": "查什么错", "enum": ["missing-aspect", "silent", "unclear"]},
            "vocabulary": {"description": "用哪个词表分清有和没有", "type": "string", "format": "vocabulary-id"},
            "sentence": {"description": "没有说时补进哪一句", "type": "string", "minLength": 1},
            "without": {"description": "这些文字不算说到", **PATTERNS},
            "aspects": {
                "description": "应当说到的各个方面",
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["name", "any"],
                    "additionalProperties": False,
                    "properties": {
                        "name": {"description": "这个方面的名称", "$ref": "#/$defs/words"},
                        "any": {"description": "有一种就算说到", **PATTERNS},
                        "without": {"description": "这些文字不算说到", **PATTERNS},
                    },
                },
            },
        },
        "if": {"properties": {"find": {"const": "missing-aspect"}}},
        "then": {"required": ["aspects"]},
        "else": {"required": ["vocabulary"]},
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options with the vocabulary's patterns; raises UserError for what is unknown or wrong."""
        known_sections([options["section"]], context)
        if "vocabulary" not in options:
            return _prepared({**options, "aspects": list(map(_prepared, options["aspects"]))})
        words = vocabulary_of(options["vocabulary"], context)
        for pattern in words.get("amount", ()):
            demand_groups(pattern, "number", key="amount")
        return {**options, "vocabulary": {key: prepared(words[key]) for key in words if key != "id"}}

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict; a report without the section is not judged, since that is another rule's finding."""
        section = report.sections.get(rule.options["section"])
        if section is None:
            return not_applicable("报告中没有找到这一部分", "the report does not have the section")
        if rule.options["find"] == "missing-aspect":
            return _aspects(rule.options, report, section)
        polarities = _stances(rule.options["vocabulary"], report, section)
        values: dict[str, str | LocalizedText] = {"section": section_words(section.form)}
        if rule.options["find"] == "silent":
            place = section.text[0] if section.text else section.span
            if polarities:
                return judged([])
            return lacking([Finding(place, values, fix=_sentence(rule.options, report, section))], report)
        return _unclear(polarities, report, section, values) if polarities else judged([])


def _sentence(options: dict[str, Any], report: Report, section: Section) -> Fix | None:
    if "sentence" not in options:
        return None
    return sentence_fix(report, section, options["sentence"])


def _prepared(options: dict[str, Any]) -> dict[str, Any]:
    return {key: prepared(value) if key in ("any", "without") else value for key, value in options.items()}


def _aspects(options: dict[str, Any], report: Report, section: Section) -> Verdict:
    text = _left(report.prose(section.form.id).text, options).strip("，")
    missing = [
        LocalizedText(aspect["name"]["zh"], aspect["name"]["en"])
        for aspect in options["aspects"]
        if not _says(aspect, text)
    ]
    if not text:
        return not_applicable("这一部分没有文字", "the section has no text")
    values: dict[str, str | LocalizedText] = {"section": section_words(section.form), "aspects": listed(missing)}
    subject = tuple(aspect.zh for aspect in missing)
    return lacking([Finding(section.span, values, subject=subject)] if missing else [], report)


def _says(aspect: dict[str, Any], text: str) -> bool:
    left = _left(text, aspect)
    return expressions(aspect["any"]).match_in(left)


def _left(text: str, options: dict[str, Any]) -> str:
    """Returns a text without what says nothing."""
    parts: list[str] = []
    at = 0
    for match in expressions(options.get("without", ())).find(text):
        parts.append(text[at : match.start()])
        at = match.end()
    return "，".join([*parts, text[at:]])


def _stances(words: Mapping[str, Sequence[Any]], report: Report, section: Section) -> tuple[Polarity, ...]:
    vocabulary = tuple((key, expressions(patterns)) for key, patterns in words.items())
    return _found(report.prose(section.form.id).text, vocabulary, report.year)


@lru_cache(maxsize=4)  # several rules ask the same of one text
def _found(text: str, vocabulary: tuple[tuple[str, Expressions], ...], year: int | None) -> tuple[Polarity, ...]:
    return tuple(find_polarities(text, dict(vocabulary), year))


def _unclear(
    polarities: Sequence[Polarity], report: Report, section: Section, values: dict[str, str | LocalizedText]
) -> Verdict:
    kinds = {polarity.kind for polarity in polarities}
    charged = [polarity for polarity in polarities if polarity.kind == "positive"]
    if charged and "negative" in kinds:
        return judged([Finding(_span(charged[0], report, section), values, "both")])
    if charged and not any(polarity.amount is not None for polarity in charged):
        return judged([Finding(_span(charged[0], report, section), values, "amount")])
    return judged([])


def _span(polarity: Polarity, report: Report, section: Section) -> Span:
    return Span(*report.prose(section.form.id).span(polarity.start, polarity.end))
