"""The whole binding: the form, the sections, and each table, wherever it stands."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, reduce

from disclosure_lint.binding.candidates import Wordings, numbered_lines
from disclosure_lint.binding.outline import Outline, find_title
from disclosure_lint.binding.sections import extra_sections, find_sections
from disclosure_lint.binding.table_builder import Reading, View, views_of
from disclosure_lint.binding.tables import bind_table, nowhere
from disclosure_lint.binding.wordings import SHORT
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.document import Document
from disclosure_lint.model.form import Address, Form, FormRow
from disclosure_lint.model.report import BoundTable, Fact, Report, Texts, Title, Unclear
from disclosure_lint.model.source import Source, Span

_MOST_LINES = 3_000
"""In longer documents no table is looked for outside its section."""


def find_table(outline: Outline, views: Sequence[View], title: str) -> Reading | None:
    """Returns a table as its section has it, or what agrees in several; None if it is not there."""
    source, blocks, section = outline.source, outline.blocks, views[-1].form.section
    own, again = (
        [found for region in regions if (found := bind_table(source, blocks, region, views, title, outline.scraps))]
        for regions in (
            [outline.body(one) for one in heads if one.section.id == section]
            for heads in (outline.found, outline.repeated)
        )
    )
    if not (outline.has_second or outline.is_mixed):
        own, again = own + again, []
    bound = own[0] if own else _elsewhere(outline, views, title)
    if bound is not None:
        bound = reduce(_agreed, (*own[1:], *again), bound)
    return _doubted(bound) if bound and outline.is_mixed else bound


def _elsewhere(outline: Outline, views: Sequence[View], title: str) -> Reading | None:
    """Returns a table from outside its section: most of it must be there, under columns that the form has."""
    source = outline.source
    if source.line_count > _MOST_LINES:
        return None
    keys = [key for keys in views[-1].labels.columns for key in keys]
    heads = outline.found if outline.has_second else (*outline.found, *outline.repeated)
    regions = [outline.body(one) for one in heads if one.section.id != views[-1].form.section]
    for region in regions if outline.has_second else (*regions, Span(0, len(source.text))):
        text = squeeze(source.folded[region.start : region.end])
        if not any(key in text for key in keys):
            continue
        bound = bind_table(source, outline.blocks, region, views, title, outline.scraps)
        if bound is not None:
            table = bound.table
            doubtful = max(len(table.missing_rows), len(table.unclear))
            if 2 * doubtful < len(table.form.rows) and not table.missing_columns:
                return bound
    return None


def _agreed(first: Reading, other: Reading) -> Reading:
    """Returns the first reading of a table with the rows in doubt that have other numbers in the other one."""
    doubtful: list[Unclear] = []
    for row in first.table.form.rows:
        mine, theirs = _cells(first, row), _cells(other, row)
        if mine and theirs and list(map(_given, mine)) != list(map(_given, theirs)):
            readings = tuple(_texts(pair) for pair in zip(mine, theirs, strict=True))
            here, there = first.table.rows[row.id], other.table.rows[row.id]
            doubtful.append(Unclear(row.id, here, len(mine), len(mine), "rival", there, readings=readings))
    return _with_doubts(first, {one.row: one for one in doubtful})


def _doubted(reading: Reading) -> Reading:
    """Returns a reading of which nothing is certain, as its lines may be those of two reports."""
    doubtful: dict[str, Unclear] = {}
    for row in reading.table.form.rows:
        if cells := _cells(reading, row):
            place, readings = reading.table.rows[row.id], tuple(_texts([one]) for one in cells)
            doubtful[row.id] = Unclear(row.id, place, len(cells), len(cells), "apart", readings=readings)
    return _with_doubts(reading, doubtful)


def _with_doubts(reading: Reading, doubtful: dict[str, Unclear]) -> Reading:
    unclear = {one.row: one for one in reading.table.unclear} | doubtful
    in_order = tuple(unclear[row.id] for row in reading.table.form.rows if row.id in unclear)
    facts = {address: fact for address, fact in reading.facts.items() if address.row not in doubtful}
    return Reading(reading.table._replace(unclear=in_order), facts)


def _cells(reading: Reading, row: FormRow) -> Sequence[Fact]:
    """Returns the cells of a row, if all of them were read."""
    addresses = [Address(reading.table.form.id, row.id, column) for column in row.columns]
    return [reading.facts[one] for one in addresses] if all(one in reading.facts for one in addresses) else []


def _given(fact: Fact) -> tuple[object, ...]:
    return fact.state, fact.value, fact.raw if fact.state == "unreadable" else ""


def _texts(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.raw for one in facts if one.raw))


_PERIOD = r"(?:统计期限|统计时限|统计时间)[^。]{0,8}?(20\d\d)年"
_MIN_SECTIONS = 3
_YEAR = r"(20\d\d)年"
_READ_FOR_FORM = 50_000
"""Characters in which the form of a report without a year is looked for."""


class Binder:
    """Binds documents to the forms it was given."""

    def __init__(self, forms: Sequence[Form]):
        self.forms = sorted(forms, key=lambda form: form.first_year)
        self._views: dict[str, dict[str, list[View]]] = {}
        self._wordings: dict[str, Wordings] = {}

    def bind(self, document: Document, choice: str = "auto", *, fragment: bool = False) -> Report | None:
        """Returns the report that a document is, or None if it is none; `choice` names a form or is `auto`.

        A `fragment` is bound however little of a report it is. Three sections, a title, or all the tables of a form are
        proof enough of a report.
        """
        source, blocks = document.source, document.blocks
        newest = self.forms[-1]
        found, repeated = find_sections(source, blocks, self._wordings_of(newest))
        title = find_title(source, blocks, found[0].span.start if found else len(source.text))
        year = title.year if title and title.year else _year_of_period(source)
        form, known = self._form(choice, year, source)
        if form.sections != newest.sections:
            found, repeated = find_sections(source, blocks, self._wordings_of(form))
        outline = Outline(source, blocks, found, repeated, extra_sections(source, blocks, found, form))
        few = len(found) < _MIN_SECTIONS and (title is None or (not found and not title.agency))
        if few and not fragment and not self._may_have_tables(source, form):
            return None
        report = self._report(document, form, outline, title, year)
        if few and not fragment and len(report.tables) < len(form.tables):
            return None
        return report if known else report._replace(known_form=False)

    def headings(self, document: Document) -> list[str]:
        """Returns the headings of a report's sections in a document, even if it is none."""
        found, _ = find_sections(document.source, document.blocks, self._wordings_of(self.forms[-1]))
        return [document.source.slice(candidate.span) for candidate in found]

    def _form(self, choice: str, year: int | None, source: Source) -> tuple[Form, bool]:
        """Returns the form and whether it is known to be the one for the year."""
        if choice != "auto":
            return next(form for form in self.forms if form.id == choice), True
        if year is None:
            return self._form_by_words(source), True
        for form in self.forms:
            if form.first_year <= year <= (form.last_year or year):
                return form, True
        return min(self.forms, key=lambda form: abs(form.first_year - year)), False

    def _form_by_words(self, source: Source) -> Form:
        """Returns the form of a report that does not say its year: by its columns, else by the year it speaks of."""
        text = squeeze(source.folded[:_READ_FOR_FORM])
        hits = [sum(word in text for word in words) for words in self._own_words]
        if max(hits) and hits.count(max(hits)) == 1:
            return self.forms[hits.index(max(hits))]
        years = Counter(map(int, re.findall(_YEAR, text)))
        named = max(years, key=lambda year: (years[year], year), default=None)
        fitting = [form for form in self.forms if named and form.first_year <= named <= (form.last_year or named)]
        return fitting[0] if fitting else self.forms[-1]

    @cached_property
    def _own_words(self) -> list[frozenset[str]]:
        """For each form the labels of columns and rows that no other form has."""
        words = [
            frozenset(
                squeeze(label)
                for table in form.tables
                for label in (*(column.label for column in table.columns), *(row.label for row in table.rows))
                if len(label) > SHORT
            )
            for form in self.forms
        ]
        return [
            frozenset(word for word in own if not any(word in "\n".join(other) for other in words if other is not own))
            for own in words
        ]

    def _may_have_tables(self, source: Source, form: Form) -> bool:
        """Says whether columns of each table of a form are in the text, before it is bound for them alone."""
        text = squeeze(source.folded)
        return all(any(squeeze(column.label) in text for column in table.columns) for table in form.tables)

    def _report(
        self, document: Document, form: Form, outline: Outline, title: Title | None, year: int | None
    ) -> Report:
        tables, facts = self._tables(form, outline, squeeze(title.text) if title else "")
        if not document.is_text:
            facts = {address: _in_original(fact, document) for address, fact in facts.items()}
        taken = [table.span for table in tables.values()]
        found, repeated, extra = (
            [outline.section(candidate, taken) for candidate in candidates]
            for candidates in (outline.found, outline.repeated, outline.extra)
        )
        sections = {section.form.id: section for section in found}
        return Report(
            document=document,
            form=form,
            title=title,
            agency=title.agency if title else None,
            year=year,
            sections=sections,
            repeated=tuple(repeated),
            extra=tuple(extra),
            tables=tables,
            facts=facts,
            numbered=tuple(numbered_lines(document.source, document.blocks, found, taken)),
            texts=Texts(document, sections),
        )

    def _tables(self, form: Form, outline: Outline, title: str) -> tuple[dict[str, BoundTable], dict[Address, Fact]]:
        """Binds each table in its section; where it is not there, wherever its own labels are.

        Under the columns of another form, nothing is bound to this one. Of two reports in one document the second gives
        no table that the first lacks; what they differ in is not certain, nor anything if they are mixed.
        """
        tables: dict[str, BoundTable] = {}
        facts: dict[Address, Fact] = {}
        for table in form.tables:
            views = self._views_of(form)[table.id]
            bound = find_table(outline, views, title)
            if bound is None and outline.scraps.hold_table(views[-1].labels):
                own = next((one for one in outline.found if one.section.id == table.section), None)
                bound = nowhere(outline.source, views[-1], outline.body(own)) if own else None
            if bound is None:
                continue
            read = bound.table
            lacking = len(read.missing_rows) + len(read.missing_columns) + len(read.altered_rows)
            other = self._resembled(outline, form, read) if lacking > 1 else None
            tables[table.id] = read._replace(resembles=other) if other else read
            if other is None or not read.missing_columns:
                facts.update(bound.facts)
        return tables, facts

    def _resembled(self, outline: Outline, form: Form, bound: BoundTable) -> str | None:
        """Returns the other form whose table it is by all its labels, if there is one."""
        for other in self.forms:
            views = self._views_of(other).get(bound.form.id) if other is not form else None
            found = bind_table(outline.source, outline.blocks, bound.span, views, "", outline.scraps) if views else None
            if found and found.table.is_whole:
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
