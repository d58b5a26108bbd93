"""The fix that removes a comment."""

from disclosure_lint.model.diagnostic import Edit, Fix, LocalizedText
from disclosure_lint.model.source import Source, Span

_MARKUP = frozenset("#|>-*+=`~_<")
"""What makes a line of Markdown more than a paragraph where it begins with it."""


def removal(source: Source, comment: Span) -> Fix | None:
    """Returns the fix that removes a comment, its lines too if nothing else stands there.

    None if it has no end, if lines would be joined, or if what stands behind it would come to begin a line and mean
    something else there.
    """
    if not source.slice(comment).endswith("-->"):
        return None
    text, (start, end) = source.text, comment
    first, last = source.line_of(start), source.line_of(end)
    begin, stop = source.line_span(first).start, source.line_span(last).end
    # Looked at from the comment on, as far as there are spaces: many may stand on one long line.
    left, right = start, end
    while left > begin and text[left - 1].isspace():
        left -= 1
    while right < stop and text[right].isspace():
        right += 1
    if left == begin and right == stop:
        span = _lines(source, first, last)
    elif last > first or (left == begin and text[right] in _MARKUP):
        return None
    elif right == stop:
        span = Span(left + len(text[left:start].rstrip(" \t")), stop)
    elif left > begin:
        span = comment
    else:
        span = Span(start, right - len(text[end:right].lstrip(" \t")))
    return Fix("safe", (Edit(span, ""),), LocalizedText("删掉这条注释", "delete the comment"))


def _lines(source: Source, first: int, last: int) -> Span:
    """Returns whole lines with their ends, and a blank line after them if one stands before them too."""
    if _is_blank(source, first - 1) and _is_blank(source, last + 1):
        last += 1
    end = source.line_span(last + 1).start if last < source.line_count else source.line_span(last).end
    return Span(source.line_span(first).start, end)


def _is_blank(source: Source, line: int) -> bool:
    return 1 <= line <= source.line_count and not source.slice(source.line_span(line)).strip()
