"""What a schema cannot see in rule files: that their names, patterns, messages and examples fit each other."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import Form
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.patterns import PatternError, compile_pattern
from disclosure_lint.packs.forms import repeated
from disclosure_lint.packs.texts import MarkError, unmark
from disclosure_lint.packs.toml_files import Keys, TomlFile

_Data = dict[str, Any]
_PLACEHOLDER = lazy_re_compile(r"\{([a-z][a-z0-9_]*)\}")


def rule_mistakes(files: Sequence[TomlFile], forms: Sequence[Form]) -> Iterator[UserError]:
    """Yields what is wrong in rule files that obey their schema, and between them."""
    for key, name, noun in (
        ("rule", "code", LocalizedText("规则代码", "rule code")),
        ("rule", "name", LocalizedText("规则名称", "rule name")),
        ("vocabulary", "id", LocalizedText("词表", "vocabulary")),
    ):
        places = [(file, (key, index, name)) for file in files for index in range(len(file.data.get(key, ())))]
        yield from repeated([file for file, _ in places], [keys for _, keys in places], noun)
    for file in files:
        for index, rule in enumerate(file.data.get("rule", ())):
            yield from _rule_mistakes(file, ("rule", index), rule, forms)
        for index, vocabulary in enumerate(file.data.get("vocabulary", ())):
            for key, patterns in vocabulary.items():
                if key != "id":
                    yield from _pattern_mistakes(file, ("vocabulary", index, key), patterns)


def _rule_mistakes(file: TomlFile, keys: Keys, rule: _Data, forms: Sequence[Form]) -> Iterator[UserError]:
    yield from _message_mistakes(file, keys, rule["message"])
    for name, variant in rule.get("variant", {}).items():
        if "message" in variant:
            yield from _message_mistakes(file, (*keys, "variant", name), variant["message"])
    yield from when_mistakes(file, (*keys, "when"), rule.get("when", {}), forms)
    for number, example in enumerate(rule["example"]):
        yield from _example_mistakes(file, (*keys, "example", number), example, rule["code"])
        yield from _fact_mistakes(file, (*keys, "example", number), example, forms)


def _message_mistakes(file: TomlFile, keys: Keys, message: _Data) -> Iterator[UserError]:
    used: dict[str, set[str]] = {}
    for lang, text in message.items():
        used[lang] = set(_PLACEHOLDER.findall(text))
        stray = re.search(r"[{}]", _PLACEHOLDER.sub(lambda match: "-" * len(match.group()), text))
        if stray:
            yield file.mistake(
                (*keys, "message", lang),
                "花括号里应是一个英文名称，如 {column}",
                "braces hold a name, like {column}",
                stray.start(),
            )
            return
    for lang, other in (("zh", "en"), ("en", "zh")):
        for name in sorted(used[other] - used[lang]):
            yield file.mistake(
                (*keys, "message", lang),
                f"{other} 里有 {{{name}}}，{lang} 里没有",
                f"{other} has {{{name}}}, and {lang} has not",
            )


def when_mistakes(file: TomlFile, keys: Keys, when: _Data, forms: Sequence[Form]) -> Iterator[UserError]:
    """Yields what is wrong in the table at those keys that says which reports are meant."""
    for number, form in enumerate(when.get("forms", ())):
        yield from unknown_form(file, (*keys, "forms", number), form, forms)
    if when.get("first_year", 0) > when.get("last_year", 9999):
        yield file.mistake((*keys, "last_year"), "last_year 早于 first_year", "last_year is before first_year")
    if "agency" in when:
        yield from _pattern_mistakes(file, keys, {"agency": when["agency"]})


def unknown_form(file: TomlFile, keys: Keys, name: str, forms: Sequence[Form]) -> Iterator[UserError]:
    """Yields that there is no form of that name, if so."""
    if name not in [form.id for form in forms]:
        known = [form.id for form in forms]
        zh, en = (f"，应为 {'、'.join(known)} 之一", f"; write one of {', '.join(known)}") if known else ("", "")
        yield file.mistake(keys, f"没有叫 “{name}” 的年报格式{zh}", f"there is no form “{name}”{en}")


def _pattern_mistakes(file: TomlFile, keys: Keys, patterns: Any) -> Iterator[UserError]:
    for key, pattern in patterns.items() if isinstance(patterns, dict) else enumerate(patterns):
        try:
            compile_pattern(pattern)
        except PatternError as error:
            yield file.mistake((*keys, key), error.message, error.english, (error.column or 1) - 1)


def _example_mistakes(file: TomlFile, keys: Keys, example: _Data, code: str) -> Iterator[UserError]:
    finds: list[str] = example.get("finds", [])
    for number, found in enumerate(finds):
        if found != code:
            yield file.mistake(
                (*keys, "finds", number),
                f"例子只用来试自己的规则，finds 里只能写 {code}",
                f"an example tests its own rule; finds can only say {code}",
            )
    try:
        marked = len(unmark(example.get("text", "")).places)
    except MarkError as error:
        yield file.mistake((*keys, "text"), error.message, error.english, error.offset)
    else:
        if marked > len(finds):
            yield file.mistake(
                (*keys, "text"),
                f"标出了 {marked} 处，finds 却只有 {len(finds)} 项",
                f"{marked} marks, and finds has {len(finds)}",
            )


def _fact_mistakes(file: TomlFile, keys: Keys, example: _Data, forms: Sequence[Form]) -> Iterator[UserError]:
    named = example.get("form")
    if named is not None:
        yield from unknown_form(file, (*keys, "form"), named, forms)
    known = [
        str(address)
        for form in forms
        if named in (None, form.id)
        for table in form.tables
        for address in table.addresses()
    ]
    for name in example.get("facts", {}):
        if known and name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"是否想写 “{near[0]}”？" if near else "应写成 “表[行,列]”"
            en = f"did you mean “{near[0]}”?" if near else "write “table[row,column]”"
            yield file.mistake((*keys, "facts", name), f"没有叫 “{name}” 的数，{hint}", f"there is no “{name}”; {en}")
