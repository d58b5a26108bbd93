"""Code of plugins at arm's length: whatever it raises, or returns instead of what it should, names the plugin.

The only place where any exception of a stranger is caught. What ships with the tool does not come through here: its
mistakes are ours.
"""

from collections.abc import Callable
from pathlib import PurePath
from typing import Any, TypeVar

from disclosure_lint.model.agency import RegionGuess, RegionOf
from disclosure_lint.model.diagnostic import LocalizedText, Verdict
from disclosure_lint.model.document import Document, Reader
from disclosure_lint.model.errors import PluginError, UnreadableError, UserError
from disclosure_lint.model.kind import CheckKind, CompileContext
from disclosure_lint.model.output import OutputFormat, OutputStyle, OutputWriter
from disclosure_lint.model.report import Report
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span

_Result = TypeVar("_Result")


def guarded(plugin: str, where: str, call: Callable[[], _Result], passing: tuple[type[Exception], ...] = ()) -> _Result:
    """Returns what the call returns; raises PluginError for all that it raises but what is `passing`.

    `where` is said with it: the hook, or the import.
    """
    try:
        return call()
    except passing:
        raise
    except (Exception, SystemExit) as error:
        said = _described(error)
        zh, en = f"插件 {plugin} 出错（{where}）：{said}", f"the plugin {plugin} failed ({where}): {said}"
        raise PluginError(plugin, zh, en) from error


def _described(error: BaseException) -> str:
    """Returns the kind of exception, its words, and the last of the folder, file and line where it was raised."""
    if isinstance(error, UserError):
        return str(error)
    file, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None and not isinstance(error, SyntaxError):
        code = trace.tb_frame.f_code
        if not code.co_filename.startswith("<frozen") and code.co_filename != __file__:
            file, line = code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    words = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return f"{words} ({'/'.join(PurePath(file).parts[-2:])}:{line})" if file and line else words


def _expect(sound: bool, what: str, found: object) -> None:
    if not sound:
        raise TypeError(f"{what} expected, not {type(found).__name__}")


def _expect_within(text: str, span: Span) -> None:
    start, end = span
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"Span({start}, {end}) is not within the text, which has {len(text)} characters")


class GuardedCheck:
    """A kind of check of a plugin."""

    def __init__(self, plugin: str, check: CheckKind):
        self._plugin = plugin
        self._check = check
        self.kind, self.schema = guarded(plugin, "check_kinds", lambda: (check.kind, check.schema))
        self.version = getattr(check, "version", "")
        """Part of the key of compiled packs."""
        self.compares = getattr(check, "compares", False)
        """Whether it looks at other reports of the run."""
        self.compiled_type = getattr(check, "compiled_type", dict[str, Any])
        """Type of what `compile` returns."""

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the prepared options; raises UserError."""
        hook = f"check_kinds {self.kind}"
        return guarded(self._plugin, hook, lambda: self._check.compile(options, context), (UserError,))

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns how the rule ended; raises PluginError."""
        return guarded(self._plugin, f"check_kinds {self.kind}", lambda: self._verdict(rule, report))

    def _verdict(self, rule: Rule, report: Report) -> Verdict:
        verdict = self._check.judge(rule, report)
        _expect(isinstance(verdict, Verdict), "Verdict", verdict)
        for finding in verdict.findings:
            spans = [finding.span, *(one.span for one in finding.related)]
            spans += [edit.span for edit in finding.fix.edits] if finding.fix else []
            for span in spans:
                _expect_within(report.document.source.text, span)
        return verdict


class GuardedReader:
    """A reader of a plugin."""

    def __init__(self, plugin: str, reader: Reader):
        self._plugin = plugin
        self._reader = reader
        self.suffixes = guarded(plugin, "document_readers", lambda: tuple(reader.suffixes))

    def read(self, name: str, data: bytes) -> Document | None:
        """Returns what stands in the file; raises UnreadableError or PluginError."""
        return guarded(self._plugin, "document_readers", lambda: self._document(name, data), (UnreadableError,))

    def _document(self, name: str, data: bytes) -> Document | None:
        document = self._reader.read(name, data)
        _expect(document is None or isinstance(document, Document), "Document or None", document)
        if document is not None:
            for block in document.blocks:
                _expect_within(document.source.text, block.span)
        return document


class GuardedFormat:
    """An output format of a plugin."""

    def __init__(self, plugin: str, output: OutputFormat):
        self._plugin = plugin
        self._output = output
        self.name = guarded(plugin, "output_formats", lambda: output.name)

    def writer(self, style: OutputStyle) -> OutputWriter:
        """Returns a writer that raises PluginError; raises it too."""
        hook = f"output_formats {self.name}"
        return GuardedWriter(self._plugin, hook, guarded(self._plugin, hook, lambda: self._output.writer(style)))


class GuardedWriter:
    """A writer of a plugin."""

    def __init__(self, plugin: str, hook: str, writer: OutputWriter):
        self._plugin = plugin
        self._hook = hook
        self._writer = writer

    def start(self) -> str:
        """Returns what stands before the first result."""
        return self._text(lambda: self._writer.start())

    def add(self, result: FileResult) -> str:
        """Returns what is said about a file."""
        return self._text(lambda: self._writer.add(result))

    def finish(self) -> str:
        """Returns what ends the output."""
        return self._text(lambda: self._writer.finish())

    def _text(self, call: Callable[[], str]) -> str:
        def text() -> str:
            said = call()
            _expect(isinstance(said, str), "text", said)
            return said

        return guarded(self._plugin, self._hook, text)


def guarded_region(plugin: str, region_of: RegionOf) -> RegionOf:
    """Returns what asks a plugin where an authority is; None too if the plugin does not know."""

    def guess(agency: str, year: int | None, text: str) -> RegionGuess | None:
        found = region_of(agency, year, text)
        if found is None or found.code is None:
            return None
        _expect(isinstance(found.code, str), "text as code", found.code)
        _expect(isinstance(found.reason, LocalizedText), "LocalizedText as reason", found.reason)
        return found

    return lambda agency, year, text: guarded(plugin, "regions", lambda: guess(agency, year, text))


def guarded_observer(plugin: str, function: Callable[..., object]) -> Callable[[Report, str], None]:
    """Returns what tells a plugin of a report."""

    def told(report: Report, path: str) -> None:
        guarded(plugin, "report_bound", lambda: function(report=report, path=path))

    return told


def guarded_change(plugin: str, function: Callable[..., FileResult | None]) -> Callable[[FileResult], FileResult]:
    """Returns what asks a plugin for the result to say."""

    def changed(result: FileResult) -> FileResult:
        found = function(result=result)
        _expect(found is None or isinstance(found, FileResult), "FileResult or None", found)
        return result if found is None else found

    return lambda result: guarded(plugin, "diagnostics_ready", lambda: changed(result))
