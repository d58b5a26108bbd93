"""The way of a run: gather, compare, conclude, and say what is there."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from disclosure_lint.batch.cluster import Cluster, Task
from disclosure_lint.batch.plan import Job, Part
from disclosure_lint.batch.store import Store
from disclosure_lint.batch.work import MARKS, Concluded, Gathered, conclude, gather, linter_for, linters_for
from disclosure_lint.engine.beside import Part as Beside
from disclosure_lint.engine.comparing import collecting, history_for
from disclosure_lint.many.wire import decoded_entry
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.outputs.columns import SCHEMA

MANIFEST = "manifest.json"
TABLES = ("facts", "claims", "diagnostics", "files")
_OURS = lazy_re_compile(r"part-[0-9a-f]{32}\.(?:parquet|json\.gz)")
VERSION = 1
"""Of what the keys of the manifest mean."""


class Summary(NamedTuple):
    """How a run ended."""

    files: int
    counts: Counter[str]
    """Findings by severity."""
    failed: bool
    failures: tuple[tuple[str, str, str], ...]
    done: int
    """Tasks that were done now."""
    known: int
    """Tasks whose results were there."""


Progress = Callable[[str, int, int], None]
"""Is told what is done, how much of it is, and how much there is."""


def run(cluster: Cluster, job: Job, parts: Sequence[Part], progress: Progress) -> Summary:
    """Writes all results and then the manifest. Raises OSError if they cannot be written."""
    gathered: dict[int, Gathered] = {}
    entries = Entries(job) if job.compares else None
    tasks = (Task(number, part, partial(gather, job)) for number, part in enumerate(parts))
    for number, found in cluster.done(tasks):
        if entries is not None:
            entries.add(parts[number], found.entries)
        gathered[number] = found._replace(entries={})
        progress("gather", len(gathered), len(parts))
    concluded: dict[int, Concluded] = {}
    tasks = (
        Task(number, part, partial(conclude, job, gathered[number], entries.beside(part) if entries else None))
        for number, part in enumerate(parts)
    )
    for number, ended in cluster.done(tasks):
        concluded[number] = ended
        progress("conclude", len(concluded), len(parts))
    _finish(Store(job.output), job, [gathered[n] for n in range(len(parts))], [concluded[n] for n in range(len(parts))])
    return _summary(gathered.values(), list(concluded.values()))


class Entries:
    """The entries of all reports of a run."""

    def __init__(self, job: Job):
        """Takes what the settings say of names and sums, and the rules that keep something of each report."""
        self._job = job
        self._history = history_for(linters_for(job).of(), job.settings)
        self._history.collecting(rule for one in job.settings for rule in collecting(linter_for(job, one), one))
        self._forms = [{form.id: form for form in linter_for(job, one).forms} for one in job.settings]
        self._about: dict[str, tuple[str, int]] = {}

    def add(self, part: Part, entries: Mapping[str, str]) -> None:
        """Takes the entries of the files of a part, encoded, by their paths."""
        settings = {item.name: item.settings for item in part}
        for path, said in entries.items():
            entry = decoded_entry(said.encode("utf-8", "surrogatepass"), path)
            if entry is None:
                continue
            self._history.add(entry, self._forms[settings[entry.path]][entry.form])
            self._about[entry.path] = (entry.agency, entry.year)

    def beside(self, part: Part) -> Mapping[str, Beside]:
        """Returns by path what each report of a part is to be compared with."""
        known = [item.name for item in part if item.name in self._about]
        return {path: self._history.part(path, *self._about[path]) for path in known}


def _finish(store: Store, job: Job, gathered: Sequence[Gathered], concluded: Sequence[Concluded]) -> None:
    """Writes the manifest, and removes the parts of earlier runs that it does not name."""
    named: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    for found, ended in zip(gathered, concluded, strict=True):
        for one in (found, ended):
            for table, rows in one.rows.items():
                named[table].append({"file": f"{table}/part-{one.key}.parquet", "rows": rows})
    manifest = {
        "version": VERSION,
        "schema": SCHEMA,
        "tool": {"name": "disclosure-lint", "version": job.version},
        "stamp": job.stamp,
        "files": sum(one.files for one in concluded),
        "parts": named,
    }
    store.put(MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())
    kept = {one["file"] for some in named.values() for one in some}
    keys = [*(one.key for one in gathered), *(one.key for one in concluded)]
    kept |= {f"{MARKS}/part-{known}.json.gz" for known in keys}
    for folder in (*TABLES, MARKS):
        for name in store.names(folder):
            if _OURS.fullmatch(name) and f"{folder}/{name}" not in kept:
                store.remove(f"{folder}/{name}")


def _summary(gathered: Iterable[Gathered], concluded: Sequence[Concluded]) -> Summary:
    news = [*(one.is_new for one in gathered), *(one.is_new for one in concluded)]
    counts: Counter[str] = Counter()
    for one in concluded:
        counts.update(one.counts)
    return Summary(
        sum(one.files for one in concluded),
        counts,
        any(one.failed for one in concluded),
        tuple(failure for one in concluded for failure in one.failures),
        sum(news),
        len(news) - sum(news),
    )
