"""Mistakes that are known: what a baseline hides, what of it is mended, and what a new one would hold."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from disclosure_lint.model.diagnostic import Diagnostic
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
    return [Key(path, one.code, address(one, result.report, result.source)) for one in result.diagnostics]


def _place(key: Key) -> Key:
    return key._replace(address=head(key.address))


def _is_judged(entry: RuleOutcome, result: FileResult) -> bool:
    """Says whether all mistakes of a rule came to light; a reason is why some may not have."""
    if entry.verdict == "not_applicable":
        return result.status == "linted"
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


def sums(stale: Iterable[Stale]) -> int:
    """Returns how many mistakes are stale."""
    return sum(one.times for one in stale)
