"""Runs of a command that are killed at some moment; a moment is a call of a function, so no clock decides.

A run is a fork of the tests, which spares the imports; it ends itself by SIGKILL, which nothing in it can notice.
"""

import os
import signal
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from types import FrameType

_WRITING = str(Path("files", "writing.py"))


def moments(run: Callable[[], object]) -> tuple[int, int]:
    """Returns how many calls a run makes, and the number of the first that writes a file."""
    counter = _Counter(None)
    return counter.count(run)


def killed(run: Callable[[], object], moment: int) -> bool:
    """Has a run killed at a moment; returns whether it was still at work by then."""
    with warnings.catch_warnings():
        # Threads that other tests left would not be there in the child, which needs none of them.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            _Counter(moment).count(run)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


class _Counter:
    def __init__(self, last: int | None):
        self._last = last
        self._calls = 0
        self._first: int | None = None

    def count(self, run: Callable[[], object]) -> tuple[int, int]:
        before = sys.getprofile()
        sys.setprofile(self._called)
        try:
            run()
        finally:
            sys.setprofile(before)
        assert self._first is not None, "nothing was written"
        return self._calls, self._first

    def _called(self, frame: FrameType, event: str, _: object) -> None:
        # Before and after each call, be it of Python or of C: `os.replace` is a C function.
        self._calls += 1
        if self._first is None and event == "call" and frame.f_code.co_filename.endswith(_WRITING):
            self._first = self._calls
        if self._calls == self._last:
            os.kill(os.getpid(), signal.SIGKILL)
