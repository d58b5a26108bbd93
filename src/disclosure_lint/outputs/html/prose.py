"""The text of a report: findings marked in place, and what became of every number that it states."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from disclosure_lint.model.claim import Compared
from disclosure_lint.model.diagnostic import Diagnostic
from disclosure_lint.model.document import Heading, Paragraph, Table
from disclosure_lint.model.personal import masked
from disclosure_lint.model.places import table_words
from disclosure_lint.model.report import Report
from disclosure_lint.model.source import Span
from disclosure_lint.outputs.html.cells import Cells
from disclosure_lint.outputs.html.page import both, circled, escaped, say
from disclosure_lint.outputs.row_texts import plain

SHADES = {
    "agrees": "agrees",
    "approximate": "agrees",
    "contradicts": "contradicts",
    "other_scope": "scope",
    "other_period": "period",
    "split": "read",
    "unrelated": "read",
    "not_understood": "read",
}
"""How a number is shown by its status; one that is no quantity is plain text."""
LEGEND = (
    ("agrees", say("和表一致", "agrees with the table")),
    ("contradicts", say("和表矛盾", "contradicts the table")),
    ("scope", say("别的口径", "other scope")),
    ("period", say("别的时期", "other period")),
    ("read", say("读到了，没有比", "read, not compared")),
)


class _Marked(NamedTuple):
    """A finding at its place."""

    number: int
    span: Span
    severity: str


_Placed = TypeVar("_Placed", Compared, _Marked)


class _Passing(Generic[_Placed]):
    """Finds what meets stretches that are asked for in order: a text may have thousands of lines and of numbers."""

    def __init__(self, placed: list[_Placed]):
        self._coming: list[_Placed] = sorted(placed, key=lambda one: one.span, reverse=True)
        self._here: list[_Placed] = []

    def meeting(self, span: Span) -> list[_Placed]:
        """Returns what meets a stretch that begins nowhere before the last one."""
        while self._coming and self._coming[-1].span.start < span.end:
            self._here.append(self._coming.pop())
        self._here = [one for one in self._here if one.span.end > span.start]
        return [one for one in self._here if _meet(one.span, span)]


class Prose:
    """Writes the blocks of one report."""

    def __init__(self, report: Report, diagnostics: tuple[Diagnostic, ...], cells: Cells):
        """Takes the report and what was found, in the order in which findings are numbered."""
        self._report = report
        self._cells = cells
        self._text = masked(report.document.source.text)
        self._claims = _Passing([one for one in report.claims.numbers if one.status in SHADES])
        marks = (_Marked(number, one.span, one.severity.name) for number, one in enumerate(diagnostics, 1))
        self._marks = _Passing([one for one in marks if one.span.end > one.span.start])
        self._tables = sorted((table.span, table.form) for table in report.tables.values())
        self._headings = {one.span: one.level for one in report.document.blocks if isinstance(one, Heading)}

    def html(self) -> Iterator[str]:
        """Yields the blocks in order; where a statutory table stands, its name."""
        told: set[str] = set()
        for block in self._report.document.blocks:
            inside = next((form for span, form in self._tables if _meet(block.span, span)), None)
            if inside is not None:
                if inside.id not in told:
                    name = both(table_words(self._report.form, inside))
                    yield f'<p class=here><a href="#t-{escaped(inside.id)}">{name}</a></p>\n'
                told.add(inside.id)
            elif isinstance(block, Table):
                yield self._other_table(block)
            else:
                yield self._paragraph(block)

    def _paragraph(self, block: Heading | Paragraph) -> str:
        is_heading = isinstance(block, Heading) or any(
            block.span.start == one.span.start for one in self._report.sections.values()
        )
        content = "<br>".join(self._stretch(line) for line in self._lines(block.span))
        return f"<h3>{content}</h3>\n" if is_heading else f"<p>{content}</p>\n"

    def _other_table(self, table: Table) -> str:
        rows = (
            "".join(f"<td>{'<br>'.join(map(self._stretch, self._lines(cell.span)))}" for cell in row.cells)
            for row in table.rows
        )
        return f"<div class=scroll tabindex=0><table>{''.join(f'<tr>{row}' for row in rows)}</table></div>\n"

    def _lines(self, span: Span) -> Iterator[Span]:
        """Yields the parts of a block line by line."""
        start = span.start
        for line in self._text[span.start : span.end].splitlines(keepends=True):
            stripped = line.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
            yield Span(start, start + len(stripped))
            start += len(line)

    def _stretch(self, span: Span) -> str:
        """Returns a line: numbers whole, findings around them."""
        claims, marks = self._claims.meeting(span), self._marks.meeting(span)
        pieces, at = [], span.start
        for claim in claims:
            # A number may go on in the next line.
            part = Span(max(at, claim.span.start), min(claim.span.end, span.end))
            if part.start < part.end:
                pieces.append(self._plain(Span(at, part.start), marks))
                pieces.append(self._within(part, marks, self._number(claim, part)))
                at = part.end
        pieces.append(self._plain(Span(at, span.end), marks))
        return "".join(pieces)

    def _plain(self, span: Span, marks: Sequence[_Marked]) -> str:
        """Returns text without numbers, cut where findings begin or end."""
        ends = {span.start, span.end}
        for mark in marks:
            ends |= {end for end in mark.span if span.start < end < span.end}
        cuts = sorted(ends)
        parts = (Span(start, end) for start, end in pairwise(cuts))
        return "".join(self._within(part, marks, escaped(self._text[part.start : part.end])) for part in parts)

    def _within(self, span: Span, marks: Sequence[_Marked], content: str) -> str:
        around = [mark for mark in marks if _meet(mark.span, span)]
        if not around:
            return content
        refs = "".join(
            f"<a class=ref id=m{mark.number} href=#f{mark.number}>{circled(mark.number)}</a>"
            for mark in around
            if span.start <= mark.span.start < span.end
        )
        severity = "error" if any(mark.severity == "error" for mark in around) else "warning"
        return f"{refs}<mark class={severity}>{content}</mark>"

    def _number(self, claim: Compared, part: Span) -> str:
        shade = SHADES[claim.status]
        cells = self._cells.numbers(claim.cells)
        told = f' data-c="{cells}"' if cells else ""
        if claim.expected is not None:
            told += f' data-e="{escaped(plain(claim.expected) or "")}"'
        text = escaped(self._text[part.start : part.end])
        return f'<span class="n {shade}" data-s={claim.status}{told}>{text}</span>'


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
