"""An editor for tests: it starts the language server as a process and talks the protocol with it."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lsprotocol import types
from pytest_lsp import LanguageClient, make_test_lsp_client

_HANGS = 30
"""Seconds after which nothing more is to be expected."""


def uri_of(path: Path) -> str:
    """Returns the URI of a file as editors write it."""
    return path.absolute().as_uri()


def capabilities(
    *, pulls: bool = False, asks: bool = True, encodings: Sequence[types.PositionEncodingKind] | None = None
) -> types.ClientCapabilities:
    """Returns what an editor of these days can do."""
    text = types.TextDocumentClientCapabilities(
        publish_diagnostics=types.PublishDiagnosticsClientCapabilities(related_information=True),
        diagnostic=types.DiagnosticClientCapabilities() if pulls else None,
        document_symbol=types.DocumentSymbolClientCapabilities(hierarchical_document_symbol_support=True),
        hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
        completion=types.CompletionClientCapabilities(
            completion_item=types.ClientCompletionItemOptions(documentation_format=[types.MarkupKind.Markdown])
        ),
    )
    workspace = types.WorkspaceClientCapabilities(
        configuration=asks,
        workspace_folders=True,
        diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
        did_change_configuration=types.DidChangeConfigurationClientCapabilities(dynamic_registration=True),
    )
    general = types.GeneralClientCapabilities(position_encodings=list(encodings) if encodings else None)
    return types.ClientCapabilities(text_document=text, workspace=workspace, general=general)


class Editor:
    """One editor with its server."""

    def __init__(self, client: LanguageClient):
        self.client = client
        self.server: types.ServerCapabilities = types.ServerCapabilities()
        """What the server said that it can do."""
        self.registered: list[str] = []
        """What the server asked to be told of."""
        self.texts: dict[str, str] = {}
        """The open texts."""
        self._versions: dict[str, int] = {}
        self.shown: dict[str, int] = {}
        """The version that the newest diagnostics of a text are about."""

    def open(self, place: Path | str, text: str, language: str = "markdown") -> str:
        """Opens a text, saved or not; returns its URI."""
        uri = place if isinstance(place, str) else uri_of(place)
        self.texts[uri], self._versions[uri] = text, 1
        item = types.TextDocumentItem(uri, language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def write(self, path: Path, text: str, language: str = "markdown") -> str:
        """Writes a file and opens it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        return self.open(path, text, language)

    def change(self, uri: str, *changes: types.TextDocumentContentChangeEvent) -> None:
        """Tells of changes of a text."""
        self._versions[uri] += 1
        text = types.VersionedTextDocumentIdentifier(self._versions[uri], uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(text, list(changes)))

    def replace(self, uri: str, text: str) -> None:
        """Replaces a whole text."""
        self.texts[uri] = text
        self.change(uri, types.TextDocumentContentChangeWholeDocument(text))

    def swap(self, uri: str, old: str, new: str) -> None:
        """Replaces the only place where something stands in a text, as one small change."""
        text = self.texts[uri]
        assert text.count(old) == 1
        at = text.index(old)
        change = types.TextDocumentContentChangePartial(
            types.Range(position(text, at), position(text, at + len(old))), new
        )
        self.texts[uri] = text.replace(old, new)
        self.change(uri, change)

    def close(self, uri: str) -> None:
        """Closes a text."""
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))

    def saved(self, path: Path, text: str) -> None:
        """Saves a file that the server watches."""
        path.write_text(text, encoding="utf-8")
        event = types.FileEvent(uri_of(path), types.FileChangeType.Changed)
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))

    async def until(self, holds: Callable[[], object]) -> None:
        """Waits until something holds."""
        end = asyncio.get_running_loop().time() + _HANGS
        while not holds():
            assert asyncio.get_running_loop().time() < end, "the server does not answer"
            await asyncio.sleep(0.01)

    async def diagnostics(self, uri: str) -> list[types.Diagnostic]:
        """Returns what was sent about the newest state of a text."""
        await self.until(lambda: self.shown.get(uri) == self._versions[uri])
        return list(self.client.diagnostics[uri])

    async def codes(self, uri: str) -> list[object]:
        """Returns the codes of what was sent about the newest state of a text."""
        return [diagnostic.code for diagnostic in await self.diagnostics(uri)]

    async def pull(self, uri: str, previous: str | None = None) -> Any:
        """Returns the answer to a request for diagnostics."""
        text = types.TextDocumentIdentifier(uri)
        return await self.client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(text, previous_result_id=previous)
        )

    async def hover(self, uri: str, part: str, after: int = 0) -> str:
        """Returns what is shown over the first place of some words; empty if nothing."""
        place = position(self.texts[uri], self.texts[uri].index(part) + after)
        found = await self.client.text_document_hover_async(types.HoverParams(types.TextDocumentIdentifier(uri), place))
        if found is None:
            return ""
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value

    async def actions(
        self, uri: str, stretch: types.Range, only: list[types.CodeActionKind | str] | None = None
    ) -> list[types.CodeAction]:
        """Returns what can be done about a range."""
        text, context = types.TextDocumentIdentifier(uri), types.CodeActionContext([], only=only)
        found = await self.client.text_document_code_action_async(types.CodeActionParams(text, stretch, context))
        return [action for action in found or () if isinstance(action, types.CodeAction)]

    async def apply(self, action: types.CodeAction) -> None:
        """Does what an action says, to texts that are open."""
        assert action.edit is not None
        for uri, edits in (action.edit.changes or {}).items():
            text = self.texts[uri]
            for edit in sorted(
                edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True
            ):
                text = text[: offset(text, edit.range.start)] + edit.new_text + text[offset(text, edit.range.end) :]
            self.replace(uri, text)


