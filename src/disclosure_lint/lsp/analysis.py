"""A text that is open in the editor: what is asked about it, and what the linter says of it, and where."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Protocol

from lsprotocol import types

from disclosure_lint.engine.beside import Beside
from disclosure_lint.fixes.applying import line_end_of
from disclosure_lint.lsp.buffers import Buffer, Encoding, Ruler, ruler_of
from disclosure_lint.lsp.client_settings import ClientSettings
from disclosure_lint.lsp.effective_config import EffectiveConfig
from disclosure_lint.model.diagnostic import Diagnostic
from disclosure_lint.model.document import Table
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.report import Report
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span
from disclosure_lint.settings.model import excluded, selected


class Hover(NamedTuple):
    """What is shown over a stretch of text."""

    markdown: str
    span: Span


class Analysis:
    """What is known of one version of a text; nothing of it changes."""

    def __init__(
        self, buffer: Buffer, config: EffectiveConfig, folder: Path, encoding: Encoding, beside: Beside | None = None
    ):
        """Lints the text beside other reports; `folder` is where an unsaved one is taken to lie."""
        self.buffer = buffer
        self.config = config
        self.lang = config.lang
        self.name = buffer.name(folder)
        """The path by which it was linted."""
        self._result = None if excluded(self.name, config.settings) else self._linted(beside)
        self.file_ruler = Ruler(buffer.text, encoding)
        """For offsets of the text itself."""
        self.ruler = ruler_of(buffer.text, encoding, self._result.source if self._result else None)
        """For offsets of what was read of it."""

    def _linted(self, beside: Beside | None) -> FileResult:
        settings, baseline = self.config.settings, self.config.baseline
        result = self.config.linter.lint(self.name, self.buffer.data, settings, beside)
        return baseline.apply(result) if baseline else result

    @property
    def report(self) -> Report | None:
        """The bound report; None if the text is none, or is not to be looked at."""
        return self._result.report if self._result else None

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong, in the order of the places. Of a text that is no report nothing is said, as in a folder."""
        if self._result is None or self._result.status == "not_a_report":
            return ()
        return self._result.diagnostics

    @property
    def is_markdown(self) -> bool:
        """Whether readers of the published text do not see comments in it."""
        return self.name.lower().endswith((".md", ".markdown")) and (
            self.report is None or self.report.document.is_text
        )

    @cached_property
    def line_end(self) -> str:
        """What ends most lines of the text."""
        return line_end_of(self.buffer.text)

    def say(self, zh: str, en: str) -> str:
        """Returns the text in the language of the answers."""
        return en if self.lang == "en" else zh

    def in_table(self, offset: int) -> bool:
        """Says whether a place is within a table."""
        blocks = self.report.document.blocks if self.report else ()
        at = bisect_right(blocks, offset, key=lambda block: block.span.start)
        return any(isinstance(block, Table) and offset <= block.span.end for block in blocks[max(0, at - 1) : at])

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that ran."""
        if self.report is None:
            return ()
        choice = self.config.linter.choose(self.report, self.config.settings)[1]
        return selected(choice.rule_set.rules, self.config.settings, self.name)


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
