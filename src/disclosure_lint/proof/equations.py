"""Equations of rules: which say nothing new, which cannot hold together, and numbers that suit them all."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import NamedTuple

from disclosure_lint.formula.instance import Instance, instances_of, relation
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.form import Address, Form
from disclosure_lint.model.numbers import Exact, Relation
from disclosure_lint.model.rule import Rule

_FEW = 6
_TRIES = 40
_ROUNDS = 20


class Remark(NamedTuple):
    """What is to be said of the equations of a rule."""

    code: str
    severe: bool
    words: LocalizedText


def equation_remarks(rules: Sequence[Rule], forms: Sequence[Form]) -> Iterator[Remark]:
    """Yields what is redundant or contradicts, for each set of rules that are for the same reports."""
    said: set[Remark] = set()
    for form in forms:
        for together in _together([rule for rule in rules if instances_of(rule, form)]):
            for remark in _remarks(together, form):
                if remark not in said:
                    said.add(remark)
                    yield remark


def balanced(form: Form, rules: Iterable[Rule]) -> dict[Address, int]:
    """Returns a number for each cell of the form that suits all equations of the rules; all 0 if none is found."""
    relations = [one for rule in rules for each in instances_of(rule, form) if (one := relation(each))]
    cells = [address for table in form.tables for address in table.addresses()]
    rng = Random(form.id)  # nosec B311  # numbers of an example, the same in each run
    orders = [cells, cells[::-1], *(rng.sample(cells, len(cells)) for _ in range(_TRIES))]
    for order in orders:
        found = _solved(relations, cells, order)
        if found is not None:
            return found
    return dict.fromkeys(cells, 0)


class _Named(NamedTuple):
    rule: Rule
    name: LocalizedText
    relation: Relation


class _Row(NamedTuple):
    pivot: Address
    relation: Relation
    origin: Mapping[int, Fraction]
    """Of which equations it is made, by their numbers."""


def _together(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yields the rules that are for all reports of a form, with those of each condition."""
    conditions = dict.fromkeys([(None, None, None), *map(_reach, rules)])
    for condition in conditions:
        yield [rule for rule in rules if _reach(rule) in ((None, None, None), condition)]


def _reach(rule: Rule) -> tuple[int | None, int | None, str | None]:
    return rule.condition.first_year, rule.condition.last_year, rule.condition.agency


def _remarks(rules: Sequence[Rule], form: Form) -> Iterator[Remark]:
    named = [one for rule in rules for instance in instances_of(rule, form) if (one := _named(rule, instance, form))]
    equal = [one for one in named if one.relation.op == "="]
    rows: list[_Row] = []
    for number, one in enumerate(equal):
        terms, constant, origin = _reduced(one.relation, rows)
        if terms:
            pivot = next(iter(terms))
            made_of = {n: value / terms[pivot] for n, value in {number: Fraction(1), **origin}.items()}
            rows.append(_Row(pivot, _for_one(pivot, terms, constant), made_of))
            continue
        others = _listed([equal[n] for n, value in origin.items() if value])
        if constant:
            yield _remark(one, form, f"与{others.zh}矛盾，不可能同时成立", f"contradicts {others.en}")
        else:
            wholly = _adds_nothing(one.rule, equal)
            more = ("，这条规则没有增加要求", ", and the rule asks for nothing more") if wholly else ("", "")
            en = f"follows from {others.en}{more[1]}"
            yield _remark(one, form, f"可由{others.zh}推出{more[0]}", en, severe=wholly)
    for one in named:
        yield from _impossible(one, rows, form)
    yield from _opposed([one for one in named if one.relation.op != "="], rows, form)


def _named(rule: Rule, instance: Instance, form: Form) -> _Named | None:
    found = relation(instance)
    if found is None:
        return None
    zh, en = f"{rule.code} 的等式", f"the equation of {rule.code}"
    if instance.axis:
        table = form.table(instance.cells[0].table)
        one = table.row(instance.key).label if instance.axis == "row" else table.column(instance.key).label
        zh = f"{rule.code} 「{one}」{'行' if instance.axis == 'row' else '列'}的等式"
        en = f"{en} for the {instance.axis} “{one}”"
    return _Named(rule, LocalizedText(zh, en), found)


