"""What is done with a part of the files, twice: first what each says by itself, then what is wrong with it.

Both are pure: the same files, rules and settings give the same bytes, on whatever machine. What was done before is
found by its key and not done again.
"""

import gzip
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from disclosure_lint.batch.plan import Item, Job, Part, key
from disclosure_lint.batch.store import Reading, Store
from disclosure_lint.engine.beside import Beside as PartHistory
from disclosure_lint.engine.beside import Part as Beside
from disclosure_lint.engine.beside import entry_of
from disclosure_lint.engine.comparing import collecting
from disclosure_lint.engine.linter import Linter, LinterSet
from disclosure_lint.files.reading import why
from disclosure_lint.many.wire import encoded_entry
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.errors import PluginError, UnreadableError, UserError
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.version import __version__
from disclosure_lint.outputs import parquet
from disclosure_lint.outputs.columns import CLAIMS, FACTS, FILES, FINDINGS, DataTable, Row
from disclosure_lint.outputs.facts import FileFacts
from disclosure_lint.outputs.rows import origin, row_of_file, rows_of_claims, rows_of_facts, rows_of_findings
from disclosure_lint.settings import Settings

MARKS = "work"
_LOST = LocalizedText(
    "处理这个文件的进程两次都中断了，没有检查；请单独检查这个文件",
    "the processes that worked on it ended, twice; it was not checked: check it by itself",
)


class Gathered(NamedTuple):
    """What the files of a part say."""

    key: str
    entries: dict[str, str]
    """Encoded, by path."""
    rows: dict[str, int]
    """How many rows were written, by table."""
    is_new: bool = True
    """Whether it was done now."""


class Concluded(NamedTuple):
    """What is wrong with the files of a part."""

    key: str
    files: int
    counts: dict[str, int]
    """Findings by severity."""
    failed: bool
    """Whether one of them is at the limits of its settings."""
    failures: tuple[tuple[str, str, str], ...]
    """What plugins failed to do: their name, and how in both languages."""
    rows: dict[str, int]
    is_new: bool = True


def gather(job: Job, part: Part, lost: Sequence[str] = (), *, keep: bool = True) -> Gathered:
    """Writes facts and claims of the files, and returns what others are compared with.

    Those of `lost` are passed over. Without `keep` all is done and nothing written: to see whether that can be done.
    """
    reading, store = Reading(), Store(job.output)
    known = key(
        "gather",
        job.stamp,
        *(word for item in part for word in (item.name, str(item.settings), reading.identity(item))),
    )
    place = _mark(known)
    if keep and (done := _read(store, place)):
        return Gathered(known, done["entries"], done["rows"], is_new=False)
    kept: dict[str, str] = {}
    origins: dict[str, dict[str, Any]] = {}
    tables: dict[str, list[Row]] = {"facts": [], "claims": []}
    for item in part:
        facts = None if item.name in lost else _facts(job, item, reading, kept)
        if facts and facts.report:
            origins[item.name] = origin(facts.report)
            tables["facts"] += rows_of_facts(facts, job.lang)
            tables["claims"] += rows_of_claims(facts, job.lang)
    rows = {name: len(found) for name, found in tables.items()}
    if keep:
        for table in (FACTS, CLAIMS):
            _put(store, table, known, tables[table.name])
        _write(store, place, {"entries": kept, "origins": origins, "rows": rows})
    return Gathered(known, kept, rows)


def conclude(
    job: Job,
    gathered: Gathered,
    beside: Mapping[str, Beside] | None,
    part: Part,
    lost: Sequence[str] = (),
    *,
    keep: bool = True,
) -> Concluded:
    """Writes what is wrong with the files; `beside` is by path what each is compared with, None if nobody asks."""
    store = Store(job.output)
    known = key("conclude", gathered.key, repr(beside))
    place = _mark(known)
    if keep and (done := _read(store, place)):
        failures = tuple(tuple(one) for one in done.pop("failures"))
        return Concluded(known, failures=failures, is_new=False, **done)
    origins = (_read(store, _mark(gathered.key)) or {}).get("origins", {})
    reading = Reading()
    findings: list[Row] = []
    files: list[Row] = []
    counts: Counter[str] = Counter()
    # As `check` has it: the pages of the first settings.
    style = OutputStyle(job.lang, job.version, rule_pages=job.settings[0].rule_pages)
    failures_found: list[tuple[str, str, str]] = []
    failed = False
    for item in part:
        settings = job.settings[item.settings]
        result = _result(job, item, reading, beside, is_lost=item.name in lost)
        failures_found += [(one.owner, one.reason.zh, one.reason.en) for one in result.failures]
        if result.status == "not_a_report":
            continue
        about = origins.get(item.name, {})
        findings += rows_of_findings(result, about, style)
        files.append(row_of_file(result, about, job.lang))
        counts.update(one.severity.name for one in result.diagnostics)
        failed = failed or _fails(result, settings)
    rows = {"diagnostics": len(findings), "files": len(files)}
    made = Concluded(known, len(files), dict(counts), failed, tuple(failures_found), rows)
    if keep:
        _put(store, FINDINGS, known, findings)
        _put(store, FILES, known, files)
        _write(store, place, {name: value for name, value in made._asdict().items() if name not in ("key", "is_new")})
    return made


