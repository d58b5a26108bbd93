"""`<!-- disclosure-lint: ignore[DL401] 理由 -->` and `<!-- disclosure-lint: ignore-file[DL1] 理由 -->`."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from disclosure_lint.model.diagnostic import Diagnostic
from disclosure_lint.model.document import Document
from disclosure_lint.model.source import Span

_DIRECTIVE = re.compile(r"\s*disclosure-lint\s*[:：]\s*(?P<verb>[\w-]+)\s*(?:\[(?P<codes>[^\]]*)\])?")


class Suppression(NamedTuple):
    """A comment that asks for silence."""

    span: Span
    """The comment."""
    codes: tuple[str, ...]
    """Codes, prefixes of codes or names of rules; empty if it names none and so silences nothing."""
    area: Span | None
    """Where it works; None for the whole file."""

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Says whether it silences a diagnostic."""
        named = diagnostic.name in self.codes or any(diagnostic.code.startswith(code) for code in self.codes)
        return named and (self.area is None or self.area.start <= diagnostic.span.start <= self.area.end)


def suppressions(document: Document) -> list[Suppression]:
    """Returns the suppressions of a document, in order."""
    found = []
    for comment in document.comments:
        match = _DIRECTIVE.match(comment.text)
        if match:
            codes = tuple(code.strip() for code in (match["codes"] or "").split(",") if code.strip())
            known = match["verb"] in ("ignore", "ignore-file")
            area = None if match["verb"] == "ignore-file" else _area(document, comment.span)
            found.append(Suppression(comment.span, codes if known else (), area))
    return found


def _area(document: Document, comment: Span) -> Span:
    """Returns the line of the comment and the block after it."""
    line = document.source.line_span(document.source.position(comment.start).line)
    after = next((block.span for block in document.blocks if block.span.start >= comment.end), line)
    return Span(line.start, max(line.end, after.end))


def suppress(
    diagnostics: Sequence[Diagnostic], found: Sequence[Suppression]
) -> tuple[list[Diagnostic], list[Suppression]]:
    """Returns the diagnostics that are left, and the suppressions that silenced nothing."""
    used: set[int] = set()
    left = []
    for diagnostic in diagnostics:
        covering = [index for index, suppression in enumerate(found) if suppression.covers(diagnostic)]
        used.update(covering)
        if not covering:
            left.append(diagnostic)
    return left, [suppression for index, suppression in enumerate(found) if index not in used]
