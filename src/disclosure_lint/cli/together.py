"""Many files at once: which process looks at which, in what order results come, and what becomes of one that ends.

Each file is looked at once, by itself. Where reports are compared, that is done before the first result: then this
process puts each beside the others, and only those are judged anew in which that finds something.

This process reads the files, one after the other as they are named, and gives them to the others; it looks at those
itself that LibreOffice converts, many at a time.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from typing import NamedTuple, TypeVar

from disclosure_lint.cli.comparing import begun
from disclosure_lint.cli.converting import converted_ahead, is_convertible
from disclosure_lint.cli.inputs import STANDARD_INPUT, Input, read
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.run_config import Linters
from disclosure_lint.engine.beside import Part, nothing_beside
from disclosure_lint.engine.comparing import Settling
from disclosure_lint.engine.history import History
from disclosure_lint.engine.linter import Linter
from disclosure_lint.files.reading import why
from disclosure_lint.many.cache import Keys, ResultCache, digest
from disclosure_lint.many.pool import Pool, ProcessEndedError
from disclosure_lint.many.records import Place, Records
from disclosure_lint.many.wire import Record, encoded
from disclosure_lint.many.work import Work
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.result import Brief, FileResult
from disclosure_lint.outputs.console import Progress
from disclosure_lint.settings import Settings

_EACH = 16
"""Files for each process that are on their way; so many results wait for one that takes long."""
_MOST_BYTES = 64 << 20
"""Of all files on their way, unless one alone has more."""
_Result = TypeVar("_Result", FileResult, Brief)
_Done = TypeVar("_Done")
_Failed = TypeVar("_Failed")
_READING = LocalizedText("正在读", "reading")
_CHECKING = LocalizedText("正在检查", "checking")
_ENDED = LocalizedText(
    "检查这个文件的进程中途被终止（可能内存不足），没有检查；别的文件不受影响",
    "the process that checked it was ended (perhaps for lack of memory), so it was not checked; all others were",
)
_LATE = LocalizedText(
    "检查这个文件用的时间太长，不像年度报告，没有检查",
    "checking it took too long, unlike any annual report, so it was not checked",
)


class _Job(NamedTuple):
    """A job of `Work` on a file."""

    name: str
    item: Input
    settings: Settings
    data: bytes
    argument: object
    """Comes after what all jobs are given."""


def in_order(
    linters: Linters, files: Sequence[tuple[Input, Settings]], count: int, say: Translator
) -> Iterator[tuple[Input, Settings, FileResult]]:
    """Yields the files in their order, each with its result; `count` processes look at new ones."""
    with Together(linters, count, say) as run:
        yield from run.results(files, run.history(files), lambda record: record.result)


class Together:
    """Files of a run, most of which other processes or earlier runs look at; a context manager that ends those."""

    def __init__(self, linters: Linters, count: int, say: Translator):
        """Takes how many processes look at files; if only one, it is this one."""
        self._linters = linters
        self._say = say
        folder = linters.registry.cache
        self._cache = ResultCache(folder) if folder else None
        self._pool = Pool(count, say.lang, use_cache=linters.use_cache) if count > 1 else None
        self._most = count * _EACH if count > 1 else 0
        self._work = Work(linters)
        self._keys = Keys()
        self._records = Records()
        self._places: dict[int, Place] = {}
        """Where records are, by the number of the file: in an archive two may have one name."""
        self._settling: dict[int, Settling] = {}

    def __enter__(self) -> "Together":
        self._stack = ExitStack()
        self._stack.enter_context(closing(self._records))
        for one in (self._cache, self._pool):
            if one:
                self._stack.enter_context(one)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def history(self, files: Sequence[tuple[Input, Settings]]) -> History | None:
        """Looks at all files and returns what they say to each other; None, and nothing is done, if nobody asks."""
        known = begun(self._linters, files, self._records)
        if known is None:
            return None
        looks = (self._remembered(number, *one, known) for number, one in enumerate(self._ahead(files)))
        reading = Progress(self._say.lang, _READING, len(files))
        for _ in reading.over(_in_order(looks, self._most)):
            pass
        return known

    def results(
        self,
        files: Sequence[tuple[Input, Settings]],
        history: History | None,
        wanted: Callable[[Record], _Result],
    ) -> Iterator[tuple[Input, Settings, _Result]]:
        """Yields the files in their order, each with what is wanted of its record."""
        ahead = enumerate(self._ahead(files))
        results = (self._begun(number, item, settings, history, wanted) for number, (item, settings) in ahead)
        checking = Progress(self._say.lang, _CHECKING, len(files))
        for (item, settings), result in zip(files, checking.over(_in_order(results, self._most)), strict=True):
            yield item, settings, result

    def told(
        self, files: Sequence[tuple[Input, Settings]], lasts: Callable[[bytes], bool], job: str, argument: object
    ) -> Iterator[tuple[Input, Settings, bytes | LocalizedText]]:
        """Yields the files in their order, each with what a job of `Work` says of it, or why it could not be done.

        The argument comes after those that all jobs have; `lasts` says what the next run may be told again.
        """
        answers = (self._asked(item, settings, lasts, job, argument) for item, settings in self._ahead(files))
        reading = Progress(self._say.lang, _READING, len(files))
        for (item, settings), said in zip(files, reading.over(_in_order(answers, self._most)), strict=True):
            yield item, settings, said

    def _asked(
        self, item: Input, settings: Settings, lasts: Callable[[bytes], bool], job: str, argument: object
    ) -> tuple[int, Callable[[], bytes | LocalizedText]]:
        try:
            data = read(item)
        except OSError as error:
            problem = why(error)
            return 0, lambda: problem
        return self._begin(_Job(job, item, settings, data, argument), lasts, lambda words: words)

    def _begin(
        self,
        job: _Job,
        lasts: Callable[[bytes], bool],
        failed: Callable[[LocalizedText], _Failed],
        here: Callable[[], bytes] | None = None,
    ) -> tuple[int, Callable[[], bytes | _Failed]]:
        """Has a job begun, unless its answer was kept; returns how much is held for that, and what waits for it.

        `failed` says what stands for an answer that will not come, `here` does the job in this process, if that is more
        than the job itself.
        """
        key = self._key(job)
        if key and self._cache and (kept := self._cache.get(key)):
            return 0, lambda: kept

        def keep(said: bytes) -> bytes:
            if key and self._cache and lasts(said):
                self._cache.put(key, said)
            return said

        name, item, settings, data, argument = job
        if self._pool is None or is_convertible(item, settings):
            made = keep(here() if here else getattr(self._work, name)(item.name, data, settings, argument))
            return 0, lambda: made
        answer = self._pool.ask(name, item.name, data, settings, argument)

        def answered() -> bytes | _Failed:
            try:
                return keep(answer.get())
            except ProcessEndedError as error:
                return failed(_LATE if error.late else _ENDED)

        return len(data), answered

    def _recorded(self, job: _Job, here: Callable[[], bytes]) -> tuple[int, Callable[[], bytes]]:
        """Does the same for a job whose answer is the record of a file."""
        return self._begin(
            job,
            lambda said: Record(said, job.item.name).lasts,
            lambda words: self._unreadable(job.item, job.settings, *words).data,
            here,
        )

    def _ahead(self, files: Sequence[tuple[Input, Settings]]) -> Iterator[tuple[Input, Settings]]:
        return converted_ahead(self._linters, files, self._say, self._records.has)

    def _remembered(
        self, number: int, item: Input, settings: Settings, known: History
    ) -> tuple[int, Callable[[], None]]:
        """Has a file looked at and remembered; returns its size, and what waits for that."""
        if item.path == STANDARD_INPUT:
            return 0, lambda: None
        try:
            data = read(item._replace(named=False))  # not a pipe that is named: it can be read but once
        except OSError:
            return 0, lambda: None
        held, look = self._look(item, settings, data, known)

        def remember() -> None:
            said = look()
            self._places[number] = self._records.put(item.name, said)
            if whose := Record(said, item.name).whose:
                known.note(whose, next(form for form in self._linter(settings).forms if form.id == whose.form))

        return held, remember

    def _look(
        self, item: Input, settings: Settings, data: bytes, history: History | None
    ) -> tuple[int, Callable[[], bytes]]:
        """Has a file looked at by itself; returns how much is held for that, and what waits for its record."""
        compared = history is not None

        def look() -> bytes:
            said, report = self._work.looked(item.name, data, settings, compared=compared)
            if history and report and is_convertible(item, settings):
                history.keep(item.name, data, report)  # lest it be converted twice
            return said

        return self._recorded(_Job("look", item, settings, data, compared), look)

    def _begun(
        self,
        number: int,
        item: Input,
        settings: Settings,
        history: History | None,
        wanted: Callable[[Record], _Result],
    ) -> tuple[int, Callable[[], _Result]]:
        """Has the result of a file made; returns how much is held for that, and what waits."""
        data = None
        if number in self._places:
            record = self._records.at(self._places[number], item.name)
        else:
            try:
                data = read(item)
            except OSError as error:
                record = self._unreadable(item, settings, *why(error))
                return 0, lambda: wanted(record)
            held, look = self._look(item, settings, data, history)
            if history is None:
                return held, lambda: wanted(Record(look(), item.name))
            record = Record(look(), item.name)
        assert history is not None
        whose = record.whose
        part = history.part(item.name, whose.agency, whose.year) if whose else Part()
        if record.has_result:
            result = wanted(record)
            settled = self._beside(result, record, part, settings) if whose else result
            if settled is not None:
                return 0, lambda: settled
        return self._anew(item, settings, data, part, history, wanted)

    def _beside(self, alone: _Result, record: Record, part: Part, settings: Settings) -> _Result | None:
        """Returns the result of a report with what is beside it, if no rule finds more for that; else None."""
        whose = record.whose
        assert whose is not None
        if part == nothing_beside(whose.collected):
            return alone
        # Where numbers are wrong, last year's may tell which.
        asks = settings.trust == "previous" and part.before and (alone.diagnostics or alone.suppressed)
        if alone.failures or asks:
            return None
        linter = self._linter(settings)
        if id(linter) not in self._settling:
            self._settling[id(linter)] = Settling(linter)
        ledger = self._settling[id(linter)].settled(alone.ledger, record.entry, whose.collected, part)
        return None if ledger is None else alone._replace(ledger=ledger)

    def _anew(
        self,
        item: Input,
        settings: Settings,
        data: bytes | None,
        part: Part,
        history: History,
        wanted: Callable[[Record], _Result],
    ) -> tuple[int, Callable[[], _Result]]:
        """Has a report judged with what is beside it; returns how much is held for that, and what waits."""
        try:
            data = read(item) if data is None else data
        except OSError as error:
            record = self._unreadable(item, settings, *why(error))
            return 0, lambda: wanted(record)
        held, said = self._recorded(
            _Job("lint", item, settings, data, part),
            lambda: encoded(None, self._linter(settings).lint(item.name, data, settings, history)),
        )
        return held, lambda: wanted(Record(said(), item.name))

    def _unreadable(self, item: Input, settings: Settings, zh: str, en: str) -> Record:
        result = self._linter(settings).unreadable(item.name, zh, en, settings=settings)
        return Record(encoded(None, result), item.name)

    def _linter(self, settings: Settings) -> Linter:
        return self._linters.of(settings.packs, convert=settings.convert)

    def _key(self, job: _Job) -> bytes | None:
        """Returns what tells a job from all others; None where nothing is kept.

        What LibreOffice makes of a file depends on more than can be seen.
        """
        if self._cache is None or is_convertible(job.item, job.settings):
            return None
        general = self._keys.of(self._linter(job.settings), job.settings)
        named = (part.encode("utf-8", "surrogatepass") for part in (job.name, job.item.name, repr(job.argument)))
        return digest(general, job.data, *named) if general else None


def _in_order(begun: Iterable[tuple[int, Callable[[], _Done]]], most: int) -> Iterator[_Done]:
    """Yields what each of some waits for, in their order; takes sizes, and so many at once that others are busy."""
    waiting: deque[tuple[int, Callable[[], _Done]]] = deque()
    held = 0
    for size, wait in begun:
        waiting.append((size, wait))
        held += size
        while len(waiting) > most or (held > _MOST_BYTES and len(waiting) > 1):
            done, fetch = waiting.popleft()
            yield fetch()
            held -= done
    for _, fetch in waiting:
        yield fetch()
