"""The fix that removes a comment."""

from disclosure_lint.model.diagnostic import Edit, Fix, Words
from disclosure_lint.model.source import Source, Span

_MARKUP = frozenset("#|>-*+=`~_<")
"""What makes a line of Markdown more than a paragraph where it begins with it."""


def removal(source: Source, comment: Span) -> Fix | None:
    """Returns the fix that removes a comment, its lines too if nothing else stands there.

    None if it has no end, or if what stands behind it would come to begin a line and mean something else there.
    """
    if not source.slice(comment).endswith("-->"):
        return None
    first, last = source.line_of(comment.start), source.line_of(comment.end)
    begin, end = source.line_span(first).start, source.line_span(last).end
    before, after = source.text[begin : comment.start], source.text[comment.end : end]
    if not before.strip() and not after.strip():
        span = _lines(source, first, last)
    elif not before.strip() and after.lstrip()[0] in _MARKUP:
        return None
    elif not after.strip():
        span = Span(comment.start - len(before) + len(before.rstrip(" \t")), end)
    else:
        span = Span(comment.start, comment.end + (0 if before.strip() else len(after) - len(after.lstrip(" \t"))))
    return Fix("safe", (Edit(span, ""),), Words("删掉这条注释", "delete the comment"))


def _lines(source: Source, first: int, last: int) -> Span:
    """Returns whole lines with their ends, and a blank line after them if one stands before them too."""
    if _is_blank(source, first - 1) and _is_blank(source, last + 1):
        last += 1
    end = source.line_span(last + 1).start if last < source.line_count else source.line_span(last).end
    return Span(source.line_span(first).start, end)


def _is_blank(source: Source, line: int) -> bool:
    return 1 <= line <= source.line_count and not source.slice(source.line_span(line)).strip()
