"""The file of a baseline: JSON, sorted, one line for each entry, so that changes of two people merge."""

import json
import re
from itertools import islice
from typing import Any, Protocol

from disclosure_lint.model.errors import UserError
from disclosure_lint.suppress.baseline import BaselineEntry, Entries, Key

VERSION = 1
_MOST = 1_000_000_000
_NEEDED = {"path": str, "code": str, "address": str, "count": int}
_SHORTEST = 40
"""Characters that every entry has at least."""
_FEW = 20
_BRACKET_OR_STRING = re.compile(r'([{[])|"(?:[^"\\]+|\\(?:.|\Z))*(?:"|\Z)', re.DOTALL)
_START = re.compile(r'"entries"\s*:\s*\[\s*')
_MANY_DIGITS = re.compile(r"[0-9]{1000}")
_NEXT = re.compile(r"\s*,?\s*")


class Say(Protocol):
    """Says things in one of the two languages."""

    def __call__(self, zh: str, en: str) -> str:
        """Returns the text in the language."""
        ...


def written(entries: Entries) -> str:
    """Returns the text of a baseline."""
    lines = [json.dumps(_data(key, known), ensure_ascii=False) for key, known in sorted(entries.items())]
    listed = "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"
    return f'{{"version": {VERSION},\n"entries": {listed}}}\n'


def parsed(path: str, data: bytes, say: Say) -> dict[Key, BaselineEntry]:
    """Returns the entries of a baseline; of two for one place the larger one. Raises UserError with file and line."""
    text = _decoded(path, data, say)
    if _is_of_brackets(text):
        raise UserError(say("不是基线文件", "this is no baseline"), path)
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise UserError(_broken(text, error.pos, say), path, error.lineno, error.colno) from None
    except RecursionError:
        raise UserError(say("不是基线文件", "this is no baseline"), path) from None
    except ValueError:  # more digits than Python makes a number of
        digits = _MANY_DIGITS.search(text)
        line = text.count("\n", 0, digits.start() if digits else 0) + 1
        raise UserError(
            say("不是基线文件：这个整数太大", "this is no baseline: a number is too large"), path, line
        ) from None
    if not isinstance(content, dict) or not isinstance(content.get("entries"), list):
        raise UserError(say("不是基线文件：缺少 entries", "this is no baseline: it lacks “entries”"), path, 1)
    _check_version(path, content.get("version"), say)
    entries: dict[Key, BaselineEntry] = {}
    for number, item in enumerate(content["entries"]):
        if mistake := _mistake(item, say):
            raise UserError(mistake, path, _line(text, number))
        key = Key(item["path"], item["code"], item["address"])
        if key not in entries or item["count"] > entries[key].times:
            entries[key] = BaselineEntry(item["count"], item.get("reason"))
    return entries


def _is_of_brackets(text: str) -> bool:
    """Says whether there are more tables and lists than any baseline has: each costs a hundred times its length."""
    most = len(text) // _SHORTEST + _FEW
    if text.count("{") + text.count("[") <= most:
        return False
    # Names have brackets too.
    brackets = (match for match in _BRACKET_OR_STRING.finditer(text) if match.lastindex)
    return next(islice(brackets, most, None), None) is not None


def _decoded(path: str, data: bytes, say: Say) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError(say("基线文件要用 UTF-8 编码", "a baseline must be UTF-8"), path, line) from None


def _broken(text: str, at: int, say: Say) -> str:
    if text.startswith(("<<<<<<<", "=======", ">>>>>>>"), at):
        return say("基线文件里有没解决的合并冲突", "the baseline has a merge conflict that is not resolved")
    return say("基线文件坏了，从这里起不是合法的 JSON", "the baseline is broken: from here on it is no JSON")


def _check_version(path: str, version: Any, say: Say) -> None:
    if version == VERSION and version is not True:
        return
    if isinstance(version, int) and version > VERSION:
        zh = f"这个基线文件是更新的版本写的（{version}），请升级本工具"
        raise UserError(say(zh, f"a newer version of this tool wrote the baseline ({version}); upgrade"), path, 1)
    raise UserError(say("不是基线文件：version 应是 1", "this is no baseline: “version” must be 1"), path, 1)


def _mistake(item: Any, say: Say) -> str | None:
    if not isinstance(item, dict):
        return say("基线的每一条应是 {…}", "every entry of a baseline is {…}")
    for key, kind in _NEEDED.items():
        value = item.get(key)
        if not isinstance(value, kind) or isinstance(value, bool) or (isinstance(value, int) and not 0 < value < _MOST):
            return say(f"这一条的 {key} 没有写或写错了", f"“{key}” of this entry is missing or wrong")
    if not isinstance(item.get("reason", ""), str):
        return say("这一条的 reason 应是文字", "“reason” of this entry must be a text")
    if unknown := [key for key in item if key not in (*_NEEDED, "reason")]:
        return say(f"基线里没有“{unknown[0]}”这一项", f"a baseline has no “{unknown[0]}”")
    return None


def _line(text: str, number: int) -> int | None:
    """Returns the line of an entry."""
    start = _START.search(text)
    if start is None:
        return None
    at, decoder = start.end(), json.JSONDecoder()
    for _ in range(number):
        _, at = decoder.raw_decode(text, at)
        at = _NEXT.match(text, at).end()  # type: ignore[union-attr]  # It matches anything.
    return text.count("\n", 0, at) + 1


def _data(key: Key, known: BaselineEntry) -> dict[str, Any]:
    reason = {"reason": known.reason} if known.reason else {}
    return {**key._asdict(), "count": known.times, **reason}
