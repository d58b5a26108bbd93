"""`<!-- disclosure-lint: ignore[DL401] 理由 -->` and `<!-- disclosure-lint: ignore-file[DL1] 理由 -->`."""

import re
from bisect import bisect_left
from typing import NamedTuple

from disclosure_lint.model.characters import fold
from disclosure_lint.model.diagnostic import Diagnostic
from disclosure_lint.model.document import Comment, Document, Table
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span

# Written on Chinese keyboards too: read in folded text. Compiled when first used, as most documents hold no comment.
_DIRECTIVE = r"\s*disclosure-lint\s*：\s*(?P<verb>[\w-]+)\s*(?:[\[【](?P<codes>[^\]】]*)[\]】])?"
_CODE = r"[^，、；\s]+"
_BEFORE_REASON = " \t\r\n\u3000:：,，;；-—–"
_HERE, _FILE = "ignore", "ignore-file"


class Suppression(NamedTuple):
    """A comment that asks for silence."""

    span: Span
    """The comment."""
    codes: tuple[str, ...]
    """Codes, prefixes of codes or names of rules in small letters; empty if it names none and so silences nothing."""
    area: Span | None
    """Where it works; None for the whole file."""
    reason: str | None = None
    """What it says behind the codes."""
    places: tuple[Span, ...] = ()
    """Where each of its codes stands."""


def words_for(rule: Rule | Diagnostic) -> list[str]:
    """Returns the words that stand for a rule, or the rule of a diagnostic: prefixes of its code, and its name."""
    code = rule.code.lower()
    return [*(code[:length] for length in range(1, len(code) + 1)), rule.name]


def suppressions(document: Document) -> list[Suppression]:
    """Returns the suppressions of a document, in order."""
    found = ((comment, re.match(_DIRECTIVE, fold(comment.text), re.IGNORECASE)) for comment in document.comments)
    return [_suppression(document, comment, match) for comment, match in found if match]


def _suppression(document: Document, comment: Comment, match: re.Match[str]) -> Suppression:
    verb = match["verb"].lower()
    area = None if verb == _FILE else _area(document, comment.span)
    reason = comment.text[match.end() :].strip(_BEFORE_REASON) or None
    if verb not in (_HERE, _FILE) or not match["codes"]:
        return Suppression(comment.span, (), area, reason)
    codes = list(re.finditer(_CODE, match["codes"]))
    # The text of a comment stands somewhere inside it, whatever the format puts around; or it does not stand there.
    begin = document.source.text.find(comment.text, *comment.span)
    first = begin + match.start("codes")
    places = [Span(first + code.start(), first + code.end()) if begin >= 0 else comment.span for code in codes]
    return Suppression(comment.span, tuple(code.group().lower() for code in codes), area, reason, tuple(places))


def _area(document: Document, comment: Span) -> Span:
    """Returns the line of the comment and the block after it; within a table the line alone."""
    line = document.source.line_span(document.source.line_of(comment.start))
    following = bisect_left(document.blocks, comment.end, key=lambda block: block.span.start)
    around = document.blocks[following - 1] if following else None
    if isinstance(around, Table) and comment.start < around.span.end:
        return line
    after = document.blocks[following].span if following < len(document.blocks) else line
    return Span(line.start, max(line.end, after.end))
