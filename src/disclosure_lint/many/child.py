"""A process that works for another one: jobs come on its standard input, answers go to its standard output.

It ends when its input does, that is, at the latest with the process that started it.
"""

import gc
import os
import pickle  # nosec B403  # what the process that started this one wrote; nothing of strangers is unpickled
import signal
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO

from disclosure_lint.engine.linter import LinterSet
from disclosure_lint.many.work import Work

READY, DONE, BUG = b"+", b"=", b"!"
"""What an answer begins with; then comes its length, and the answer: nothing, the work, or what to tell developers."""
LENGTH = 8
"""Bytes of a length, the greatest first."""


def main() -> None:
    """Answers until there is nothing more to do."""
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
