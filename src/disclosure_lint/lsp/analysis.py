"""A report that is open in the editor: what the linter says of it, and where."""

from bisect import bisect_right
from functools import cached_property
from pathlib import Path

from disclosure_lint.engine.beside import Beside
from disclosure_lint.fixes.applying import line_end_of
from disclosure_lint.lsp.buffers import Buffer
from disclosure_lint.lsp.effective_config import EffectiveConfig
from disclosure_lint.lsp.positions import Encoding, Ruler, ruler_of
from disclosure_lint.model.diagnostic import Diagnostic
from disclosure_lint.model.document import Table
from disclosure_lint.model.report import Report
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.rule import Rule
from disclosure_lint.settings.model import excluded, selected


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
