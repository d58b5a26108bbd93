"""PDF read in a process of its own: PDFium runs on bytes of strangers, and what ends it ends nothing else.

There is one such process, kept for the next file and started anew if it ended.
"""

import atexit
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence

from disclosure_lint.model.document import Document
from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.readers.pdf.problems import crashed, not_started, too_big, too_slow
from disclosure_lint.readers.pdf.wire import DONE, READ, PdfMark, decoded, is_error, marking, raise_error

_MAX_BYTES = 64 << 20
_MAX_ANSWER = 72 << 20
_LENGTH = 8
_SECONDS = 20.0 if hasattr(signal, "setitimer") else 5.0
"""By the clock, against a process that hangs; what only takes long is ended by the processor time that it uses, if the
system can do that."""
_CODE = (
    "import sys; sys.path[:] = sys.argv[1:]; del sys.argv[1:]; "
    "from disclosure_lint.readers.pdf.worker import main; main()"
)


def read_apart(name: str, data: bytes) -> Document:
    """Returns what stands in a PDF; raises UnreadableError, also if the process ends or takes too long."""
    if len(data) > _MAX_BYTES:
        raise too_big()
    with _Kept.lock:
        answer = _asked(READ + data)
    try:
        return decoded(name, answer)
    except (ValueError, TypeError, KeyError):
        raise crashed() from None


def marked_apart(data: bytes, marks: Sequence[PdfMark]) -> bytes:
    """Returns a PDF that was read with marks put in; raises UnreadableError as `read_apart` does."""
    with _Kept.lock:
        answer = _asked(marking(data, marks))
    raise_error(answer)
    return answer


def _asked(request: bytes) -> bytes:
    """Returns the answer to a request; UnreadableError if it takes too long, or a fresh process fails at it too."""
    for _ in range(2):
        if _Kept.reader and _Kept.reader.has_ended:
            _Kept.close()
        fresh = _Kept.reader is None
        reader = _Kept.reader = _Kept.reader or _Reader()
        try:
            answer = reader.ask(request)
        except UnreadableError:
            _Kept.close()
            # What took too long had all the time that it would have alone.
            if fresh or reader.took_too_long:
                raise
            continue
        # It may have grown, or read a file that another one would suffer from.
        if answer[:1] == DONE:
            _Kept.close()
        if fresh or not is_error(answer[1:]):
            return answer[1:]
        _Kept.close()
    raise crashed()


def close() -> None:
    """Ends the process that waits for the next file; another one is started when there is one."""
    with _Kept.lock:
        _Kept.close()


def running() -> int | None:
    """Returns the number of the process that waits for the next file, None if there is none."""
    return _Kept.reader.number if _Kept.reader else None


class _Reader:
    """A process that reads."""

    def __init__(self) -> None:
        """Starts it; raises UnreadableError if that fails."""
        # It finds the same modules, wherever they are; nothing else of the environment reaches it.
        paths = [path or os.getcwd() for path in sys.path]  # noqa: PTH109
        try:
            self._process = subprocess.Popen(  # nosec B603  # this very Python, with code of ours
                [sys.executable, "-I", "-c", _CODE, *paths],
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise not_started(str(error)) from error
        self.took_too_long = False
        """Whether it ended for that reason."""

    @property
    def number(self) -> int:
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def ask(self, request: bytes) -> bytes:
        """Returns the answer to a request; raises UnreadableError."""
        alarm = threading.Timer(_SECONDS, self._end)
        alarm.daemon = True
        alarm.start()
        try:
            self._write(len(request).to_bytes(_LENGTH, "big"))
            self._write(request)
            length = int.from_bytes(self._read(_LENGTH), "big")
            if length > _MAX_ANSWER:
                raise crashed()
            return self._read(length)
        except OSError:
            raise self._ended() from None
        finally:
            alarm.cancel()

    def close(self) -> None:
        """Ends it."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()
        try:
            self._process.wait(1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def forget(self) -> None:
        """Lets go of it in a copy of the process that started it."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()
        self._process.returncode = 0

    def _write(self, data: bytes) -> None:
        assert self._process.stdin is not None
        rest = memoryview(data)
        while rest:
            rest = rest[self._process.stdin.write(rest) or 0 :]

    def _read(self, length: int) -> bytes:
        assert self._process.stdout is not None
        parts: list[bytes] = []
        while length:
            part = self._process.stdout.read(min(length, 1 << 20))
            if not part:
                raise self._ended()
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    def _end(self) -> None:
        self.took_too_long = True
        self._process.kill()

    def _ended(self) -> UnreadableError:
        """Returns why there is no answer."""
        try:
            status = self._process.wait(2)
        except subprocess.TimeoutExpired:
            return crashed()
        # A process that ended well has the status 0, as has a signal that there is not.
        self.took_too_long = self.took_too_long or status == -getattr(signal, "SIGPROF", 1)
        return too_slow() if self.took_too_long else crashed()


class _Kept:
    """The process that waits for the next file, and who may ask it."""

    lock = threading.Lock()
    reader: _Reader | None = None

    @classmethod
    def close(cls) -> None:
        """Ends the process."""
        reader, cls.reader = cls.reader, None
        if reader:
            reader.close()

    @classmethod
    def forget(cls) -> None:
        """Leaves the process to the one that started it: two cannot ask through one pipe."""
        cls.lock = threading.Lock()
        reader, cls.reader = cls.reader, None
        if reader:
            reader.forget()


atexit.register(_Kept.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_Kept.forget)
