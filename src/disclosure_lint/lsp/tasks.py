"""A text to examine, and what was found: what the event loop and the examiner hand to each other."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from lsprotocol import types

from disclosure_lint.lsp.analysis import Analysis
from disclosure_lint.lsp.buffers import Buffer
from disclosure_lint.lsp.client_settings import ClientSettings
from disclosure_lint.lsp.hover import Hover
from disclosure_lint.lsp.positions import Encoding, Ruler
from disclosure_lint.model.errors import UserError


class Book(Protocol):
    """Knows what the names in a rule file stand for."""

    def hover(self, text: str, offset: int) -> Hover | None:
        """Returns what stands at an offset of a TOML file; None where there is nothing to say."""
        ...


class Completed(Protocol):
    """Something that may be put where somebody types."""

    def item(self, ruler: Ruler, number: int) -> types.CompletionItem:
        """Returns it as the protocol has it; `number` is its place in the order."""
        ...


class Completer(Protocol):
    """Knows what may stand where in a TOML file of ours."""

    def completions(self, text: str, offset: int) -> Iterable[Completed]:
        """Returns what may stand at an offset, best first."""
        ...


class Task(NamedTuple):
    """A text to look at, with all that the answer depends on."""

    buffer: Buffer
    client_settings: ClientSettings
    folder: Path
    """Where the text lies; for one that was never saved, where it is taken to."""
    opened: Mapping[Path, Buffer]
    """All TOML files that are open."""
    generation: int
    """Grows whenever files on disk that matter have changed."""
    encoding: Encoding
    look: int = 0
    """Grows whenever a text is opened or a report is saved."""
    roots: tuple[Path, ...] = ()
    """The folders of the workspace."""


class Outcome(NamedTuple):
    """What was found."""

    buffer: Buffer
    findings: dict[str, list[types.Diagnostic]]
    """What to show, by URI; the text's own is always there."""
    trouble: tuple[UserError, ...] = ()
    """What is wrong with the configuration, so that perhaps not everything was looked at."""
    analysis: Analysis | None = None
    """Of a report."""
    book: Book | None = None
    """Of a TOML file of ours."""
    completer: Completer | None = None
    """Of the same."""
    bug: str | None = None
    """What went wrong inside the server; then nothing was found."""
