"""The prose of a report, without its statutory tables: passages as they stand, paragraphs and sentences to be read."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from disclosure_lint.checks.expressions import Expression, Prepared, expressions
from disclosure_lint.claims.sentences import STOPS_AND_SEMICOLONS, sentence_spans
from disclosure_lint.model.characters import Squeezed
from disclosure_lint.model.document import Block, Heading, Table
from disclosure_lint.model.report import Report
from disclosure_lint.model.source import Span

_LONGEST = 1000
"""What is longer than any sentence is cut."""
_ENDS_OF_PARAGRAPHS = (*STOPS_AND_SEMICOLONS, "：")
_LEAST_OF_FULL_LINE = 20
"""Squeezed characters of a line in plain text that goes on in the next one, if no mark ends it."""
_OPENING, _CLOSING = "《“「『‘", "》”」』’"
_LONGEST_QUOTATION = 60
_WHOLE_PARAGRAPHS = ("docx", "html", "pdf")
"""Formats in which a block is never a part of a paragraph."""


class Sentence(NamedTuple):
    """A sentence of the prose, up to 。 ； ！ ？ or the end of its paragraph."""

    section: str | None
    """Id of the section; None before the first one."""
    text: str
    """Squeezed."""
    paragraph: Squeezed
    start: int
    """Where in the paragraph it begins."""
    in_table: bool = False
    """Whether it is (a part of) a cell."""

    def span(self, start: int, end: int) -> Span:
        """Returns where in the source a part of its text stands."""
        return Span(*self.paragraph.span(self.start + start, self.start + end))


def passages(report: Report) -> tuple[Span, ...]:
    """Returns paragraphs, headings, cells of other tables; of what holds statutory tables too, only the rest."""
    return tuple(span for _, spans in blocks_outside_tables(report) for span in spans)


def sentences(report: Report) -> tuple[Sentence, ...]:
    """Returns the sentences outside the statutory tables and the title; a heading is a sentence, and so is a cell."""
    made: tuple[Sentence, ...] = report.texts.once("sentences", lambda: tuple(_sentences(report)))
    return made


def possible(several: Iterable[Prepared], report: Report) -> list[Expression]:
    """Returns those of a rule's expressions that may match in some sentence: the words that they demand are there."""
    text: str = report.texts.once("all sentences", lambda: "\n".join([one.text for one in sentences(report)]))
    return [one for one in expressions(several) if one.may_match(text)]


def _sentences(report: Report) -> Iterator[Sentence]:
    folded = report.document.source.folded
    title = report.title.span if report.title else Span(0, 0)
    blocks = (one for one in blocks_outside_tables(report) if not title.start <= one[0].span.start < title.end)
    for section, of_section in groupby(blocks, key=lambda one: _section(report, one[0].span.start)):
        for spans, in_table in _paragraphs(report, of_section):
            paragraph = Squeezed(folded, spans)
            text = paragraph.text
            for start, end in sentence_spans(text, STOPS_AND_SEMICOLONS):
                for first in range(start, end, _LONGEST):
                    yield Sentence(section, text[first : min(end, first + _LONGEST)], paragraph, first, in_table)


def blocks_outside_tables(report: Report) -> list[tuple[Block, list[Span]]]:
    """Returns the blocks with the stretches of them that stand outside the statutory tables; of a table, its cells."""
    made: list[tuple[Block, list[Span]]] = report.texts.once("blocks", lambda: list(_outside_tables(report)))
    return made


def _outside_tables(report: Report) -> Iterator[tuple[Block, list[Span]]]:
    bound = sorted(table.span for table in report.tables.values())
    for block in report.document.blocks:
        start, end = block.span
        within = [span for span in bound if start < span.end and span.start < end]
        if isinstance(block, Table):
            spans = [] if within else [cell.span for row in block.rows for cell in row.cells]
        elif within:
            edges = [start, *(edge for span in within for edge in span), end]
            spans = [Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=True) if pair[0] < pair[1]]
        else:
            spans = [block.span] if start < end else []
        if spans:
            yield block, spans


def _section(report: Report, at: int) -> str | None:
    inside = (key for key, one in report.sections.items() if one.span.start <= at < max(one.body.end, one.span.end))
    return next(inside, None)


def _paragraphs(report: Report, blocks: Iterable[tuple[Block, list[Span]]]) -> Iterator[tuple[list[Span], bool]]:
    """Yields the stretches of each paragraph, several lines of it where formats are made of lines; then, cells."""
    source = report.document.source
    spans: list[Span] = []
    for block, pieces in blocks:
        is_whole = isinstance(block, (Table, Heading)) or report.document.format in _WHOLE_PARAGRAPHS
        is_whole = is_whole or len(pieces) > 1
        if spans and (is_whole or not _goes_on(source.folded[spans[-1].start : spans[-1].end])):
            yield spans, False
            spans = []
        if is_whole:
            yield from (([span], isinstance(block, Table)) for span in pieces)
        else:
            spans += pieces
    if spans:
        yield spans, False


def _goes_on(line: str) -> bool:
    """Says whether a line of plain text may be the first part of a paragraph; pages even break it by blank lines."""
    squeezed = "".join(line.split())
    return len(squeezed) >= _LEAST_OF_FULL_LINE and not squeezed.endswith(_ENDS_OF_PARAGRAPHS)


def is_quoted(text: str, at: int) -> bool:
    """Says whether what stands at a place of a text stands in book marks or quotation marks."""
    near = text[max(0, at - _LONGEST_QUOTATION) : at]
    return max(map(near.rfind, _OPENING)) > max(map(near.rfind, _CLOSING))
