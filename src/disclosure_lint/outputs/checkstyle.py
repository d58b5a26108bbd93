"""Checkstyle's XML, for Jenkins (Warnings NG), reviewdog and many others."""

from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult
from disclosure_lint.outputs.findings import from_here, message, place
from disclosure_lint.outputs.markup import HEAD, Markup


class Writer:
    """Writes an element for each file, also for one without findings."""

    def __init__(self, style: OutputStyle):
        self._style = style
        self._markup = Markup(ascii_only=not style.utf8)

    def start(self) -> str:
        """Returns the head of the document."""
        # The version of Checkstyle whose form it has; some readers ask for one.
        return f"{HEAD}{self._markup.tag('checkstyle', {'version': '8.0'})}\n"

    def add(self, result: FileResult) -> str:
        """Returns the element of a file."""
        lines = [self._markup.tag("file", {"name": from_here(result.path)})]
        for diagnostic in result.diagnostics:
            where = place(result.source, diagnostic.span)
            attributes: dict[str, str | int] = {
                "line": where.line,
                "column": where.column,
                "severity": diagnostic.severity.name,
                "message": message(diagnostic, self._style.lang),
                "source": f"disclosure-lint.{diagnostic.code}",
            }
            lines.append(self._markup.tag("error", attributes, "/>"))
        return "\n".join([*lines, "</file>\n"])

    def finish(self) -> str:
        """Returns what ends the document."""
        return "</checkstyle>\n"
