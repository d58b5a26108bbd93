"""The text of a case: pieces put into a whole report, and marks taken out of it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.lazy_re import lazy_re_compile

_CODES = lazy_re_compile(r"[A-Z]{2}\d{3}(:(error|warning|info))?( [A-Z]{2}\d{3}(:(error|warning|info))?)*")
_MARK = lazy_re_compile(r"⟦|⟧(?:\{([^{}\n]*)\})?")
_NUMBERED = lazy_re_compile(r"⟦|⟧\{([^{}@]+)@(\d+)\}")
_PIECE = lazy_re_compile(r"^=== (\w+)(?: ~ (.+))?\n", re.MULTILINE)


class Expected(NamedTuple):
    """Something that must be found."""

    start: int
    end: int
    code: str
    severity: str | None
    """None where the case does not say."""
    line: int
    """Line of its mark in the file of the case."""


class CaseError(Exception):
    """A case that is not written as it should be."""

    def __init__(self, zh: str, en: str, line: int | None = None, path: str = ""):
        super().__init__(f"{path}:{line}: {en}")
        self.words = LocalizedText(zh, en)
        """What is wrong and what to do."""
        self.line = line
        """Line in the file of the case, from 1; None if it is about the file as a whole."""
        self.path = path


class Piece(NamedTuple):
    """A part of a text that goes by a name."""

    name: str
    words: str | None
    """Words of the one line that it stands for; None if it is the whole part."""
    text: str
    line: int
    """Where its name stands, from 1."""


def numbered(body: str, first: int) -> str:
    """Returns the text with the line number in each mark, which stays with it wherever the text goes.

    `first` is the number of its first line. Raises CaseError for marks that do not pair or say no code.
    """
    opened: list[int] = []
    parts: list[str] = []
    done = 0
    for mark in _MARK.finditer(body):
        line = first + body.count("\n", 0, mark.start())
        parts.append(body[done : mark.start()])
        done = mark.end()
        if mark[0] == "⟦":
            opened.append(line)
            parts.append("⟦")
            continue
        if not opened:
            raise CaseError("⟧ 前面没有 ⟦", "a ⟧ without its ⟦", line)
        if mark[1] is None or not _CODES.fullmatch(mark[1]):
            raise CaseError(
                "⟧ 后面要紧跟着写应查出的代码，如 ⟧{DL401}、⟧{DL103:info DL106}",
                "a ⟧ is followed by the codes to be found, like ⟧{DL401} or ⟧{DL103:info DL106}",
                line,
            )
        opened.pop()
        parts.append(f"⟧{{{mark[1]}@{line}}}")
    if opened:
        raise CaseError("⟦ 后面没有 ⟧{代码}", "a ⟦ without its ⟧{CODE}", opened[-1])
    return "".join([*parts, body[done:]])


def unmarked(marked: str) -> tuple[str, tuple[Expected, ...]]:
    """Returns a text whose marks are numbered without them, and what they say."""
    parts: list[str] = []
    length = done = 0
    opened: list[int] = []
    expected: list[Expected] = []
    for match in _NUMBERED.finditer(marked):
        parts.append(marked[done : match.start()])
        length += match.start() - done
        done = match.end()
        if match[1] is None:
            opened.append(length)
            continue
        start = opened.pop()
        for code in match[1].split():
            name, _, severity = code.partition(":")
            expected.append(Expected(start, length, name, severity or None, int(match[2])))
    return "".join([*parts, marked[done:]]), tuple(sorted(expected, key=lambda one: one[:3]))


def patched(whole: str, body: str, first: int) -> str:
    """Returns a whole report with the pieces of a body in place of its own; CaseError if they do not fit.

    `first` is the number of the body's first line. What the body's marks say must be numbered by `numbered`.
    """
    parts = {piece.name: piece.text for piece in _pieces(whole, 1)}
    for piece in _pieces(body, first):
        if piece.name not in parts:
            known = "、".join(parts)
            raise CaseError(
                f"年报里没有叫 {piece.name} 的一段，有 {known}", f"there is no piece {piece.name}: {known}", piece.line
            )
        parts[piece.name] = piece.text if piece.words is None else _with_line(parts[piece.name], piece)
    return "\n\n".join(text.strip("\n") for text in parts.values() if text.strip("\n")) + "\n"


def _with_line(part: str, piece: Piece) -> str:
    lines = part.splitlines()
    places = [index for index, line in enumerate(lines) if (piece.words or "") in line]
    if len(places) != 1:
        raise CaseError(
            f"{piece.name} 里有 {len(places)} 行写着“{piece.words}”，应当恰好一行",
            f"“{piece.words}” is in {len(places)} lines of {piece.name}, not in one",
            piece.line,
        )
    lines[places[0] : places[0] + 1] = piece.text.strip("\n").splitlines()
    return "\n".join(lines)


def _pieces(text: str, first: int) -> Iterator[Piece]:
    starts = list(_PIECE.finditer(text))
    if not starts or text[: starts[0].start()].strip():
        raise CaseError(
            "文字应从 === overview 这样的一行开始", "the text must begin with a line like === overview", first
        )
    ends = [match.start() for match in starts[1:]] + [len(text)]
    for match, end in zip(starts, ends, strict=True):
        body = text[match.end() : end]
        line = first + text.count("\n", 0, match.start())
        if body.count("⟦") != body.count("⟧"):
            raise CaseError("⟦ 和 ⟧ 要在同一段里", "⟦ and ⟧ must stand in one piece", line)
        yield Piece(match[1], match[2], body, line)
