"""Where in a document a table is looked for, and what is not certain of it if it stands there twice."""

from collections.abc import Iterable, Sequence
from functools import reduce

from disclosure_lint.binding.outline import Outline
from disclosure_lint.binding.table_builder import Reading
from disclosure_lint.binding.tables import bind_table
from disclosure_lint.binding.views import View
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.form import Address, FormRow
from disclosure_lint.model.report import Fact, Unclear
from disclosure_lint.model.source import Span

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
