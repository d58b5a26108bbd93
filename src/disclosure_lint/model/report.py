"""A document bound to a form: sections, named numbers, and what could not be told."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from disclosure_lint.model.characters import Squeezed
from disclosure_lint.model.claim import Claims
from disclosure_lint.model.document import Document, Location
from disclosure_lint.model.entry import OtherReport, Units
from disclosure_lint.model.form import Address, Form, SectionForm, TableForm
from disclosure_lint.model.numbers import Number
from disclosure_lint.model.source import Span

TWO_REPORTS = 3
"""Where so many sections stand twice, two reports are in one document."""


class Fact(NamedTuple):
    """A cell of the form, found on the page."""

    address: Address
    state: Literal["given", "blank", "unreadable"]
    """Three different things: a number, an empty cell, a cell that holds something else."""
    value: Number | None
    """The number if given, in the unit of its column: the form's, else 元 for money and ones for what is counted."""
    raw: str
    """The cell's text as it stands."""
    span: Span
    location: Location | None = None
    unit: str | None = None
    """The unit that the page names: in the cell, else in the column's header if that is not the form's."""


class Title(NamedTuple):
    """The report's title."""

    span: Span
    text: str
    """Without white space and line breaks."""
    agency: str | None
    """Who reports; None if the title does not say."""
    year: int | None
    """The report's year; None if the title does not say."""
    statutory: bool = True
    """Whether it ends with 政府信息公开工作年度报告, the name that the notice gives."""


class Section(NamedTuple):
    """A section of the form, found in the document."""

    form: SectionForm
    span: Span
    """The whole heading with its number."""
    number: int | None
    """The number it carries, from 1; None if it carries none."""
    title: str
    """The title as it stands, without number and white space."""
    wording: Literal["statutory", "long", "other"]
    level: int | None
    """Heading level, where the format has levels and marks it as a heading."""
    body: Span
    """From the end of the heading to the next top-level heading."""
    text: tuple[Span, ...]
    """What stands in the body without the statutory tables, in order."""
    content: bool
    """False if nothing at all stands under the heading."""


class NumberedLine(NamedTuple):
    """A line that begins with an ordinal."""

    span: Span
    """The ordinal."""
    style: str
    """`一、`, `（一）`, `1.` or `（1）`."""
    number: int
    text: str
    """The rest of the line, folded and stripped."""
    heading: bool
    """True if the format marks it as a heading."""
    section: str | None
    """Id of the section it stands in."""


class Unclear(NamedTuple):
    """A row whose numbers are there but cannot be told apart."""

    row: str
    span: Span
    found: int
    """How many values stand there."""
    expected: int
    reason: Literal["count", "columns", "rival", "apart", "row"] = "count"
    """Too few or too many values; columns that the header names otherwise; two places that may be the row; numbers that
    stand apart from their label; numbers that may be another row's."""
    rival: Span | None = None
    """The other place, for `rival`."""
    other_row: str | None = None
    """Id of the other row, for `row`; None if only the order of the rows speaks against this one."""
    readings: tuple[tuple[str, ...], ...] = ()
    """For each column of the row what may stand there, as it stands; empty where nothing can be said."""


class Uncertain(NamedTuple):
    """A cell of the form in an unclear row: it is there, but not certainly which of the row's numbers it is."""

    address: Address
    unclear: Unclear
    readings: tuple[str, ...]
    """What may stand in it, as it stands; empty where nothing can be said."""


class Decision(NamedTuple):
    """Why a row was bound as it was."""

    row: str
    """Id of the row; several, with commas, where they share a line."""
    label: str
    """The label on the page, its letters and digits."""
    span: Span | None
    """Its label and its values; None if no line was bound."""
    score: float
    rival_row: str = ""
    """The runner-up: id of the row for which a record was nearly taken; empty if there was none."""
    rival: str = ""
    """The label of that record on the page."""
    rival_span: Span | None = None
    margin: float | None = None
    """So much lower is the best alignment with the runner-up."""
    columns: str = ""
    """How its values were told apart, or why they were not."""


class Explanation(NamedTuple):
    """How a table was bound."""

    decisions: tuple[Decision, ...]
    left_over: tuple[Span, ...]


class BoundTable(NamedTuple):
    """What the document has of a statutory table."""

    form: TableForm
    span: Span
    """From its first label to its last value."""
    rows: dict[str, Span]
    """Label of each row that was found."""
    missing_rows: tuple[str, ...] = ()
    """Rows of the form that are not there at all."""
    altered_rows: tuple[str, ...] = ()
    """Rows whose place and numbers are there but whose label is not the form's."""
    reworded_rows: Mapping[str, Span] = {}
    """Rows whose label is like the form's but in other words, with its place."""
    missing_columns: tuple[str, ...] = ()
    altered_columns: Mapping[str, Span] = {}
    """Of the missing columns those in whose place the header has another label, with its place."""
    altered_units: Mapping[str, tuple[str, Span]] = {}
    """Columns whose header names a unit that is not the form's, with that unit and its place."""
    unclear: tuple[Unclear, ...] = ()
    resembles: str | None = None
    """Id of another form, all of whose labels are there though some of this form's are not."""
    explained: Callable[[], Explanation] = lambda: Explanation((), ())
    """For `decisions` and `left_over`, which few ask for."""

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Why each row was bound as it was, in the form's order."""
        return self.explained().decisions

    @property
    def left_over(self) -> tuple[Span, ...]:
        """Lines with numbers that were bound to no row."""
        return self.explained().left_over

    @property
    def is_labelled(self) -> bool:
        """Whether all its rows and columns are there, by their labels."""
        return not (self.missing_rows or self.altered_rows or self.missing_columns)

    @property
    def is_whole(self) -> bool:
        """Whether all its rows and columns are there and can be read."""
        return self.is_labelled and not self.unclear


