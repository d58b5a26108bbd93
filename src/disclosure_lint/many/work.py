"""What is done with one file, by whichever process: its bytes in, bytes of what is said about it out."""

import gc
import os
import pickle  # nosec B403  # what the process that started this one wrote; nothing of strangers is unpickled
import signal
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO

from disclosure_lint.engine.beside import Beside, Part, entry_of, nothing_beside
from disclosure_lint.engine.comparing import collecting
from disclosure_lint.engine.linter import Linter, LinterSet
from disclosure_lint.engine.notices import Failures
from disclosure_lint.extensions.hooks import DocumentHooks
from disclosure_lint.many import facts
from disclosure_lint.many.wire import encoded
from disclosure_lint.model.kind import Concluding
from disclosure_lint.model.report import Report
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.rule import Rule
from disclosure_lint.outputs.rows import Wanted
from disclosure_lint.settings import Settings

READY, DONE, BUG = b"+", b"=", b"!"
"""What an answer begins with; then comes its length, and the answer: nothing, the work, or what to tell developers."""
LENGTH = 8
"""Bytes of a length, the greatest first."""


class Work:
    """The jobs by name; each depends on nothing but what it is given, the packs and the plugins."""

    def __init__(self, linters: LinterSet):
        self._linters = linters
        self._last: tuple[Settings, list[tuple[Rule, Concluding]]] | None = None

    def look(self, name: str, data: bytes, settings: Settings, compared: bool) -> bytes:
        """Returns the record of a file: its result with nothing beside it, and if it is compared, what that needs."""
        return self.looked(name, data, settings, compared=compared)[0]

    def looked(self, name: str, data: bytes, settings: Settings, *, compared: bool) -> tuple[bytes, Report | None]:
        """Returns the same, and the report if the file is one."""
        linter = self._linter(settings)
        failures = Failures()
        found = linter.opened(name, data, settings, failures)
        if isinstance(found, FileResult):
            return encoded(None, linter.judged(name, found, settings, None, failures)), None
        if not compared:
            return encoded(None, linter.judged(name, found, settings, None, failures)), found
        # Where a plugin failed to read it, nobody is compared with it.
        rules = self._collecting(linter, settings)
        entry = None if failures.found else entry_of(name, found, linter.pairing, rules)
        if linter.hooks != DocumentHooks():  # plugins are told of each document once
            return encoded(entry, None), found
        alone = Beside(nothing_beside([code for code, _ in entry.kept] if entry else ()), {})
        return encoded(entry, linter.judged(name, found, settings, alone, failures)), found

    def lint(self, name: str, data: bytes, settings: Settings, part: Part) -> bytes:
        """Returns the record of a file, without what others need; `part` is what these say of its numbers."""
        linter = self._linter(settings)
        beside = Beside(part, {form.id: form for form in linter.forms})
        return encoded(None, linter.lint(name, data, settings, beside))

    def facts(self, name: str, data: bytes, settings: Settings, wanted: Wanted) -> bytes:
        """Returns what a file gives to `facts`."""
        return facts.encoded(facts.told_of(self._linter(settings), name, data, settings, wanted))

    def _collecting(self, linter: Linter, settings: Settings) -> list[tuple[Rule, Concluding]]:
        if self._last is None or self._last[0] != settings:  # which most files have in common
            self._last = settings, collecting(linter, settings)
        return self._last[1]

    def _linter(self, settings: Settings) -> Linter:
        return self._linters.of(settings.packs, convert=settings.convert)


def main() -> None:
    """Answers the jobs of another process until its input ends: at the latest with the process that started it.

    They come on standard input; answers go to standard output.
    """
    gc.disable()  # as at every start
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Nothing that a library may print comes among the answers, and none reads the jobs.
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        lang, use_cache, seconds = _read(requests)
        work = Work(LinterSet(lang, use_cache=use_cache))
    except Exception:  # noqa: BLE001 (the other process raises it)
        _answer(answers, BUG, traceback.format_exc().encode("utf-8", "backslashreplace"))
        return
    _answer(answers, READY)
    while (jobs := _read(requests)) is not None:
        for name, *arguments in jobs:
            _answer(answers, *_done(lambda: getattr(work, name)(*arguments), seconds))  # noqa: B023 (called at once)
        if not gc.isenabled():
            gc.freeze()
            gc.enable()


def _done(job: Callable[[], bytes], seconds: float) -> tuple[bytes, bytes]:
    """Returns the answer to a job; the system ends the process if that takes too long, where it can."""
    limited = hasattr(signal, "setitimer")
    try:
        if limited:
            # Not SIGPROF, by which rules of strangers are limited within.
            signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        return DONE, job()
    except MemoryError:
        os._exit(1)  # the next process has it all
    except Exception:  # noqa: BLE001 (as above)
        return BUG, traceback.format_exc().encode("utf-8", "backslashreplace")
    finally:
        if limited:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _read(requests: BinaryIO) -> Any:
    length = requests.read(LENGTH)
    if len(length) < LENGTH:
        return None
    return pickle.loads(requests.read(int.from_bytes(length, "big")))  # nosec B301  # as above


def _answer(answers: BinaryIO, kind: bytes, said: bytes = b"") -> None:
    answers.write(kind + len(said).to_bytes(LENGTH, "big") + said)
    answers.flush()
