"""The protocol as pygls has it, but for texts: they are ours."""

from typing import Any

from lsprotocol import types
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.language_server import lsp_method


class Protocol(LanguageServerProtocol):
    """Hands changes of texts to our own handlers alone.

    pygls ends lines at form feeds and other marks, where editors do not, so its texts drift from those of the editor;
    and it keeps a record of every notification that a generator handles, so that each keystroke would cost memory.
    """

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

    def _handle(self, method: str, params: Any) -> None:
        handler = self.fm.features.get(method)
        if handler is not None:
            handler(params)
