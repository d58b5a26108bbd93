"""The prose of a report, without its statutory tables: passages as they stand, paragraphs and sentences to be read."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from disclosure_lint.model.characters import Squeezed
from disclosure_lint.model.document import Block, Heading, Table
from disclosure_lint.model.report import Report
from disclosure_lint.model.source import Span

_END = r"[。；！？]"
_ENDS_OF_PARAGRAPHS = "。；！？："
_LEAST_OF_FULL_LINE = 20
"""Squeezed characters of a line in plain text that goes on in the next one, if no mark ends it."""
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


def passages(report: Report) -> Iterator[Span]:
    """Yields paragraphs, headings, and the cells of other tables; none that holds a part of a statutory table."""
    for block in _blocks(report):
        yield from _pieces(block)


def sentences(report: Report) -> tuple[Sentence, ...]:
    """Returns the sentences outside the statutory tables and the title; a heading is a sentence, and so is a cell."""
    made: tuple[Sentence, ...] = report.texts.once("sentences", lambda: tuple(_sentences(report)))
    return made


def _sentences(report: Report) -> Iterator[Sentence]:
    folded = report.document.source.folded
    title = report.title.span if report.title else Span(0, 0)
    blocks = (block for block in _blocks(report) if not title.start <= block.span.start < title.end)
    for section, of_section in groupby(blocks, key=lambda block: _section(report, block.span.start)):
        for spans, in_table in _paragraphs(report, of_section):
            paragraph = Squeezed(folded, spans)
            start = 0
            for end in [*(match.end() for match in re.finditer(_END, paragraph.text)), len(paragraph.text)]:
                if start < end:
                    yield Sentence(section, paragraph.text[start:end], paragraph, start, in_table)
                start = end


def _blocks(report: Report) -> Iterator[Block]:
    bound = [table.span for table in report.tables.values()]
    for block in report.document.blocks:
        if not any(block.span.start < table.end and table.start < block.span.end for table in bound):
            yield block


def _pieces(block: Block) -> Iterator[Span]:
    if isinstance(block, Table):
        yield from (cell.span for row in block.rows for cell in row.cells)
    else:
        yield block.span


def _section(report: Report, at: int) -> str | None:
    inside = (key for key, one in report.sections.items() if one.span.start <= at < max(one.body.end, one.span.end))
    return next(inside, None)


def _paragraphs(report: Report, blocks: Iterator[Block]) -> Iterator[tuple[list[Span], bool]]:
    """Yields the stretches of each paragraph, several lines of it where formats are made of lines; then, cells."""
    source = report.document.source
    spans: list[Span] = []
    for block in blocks:
        is_whole = isinstance(block, (Table, Heading)) or report.document.format in _WHOLE_PARAGRAPHS
        if spans and (is_whole or not _goes_on(source.folded[spans[-1].start : spans[-1].end])):
            yield spans, False
            spans = []
        if is_whole:
            yield from (([span], isinstance(block, Table)) for span in _pieces(block))
        else:
            spans.append(block.span)
    if spans:
        yield spans, False


def _goes_on(line: str) -> bool:
    """Says whether a line of plain text may be the first part of a paragraph; pages even break it by blank lines."""
    squeezed = "".join(line.split())
    return len(squeezed) >= _LEAST_OF_FULL_LINE and not squeezed.endswith(tuple(_ENDS_OF_PARAGRAPHS))
