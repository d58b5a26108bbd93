"""Where output goes: a console of any encoding, a pipe that may close, or a file that is whole or not written."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TextIO

from disclosure_lint.cli.language import Speaker
from disclosure_lint.model.errors import UserError


class Output(Protocol):
    """Takes text."""

    closed: bool
    """True once nobody reads any more."""
    utf8: bool
    """Whether all characters arrive as they are."""

    def write(self, text: str) -> None:
        """Writes a piece."""
        ...

    def abandon(self) -> None:
        """Writes no more; a file is left as it was before."""
        ...


def survive_encoding() -> None:
    """Makes the console show characters that it does not know by their numbers instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def opened(path: str | None, say: Speaker) -> Iterator[Output]:
    """Returns the file of that path, or standard output for None. A file appears, or is replaced, only at the end."""
    if path is None:
        console = Console(say)
        yield console
        console.flush()
        return
    file = _File(path, say)
    try:
        yield file
        file.finish()
    finally:
        file.discard()


class Console:
    """Standard output; a reader that goes away (`| head -1`) is no mistake."""

    def __init__(self, say: Speaker):
        self._say = say
        self.closed = False
        self.utf8 = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"

    def write(self, text: str) -> None:
        """Writes a piece, unless nobody reads any more."""
        if not self.closed:
            with self._guarded():
                sys.stdout.write(text)

    def abandon(self) -> None:
        """Writes no more."""
        self.flush()
        self.closed = True

    def flush(self) -> None:
        """Sends what is still held back."""
        if not self.closed:
            with self._guarded():
                sys.stdout.flush()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            # A closed pipe is EINVAL on Windows.
            if not isinstance(error, BrokenPipeError) and os.name != "nt":
                reason = error.strerror or str(error)
                raise UserError(self._say(f"输出写不出去：{reason}", f"cannot write: {reason}")) from None
            self.closed = True
            silence()


def silence(stream: TextIO | None = None) -> None:
    """Lets standard output, or another stream, lead nowhere, so that the interpreter does not complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, (stream or sys.stdout).fileno())
    os.close(nowhere)


class _File:
    """A file that is written beside its place and moved there when it is whole."""

    utf8 = True

    def __init__(self, path: str, say: Speaker):
        self.closed = False
        self._path = path
        self._say = say
        self._target = Path(os.path.realpath(path))
        # A device or a pipe (/dev/null) must be written to, never replaced.
        with self._guarded():
            direct = self._target.exists() and not self._target.is_file()
        name = f".{self._target.name}.{os.getpid()}.new"
        self._beside = self._target if direct else self._target.with_name(name)
        with self._guarded():
            self._stream = self._beside.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")

    def write(self, text: str) -> None:
        with self._guarded():
            self._stream.write(text)

    def abandon(self) -> None:
        self.closed = True

    def finish(self) -> None:
        with self._guarded():
            self._stream.close()
            if self._beside != self._target and not self.closed:
                self._beside.replace(self._target)

    def discard(self) -> None:
        with self._guarded():
            self._stream.close()
            if self._beside != self._target:
                self._beside.unlink(missing_ok=True)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or str(error)
            message = self._say(f"结果写不进这个文件：{reason}", f"cannot write the output: {reason}")
            raise UserError(message, self._path) from None
