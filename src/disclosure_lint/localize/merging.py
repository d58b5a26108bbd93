"""One wrong number, one diagnostic: what violated equations point to, in the place of the findings of each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from disclosure_lint.formula.instance import exact
from disclosure_lint.localize.explaining import Mistake, mistakes
from disclosure_lint.localize.messages import TEMPLATES, MessageTemplates, in_one_line
from disclosure_lint.localize.ranking import Ranked, Ranking, Shift, shifts
from disclosure_lint.localize.system import system
from disclosure_lint.model.diagnostic import Diagnostic, Edit, Fix, LocalizedText, Related, Suggestion
from disclosure_lint.model.form import Address, Law
from disclosure_lint.model.numbers import Relation, Statement
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Localization, Rule

_Key = tuple[frozenset[tuple[Address, object]], object]


class Evidence(NamedTuple):
    """All that is known besides the findings."""

    report: Report
    rules: Sequence[Rule]
    """Rules that are for the report, whether or not their findings are wanted."""
    data: Localization
    statements: Sequence[Statement] = ()
    """What the text, and last year's report, say."""
    trusted: Collection[Address] = ()
    """Cells that are not blamed."""
    believed: str = ""
    """The origin of statements that cannot be wrong: `text` or `previous`."""


def merged(found: Sequence[Diagnostic], evidence: Evidence) -> list[Diagnostic]:
    """Returns the diagnostics with those of equations that one wrong number violates as one, at that number."""
    if not evidence.data.messages.keys() >= TEMPLATES:
        return list(found)
    whole = system(
        evidence.report,
        evidence.rules,
        evidence.statements,
        evidence.trusted,
        believed=evidence.believed,
    )
    ranking = Ranking(whole, evidence.report.form, evidence.data, evidence.statements)
    writer = _Writer(evidence)
    named = set(map(str, evidence.report.facts))
    about = _by_relation(one for one in found if one.cells and named.issuperset(one.cells))
    told = [(mistake, ranking.ranked(mistake)) for mistake in mistakes(whole)]

    def of(mistake: Mistake) -> list[Diagnostic]:
        return [one for number in mistake.violated for one in about.pop(_key(whole.relations[number]), ())]

    for shifted, explained in shifts(whole, evidence.report.form, told):
        if mine := [one for mistake, _ in explained for one in of(mistake)]:
            writer.write_shift(shifted, mine, found)
    for mistake, ranked in told:
        if mine := of(mistake):
            writer.write(mistake, ranked, mine)
    return writer.with_others(found)


def _by_relation(found: Iterable[Diagnostic]) -> dict[_Key, list[Diagnostic]]:
    about: dict[_Key, list[Diagnostic]] = {}
    for one in found:
        if one.violation is not None:
            about.setdefault(_key(one.violation.relation), []).append(one)
    return about


def _key(relation: Relation) -> _Key:
    return frozenset(relation.terms.items()), relation.constant


