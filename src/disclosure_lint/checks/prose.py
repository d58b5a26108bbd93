"""The prose of a report, without its statutory tables: passages, paragraphs, sentences, and who signs it and when."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from disclosure_lint.checks.expressions import Expressions, Patterns, expressions
from disclosure_lint.claims.quantities import number
from disclosure_lint.claims.sentences import STOP_OR_SEMICOLON, sentence_spans
from disclosure_lint.model.characters import Squeezed
from disclosure_lint.model.document import Block, Heading, Table
from disclosure_lint.model.report import Report
from disclosure_lint.model.source import Span

_LONGEST = 1000
"""What is longer than any sentence is cut."""
_ENDS_OF_PARAGRAPHS = tuple("。；！？：")
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


class Paragraph:
    """A paragraph of the prose, a heading or a cell; its sentences are told apart when they are asked for."""

    def __init__(self, section: str | None, squeezed: Squeezed, in_table: bool):
        """Takes the id of the section, None before the first one, and whether it is a cell."""
        self.text = squeezed.text
        self._told = section, squeezed, in_table

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Its sentences; what is too long for one in several pieces."""
        section, squeezed, in_table = self._told
        return [
            Sentence(section, self.text[first : min(end, first + _LONGEST)], squeezed, first, in_table)
            for start, end in sentence_spans(self.text, STOP_OR_SEMICOLON)
            for first in range(start, end, _LONGEST)
        ]


def paragraphs(report: Report) -> list[Paragraph]:
    """Returns the paragraphs outside the statutory tables and the title, with headings and cells of other tables."""
    folded = report.document.source.folded
    made: list[Paragraph] = report.texts.once(
        "paragraphs",
        lambda: [Paragraph(section, Squeezed(folded, spans), cell) for section, spans, cell in _paragraphs(report)],
    )
    return made


def sentences(report: Report, *words: str) -> Iterator[Sentence]:
    """Yields the sentences of all paragraphs, or of those that have one of some words."""
    for paragraph in paragraphs(report):
        if not words or any(word in paragraph.text for word in words):
            yield from paragraph.sentences


def sentences_for(several: Patterns, report: Report) -> Iterator[tuple[Sentence, Expressions]]:
    """Yields the sentences of paragraphs in which some of a rule's expressions may match, with these."""
    text: str = report.texts.once("all paragraphs", lambda: "\n".join([one.text for one in paragraphs(report)]))
    anywhere = expressions(several).possible(text)
    for paragraph in paragraphs(report) if anywhere else ():
        if here := anywhere.possible(paragraph.text):
            yield from ((sentence, here) for sentence in paragraph.sentences)


def blocks_outside_tables(report: Report) -> list[tuple[Block, list[Span]]]:
    """Returns the blocks with the stretches of them that stand outside the statutory tables; of a table, its cells."""
    made: list[tuple[Block, list[Span]]] = report.texts.once("blocks", lambda: list(_outside_tables(report)))
    return made


def _outside_tables(report: Report) -> Iterator[tuple[Block, list[Span]]]:
    bound = sorted(table.span for table in report.tables.values())
    holder = Span(-1, -1)
    for block in report.document.blocks:
        start, end = block.span
        # In formats of lines a table has many blocks: the next one is mostly in that of the last one.
        if holder[0] <= start and end <= holder[1]:
            continue
        within = [span for span in bound if start < span.end and span.start < end]
        holder = within[-1] if within else holder
        if isinstance(block, Table):
            spans = [] if within else [cell.span for row in block.rows for cell in row.cells]
        elif within:
            edges = [start, *(edge for span in within for edge in span), end]
            spans = [Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=True) if pair[0] < pair[1]]
        else:
            spans = [block.span] if start < end else []
        if spans:
            yield block, spans


