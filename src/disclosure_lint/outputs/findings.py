"""What all formats for programs say of a finding: its words, its place on one line, and what it is known by."""

import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from disclosure_lint.files.reading import whole_path
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.diagnostic import Diagnostic
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.result import FileResult, Suppressed
from disclosure_lint.model.source import Position, Source, Span


class Paths:
    """Names files from the top of the repository that the working directory is in, or from that directory."""

    def __init__(self) -> None:
        """Looks for the top: the nearest folder upwards that has a `.git`."""
        here = Path.cwd()
        self._root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)

    @property
    def root(self) -> str:
        """The top as a URI, with a slash at its end."""
        return self._root.as_uri().rstrip("/") + "/"

    def inside(self, path: str) -> str | None:
        """Returns the path from the top with forward slashes, None for a file elsewhere."""
        whole = whole_path(path)
        return whole.relative_to(self._root).as_posix() if whole.is_relative_to(self._root) else None

    def name(self, path: str) -> str:
        """Returns the path from the top, or the whole path of a file elsewhere."""
        return self.inside(path) or whole_path(path).as_posix()

    def uri(self, path: str) -> tuple[str, bool]:
        """Returns the path percent-encoded, and whether it counts from the top; it is a whole URI if not."""
        inside = self.inside(path)
        return (whole_path(path).as_uri(), False) if inside is None else (quote(os.fsencode(inside)), True)


def from_here(path: str) -> str:
    """Returns a path as the user named it, with forward slashes and nothing needless in it."""
    return Path(path).as_posix()


_START = Position(1, 1)
_DIGITS = lazy_re_compile("[0-9]+")
_ENOUGH = 200


class Place(NamedTuple):
    """A place on one line, counted from 1."""

    line: int
    column: int
    """In code points."""
    end_column: int
    """After the last character."""


class FingerprintedFinding(NamedTuple):
    """A finding and what it is known by from run to run."""

    diagnostic: Diagnostic
    fingerprint: str
    """32 hexadecimal digits, the same where the line or the number changes."""
    occurrence: int
    """From 1; which one it is among those with the same fingerprint in the file."""
    suppressed: Suppressed | None
    """Who asked for silence; None for what is reported."""


def place(source: Source | None, span: Span) -> Place:
    """Returns where it is on its first line; 1:1 where there is no text."""
    if source is None:
        return Place(1, 1, 1)
    file, whole = source.in_file(span)
    part = file.in_line(whole)
    line, column = file.position(part.start)
    return Place(line, column, column + part.end - part.start)


def byte_range(source: Source | None, span: Span) -> tuple[Position, Position]:
    """Returns the beginning and the end of a span, columns in bytes of UTF-8; 1:1 where there is no text."""
    if source is None:
        return (_START, _START)
    file, (start, end) = source.in_file(span)
    return (file.byte_position(start), file.byte_position(end))


def message(diagnostic: Diagnostic, lang: str) -> str:
    """Returns the message on one line; what it is called if it says nothing."""
    return escape_controls(diagnostic.message.text(lang).strip()) or diagnostic.name or diagnostic.code


def known(result: FileResult, name: str) -> Iterator[FingerprintedFinding]:
    """Returns the findings of a file, known by rule, file and the cell or else the section and text that it is at.

    Those that are not reported are among them, lest silence for one make another of its kind look new.
    `name` is the file's name, which must be the same in every run.
    """
    seen: Counter[str] = Counter()
    found: list[tuple[Diagnostic, Suppressed | None]] = [(diagnostic, None) for diagnostic in result.diagnostics]
    found += [(one.diagnostic, one) for one in result.suppressed]
    for diagnostic, suppressed in sorted(found, key=lambda one: (one[0].span, one[0].code)):
        key = "\0".join((diagnostic.code, name, *_at(result, diagnostic)))
        fingerprint = hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()[:32]
        seen[fingerprint] += 1
        yield FingerprintedFinding(diagnostic, fingerprint, seen[fingerprint], suppressed)


def _at(result: FileResult, diagnostic: Diagnostic) -> tuple[str, ...]:
    if diagnostic.cells:
        return ("cell", diagnostic.cells[0])
    if result.source is None:
        return ("file", *diagnostic.subject)
    span = diagnostic.span
    sections = outline.sections if (outline := result.outline) else ()
    around = (section.id for section in sections if section.span.start <= span.start < section.body.end)
    text = squeeze(result.source.text[span.start : min(span.end, span.start + _ENOUGH)])
    return ("text", next(around, ""), _DIGITS.sub("0", text), *diagnostic.subject)
