"""What a JSON Schema finds wrong in a TOML file, in sentences for the person who writes it."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, ValidationError, best_match

from disclosure_lint.model.errors import UserError
from disclosure_lint.packs.positions import Keys
from disclosure_lint.packs.toml_files import TomlFile

_TYPES = {
    "string": "文字（加引号）",
    "integer": "整数",
    "number": "数",
    "boolean": "true 或 false",
    "array": "数组 […]",
    "object": "表",
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
        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as error:
            place = ".".join(map(str, error.absolute_path))
            raise UserError(f"检查类型的 schema 写错了（{place}）：{error.message}") from None
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
    subject = _subject(file.data, keys)
    match violation.keyword:
        case "additionalProperties" | "unevaluatedProperties":
            for key, sentence in _unknown_keys(violation):
                yield file.mistake((*keys, key), f"{subject}有{sentence}" if subject else sentence)
        case "required":
            for key in violation.argument:
                if key not in violation.value:
                    yield file.mistake(keys, f"{subject}缺少 {key}{_described(violation, key)}")
        case "dependentRequired":
            for key, needed in violation.argument.items():
                lacking = [name for name in needed if name not in violation.value]
                if key in violation.value and lacking:
                    yield file.mistake((*keys, key), f"{subject}写了 {key}，还要写 {'、'.join(lacking)}")
        case "oneOf" | "anyOf":
            yield from _choice_mistakes(file, violation, subject)
        case keyword:
            yield file.mistake(keys, f"{subject}{_SENTENCES.get(keyword, _other)(violation)}")


def _unknown_keys(violation: _Violation) -> Iterator[tuple[str, str]]:
    known = sorted(_known_keys(violation.schema))
    for key in violation.value:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"是否想写 “{near[0]}”？" if near else f"可以写的有：{'、'.join(known) or '无'}"
            yield key, f"不认识的键 “{key}”，{hint}"


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


def _choice_mistakes(file: TomlFile, violation: _Violation, subject: str) -> Iterator[UserError]:
    """Yields why none of the ways to write something fits, or too many do."""
    keys = violation.keys
    if all(isinstance(branch, dict) and list(branch) == ["required"] for branch in violation.argument):
        if not isinstance(violation.value, dict):
            return  # its type is wrong, which is told as such
        names = [name for branch in violation.argument for name in branch["required"]]
        present = [name for name in violation.value if name in names]
        if present:
            yield file.mistake((*keys, present[1]), f"{subject}只能写 {'、'.join(present)} 之一")
        else:
            yield file.mistake(keys, f"{subject}缺少 {'、'.join(names)} 之一")
    elif violation.reasons and (nearest := best_match(violation.reasons)):
        yield from _mistakes(file, _violation(nearest))
    else:
        yield file.mistake(keys, f"{subject}{_other(violation)}")


def _subject(data: Any, keys: Keys) -> str:
    """Returns what a mistake is about, as its author calls it: `规则 DL301 的 severity `, empty for the file."""
    words: list[str] = []
    for key in keys:
        data = data[key]
        if isinstance(key, str):
            words.append(key)
        else:
            words[-1] = _item(words[-1], key, data)
    return " 的 ".join(words) + " " if words else ""


def _item(name: str, index: int, data: Any) -> str:
    """Returns what to call one of several: `规则 DL301`, `第 2 个例子`, `law 第 1 项`."""
    if name not in _NOUNS:
        return f"{name} 第 {index + 1} 项"
    own = data.get("code") or data.get("id") if isinstance(data, dict) else None
    return f"{_NOUNS[name]} {own}" if isinstance(own, str) else f"第 {index + 1} 个{_NOUNS[name]}"


def _described(violation: _Violation, key: str) -> str:
    description = violation.schema.get("properties", {}).get(key, {}).get("description")
    return f"（{description}）" if description else ""


def _expected(violation: _Violation) -> str:
    return str(violation.schema.get("description") or violation.message)


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f"“{value if len(value) <= _LONGEST_SHOWN else value[:_LONGEST_SHOWN] + '…'}”"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        return "一个表" if isinstance(value, dict) else "一个数组"
    return str(value)


def _wrong_type(violation: _Violation) -> str:
    types = violation.argument if isinstance(violation.argument, list) else [violation.argument]
    return f"写成了 {_shown(violation.value)}，应为{'或'.join(_TYPES.get(str(name), str(name)) for name in types)}"


def _not_among(violation: _Violation) -> str:
    return f"写成了 {_shown(violation.value)}，应为 {'、'.join(map(str, violation.argument))} 之一"


def _other(violation: _Violation) -> str:
    return f"写成了 {_shown(violation.value)}，不合规定：{_expected(violation)}"


def _too_few(violation: _Violation) -> str:
    if violation.value:
        return f"太少，至少 {violation.argument} 个"
    return f"是空的，应写：{_expected(violation)}"


_SENTENCES: dict[str, Callable[[_Violation], str]] = {
    "type": _wrong_type,
    "enum": _not_among,
    "const": lambda violation: f"写成了 {_shown(violation.value)}，应为 {_shown(violation.argument)}",
    "minLength": _too_few,
    "minItems": _too_few,
    "minProperties": _too_few,
    "contains": lambda violation: f"不完整：{_expected(violation)}",
    "uniqueItems": lambda _: "里有重复的项",
    "minimum": lambda violation: f"写成了 {violation.value}，不能小于 {violation.argument}",
    "maximum": lambda violation: f"写成了 {violation.value}，不能大于 {violation.argument}",
    "maxLength": lambda violation: f"太长，最多 {violation.argument} 个字符",
}
