"""A TOML file that was read, and mistakes at their places in it."""

import re
from collections.abc import Iterable
from typing import Any

import tomli

from disclosure_lint.model.errors import MistakesError, UserError
from disclosure_lint.packs.positions import Keys, Positions

DEEPEST = 20
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
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

    def mistake(self, keys: Keys, sentence: str, offset: int | None = None) -> UserError:
        """Returns the error at a key, or at the character with that offset in its string value."""
        place = self.positions.key(keys) if offset is None else self.positions.inside(keys, offset)
        return UserError(sentence, self.path, place.line, place.column)

    def place(self, keys: Keys) -> str:
        """Returns `path:line:column` of a key, for a sentence about another place."""
        place = self.positions.key(keys)
        return f"{self.path}:{place.line}:{place.column}"


def parse_toml(path: str, data: bytes) -> TomlFile:
    """Returns the parsed file; UserError at the place where it stops being TOML."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError("文件要用 UTF-8 编码保存", path, line) from None
    try:
        parsed = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise _syntax_error(path, text, error) from None
    except RecursionError:
        raise UserError("表和数组嵌套得太深", path) from None
    if _deeper_than(parsed, DEEPEST):
        raise UserError(f"表和数组嵌套得太深，最多 {DEEPEST} 层", path)
    return TomlFile(path, text, parsed)


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
    said = next((zh for start, zh in _SAYINGS.items() if said.startswith(start)), said)
    line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
    return UserError(f"不是合法的 TOML：{said}", path, line, column)


def _deeper_than(data: Any, depth: int) -> bool:
    level = [data]
    for _ in range(depth):
        level = [
            child
            for value in level
            if isinstance(value, (dict, list))
            for child in (value.values() if isinstance(value, dict) else value)
        ]
    return any(isinstance(value, (dict, list)) for value in level)
