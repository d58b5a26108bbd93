"""The one way to the two streams of a console, which may be closed, full, or of any encoding.

Nothing else in the package prints: so nothing a stranger wrote reaches a terminal as it is.
"""

import io
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from time import monotonic
from typing import TextIO, TypeVar

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.display import escape_controls

# Writing to what was opened for reading fails as it does on a closed stream; so does reading the other way round.
_CLOSED = {"stdin": ("r", os.O_WRONLY), "stdout": ("w", os.O_RDONLY), "stderr": ("w", os.O_WRONLY)}
_AFTER, _EVERY = 0.5, 0.1
"""Seconds until the progress of a run is shown at first, and shown anew."""
_CELLS, _MINUTE = 20, 60
_Item = TypeVar("_Item")
_WIDE = frozenset("WF")


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


class Progress:
    """Counts, and shows on a terminal how many are done, how many a second, and how long it takes still."""

    def __init__(self, lang: str, words: LocalizedText, total: int):
        """Takes the language of the user, what is being done, and how often."""
        self._lang = lang
        self._words = words.text(lang)
        self._total = total
        self._done = 0
        self._begun = monotonic()
        self._next = self._begun + _AFTER
        self._is_seen = sys.stderr.isatty()

    def over(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """Yields items, and counts those that are done."""
        for item in items:
            yield item
            self.step()
        self.end()

    def step(self, count: int = 1) -> None:
        """Counts so many more."""
        self._done += count
        if self._is_seen and (now := monotonic()) >= self._next:
            self._next = now + _EVERY
            progress(self._line(now - self._begun))

    def show(self) -> None:
        """Shows it at once: the next step takes long."""
        if self._is_seen:
            progress(self._line(monotonic() - self._begun))

    def end(self) -> None:
        """Takes the line away."""
        progress("")

    def _line(self, seconds: float) -> str:
        """Returns the longest line for which there is room."""
        share = self._done / self._total if self._total else 1
        full = round(share * _CELLS)
        counted = f"{self._words} {self._done}/{self._total}"
        bar = f"{counted} [{'#' * full}{'-' * (_CELLS - full)}]"
        rate = self._done / seconds if seconds > 0 else 0
        if not rate:
            return self._fitting(bar, counted)
        left = self._time((self._total - self._done) / rate)
        many = f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}"
        whole = bar + self._say(f" 每秒 {many} 个，还要约 {left}", f" {many}/s, about {left} left")
        return self._fitting(whole, bar, counted)

    def _fitting(self, *lines: str) -> str:
        try:
            columns = os.get_terminal_size(sys.stderr.fileno()).columns or 80
        except (OSError, ValueError):
            columns = 80
        return next((line for line in lines if total_width(line) < columns), "")

    def _say(self, zh: str, en: str) -> str:
        return LocalizedText(zh, en).text(self._lang)

    def _time(self, seconds: float) -> str:
        whole = round(seconds)
        if whole < _MINUTE:
            return self._say(f"{whole} 秒", f"{whole} s")
        minutes = whole // _MINUTE
        if minutes < _MINUTE:
            return self._say(f"{minutes} 分 {whole % _MINUTE} 秒", f"{minutes} min {whole % _MINUTE} s")
        hours, minutes = divmod(minutes, _MINUTE)
        return self._say(f"{hours} 小时 {minutes} 分", f"{hours} h {minutes} min")


def width(char: str) -> int:
    """Returns the terminal cells of a visible character: 2 for Chinese ones, 0 for combining marks, else 1."""
    if char < "\u0300":
        return 1
    if unicodedata.combining(char) or unicodedata.category(char) == "Mn":
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1


def total_width(text: str) -> int:
    """Returns the terminal cells of a text."""
    return len(text) if text.isascii() else sum(map(width, text))