def position(text: str, at: int, encoding: str = "utf-16-le") -> types.Position:
    """Returns the place of an offset in a text whose lines end with line feeds."""
    line = text.count("\n", 0, at)
    return types.Position(line, units(text[text.rfind("\n", 0, at) + 1 : at], encoding))


def units(text: str, encoding: str = "utf-16-le") -> int:
    """Returns the length of a text in units of an encoding."""
    return len(text.encode(encoding)) // {"utf-8": 1, "utf-16-le": 2, "utf-32-le": 4}[encoding]


def offset(text: str, place: types.Position) -> int:
    """Returns the offset of a place in UTF-16."""
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: place.line])
    line = lines[place.line].encode("utf-16-le")[: 2 * place.character]
    return start + len(line.decode("utf-16-le"))


@asynccontextmanager
async def editing(
    *folders: Path,
    able: types.ClientCapabilities | None = None,
    settings: dict[str, dict[str, Any]] | None = None,
    options: Any = None,
    arguments: Sequence[str] = (),
) -> AsyncIterator[Editor]:
    """Gives an editor with these folders; `settings` are its own, by the URI of a folder or, for all, the empty one."""
    client = make_test_lsp_client()
    editor = Editor(client)

    def register(params: types.RegistrationParams) -> None:
        editor.registered += [one.method for one in params.registrations]

    client.feature(types.CLIENT_REGISTER_CAPABILITY)(register)
    publish = client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS]

    def published(params: types.PublishDiagnosticsParams) -> None:
        publish(params)
        if params.version is not None:
            editor.shown[params.uri] = params.version

    client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = published
    for scope, wishes in (settings or {}).items():
        client.set_configuration({"disclosure-lint": wishes}, scope_uri=scope)
    await client.start_io(sys.executable, "-m", "disclosure_lint", *arguments, "server", env={**os.environ})
    try:
        result = await client.initialize_session(
            types.InitializeParams(
                capabilities=able or capabilities(),
                workspace_folders=[types.WorkspaceFolder(uri_of(folder), folder.name) for folder in folders],
                initialization_options=options,
            )
        )
        editor.server = result.capabilities
        yield editor
    finally:
        # A test that fails must not leave the server waiting.
        await client.shutdown_session()
        await client.stop()  # type: ignore[no-untyped-call]
