"""Texts that are open in the editor, saved or not."""

import codecs
from pathlib import Path, PurePath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from pygls.uris import from_fs_path, to_fs_path

_SUFFIXES = {"markdown": ".md", "plaintext": ".txt"}
"""What a text of that language is called where its name does not say it."""


class Buffer(NamedTuple):
    """A text as the editor has it."""

    uri: str
    """As the editor writes it."""
    language: str
    """The editor's name for the language: `markdown`, `plaintext`, `toml`…"""
    version: int
    text: str

    @property
    def path(self) -> Path | None:
        """The file that it is of; None if it was never saved, or is elsewhere."""
        return path_of(self.uri)

    @property
    def data(self) -> bytes:
        """The bytes that a file with this text would have; the mark in front spares the guess at their encoding."""
        return codecs.BOM_UTF8 + self.text.encode("utf-8", "replace")

    @property
    def is_toml(self) -> bool:
        """Whether it is a configuration or a rule file, if anything of ours."""
        return self.language == "toml" or _path_in(self.uri).lower().endswith(".toml")

    def name(self, folder: Path) -> str:
        """Returns the path by which readers and settings know it; an unsaved one is as if it lay in that folder."""
        if path := self.path:
            return str(path)
        name = PurePath(unquote(_path_in(self.uri))).name or "untitled"
        suffix = _SUFFIXES.get(self.language, "")
        return str(folder / (name if name.lower().endswith(suffix) else name + suffix))


def path_of(uri: str) -> Path | None:
    """Returns the file of a URI; None for other schemes than `file`."""
    try:
        path = to_fs_path(uri) if urlsplit(uri).scheme == "file" else None
    except ValueError:  # no URI at all
        return None
    return Path(path) if path and "\0" not in path else None


def _path_in(uri: str) -> str:
    try:
        return urlsplit(uri).path
    except ValueError:
        return ""


def uri_of(path: Path) -> str:
    """Returns the URI of a file."""
    return from_fs_path(str(path.absolute())) or path.absolute().as_uri()
