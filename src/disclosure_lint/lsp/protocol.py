"""The protocol as pygls has it, but for texts, which are ours, and for messages that are not as they should be."""

import logging
from collections.abc import Callable
from typing import Any

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
        id, method = message.get("id", ""), message.get("method", "")
        if not isinstance(id, int | str) or isinstance(id, bool) or not isinstance(method, str):
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
        id, method = (message.get("id"), message.get("method")) if isinstance(message, dict) else (None, None)
        self.refused(f"{error.message}: {str(method)[:_LONGEST]}")
        if not isinstance(id, int | str):
            return
        if method is None:
            # It was to answer something that we asked for.
            self._handle_response(id, None, error.to_response_error())
        else:
            self._send_response(id, None, error.to_response_error())

    def _handle(self, method: str, params: Any) -> None:
        handler = self.fm.features.get(method)
        if handler is not None:
            handler(params)


def _mistakes(error: BaseException) -> str:
    """Returns what is wrong and where, on one line."""
    told = "; ".join(transform_error(error)) if isinstance(error, ClassValidationError) else type(error).__name__
    return f"{JsonRpcInvalidParams.MESSAGE}: {told}"[:_LONGEST]