class _Writer:
    """Writes diagnostics of mistakes in the place of those of equations."""

    def __init__(self, evidence: Evidence):
        self._report = evidence.report
        self._teller = MessageTemplates(evidence.report, evidence.data)
        self._by_name = {str(address): fact for address, fact in evidence.report.facts.items()}
        self._done: set[int] = set()
        self._written: list[Diagnostic] = []
        self._known: dict[Address, int] = {}
        """What cells should hold that are told to be wrong."""

    def write(self, mistake: Mistake, ranked: Sequence[Ranked], mine: Sequence[Diagnostic]) -> None:
        """Writes the diagnostics of one mistake."""
        self._done |= set(map(id, mine))
        if not ranked:
            trusted = mistake.only_trusted
            self._written += [one._replace(message=self._teller.unclear(one, trusted=trusted)) for one in mine]
        elif len(ranked) > 1:
            if ranked[0].confidence == "likely":
                self._known |= ranked[0].changes
            self._written.append(self._several(ranked, mine, complete=mistake.complete))
        else:
            (one,) = ranked
            self._known |= one.changes
            self._written += [self._wrong(cell, one, mine) for cell in one.changes]

    def write_shift(self, shifted: Shift, mine: Sequence[Diagnostic], found: Sequence[Diagnostic]) -> None:
        """Writes the one diagnostic of numbers that stand beside their own cells; blanks among these are part of it."""
        cells = dict.fromkeys(map(str, shifted.changes))
        first_cell = shifted.moved[0][0]
        row = {str(one) for one in self._report.facts if (one.table, one.row) == (first_cell.table, first_cell.row)}
        blanks = [one for one in found if one.cells and one.violation is None and row.issuperset(one.cells)]
        blanks = [one for one in blanks if all(self._by_name[cell].state == "blank" for cell in one.cells)]
        self._done |= set(map(id, (*mine, *blanks)))
        self._known |= shifted.changes
        first = min(mine, key=lambda each: (each.code, each.span))
        fact = self._report.facts[first_cell]
        self._written.append(
            _joined([*mine, *blanks], first)._replace(
                span=fact.span,
                location=fact.location,
                message=self._teller.moved(shifted, mine),
                cells=(str(fact.address), *(cell for cell in cells if cell != str(fact.address))),
                related=tuple(each for one in mine if (each := self._equation(one, str(fact.address)))),
                suggestions=tuple(Suggestion(str(cell), new, "likely") for cell, new in shifted.changes.items()),
            )
        )

    def with_others(self, found: Sequence[Diagnostic]) -> list[Diagnostic]:
        """Returns all that is left to say; what the text says rightly of a wrong cell is said there."""
        left = []
        for one in found:
            if id(one) not in self._done and not self._is_said(one):
                left.append(one)
        return [*left, *self._written]

    def _is_said(self, one: Diagnostic) -> bool:
        if one.violation is None:
            return False
        values = {cell: exact(fact.value) for cell, fact in self._report.facts.items() if fact.value is not None}
        held = [
            each for each in (one.violation.relation, *one.violation.others) if each.holds({**values, **self._known})
        ]
        mended = {str(cell) for each in held for cell in each.terms if cell in self._known}
        for index, other in enumerate(self._written):
            if mended.intersection(each.cell for each in other.suggestions):
                self._written[index] = _joined([other, one], other)
                return True
        return False

    def _wrong(self, cell: Address, one: Ranked, mine: Sequence[Diagnostic]) -> Diagnostic:
        own = [each for each in mine if each.violation and cell in each.violation.relation.terms] or list(mine)
        fact = self._report.facts[cell]
        first = min(own, key=lambda each: (each.code, each.span))
        cells = dict.fromkeys([str(cell), *(name for each in own for name in each.cells)])
        order = [cell, *(other for other in one.changes if other != cell)]
        return _joined(own, first)._replace(
            span=fact.span,
            location=fact.location,
            message=self._teller.wrong(cell, one, mine if len(one.changes) > 1 else own),
            cells=tuple(cells),
            related=tuple(related for each in own if (related := self._equation(each, str(cell)))),
            suggestions=tuple(Suggestion(str(other), one.changes[other], one.confidence) for other in order),
            fix=self._fix(one, mine),
        )

    def _several(self, ranked: Sequence[Ranked], mine: Sequence[Diagnostic], *, complete: bool) -> Diagnostic:
        first = min(mine, key=lambda each: (each.code, each.span))
        equations = [self._equation(each, first.cells[0]) for each in mine if each is not first]
        brief = self._teller.several(first, len(ranked), mine, complete=complete)
        choices = self._teller.choices(ranked)
        places = [self._report.facts[next(iter(one.changes))].span for one in ranked]
        related = [Related(place, words) for place, words in zip(places, choices, strict=False)]
        return _joined(mine, first)._replace(
            message=in_one_line(brief, choices, len(ranked)),
            brief=brief,
            cells=tuple(dict.fromkeys(name for each in (first, *mine) for name in each.cells)),
            related=(*(each for each in equations if each), *related),
            suggestions=tuple(
                Suggestion(str(cell), new, one.confidence, number)
                for number, one in enumerate(ranked, 1)
                for cell, new in one.changes.items()
            ),
        )

    def _equation(self, one: Diagnostic, cell: str) -> Related | None:
        """Returns a violated equation at the cell that carries it; at another of its cells if that is the wrong one."""
        places = [self._by_name[name] for name in one.cells if name != cell]
        if one.violation is None or not places:
            return None
        place = places[0] if one.cells[0] != cell else next((fact for fact in places if fact.value), places[0])
        where, numbers = one.violation.where, one.violation.numbers
        return Related(place.span, LocalizedText(f"{where.zh}：{numbers.zh}", f"{where.en}: {numbers.en}"))

    def _fix(self, one: Ranked, mine: Sequence[Diagnostic]) -> Fix | None:
        facts = [self._report.facts[cell] for cell in one.changes]
        # A number with a note, or one that runs over a line, is not for us to write.
        texts = [self._report.document.source.slice(fact.span) for fact in facts]
        if one.confidence != "only" or not all(text.isascii() and text.isdecimal() for text in texts):
            return None
        edits = tuple(sorted(Edit(fact.span, str(one.changes[fact.address])) for fact in facts))
        return Fix("unsafe", edits, self._teller.fix(one, mine))


def _joined(several: Sequence[Diagnostic], first: Diagnostic) -> Diagnostic:
    """Returns the first with the codes, the law and the greatest severity of all."""
    laws: Mapping[Law, None] = dict.fromkeys(law for one in (first, *several) for law in one.law)
    codes = {code for one in several for code in (one.code, *one.also)} - {first.code}
    return first._replace(
        severity=max(one.severity for one in several),
        law=tuple(laws),
        also=tuple(sorted(codes)),
        violation=None,
    )
