"""Many files at once: which process looks at which, in what order results come, and what becomes of one that ends.

This process reads the files, one after the other as they are named, and gives them to the others; it looks at those
itself that LibreOffice converts, many at a time.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import TypeVar

from disclosure_lint.cli.comparing import begun
from disclosure_lint.cli.converting import converted_ahead, is_convertible
from disclosure_lint.cli.discovery import STANDARD_INPUT, Input
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.linting import Linters
from disclosure_lint.cli.progress import Progress
from disclosure_lint.cli.reading import read
from disclosure_lint.engine.history import History, Part
from disclosure_lint.engine.linter import Linter
from disclosure_lint.extensions.hooks import DocumentHooks
from disclosure_lint.files.reading import why
from disclosure_lint.many.cache import ResultCache, digest
from disclosure_lint.many.early import Early
from disclosure_lint.many.keys import Keys
from disclosure_lint.many.pool import Answer, Pool, ProcessEndedError
from disclosure_lint.many.wire import decoded, decoded_entry, encoded
from disclosure_lint.many.work import Work, nothing_beside, parted
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.result import FileResult
from disclosure_lint.settings import Settings

_EACH = 16
"""Files for each process that are on their way; so many results wait for one that takes long."""
_MOST_BYTES = 64 << 20
"""Of all files on their way, unless one alone has more."""
_Result = TypeVar("_Result")
_Said = TypeVar("_Said", bound=bytes | LocalizedText)
_ENDED = LocalizedText(
    "检查这个文件的进程中途被终止（可能内存不足），没有检查；别的文件不受影响",
    "the process that checked it was ended (perhaps for lack of memory), so it was not checked; all others were",
)
_LATE = LocalizedText(
    "检查这个文件用的时间太长，不像年度报告，没有检查",
    "checking it took too long, unlike any annual report, so it was not checked",
)


def in_order(
    linters: Linters, files: Sequence[tuple[Input, Settings]], count: int, say: Translator
) -> Iterator[tuple[Input, Settings, FileResult]]:
    """Yields the files in their order, each with its result; `count` processes look at new ones."""
    with Together(linters, count, say) as run:
        yield from run.results(files, run.history(files))


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
        self._ended: dict[str, LocalizedText] = {}
        """Why files were not looked at, by name: they are not tried again."""
        self._early = Early()
        self._entries: dict[str, tuple[str, int, Part]] = {}
        """Whose the reports are, of which years, and what is beside them if others have nothing to say."""

    def __enter__(self) -> "Together":
        self._stack = ExitStack()
        for one in (self._cache, self._pool):
            if one:
                self._stack.enter_context(one)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def history(self, files: Sequence[tuple[Input, Settings]]) -> History | None:
        """Returns what all files say to each other, None if nobody asks; those that cannot be read say nothing."""
        known = begun(self._linters, files)
        if known is None:
            return None
        # A pipe that is named can be read but once.
        named = [(item._replace(named=False), wish) for item, wish in files if item.path != STANDARD_INPUT]
        entries = (self._remembered(known, *one) for one in converted_ahead(self._linters, named, self._say))
        reading = Progress(self._say, "正在读", "reading", len(named))
        for _ in reading.over(_in_order(entries, self._most)):
            pass
        return known

    def results(
        self, files: Sequence[tuple[Input, Settings]], history: History | None
    ) -> Iterator[tuple[Input, Settings, FileResult]]:
        """Yields the files in their order, each with its result."""
        is_known = history.has if history else lambda _: False
        ahead = converted_ahead(self._linters, files, self._say, is_known)
        results = (self._begun(item, settings, history) for item, settings in ahead)
        checking = Progress(self._say, "正在检查", "checking", len(files))
        for (item, settings), result in zip(files, checking.over(_in_order(results, self._most)), strict=True):
            yield item, settings, result

    def told(
        self, files: Sequence[tuple[Input, Settings]], lasts: Callable[[bytes], bool], job: str, *arguments: object
    ) -> Iterator[tuple[Input, Settings, bytes | LocalizedText]]:
        """Yields the files in their order, each with what a job of `Work` says of it, or why it could not be done.

        The arguments come after those that all jobs have; `lasts` says what the next run may be told again.
        """
        ahead = converted_ahead(self._linters, files, self._say)
        answers = (self._asked(item, settings, lasts, job, arguments) for item, settings in ahead)
        reading = Progress(self._say, "正在读", "reading", len(files))
        for (item, settings), said in zip(files, reading.over(_in_order(answers, self._most)), strict=True):
            yield item, settings, said

    def _asked(
        self, item: Input, settings: Settings, lasts: Callable[[bytes], bool], job: str, arguments: tuple[object, ...]
    ) -> tuple[int, Callable[[], bytes | LocalizedText]]:
        """Has a job begun on a file; returns the file's size, and what waits for the answer."""
        linter = self._linters.of(settings.packs, convert=settings.convert)
        try:
            data = read(item)
        except OSError as error:
            problem = why(error)
            return 0, lambda: problem
        key = self._key(job, linter, item, settings, data, repr(arguments))

        def new(said: bytes | LocalizedText) -> bytes | LocalizedText:
            return self._new(key, said) if isinstance(said, bytes) and lasts(said) else said

        if kept := self._kept(key):
            return 0, lambda: kept
        if self._pool is None or is_convertible(item, settings):
            made: bytes = getattr(self._work, job)(item.name, data, settings, *arguments)
            return 0, lambda: new(made)
        answer = self._pool.ask(job, item.name, data, settings, *arguments)
        return len(data), lambda: new(self._said(answer, item.name))

    def _remembered(self, known: History, item: Input, settings: Settings) -> tuple[int, Callable[[], None]]:
        """Has remembered what a file says; returns its size, and what waits for that."""
        linter = self._linters.of(settings.packs, convert=settings.convert)
        try:
            data = read(item)
        except OSError:
            return 0, lambda: None

        def remember(said: bytes | LocalizedText) -> None:
            entry = decoded_entry(said, item.name) if said and isinstance(said, bytes) else None
            if entry:
                self._entries[item.name] = entry.agency, entry.year, nothing_beside(entry)
                self._early.see(entry.agency, entry.year)
                known.add(entry, next(form for form in linter.forms if form.id == entry.form))

        key = self._key("entry", linter, item, settings, data)
        converted = is_convertible(item, settings)
        # Plugins are told of each document once.
        early = self._early if self._early.pays_off and linter.hooks == DocumentHooks() and not converted else None
        if kept := self._kept(key):
            remember(kept)
        elif self._pool is None or converted:
            if early:
                said, result = self._work.alone(item.name, data, settings)
                early.keep(item.name, data, result)
            else:
                said, report, _ = self._work.remembered(item.name, data, settings)
                if report is not None:
                    known.keep(item.name, data, report)
            remember(self._new(key, said))
        else:
            answer = self._pool.ask("both" if early else "entry", item.name, data, settings)

            def fetch() -> None:
                said = self._said(answer, item.name)
                if early and isinstance(said, bytes):
                    said, result = parted(said)
                    early.keep(item.name, data, result)
                remember(self._new(key, said))

            return len(data), fetch
        return 0, lambda: None

    def _begun(self, item: Input, settings: Settings, history: History | None) -> tuple[int, Callable[[], FileResult]]:
        """Has a file looked at; returns its size, and what waits for the result."""
        linter = self._linters.of(settings.packs, convert=settings.convert)
        try:
            data = read(item)
        except OSError as error:
            result = linter.unreadable(item.name, *why(error), settings=settings)
            return 0, lambda: result
        part, said = Part(), None
        if history and item.name in self._entries:
            agency, year, nothing = self._entries[item.name]
            part = history.part(item.name, agency, year)
            early = self._early.take(item.name, data)
            said = early if part == nothing else None
        key = self._key("lint", linter, item, settings, data, repr(part))
        if kept := self._kept(key):
            result = decoded(kept, item.name)
        elif said is not None:
            result = decoded(said, item.name)
            if _lasts(result):
                self._new(key, said)
        elif item.name in self._ended:
            result = linter.unreadable(item.name, *self._ended[item.name], settings=settings)
        elif self._pool is None or is_convertible(item, settings):
            result = linter.lint(item.name, data, settings, history)
            if key and _lasts(result):
                self._new(key, encoded(result))
        else:
            answer = self._pool.ask("lint", item.name, data, settings, part)

            def fetched() -> FileResult:
                said = self._said(answer, item.name)
                if not isinstance(said, bytes):
                    return linter.unreadable(item.name, *said, settings=settings)
                result = decoded(said, item.name)
                if _lasts(result):
                    self._new(key, said)
                return result

            return len(data), fetched
        return 0, lambda: result

    def _said(self, answer: Answer, name: str) -> bytes | LocalizedText:
        """Returns what is said of a file, or why it was not looked at."""
        try:
            return answer.get()
        except ProcessEndedError as error:
            self._ended[name] = _LATE if error.late else _ENDED
            return self._ended[name]

    def _key(self, job: str, linter: Linter, item: Input, settings: Settings, data: bytes, *more: str) -> bytes | None:
        """Returns what tells a job on a file from all others; None where nothing is kept.

        What LibreOffice makes of a file depends on more than can be seen.
        """
        if self._cache is None or is_convertible(item, settings):
            return None
        general = self._keys.of(linter, settings)
        named = (part.encode("utf-8", "surrogatepass") for part in (job, item.name, *more))
        return digest(general, data, *named) if general else None

    def _kept(self, key: bytes | None) -> bytes | None:
        return self._cache.get(key) if self._cache and key else None

    def _new(self, key: bytes | None, said: _Said) -> _Said:
        """Keeps what was said of a file, if it was, and returns it."""
        if self._cache and key and said and isinstance(said, bytes):
            self._cache.put(key, said)
        return said


def _lasts(result: FileResult) -> bool:
    """Says whether a result is the file's: one that could not be read may be read by the next run."""
    return result.status in ("linted", "not_a_report") and not result.failures


def _in_order(begun: Iterable[tuple[int, Callable[[], _Result]]], most: int) -> Iterator[_Result]:
    """Yields what each of some waits for, in their order; takes sizes, and so many at once that others are busy."""
    waiting: deque[tuple[int, Callable[[], _Result]]] = deque()
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
