"""A report as parts and lines, before it is text: the empty one of an authority and year, or one to be mutilated."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from disclosure_lint.checks.wording import numeral
from disclosure_lint.engine.linter import Linter
from disclosure_lint.engine.rule_sets import RuleSetSelection
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.form import Address, Form, SectionForm, TableForm
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.sheet import Grid, Line, Piece, Run, block_paths, depth_of, nested, runs
from disclosure_lint.readers.lines import LineReader
from disclosure_lint.settings import Settings, selected

_NUMBER = lazy_re_compile(r"-?\d+(?:\.\d+)?")


class Part(NamedTuple):
    """A section."""

    section: str
    """Id in the form; empty for one that the form does not have."""
    heading: str
    level: int
    paragraphs: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()


class Draft(NamedTuple):
    """A report in the making."""

    form: Form
    agency: str
    year: int
    title: str
    """Empty for none."""
    preface: tuple[str, ...]
    """Paragraphs before the first section."""
    parts: tuple[Part, ...]

    def text(self) -> str:
        """Returns the report as Markdown."""
        blocks = [f"# {self.title}"] if self.title else []
        blocks += self.preface
        for part in self.parts:
            blocks.append(f"{'#' * part.level} {part.heading}")
            blocks += part.paragraphs
            blocks += (block for grid in part.grids for block in pipe_tables(grid))
        return "\n\n".join(blocks) + "\n"

    def part(self, section: str) -> Part:
        """Returns a section; KeyError if it is not there."""
        for part in self.parts:
            if part.section == section:
                return part
        raise KeyError(section)

    def with_part(self, new: Part) -> "Draft":
        """Returns the draft with that part in place of the section with its id."""
        return self._replace(parts=tuple(new if part.section == new.section else part for part in self.parts))

    def words(self, section: str) -> tuple[str, ...]:
        """Returns the paragraphs of a section, none if it is not there; for an empty id those before all sections."""
        if not section:
            return self.preface
        return next((part.paragraphs for part in self.parts if part.section == section), ())

    def with_words(self, section: str, *paragraphs: str) -> "Draft":
        """Returns the draft with other paragraphs in a section, or before the first one for an empty id."""
        if not section:
            return self._replace(preface=paragraphs)
        return self.with_part(self.part(section)._replace(paragraphs=paragraphs))

    def in_year(self, year: int) -> "Draft":
        """Returns the same report of another year."""

        def changed(texts: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(text.replace(str(self.year), str(year)) for text in texts)

        parts = tuple(part._replace(paragraphs=changed(part.paragraphs)) for part in self.parts)
        (title,) = changed((self.title,))
        return self._replace(year=year, title=title, preface=changed(self.preface), parts=parts)

    def with_line(self, table: str, row: str, line: Line | None) -> "Draft":
        """Returns the draft with another line in the place of a row, or without it."""

        def changed(grid: Grid) -> Grid:
            if grid.form.id != table:
                return grid
            lines = (line if old.row == row else old for old in grid.lines)
            return grid._replace(lines=tuple(one for one in lines if one is not None))

        return self._replace(parts=tuple(part._replace(grids=tuple(map(changed, part.grids))) for part in self.parts))

    def grids(self) -> Iterator[Grid]:
        """Yields the tables."""
        return (grid for part in self.parts for grid in part.grids)

    def values(self) -> dict[Address, int | Fraction]:
        """Returns the numbers that stand where the form has them; rows of another width tell none."""
        found: dict[Address, int | Fraction] = {}
        for grid in self.grids():
            for line in grid.lines:
                columns = grid.form.row(line.row).columns
                if len(columns) != len(line.cells):
                    continue
                for column, cell in zip(columns, line.cells, strict=True):
                    if _NUMBER.fullmatch(cell):
                        found[Address(grid.form.id, line.row, column)] = Fraction(cell) if "." in cell else int(cell)
        return found


TO_FILL_IN = "【填写本年度的情况】。"
"""Stands where the form asks for words; DL112 finds what is left of it."""
LEVEL = 2
"""Of the headings of the sections."""
_NAME = "new.md"


class Begun(NamedTuple):
    """An empty report, and how its form and rules were chosen."""

    draft: Draft
    report: Report
    """The draft, read and bound: authority and year are those that a reader sees."""
    choice: RuleSetSelection

    def is_of(self, agency: str) -> bool:
        """Says whether a reader takes the title for that of the authority, and of the year."""
        return (self.report.agency, self.report.year) == (squeeze(agency), self.draft.year)


def begin(linter: Linter, agency: str, year: int, settings: Settings) -> Begun:
    """Returns the empty report, by the form and the packs that a check with these settings would choose for it."""
    binder = linter.rule_sets.base.binder
    bare = _draft(binder.forms[-1], agency, year, ())
    document = LineReader().read(_NAME, bare.text().encode())
    assert document is not None, "what was just written is text"
    bound = binder.bind(document, settings.form, fragment=True)
    assert bound is not None, "a fragment is always bound"
    report, choice = linter.choose(bound, settings)
    rules = [rule for rule in selected(choice.rule_set.rules, settings, _NAME) if rule.not_for(report) is None]
    return Begun(_draft(report.form, agency, year, rules), report, choice)


def heading_of(section: SectionForm) -> str:
    """Returns the statutory heading of a section."""
    return f"{numeral(section.number)}、{section.title}"


def title_of(agency: str, year: int) -> str:
    """Returns the title of a report."""
    return f"{agency}{year}年政府信息公开工作年度报告"


def _draft(form: Form, agency: str, year: int, rules: Iterable[Rule]) -> Draft:
    rules = tuple(rules)
    preface = tuple(_sentences(rules, None, year))
    parts = tuple(_part(form, section, rules, year) for section in form.sections)
    return Draft(form, agency, year, title_of(agency, year), preface, parts)


def _part(form: Form, section: SectionForm, rules: Iterable[Rule], year: int) -> Part:
    grids = tuple(_blank(table) for table in form.tables if table.section == section.id)
    words = [*_aspects(rules, section.id), *_sentences(rules, section.id, year)]
    return Part(section.id, heading_of(section), LEVEL, tuple(words or ([] if grids else [TO_FILL_IN])), grids)


def _blank(table: TableForm) -> Grid:
    return Grid(table, tuple(Line(row.id, row.label, ("",) * len(row.columns)) for row in table.rows))


def _aspects(rules: Iterable[Rule], section: str) -> Iterator[str]:
    """Yields a paragraph to be written for each thing that a section must speak of."""
    names = dict.fromkeys(
        aspect["name"]["zh"]
        for rule in rules
        if rule.kind == "statement" and rule.options["section"] == section
        for aspect in rule.options.get("aspects", ())
    )
    for number, name in enumerate(names, 1):
        yield f"（{numeral(number)}）{name}。{TO_FILL_IN}"


def _sentences(rules: Iterable[Rule], section: str | None, year: int) -> Iterator[str]:
    """Yields the sentences that rules offer for what must be said in a section, or before all of them."""
    for rule in rules:
        if rule.kind in ("statement", "pattern") and rule.options.get("section") == section:
            sentence = rule.options.get("sentence")
            if sentence is not None:
                yield sentence.replace("{year}", str(year))


_STUB = "项目"
"""Above the labels where the form has nothing there, since a header that begins with a blank is hard to read."""


def pipe_tables(grid: Grid) -> Iterator[str]:
    """Yields a table for each run of rows with the same columns, or one for blocks that stand side by side."""
    if grid.form.side_by_side:
        if grid.lines:
            yield _piped(_side_by_side(grid))
        return
    for run in runs(grid):
        yield _piped(_below_each_other(run, grid.form.corner or _STUB))


def _below_each_other(run: Run, corner: str) -> Iterator[Sequence[str]]:
    """Yields a run's rows; a group that is no run of its own is a line without numbers."""
    width = 1 + len(run.columns)
    if run.title:
        yield [run.title, *[""] * (width - 1)]
    paths = [(*column.groups, column.label) for column in run.columns]
    for level, texts in enumerate(_levels(nested(paths, depth_of(paths)), len(paths), depth_of(paths))):
        yield ["" if level else corner, *texts]
    before: Sequence[str] = ()
    for line, groups in zip(run.lines, run.groups, strict=True):
        for level, group in enumerate(groups):
            if groups[: level + 1] != before[: level + 1]:
                yield [group, *[""] * (width - 1)]
        before = groups
        yield [line.label, *line.cells]


def _levels(pieces: Iterable[Piece], width: int, depth: int) -> list[list[str]]:
    """Returns the rows of a header, blank where a label covers more than one cell."""
    rows = [[""] * width for _ in range(depth)]
    for piece in pieces:
        rows[piece.level][piece.at] = piece.text
    return rows


def _side_by_side(grid: Grid) -> Iterator[Sequence[str]]:
    paths = block_paths(grid)
    yield from _levels(nested(paths, depth_of(paths)), len(paths), depth_of(paths))
    yield [cell for line in grid.lines for cell in line.cells]


def _piped(rows: Iterable[Sequence[str]]) -> str:
    first, *rest = rows
    return "\n".join(map(_line, (first, ["---"] * len(first), *rest)))


def _line(cells: Sequence[str]) -> str:
    return "".join(f"| {cell} " if cell else "| " for cell in cells) + "|"
