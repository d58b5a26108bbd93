"""Where each key and value of a TOML text stands. Only read after a mistake: the parser itself gives no places."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import tomli

from disclosure_lint.model.lazy_re import lazy_re_compile

Keys = tuple[str | int, ...]
"""The way to a value: `("rule", 3, "law", 0, "document")`."""

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
