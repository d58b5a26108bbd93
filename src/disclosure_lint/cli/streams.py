"""Where output goes: a console of any encoding, a pipe that may close, or a file that is whole or not written."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol, TextIO

from disclosure_lint.cli.language import Translator
from disclosure_lint.model.display import disarmed
from disclosure_lint.model.errors import UserError
from disclosure_lint.outputs.console import make_way, silence

if TYPE_CHECKING:
    from disclosure_lint.files.writing import Replacement

Wording = Callable[[str], str]
"""Takes what a format wrote; returns what is written."""


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


def exact(text: str) -> str:
    """The wording for programs that need all as it is."""
    return text


@contextmanager
def opened(path: str | None, say: Translator, wording: Wording = disarmed) -> Iterator[Output]:
    """Returns the file of that path, or standard output for None. A file appears, or is replaced, only at the end.

    Characters that a terminal would obey are shown instead, unless there is another wording.
    """
    if path is None:
        console = Console(say, wording)
        yield console
        console.flush()
        return
    with _File(path, say, wording) as file:
        yield file
        file.finish()


def write_all(output: Output, pieces: Iterable[str]) -> None:
    """Writes pieces as they come, until nobody reads any more."""
    for piece in pieces:
        output.write(piece)
        if output.closed:
            break


@contextmanager
def opened_bytes(path: str, say: Translator) -> Iterator[Callable[[bytes], None]]:
    """Returns what writes bytes to the file of that path, which appears, or is replaced, only at the end."""
    with _File(path, say, exact) as file:
        yield file.add
        file.finish()


class Console:
    """Standard output; a reader that goes away (`| head -1`) is no mistake."""

    def __init__(self, say: Translator, wording: Wording = disarmed):
        self._say = say
        self._wording = wording
        self.closed = False
        self.utf8 = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"

    def write(self, text: str) -> None:
        """Writes a piece, unless nobody reads any more."""
        if text and not self.closed:
            make_way()
            with self._guarded(sys.stdout):
                sys.stdout.write(self._wording(text))

    def pass_on(self, stream: TextIO, pieces: Iterable[bytes]) -> None:
        """Writes bytes as they are to a stream that stands for standard output."""
        with self._guarded(stream):
            for piece in pieces:
                stream.buffer.write(piece)
            stream.flush()

    def abandon(self) -> None:
        """Writes no more."""
        self.flush()
        self.closed = True

    def flush(self) -> None:
        """Sends what is still held back."""
        if not self.closed:
            with self._guarded(sys.stdout):
                sys.stdout.flush()

    @contextmanager
    def _guarded(self, stream: TextIO) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            # What could not be written is written no more, neither by a later flush nor at the interpreter's end.
            self.closed = True
            silence(stream)
            # A closed pipe is EINVAL on Windows.
            if not isinstance(error, BrokenPipeError) and os.name != "nt":
                reason = error.strerror or str(error)
                raise UserError(self._say(f"输出写不出去：{reason}", f"cannot write: {reason}")) from None


class _File:
    """A file that is written beside its place and moved there when it is whole; a device or a pipe is written to."""

    utf8 = True

    def __init__(self, path: str, say: Translator, wording: Wording):
        self.closed = False
        self._path = path
        self._say = say
        self._wording = wording
        self._new: Replacement | None = None
        with self._guarded():
            target = Path(os.path.realpath(path))
            if target.exists() and not target.is_file():
                self._stream: IO[bytes] = target.open("wb")
            else:
                # Most runs write to the console.
                from disclosure_lint.files import writing

                self._new = writing.Replacement(target)

    def __enter__(self) -> "_File":
        return self

    def __exit__(self, *_: object) -> None:
        with self._guarded():
            if self._new is None:
                self._stream.close()
            else:
                self._new.__exit__()

    def write(self, text: str) -> None:
        self.add(self._wording(text).encode("utf-8", "backslashreplace"))

    def add(self, data: bytes) -> None:
        if self.closed:
            return
        with self._guarded():
            (self._new or self._stream).write(data)

    def abandon(self) -> None:
        self.closed = True

    def finish(self) -> None:
        with self._guarded():
            if self._new and not self.closed:
                self._new.complete()
                self._new.put()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:  # whoever reads the named pipe has enough, as with standard output
            self.closed = True
        except OSError as error:
            reason = error.strerror or str(error)
            message = self._say(f"结果写不进这个文件：{reason}", f"cannot write the output: {reason}")
            raise UserError(message, self._path) from None
