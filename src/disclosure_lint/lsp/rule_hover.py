"""What a place in a rule file is: an address, a name in a formula, or the code of a rule."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from disclosure_lint.checks.wording import column_words, row_words, table_words
from disclosure_lint.formula.cells import scope
from disclosure_lint.formula.names import Lines, columns, find_table, rows
from disclosure_lint.formula.syntax import FormulaError, Name, plain, tokens, unquoted
from disclosure_lint.lsp.hover import Hover
from disclosure_lint.lsp.rule_texts import code_at, rule_named, rule_text
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import Form, TableForm
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Source, Span
from disclosure_lint.packs.toml_files import Keys, TomlFile, parse_toml

_NAME = r"[^\s,\[\]\"'“”=+<>]+"
_REFERENCE = lazy_re_compile(rf"(?<!\w)(?P<table>[^\W\d]\w*)\s*\[\s*(?P<row>{_NAME})\s*,\s*(?P<column>{_NAME})\s*\]")
_FORMULAS = ("formula", "at")
"""Options in which a row or a column may stand by itself."""


class RuleBook:
    """What the names in a rule file stand for."""

    def __init__(self, rules: Iterable[Rule], forms: Sequence[Form], lang: str):
        """Takes the loaded rules and the forms that a rule may be for."""
        self._rules = tuple(rules)
        self._forms = sorted(forms, key=lambda form: form.first_year, reverse=True)
        self._lang = lang

    def hover(self, text: str, offset: int) -> Hover | None:
        """Returns what stands at an offset of a TOML file; None where there is nothing to say."""
        if found := code_at(text, offset):
            rule = rule_named(found[0], self._rules)
            return Hover(rule_text(rule, self._lang), found[1]) if rule else None
        return self._reference(text, offset) or self._bare_name(text, offset)

    def _reference(self, text: str, offset: int) -> Hover | None:
        source = Source("", text)
        line = source.line_span(source.line_of(offset))
        for match in _REFERENCE.finditer(plain(source.slice(line))):
            span = Span(line.start + match.start(), line.start + match.end())
            if span.start <= offset <= span.end:
                words = self._in_forms(partial(self._address, names=match.groupdict()))
                return Hover(words, span) if words else None
        return None

    def _address(self, form: Form, names: Mapping[str, str]) -> str:
        table = find_table(form, Name(names["table"], 1))
        row = self._line(rows(table), names["row"], row_words)
        column = self._line(columns(table), names["column"], column_words)
        return f"**{table_words(form, table).text(self._lang)}** {table.title}\n\n{row}\n\n{column}"

    def _bare_name(self, text: str, offset: int) -> Hover | None:
        """Returns what a name in a formula is, by the `each` that stands beside it."""
        try:
            file = parse_toml("", text.encode("utf-8", "replace"))
        except UserError:
            return None
        keys = file.positions.at(offset)
        if keys is None or keys[-1] not in _FORMULAS or not isinstance(file.value(keys), str):
            return None
        options = file.value(keys[:-1])
        for name, span in _names(file, keys, text):
            if span.start <= offset <= span.end:
                words = self._in_forms(partial(self._bare, name=name, options=options))
                return Hover(words, span) if words else None
        return None

    def _bare(self, form: Form, name: str, options: Mapping[str, Any]) -> str:
        bound = scope(form, options.get("each"))
        if bound.table is None or bound.lines is None:
            table = find_table(form, Name(name, 1))
            return f"**{table_words(form, table).text(self._lang)}** {table.title}"
        words = row_words if bound.axis == "column" else column_words
        head = f"**{table_words(form, bound.table).text(self._lang)}** {bound.table.title}"
        return f"{head}\n\n{self._line(bound.lines, name, words)}"

    def _line(self, lines: Lines, name: str, words: Callable[[TableForm, str], LocalizedText]) -> str:
        """Returns the row or column that a name stands for, or all of a group."""
        kind = LocalizedText(lines.kind, "row" if lines.kind == "行" else "column").text(self._lang)
        if name == "*":
            return f"{kind} *"
        ids = lines.several(Name(unquoted(name), 1))
        labels = [f"`{key}` {words(lines.table, key).zh}" for key in ids]
        return f"{kind} {labels[0]}" if len(labels) == 1 else "\n".join(f"- {label}" for label in labels)

    def _in_forms(self, say: Callable[[Form], str]) -> str:
        """Returns what is to be said of each form that knows the names, once for all that say the same."""
        found: dict[str, list[str]] = {}
        for form in self._forms:
            try:
                found.setdefault(say(form), []).append(form.id)
            except FormulaError:
                continue
        if len(found) == 1:
            return next(iter(found))
        return "\n\n---\n\n".join(f"{'、'.join(forms)}：{words}" for words, forms in found.items())


def _names(file: TomlFile, keys: Keys, text: str) -> Iterator[tuple[str, Span]]:
    """Yields the names in a formula with the stretches of the file where they stand."""
    source = Source("", text)

    def offset(index: int) -> int:
        place = file.positions.inside(keys, index)
        return source.line_span(place.line).start + place.column - 1

    for token in tokens(plain(file.value(keys))):
        if token.kind == "name":
            start = token.column - 1
            yield unquoted(token.text), Span(offset(start), offset(start + len(token.text)))
