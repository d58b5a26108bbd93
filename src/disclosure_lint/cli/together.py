"""Many files at once: which process looks at which, in what order results come, and what becomes of one that ends.

This process reads the files, one after the other as they are named, and gives them to the others; it looks at those
itself that LibreOffice converts, many at a time.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from disclosure_lint.cli.comparing import is_asked_for, remember
from disclosure_lint.cli.converting import converted_ahead, is_convertible
from disclosure_lint.cli.discovery import STANDARD_INPUT, Input
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.linting import Linters
from disclosure_lint.cli.reading import read
from disclosure_lint.engine.history import History
from disclosure_lint.files.reading import why
from disclosure_lint.many.pool import Answer, Pool, ProcessEndedError
from disclosure_lint.many.wire import decoded, decoded_entry
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.result import FileResult
from disclosure_lint.settings import Settings

_EACH = 16
"""Files for each process that are on their way; so many results wait for one that takes long."""
_MOST_BYTES = 64 << 20
"""Of all files on their way, unless one alone has more."""
_Result = TypeVar("_Result")
_ENDED = LocalizedText(
    "检查这个文件的进程中途被终止（可能内存不足），没有检查；别的文件不受影响",
    "the process that checked it was ended (perhaps for lack of memory), so it was not checked; all others were",
)
_LATE = LocalizedText(
    "检查这个文件用的时间太长，不像年度报告，没有检查",
    "checking it took too long, unlike any annual report, so it was not checked",
)


def together(
    linters: Linters, files: Sequence[tuple[Input, Settings]], count: int, say: Translator, *, compares: bool
) -> Iterator[tuple[Input, Settings, FileResult]]:
    """Yields the files in their order, each with its result; so many processes look at them.

    `compares` is whether rules may compare reports.
    """
    with Pool(count, say.lang, use_cache=linters.use_cache) as pool:
        run = _Together(pool, linters, say)
        yield from run.results(files, run.history(files) if compares and is_asked_for(linters, files) else None)


class _Together:
    """Files of a run that several processes look at."""

    def __init__(self, pool: Pool, linters: Linters, say: Translator):
        self._pool = pool
        self._linters = linters
        self._say = say
        self._ended: dict[str, LocalizedText] = {}
        """Why files were not looked at, by name: they are not tried again."""

    def history(self, files: Sequence[tuple[Input, Settings]]) -> History:
        """Returns what all files say to each other; those that cannot be read say nothing."""
        known = History()
        begun = (self._entry(known, *one) for one in converted_ahead(self._linters, files, self._say))
        for _ in _in_order(begun, self._pool.count * _EACH):
            pass
        return known

    def results(
        self, files: Sequence[tuple[Input, Settings]], history: History | None
    ) -> Iterator[tuple[Input, Settings, FileResult]]:
        """Yields the files in their order, each with its result."""
        is_known = history.has if history else lambda _: False
        ahead = converted_ahead(self._linters, files, self._say, is_known)
        begun = (self._begun(item, settings, history) for item, settings in ahead)
        results = _in_order(begun, self._pool.count * _EACH)
        for (item, settings), result in zip(files, results, strict=True):
            yield item, settings, result

    def _entry(self, known: History, item: Input, settings: Settings) -> tuple[int, Callable[[], None]]:
        """Has remembered what a file says, and returns its size, and what waits for that."""
        if item.path == STANDARD_INPUT:
            return 0, lambda: None
        linter = self._linters.of(settings.packs, convert=settings.convert)
        try:
            # Not a pipe that is named: it can be read but once.
            data = read(item._replace(named=False))
        except OSError:
            return 0, lambda: None
        if is_convertible(item, settings):
            remember(known, self._linters, item, settings, data)
            return 0, lambda: None
        answer = self._pool.ask("entry", item.name, data, settings)

        def add() -> None:
            said = self._said(answer, item.name)
            entry = decoded_entry(said, item.name) if isinstance(said, bytes) else None
            if entry:
                known.add_entry(entry, next(form for form in linter.forms if form.id == entry.form))

        return len(data), add

    def _begun(self, item: Input, settings: Settings, history: History | None) -> tuple[int, Callable[[], FileResult]]:
        """Has a file looked at; returns its size, and what waits for the result."""
        linter = self._linters.of(settings.packs, convert=settings.convert)
        try:
            data = read(item)
        except OSError as error:
            result = linter.unreadable(item.name, *why(error), settings=settings)
            return 0, lambda: result
        if is_convertible(item, settings):
            result = linter.lint(item.name, data, settings, history)
            return 0, lambda: result
        if item.name in self._ended:
            result = linter.unreadable(item.name, *self._ended[item.name], settings=settings)
            return 0, lambda: result
        part = history.part(item.name) if history else None
        answer = self._pool.ask("lint", item.name, data, settings, part)

        def fetched() -> FileResult:
            said = self._said(answer, item.name)
            if isinstance(said, bytes):
                return decoded(said, item.name)
            return linter.unreadable(item.name, *said, settings=settings)

        return len(data), fetched

    def _said(self, answer: Answer, name: str) -> bytes | LocalizedText:
        """Returns what is said of a file, or why it was not looked at."""
        try:
            return answer.get()
        except ProcessEndedError as error:
            self._ended[name] = _LATE if error.late else _ENDED
            return self._ended[name]


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
