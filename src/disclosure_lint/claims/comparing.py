"""What becomes of each number of a text: the cells that it agrees with or contradicts, or why it is not compared."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from disclosure_lint.claims.lexicon import Lexicon, Measure
from disclosure_lint.claims.reading import Claim, Reader
from disclosure_lint.model.characters import Squeezed
from disclosure_lint.model.document import Table
from disclosure_lint.model.report import Number, Report
from disclosure_lint.model.source import Span

_TOTAL = ",total]"


class Compared(NamedTuple):
    """A number of the text with what became of it."""

    span: Span
    text: str
    value: Number | None
    unit: str | None
    approximate: bool
    measure: str | None
    status: str
    cells: tuple[str, ...]
    """Those whose sum it is, or should be."""
    expected: Number | None = None
    """That sum; None if it cannot be told."""


def compared(lexicon: Lexicon, report: Report) -> Iterator[Compared]:
    """Yields every number of the prose before and in the sections, in order, with its status."""
    values = {str(fact.address): fact.value for fact in report.facts.values() if fact.state == "given"}
    reader = Reader(lexicon, report.year)
    for prose in _prose(report):
        for claim in reader.claims(prose.text):
            yield _compared(claim, values, Span(*prose.span(claim.start, claim.end)), _whose(report.agency))


def _whose(agency: str | None) -> str:
    """Returns for whom an authority reports: `whole` for all of a place, `own` for itself alone."""
    if agency is None:
        return ""
    return "whole" if agency.endswith(("人民政府", "管理委员会", "管委会")) else "own"


def _prose(report: Report) -> Iterator[Squeezed]:
    first = min((section.span.start for section in report.sections.values()), default=None)
    if first is not None:
        beginning = tuple(
            block.span for block in report.document.blocks if block.span.end <= first and not isinstance(block, Table)
        )
        yield Squeezed(report.document.source.folded, beginning)
    for key in report.sections:
        yield report.prose(key)


def _compared(claim: Claim, values: dict[str, Number | None], span: Span, whose: str) -> Compared:
    value = claim.value
    plain: Number | None = int(value) if value is not None and value == value.to_integral_value() else value
    told = Compared(span, claim.text, plain, claim.unit or None, bool(claim.approximate), None, claim.status, ())
    if claim.status or value is None:
        return told._replace(status=claim.status or "not_understood")
    name = "+".join(measure.id for measure in claim.measures)
    outcomes = [_of_measure(claim, value, measure, values) for measure in claim.measures]
    cells = tuple(dict.fromkeys(cell for _, found, _ in outcomes for cell in found))
    states = [state for state, _, _ in outcomes]
    expected = outcomes[0][2] if len(outcomes) == 1 else None
    if "contradicts" in states:
        elsewhere = bool(claim.scope) and claim.scope != whose
        status = "other_scope" if elsewhere else "contradicts" if claim.sure else "not_understood"
    else:
        status = "not_understood" if "not_understood" in states else states[0]
    return told._replace(measure=name, status=status, cells=cells, expected=expected)


def _of_measure(
    claim: Claim, value: Decimal, measure: Measure, values: dict[str, Number | None]
) -> tuple[str, tuple[str, ...], Number | None]:
    """Returns how a number fits a measure, with the cells of the first sum that it fits, or of the first of all."""
    sums = [(cells, _sum(cells, values)) for cells in (_of_applicants(one, claim.columns) for one in measure.equals)]
    known = [(cells, total) for cells, total in sums if total is not None]
    for cells, total in known:
        if _fits(claim, value, Decimal(total)):
            return ("approximate" if claim.approximate else "agrees"), cells, total
    # A sum that cannot be told might have been the one that is meant.
    vague = claim.approximate == "about" or len(known) < len(sums)
    return ("not_understood" if vague else "contradicts"), sums[0][0], sums[0][1]


def _of_applicants(cells: tuple[str, ...], columns: tuple[str, ...]) -> tuple[str, ...]:
    if not columns:
        return cells
    return tuple(f"{cell[: -len(_TOTAL)]},{column}]" for cell in cells if cell.endswith(_TOTAL) for column in columns)


def _sum(cells: tuple[str, ...], values: dict[str, Number | None]) -> Number | None:
    total: Number = 0
    for cell in cells:
        value = values.get(cell)
        if value is None:
            return None
        total = total + value
    return total


def _fits(claim: Claim, value: Decimal, total: Decimal) -> bool:
    if claim.approximate == "more":
        return value <= total < value + _step(value)
    if claim.approximate == "about":
        return abs(value - total) * 20 <= value
    return value == total or abs(value - total) < claim.precision


def _step(value: Decimal) -> Decimal:
    """Returns the size of the last digit that is not 0: 1100 is exact to 100."""
    step = Decimal(1)
    while value and value % (step * 10) == 0:
        step *= 10
    return step
