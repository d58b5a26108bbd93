"""Bytes of what the command line names, or of standard input."""

import os
import sys

from disclosure_lint.cli.discovery import STANDARD_INPUT, Input, Named
from disclosure_lint.cli.language import Translator
from disclosure_lint.files.reading import LARGEST_DOCUMENT, LARGEST_LIST, RefusedError, read_file, read_start, why
from disclosure_lint.model.errors import UserError

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
