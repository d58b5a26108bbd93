"""Tables of two reports in one document, or of a section that stands twice: what they differ in is not certain."""

from collections.abc import Iterable, Sequence

from disclosure_lint.binding.table_builder import Reading
from disclosure_lint.model.form import Address, FormRow
from disclosure_lint.model.report import Fact, Unclear


def agreed(first: Reading, other: Reading) -> Reading:
    """Returns the first reading of a table with the rows in doubt that have other numbers in the other one."""
    doubtful: list[Unclear] = []
    for row in first.table.form.rows:
        mine, theirs = _cells(first, row), _cells(other, row)
        if mine and theirs and list(map(_given, mine)) != list(map(_given, theirs)):
            readings = tuple(_texts(pair) for pair in zip(mine, theirs, strict=True))
            here, there = first.table.rows[row.id], other.table.rows[row.id]
            doubtful.append(Unclear(row.id, here, len(mine), len(mine), "rival", there, readings=readings))
    return _with_doubts(first, {one.row: one for one in doubtful})


def doubted(reading: Reading) -> Reading:
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
