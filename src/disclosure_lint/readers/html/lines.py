"""The characters of a line as the page shows them, each with its place in the file."""

from collections.abc import Sequence
from html import unescape
from typing import NamedTuple

from disclosure_lint.model.characters import SPACES, UNSEEN, raised
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.source import Run

# Control characters, which browsers do not show, are white space too; what else is not to be seen parts no number.
_PIECE = lazy_re_compile(
    r"[\x00- ]+|&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,8};?|[a-zA-Z][a-zA-Z0-9]{0,31};?)|&"
    rf"|[{UNSEEN}]+|[^\x00- &{UNSEEN}]+"
)
_SPECIAL = lazy_re_compile(rf"[\x00- &{UNSEEN}]")
_SHOWN = {**dict.fromkeys(map(ord, "\t\n\r\f"), " "), **dict.fromkeys(map(ord, UNSEEN))}
_OWN_NUMBER = lazy_re_compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[）)、.．]|[①-⑳]|第[一二三四五六七八九十\d]"
)
_FIRST_WIDE = "\u2e80"
_ALSO_WIDE = frozenset("“”‘’…—·")


class Line(NamedTuple):
    """A line without white space at its ends."""

    text: str
    runs: tuple[Run, ...]
    """From the beginning of the line."""
    links: int = 0
    """How many links are in it."""
    linked: int = 0
    """How many of its characters are links."""


class Writer:
    """Takes the texts of a line one after the other."""

    def __init__(self, text: str):
        """Takes the text of the file."""
        self._file = text
        self._clear()

    def _clear(self) -> None:
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._length = 0
        self._gap: Run | None = None
        self._label = ""
        self._links = self._linked = 0
        self._raised: list[tuple[int, int]] = []

    def write(self, start: int, end: int, *, linked: bool = False, above: bool = False) -> None:
        """Adds what stands in a stretch of the file, be it `above` the line, or below."""
        before = self._length
        if not _SPECIAL.search(self._file, start, end):
            if start < end:
                self._add(self._file[start:end], start, end - start)
        else:
            self._write_pieces(start, end)
        self._linked += (self._length - before) if linked else 0
        if above:
            self._raised.append((before, self._length))

    def _write_pieces(self, start: int, end: int) -> None:
        for match in _PIECE.finditer(self._file, start, end):
            piece, at = match.group(), match.start()
            if piece[0] <= " ":
                self._space(at, piece)
            elif piece[0] == "&" and (shown := unescape(piece)) != piece:
                self._special(at, piece, shown)
            elif piece[0] not in UNSEEN:
                self._add(piece, at, len(piece))

    def link(self) -> None:
        """Says that a link begins."""
        self._links += 1

    def label(self, text: str) -> None:
        """Puts a number before the line, unless the line begins with one of its own."""
        self._label = text

    def end_mark(self, at: int) -> None:
        """Ends the number of a list: the gap behind it is one space, none behind a wide mark."""
        line = self._cut()
        self._parts, self._runs, self._length = [line.text], list(line.runs), len(line.text)
        self._gap = Run(0, 0, at, 0) if line.text and not _is_wide(line.text[-1]) else None

    def finish(self) -> Line | None:
        """Returns the line, None if nothing is to be seen on it, and begins another one."""
        if not self._length:
            self._gap, self._links = None, 0
            return None
        line = self._cut()
        self._clear()
        return line if line.text else None

    def _cut(self) -> Line:
        text = self._with_raised("".join(self._parts)) if self._raised else "".join(self._parts)
        left = len(text) - len(text.lstrip(SPACES))
        bare = text.strip(SPACES)
        runs = self._runs if len(bare) == len(text) else _within(self._runs, left, left + len(bare))
        return Line(bare, tuple(runs), max(self._links, self._linked > 0), self._linked)

    def _with_raised(self, text: str) -> str:
        """Returns the text, its digits above the line as such beside others: 12 with the note 3 is not 123."""
        found, rest, done = "", "", 0
        for start, end in self._raised:
            found += text[done:start] + raised(text[start:end])
            rest += text[done:start]
            done = end
        return found + text[done:] if (rest + text[done:]).strip(SPACES) else text

    def _space(self, at: int, piece: str) -> None:
        if self._length and (self._gap is None or "\n" in piece):
            # Zero long: a line end, which is no space between Chinese characters.
            self._gap = Run(0, 0 if "\n" in piece else 1, at, len(piece))

    def _special(self, at: int, piece: str, shown: str) -> None:
        shown = shown.translate(_SHOWN)
        if shown:
            self._add(shown, at, len(piece))

    def _add(self, piece: str, at: int, length: int) -> None:
        if self._label:
            label, self._label = self._label, ""
            if not _OWN_NUMBER.match(piece):
                self._put(label, at, 0)
        gap, self._gap = self._gap, None
        if gap and not (gap.length == 0 and _is_wide(self._parts[-1][-1]) and _is_wide(piece[0])):
            self._put(" ", gap.origin, gap.origin_length)
        self._put(piece, at, length)

    def _put(self, piece: str, at: int, length: int) -> None:
        last = self._runs[-1] if self._runs else None
        if last and len(piece) == length and last.length == last.origin_length and last.origin + last.length == at:
            self._runs[-1] = Run(last.start, last.length + length, last.origin, last.length + length)
        else:
            self._runs.append(Run(self._length, len(piece), at, length))
        self._parts.append(piece)
        self._length += len(piece)


def joined(lines: Sequence[Line]) -> Line:
    """Returns several lines as one, a space between them."""
    if len(lines) == 1:
        return lines[0]
    runs: list[Run] = []
    done = 0
    for line in lines:
        runs += [run._replace(start=run.start + done) for run in line.runs]
        done += len(line.text) + 1
    return Line(" ".join(line.text for line in lines), tuple(runs))


def _within(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    """Returns the parts of runs that are in a stretch, counted from its beginning."""
    found = []
    for run in runs:
        left, right = max(run.start, start), min(run.start + run.length, end)
        if left >= right:
            continue
        if run.length == run.origin_length:
            found.append(Run(left - start, right - left, run.origin + left - run.start, right - left))
        else:
            found.append(Run(left - start, right - left, run.origin, run.origin_length))
    return found


def _is_wide(char: str) -> bool:
    return char >= _FIRST_WIDE or char in _ALSO_WIDE
