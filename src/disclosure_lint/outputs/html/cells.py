"""The cells of a report in the form's tables: what stands in each, what was found, which equations it is in."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from disclosure_lint.formula.evaluation import evaluate
from disclosure_lint.formula.instance import Instance, instances_of
from disclosure_lint.model.diagnostic import Diagnostic, LocalizedText, Severity
from disclosure_lint.model.form import Address, FormRow, Law, TableForm
from disclosure_lint.model.numbers import Number
from disclosure_lint.model.personal import masked
from disclosure_lint.model.places import section_words, table_words
from disclosure_lint.model.report import Fact, Report, Uncertain
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.sheet import Cell, Grid, Line, sheet_of
from disclosure_lint.outputs.facts import STATUSES
from disclosure_lint.outputs.html.page import both, circled, escaped, say, shown
from disclosure_lint.outputs.row_texts import plain
from disclosure_lint.outputs.wording import cited

_BLANK = say("空", "blank")
_ABSENT = say("没有", "none")


class Lit(NamedTuple):
    """A cell in which something is wrong, or may be."""

    number: int
    """Of the finding, from 1."""
    severity: Severity
    suggestion: LocalizedText | None
    certain: bool
    """Whether the cell is surely meant, and not only one of several that may be."""


class Cells:
    """The cells of one report by their addresses, each with a number by which the page knows it."""

    def __init__(self, report: Report, diagnostics: tuple[Diagnostic, ...]):
        """Takes the report and what was found, in the order in which findings are numbered."""
        self._report = report
        self.addresses = tuple(address for table in report.form.tables for address in table.addresses())
        self._numbers = {str(address): number for number, address in enumerate(self.addresses)}
        self._known: Mapping[Address, Fact | Uncertain] = {cell.address: cell for cell in report.cells()}
        self._lit: dict[str, list[Lit]] = {}
        for number, diagnostic in enumerate(diagnostics, 1):
            for cell, lit in self._blamed(diagnostic, number):
                self._lit.setdefault(cell, []).append(lit)

    def numbers(self, names: tuple[str, ...]) -> str:
        """Returns the numbers of cells with blanks between, those that the form has."""
        return " ".join(str(self._numbers[name]) for name in names if name in self._numbers)

    def number(self, address: Address) -> int:
        """Returns the number of a cell."""
        return self._numbers[str(address)]

    def html(self, name: str, span: str) -> str:
        """Returns the cell of a table; `span` are attributes for what it covers."""
        number = self._numbers[name]
        kind, content = _content(self._known.get(self.addresses[number]))
        lit = self._lit.get(name, [])
        if not lit:
            return f"<td id=c{number}{span}{f' class={kind}' if kind else ''}>{content}"
        worst = max(lit, key=lambda one: (one.certain, one.severity))
        shade = "wrong" if worst.certain and worst.severity is Severity.error else "doubt"
        style = " ".join(filter(None, (kind, shade)))
        told = dict.fromkeys(one.suggestion for one in lit if one.suggestion)
        beside = "".join(f"<b class=should>{both(words)}</b>" for words in told)
        marks = "".join(
            f"<a class=ref href=#f{one}>{circled(one)}</a>" for one in dict.fromkeys(each.number for each in lit)
        )
        return f'<td id=c{number}{span} class="lit {style}"><span class=v>{content}</span>{marks}{beside}'

    def _blamed(self, diagnostic: Diagnostic, number: int) -> Iterator[tuple[str, Lit]]:
        suggested: dict[str, list[str]] = {}
        certain = True
        for one in diagnostic.suggestions:
            suggested.setdefault(one.cell, []).append(str(one.value))
            certain = certain and one.alternative == 1
        for cell, values in suggested.items():
            yield cell, Lit(number, diagnostic.severity, _told(diagnostic, cell, values), certain)
        for index, name in enumerate(diagnostic.cells):
            if name not in suggested and self._stands_for(diagnostic, name, first=index == 0):
                # Of several numbers that do not add up, none is surely wrong.
                yield (
                    name,
                    Lit(number, diagnostic.severity, None, len(diagnostic.cells) == 1 or not self._is_given(name)),
                )

    def _is_given(self, name: str) -> bool:
        fact = self._known.get(self.addresses[self._numbers[name]])
        return isinstance(fact, Fact) and fact.state == "given"

    def _stands_for(self, diagnostic: Diagnostic, name: str, *, first: bool) -> bool:
        """Says whether a finding is about the cell itself, and does not only use its number."""
        fact = self._known.get(self.addresses[self._numbers[name]]) if name in self._numbers else None
        if not isinstance(fact, Fact):
            return False
        return fact.span == diagnostic.span if first else fact.state != "given" and diagnostic.violation is None


def tables(report: Report, cells: Cells) -> Iterator[str]:
    """Yields each table of the form; one that the report lacks is named."""
    for form in report.form.tables:
        name, title = table_words(report.form, form), section_words(report.form.section(form.section))
        heading = f"<h3 id=t-{escaped(form.id)}>{both(name)}　{escaped(title.zh.partition('、')[2])}</h3>\n"
        if form.id not in report.tables:
            lost = say(
                "没有找到这张表，里面的数都没有查。", "This table was not found; none of its numbers was checked."
            )
            yield f"{heading}<p class=lost>{lost}</p>\n"
            continue
        label = f'role=region tabindex=0 aria-labelledby="t-{escaped(form.id)}"'
        yield f"{heading}<div class=scroll {label}>{_table(form, cells)}</div>\n"


def data_of(report: Report, cells: Cells, rules: Iterable[Rule], *, brief: bool) -> dict[str, Any]:
    """Returns what is known of each cell beyond what stands in it, as JSON holds it; `brief` without laws' wording."""
    asked = [(rule, found) for rule in rules if (found := instances_of(rule, report.form))]
    return {
        "tables": [
            {
                "name": list(table_words(report.form, table)),
                "columns": [[column.id, column.label] for column in table.columns],
                # Labels that stand in the row of a cell are read there.
                "rows": [[row.id, row.label if table.side_by_side else "", *_places(table, row)] for row in table.rows],
            }
            for table in report.form.tables
        ],
        "rules": [[rule.code, *rule.summary, [_law(law, brief=brief) for law in rule.law]] for rule, _ in asked],
        "equations": [
            _equation(number, instance, report, cells) for number, (_, found) in enumerate(asked) for instance in found
        ],
        "statuses": {one.status: list(STATUSES[one.status]) for one in report.claims.numbers if one.status in STATUSES},
        "previous": _previous(report, cells),
    }


