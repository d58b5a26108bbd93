"""Texts that are open in the editor, saved or not, and places in them as editors count: lines and units, from 0."""

import codecs
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path, PurePath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.source import Rendition, Source, Span

_SUFFIXES = {"markdown": ".md", "plaintext": ".txt"}
"""What a text of that language is called where its name does not say it."""
Encoding = types.PositionEncodingKind | str
Change = types.TextDocumentContentChangeEvent
_LINE_END = lazy_re_compile(r"\r\n|\n|\r")
_LAST_OF_PLANE = "\uffff"


class Buffer(NamedTuple):
    """A text as the editor has it."""

    uri: str
    """As the editor writes it."""
    language: str
    """The editor's name for the language: `markdown`, `plaintext`, `toml`…"""
    version: int
    text: str

    @property
    def path(self) -> Path | None:
        """The file that it is of; None if it was never saved, or is elsewhere."""
        return path_of(self.uri)

    @property
    def data(self) -> bytes:
        """The bytes that a file with this text would have; the mark in front spares the guess at their encoding."""
        return codecs.BOM_UTF8 + self.text.encode("utf-8", "replace")

    @property
    def is_toml(self) -> bool:
        """Whether it is a configuration or a rule file, if anything of ours."""
        return self.language == "toml" or _path_in(self.uri).lower().endswith(".toml")

    def name(self, folder: Path) -> str:
        """Returns the path by which readers and settings know it; an unsaved one is as if it lay in that folder."""
        if path := self.path:
            return str(path)
        name = PurePath(unquote(_path_in(self.uri))).name or "untitled"
        suffix = _SUFFIXES.get(self.language, "")
        return str(folder / (name if name.lower().endswith(suffix) else name + suffix))


class Ruler:
    """Turns offsets of a text (code points) into positions and back.

    Lines end where the protocol says so, and nowhere else: a form feed, which PDF readers leave behind, ends none.
    """

    def __init__(self, text: str, encoding: Encoding):
        self._text = text
        self._encoding = encoding
        self._starts = [0]
        self._ends: list[int] = []
        for match in _LINE_END.finditer(text):
            self._ends.append(match.start())
            self._starts.append(match.end())
        self._ends.append(len(text))

    def position(self, offset: int) -> types.Position:
        """Returns the position of an offset; of one beyond the text, its end."""
        offset = min(offset, len(self._text))
        line = bisect_right(self._starts, offset) - 1
        return types.Position(line, self._units[offset] - self._units[self._starts[line]])

    def range(self, span: Span) -> types.Range:
        """Returns the range of a span."""
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """Returns the offset of a position; beyond a line or the text, its end; within a character, its beginning."""
        if position.line >= len(self._starts):
            return len(self._text)
        start, end = self._starts[position.line], self._ends[position.line]
        units = self._units
        return bisect_right(units, units[start] + position.character, start, end + 1) - 1

    def span(self, stretch: types.Range) -> Span:
        """Returns the span of a range; one that runs backwards is turned."""
        return Span(*sorted((self.offset(stretch.start), self.offset(stretch.end))))

    def line_start(self, offset: int) -> int:
        """Returns where the line of an offset begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """Returns where the line of an offset ends, before its line end."""
        return self._ends[bisect_right(self._starts, offset) - 1]

    @cached_property
    def _units(self) -> Sequence[int]:
        """How many units stand before each offset: counted once, for there may be thousands of places on one line."""
        text = self._text
        if self._encoding == types.PositionEncodingKind.Utf32 or text.isascii():
            return range(len(text) + 1)
        if self._encoding == types.PositionEncodingKind.Utf8:
            # An editor may send half a character; it counts like the mark that would stand for it.
            sizes = (
                1 if char < "\x80" else 2 if char < "\u0800" else 3 if char <= _LAST_OF_PLANE else 4 for char in text
            )
        elif max(text) <= _LAST_OF_PLANE:
            return range(len(text) + 1)
        else:
            sizes = (1 if char <= _LAST_OF_PLANE else 2 for char in text)
        return array("L", accumulate(sizes, initial=0))


class RenditionRuler(Ruler):
    """Turns offsets of what was read of a text into positions in that text, and back."""

    def __init__(self, text: str, encoding: Encoding, rendition: Rendition):
        super().__init__(text, encoding)
        self._rendition = rendition

    def position(self, offset: int) -> types.Position:
        """Returns the position of what ends at an offset, or else begins there."""
        _, (_, end) = self._rendition.in_file(Span(max(0, offset - 1), offset))
        return super().position(end)

    def range(self, span: Span) -> types.Range:
        """Returns the range of what stands in a span."""
        _, (start, end) = self._rendition.in_file(span)
        return types.Range(super().position(start), super().position(end))

    def offset(self, position: types.Position) -> int:
        """Returns the offset of what stands at a position, or before it."""
        return self._rendition.from_file(super().offset(position))


def ruler_of(text: str, encoding: Encoding, source: Source | None) -> Ruler:
    """Returns the ruler for offsets of what was read of a text."""
    return RenditionRuler(text, encoding, source) if isinstance(source, Rendition) else Ruler(text, encoding)


def path_of(uri: str) -> Path | None:
    """Returns the file of a URI; None for other schemes than `file`."""
    try:
        path = to_fs_path(uri) if urlsplit(uri).scheme == "file" else None
    except ValueError:  # no URI at all
        return None
    return Path(path) if path and "\0" not in path else None


def uri_of(path: Path) -> str:
    """Returns the URI of a file."""
    return from_fs_path(str(path.absolute())) or path.absolute().as_uri()


def edited(text: str, changes: Sequence[Change], encoding: Encoding) -> str:
    """Returns the text after the changes that an editor tells, one after the other."""
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            span = Ruler(text, encoding).span(change.range)
            text = text[: span.start] + change.text + text[span.end :]
        else:
            text = change.text
    return text


def _path_in(uri: str) -> str:
    try:
        return urlsplit(uri).path
    except ValueError:
        return ""
