"""Where in a TOML text somebody is typing: told from what stands before, for the text is seldom valid just then."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.source import Span
from disclosure_lint.packs.toml_files import DEEPEST, LARGEST


class TypedPlace(NamedTuple):
    """What is being typed, and within what."""

    kind: Literal["header", "key", "value"]
    keys: tuple[str, ...]
    """The way to the table that a key is for, or to the value; tables of an array have no numbers here."""
    word: str
    """What stands of it before the cursor, without quotes; of a header all from its first bracket."""
    span: Span
    """What gives way to a choice: the word, and what of it stands behind the cursor; of a key the quotes too."""
    quote: str
    """The quotation mark before it, if any."""
    is_closed: bool
    """Whether a quotation mark follows, or, behind a key, the equals sign."""
    opening: str
    """The bracket or brace that is open before it; empty in the lines of a table."""
    present: frozenset[str]
    """The keys that its table has already."""
    body: Span
    """From the header of the table to the next header."""


_BARE = r"[A-Za-z0-9_-]+"
_PART = rf"(?:{_BARE}|\"[^\"\n]*\"|'[^'\n]*')"
_HEADER = lazy_re_compile(r"\[{1,2}(?P<name>[^\]\n#]*)(?P<end>\]{0,2})")
_WHOLE_HEADER = lazy_re_compile(
    rf"\[\[?[ \t]*(?!(?:true|false)\b)[A-Za-z_][\w-]*(?:[ \t]*\.[ \t]*{_PART})*[ \t]*\]\]?[ \t]*(?:[#\r\n]|\Z)"
)
_HEADER_LINE = lazy_re_compile(rf"^[ \t]*(?={_WHOLE_HEADER.pattern})\[\[?[^\]\n]*", re.MULTILINE)
_PAIR = lazy_re_compile(rf"{_BARE}(?:[ \t]*\.[ \t]*{_PART})*[ \t]*=")
_KEY_LINE = lazy_re_compile(rf"^[ \t]*({_BARE})[ \t]*=", re.MULTILINE)
_TOKEN = lazy_re_compile(
    r"(?P<newline>\n)|(?P<space>[^\S\n]+)|(?P<comment>#[^\n]*)"
    r"|(?P<long>\"\"\"(?:\\(?:.|\Z)|[^\\])*?(?:\"\"\"|\Z)|'''.*?(?:'''|\Z))"
    r"|(?P<string>\"(?:\\[^\n]|[^\"\\\n])*\"?|'[^'\n]*'?)|(?P<mark>[\[\]{}=,])|(?P<word>[^\s\[\]{}=,#\"']+)",
    re.DOTALL,
)
_EQUALS = lazy_re_compile(r"[ \t]*=")
_REST_OF_WORD = lazy_re_compile(r"[\w.-]*")
_REST_OF_STRING = lazy_re_compile(r"[\w\[\],.*，-]*")
_REST_OF_HEADER = lazy_re_compile(r"[\w.\"' \t-]*\]{0,2}")


def typed_place(text: str, offset: int) -> TypedPlace | None:
    """Returns what is being typed at an offset; None where no key and no value may stand, as in a comment."""
    return _Scan(text, offset).place() if len(text) <= LARGEST else None


class _Frame:
    """A table, a list or an inline table that is open at the cursor."""

    def __init__(self, opening: str, path: tuple[str, ...]):
        self.opening = opening
        self.path = path
        self.key: tuple[str, ...] | None = None
        """The way to the value that stands here now."""
        self.parts: list[str] = []
        """What has been read of the next key."""
        self.filled = False
        """Whether the value is there."""
        self.seen: set[str] = set()

    @property
    def wants_key(self) -> bool:
        return self.opening != "[" and self.key is None

    @property
    def value(self) -> tuple[str, ...]:
        return self.path if self.key is None else self.key

    def next(self) -> None:
        """Begins the next pair or item."""
        self.key, self.parts, self.filled = None, [], False


class _Scan:
    """One pass over what stands before the cursor.

    What somebody has left open further up must not spoil the rest: a quotation mark ends with its line, and brackets
    end where a line begins like a table or a pair.
    """

    def __init__(self, text: str, offset: int):
        self._text = text
        self._offset = offset
        self._frames = [_Frame("", ())]
        self._start = 0
        """Where the body of the table begins."""

    def place(self) -> TypedPlace | None:
        at, is_fresh = 0, True
        while at < self._offset:
            if is_fresh and (header := self._header(at)):
                if self._offset <= header.end():
                    return self._in_header(header)
                self._frames = [_Frame("", tuple(_parts(header["name"])[:DEEPEST]))]
                at = self._start = header.end()
                is_fresh = False
                continue
            piece = _TOKEN.match(self._text, at, self._offset)
            if piece is None:
                return None
            if is_fresh and len(self._frames) > 1 and _PAIR.match(self._text, at):
                self._back_to_table()
            at, kind = piece.end(), piece.lastgroup
            if at == self._offset and (kind == "word" or (kind == "string" and not _is_whole(piece.group()))):
                return self._in_word(piece.group())
            if at == self._offset and kind in ("comment", "long"):
                return None
            self._take(kind or "", piece.group())
            if len(self._frames) > DEEPEST:
                return None
            is_fresh = kind == "newline" or (is_fresh and kind == "space")
        return self._in_word("")

    def _header(self, at: int) -> re.Match[str] | None:
        top = self._frames[-1]
        may_begin = len(self._frames) == 1 and top.wants_key
        is_header = self._text[at] == "[" and (may_begin or _WHOLE_HEADER.match(self._text, at))
        return _HEADER.match(self._text, at) if is_header else None

    def _back_to_table(self) -> None:
        del self._frames[1:]
        self._frames[0].next()

    def _take(self, kind: str, piece: str) -> None:
        top = self._frames[-1]
        if kind == "newline":
            if top.opening != "[":
                self._back_to_table()
        elif kind in ("word", "string", "long"):
            if top.wants_key:
                top.parts += _parts(piece)
            else:
                top.filled = True
        elif piece == "=" and top.wants_key and top.parts:
            top.seen.add(top.parts[0])
            top.key, top.parts = (*top.path, *top.parts), []
        elif piece in ("[", "{") and not top.wants_key:
            self._frames.append(_Frame(piece, top.value))
        elif piece in ("]", "}") and top.opening == {"]": "[", "}": "{"}[piece]:
            self._frames.pop()
            self._frames[-1].filled = True
        elif piece == "," and top.opening:
            top.next()

    def _in_header(self, header: re.Match[str]) -> TypedPlace:
        start = header.start()
        rest = _REST_OF_HEADER.match(self._text, self._offset)
        span = Span(start, rest.end() if rest else self._offset)
        word = self._text[start : self._offset]
        return TypedPlace("header", (), word, span, "", False, "", frozenset(), Span(start, start))

    def _in_word(self, piece: str) -> TypedPlace | None:
        top = self._frames[-1]
        quote = piece[:1] if piece[:1] in ("'", '"') else ""
        if top.filled or (top.wants_key and top.parts):
            return None
        path, word = top.value, piece.removeprefix(quote)
        start, (end, is_closed) = self._offset - len(word), self._rest(quote)
        if top.wants_key:
            if quote:
                start, end = start - 1, end + is_closed
            else:
                *before, word = word.split(".")
                path, start = (*path, *before), self._offset - len(word)
            is_closed = _EQUALS.match(self._text, end) is not None
        present = frozenset({*top.seen, *(() if top.opening else self._around())})
        kind: Literal["key", "value"] = "key" if top.wants_key else "value"
        body = Span(self._start, self._end)
        return TypedPlace(kind, path, word, Span(start, end), quote, is_closed, top.opening, present, body)

    def _quoted_at(self, at: int, quote: str) -> bool:
        return bool(quote) and self._text.startswith(quote, at)

    def _rest(self, quote: str) -> tuple[int, bool]:
        """Returns where the word ends that the cursor is in, and whether its quotation mark is there."""
        rest = (_REST_OF_STRING if quote else _REST_OF_WORD).match(self._text, self._offset)
        end = rest.end() if rest else self._offset
        if not quote or self._quoted_at(end, quote):
            return end, bool(quote)
        # The next quotation mark belongs to something else: only what is surely of this word gives way.
        rest = _REST_OF_WORD.match(self._text, self._offset)
        return (rest.end() if rest else self._offset), False

    @property
    def _end(self) -> int:
        following = _HEADER_LINE.search(self._text, self._offset)
        return following.start() if following else len(self._text)

    def _around(self) -> Iterator[str]:
        """Yields the keys behind the cursor, and those that have a header of their own."""
        yield from _KEY_LINE.findall(self._text, self._offset, self._end)
        own = self._frames[0].path
        for header in _HEADER_LINE.finditer(self._text, self._end):
            name = header.group().strip()
            path = tuple(_parts(name.lstrip("[")))
            if path[: len(own)] != own or len(path) == len(own):
                return
            if len(path) == len(own) + 1 and not name.startswith("[["):
                yield path[-1]


def _parts(name: str) -> list[str]:
    """Returns the keys of a dotted name."""
    return [part.strip("\"'") for part in re.findall(r"\"[^\"]*\"?|'[^']*'?|[^\s.\"']+", name)]


def _is_whole(string: str) -> bool:
    return len(string) > 1 and string.endswith(string[0])