def laws(law: Iterable[Law]) -> Iterator[tuple[LocalizedText, str]]:
    """Yields each source with its wording, where that is known."""
    for one in law:
        yield LocalizedText(cited(one, "zh"), cited(one, "en")), one.text


def _told(diagnostic: Diagnostic, cell: str, values: list[str]) -> LocalizedText:
    confidence = {one.confidence for one in diagnostic.suggestions if one.cell == cell}
    values = list(dict.fromkeys(values))
    if confidence == {"only"}:
        return LocalizedText(f"应为 {values[0]}", f"should be {values[0]}")
    if "likely" in confidence and len(values) == 1:
        return LocalizedText(f"似应为 {values[0]}", f"likely {values[0]}")
    return LocalizedText(f"可能是 {'、'.join(values)}", f"perhaps {', '.join(values)}")


def _content(cell: Fact | Uncertain | None) -> tuple[str, str]:
    """Returns the class and the content of a cell."""
    if cell is None:
        return "absent", _ABSENT
    if isinstance(cell, Uncertain):
        return "unsure", " / ".join(map(shown, cell.readings)) or "?"
    if cell.state == "blank":
        return "blank", _BLANK
    if cell.state == "unreadable":
        return "unread", shown(cell.raw)
    raw = cell.raw.strip()
    return "", shown(raw) if raw else escaped(plain(cell.value) or "")


def _table(form: TableForm, cells: Cells) -> str:
    lines = tuple(
        Line(row.id, row.label, tuple(f"{form.id}[{row.id},{column}]" for column in row.columns)) for row in form.rows
    )
    sheet = sheet_of(Grid(form, lines))
    rows: list[list[Cell]] = [[] for _ in range(sheet.rows)]
    for cell in sheet.cells:
        rows[cell.row].append(cell)
    drawn = ("".join(_cell(cell, cells) for cell in sorted(row, key=lambda one: one.column)) for row in rows)
    return f'<table class=form aria-labelledby="t-{escaped(form.id)}">{"".join(f"<tr>{row}" for row in drawn)}</table>'


def _cell(cell: Cell, cells: Cells) -> str:
    wide = f" colspan={cell.columns}" if cell.columns > 1 else ""
    span = wide + (f" rowspan={cell.rows}" if cell.rows > 1 else "")
    if cell.kind == "number":
        return cells.html(cell.text, span)
    if not cell.text:
        return f"<td{span} class=corner>"
    scope = ("row" if cell.rows == 1 else "rowgroup") if cell.kind == "label" else "col" if not wide else "colgroup"
    return f"<th{span} scope={scope}>{escaped(cell.text)}"


def _places(table: TableForm, row: FormRow) -> Iterator[int]:
    """Yields which of the table's columns a row has."""
    ids = [column.id for column in table.columns]
    yield from (ids.index(column) for column in row.columns)


def _law(law: Law, *, brief: bool) -> list[str]:
    """Returns the wording, and what it is cited as, in English too if that is something else."""
    return ["" if brief else law.text, *dict.fromkeys((cited(law, "zh"), cited(law, "en")))]


def _equation(rule: int, instance: Instance, report: Report, cells: Cells) -> list[Any]:
    """Returns rule, how it ended, sign, both sides' cells with their coefficients; if it fails, what they come to."""
    outcome = evaluate(instance, report.facts)
    sides = instance.terms or ((), ())
    terms: list[list[Any]] = [[_term(coefficient, cells.number(cell)) for coefficient, cell in side] for side in sides]
    for side, constant in zip(terms, instance.constants, strict=True):
        if constant:
            side.append([_shown(constant), -1])
    if instance.terms is None:  # cells that are multiplied are only named
        terms = [[cells.number(cell) for cell in instance.cells], []]
    # Of what holds, the page need not tell more.
    broken = outcome.state == "violated"
    values = [_shown(outcome.left_value), _shown(outcome.right_value)] if broken else []
    linear = instance.terms is not None
    return [rule, outcome.state, instance.op if linear else "", *terms, *values]


def _term(coefficient: Number, cell: int) -> Any:
    return cell if coefficient == 1 else [_shown(coefficient), cell]


def _previous(report: Report, cells: Cells) -> dict[str, Any] | None:
    """Returns the numbers of the report of the year before, where it is known."""
    previous = report.previous
    if previous is None:
        return None
    numbers = [_shown(previous.number(one)) for one in cells.addresses]
    carried = {
        cells.number(to): _shown(value)
        for from_, to in _carried(report)
        if (value := previous.number(from_)) is not None
    }
    return {"year": previous.year, "numbers": numbers, "carried": carried}


def _carried(report: Report) -> Iterator[tuple[Address, Address]]:
    for one in report.form.carried:
        row = report.form.table(one.next_table).row(one.next_row)
        for column in row.columns:
            yield Address(one.table, one.row, column), Address(one.next_table, one.next_row, column)


def _shown(value: Number | None) -> str | None:
    text = plain(value)
    return masked(text) if text else text
