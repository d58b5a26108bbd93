"""What is kept of reports so that others can be compared with them: as text, and all together."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from typing import Any

from disclosure_lint.batch.plan import Job, Part
from disclosure_lint.batch.workers import linter_for, linters_for
from disclosure_lint.engine.comparing import collecting, history_for
from disclosure_lint.engine.history import Part as Beside
from disclosure_lint.model.report import Entry

_BYTES = "bytes"


def encoded(entry: Entry) -> str:
    """Returns an entry as text: results are data, so nobody who may write them can have anything run."""
    return json.dumps(entry, default=_tagged)


def decoded(text: str) -> Entry:
    """Returns an entry that was text."""
    return Entry(*_plain(json.loads(text)))


def _tagged(value: Any) -> dict[str, str]:
    return {_BYTES: b64encode(value).decode()}


def _plain(value: Any) -> Any:
    """Returns tuples for lists, and bytes for what stands for them."""
    if isinstance(value, list):
        return tuple(map(_plain, value))
    return b64decode(value[_BYTES]) if isinstance(value, dict) else value


class Entries:
    """The entries of all reports of a run."""

    def __init__(self, job: Job):
        """Takes what the settings say of names and sums, and the rules that keep something of each report."""
        self._job = job
        self._history = history_for(linters_for(job).of(), job.settings)
        self._history.collecting(rule for one in job.settings for rule in collecting(linter_for(job, one), one))
        self._forms = [{form.id: form for form in linter_for(job, one).forms} for one in job.settings]
        self._about: dict[str, tuple[str, int]] = {}

    def add(self, part: Part, entries: Iterable[str]) -> None:
        """Takes the entries of the files of a part."""
        settings = {item.name: item.settings for item in part}
        for entry in map(decoded, entries):
            self._history.add(entry, self._forms[settings[entry.path]][entry.form])
            self._about[entry.path] = (entry.agency, entry.year)

    def beside(self, part: Part) -> Mapping[str, Beside]:
        """Returns by path what each report of a part is to be compared with."""
        known = [item.name for item in part if item.name in self._about]
        return {path: self._history.part(path, *self._about[path]) for path in known}
