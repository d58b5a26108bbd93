"""Mistakes that are known: what a baseline hides, what of it is mended, and what a new one would hold."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, NamedTuple, Protocol

from disclosure_lint.model.diagnostic import Diagnostic
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.kind import NOT_COMPARED
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.result import FileResult, RuleOutcome, Suppressed
from disclosure_lint.suppress.addresses import address, head, within


class Key(NamedTuple):
    """Which mistakes are counted together."""

    path: str
    """Of the report, from the folder of the baseline, with forward slashes."""
    code: str
    address: str
    """Where in the report, without line numbers."""


class BaselineEntry(NamedTuple):
    """How often a mistake is known."""

    times: int
    reason: str | None = None
    """Why it is left, if somebody wrote that down."""


Entries = Mapping[Key, BaselineEntry]


class Stale(NamedTuple):
    """What a baseline lists and is there no more."""

    key: Key
    times: int
    """How many of them are gone."""
    file_is_gone: bool


class _Seen(NamedTuple):
    """What came to light about a file."""

    judged: set[str]
    """Codes of which all mistakes came to light."""
    used: Counter[Key]
    """How often each entry hid something."""
    hidden: dict[Key, BaselineEntry]
    """What was hidden, where it is now."""


class Matching:
    """Holds the results of a run against a baseline."""

    def __init__(self, entries: Entries, folder: str):
        """Takes what is known, and the folder of the baseline."""
        self._entries = dict(sorted(entries.items()))
        self._folder = folder
        self._keys: dict[Key, list[Key]] = {}
        """Those that may be meant together: of one file and rule, in one place but for what is named within it."""
        for key in self._entries:
            self._keys.setdefault(_place(key), []).append(key)
        self._seen: dict[str, _Seen] = {}
        """The files that were looked at, by path."""
        self._gone: dict[str, bool] = {}
        """Whether there is no file of a path, as far as that was asked."""

    def apply(self, result: FileResult) -> FileResult:
        """Returns the result without what is known; of more mistakes than are known, the last ones stay.

        Of several results for one file, the last one counts.
        """
        result = _shown_again(result)
        path = relative_to(self._folder, result.path)
        seen = _Seen({entry.code for entry in result.ledger if _is_judged(entry, result)}, Counter(), {})
        self._seen[path] = seen
        found = _keys(path, result)
        reasons: dict[int, str | None] = {}
        # First what is exactly known, so that it is not taken up by what is only within it.
        for fitting in (self._same, self._wider):
            for index, key in enumerate(found):
                if index not in reasons and (known := self._take(fitting(key), seen.used)):
                    reasons[index] = known.reason
                    seen.hidden[key] = BaselineEntry(seen.hidden.get(key, BaselineEntry(0)).times + 1, known.reason)
        return _hidden(result, reasons) if reasons else result

    def _same(self, key: Key) -> Iterable[Key]:
        return (key,) if key in self._entries else ()

    def _wider(self, key: Key) -> Iterable[Key]:
        return (known for known in self._keys.get(_place(key), ()) if within(key.address, known.address))

    def _take(self, fitting: Iterable[Key], used: Counter[Key]) -> BaselineEntry | None:
        for known in fitting:
            if used[known] < self._entries[known].times:
                used[known] += 1
                return self._entries[known]
        return None

    def stale(self) -> list[Stale]:
        """Returns what is mended in files that were looked at, and all of files that are gone; in the order of keys."""
        found = []
        for key, known in self._entries.items():
            if not self.is_open(key):
                seen = self._seen.get(key.path)
                left = known.times - (seen.used[key] if seen else 0)
                found += [Stale(key, left, file_is_gone=seen is None)] if left else []
        return found

    def pruned(self) -> dict[Key, BaselineEntry]:
        """Returns the baseline without what is stale, and with nothing that it did not have."""
        kept = {key: known for key, known in self._entries.items() if self.is_open(key)}
        for seen in self._seen.values():
            kept |= {key: known for key, known in seen.hidden.items() if key.code in seen.judged}
        return kept

    def is_open(self, key: Key) -> bool:
        """Says whether the run could not tell what has become of an entry."""
        seen = self._seen.get(key.path)
        return not self._is_gone(key.path) if seen is None else key.code not in seen.judged

    def _is_gone(self, path: str) -> bool:
        if path not in self._gone:
            self._gone[path] = not os.path.lexists(os.path.join(self._folder, path))  # noqa: PTH118
        return self._gone[path]


class Recording:
    """Gathers the mistakes of a run for a new baseline."""

    def __init__(self, before: Entries, folder: str):
        """Takes what the baseline has so far: the reasons, and what this run does not look at, stay."""
        self._before = before
        self._matching = Matching(before, folder)
        self._folder = folder
        self._found: Counter[Key] = Counter()

    def apply(self, result: FileResult) -> FileResult:
        """Returns the result with all its diagnostics hidden, as they will be from now on."""
        path = relative_to(self._folder, result.path)
        self._found.update(_keys(path, result))
        self._matching.apply(result)
        return _hidden(result, dict.fromkeys(range(len(result.diagnostics))))

    def found(self) -> dict[Key, BaselineEntry]:
        """Returns the mistakes of this run."""
        return {key: self._known(key, count) for key, count in self._found.items()}

    def kept(self) -> dict[Key, BaselineEntry]:
        """Returns what the baseline had of files and rules that this run did not look at."""
        return {
            key: known for key, known in self._before.items() if key not in self._found and self._matching.is_open(key)
        }

    def _known(self, key: Key, count: int) -> BaselineEntry:
        before = self._before.get(key, BaselineEntry(0))
        return BaselineEntry(max(count, before.times) if self._matching.is_open(key) else count, before.reason)


def relative_to(folder: str, path: str) -> str:
    """Returns a path as a baseline in that folder names it; as it is where there is no way (another drive)."""
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:
        return path.replace(os.sep, "/")


def total(entries: Entries) -> tuple[int, int]:
    """Returns how many mistakes are listed, in how many files."""
    return sum(known.times for known in entries.values()), len({key.path for key in entries})


def _keys(path: str, result: FileResult) -> list[Key]:
    outline = result.outline if result.diagnostics else None
    return [Key(path, one.code, address(one, outline, result.source)) for one in result.diagnostics]


def _place(key: Key) -> Key:
    return key._replace(address=head(key.address))


def _is_judged(entry: RuleOutcome, result: FileResult) -> bool:
    """Says whether all mistakes of a rule came to light; a reason is why some may not have."""
    if entry.verdict == "not_applicable":
        return result.status == "linted" and entry.reason != NOT_COMPARED
    return entry.verdict != "undetermined" and entry.reason is None


def _shown_again(result: FileResult) -> FileResult:
    """Returns the result with nothing hidden by a baseline."""
    hidden = [one.diagnostic for one in result.suppressed if one.by == "baseline"]
    if not hidden:
        return result
    shown = sorted([*result.diagnostics, *hidden], key=lambda one: (one.span, one.code))
    left = tuple(one for one in result.suppressed if one.by != "baseline")
    return result._replace(diagnostics=tuple(shown), suppressed=left)


def _hidden(result: FileResult, reasons: Mapping[int, str | None]) -> FileResult:
    """Returns the result with some diagnostics, by their number, hidden by the baseline."""
    left: list[Diagnostic] = []
    hidden: list[Suppressed] = list(result.suppressed)
    for index, diagnostic in enumerate(result.diagnostics):
        if index in reasons:
            hidden.append(Suppressed(diagnostic, "external", "baseline", reasons[index]))
        else:
            left.append(diagnostic)
    hidden.sort(key=lambda one: (one.diagnostic.span, one.diagnostic.code))
    return result._replace(diagnostics=tuple(left), suppressed=tuple(hidden))


VERSION = 1
_MOST = 1_000_000_000
_NEEDED = {"path": str, "code": str, "address": str, "count": int}
_SHORTEST = 40
"""Characters that every entry has at least."""
_FEW = 20
_BRACKET_OR_STRING = lazy_re_compile(r'([{[])|"(?:[^"\\]+|\\(?:.|\Z))*(?:"|\Z)', re.DOTALL)
_START = lazy_re_compile(r'"entries"\s*:\s*\[\s*')
_MANY_DIGITS = lazy_re_compile(r"[0-9]{1000}")
_NEXT = lazy_re_compile(r"\s*,?\s*")


class Say(Protocol):
    """Says things in one of the two languages."""

    def __call__(self, zh: str, en: str) -> str:
        """Returns the text in the language."""
        ...


def written(entries: Entries) -> str:
    """Returns the text of a baseline."""
    lines = []
    for key, known in sorted(entries.items()):
        reason = {"reason": known.reason} if known.reason else {}
        lines.append(json.dumps({**key._asdict(), "count": known.times, **reason}, ensure_ascii=False))
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
