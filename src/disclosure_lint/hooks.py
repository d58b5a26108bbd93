"""The plugin contract: what a plugin may offer. Each hook is called once, when a linter is built.

A plugin is a module (or object) named by an entry point of the group `disclosure_lint` with functions that have these
names and signatures, marked with `hookimpl = pluggy.HookimplMarker("disclosure_lint")`.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from disclosure_lint.model.document import Document
from disclosure_lint.model.kind import CheckKind
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult

PROJECT = "disclosure_lint"


class Reader(Protocol):
    """Reads the files of a format."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings, with the dot and in lower case, that are looked at when a folder is given."""
        ...

    def read(self, name: str, data: bytes) -> Document | None:
        """Returns what stands in the file, None if it is of another format; raises UnreadableError."""
        ...


class OutputWriter(Protocol):
    """Writes one run: it is given each result as soon as it is there, and need not keep it."""

    def start(self) -> str:
        """Returns what stands before the first result."""
        ...

    def add(self, result: FileResult) -> str:
        """Returns what is said about a file."""
        ...

    def finish(self) -> str:
        """Returns what ends the output."""
        ...


class OutputFormat(Protocol):
    """A format of `check`."""

    @property
    def name(self) -> str:
        """The word after `--format`."""
        ...

    def writer(self, style: OutputStyle) -> OutputWriter:
        """Returns a writer for one run."""
        ...


def rule_packs() -> Iterable[Path]:  # type: ignore[empty-body]
    """Returns the folders of rule packs, each with a `pack.toml`."""


def check_kinds() -> Iterable[CheckKind]:  # type: ignore[empty-body]
    """Returns kinds of check that rules may name."""


def document_readers() -> Iterable[Reader]:  # type: ignore[empty-body]
    """Returns readers; the first that knows a file's format reads it, those of plugins before the built-in ones."""


def output_formats() -> Iterable[OutputFormat]:  # type: ignore[empty-body]
    """Returns formats that `check --format` knows."""


HOOKS = (rule_packs, check_kinds, document_readers, output_formats)
"""All hooks."""
