"""Lines that begin with an ordinal, where a paragraph begins: the numbering inside the sections."""

from collections.abc import Iterator, Sequence

from disclosure_lint.binding.ordinals import BEGINNINGS, ordinal_at
from disclosure_lint.model.document import Block, Heading, Table
from disclosure_lint.model.report import NumberedLine, Section
from disclosure_lint.model.source import Source, Span

_NO_ITEM = frozenset("项款条目章节点次")
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


def numbered_lines(
    source: Source, blocks: Sequence[Block], sections: Sequence[Section], tables: Sequence[Span]
) -> Iterator[NumberedLine]:
    """Yields the lines outside the tables and the section headings where an ordinal begins a paragraph."""
    headings = {section.span.start for section in sections}
    before: Block | None = None
    done = 0
    for block in blocks:
        previous, before = before, block
        if block.span.start < done or isinstance(block, Table) or source.folded[block.span.start] not in BEGINNINGS:
            continue
        done = max([table.end for table in tables if table.start <= block.span.start], default=0)
        if block.span.start < done:
            continue
        ordinal = ordinal_at(source.folded, *block.span)
        if ordinal is None or block.span.start in headings:
            continue
        text = source.folded[ordinal.end : block.span.end].strip(" \t")
        if text[:1] in _NO_ITEM or not text:
            continue
        if not (previous and previous.span.start in headings) and not begins_paragraph(source, previous, block):
            continue
        section = next((s.form.id for s in sections if s.body.start <= block.span.start < s.body.end), None)
        mark = Span(block.span.start, ordinal.end)
        yield NumberedLine(mark, ordinal.style, ordinal.number, text, isinstance(block, Heading), section)