def _paragraphs(report: Report) -> Iterator[tuple[str | None, list[Span], bool]]:
    """Yields the stretches of each paragraph with its section, several lines of it where formats are made of lines.

    It is said of each whether it is a cell; the title is none.
    """
    folded = report.document.source.folded
    title = report.title.span if report.title else Span(0, 0)
    sections = [(one.span.start, max(one.body.end, one.span.end), key) for key, one in report.sections.items()]
    of_lines = report.document.format not in _WHOLE_PARAGRAPHS
    lines: list[Span] = []
    section: str | None = None
    for block, pieces in blocks_outside_tables(report):
        at = block.span.start
        if title.start <= at < title.end:
            continue
        is_line = of_lines and len(pieces) == 1 and not isinstance(block, (Table, Heading))
        own = next((key for start, end, key in sections if start <= at < end), None)
        if lines and not (is_line and own == section and _goes_on(folded[lines[-1].start : lines[-1].end])):
            yield section, lines, False
            lines = []
        section = own
        if is_line:
            lines += pieces
        else:
            yield from ((section, [piece], isinstance(block, Table)) for piece in pieces)
    if lines:
        yield section, lines, False


def _goes_on(line: str) -> bool:
    """Says whether a line of plain text may be the first part of a paragraph; pages even break it by blank lines."""
    return not line.rstrip().endswith(_ENDS_OF_PARAGRAPHS) and len("".join(line.split())) >= _LEAST_OF_FULL_LINE


def is_quoted(text: str, at: int) -> bool:
    """Says whether what stands at a place of a text stands in book marks or quotation marks."""
    near = text[max(0, at - _LONGEST_QUOTATION) : at]
    return max(map(near.rfind, _OPENING)) > max(map(near.rfind, _CLOSING))


_DATE = (
    r"(?P<year>20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年"
    r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_SIGNED = rf"(?P<agency>[^，。；：！？（）《》“”\d]{{2,40}})?(?:（)?(?:日期：|时间：)?{_DATE}(?:）)?"
_NAME = r"[^，。；：！？（）《》“”\d]{2,40}"
_LOOK_AT = 8
"""So many of the last blocks are looked at: contact lines may follow."""


class Signature(NamedTuple):
    """A date that stands by itself, with the name that it stands below."""

    agency: str | None
    """As it is signed, squeezed; None if no name stands there."""
    agency_span: Span | None
    date: tuple[int, int, int]
    """Year, month and day, as they stand."""
    date_span: Span
    year_span: Span


def signature(report: Report) -> Signature | None:
    """Returns the last signed date of a report; None if none stands by itself at its end or below its title."""
    found: Signature | None = report.texts.once("signature", lambda: _find(report))
    return found


def _find(report: Report) -> Signature | None:
    blocks = [block for block in report.document.blocks if not isinstance(block, Table)]
    sections = list(report.sections.values())
    if not sections:
        return None
    last, first = max(one.span.end for one in sections), min(one.span.start for one in sections)
    ending = [block for block in blocks if block.span.start >= last][-_LOOK_AT:]
    title = report.title.span.end if report.title else 0
    beginning = [block for block in blocks if title <= block.span.start < first][:2]
    return _last_signed(report, ending) or _last_signed(report, beginning)


def _last_signed(report: Report, blocks: Sequence[Block]) -> Signature | None:
    folded = report.document.source.folded
    for at in reversed(range(len(blocks))):
        text = Squeezed(folded, [blocks[at].span])
        match = re.fullmatch(_SIGNED, text.text)
        if match is None:
            continue
        name, span = match["agency"], Span(*text.span(*match.span("agency"))) if match["agency"] else None
        if name is None and at > 0:
            above = Squeezed(folded, [blocks[at - 1].span])
            if re.fullmatch(_NAME, above.text):
                name, span = above.text, Span(*above.span(0, len(above.text)))
        whole, year = (match.start("year"), match.end("day") + 1), match.span("year")
        return Signature(name, span, _day(match), Span(*text.span(*whole)), Span(*text.span(*year)))
    return None


def _day(match: re.Match[str]) -> tuple[int, int, int]:
    year, month, day = (int(number(match[part]) or 0) for part in ("year", "month", "day"))
    return year, month, day
