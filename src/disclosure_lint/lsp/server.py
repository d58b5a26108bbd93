"""The wiring: which message of the editor leads to what."""

from __future__ import annotations

import logging
import os
import sys
from concurrent.futures import Executor
from contextlib import redirect_stdout
from threading import Thread
from typing import BinaryIO, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from disclosure_lint.lsp.answers import Answers
from disclosure_lint.lsp.client import Client
from disclosure_lint.lsp.protocol import Incoming, MainThread, Protocol, end_with
from disclosure_lint.lsp.session import Session
from disclosure_lint.model.version import __version__
from disclosure_lint.outputs.console import tell

NAME = "disclosure-lint"
_LONGEST = 300
"""Characters of a line about what was not understood."""


def run(lang: str | None) -> int:
    """Serves an editor on standard input and output; returns 0 if it said goodbye, 1 if it just went away.

    `lang` is the language that the command line asks for.
    """
    ended: list[bool] = []
    main_thread = MainThread()
    server = build(lang, ended, main_thread)
    log = logging.getLogger("pygls")
    log.addHandler(_Log(logging.WARNING))
    log.propagate = False
    # pygls closes what it writes to, and whatever prints (a plugin, say) must not print into the protocol.
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with redirect_stdout(sys.stderr):
        talking = Thread(target=_talk, args=(server, output, main_thread), daemon=True)
        talking.start()
        main_thread.work()
        talking.join()
    return 0 if ended else 1


def _talk(server: LanguageServer, output: BinaryIO, main_thread: MainThread) -> None:
    try:
        server.start_io(cast("BinaryIO", Incoming(sys.stdin.buffer)), output)
    finally:
        main_thread.shutdown()


def build(lang: str | None, ended: list[bool], executor: Executor) -> LanguageServer:
    """Returns a server that is not started; it adds to `ended` when the editor asks it to end.

    The executor does the work on texts, one after the other.
    """
    server = Server(NAME, __version__, protocol_cls=Protocol)
    session = Session(Client(server), lang, executor)
    cast("Protocol", server.protocol).refused = session.client.log
    server.session = session
    _listen_to_texts(server, session)
    _listen_to_workspace(server, session, ended)
    Answers(session).register(server)
    return server


class Server(LanguageServer):
    """A server that bothers nobody with an error for each keystroke."""

    session: Session

    def report_server_error(self, error: Exception, source: object) -> None:
        """Logs an error that no request waits for; requests are answered with theirs."""
        if source is JsonRpcException:  # what the editor sent was no message
            self.session.client.log(f"{type(error).__name__}: {error}".partition("\n")[0][:_LONGEST])
        else:
            self.session.messages.bug(f"{type(error).__name__}: {error}")


class _Log(logging.Handler):
    """Tells what pygls logs, on standard error, but for messages of the editor that cannot be understood.

    Of these there is a line in the editor's log.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Tells a record."""
        if not record.msg.startswith(("Unable to deserialize message", "Unable to handle message")):
            tell(*self.format(record).splitlines())


def _listen_to_texts(server: LanguageServer, session: Session) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        session.opened(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        session.changed(params.text_document.uri, params.text_document.version, params.content_changes)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        session.closed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        # Editors that watch files for us tell this once more, later.
        session.files_changed([params.text_document.uri])


def _listen_to_workspace(server: LanguageServer, session: Session, ended: list[bool]) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        session.start(params.initialization_options)
        end_with(params.process_id)

    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        session.client.register()
        session.ask_for_settings()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders(_: types.DidChangeWorkspaceFoldersParams) -> None:
        session.folders_changed()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def configuration(params: types.DidChangeConfigurationParams) -> None:
        session.ask_for_settings(params.settings)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files(params: types.DidChangeWatchedFilesParams) -> None:
        session.files_changed(change.uri for change in params.changes)

    @server.feature(types.SHUTDOWN)
    def shutdown(_: None) -> None:
        ended.append(True)
