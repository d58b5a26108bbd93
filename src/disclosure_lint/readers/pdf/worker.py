"""The process in which PDFium runs: reads files from its standard input, answers on its standard output.

Each is preceded by its length. The process ends when its input does, that is, at the latest with the process that
started it.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import BinaryIO

from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.readers.pdf.problems import no_library, too_much
from disclosure_lint.readers.pdf.wire import DONE, GOES_ON, encoded, encoded_error, wanted

SECONDS = 1.5
"""Processor time for a file; a report of 60 pages takes a tenth of it."""
LENGTH = 8
"""Bytes of a length, the greatest first."""
_MEMORY = 280 << 20
_GROWN = 100 << 20


def main() -> None:
    """Answers until there is nothing more to read."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    # Nothing that a library may print comes among the answers.
    os.dup2(2, 1)
    _limit()
    while (data := _request(sys.stdin.buffer)) is not None:
        answer = _in_time(lambda data=data: answer_to(data))  # type: ignore[misc]
        answer = (DONE if _has_grown() else GOES_ON) + answer
        message = len(answer).to_bytes(LENGTH, "big") + answer
        while message:
            message = message[answers.write(message) or 0 :]


def answer_to(request: bytes) -> bytes:
    """Returns what is said about a file, or the file with marks."""
    data, marks = wanted(request)
    try:
        from disclosure_lint.readers.pdf.reading import read_pdf
    except (ImportError, OSError):
        return encoded_error(no_library())
    try:
        if marks is None:
            return encoded(read_pdf("", data))
        # Few runs ask for it.
        from disclosure_lint.readers.pdf.marking import marked

        return marked(data, marks)
    except UnreadableError as error:
        return encoded_error(error)
    except (MemoryError, RecursionError):
        return encoded_error(too_much())


def _request(stream: BinaryIO) -> bytes | None:
    length = stream.read(LENGTH)
    return stream.read(int.from_bytes(length, "big")) if len(length) == LENGTH else None


def _has_grown() -> bool:
    """Says whether so much memory is still held that a further file might lack what it would have had alone."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 (pathlib would be one more import)
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") > _GROWN
    except (OSError, ValueError):  # a system without it
        return False


def _limit() -> None:
    """Limits the memory, where the system can; what goes beyond ends the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Some systems know the limit and refuse to set it.
    try:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ValueError, OSError):
        return


def _in_time(call: Callable[[], bytes]) -> bytes:
    """Returns what the call returns; the system ends the process if that takes too long, where it can."""
    if not hasattr(signal, "setitimer"):
        return call()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        return call()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
