"""The same as JSON, a line for each thing said, each with its `type`: for long runs and for pipes."""

from typing import Any

from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult
from disclosure_lint.outputs.json_output import VERSION, about_file, counts, described, encoder, judged, silenced, tool
from disclosure_lint.outputs.totals import Totals


class Writer:
    """Writes a line about the run, each file's diagnostics and then the file, and at last the counts."""

    def __init__(self, style: OutputStyle):
        self._style = style
        self._encode = encoder(not style.utf8)
        self._totals = Totals()

    def start(self) -> str:
        """Returns the line of the run."""
        return self._line("run", {"version": VERSION, "tool": tool(self._style)})

    def add(self, result: FileResult) -> str:
        """Returns the lines of a file."""
        lang = self._style.lang
        self._totals.add(result)
        lines = [self._line("diagnostic", described(result.source, found, self._style)) for found in result.diagnostics]
        lines += [self._line("suppressed", silenced(result.source, one, self._style)) for one in result.suppressed]
        if result.status != "configuration":
            ledger = [judged(entry, lang) for entry in result.ledger]
            lines.append(self._line("file", about_file(result, lang) | {"ledger": ledger}))
        return "".join(lines)

    def finish(self) -> str:
        """Returns the line of the counts."""
        return self._line("summary", counts(self._totals))

    def _line(self, kind: str, value: dict[str, Any]) -> str:
        return self._encode({"type": kind, **value}) + "\n"
