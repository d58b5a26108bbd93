"""A Document as bytes and back, for what the process that reads PDF answers. JSON: no code can hide in it."""

import json
from typing import Any

from disclosure_lint.model.document import Block, Cell, Document, Heading, Location, Notice, Paragraph, Row, Table
from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.model.source import Source, Span

DONE, GOES_ON = b"0", b"1"
"""What an answer begins with: whether the process should read no further file."""
_ERROR = b'{"error":'


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


def decoded(name: str, answer: bytes) -> Document:
    """Returns the document by that name; raises UnreadableError if that is the answer, ValueError if it is none."""
    found = json.loads(answer)
    if "error" in found:
        event, zh, en = found["error"]
        raise UnreadableError(event, zh, en)
    blocks = tuple([_block(*block) for block in found["blocks"]])
    notices = tuple([_notice(*notice) for notice in found["notices"]])
    unread = tuple(found["unread"]) if found["unread"] else None
    return Document(Source(name, found["text"]), "pdf", blocks, unread=unread, notices=notices)


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
