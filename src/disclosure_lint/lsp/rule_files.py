"""TOML of ours that is open in the editor, configurations and rule packs: what is wrong, and what a place in it is."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from disclosure_lint.checks.wording import column_words, row_words, table_words
from disclosure_lint.engine.linter import Linter
from disclosure_lint.formula.cells import scope
from disclosure_lint.formula.names import Lines, columns, find_table, rows
from disclosure_lint.formula.syntax import FormulaError, Name, plain, tokens, unquoted
from disclosure_lint.lsp.analysis import Hover
from disclosure_lint.lsp.buffers import Buffer
from disclosure_lint.lsp.diagnostics import each
from disclosure_lint.lsp.effective_config import EffectiveConfigs
from disclosure_lint.lsp.hover import code_at, rule_named, rule_text
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import Form, TableForm
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Source, Span
from disclosure_lint.packs.compiling import compile_pack
from disclosure_lint.packs.sources import CLAIMS, FORMS, PACK_FILE, SINGLE, read_sources
from disclosure_lint.packs.toml_files import Keys, TomlFile, parse_toml
from disclosure_lint.proof import linter_on_trial, run_examples
from disclosure_lint.proof.review import review
from disclosure_lint.settings.files import OWN_FILE, SHARED_FILE, TABLE, settings_in
from disclosure_lint.settings.validation import ValidationContext

_RULE = lazy_re_compile(r"^\[\[rule\]\]", re.MULTILINE)
_CODE = lazy_re_compile(r"^code\s*=\s*[\"'][A-Z]{2}\d{3}[\"']|rule\.schema\.json", re.MULTILINE)
_NAME = r"[^\s,\[\]\"'“”=+<>]+"
_REFERENCE = lazy_re_compile(rf"(?<!\w)(?P<table>[^\W\d]\w*)\s*\[\s*(?P<row>{_NAME})\s*,\s*(?P<column>{_NAME})\s*\]")
_FORMULAS = ("formula", "at")
"""Options in which a row or a column may stand by itself."""


class Remark(NamedTuple):
    """A question about a line of a rule file, or an example in it that fails."""

    path: Path
    line: int
    """From 1."""
    text: str
    severe: bool


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


def is_configuration(path: Path | None) -> bool:
    """Returns whether settings are looked for in a file of that name."""
    return path is not None and path.name in (OWN_FILE, SHARED_FILE)


def pack_of(buffer: Buffer) -> Path | None:
    """Returns the folder of the pack that a TOML file belongs to, or the file if it is a pack by itself."""
    path = buffer.path
    if path is None or is_configuration(path):
        return None
    folder = path.parent.parent if path.parent.name in (CLAIMS, FORMS) else path.parent
    if path.name == PACK_FILE or (folder / PACK_FILE).is_file():
        return folder
    return path if _RULE.search(buffer.text) and _CODE.search(buffer.text) else None


def sort_of(path: Path) -> str:
    """Returns the sort of a file of a pack, as its JSON Schema is named."""
    if path.name == PACK_FILE:
        return "pack"
    if path.parent.name == FORMS and (path.parent.parent / PACK_FILE).is_file():
        return "form"
    return "rule" if (path.parent / PACK_FILE).is_file() else "single"


def configuration_mistakes(path: Path, data: bytes, known: ValidationContext) -> list[UserError]:
    """Returns what is wrong in a configuration, or in a pack that it names."""
    if path.name == SHARED_FILE and TABLE.encode() not in data:
        return []
    try:
        settings_in(path, data, known, parse_toml)
    except UserError as error:
        return each(error)
    return []


def pack_mistakes(folder: Path, unsaved: Mapping[Path, Buffer], configs: EffectiveConfigs) -> list[UserError]:
    """Returns what is wrong in a pack as the editor has it, and if it is as on disk, in what it says of other packs."""
    try:
        saved = read_sources(folder)
        sources = {**saved, **{name: buffer.data for name, buffer in _parts(folder, unsaved)}}
        base = configs.linter()
        own = _same(folder, base.folders[0])
        compile_pack(folder, sources, configs.registry.checks, () if own else configs.registry.forms_below(folder))
        if _texts(sources) == _texts(saved):
            configs.registry.alone(_installed(folder, base))
    except UserError as error:
        return each(error)
    return []


def remarks(folder: Path, configs: EffectiveConfigs) -> list[Remark]:
    """Returns the examples that fail of a pack on disk without mistakes; if none does, the questions about it."""
    folder = _installed(folder, configs.linter())
    linter = linter_on_trial(configs.registry, folder)
    failures, lang = run_examples(linter, folder)[1], configs.lang
    if failures:
        return [Remark(Path(one.example.file), one.example.line, one.words.text(lang), severe=True) for one in failures]
    return [Remark(Path(one.file), one.line, one.words.text(lang), one.severe) for one in review(linter, folder)]


def _parts(folder: Path, unsaved: Mapping[Path, Buffer]) -> Iterator[tuple[str, Buffer]]:
    places = (folder, folder / FORMS, folder / CLAIMS)
    for path, buffer in unsaved.items():
        if path == folder:
            yield SINGLE, buffer
        elif path.suffix == ".toml" and path.parent in places and not is_configuration(path):
            yield path.relative_to(folder).as_posix(), buffer


def _texts(sources: Mapping[str, bytes]) -> dict[str, str]:
    return {name: data.decode("utf-8-sig", "replace") for name, data in sources.items()}


def _installed(folder: Path, linter: Linter) -> Path:
    """Returns the folder as the linter calls it: a pack that is installed must not be loaded twice."""
    return next((known for known in linter.folders if _same(known, folder)), folder)


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


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
