"""How far a run over many files is: a line on a terminal, which goes when there is something else to say."""

import os
import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

from disclosure_lint.cli.language import Translator
from disclosure_lint.outputs.console import progress
from disclosure_lint.outputs.width import total_width

_AFTER, _EVERY = 0.5, 0.1
"""Seconds until it is shown at first, and shown anew."""
_CELLS, _MINUTE = 20, 60
_Item = TypeVar("_Item")


class Progress:
    """Counts, and shows on a terminal how many are done, how many a second, and how long it takes still."""

    def __init__(self, say: Translator, zh: str, en: str, total: int):
        """Takes what is being done, and how often."""
        self._say = say
        self._words = say(zh, en)
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

    def _time(self, seconds: float) -> str:
        whole = round(seconds)
        if whole < _MINUTE:
            return self._say(f"{whole} 秒", f"{whole} s")
        minutes = whole // _MINUTE
        if minutes < _MINUTE:
            return self._say(f"{minutes} 分 {whole % _MINUTE} 秒", f"{minutes} min {whole % _MINUTE} s")
        hours, minutes = divmod(minutes, _MINUTE)
        return self._say(f"{hours} 小时 {minutes} 分", f"{hours} h {minutes} min")
