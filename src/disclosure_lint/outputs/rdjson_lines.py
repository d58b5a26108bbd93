"""The diagnostic format of reviewdog, a line for each finding."""

from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult
from disclosure_lint.outputs.json_output import encoder
from disclosure_lint.outputs.rdjson import described


class Writer:
    """Writes findings as they come."""

    def __init__(self, style: OutputStyle):
        self._style = style
        self._encode = encoder(not style.utf8)

    def start(self) -> str:
        """Returns nothing."""
        return ""

    def add(self, result: FileResult) -> str:
        """Returns the findings of a file."""
        found = (described(result.source, one, self._style) for one in result.diagnostics)
        return "".join(self._encode(one) + "\n" for one in found)

    def finish(self) -> str:
        """Returns nothing."""
        return ""