class Texts:
    """The squeezed texts of a report, each made when it is first asked for."""

    __slots__ = ("_claims", "_document", "_kept", "_made", "_sections")

    def __init__(self, document: Document, sections: Mapping[str, Section]):
        self._document = document
        self._sections = sections
        self._made: dict[str | None, Squeezed] = {}
        self._claims: tuple[tuple[object, ...], Claims] | None = None
        self._kept: dict[str, Any] = {}

    def once(self, name: str, read: Callable[[], Any]) -> Any:
        """Returns what checks of several rules read out of the texts, under its name: it is read once."""
        if name not in self._kept:
            self._kept[name] = read()
        return self._kept[name]

    def of(self, section: str | None) -> Squeezed:
        """Returns the text of a section without its tables; of the whole document, with them, for None."""
        if section not in self._made:
            if section is None:
                spans: tuple[Span, ...] = tuple(block.span for block in self._document.blocks)
            else:
                found = self._sections.get(section)
                spans = found.text if found else ()
            self._made[section] = Squeezed(self._document.source.folded, spans)
        return self._made[section]

    def claims(self, report: "Report") -> Claims:
        """Returns what the texts say in numbers, by the words and the tables of a report that they are of."""
        key = (report.read_claims, report.facts, report.year, report.agency)
        if self._claims is None or self._claims[0] != key:
            self._claims = key, report.read_claims(report)
        return self._claims[1]


class SectionPlace(NamedTuple):
    """Where a section of the form is."""

    id: str
    span: Span
    """The whole heading with its number."""
    body: Span


class Outline(NamedTuple):
    """What outputs say of a report without looking into it; it is enough where the report is in another process."""

    format: str
    form: str
    """Id of the form."""
    agency: str | None
    year: int | None
    is_rendition: bool
    """Whether lines and columns are those of `show` alone."""
    sections: tuple[SectionPlace, ...]
    """Those that were found, in document order."""
    repeated: tuple[SectionPlace, ...]
    """Further headings for a section that was already found."""


class Report(NamedTuple):
    """A document bound to a form. Rules read it and may not change it."""

    document: Document
    form: Form
    title: Title | None
    agency: str | None
    year: int | None
    sections: dict[str, Section]
    """Found sections by id, in document order."""
    repeated: tuple[Section, ...]
    """Further headings for a section that was already found."""
    extra: tuple[Section, ...]
    """Top-level headings after the last section of the form."""
    tables: dict[str, BoundTable]
    """Found tables by id."""
    facts: dict[Address, Fact]
    """Found cells in the form's order; a cell of an unclear row is absent."""
    numbered: tuple[NumberedLine, ...]
    """Lines outside the tables that begin with an ordinal."""
    texts: Texts
    """For `prose`."""
    known_form: bool = True
    """False if no form is known for the year and the nearest one was taken."""
    previous: OtherReport | None = None
    """The agency's report of the year before, if it is among the files and there is no doubt which it is."""
    same: tuple[OtherReport, ...] = ()
    """Reports of the agency on the same year whose paths stand before its own, the first of them; none that a revised
    one replaces."""
    units: Units | None = None
    """Those below the agency; None if none is among the files."""
    concluded: Mapping[str, Any] = {}
    """By code of a rule what its kind of check concluded from all reports of the run."""
    read_claims: Callable[["Report"], Claims] = lambda _: Claims()
    """For `claims`, by the words of the packs that are for the report."""

    @property
    def claims(self) -> Claims:
        """What the prose says in numbers; read when it is first asked for."""
        return self.texts.claims(self)

    @property
    def outline(self) -> Outline:
        """What outputs say of it."""
        sections, repeated = (
            tuple(SectionPlace(one.form.id, one.span, one.body) for one in some)
            for some in (self.sections.values(), self.repeated)
        )
        document = self.document
        about = (document.format, self.form.id, self.agency, self.year, document.is_rendition)
        return Outline(*about, sections, repeated)

    def number(self, address: Address) -> Number | None:
        """Returns the number of a cell; None if it is not certain."""
        fact = self.facts.get(address)
        return fact.value if fact else None

    def cells(self) -> Iterator[Fact | Uncertain]:
        """Yields what is known of each cell, in the form's order: its fact, or that it stands in an unclear row."""
        for form in self.form.tables:
            table = self.tables.get(form.id)
            unclear = {one.row: one for one in table.unclear} if table else {}
            for row in form.rows:
                for index, column in enumerate(row.columns):
                    address = Address(form.id, row.id, column)
                    if address in self.facts:
                        yield self.facts[address]
                    elif doubt := unclear.get(row.id):
                        yield Uncertain(address, doubt, doubt.readings[index] if doubt.readings else ())

    @property
    def is_double(self) -> bool:
        """Whether the document has two reports; what is bound is then the first."""
        return len({section.form.id for section in self.repeated}) >= TWO_REPORTS

    @property
    def is_older_than_forms(self) -> bool:
        """Whether it is for a year before the first form: nothing of a form can be asked of it."""
        return not self.known_form and self.year is not None and self.year < self.form.first_year

    def prose(self, section: str | None = None) -> Squeezed:
        """Returns the squeezed text of a section without its tables, or of the whole document with them."""
        return self.texts.of(section)
