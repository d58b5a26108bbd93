"""disclosure-lint: a linter for 政府信息公开工作年度报告.

What stands in `__all__` is the public interface: plugins and programs need nothing else, and may use nothing else.
Each name is imported when it is first asked for, so that the command line waits for none of them. See docs/api.md.
"""

from typing import TYPE_CHECKING

from disclosure_lint.model.version import __version__

if TYPE_CHECKING:
    from disclosure_lint.api import Options, lint_bytes, lint_path, lint_text
    from disclosure_lint.engine.linter import Linter
    from disclosure_lint.extensions.hooks import hookimpl
    from disclosure_lint.model.agency import KnownRegion, RegionGuess, RegionOf
    from disclosure_lint.model.characters import Squeezed, fold, squeeze
    from disclosure_lint.model.diagnostic import (
        Diagnostic,
        Edit,
        Finding,
        Fix,
        LocalizedText,
        Related,
        Severity,
        Suggestion,
        Verdict,
    )
    from disclosure_lint.model.document import (
        Block,
        Cell,
        Comment,
        Document,
        Heading,
        Location,
        Notice,
        Paragraph,
        Reader,
        Row,
        Table,
    )
    from disclosure_lint.model.entry import OtherReport
    from disclosure_lint.model.errors import PluginError, UnreadableError, UserError
    from disclosure_lint.model.form import Address, Column, Form, FormRow, Law, SectionForm, TableForm
    from disclosure_lint.model.kind import CheckKind, CompileContext
    from disclosure_lint.model.numbers import Number
    from disclosure_lint.model.output import OutputFormat, OutputStyle, OutputWriter
    from disclosure_lint.model.patterns import PatternError, compile_pattern
    from disclosure_lint.model.report import BoundTable, Fact, NumberedLine, Report, Section, Title, Unclear
    from disclosure_lint.model.result import FileResult, PluginFailure, RuleOutcome, Suppressed
    from disclosure_lint.model.rule import Condition, Pack, Rule, Variant
    from disclosure_lint.model.source import Position, Source, Span
    from disclosure_lint.settings import Settings

    LedgerEntry = RuleOutcome
    Words = LocalizedText

__all__ = [
    "Address",
    "Block",
    "BoundTable",
    "Cell",
    "CheckKind",
    "Column",
    "Comment",
    "CompileContext",
    "Condition",
    "Diagnostic",
    "Document",
    "Edit",
    "Fact",
    "FileResult",
    "Finding",
    "Fix",
    "Form",
    "FormRow",
    "Heading",
    "KnownRegion",
    "Law",
    "Linter",
    "LocalizedText",
    "Location",
    "Notice",
    "Number",
    "NumberedLine",
    "Options",
    "OtherReport",
    "OutputFormat",
    "OutputStyle",
    "OutputWriter",
    "Pack",
    "Paragraph",
    "PatternError",
    "PluginError",
    "PluginFailure",
    "Position",
    "Reader",
    "RegionGuess",
    "RegionOf",
    "Related",
    "Report",
    "Row",
    "Rule",
    "RuleOutcome",
    "Section",
    "SectionForm",
    "Settings",
    "Severity",
    "Source",
    "Span",
    "Squeezed",
    "Suggestion",
    "Suppressed",
    "Table",
    "TableForm",
    "Title",
    "Unclear",
    "UnreadableError",
    "UserError",
    "Variant",
    "Verdict",
    "__version__",
    "compile_pattern",
    "fold",
    "hookimpl",
    "lint_bytes",
    "lint_path",
    "lint_text",
    "squeeze",
]  # fmt: skip
_HOMES = {
    "api": ("Options", "lint_bytes", "lint_path", "lint_text"),
    "extensions.hooks": ("hookimpl",),
    "engine.linter": ("Linter",),
    "model.agency": ("KnownRegion", "RegionGuess", "RegionOf"),
    "model.characters": ("Squeezed", "fold", "squeeze"),
    "model.diagnostic": (
        "Diagnostic", "Edit", "Finding", "Fix", "LocalizedText", "Related", "Severity", "Suggestion", "Verdict",
    ),
    "model.document": (
        "Block", "Cell", "Comment", "Document", "Heading", "Location", "Notice", "Paragraph", "Reader", "Row", "Table",
    ),
    "model.entry": ("OtherReport",),
    "model.errors": ("PluginError", "UnreadableError", "UserError"),
    "model.form": ("Address", "Column", "Form", "FormRow", "Law", "SectionForm", "TableForm"),
    "model.kind": ("CheckKind", "CompileContext"),
    "model.numbers": ("Number",),
    "model.output": ("OutputFormat", "OutputStyle", "OutputWriter"),
    "model.patterns": ("PatternError", "compile_pattern"),
    "model.report": ("BoundTable", "Fact", "NumberedLine", "Report", "Section", "Title", "Unclear"),
    "model.result": ("FileResult", "PluginFailure", "RuleOutcome", "Suppressed"),
    "model.rule": ("Condition", "Pack", "Rule", "Variant"),
    "model.source": ("Position", "Source", "Span"),
    "settings": ("Settings",),
}  # fmt: skip
_FORMER = {"LedgerEntry": "RuleOutcome", "Words": "LocalizedText"}
"""Names of the version before, which go with the next."""

if not TYPE_CHECKING:  # so that a type checker knows these names and no others

    def __getattr__(name: str) -> object:
        """Returns a public name from the module where it is at home."""
        from importlib import import_module

        if name in _FORMER:
            import warnings

            warnings.warn(f"{__name__}.{name} is called {_FORMER[name]} now", DeprecationWarning, stacklevel=2)
            return __getattr__(_FORMER[name])
        for home, names in _HOMES.items():
            if name in names:
                found = getattr(import_module(f"{__name__}.{home}"), name)
                globals()[name] = found
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
