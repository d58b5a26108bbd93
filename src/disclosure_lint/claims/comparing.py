"""What becomes of each number of a text: the cells that it agrees with or contradicts, or why it is not compared."""

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from disclosure_lint.claims.clauses import Claim
from disclosure_lint.claims.lexicon import WHOLE, Lexicon, Measure
from disclosure_lint.claims.misfits import fitted, repeated
from disclosure_lint.claims.reading import Reader
from disclosure_lint.claims.sentences import STOP
from disclosure_lint.claims.shares import Whole
from disclosure_lint.model.characters import Squeezed
from disclosure_lint.model.claim import Claims, ClaimTables, Compared, Growth, Misfit, Sum
from disclosure_lint.model.document import Table
from disclosure_lint.model.form import address
from disclosure_lint.model.numbers import Number
from disclosure_lint.model.report import Report
from disclosure_lint.model.source import Span

_TOTAL = ",total]"
_LEVELS = ("省", "市", "州", "盟", "县", "区", "旗", "镇", "乡", "街道")
_GOVERNMENT, _OFFICE = ("人民政府", "管理委员会", "管委会"), tuple("局委办厅处院会")
_LONGEST_PLACE = 14
_NO_SUM = Sum((), None)


def claims_reader(tables: Iterable[ClaimTables]) -> Callable[[Report], Claims]:
    """Returns what reads the claims of reports by the words of packs, those of the national pack first."""
    lexicon = Lexicon(tables)
    return lambda report: read(lexicon, report)


def read(lexicon: Lexicon, report: Report) -> Claims:
    """Returns every number of the prose before and in the sections, in order, with its status, and what misfits."""
    values = _Values(report)
    tables = _Tables(lexicon, values)
    whose = _whose(report.agency)
    texts = list(_prose(report))
    reader = Reader(lexicon, report.year, [prose.text for prose in texts], _names(report.agency))
    found: list[Compared] = []
    told: list[Misfit] = []
    for prose, claims in zip(texts, reader.claims(), strict=True):
        claims = _settled(prose.text, claims, values)
        numbers = [_compared(claim, values, Span(*prose.span(claim.start, claim.end)), whose) for claim in claims]
        numbers, misfits = fitted(prose.text, claims, numbers, tables, lexicon.sums)
        found += numbers
        told += misfits
    return Claims(tuple(found), (*told, *repeated(found)))


class _Values:
    """The numbers of a report's cells, by their names."""

    def __init__(self, report: Report):
        self._facts = report.facts

    def of(self, cell: str) -> Number | None:
        """Returns the number of a cell; None if it is not certain."""
        fact = self._facts.get(address(cell))
        return fact.value if fact is not None and fact.state == "given" else None

    def span(self, cell: str) -> Span:
        """Returns where a cell stands that has a number."""
        return self._facts[address(cell)].span


class _Tables:
    """What the tables have for shares: see `shares.Tables`."""

    def __init__(self, lexicon: Lexicon, values: _Values):
        self._lexicon = lexicon
        self._values = values

    def wholes(self, claim: Claim) -> list[Whole] | None:
        """Returns what the tables have in all of what a claim counts; None if one of these numbers is not certain."""
        sums = dict.fromkeys(cells for measure in claim.measures for cells in self._lexicon.wholes(measure.topics))
        totals = [(cells, _sum(cells, self._values, 1)) for cells in sums]
        if any(total is None for _, total in totals):
            return None
        return [Whole(Decimal(total), str(total), self._values.span(cells[0])) for cells, total in totals if total]

    def parts(self, claim: Claim) -> list[Decimal]:
        """Returns the numbers that what a claim counts may be, unless it is all of something."""
        parts = [one for one in claim.measures if claim.columns or not one.events <= WHOLE]
        sums = (one for measure in parts for one in _sums(claim, measure, self._values))
        return [Decimal(one.total) for one in sums if one.total is not None]


def _whose(agency: str | None) -> str:
    """Returns for whom an authority reports: `whole` for all of a place, `own` for itself alone."""
    if agency is None:
        return ""
    return "whole" if agency.endswith(_GOVERNMENT) else "own"


def _names(agency: str | None) -> dict[str, str]:
    """Returns the names by which a text may call the authority and its place, with whose numbers they stand for."""
    if agency is None:
        return {}
    for end in range(2, _LONGEST_PLACE + 1):
        place, rest = agency[:end], agency[end:]
        if place.endswith(_LEVELS) and (rest.startswith(_GOVERNMENT) or rest.endswith(_OFFICE)):
            other = {f"全{level}": "other" for level in _LEVELS if not place.endswith(level)}
            return {place: "whole", agency: "own", **other}
    return {agency: "own"}


def _prose(report: Report) -> Iterator[Squeezed]:
    first = min((section.span.start for section in report.sections.values()), default=None)
    if first is not None:
        beginning = tuple(
            block.span for block in report.document.blocks if block.span.end <= first and not isinstance(block, Table)
        )
        yield Squeezed(report.document.source.folded, beginning)
    for key in report.sections:
        yield report.prose(key)


