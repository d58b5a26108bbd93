"""Folders of the workspace, and the editor's settings for each."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from disclosure_lint.lsp.buffers import path_of
from disclosure_lint.lsp.client_settings import ClientSettings, parsed_settings
from disclosure_lint.model.diagnostic import LocalizedText

EVERYWHERE = ""
"""The scope of what holds outside all folders."""


class Scopes:
    """Says which settings hold for a text, and where an unsaved one is taken to lie."""

    def __init__(self) -> None:
        self._folders: dict[str, Path] = {}
        self._settings: dict[str, ClientSettings] = {}

    def set_folders(self, uris: Sequence[str]) -> None:
        """Takes the folders of the workspace."""
        self._folders = {uri: path for uri in uris if (path := path_of(uri))}

    @property
    def uris(self) -> list[str]:
        """The scopes to ask settings for: everything, then each folder."""
        return [EVERYWHERE, *self._folders]

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders of the workspace."""
        return tuple(self._folders.values())

    def set_client_settings(self, scopes: Mapping[str, Any]) -> tuple[bool, list[LocalizedText]]:
        """Takes settings by scope; returns whether something is different now, and what cannot be used."""
        found: dict[str, ClientSettings] = {}
        complaints: list[LocalizedText] = []
        for scope, data in scopes.items():
            found[scope], sentences = parsed_settings(data)
            complaints += [words for words in sentences if words not in complaints]
        changed = found != self._settings
        self._settings = found
        return changed, complaints

    def client_settings(self, uri: str) -> ClientSettings:
        """Returns the settings for a text: those of the innermost folder that holds it."""
        path = path_of(uri)
        around = [(scope, folder) for scope, folder in self._folders.items() if path and folder in path.parents]
        for scope, _ in sorted(around, key=lambda one: len(one[1].parts), reverse=True):
            if scope in self._settings:
                return self._settings[scope]
        return self._settings.get(EVERYWHERE, ClientSettings())

    def folder(self, uri: str) -> Path:
        """Returns the folder that a text lies in; for one that was never saved, the first of the workspace."""
        path = path_of(uri)
        return path.parent if path else next(iter(self._folders.values()), Path.cwd())
