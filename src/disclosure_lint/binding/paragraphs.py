"""Where a paragraph begins, in text whose lines were broken by the page."""

from disclosure_lint.model.document import Block, Heading, Table
from disclosure_lint.model.source import Source

_SENTENCE_ENDS = frozenset("。！？；：")
_FULL_LINE = 20
"""A line that was broken because it was full is at least so long."""
_WIDEST_PAGE = 80
"""A longer line is no line of a page: nobody broke it, so it is a whole paragraph."""


def begins_paragraph(source: Source, previous: Block | None, block: Block) -> bool:
    """Says whether a line begins a paragraph, and is not the middle of a sentence that goes on from the line before."""
    if previous is None or isinstance(block, Heading) or isinstance(previous, Table | Heading):
        return True
    length = previous.span.end - previous.span.start
    if not _FULL_LINE <= length <= _WIDEST_PAGE or source.folded[previous.span.end - 1] in _SENTENCE_ENDS:
        return True
    return source.line_of(block.span.start) - source.line_of(previous.span.end) > 1