def linters_for(job: Job) -> LinterSet:
    """Returns the linters of a job. Raises UserError if another version of the tool asks for them."""
    if job.version != __version__:
        zh = f"这台机器上的 disclosure-lint 是 {__version__}，发起的是 {job.version}；请装成一样的版本"
        en = f"a worker has disclosure-lint {__version__}, and {job.version} started this; install the same version"
        raise UserError(zh, en=en)
    return _made(job.stamp, job.lang, job.use_cache)


def linter_for(job: Job, settings: Settings) -> Linter:
    """Returns the linter for files of some settings. Raises UserError as `linters_for` does."""
    return linters_for(job).of(settings.packs, convert=settings.convert)


def _facts(job: Job, item: Item, reading: Reading, kept: dict[str, str]) -> FileFacts | None:
    settings = job.settings[item.settings]
    linter = linter_for(job, settings)
    if item.problem:
        return None
    try:
        document = linter.read(item.name, reading.data(item))
        report = linter.bind(document, settings.form)
    except (OSError, UnreadableError, PluginError):
        return None  # said when it is judged
    if report is None:
        return None
    if entry := entry_of(item.name, report, linter.pairing, collecting(linter, settings)):
        kept[item.name] = encoded_entry(entry).decode("utf-8", "surrogatepass")
    report, _ = linter.choose(report, settings)
    return FileFacts(item.name, document.format, report)


def _result(
    job: Job, item: Item, reading: Reading, beside: Mapping[str, Beside] | None, *, is_lost: bool
) -> FileResult:
    settings = job.settings[item.settings]
    linter = linter_for(job, settings)
    history = None
    if beside is not None:
        history = PartHistory(beside.get(item.name, Beside()), {form.id: form for form in linter.forms})
    problem = _LOST if is_lost else item.problem
    if problem is None:
        try:
            return linter.lint(item.name, reading.data(item), settings, history)
        except OSError as error:
            problem = why(error)
    return linter.unreadable(item.name, *problem, settings=settings)


def _fails(result: FileResult, settings: Settings) -> bool:
    undetermined = sum(entry.verdict == "undetermined" for entry in result.ledger)
    too_many = settings.max_undetermined is not None and undetermined > settings.max_undetermined
    return too_many or any(one.severity >= settings.fail_on for one in result.diagnostics)


def _mark(known: str) -> str:
    """Returns the name of what is written last: where it is, all else of that key is."""
    return f"{MARKS}/part-{known}.json.gz"


def _put(store: Store, table: DataTable, known: str, rows: Sequence[Row]) -> None:
    data = bytearray()
    parquet.write(table, [rows], data.extend)
    store.put(f"{table.name}/part-{known}.parquet", bytes(data))


def _write(store: Store, place: str, what: dict[str, Any]) -> None:
    store.put(place, gzip.compress(json.dumps(what, ensure_ascii=True).encode(), mtime=0))


def _read(store: Store, place: str) -> dict[str, Any] | None:
    """Returns what was written there, None if nothing was, or if it is damaged and so is to be done again."""
    data = store.read(place)
    try:
        return None if data is None else json.loads(gzip.decompress(data))
    except (OSError, EOFError, ValueError):
        return None


@lru_cache(maxsize=4)
def _made(stamp: str, lang: str, use_cache: bool) -> LinterSet:
    del stamp  # other rules, other linters
    return LinterSet(lang, use_cache=use_cache)
