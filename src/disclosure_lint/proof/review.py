"""What a careful reader would ask the author of a rule file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.characters import fold, squeeze
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.rule import Rule
from disclosure_lint.packs.texts import Example, RuleText, rule_files, rule_texts, unmark
from disclosure_lint.packs.toml_files import Keys, TomlFile
from disclosure_lint.proof.equations import equation_remarks
from disclosure_lint.proof.examples import example_report, outcome

UNWRITTEN = "请写这条惯例从何而来"
"""What `rules new` writes in the place of the source."""
_PATTERN_LISTS = ("forbid", "spaced", "unless", "require", "any", "without", "nothing")


class Question(NamedTuple):
    """Something that is hardly meant so (a warning), or that the author may want to know (info)."""

    file: str
    line: int
    severe: bool
    words: LocalizedText


class _Place(NamedTuple):
    file: TomlFile
    keys: Keys

    def question(self, zh: str, en: str, *more: str | int, severe: bool = True) -> Question:
        line = self.file.positions.key((*self.keys, *more)).line
        return Question(self.file.path, line, severe, LocalizedText(zh, en))


def review(linter: Linter, folder: Path) -> list[Question]:
    """Returns the questions about the rules of a pack that is loaded, in the order of their places."""
    rules = {rule.code: rule for rule in linter.rules}
    places = _places(folder)
    texts = {code: text for code, text in rule_texts(folder).items() if code in rules}
    found: list[Question] = []
    for code, text in texts.items():
        place = places[code]
        found += _law(place, text)
        found += _doubles(place, text.examples)
        found += _messages(place, linter, rules[code], text)
        found += _patterns(place, text.options, _words(text.examples), (text.kind,), LocalizedText(code, code))
    found += _vocabularies(folder, texts)
    for remark in equation_remarks(linter.rules, linter.forms):
        if remark.code in texts:
            found.append(places[remark.code].question(*remark.words, "equation", "formula", severe=remark.severe))
    return sorted(set(found))


def _places(folder: Path) -> dict[str, _Place]:
    return {
        rule["code"]: _Place(file, ("rule", index))
        for file in rule_files(folder)
        for index, rule in enumerate(file.data.get("rule", ()))
    }


def _law(place: _Place, text: RuleText) -> Iterator[Question]:
    for index, law in enumerate(text.law):
        if law.clause == UNWRITTEN:
            en = f"the law of {text.code} is still that of the template; say where it comes from"
            yield place.question(f"{text.code} 的依据还是样板里的话；请写明出自哪里", en, "law", index)
        if law.document != "custom" and not law.text:
            said = f"{text.code} 引了 {law.document}，没有照录原文（text）"
            en = f"{text.code} cites {law.document} without its wording (text)"
            yield place.question(said, en, "law", index, severe=False)


def _doubles(place: _Place, examples: Sequence[Example]) -> Iterator[Question]:
    seen: dict[tuple[object, ...], Example] = {}
    for index, example in enumerate(examples):
        facts = tuple(sorted((name, str(value)) for name, value in (example.facts or {}).items()))
        body = None if example.text is None else squeeze(example.text)
        about = (example.form, example.year, example.agency, example.problem, example.name)
        key = (body, facts, example.only, example.data, about, repr(example.others))
        if key in seen:
            en = f"this example of {example.code} is the same as that in line {seen[key].line}"
            yield place.question(f"{example.code} 的这个例子与第 {seen[key].line} 行的一样", en, "example", index)
        seen.setdefault(key, example)


def _messages(place: _Place, linter: Linter, rule: Rule, text: RuleText) -> Iterator[Question]:
    """Yields placeholders that the check did not fill in the examples, and variants that no example shows."""
    shown: set[str | None] = set()
    for example in text.examples:
        report = example_report(linter, rule, example)
        if report is None:
            try:
                outcome(linter, rule, example)
            except KeyError as unknown:
                name = f"{{{unknown.args[0]}}}"
                en = f"the message of {rule.code} has {name}, which the check does not fill"
                yield place.question(f"{rule.code} 的说法里有 {name}，检查不填它", en, "message")
            continue
        for finding in linter.judge(rule, report).findings:
            shown.add(finding.variant)
            try:
                rule.diagnostic(finding, "")
            except KeyError as unknown:
                name, filled = f"{{{unknown.args[0]}}}", [f"{{{name}}}" for name in finding.values]
                said = f"{rule.code} 的说法里有 {name}，检查不填它；会填的有 {'、'.join(filled) or '（没有）'}"
                en = f"the message of {rule.code} has {name}, which the check does not fill; it fills "
                variant = finding.variant if finding.variant in rule.variants else None
                keys = ("variant", variant) if variant else ("message",)
                yield place.question(said, en + (", ".join(filled) or "none"), *keys)
    for variant in rule.variants:
        if variant not in shown:
            en = f"the variant {variant} of {rule.code} has no example"
            yield place.question(f"{rule.code} 的情形 {variant} 没有例子", en, "variant", variant, severe=False)


def _words(examples: Sequence[Example]) -> list[str]:
    """Returns the texts of examples as patterns see them: whole, and each paragraph by itself, some with its spaces."""
    texts = [unmark(example.text).text for example in examples if example.text is not None]
    squeezed = [squeeze(part) for text in texts for part in (text, *text.splitlines())]
    # The kind `personal` looks at what stands around a long number, which is `#` there.
    numbers = [re.sub(r"\d{8,}", "#", part) for part in squeezed]
    return [*squeezed, *numbers, *(fold(line) for text in texts for line in text.splitlines())]


def _patterns(
    place: _Place, options: Mapping[str, Any], words: Sequence[str], keys: Keys, owner: LocalizedText
) -> Iterator[Question]:
    """Yields the patterns that match in no example; if those beside one do, it is only untried."""
    for key, value in options.items():
        if key in _PATTERN_LISTS and isinstance(value, list):
            yield from _untried(place, value, words, (*keys, key), owner)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, dict):
                    yield from _patterns(place, item, words, (*keys, key, index), owner)


def _untried(
    place: _Place, patterns: Sequence[str], words: Sequence[str], keys: Keys, owner: LocalizedText
) -> Iterator[Question]:
    dead = [number for number, pattern in enumerate(patterns) if not _matches(pattern, words)]
    for number in dead:
        pattern = patterns[number]
        shown = pattern if len(pattern) <= 40 else pattern[:40] + "…"
        said = f"{owner.zh} 的正则 “{shown}” 在例子里从来没有匹配过"
        en = f"the expression “{shown}” of {owner.en} matches in no example"
        yield place.question(said, en, *keys, number, severe=len(dead) == len(patterns) and keys[-1] != "unless")


def _matches(pattern: str, words: Sequence[str]) -> bool:
    found = re.compile(pattern)
    return any(found.search(text) for text in words)


def _vocabularies(folder: Path, texts: Mapping[str, RuleText]) -> Iterator[Question]:
    for file in rule_files(folder):
        for index, vocabulary in enumerate(file.data.get("vocabulary", ())):
            users = [text for text in texts.values() if text.options.get("vocabulary") == vocabulary["id"]]
            words = _words([example for text in users for example in text.examples])
            place = _Place(file, ("vocabulary", index))
            if not users:
                name = vocabulary["id"]
                yield place.question(f"没有规则用词表 {name}", f"no rule uses the vocabulary {name}", "id")
                continue
            for key, patterns in vocabulary.items():
                if key != "id":
                    owner = LocalizedText(f"词表 {vocabulary['id']}", f"the vocabulary {vocabulary['id']}")
                    for question in _untried(place, patterns, words, (key,), owner):
                        # Words of a kind that nobody has examples for are a wish, not a mistake.
                        yield question._replace(severe=False)
