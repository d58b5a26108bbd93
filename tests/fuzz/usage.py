"""What an input costs: processor time and memory of this process and of those that it started.

Processor time, since the clock says more about what else a machine does than about the input.
"""

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PROC = Path("/proc/self/clear_refs").exists()
_TICKS = os.sysconf("SC_CLK_TCK")
_UNIT = 1 if os.uname().sysname == "Darwin" else 1024
"""Bytes in which the system counts the largest size of a process."""
_NEW_PEAK = "5"
"""What makes Linux count the largest size of a process anew."""


class Measure:
    """A context: what is done in it, and what that cost."""

    seconds = 0.0
    """Of processor time, of all processes."""
    memory = 0
    """Bytes that the largest process held at its peak. Where the system has no `/proc`: since the process began."""

    def __enter__(self) -> "Measure":
        """Begins to count."""
        for process in ("self", *_children()):
            _begin_peak(process)
        self._start, self._ended = _seconds(), _peak_of_ended()
        return self

    def __exit__(self, *_: object) -> None:
        """Ends counting."""
        self.seconds = _seconds() - self._start
        self.memory = max(_peak(process) for process in ("self", *_children()))
        if (ended := _peak_of_ended()) > self._ended:  # of a process that was larger than all that ended before
            self.memory = max(self.memory, ended)


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """Has the system end this process if it computes for so long. Its children have no such limit."""
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def refuse_more(memory: int) -> None:
    """Has the system refuse this process and its children more addresses than so many bytes."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _children() -> list[str]:
    """Returns the numbers of the processes that this one started and that still run."""
    found: list[str] = []
    for task in Path("/proc/self/task").glob("*/children") if _PROC else ():
        with suppress(OSError):  # a thread that has just ended
            found += task.read_text().split()
    return found


def _begin_peak(process: str) -> None:
    if _PROC:
        try:
            Path("/proc", process, "clear_refs").write_text(_NEW_PEAK)
        except OSError:
            return  # it has just ended


def _seconds() -> float:
    """Returns the processor time so far, of those that ended and those that run."""
    total = sum(os.times()[:4])
    for child in _children():
        try:
            fields = Path("/proc", child, "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(map(int, fields[11:15])) / _TICKS
    return total


def _peak(process: str) -> int:
    if not _PROC:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT
    try:
        status = Path("/proc", process, "status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def _peak_of_ended() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _UNIT
