"""Bytes of what the command line names, or of standard input."""

import os
import sys
from pathlib import Path

from disclosure_lint.cli.discovery import STANDARD_INPUT, Input, Look, Named, discover
from disclosure_lint.cli.language import Translator
from disclosure_lint.engine.linter import Linter
from disclosure_lint.files.reading import LARGEST_DOCUMENT, LARGEST_LIST, RefusedError, read_file, read_start, why
from disclosure_lint.model.document import Document
from disclosure_lint.model.errors import UnreadableError, UserError
from disclosure_lint.readers.unsupported import DOCUMENTS

# One byte more than any report may have: the linter sees that it is too large, and memory holds out.
READ_LIMIT = LARGEST_DOCUMENT + 1


def read(item: Input) -> bytes:
    """Returns the bytes, at most `READ_LIMIT`. Raises OSError."""
    if item.error:
        raise item.error
    if item.member:
        archive, member = item.member
        return archive.start(member, READ_LIMIT)
    if item.path == STANDARD_INPUT:
        return sys.stdin.buffer.read(READ_LIMIT)
    return read_start(item.path, READ_LIMIT, pipe=item.named)


def document_of(linter: Linter, path: str, name: str, say: Translator) -> Document:
    """Returns the document that a command names, `name` being its name in what is printed.

    Raises UserError for a folder, UnreadableError for what cannot be read.
    """
    if path != STANDARD_INPUT and Path(path).is_dir():
        raise UserError(say(f"这是文件夹，要写一个文件：{path}", f"this is a folder; name a file: {path}"))
    items = list(discover([Named(path)], lambda _: Look(DOCUMENTS), say))
    item = items[0] if len(items) == 1 and items[0].named else None
    if item is None:
        example = next((item.name for item in items), f"{path}/….docx")
        zh, en = f"这是压缩包，要写其中的一个文件，如：{example}", f"this is an archive; name a file in it: {example}"
        raise UserError(say(zh, en))
    try:
        return linter.read(name, read(item))
    except OSError as error:
        raise UnreadableError("unreadable", *why(error)) from None


def listed(path: str, say: Translator) -> list[Named]:
    """Returns the paths of a list of files, one a line or separated by NUL; `-` is standard input."""
    try:
        data = _list(path)
    except OSError as error:
        words = why(error)
        raise UserError(
            say(f"文件清单读不了：{words.zh}", f"cannot read the list of files: {words.en}"), path
        ) from None
    separator = b"\0" if b"\0" in data else b"\n"
    parts = data.removeprefix(b"\xef\xbb\xbf").split(separator)
    names = [os.fsdecode(part.removesuffix(b"\r")) for part in parts]
    return [Named(name, path, line) for line, name in enumerate(names, 1) if name]


def _list(path: str) -> bytes:
    if path != STANDARD_INPUT:
        return read_file(path, LARGEST_LIST, pipe=True)
    data = sys.stdin.buffer.read(LARGEST_LIST + 1)
    if len(data) > LARGEST_LIST:
        raise RefusedError.too_large(LARGEST_LIST)
    return data