def _remark(one: _Named, form: Form, zh: str, en: str, *, severe: bool = True) -> Remark:
    words = LocalizedText(f"{form.id} 年格式：{one.name.zh}{zh}", f"form of {form.id}: {one.name.en} {en}")
    return Remark(one.rule.code, severe, words)


def _reduced(
    one: Relation, rows: Sequence[_Row]
) -> tuple[dict[Address, int | Fraction], int | Fraction, dict[int, Fraction]]:
    """Returns what an equation says beyond the rows, and how often each original equation was taken from it."""
    terms, constant = dict(one.terms), one.constant
    origin: dict[int, Fraction] = {}
    for row in rows:
        times = Fraction(terms.get(row.pivot, 0))
        if times:
            terms, constant = _less(terms, constant, row.relation, times)
            for number, value in row.origin.items():
                origin[number] = origin.get(number, Fraction(0)) - times * value
    return terms, constant, origin


def _adds_nothing(rule: Rule, equal: Sequence[_Named]) -> bool:
    """Says whether all equations of a rule follow from those of the others."""
    rows: list[_Row] = []
    for one in equal:
        if one.rule.code != rule.code:
            terms, constant, _ = _reduced(one.relation, rows)
            if terms:
                pivot = next(iter(terms))
                rows.append(_Row(pivot, _for_one(pivot, terms, constant), {}))
    return all(not _reduced(one.relation, rows)[0] for one in equal if one.rule.code == rule.code)


def _impossible(one: _Named, rows: Sequence[_Row], form: Form) -> Iterator[Remark]:
    """Yields what cannot hold for counts, or a comparison that the equations always or never allow."""
    if one.relation.holds(dict.fromkeys(one.relation.terms, 0)) is False:
        signs = {value > 0 for value in one.relation.terms.values()}
        wanted = {"<": False, "≤": False, ">": True, "≥": True, "=": one.relation.constant < 0}.get(one.relation.op)
        if wanted is not None and signs == {not wanted}:
            yield _remark(one, form, "对不小于 0 的数不可能成立", "cannot hold for numbers that are not below 0")
    if one.relation.op == "=":
        return
    terms, constant, _ = _reduced(one.relation, rows)
    if not terms:
        always = Relation({}, one.relation.op, constant).holds({})
        if always:
            zh, en = "由别的等式总是成立，没有增加要求", "always holds by the others, and asks for nothing more"
        else:
            zh, en = "由别的等式不可能成立", "cannot hold by the others"
        yield _remark(one, form, zh, en)


def _opposed(unequal: Sequence[_Named], rows: Sequence[_Row], form: Form) -> Iterator[Remark]:
    """Yields pairs of comparisons of the same sum that leave no number between them."""
    bounds: dict[tuple[tuple[Address, Fraction], ...], list[tuple[_Named, bool, bool, Fraction]]] = {}
    for one in unequal:
        terms, constant, _ = _reduced(one.relation, rows)
        if not terms or one.relation.op == "≠":
            continue
        scale = Fraction(terms[min(terms)])
        key = tuple(sorted((cell, value / scale) for cell, value in terms.items()))
        upper = (one.relation.op in "<≤") == (scale > 0)
        bounds.setdefault(key, []).append((one, upper, one.relation.op in "<>", -constant / scale))
    for same in bounds.values():
        for first, upper, strict, most in same:
            for second, is_upper, is_strict, least in same:
                if upper and not is_upper and (least > most or (least == most and (strict or is_strict))):
                    zh, en = f"与{second.name.zh}矛盾，不可能同时成立", f"contradicts {second.name.en}"
                    yield _remark(first, form, zh, en)


def _listed(others: Sequence[_Named]) -> LocalizedText:
    if len(others) <= _FEW:
        names = [one.name for one in others]
        return LocalizedText(" " + "、".join(name.zh for name in names), ", ".join(name.en for name in names))
    counts = sorted(Counter(one.rule.code for one in others).items())
    return LocalizedText(
        " " + "、".join(f"{code} 的 {count} 个等式" for code, count in counts),
        ", ".join(f"{count} equations of {code}" for code, count in counts),
    )


