"""A TOML file that was read, and mistakes at their places in it."""

from collections.abc import Callable, Iterable
from typing import Any

import tomli

from disclosure_lint.model.errors import MistakesError, UserError
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.packs.positions import Keys, Positions

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
