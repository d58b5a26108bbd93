"""What a JSON Schema finds wrong in a TOML file, in sentences for the person who writes it."""

import json
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, ValidationError, best_match

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.errors import UserError
from disclosure_lint.packs.toml_files import Keys, TomlFile

_TYPES = {
    "string": LocalizedText("文字（加引号）", "a quoted text"),
    "integer": LocalizedText("整数", "an integer"),
    "number": LocalizedText("数", "a number"),
    "boolean": LocalizedText("true 或 false", "true or false"),
    "array": LocalizedText("数组 […]", "an array […]"),
    "object": LocalizedText("表", "a table"),
}
_NOUNS = {
    "rule": "规则",
    "vocabulary": "词表",
    "example": "例子",
    "section": "部分",
    "table": "表",
    "row": "行",
    "column": "列",
    "change": "改动",
    "alias": "别名",
}
_NOTHING = LocalizedText("", "")
_LONGEST_SHOWN = 40


class _Violation(NamedTuple):
    """A value that does not obey one keyword of a schema."""

    keys: Keys
    keyword: str
    argument: Any
    """What the schema says at the keyword."""
    value: Any
    schema: dict[str, Any]
    message: str
    reasons: list[ValidationError]
    """Why each branch of a choice fails."""


class Validator:
    """Holds files of one sort against their schema."""

    def __init__(self, schema: dict[str, Any]):
        """Takes the schema; UserError if a kind of check brought one that is none."""
        _check(json.dumps(schema))
        self._validator = Draft202012Validator(schema)

    def mistakes(self, file: TomlFile) -> Iterator[UserError]:
        """Yields every mistake at its place."""
        violations = list(map(_violation, self._validator.iter_errors(file.data)))
        misspelt = {violation.keys for violation in violations if _has_unknown_table(violation)}
        wrong: set[Keys] = set()
        for violation in violations:
            # Of a value that is wrong, one reason is enough. And a rule whose kind of check is misspelt lacks a kind
            # too; to say so as well would only confuse.
            if violation.keys in wrong or (violation.keyword == "oneOf" and violation.keys in misspelt):
                continue
            if violation.keyword == "type" or not isinstance(violation.value, (dict, list)):
                wrong.add(violation.keys)
            yield from _mistakes(file, violation)


@lru_cache(maxsize=16)
def _check(schema: str) -> None:
    """Raises UserError for what is no schema; asked once of each, for that takes a third of compiling a pack."""
    try:
        Draft202012Validator.check_schema(json.loads(schema))
    except SchemaError as error:
        place = ".".join(map(str, error.absolute_path))
        en = f"the schema of a kind of check is wrong ({place}): {error.message}"
        raise UserError(f"检查类型的 schema 写错了（{place}）：{error.message}", en=en) from None


def _violation(error: ValidationError) -> _Violation:
    value: Any = error.instance
    keys: Keys = tuple(error.absolute_path)
    return _Violation(
        (*keys, value) if "propertyNames" in error.relative_schema_path else keys,
        str(error.validator),
        error.validator_value,
        value,
        error.schema if isinstance(error.schema, dict) else {},
        error.message,
        list(error.context or ()),
    )


def _mistakes(file: TomlFile, violation: _Violation) -> Iterator[UserError]:
    keys = violation.keys
    zh, en = _subject(file.data, keys)
    match violation.keyword:
        case "additionalProperties" | "unevaluatedProperties":
            for key, unknown in _unknown_keys(violation):
                said = (f"{zh}有{unknown.zh}", f"{en}: {unknown.en}") if zh else unknown
                yield file.mistake((*keys, key), *said)
        case "required":
            for key in violation.argument:
                if key not in violation.value:
                    yield file.mistake(keys, f"{zh}缺少 {key}{_described(violation, key)}", f"{en} lacks {key}".strip())
        case "dependentRequired":
            for key, needed in violation.argument.items():
                lacking = [name for name in needed if name not in violation.value]
                if key in violation.value and lacking:
                    also = f"{en} has {key} and lacks {', '.join(lacking)}".strip()
                    yield file.mistake((*keys, key), f"{zh}写了 {key}，还要写 {'、'.join(lacking)}", also)
        case "oneOf" | "anyOf":
            yield from _choice_mistakes(file, violation)
        case keyword:
            said = _SENTENCES.get(keyword, _other)(violation)
            yield file.mistake(keys, f"{zh}{said.zh}", f"{en} {said.en}".strip())


def _unknown_keys(violation: _Violation) -> Iterator[tuple[str, LocalizedText]]:
    known = sorted(_known_keys(violation.schema))
    for key in violation.value:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            zh = f"是否想写 “{near[0]}”？" if near else f"可以写的有：{'、'.join(known) or '无'}"
            en = f"did you mean “{near[0]}”?" if near else f"known are: {', '.join(known) or 'none'}"
            yield key, LocalizedText(f"不认识的键 “{key}”，{zh}", f"unknown key “{key}”; {en}")


def _known_keys(schema: Any) -> set[str]:
    if not isinstance(schema, dict):
        return set()
    branches = [*schema.get("oneOf", ()), *schema.get("anyOf", ()), *schema.get("allOf", ())]
    return set(schema.get("properties", ())).union(*map(_known_keys, branches))


def _has_unknown_table(violation: _Violation) -> bool:
    if violation.keyword != "additionalProperties":
        return False
    known = _known_keys(violation.schema)
    return any(isinstance(value, dict) and key not in known for key, value in violation.value.items())


