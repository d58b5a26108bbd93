"""A TOML file that was read, and mistakes at their places in it.

The parser gives no places: where each key and value stands is read only after a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import tomli

from disclosure_lint.model.errors import MistakesError, UserError
from disclosure_lint.model.lazy_re import lazy_re_compile

Keys = tuple[str | int, ...]
"""The way to a value: `("rule", 3, "law", 0, "document")`."""
LARGEST = 1_000_000
"""Bytes of a file."""
DEEPEST = 20
_DEEP, _DEEP_EN = "表和数组嵌套得太深", "tables and arrays are nested too deeply"
_LARGE, _LARGE_EN = "这个整数太大，超出了 64 位", "the integer does not fit into 64 bits"
_CHAIN = lazy_re_compile(r"(?<![\w.-])(?:(?:[A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*\.[ \t]*){64}")
"""Keys joined by dots, for which the parser takes quadratic time."""
_MANY_DIGITS = lazy_re_compile(r"[0-9][0-9_]{999}")
_BITS = 63
_PLACE = lazy_re_compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_SAYINGS = {
    "Invalid statement": "这里既不是 “键 = 值”，也不是 [表]",
    "Expected newline or end of document after a statement": "一行只写一个 “键 = 值”，这里多出了文字",
    "Expected '=' after a key in a key/value pair": "键的后面应有等号",
    "Invalid initial character for a key part": "键只能用英文字母、数字、“-” 和 “_”，否则要加引号",
    "Invalid value": "值写错了（文字要加英文引号）",
    "Cannot overwrite a value": "这个键写了两次",
    "Duplicate inline table key": "这个键写了两次",
    "Cannot declare": "这个表写了两次",
    "Cannot redefine": "这个表已经写过，不能再添内容",
    "Cannot mutate": "这个表已经写过，不能再添内容",
    "Unclosed array": "数组少了 ]",
    "Unclosed inline table": "表少了 }",
    "Unterminated string": "字符串少了后引号",
    "Illegal character '\\n'": "字符串少了后引号，或者换行的文字要用三个引号括起来",
    "Unescaped '\\' in a string": "双引号字符串里的 \\ 要写成 \\\\，或改用单引号",
}


class TomlFile:
    """A parsed TOML file; a mistake in it is told by the keys that lead to it."""

    def __init__(self, path: str, text: str, data: dict[str, Any]):
        self.path = path
        """As the user named it."""
        self.data = data
        self._text = text
        self._positions: Positions | None = None

    @property
    def positions(self) -> Positions:
        """The places of its keys and values."""
        if self._positions is None:
            self._positions = Positions(self._text)
        return self._positions

    def value(self, keys: Keys) -> Any:
        """Returns the value at some keys."""
        value: Any = self.data
        for key in keys:
            value = value[key]
        return value

    def mistake(self, keys: Keys, zh: str, en: str, offset: int | None = None) -> UserError:
        """Returns the error at a key, or at the character with that offset in its string value."""
        place = self.positions.key(keys) if offset is None else self.positions.inside(keys, offset)
        return UserError(zh, self.path, place.line, place.column, en=en)

    def place(self, keys: Keys) -> str:
        """Returns `path:line:column` of a key, for a sentence about another place."""
        place = self.positions.key(keys)
        return f"{self.path}:{place.line}:{place.column}"


def parse_toml(path: str, data: bytes) -> TomlFile:
    """Returns the parsed file; UserError at the place where it stops being TOML."""
    if len(data) > LARGEST:
        size = f"{LARGEST // 1_000_000} MB"
        raise UserError(f"文件超过 {size}，请拆成几个文件", path, en=f"larger than {size}; split the file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError("文件要用 UTF-8 编码保存", path, line, en="the file must be saved as UTF-8") from None
    if chain := _CHAIN.search(text):
        raise UserError(_DEEP, path, *_place_of(text, chain.start()), en=_DEEP_EN)
    try:
        parsed = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise _syntax_error(path, text, error) from None
    except RecursionError:
        start = min(at for at in map(text.find, "[{") if at >= 0)
        raise UserError(_DEEP, path, *_place_of(text, start), en=_DEEP_EN) from None
    except ValueError:  # digits without end
        digits = _MANY_DIGITS.search(text)
        raise UserError(_LARGE, path, *_place_of(text, digits.start() if digits else 0), en=_LARGE_EN) from None
    file = TomlFile(path, text, parsed)
    if keys := _first(parsed, lambda value, depth: depth == DEEPEST and isinstance(value, (dict, list))):
        raise file.mistake(keys, f"{_DEEP}，最多 {DEEPEST} 层", f"{_DEEP_EN}: {DEEPEST} levels at most")
    if keys := _first(parsed, lambda value, _: isinstance(value, int) and value.bit_length() > _BITS):
        raise file.mistake(keys, _LARGE, _LARGE_EN)
    return file


def raise_mistakes(mistakes: Iterable[UserError]) -> None:
    """Raises one error that tells all mistakes, each with its place, in the order of their places; if any."""
    different = {str(error): error for error in mistakes}
    ordered = sorted(different.values(), key=lambda error: (error.path or "", error.line or 0, error.column or 0))
    if ordered:
        raise MistakesError(ordered)


def _syntax_error(path: str, text: str, error: tomli.TOMLDecodeError) -> UserError:
    # The place is read from the message: the attributes `lineno` and `colno` came only with tomli 2.3.
    words = str(error)
    place = _PLACE.search(words)
    said = words[: place.start()] if place else words
    zh = next((zh for start, zh in _SAYINGS.items() if said.startswith(start)), said)
    line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
    return UserError(f"不是合法的 TOML：{zh}", path, line, column, en=f"no valid TOML: {said}")


def _place_of(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _first(data: dict[str, Any], is_meant: Callable[[Any, int], bool]) -> Keys | None:
    """Returns the keys of a value that is meant, the uppermost first; none is looked for deeper than `DEEPEST`."""
    level: list[tuple[Keys, Any]] = [((), data)]
    for depth in range(1, DEEPEST + 1):
        level = [
            ((*keys, key), child)
            for keys, value in level
            if isinstance(value, (dict, list))
            for key, child in (value.items() if isinstance(value, dict) else enumerate(value))
        ]
        found = next((keys for keys, value in level if is_meant(value, depth)), None)
        if found:
            return found
    return None


_BLANK = lazy_re_compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = lazy_re_compile(r"[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'")
_DOT = lazy_re_compile(r"[ \t]*\.[ \t]*")
_EQUALS = lazy_re_compile(r"[ \t]*=[ \t]*")
_SCALAR = lazy_re_compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*"
    r"|[^\s,\]}#]+",
    re.DOTALL,
)
_ESCAPED = lazy_re_compile(
    r"(?:\\[ \t]*\r?\n[ \t\r\n]*)*(?:\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\x[0-9A-Fa-f]{2}|\\.|\r\n|.)", re.DOTALL
)
_PLAIN = lazy_re_compile(r"\r\n|.", re.DOTALL)
_CONTINUED = lazy_re_compile(r"(?:\\[ \t]*\r?\n[ \t\r\n]*)*")


class Place(NamedTuple):
    """A line and a column in code points, both from 1."""

    line: int
    column: int


class Positions:
    """The places in a valid TOML text."""

    def __init__(self, text: str):
        self._text = text
        scan = _Scan(text)
        scan.document()
        self._keys = scan.keys
        self._values = scan.values

    def key(self, keys: Keys) -> Place:
        """Returns where a key stands, `[[` for a table of an array; of an unknown key, where the table around it."""
        while keys and keys not in self._keys:
            keys = keys[:-1]
        return self._place(self._keys.get(keys, 0))

    def inside(self, keys: Keys, offset: int) -> Place:
        """Returns where the character with that offset in a string value stands, whatever its quotes and escapes."""
        start = self._values.get(keys)
        if start is None or self._text[start : start + 1] not in ("'", '"'):
            return self.key(keys)
        return self._place(self._character(start, offset))

    def at(self, offset: int) -> Keys | None:
        """Returns the keys of the string or other single value in which an offset of the text lies."""
        for keys, start in self._values.items():
            if start <= offset and self._text[start] not in "[{":
                value = _SCALAR.match(self._text, start)
                if value and offset <= value.end():
                    return keys
        return None

    def _character(self, start: int, offset: int) -> int:
        quote = self._text[start]
        long = self._text.startswith(quote * 3, start)
        at = start + (3 if long else 1)
        if long and (first := re.compile(r"\r?\n").match(self._text, at)):
            at = first.end()
        characters = _ESCAPED if quote == '"' else _PLAIN
        for _ in range(offset):
            if not (match := characters.match(self._text, at)):
                break
            at = match.end()
        if long and quote == '"' and (continued := _CONTINUED.match(self._text, at)):
            at = continued.end()
        whole = _SCALAR.match(self._text, start)
        return min(at, whole.end() - (3 if long else 1)) if whole else start

    def _place(self, offset: int) -> Place:
        line_start = self._text.rfind("\n", 0, offset) + 1
        return Place(self._text.count("\n", 0, offset) + 1, offset - line_start + 1)


class _Scan:
    """One pass over the text; `at` is where it has come to."""

    def __init__(self, text: str):
        self.text = text
        self.at = 0
        self.keys: dict[Keys, int] = {}
        self.values: dict[Keys, int] = {}
        self.lengths: dict[Keys, int] = {}
        """How many tables each array of tables has so far."""

    def document(self) -> None:
        table: Keys = ()
        while self._skip_blank():
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _skip_blank(self) -> bool:
        self._take(_BLANK)
        return self.at < len(self.text)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match.group()

    def _header(self) -> Keys:
        start = self.at
        of_array = self.text.startswith("[[", start)
        self.at += 2 if of_array else 1
        path: Keys = ()
        parts = list(self._dotted_key())
        for number, (part, offset) in enumerate(parts, 1):
            path = self._enter((*path, part), offset, new=of_array and number == len(parts))
        self.at += 2 if of_array else 1
        self.keys.setdefault(path, start)
        return path

    def _enter(self, path: Keys, offset: int, new: bool) -> Keys:
        """Returns the way into a table, which for an array of tables is its last one."""
        self.keys.setdefault(path, offset)
        if new:
            self.lengths[path] = self.lengths.get(path, 0) + 1
        return (*path, self.lengths[path] - 1) if path in self.lengths else path

    def _dotted_key(self) -> Iterator[tuple[str, int]]:
        self._take(_BLANK)
        while True:
            start = self.at
            part = self._take(_KEY)
            yield (tomli.loads(f"key = {part}")["key"] if part[:1] in ("'", '"') else part), start
            if not self._take(_DOT):
                self._take(_BLANK)
                return

    def _pair(self, table: Keys) -> None:
        path = table
        for part, offset in self._dotted_key():
            path = (*path, part)
            self.keys.setdefault(path, offset)
        self._take(_EQUALS)
        self._value(path)

    def _value(self, path: Keys) -> None:
        self.values[path] = self.at
        self.keys.setdefault(path, self.at)
        opening = self.text[self.at]
        if opening in "[{":
            self._members(path, "]" if opening == "[" else "}")
        else:
            self._take(_SCALAR)

    def _members(self, path: Keys, closing: str) -> None:
        self.at += 1
        number = 0
        while self._skip_blank() and self.text[self.at] != closing:
            if self.text[self.at] == ",":
                self.at += 1
            elif closing == "]":
                self._value((*path, number))
                number += 1
            else:
                self._pair(path)
        self.at += 1
