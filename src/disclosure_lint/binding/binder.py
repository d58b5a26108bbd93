"""The whole binding: title, form, sections, tables, numbered lines."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from disclosure_lint.binding.candidates import Candidate, Wordings
from disclosure_lint.binding.numbering import extra_sections, numbered_lines
from disclosure_lint.binding.sections import find_sections
from disclosure_lint.binding.tables import bind_table
from disclosure_lint.binding.title import find_title
from disclosure_lint.binding.views import View, views_of
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.document import Block, Document, Table
from disclosure_lint.model.form import Address, Form
from disclosure_lint.model.report import BoundTable, Fact, Report, Section, Texts, Title
from disclosure_lint.model.source import Source, Span

_PERIOD = r"(?:统计期限|统计时限|统计时间)[^。]{0,8}?(20\d\d)年"
_MIN_SECTIONS = 3


class _Outline(NamedTuple):
    """The top-level headings of a document."""

    found: tuple[Candidate, ...]
    repeated: tuple[Candidate, ...]
    extra: tuple[Candidate, ...]

    def starts(self) -> list[int]:
        """Returns where each of them begins, in order."""
        return sorted(candidate.span.start for candidate in (*self.found, *self.repeated, *self.extra))


class Binder:
    """Binds documents to the forms it was given."""

    def __init__(self, forms: Sequence[Form]):
        self.forms = sorted(forms, key=lambda form: form.first_year)
        self._views: dict[str, dict[str, list[View]]] = {}
        self._wordings: dict[str, Wordings] = {}

    def bind(self, document: Document, choice: str = "auto", *, fragment: bool = False) -> Report | None:
        """Returns the report that a document is, or None if it is none; `choice` names a form or is `auto`.

        A `fragment` is bound however little of a report it is.
        """
        source, blocks = document.source, document.blocks
        newest = self.forms[-1]
        found, repeated = find_sections(source, blocks, self._wordings_of(newest))
        title = find_title(source, blocks, found[0].span.start if found else len(source.text))
        if not fragment and len(found) < _MIN_SECTIONS and (title is None or (not found and not title.agency)):
            return None
        year = title.year if title and title.year else _year_of_period(source)
        form, known = self._form(choice, year)
        if form is not newest:
            found, repeated = find_sections(source, blocks, self._wordings_of(form))
        outline = _Outline(tuple(found), tuple(repeated), tuple(extra_sections(source, blocks, found, form)))
        report = self._report(document, form, outline, title, year)
        return report if known else report._replace(known_form=False)

    def _form(self, choice: str, year: int | None) -> tuple[Form, bool]:
        if choice != "auto":
            return next(form for form in self.forms if form.id == choice), True
        if year is None:
            return self.forms[-1], True
        for form in self.forms:
            if form.first_year <= year <= (form.last_year or year):
                return form, True
        return min(self.forms, key=lambda form: abs(form.first_year - year)), False

    def _report(
        self, document: Document, form: Form, outline: _Outline, title: Title | None, year: int | None
    ) -> Report:
        source, blocks = document.source, document.blocks
        found = outline.found
        stops = [*outline.starts(), len(source.text)]
        tables, facts = self._tables(source, blocks, form, found, stops, squeeze(title.text) if title else "")
        if not document.is_text:
            facts = {address: _in_original(fact, document) for address, fact in facts.items()}
        taken = [table.span for table in tables.values()]
        sections = [_section(candidate, source, blocks, stops, taken) for candidate in found]
        by_id = {section.form.id: section for section in sections}
        return Report(
            document=document,
            form=form,
            title=title,
            agency=title.agency if title else None,
            year=year,
            sections=by_id,
            repeated=tuple(_section(candidate, source, blocks, stops, taken) for candidate in outline.repeated),
            extra=tuple(_section(candidate, source, blocks, stops, taken) for candidate in outline.extra),
            tables=tables,
            facts=facts,
            numbered=tuple(numbered_lines(source, blocks, sections, taken)),
            texts=Texts(document, by_id),
        )

    def _tables(
        self,
        source: Source,
        blocks: Sequence[Block],
        form: Form,
        found: Sequence[Candidate],
        stops: list[int],
        title: str,
    ) -> tuple[dict[str, BoundTable], dict[Address, Fact]]:
        """Binds each table in its section; where that is missing, below the table before it, if it is surely there."""
        tables: dict[str, BoundTable] = {}
        facts: dict[Address, Fact] = {}
        places = {candidate.section.id: _body(candidate, stops) for candidate in found}
        free = 0
        for table in form.tables:
            views = self._views_of(form)[table.id]
            own = places.get(table.section)
            region = own or Span(free, _next_start(found, form.section(table.section).number, free, stops[-1]))
            bound = bind_table(source, blocks, region, views, title)
            if bound is not None and (own or bound[0].is_whole):
                other = None if bound[0].is_labelled else self._resembled(source, blocks, form, bound[0])
                tables[table.id] = bound[0]._replace(resembles=other) if other else bound[0]
                facts.update((fact.address, fact) for fact in bound[1])
                free = bound[0].span.end
        return tables, facts

    def _resembled(self, source: Source, blocks: Sequence[Block], form: Form, bound: BoundTable) -> str | None:
        """Returns the other form whose table it is by all its labels, if there is one."""
        for other in self.forms:
            views = self._views_of(other).get(bound.form.id) if other is not form else None
            found = bind_table(source, blocks, bound.span, views, "") if views else None
            if found and found[0].is_labelled:
                return other.id
        return None

    def _wordings_of(self, form: Form) -> Wordings:
        if form.id not in self._wordings:
            self._wordings[form.id] = Wordings(form)
        return self._wordings[form.id]

    def _views_of(self, form: Form) -> dict[str, list[View]]:
        if form.id not in self._views:
            self._views[form.id] = {table.id: views_of(table) for table in form.tables}
        return self._views[form.id]


def _in_original(fact: Fact, document: Document) -> Fact:
    """Returns a fact with its place in the file, also where no cell of its own shows it."""
    return fact if fact.location else fact._replace(location=document.location_at(fact.span.start))


def _year_of_period(source: Source) -> int | None:
    match = re.search(_PERIOD, squeeze(source.folded[:5000]))
    return int(match.group(1)) if match else None


def _next_start(found: Sequence[Candidate], number: int, start: int, end: int) -> int:
    """Returns where the first section after a missing one begins."""
    return min((c.span.start for c in found if c.section.number > number and c.span.start >= start), default=end)


def _body(candidate: Candidate, stops: Sequence[int]) -> Span:
    return Span(candidate.span.end, stops[bisect_left(stops, candidate.span.end)])


def _section(
    candidate: Candidate, source: Source, blocks: Sequence[Block], stops: Sequence[int], taken: Sequence[Span]
) -> Section:
    body = _body(candidate, stops)
    text: list[Span] = []
    content = False
    for index in range(candidate.block, len(blocks)):
        block = blocks[index]
        if block.span.start >= body.end:
            break
        start, end = max(block.span.start, body.start), min(block.span.end, body.end)
        if start >= end or (end - start < 9 and not source.folded[start:end].strip(" \t\r\n。：；")):
            continue
        content = True
        # Of a table the words before its first label are its own too.
        last = end if isinstance(block, Table) else start + 1
        if not any(table.start < last and start < table.end for table in taken):
            text.append(Span(start, end))
    return Section(
        form=candidate.section,
        span=candidate.span,
        number=candidate.number,
        title=candidate.title,
        wording=candidate.wording,
        level=candidate.level,
        body=body,
        text=tuple(text),
        content=content,
    )