def _choice_mistakes(file: TomlFile, violation: _Violation) -> Iterator[UserError]:
    """Yields why none of the ways to write something fits, or too many do."""
    keys = violation.keys
    zh, en = _subject(file.data, keys)
    if all(isinstance(branch, dict) and list(branch) == ["required"] for branch in violation.argument):
        if not isinstance(violation.value, dict):
            return  # its type is wrong, which is told as such
        names = [name for branch in violation.argument for name in branch["required"]]
        present = [name for name in violation.value if name in names]
        if present:
            one = f"{en} can have only one of {', '.join(present)}".strip()
            yield file.mistake((*keys, present[1]), f"{zh}只能写 {'、'.join(present)} 之一", one)
        else:
            yield file.mistake(
                keys, f"{zh}缺少 {'、'.join(names)} 之一", f"{en} lacks one of {', '.join(names)}".strip()
            )
    elif violation.reasons and (nearest := best_match(violation.reasons)):
        yield from _mistakes(file, _violation(nearest))
    else:
        said = _other(violation)
        yield file.mistake(keys, f"{zh}{said.zh}", f"{en} {said.en}".strip())


def _subject(data: Any, keys: Keys) -> LocalizedText:
    """Returns what a mistake is about, as its author calls it: `规则 DL301 的 severity `, empty for the file."""
    zh: list[str] = []
    en: list[str] = []
    for key in keys:
        data = data[key]
        if isinstance(key, str):
            zh.append(key)
            en.append(key)
        else:
            name = zh[-1]
            zh[-1], en[-1] = _item(name, key, data)
    return LocalizedText(" 的 ".join(zh) + " ", ", ".join(en)) if zh else _NOTHING


def _item(name: str, index: int, data: Any) -> LocalizedText:
    """Returns what to call one of several: `规则 DL301`, `第 2 个例子`, `law 第 1 项`."""
    if name not in _NOUNS:
        return LocalizedText(f"{name} 第 {index + 1} 项", f"{name} {index + 1}")
    own = data.get("code") or data.get("id") if isinstance(data, dict) else None
    if isinstance(own, str):
        return LocalizedText(f"{_NOUNS[name]} {own}", f"{name} {own}")
    return LocalizedText(f"第 {index + 1} 个{_NOUNS[name]}", f"{name} {index + 1}")


def _described(violation: _Violation, key: str) -> str:
    description = violation.schema.get("properties", {}).get(key, {}).get("description")
    return f"（{description}）" if description else ""


def _expected(violation: _Violation) -> LocalizedText:
    """Returns what the schema asks for; its descriptions are in Chinese, what jsonschema says is in English."""
    value, schema = _shown(violation.value).en, violation.argument
    return LocalizedText(
        str(violation.schema.get("description") or violation.message),
        f"{value} does not fit {violation.keyword} {schema}" if violation.keyword == "pattern" else "see its schema",
    )


def _shown(value: Any) -> LocalizedText:
    if isinstance(value, (dict, list)):
        return LocalizedText("一个表", "a table") if isinstance(value, dict) else LocalizedText("一个数组", "an array")
    if isinstance(value, str):
        shown = f"“{value if len(value) <= _LONGEST_SHOWN else value[:_LONGEST_SHOWN] + '…'}”"
    else:
        shown = str(value).lower() if isinstance(value, bool) else str(value)
    return LocalizedText(shown, shown)


def _should_be(violation: _Violation, zh: str, en: str) -> LocalizedText:
    shown = _shown(violation.value)
    return LocalizedText(f"写成了 {shown.zh}，{zh}", f"is {shown.en}, and {en}")


def _wrong_type(violation: _Violation) -> LocalizedText:
    names = violation.argument if isinstance(violation.argument, list) else [violation.argument]
    types = [_TYPES.get(str(name), LocalizedText(str(name), str(name))) for name in names]
    zh, en = "或".join(one.zh for one in types), " or ".join(one.en for one in types)
    return _should_be(violation, f"应为{zh}", f"should be {en}")


def _not_among(violation: _Violation) -> LocalizedText:
    words = list(map(str, violation.argument))
    return _should_be(violation, f"应为 {'、'.join(words)} 之一", f"should be one of {', '.join(words)}")


def _other(violation: _Violation) -> LocalizedText:
    expected = _expected(violation)
    return _should_be(violation, f"不合规定：{expected.zh}", f"cannot be: {expected.en}")


def _too_few(violation: _Violation) -> LocalizedText:
    if violation.value:
        return LocalizedText(f"太少，至少 {violation.argument} 个", f"has too few, at least {violation.argument}")
    return LocalizedText(f"是空的，应写：{_expected(violation).zh}", "is empty")


_SENTENCES: dict[str, Callable[[_Violation], LocalizedText]] = {
    "type": _wrong_type,
    "enum": _not_among,
    "const": lambda one: _should_be(
        one, f"应为 {_shown(one.argument).zh}（{_expected(one).zh}）", f"should be {_shown(one.argument).en}"
    ),
    "minLength": _too_few,
    "minItems": _too_few,
    "minProperties": _too_few,
    "contains": lambda one: LocalizedText(f"不完整：{_expected(one).zh}", "is not complete"),
    "uniqueItems": lambda _: LocalizedText("里有重复的项", "has an item twice"),
    "minimum": lambda one: _should_be(one, f"不能小于 {one.argument}", f"cannot be less than {one.argument}"),
    "maximum": lambda one: _should_be(one, f"不能大于 {one.argument}", f"cannot be more than {one.argument}"),
    "maxLength": lambda one: LocalizedText(
        f"太长，最多 {one.argument} 个字符", f"is too long, {one.argument} characters at most"
    ),
}
