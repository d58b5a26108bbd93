"""GitLab's code quality report: a JSON array."""

from typing import Any

from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult
from disclosure_lint.outputs.findings import FingerprintedFinding, Paths, known, message, place
from disclosure_lint.outputs.json_output import Items

_SEVERITIES = {Severity.error: "major", Severity.warning: "minor", Severity.info: "info", Severity.off: "info"}


class Writer:
    """Writes an object for each finding."""

    def __init__(self, style: OutputStyle):
        self._style = style
        self._items = Items(style, "\n")
        self._paths = Paths()

    def start(self) -> str:
        """Returns what opens the array."""
        return "["

    def add(self, result: FileResult) -> str:
        """Returns the findings of a file."""
        path = self._paths.name(result.path)
        return self._items.add(self._issue(one, result, path) for one in known(result, path) if not one.suppressed)

    def finish(self) -> str:
        """Returns what closes the array."""
        return "\n]\n"

    def _issue(self, one: FingerprintedFinding, result: FileResult, path: str) -> dict[str, Any]:
        diagnostic = one.diagnostic
        where = place(result.source, diagnostic.span)
        return {
            # The name of the check is not shown to anybody.
            "description": f"{diagnostic.code}: {message(diagnostic, self._style.lang)}",
            "check_name": diagnostic.code,
            # Two findings with one fingerprint would be shown as one.
            "fingerprint": f"{one.fingerprint}{one.occurrence:04x}",
            "severity": _SEVERITIES[diagnostic.severity],
            "location": {
                "path": path,
                "positions": {
                    "begin": {"line": where.line, "column": where.column},
                    "end": {"line": where.line, "column": where.end_column},
                },
            },
        }