def _independent(relations: Iterable[Relation], order: Sequence[Address]) -> list[tuple[Address, Relation]]:
    """Returns independent equations that say the same, each with a cell that none of the others has.

    The cell is the first of its equation in the order. An equation that contradicts the others is left out.
    """
    rank = {cell: number for number, cell in enumerate(order)}
    rows: list[tuple[Address, Relation]] = []
    for one in relations:
        terms, constant = dict(one.terms), one.constant
        for pivot, row in rows:
            if pivot in terms:
                terms, constant = _less(terms, constant, row, terms[pivot])
        if not terms:
            continue
        pivot = min(terms, key=rank.__getitem__)
        new = _for_one(pivot, terms, constant)
        rows = [(old, _without(row, pivot, new)) for old, row in rows]
        rows.append((pivot, new))
    return rows


def _for_one(cell: Address, terms: Mapping[Address, Exact], constant: Exact) -> Relation:
    """Returns an equation such that it has the cell once."""
    scale = Fraction(terms[cell])
    return Relation({other: value / scale for other, value in terms.items()}, "=", constant / scale)


def _less(
    terms: Mapping[Address, Exact], constant: Exact, row: Relation, times: Exact
) -> tuple[dict[Address, Exact], Exact]:
    """Returns an equation less some times another."""
    result = dict(terms)
    for cell, coefficient in row.terms.items():
        left = result.get(cell, 0) - times * coefficient
        if left:
            result[cell] = left
        else:
            result.pop(cell, None)
    return result, constant - times * row.constant


def _without(row: Relation, pivot: Address, new: Relation) -> Relation:
    if pivot not in row.terms:
        return row
    terms, constant = _less(row.terms, row.constant, new, row.terms[pivot])
    return Relation(terms, "=", constant)


def _solved(
    relations: Sequence[Relation], cells: Sequence[Address], order: Sequence[Address]
) -> dict[Address, int] | None:
    nothing = {cell for one in relations if _is_nothing(one) for cell in one.terms}
    totals = _totals(relations)
    ranked = [cell for cell in order if cell in totals] + [cell for cell in order if cell not in totals]
    rows = _independent([one for one in relations if one.op == "="], ranked)
    values: dict[Address, Exact] = {
        cell: 0 if cell in nothing else 1 + number * number % 11 % 4 for number, cell in enumerate(cells)
    }
    for _ in range(_ROUNDS):
        for pivot, row in rows:
            rest = (coefficient * values[cell] for cell, coefficient in row.terms.items() if cell != pivot)
            values[pivot] = -row.constant - sum(rest)
        broken = [one for one in relations if one.op != "=" and not one.holds(values)]
        if not broken:
            break
        pivots = {pivot for pivot, _ in rows}
        for one in broken:
            _mend(one, values, pivots)
    if any(value < 0 or value.denominator > 1 for value in values.values()):
        return None
    return {cell: int(value) for cell, value in values.items()} if all(one.holds(values) for one in relations) else None


def _mend(one: Relation, values: dict[Address, Exact], pivots: set[Address]) -> None:
    """Makes a free cell of a comparison that does not hold bigger, on the side that should be the bigger one."""
    wanted = 1 if one.op in (">", "≥", "≠") else -1
    for cell, coefficient in reversed(list(one.terms.items())):
        if cell not in pivots and coefficient * wanted > 0:
            values[cell] += 1
            return


def _is_nothing(one: Relation) -> bool:
    """Says whether an equation asks that all its cells be 0."""
    signs = {coefficient > 0 for coefficient in one.terms.values()}
    return one.op in ("=", "≤") and not one.constant and signs == {True}


def _totals(relations: Iterable[Relation]) -> set[Address]:
    """Returns the cells that are the sum of several others."""
    found: set[Address] = set()
    for one in relations:
        for sign in (1, -1):
            alone = [cell for cell, coefficient in one.terms.items() if coefficient * sign > 0]
            if one.op == "=" and len(alone) == 1 and len(one.terms) > 2:
                found.update(alone)
    return found
