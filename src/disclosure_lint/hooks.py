"""The plugin contract: what a plugin may offer. Each hook is called once, when a linter is built.

A plugin is a module (or object) named by an entry point of the group `disclosure_lint` with functions that have these
names and signatures, marked with `hookimpl = pluggy.HookimplMarker("disclosure_lint")`.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from disclosure_lint.model.document import Document
from disclosure_lint.model.kind import CheckKind

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


def rule_packs() -> Iterable[Path]:  # type: ignore[empty-body]
    """Returns the folders of rule packs, each with a `pack.toml`."""


def check_kinds() -> Iterable[CheckKind]:  # type: ignore[empty-body]
    """Returns kinds of check that rules may name."""


def document_readers() -> Iterable[Reader]:  # type: ignore[empty-body]
    """Returns readers; the first that knows a file's format reads it, those of plugins before the built-in ones."""


HOOKS = (rule_packs, check_kinds, document_readers)
"""All hooks."""
