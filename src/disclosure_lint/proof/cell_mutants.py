"""Mutants of the tables: cells, rows and columns."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from disclosure_lint.drafting.draft import Draft, Part
from disclosure_lint.engine.linter import Linter
from disclosure_lint.formula.instance import instances_of, relation
from disclosure_lint.model.form import Address
from disclosure_lint.model.numbers import Exact, Relation
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.sheet import Grid, Line
from disclosure_lint.proof.aims import Aim, Mutant
from disclosure_lint.proof.claims import is_of_numbers, renumbered, said, without
from disclosure_lint.proof.clean import ORDINARY
from disclosure_lint.proof.text_mutants import made

EQUATIONS = Aim("equation")
_STRANGE = "甲乙丙丁事项"
_FULL_WIDTH = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}


def table_mutants(draft: Draft, rules: Sequence[Rule]) -> Iterator[Mutant]:
    """Yields the report with a wrong cell, row or column in each row of each table."""
    seen: list[Mapping[Address, Exact]] = []
    for part in draft.parts:
        for grid in part.grids:
            for number, line in enumerate(grid.lines):
                for mutant in _cells(draft, grid, line, number % len(line.cells)):
                    seen.append(mutant.values)
                    yield mutant
                yield from _row(draft, grid, line)
            yield from _columns(draft, grid, part)
            yield _dropped(draft, grid, part)
    yield from _unbalanced(draft, rules, seen)


def _cells(draft: Draft, grid: Grid, line: Line, at: int) -> Iterator[Mutant]:
    """Yields one wrong cell of a row, in every way."""
    column = grid.form.row(line.row).columns[at]
    address = str(Address(grid.form.id, line.row, column))
    number = int(line.cells[at])

    def changed(family: str, text: str, find: str = "", besides: Sequence[Aim] = ()) -> Mutant:
        cells = (*line.cells[:at], text, *line.cells[at + 1 :])
        mutated = draft.with_line(grid.form.id, line.row, line._replace(cells=cells))
        aims = [Aim("cells", find, table=grid.form.id, cell=address)] if find else []
        return made(mutated, family, f"{address} 的 {number} 改成“{text}”", [*aims, EQUATIONS], besides)

    yield changed("cell-plus-1", str(number + 1))
    if number > 0:
        yield changed("cell-minus-1", str(number - 1))
        unit = "元" if grid.form.column(column).unit else "万件"
        yield changed("cell-unit", f"{number}{unit}", "unit", [EQUATIONS])
    yield changed("cell-blank", "", "blank")
    yield changed("cell-word", "无", "unreadable")
    yield changed("cell-full-width", str(number).translate(_FULL_WIDTH), "full-width")
    yield changed("cell-negative", "-1", "not-count")
    yield changed("cell-fraction", "1.5", "not-count")
    other = next((index for index, cell in enumerate(line.cells) if cell != line.cells[at]), None)
    if other is not None:
        cells = list(line.cells)
        cells[at], cells[other] = cells[other], cells[at]
        mutated = draft.with_line(grid.form.id, line.row, line._replace(cells=tuple(cells)))
        yield made(mutated, "cells-swapped", f"{address} 与同一行另一格对调", [EQUATIONS])


def _row(draft: Draft, grid: Grid, line: Line) -> Iterator[Mutant]:
    name = f"{grid.form.id} 的“{line.label}”"
    label = Aim("cells", "label", table=grid.form.id)
    width = Aim("cells", "width", table=grid.form.id)
    # Of blocks side by side the numbers that are left cannot be told apart, which is said in place of it.
    besides = [width] if grid.form.side_by_side else []
    yield made(draft.with_line(grid.form.id, line.row, None), "row-dropped", f"删去 {name}", [label], besides)
    strange = line._replace(label=_STRANGE)
    yield made(draft.with_line(grid.form.id, line.row, strange), "row-renamed", f"{name} 改了名", [label])
    wide = line._replace(cells=(*line.cells, line.cells[-1]))
    yield made(draft.with_line(grid.form.id, line.row, wide), "row-too-wide", f"{name} 多一个数", [width])


def _columns(draft: Draft, grid: Grid, part: Part) -> Iterator[Mutant]:
    columns = tuple(column.id for column in grid.form.columns)
    if grid.form.side_by_side or any(grid.form.row(line.row).columns != columns for line in grid.lines):
        return
    for column in grid.form.columns:
        narrow = grid._replace(without=column.id)
        grids = tuple(narrow if one is grid else one for one in part.grids)
        mutated = draft.with_part(part._replace(grids=grids))
        label, width = (Aim("cells", find, table=grid.form.id) for find in ("label", "width"))
        yield made(mutated, "column-dropped", f"{grid.form.id} 删去“{column.label}”一列", [label], [width])


def _dropped(draft: Draft, grid: Grid, part: Part) -> Mutant:
    rest = tuple(one for one in part.grids if one is not grid)
    sentence = "全年没有有关情况。"
    mutated = draft.with_part(part._replace(grids=rest, paragraphs=(*part.paragraphs, sentence)))
    aims = [Aim("cells", "missing-table", table=grid.form.id)]
    return made(mutated, "table-dropped", f"用一句话代替 {grid.form.id} 的表格", aims)


def _unbalanced(draft: Draft, rules: Sequence[Rule], seen: Sequence[Mapping[Address, Exact]]) -> Iterator[Mutant]:
    """Yields for each equation that holds in all others the report with a cell changed just enough to violate it."""
    values = draft.values()
    for rule in rules:
        for number, instance in enumerate(instances_of(rule, draft.form)):
            one = relation(instance)
            if one and any(one.holds(other) is False for other in seen):
                continue
            wrong = _violating(one, values, number) if one else _nudged(instance.cells, values, number)
            if wrong is None:
                continue
            address, value = wrong
            mutated = with_value(draft, address, str(value))
            aims = [EQUATIONS if one else Aim("", code=rule.code)]
            what = f"为 {rule.code} 把 {address} 的 {values[address]} 改成 {value}"
            yield made(mutated, "equation", what, aims, [EQUATIONS])


def _violating(one: Relation, values: Mapping[Address, Exact], start: int) -> tuple[Address, int] | None:
    """Returns a cell and the number not below 0 nearest to its own that violates a relation."""
    cells = [cell for cell in one.terms if cell in values]
    for cell in cells[start % max(1, len(cells)) :] + cells:
        # The total moves by at least a coefficient a step, so that the sign changes within this many.
        total = Fraction(one.constant)
        for each, times in one.terms.items():
            total += values.get(each, 0) * times
        steps = int(abs(total / one.terms[cell])) + 1
        for value in (int(values[cell]) + steps, int(values[cell]) - steps, int(values[cell]) + 1):
            if value >= 0 and one.holds({**values, cell: value}) is False:
                return cell, value
    return None


def _nudged(cells: Sequence[Address], values: Mapping[Address, Exact], start: int) -> tuple[Address, int] | None:
    known = [cell for cell in cells if cell in values]
    return (known[start % len(known)], int(values[known[start % len(known)]]) + 1) if known else None


def with_value(draft: Draft, address: Address, text: str) -> Draft:
    """Returns the draft with another text in a cell."""
    for grid in draft.grids():
        for line in grid.lines:
            if (grid.form.id, line.row) == (address.table, address.row):
                at = grid.form.row(line.row).columns.index(address.column)
                cells = (*line.cells[:at], text, *line.cells[at + 1 :])
                return draft.with_line(address.table, line.row, line._replace(cells=cells))
    return draft


def claim_mutants(linter: Linter, draft: Draft, rules: Sequence[Rule]) -> Iterator[Mutant]:
    """Yields the report with another number in the words than in the table, and without words that are asked for."""
    for rule in rules:
        places = said(linter, draft, rule) if is_of_numbers(rule) else []
        if not places:
            continue
        aims, besides = [Aim("", code=rule.code)], [Aim("statement"), Aim("pattern")]
        if rule.options["find"] == "number":
            changed = draft
            for place in places:
                changed = renumbered(changed, place, (place.expected or 0) + 7)
            yield made(changed, "claim-changed", f"“{places[-1].text}”改成另一个数", aims, besides)
        else:
            less = draft
            while left := said(linter, less, rule):
                less = without(less, left[0], ORDINARY)
            yield made(less, "claim-dropped", f"删去“{places[-1].text}”", aims, besides)
