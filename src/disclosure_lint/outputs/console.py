"""The one way to the two streams of a console, which may be closed, full, or of any encoding.

Nothing else in the package prints: so nothing a stranger wrote reaches a terminal as it is.
"""

import io
import os
import sys
from contextlib import suppress
from typing import TextIO

from disclosure_lint.model.display import escape_controls

# Writing to what was opened for reading fails as it does on a closed stream; so does reading the other way round.
_CLOSED = {"stdin": ("r", os.O_WRONLY), "stdout": ("w", os.O_RDONLY), "stderr": ("w", os.O_WRONLY)}


def prepare() -> None:
    """Makes up for streams that are closed, and for characters that the console does not know.

    The number of a stream that the parent closed is taken, lest a file of ours get it and the output go there. Using
    the stream fails as it should, but for standard error, where what is said is lost.
    """
    for name, (mode, direction) in _CLOSED.items():
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, direction)  # the lowest that is free, so the stream's
            os.set_inheritable(descriptor, True)
            setattr(sys, name, open(descriptor, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def tell(*lines: str) -> None:
    """Says something beside the output, on standard error; if nobody can hear it, it is not said."""
    make_way()
    try:
        print(*map(escape_controls, lines), sep="\n", file=sys.stderr)
    except OSError:
        silence(sys.stderr)


class _Line:
    """The line on the terminal that tells how far a run is."""

    is_shown = False
    is_wanted = True


def progress(words: str) -> None:
    """Shows on a terminal how far a run is, in the place of what was shown last; nothing where nobody looks."""
    if (words and _Line.is_wanted and sys.stderr.isatty()) or _Line.is_shown:
        _Line.is_shown = bool(words)
        with suppress(OSError):
            sys.stderr.write(f"\r\x1b[K{escape_controls(words)}")
            sys.stderr.flush()


def show_progress(*, wanted: bool) -> None:
    """Says whether anybody wants to see how far a run is."""
    _Line.is_wanted = wanted


def make_way() -> None:
    """Takes away what tells how far a run is: something else is to be said."""
    if _Line.is_shown:
        progress("")


def silence(stream: TextIO | None = None) -> None:
    """Lets standard output, or another stream, lead nowhere, so that the interpreter does not complain at its end."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, (stream or sys.stdout).fileno())
        os.close(nowhere)
