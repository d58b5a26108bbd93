"""The protocol as pygls has it, but for texts, which are ours, and for messages that are not as they should be."""

import logging
import os
import re
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO, TypeVar

from cattrs import ClassValidationError, transform_error
from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcMethodNotFound,
    JsonRpcServerNotInitialized,
)
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.language_server import lsp_method

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.outputs.console import tell

_PAUSE = 2.0
"""Seconds."""


def end_with(parent: int | None) -> None:
    """Ends this process, with the status 1, soon after another has ended.

    One that cannot be seen from the start (the editor is in another container) is not waited for. On Windows nothing
    is: there the pipe tells, and it is held open by nobody else.
    """
    if parent is None or os.name == "nt" or not _lives(parent):
        return
    Thread(target=_wait, args=(parent,), daemon=True).start()


def _wait(parent: int) -> None:
    while _lives(parent):
        time.sleep(_PAUSE)
    # Not by an exception: another thread waits for the editor's next message, which will never come.
    os._exit(1)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except PermissionError:  # somebody else's, but there
        return True
    except (OSError, OverflowError):
        return False
    return True


Result = TypeVar("Result")


class MainThread(Executor):
    """Does one thing after the other in the main thread.

    Only there can an alarm end a regular expression of a rule pack that runs away; in any other thread it would hold
    the interpreter, and so the server, for ever.
    """

    def __init__(self) -> None:
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> "Future[Result]":
        """Returns the result to come."""
        future: Future[Result] = Future()

        def do() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(fn(*args, **kwargs))
                except BaseException as error:
                    future.set_exception(error)
                    raise

        self._queue.put(do)
        return future

    def work(self) -> None:
        """Does what is submitted, until it is shut down; an exception ends it too."""
        while (do := self._queue.get()) is not None:
            do()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Lets `work` return when what was submitted is done."""
        del wait, cancel_futures
        self._queue.put(None)


LARGEST = 128 * 1024 * 1024
"""Bytes of a message. A report, which is part of one, has at most half of that."""
_LONGEST_LINE = 1_000
_MOST_LINES = 20
_LENGTH = lazy_re_compile(rb"Content-Length: *([0-9]{1,9}) *\r\n", re.IGNORECASE)
_HEADER = lazy_re_compile(rb"[!-9;-~]+:[^\r\n]*\r\n")


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


_VERSION = "2.0"
_LONGEST = 300


class Protocol(LanguageServerProtocol):
    """Hands changes of texts to our own handlers alone, and answers what cannot be understood.

    pygls ends lines at form feeds and other marks, where editors do not, so its texts drift from those of the editor;
    and it keeps a record of every notification that a generator handles, so that each keystroke would cost memory.
    A request whose parameters are wrong is left by pygls without an answer.
    """

    refused: Callable[[str], None] = logging.getLogger(__name__).warning
    """Takes a line about a message that was not understood."""

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Tells our handler that a text was opened."""
        self._handle(types.TEXT_DOCUMENT_DID_OPEN, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Tells our handler what changed in a text."""
        self._handle(types.TEXT_DOCUMENT_DID_CHANGE, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Tells our handler that a text was closed."""
        self._handle(types.TEXT_DOCUMENT_DID_CLOSE, params)

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Returns the data: pygls asks for each object within a message too, and only whole ones can be refused."""
        return data

    def handle_message(self, message: Any) -> None:
        """Has a message handled; a request that is not as it should be is answered with what is wrong."""
        try:
            structured = self._structured(message)
        except JsonRpcException as error:
            self._refuse(message, error)
        else:
            super().handle_message(structured)

    def _structured(self, message: Any) -> Any:
        if not isinstance(message, dict) or message.get("jsonrpc") != _VERSION:
            raise JsonRpcInvalidRequest
        key, method = message.get("id", ""), message.get("method", "")
        if not isinstance(key, int | str) or isinstance(key, bool) or not isinstance(method, str):
            raise JsonRpcInvalidRequest
        if not method and "id" not in message:
            raise JsonRpcInvalidRequest
        if method:
            self._demand_known(method, is_request="id" in message)
        try:
            # Complete, as the last field may be left out where a method has no parameters.
            return super().structure_message({"params": None, **message} if method else message)
        except JsonRpcException as error:
            raise JsonRpcInvalidParams(_mistakes(error.__cause__ or error)) from None

    def _demand_known(self, method: str, *, is_request: bool) -> None:
        if method in (types.INITIALIZE, types.EXIT):
            return
        if self._workspace is None:
            raise JsonRpcServerNotInitialized
        if is_request and method not in self.fm.features and method not in self.fm.builtin_features:
            raise JsonRpcMethodNotFound.of(method[:_LONGEST])

    def _refuse(self, message: Any, error: JsonRpcException) -> None:
        key, method = (message.get("id"), message.get("method")) if isinstance(message, dict) else (None, None)
        self.refused(f"{error.message}: {str(method)[:_LONGEST]}")
        if not isinstance(key, int | str):
            return
        if method is None:
            # It was to answer something that we asked for.
            self._handle_response(key, None, error.to_response_error())
        else:
            self._send_response(key, None, error.to_response_error())

    def _handle(self, method: str, params: Any) -> None:
        handler = self.fm.features.get(method)
        if handler is not None:
            handler(params)


def _mistakes(error: BaseException) -> str:
    """Returns what is wrong and where, on one line."""
    told = "; ".join(transform_error(error)) if isinstance(error, ClassValidationError) else type(error).__name__
    return f"{JsonRpcInvalidParams.MESSAGE}: {told}"[:_LONGEST]