def _settled(text: str, claims: list[Claim], values: _Values) -> list[Claim]:
    """Returns the claims, with those of more than the form counts told from those of as much.

    In a sentence that has more lawsuits than there are applications, those about other things are counted too, and so
    are their results. Where there are as many as in the table, the results are of these.
    """
    if not any(claim.within for claim in claims):
        return claims
    stops = [stop.end() for stop in STOP.finditer(text)]
    about = [(bisect(stops, claim.start), claim.measures[0].topics if claim.measures else None) for claim in claims]
    beyond, equal = set(), set()
    for one, claim in zip(about, claims, strict=True):
        if claim.within and claim.value:
            most = _sum(claim.within, values, 1)
            if most is None or claim.value > most:
                beyond.add(one[0])
            elif _is_total(claim) and any(
                each.total == claim.value for measure in claim.measures for each in _sums(claim, measure, values)
            ):
                equal.add(one)
    return [
        claim._replace(wider=one[0] in beyond or (claim.wider and (one not in equal or _is_total(claim))))
        if claim.within
        else claim
        for one, claim in zip(about, claims, strict=True)
    ]


def _is_total(claim: Claim) -> bool:
    return bool(claim.measures) and claim.measures[0].events <= WHOLE


def _compared(claim: Claim, values: _Values, span: Span, whose: str) -> Compared:
    value = claim.value
    plain: Number | None = int(value) if value is not None and value == value.to_integral_value() else value
    told = Compared(span, claim.text, plain, claim.unit or None, bool(claim.approximate), None, claim.status, ())
    if claim.change:
        (measure,) = claim.measures
        sums, sure = _sums(claim, measure, values), claim.sure and claim.scope in ("", whose)
        growth = Growth(measure.id, claim.change, sums, sure) if sums else None
        return told._replace(exact=not claim.approximate, growth=growth)
    if claim.status or value is None:
        return told if claim.status else told._replace(status="not_understood")
    measures = [_of_measure(claim, value, measure, values) for measure in claim.measures]
    states = [state for state, _, _ in measures]
    if "contradicts" in states:
        elsewhere = bool(claim.scope) and claim.scope != whose
        # Of what may be counted elsewhere too there cannot be less.
        more = claim.wider and any(value > (one.total or 0) for _, _, sums in measures for one in sums)
        status = "other_scope" if elsewhere else "contradicts" if claim.sure and not more else "not_understood"
    else:
        status = "not_understood" if "not_understood" in states else states[0]
    alone = len(measures) == 1
    return told._replace(
        measure="+".join(measure.id for measure in claim.measures),
        status=status,
        cells=tuple(dict.fromkeys(cell for _, fitting, _ in measures for cell in fitting.cells)),
        expected=measures[0][1].total if alone else None,
        sums=measures[0][2] if alone else (),
        exact=not claim.approximate and not claim.precision,
        sure=claim.sure,
        about=(*claim.columns, claim.scope),
    )


def _of_measure(claim: Claim, value: Decimal, measure: Measure, values: _Values) -> tuple[str, Sum, tuple[Sum, ...]]:
    """Returns how a number fits a measure, the first sum that it fits, or the first of all, and all of them."""
    sums = _sums(claim, measure, values)
    known = [one for one in sums if one.total is not None]
    for one in known:
        if _fits(claim, value, Decimal(one.total or 0), measure.per):
            return ("approximate" if claim.approximate else "agrees"), one, sums
    # A sum that cannot be told might have been the one that is meant.
    vague = claim.approximate == "about" or len(known) < len(sums)
    vague = vague or (not claim.columns and any(_sum(one, values, measure.per) == value for one in measure.besides))
    if not sums:
        return "not_understood", _NO_SUM, ()
    return ("not_understood" if vague else "contradicts"), sums[0], sums


def _sums(claim: Claim, measure: Measure, values: _Values) -> tuple[Sum, ...]:
    """Returns what a claim may be of a measure; nothing where the form does not tell the applicants that it names."""
    several = (_of_applicants(one, claim.columns) if claim.columns else one for one in measure.equals)
    return tuple(Sum(cells, _sum(cells, values, measure.per)) for cells in several if cells)


def _of_applicants(cells: tuple[str, ...], columns: tuple[str, ...]) -> tuple[str, ...]:
    if not all(cell.endswith(_TOTAL) for cell in cells):
        return ()
    return tuple(f"{cell[: -len(_TOTAL)]},{column}]" for cell in cells for column in columns)


def _sum(cells: tuple[str, ...], values: _Values, per: int) -> Number | None:
    total: Number = 0
    for cell in cells:
        value = values.of(cell.removeprefix("-"))
        if value is None:
            return None
        total = total - value * per if cell.startswith("-") else total + value * per
    return total


def _fits(claim: Claim, value: Decimal, total: Decimal, per: int) -> bool:
    if claim.approximate == "more":
        return value <= total < value + _step(value)
    if claim.approximate == "about":
        return abs(value - total) * 20 <= value
    # Rounded or cut off, as the text or the table writes it.
    rounded = _last_place(total / per) * per if per > 1 else Decimal(0)
    return value == total or abs(value - total) < max(claim.precision, rounded)


def _last_place(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)


def _step(value: Decimal) -> Decimal:
    """Returns the size of the last digit that is not 0: 1100 is exact to 100."""
    step = Decimal(1)
    while value and value % (step * 10) == 0:
        step *= 10
    return step
