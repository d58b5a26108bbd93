"""The editor at the other end: what it can do, and what it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.lsp.server import LanguageServer

from disclosure_lint.lsp.buffers import Encoding
from disclosure_lint.lsp.client_settings import SECTION
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.personal import masked

_BUG = LocalizedText(
    "程序内部出错，不是文件的问题；详情见语言服务的日志", "a bug in disclosure-lint; see the log of the language server"
)


class Messages:
    """Remembers what was said."""

    def __init__(self, show: Callable[[str, types.MessageType], None], log: Callable[[str], None], lang: str | None):
        """Takes what shows a message to the user, what writes one to the editor's log, and the language."""
        self._show = show
        self._log = log
        self._lang = lang or "zh"
        self._by_owner: dict[str, frozenset[str]] = {}
        self._told_of_bugs = False

    def trouble(self, owner: str, texts: Iterable[str]) -> None:
        """Tells what keeps a text from being looked at as it should; replaces what was told of it before."""
        texts = frozenset(texts)
        known = frozenset[str]().union(*self._by_owner.values())
        self._by_owner.pop(owner, None)
        if texts:
            self._by_owner[owner] = texts
        for text in sorted(texts - known):
            self._show(text, types.MessageType.Error)

    def said(self, errors: Iterable[UserError]) -> list[str]:
        """Returns the whole texts of errors."""
        return [error.text(self._lang) for error in errors]

    def complain(self, complaints: Iterable[LocalizedText]) -> None:
        """Tells which of the editor's settings cannot be used."""
        for words in complaints:
            self._show(words.text(self._lang), types.MessageType.Warning)

    def bug(self, text: str) -> None:
        """Logs an error of ours; the user is told of the first one only."""
        self._log(text)
        if not self._told_of_bugs:
            self._show(_BUG.text(self._lang), types.MessageType.Error)
        self._told_of_bugs = True


_WATCHED = ("**/*.toml", "**/*.json")
"""Configurations and rule packs; baselines, which may have any name."""


class Client:
    """Sends the editor what it understands, and leaves out the rest."""

    def __init__(self, server: LanguageServer):
        self._server = server

    @property
    def encoding(self) -> Encoding:
        """What columns count, as agreed."""
        return self._server.workspace.position_encoding or types.PositionEncodingKind.Utf16

    @property
    def pulls(self) -> bool:
        """Whether it asks for diagnostics itself; else they are sent."""
        return get_capability(self._capabilities, "text_document.diagnostic") is not None

    @property
    def has_settings(self) -> bool:
        """Whether it can be asked for its settings."""
        return bool(get_capability(self._capabilities, "workspace.configuration"))

    @property
    def knows_trees(self) -> bool:
        """Whether it shows an outline as a tree."""
        capability = "text_document.document_symbol.hierarchical_document_symbol_support"
        return bool(get_capability(self._capabilities, capability))

    @property
    def folders(self) -> list[str]:
        """The folders of its workspace; editors that know but one tell it as the root."""
        workspace = self._server.workspace
        uris = [folder.uri for folder in workspace.folders.values()]
        return uris or ([workspace.root_uri] if workspace.root_uri else [])

    def markup(self, markdown: str) -> types.MarkupContent:
        """Returns a text for a hover, in the format that it takes."""
        formats = get_capability(self._capabilities, "text_document.hover.content_format")
        plain = formats is not None and types.MarkupKind.Markdown not in formats
        return types.MarkupContent(types.MarkupKind.PlainText if plain else types.MarkupKind.Markdown, markdown)

    def publish(self, uri: str, version: int | None, diagnostics: Sequence[types.Diagnostic]) -> None:
        """Sends all findings of a file."""
        self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))

    def refresh(self) -> None:
        """Lets it ask again for what it asked for."""
        if get_capability(self._capabilities, "workspace.diagnostics.refresh_support"):
            self._server.workspace_diagnostic_refresh(None)
        if get_capability(self._capabilities, "workspace.inlay_hint.refresh_support"):
            self._server.workspace_inlay_hint_refresh(None)

    def show(self, text: str, kind: types.MessageType) -> None:
        """Shows a message to the user."""
        self._server.window_show_message(types.ShowMessageParams(kind, _harmless(text)))

    def log(self, text: str) -> None:
        """Writes an error to its log."""
        self._server.window_log_message(types.LogMessageParams(types.MessageType.Error, _harmless(text)))

    def register(self) -> None:
        """Asks to be told of changes to TOML files and to settings, where it waits to be asked."""
        wanted: list[tuple[str, object]] = []
        if get_capability(self._capabilities, "workspace.did_change_watched_files.dynamic_registration"):
            watchers = types.DidChangeWatchedFilesRegistrationOptions(
                [types.FileSystemWatcher(glob) for glob in _WATCHED]
            )
            wanted.append((types.WORKSPACE_DID_CHANGE_WATCHED_FILES, watchers))
        if get_capability(self._capabilities, "workspace.did_change_configuration.dynamic_registration"):
            section = types.DidChangeConfigurationRegistrationOptions(SECTION)
            wanted.append((types.WORKSPACE_DID_CHANGE_CONFIGURATION, section))
        if wanted:
            registrations = [types.Registration(method, method, options) for method, options in wanted]
            self._server.client_register_capability(types.RegistrationParams(registrations))

    async def settings(self, scopes: Sequence[str]) -> Sequence[Any]:
        """Returns its settings for each scope, a folder's URI or nothing."""
        items = [types.ConfigurationItem(scope_uri=scope or None, section=SECTION) for scope in scopes]
        return await self._server.workspace_configuration_async(types.ConfigurationParams(items))

    @property
    def _capabilities(self) -> types.ClientCapabilities:
        return self._server.client_capabilities


def _harmless(text: str) -> str:
    """Returns the lines of a message: editors show their log in a terminal, too; people send it to others."""
    return "\n".join(map(escape_controls, masked(text).split("\n")))
