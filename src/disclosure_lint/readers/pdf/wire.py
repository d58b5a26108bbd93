"""What the process that reads PDF is asked and answers, as bytes and back. JSON: no code can hide in it."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from disclosure_lint.model.document import Block, Cell, Document, Heading, Location, Notice, Paragraph, Row, Table
from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.model.source import LaidOut, Span

DONE, GOES_ON = b"0", b"1"
"""What an answer begins with: whether the process should read no further file."""
_ERROR = b'{"error":'


READ, MARK = b"R", b"M"
"""What a request begins with: whether a file is to be read, or given marks."""
_LENGTH = 8
_Box = tuple[float, float, float, float]


class PdfMark(NamedTuple):
    """Something to be said at a place of a page."""

    page: int
    """From 1."""
    boxes: tuple[_Box, ...]
    """Each left, top, right, bottom in points from the top left corner; none for a note about all of the page."""
    words: str
    """What is meant of the text in the only box; empty for all that is in the boxes."""
    occurrence: int
    """How often the same words stand before these in the box."""
    is_wrong: bool
    title: str
    text: str
    author: str


def marking(data: bytes, marks: Iterable[PdfMark]) -> bytes:
    """Returns the request to give a file marks."""
    said = _written(list(marks))
    return MARK + len(said).to_bytes(_LENGTH, "big") + said + data


def wanted(request: bytes) -> tuple[bytes, list[PdfMark] | None]:
    """Returns the file of a request and the marks that it is to have; None if it is to be read."""
    if request[:1] == READ:
        return request[1:], None
    begin = 1 + _LENGTH
    end = begin + int.from_bytes(request[1:begin], "big")
    return request[end:], [PdfMark(*mark) for mark in json.loads(request[begin:end])]


def is_error(answer: bytes) -> bool:
    """Says whether an answer is that a file cannot be read."""
    return answer.startswith(_ERROR)


def encoded(document: Document) -> bytes:
    """Returns what `decoded` understands."""
    blocks = [[type(block).__name__, *block] for block in document.blocks]
    return _written(
        {"text": document.source.text, "blocks": blocks, "unread": document.unread, "notices": document.notices}
    )


def encoded_error(error: UnreadableError) -> bytes:
    """Returns bytes at which `decoded` raises the error."""
    return _written({"error": [error.event, error.zh, error.en]})


def raise_error(answer: bytes) -> None:
    """Raises UnreadableError if that is the answer."""
    if is_error(answer):
        event, zh, en = json.loads(answer)["error"]
        raise UnreadableError(event, zh, en)


def decoded(name: str, answer: bytes) -> Document:
    """Returns the document by that name; raises UnreadableError if that is the answer, ValueError if it is none."""
    raise_error(answer)
    found = json.loads(answer)
    blocks = tuple([_block(*block) for block in found["blocks"]])
    notices = tuple([_notice(*notice) for notice in found["notices"]])
    unread = tuple(found["unread"]) if found["unread"] else None
    return Document(LaidOut(name, found["text"]), "pdf", blocks, unread=unread, notices=notices)


def _written(value: Any) -> bytes:
    # Text may hold half a character of UTF-16, which only an escape can carry.
    return json.dumps(value, separators=(",", ":")).encode()


def _block(kind: str, span: list[int], *rest: Any) -> Block:
    if kind == "Table":
        return Table(Span(*span), tuple([_row(*row) for row in rest[0]]))
    if kind == "Heading":
        return Heading(Span(*span), rest[0], _location(rest[1]))
    return Paragraph(Span(*span), _location(rest[0]))


def _row(span: list[int], cells: list[Any]) -> Row:
    return Row(
        Span(*span),
        tuple([Cell(Span(*place), column, _location(location), columns) for place, column, location, columns in cells]),
    )


def _location(values: list[Any] | None) -> Location | None:
    if values is None:
        return None
    page, table, row, column, paragraph, box = values[:6]  # in which section it is, no reader knows
    return Location(page, table, row, column, paragraph, tuple(box) if box else None)


def _notice(event: str, span: list[int], zh: str, en: str, location: list[Any] | None) -> Notice:
    return Notice(event, Span(*span), zh, en, _location(location))
