"""What comes from the editor, message by message, and the end where it is no protocol any more."""

import re
from typing import BinaryIO

from disclosure_lint.outputs.console import tell

LARGEST = 128 * 1024 * 1024
"""Bytes of a message. A report, which is part of one, has at most half of that."""
_LONGEST_LINE = 1_000
_MOST_LINES = 20
_LENGTH = re.compile(rb"Content-Length: *([0-9]{1,9}) *\r\n", re.IGNORECASE)
_HEADER = re.compile(rb"[!-9;-~]+:[^\r\n]*\r\n")


class Incoming:
    """A stream as pygls reads one: lines of a header, then so many bytes.

    pygls takes any line for a header and waits for any number of bytes. After what is no header nobody can know where
    the next message begins, so it is said in one line, and the stream ends as if the editor had gone.
    """

    def __init__(self, stream: BinaryIO):
        """Takes the stream that the editor writes to."""
        self._stream = stream
        self._body = b""
        self._lines: list[bytes] = []

    def readline(self) -> bytes:
        """Returns the next line of a header, empty at the end."""
        if not self._lines:
            body = self._message()
            if body is None:
                return b""
            self._body = body
            self._lines = [b"\r\n", b"Content-Length: %d\r\n" % len(body)]
        return self._lines.pop()

    def read(self, _count: int) -> bytes:
        """Returns the bytes that belong to the header."""
        return self._body

    def _message(self) -> bytes | None:
        """Returns the bytes of the next message; None at the end."""
        try:
            length = self._length()
            if length is None:
                return None
            body = self._stream.read(length)
            if len(body) < length:
                raise _NoMessageError("a message is cut off")
        except (OSError, _NoMessageError) as error:
            tell(f"disclosure-lint server: the editor's messages end here: {error}")
            return None
        return body

    def _length(self) -> int | None:
        """Returns how long the next message is; None at the end."""
        found = None
        for number in range(_MOST_LINES):
            line = self._stream.readline(_LONGEST_LINE)
            if line == b"\r\n" and found is not None:
                if found > LARGEST:
                    raise _NoMessageError("a message is too large")
                return found
            if not line and number == 0:
                return None
            if not _HEADER.fullmatch(line):
                break
            match = _LENGTH.fullmatch(line)
            found = int(match.group(1)) if match else found
        raise _NoMessageError("no header of a message")


class _NoMessageError(Exception):
    pass
