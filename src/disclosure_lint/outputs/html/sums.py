"""What the script is told of a report: its equations with how they ended, last year's numbers, and the law."""

from collections.abc import Iterable, Iterator
from typing import Any

from disclosure_lint.formula.evaluation import evaluate
from disclosure_lint.formula.instance import Instance, instances_of
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.form import Address, FormRow, Law, TableForm
from disclosure_lint.model.numbers import Number
from disclosure_lint.model.personal import masked
from disclosure_lint.model.places import table_words
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.outputs.claims import STATUSES
from disclosure_lint.outputs.html.cells import Cells
from disclosure_lint.outputs.row_texts import plain
from disclosure_lint.outputs.wording import cited


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


def laws(law: Iterable[Law]) -> Iterator[tuple[LocalizedText, str]]:
    """Yields each source with its wording, where that is known."""
    for one in law:
        yield LocalizedText(cited(one, "zh"), cited(one, "en")), one.text


def _shown(value: Number | None) -> str | None:
    text = plain(value)
    return masked(text) if text else text
