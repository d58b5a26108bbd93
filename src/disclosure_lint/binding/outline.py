"""The top-level headings of a document, and what stands between them."""

from bisect import bisect_left
from collections.abc import Sequence

from disclosure_lint.binding.candidates import Candidate
from disclosure_lint.binding.scraps import Scraps
from disclosure_lint.binding.sections import are_two_reports
from disclosure_lint.binding.title import find_title
from disclosure_lint.model.document import Block, Table
from disclosure_lint.model.report import Section
from disclosure_lint.model.source import Source, Span


class Outline:
    """Headings in order, and the parts of the document that they part."""

    def __init__(
        self,
        source: Source,
        blocks: Sequence[Block],
        found: Sequence[Candidate],
        repeated: Sequence[Candidate],
        extra: Sequence[Candidate],
    ):
        """Takes the headings of the form's sections, further ones of the same sections, and those behind the last."""
        self.source, self.blocks = source, blocks
        self.found, self.repeated, self.extra = found, repeated, extra
        self.scraps = Scraps(source, blocks)
        again = min((candidate.span.start for candidate in repeated), default=len(source.text))
        two = are_two_reports(repeated)
        self.is_mixed = two and again < found[-1].span.start
        """Whether the parts of two reports stand beside each other or by turns."""
        self.has_second = two and not self.is_mixed
        """Whether another report stands behind the first."""
        # Of mixed reports one lets the other's sections go on.
        heads = (*found, *extra) if self.is_mixed else (*found, *repeated, *extra)
        starts = [candidate.span.start for candidate in heads]
        if self.has_second:
            between = [block for block in blocks if found[-1].span.end <= block.span.start < again]
            title = find_title(source, between, again) if between else None
            starts += [title.span.start] if title else []
        self._stops = [*sorted(starts), len(source.text)]

    def body(self, candidate: Candidate) -> Span:
        """Returns what stands between a heading and the next."""
        return Span(candidate.span.end, self._stops[bisect_left(self._stops, candidate.span.end)])

    def section(self, candidate: Candidate, taken: Sequence[Span]) -> Section:
        """Returns the section under a heading; `taken` are the places of tables, which are not its text."""
        source, blocks, body = self.source, self.blocks, self.body(candidate)
        first, last = body
        tables = [table for table in taken if table.start < last and first < table.end]
        text: list[Span] = []
        content = False
        done = 0
        for block in blocks[candidate.block : bisect_left(blocks, last, key=lambda block: block.span.start)]:
            start, end = block.span
            start, end = max(start, first), min(end, last)
            if start < done or start >= end:
                continue
            if end - start < 9 and not source.folded[start:end].strip(" \t\r\n。：；"):
                continue
            content = True
            # Of a table the words before its first label are its own too.
            before = end if isinstance(block, Table) else start + 1
            table = next((table for table in tables if table.start < before and start < table.end), None)
            if table is None:
                text.append(Span(start, end))
            else:
                done = table.end
        about = candidate.section, candidate.span, candidate.number, candidate.title, candidate.wording, candidate.level
        return Section(*about, body, tuple(text), content)
