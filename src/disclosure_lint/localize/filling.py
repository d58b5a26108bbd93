"""What cells that hold no number should hold, as far as the sums of their rows and columns tell."""

from collections.abc import Iterable
from typing import NamedTuple

from disclosure_lint.formula.instance import Instance, exact, relations
from disclosure_lint.model.diagnostic import Finding, LocalizedText, Suggestion
from disclosure_lint.model.form import Address
from disclosure_lint.model.numbers import Exact, Relation
from disclosure_lint.model.places import column_words
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule

_MOST_TERMS = 8
_KNOWN = ("about", "sign", "digits")
"""Variants of findings on cells of which it is plain what is meant."""


class _Rest(NamedTuple):
    """What an equation leaves for the cells of it that hold no number."""

    cells: tuple[Address, ...]
    value: Exact
    instance: Instance
    parts: tuple[Exact, ...]
    """The numbers that it comes from, those that are taken off negative."""


def with_sums(finding: Finding, rules: Iterable[Rule], report: Report) -> tuple[Finding, tuple[Suggestion, ...]]:
    """Returns a finding about cells without numbers, and what the equations of rules say should stand in them.

    Where 0 would break an equation, the finding is of the variant `sum` and says so; nothing is said where equations
    disagree, or ask for what is no count.
    """
    cells = {address for address in report.facts if str(address) in finding.cells}
    rests = [rest for rest in _rests(rules, report) if cells.issuperset(rest.cells)]
    alone: dict[Address, list[_Rest]] = {}
    for rest in rests:
        if len(rest.cells) == 1:
            alone.setdefault(rest.cells[0], []).append(rest)
    told = {
        cell: min(found, key=_plainness) for cell, found in alone.items() if len({rest.value for rest in found}) == 1
    }
    told = {cell: rest for cell, rest in told.items() if _is_count(rest.value)}
    others = [rest for rest in rests if len(rest.cells) > 1 and _is_count(rest.value) and rest.value]
    suggestions = tuple(Suggestion(str(cell), int(rest.value), "likely") for cell, rest in told.items())
    said = [rest for rest in told.values() if rest.value] + ([] if told else others[:1])
    refuted = any(rest.value for rest in rests)
    if not refuted or finding.variant in _KNOWN:
        return finding, suggestions
    if not said or len(cells) > len(report.form.table(next(iter(cells)).table).columns):
        return finding._replace(variant="not-zero" if len(finding.cells) > 1 else "one-not-zero"), suggestions
    several = len(finding.cells) > 1
    sums = LocalizedText(
        "；".join(_words(rest, report, several=several).zh for rest in said),
        "; ".join(_words(rest, report, several=several).en for rest in said),
    )
    return finding._replace(variant="sum", values=finding.values | {"sums": sums}), suggestions


def _rests(rules: Iterable[Rule], report: Report) -> Iterable[_Rest]:
    values = {address: exact(fact.value) for address, fact in report.facts.items() if fact.value is not None}
    for instance, one in relations(rules, report.form):
        if one.op == "=" and (rest := _rest(one, instance, values)):
            yield rest


def _rest(one: Relation, instance: Instance, values: dict[Address, Exact]) -> _Rest | None:
    unknown = tuple(address for address in one.terms if address not in values)
    signs = {one.terms[address] for address in unknown}
    if len(signs) != 1 or abs(sign := signs.pop()) != 1:
        return None
    parts: list[Exact] = [
        -coefficient * sign * values[cell] for cell, coefficient in one.terms.items() if cell in values
    ]
    parts += [-one.constant * sign] if one.constant else []
    shown = tuple(sorted((part for part in parts if part), key=lambda part: part < 0))
    return _Rest(unknown, sum(parts), instance, shown)


def _plainness(rest: _Rest) -> tuple[bool, int]:
    """Returns what to sort by: a row is easier to add up than a column, a few numbers than many."""
    return rest.instance.axis != "row", len(rest.parts)


def _is_count(value: Exact) -> bool:
    return value >= 0 and value == int(value)


def _words(rest: _Rest, report: Report, *, several: bool) -> LocalizedText:
    how = "推算" if any(part < 0 for part in rest.parts) else "相加"
    where = {
        "row": LocalizedText(f"按本行{how}", "by its row"),
        "column": LocalizedText(f"按本列{how}", "by its column"),
    }.get(rest.instance.axis, LocalizedText("按勾稽关系", "by the equation"))
    parts = ""
    if 1 < len(rest.parts) <= _MOST_TERMS:
        parts = "".join(f"{'－' if part < 0 else '＋'}{abs(part)}" for part in rest.parts).removeprefix("＋")
    name = LocalizedText("", "it")
    if len(rest.cells) > 1:
        name = LocalizedText("这几格合计", "these cells together")
    elif several:
        name = column_words(report.form.table(rest.cells[0].table), rest.cells[0].column)
    zh = f"{name.zh}{where.zh}应为 {rest.value}{f'（{parts}）' if parts else ''}"
    plain = parts.replace("－", " - ").replace("＋", " + ")
    return LocalizedText(zh, f"{where.en} {name.en} should be {rest.value}{f' ({plain})' if parts else ''}")
