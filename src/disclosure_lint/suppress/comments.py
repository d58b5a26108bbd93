"""`<!-- disclosure-lint: ignore[DL401] 理由 -->` and `<!-- disclosure-lint: ignore-file[DL1] 理由 -->`."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from disclosure_lint.model.characters import fold
from disclosure_lint.model.diagnostic import Diagnostic
from disclosure_lint.model.document import Document, Table
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span

# Written on Chinese keyboards too: read in folded text.
_DIRECTIVE = re.compile(
    r"\s*disclosure-lint\s*：\s*(?P<verb>[\w-]+)\s*(?:[\[【](?P<codes>[^\]】]*)[\]】])?", re.IGNORECASE
)
_SEPARATOR = re.compile(r"[，、；\s]+")


class Suppression(NamedTuple):
    """A comment that asks for silence."""

    span: Span
    """The comment."""
    codes: tuple[str, ...]
    """Codes, prefixes of codes or names of rules in small letters; empty if it names none and so silences nothing."""
    area: Span | None
    """Where it works; None for the whole file."""

    def names(self, rule: Rule | Diagnostic) -> bool:
        """Says whether it is about a rule, or the rule of a diagnostic."""
        return rule.name in self.codes or rule.code.lower().startswith(self.codes)

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Says whether it silences a diagnostic."""
        return self.names(diagnostic) and (
            self.area is None or self.area.start <= diagnostic.span.start <= self.area.end
        )


def suppressions(document: Document) -> list[Suppression]:
    """Returns the suppressions of a document, in order."""
    found = []
    for comment in document.comments:
        match = _DIRECTIVE.match(fold(comment.text))
        if match:
            verb = match["verb"].lower()
            codes = tuple(code.lower() for code in _SEPARATOR.split(match["codes"] or "") if code)
            area = None if verb == "ignore-file" else _area(document, comment.span)
            found.append(Suppression(comment.span, codes if verb in ("ignore", "ignore-file") else (), area))
    return found


def _area(document: Document, comment: Span) -> Span:
    """Returns the line of the comment and the block after it; within a table the line alone."""
    line = document.source.line_span(document.source.position(comment.start).line)
    following = bisect_left(document.blocks, comment.end, key=lambda block: block.span.start)
    around = document.blocks[following - 1] if following else None
    if isinstance(around, Table) and comment.start < around.span.end:
        return line
    after = document.blocks[following].span if following < len(document.blocks) else line
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
