"""What the words in TOML of ours may be, by the `format` that the schema gives them, each with what it stands for."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from disclosure_lint.formula.cells import scope
from disclosure_lint.formula.syntax import FormulaError
from disclosure_lint.lsp.hover import rule_text
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.form import Form
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.places import cell_words, section_words, table_words
from disclosure_lint.model.rule import Rule

_CODE = lazy_re_compile(r"^[ \t]*code[ \t]*=[ \t]*[\"']([A-Z]{2}\d{3})[\"']", re.MULTILINE)
_VOCABULARY = lazy_re_compile(
    r"^[ \t]*\[\[vocabulary\]\]\s*(?:#[^\n]*\n\s*)*id[ \t]*=[ \t]*[\"']([a-z0-9_]+)", re.MULTILINE
)
_EACH = lazy_re_compile(r"^[ \t]*each[ \t]*=[ \t]*([\"'])(?P<each>[^\n]*?)\1", re.MULTILINE)


class Choice(NamedTuple):
    """A word that may stand at a place."""

    word: str
    detail: str = ""
    """What it stands for."""
    documentation: str = ""
    """More of that, as Markdown."""


class Names:
    """The words that a file may use."""

    def __init__(
        self,
        rules: Iterable[Rule],
        forms: Sequence[Form],
        regions: Mapping[str, str],
        profiles: Mapping[str, LocalizedText],
        lang: str,
    ):
        """Takes the loaded rules and forms, and the regional packs and profiles with what they are."""
        self._rules = tuple(rules)
        self._forms = sorted(forms, key=lambda form: form.first_year, reverse=True)
        self._regions = regions
        self._profiles = profiles
        self._lang = lang

    def of(self, sort: str, text: str, table: str) -> Iterable[Choice]:
        """Returns the words of a format once each; `text` is the whole file, `table` that part with the place."""
        make = FORMATS.get(sort)
        found: dict[str, Choice] = {}
        for choice in make(self, text, table) if make else ():
            found.setdefault(choice.word, choice)
        return found.values()

    def _say(self, zh: str, en: str) -> str:
        return LocalizedText(zh, en).text(self._lang)

    def _form_or_auto(self) -> Iterator[Choice]:
        yield Choice("auto", self._say("按报告年度", "that of the report's year"))
        yield from self._form_ids()

    def _profile_ids(self) -> Iterator[Choice]:
        return (Choice(key, words.text(self._lang)) for key, words in self._profiles.items())

    def _codes(self, text: str) -> Iterator[Choice]:
        """Yields the codes of the file itself first: an example finds its own rule."""
        known = [self._rule(rule, rule.code) for rule in self._rules if not rule.event]
        own = [code for code in _CODE.findall(text) if code not in {choice.word for choice in known}]
        yield from (Choice(code) for code in own)
        yield from known

    def _codes_and_names(self) -> Iterator[Choice]:
        yield from (self._rule(rule, rule.code) for rule in self._rules)
        yield from (self._rule(rule, rule.name) for rule in self._rules)

    def _rule(self, rule: Rule, word: str) -> Choice:
        return Choice(word, rule.summary.text(self._lang), rule_text(rule, self._lang))

    def _form_ids(self) -> Iterator[Choice]:
        return (Choice(form.id, form.title) for form in self._forms)

    def _region_ids(self) -> Iterator[Choice]:
        yield Choice("auto", self._say("按机关所在地", "that of the authority's area"))
        yield Choice("none", self._say("不用", "no regional rules"))
        yield from (Choice(key, title) for key, title in self._regions.items())

    def _sections(self) -> Iterator[Choice]:
        for form in self._forms:
            yield from (Choice(one.id, section_words(one).text(self._lang)) for one in form.sections)

    def _tables(self) -> Iterator[Choice]:
        for form in self._forms:
            yield from (Choice(one.id, f"{table_words(form, one).text(self._lang)} {one.title}") for one in form.tables)

    def _cells(self) -> Iterator[Choice]:
        for form in self._forms:
            for table in form.tables:
                yield from (Choice(str(one), cell_words(form, one).text(self._lang)) for one in table.addresses())

    def _lines(self) -> Iterator[Choice]:
        for form in self._forms:
            for table in form.tables:
                name = table_words(form, table)
                yield Choice(f"{table.id}.columns", self._say(f"{name.zh}的每一列", f"each column of {name.en}"))
                yield Choice(f"{table.id}.rows", self._say(f"{name.zh}的每一行", f"each row of {name.en}"))

    def _formula(self, table: str) -> Iterator[Choice]:
        """Yields the names that stand by themselves, by the `each` beside the formula, then the whole addresses."""
        each = _EACH.search(table)
        for form in self._forms if each else ():
            try:
                lines = scope(form, each["each"] if each else None).lines
            except FormulaError:
                continue
            if lines:
                yield from (Choice(entry.id, entry.label) for entry in lines.entries)
                for group, ids in lines.groups.items():
                    yield Choice(group, self._say(f"一组，共 {len(ids)} 个", f"a group of {len(ids)}"))
        yield from self._cells()


FORMATS: Mapping[str, Callable[[Names, str, str], Iterable[Choice]]] = {
    "rule": lambda names, *_: names._codes_and_names(),
    "rule-code": lambda names, text, _: names._codes(text),
    "form": lambda names, *_: names._form_or_auto(),
    "form-id": lambda names, *_: names._form_ids(),
    "region": lambda names, *_: names._region_ids(),
    "profile": lambda names, *_: names._profile_ids(),
    "section-id": lambda names, *_: names._sections(),
    "table-id": lambda names, *_: names._tables(),
    "cell": lambda names, *_: names._cells(),
    "lines": lambda names, *_: names._lines(),
    "formula": lambda names, _, table: names._formula(table),
    "vocabulary-id": lambda _, text, __: (Choice(found) for found in _VOCABULARY.findall(text)),
}
"""What makes the words of each `format`, of the file and of that part of it with the table."""
