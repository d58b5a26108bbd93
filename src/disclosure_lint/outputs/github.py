"""Annotations of GitHub Actions: workflow commands, one a line."""

from disclosure_lint.model.diagnostic import Diagnostic, Severity
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult
from disclosure_lint.outputs.findings import Paths, message, place

_COMMANDS = {Severity.error: "error", Severity.warning: "warning", Severity.info: "notice", Severity.off: "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


class Writer:
    """Writes a command for each finding and nothing else."""

    def __init__(self, style: OutputStyle):
        self._style = style
        self._paths = Paths()

    def start(self) -> str:
        """Returns nothing."""
        return ""

    def add(self, result: FileResult) -> str:
        """Returns the commands for a file."""
        return "".join(self._command(diagnostic, result) for diagnostic in result.diagnostics)

    def finish(self) -> str:
        """Returns nothing."""
        return ""

    def _command(self, diagnostic: Diagnostic, result: FileResult) -> str:
        where = place(result.source, diagnostic.span)
        properties = {
            "title": f"{diagnostic.code} {diagnostic.name}",
            "file": self._paths.name(diagnostic.path),
            "line": str(where.line),
            "endLine": str(where.line),
            "col": str(where.column),
            "endColumn": str(where.end_column),
        }
        listed = ",".join(f"{name}={value.translate(_IN_PROPERTY)}" for name, value in properties.items())
        text = message(diagnostic, self._style.lang).translate(_IN_MESSAGE)
        return f"::{_COMMANDS[diagnostic.severity]} {listed}::{text}\n"
