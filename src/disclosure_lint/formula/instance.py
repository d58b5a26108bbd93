"""A compiled formula: its shape as data, and it for each column or row of a form, to evaluate and to localise by."""

import re
from collections.abc import Iterable, Iterator
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from typing import Annotated, Any, Literal, NamedTuple, TypedDict

from disclosure_lint.model.form import Address, Form
from disclosure_lint.model.numbers import Exact, Number, Relation
from disclosure_lint.model.rule import Rule

Tree = list[Any]
"""`["number", n]`, `["cell", [t, r, c]]`, `["sum", cells]`, `["total", [[±1, tree]…]]` or `["product", trees]`."""
Terms = tuple[tuple[Number, Address], ...]

# More digits than any formula can make of numbers that a report can hold: nothing is ever rounded.
EXACT = Context(prec=100_000, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""The context of all arithmetic."""


class Instance(NamedTuple):
    """A formula for one column, one row, or once for all."""

    key: str
    """Id of the column or row; empty if the formula is applied once."""
    axis: Literal["row", "column", ""]
    """What `key` names."""
    cells: tuple[Address, ...]
    """All cells in the order in which the formula names them."""
    op: str
    """`=`, `≠`, `<`, `≤`, `>` or `≥`."""
    terms: tuple[Terms, Terms] | None
    """Each side's coefficients; None if cells are multiplied with each other."""
    constants: tuple[Number, Number]
    net: Terms
    """Left minus right without what cancels out; empty if not linear."""
    trees: tuple[Tree, Tree]
    """Both sides as the formula has them, what changes being None."""

    def address(self, cell: list[Any]) -> Address:
        """Returns the address of a cell of the trees in this instance."""
        return _address(cell, self.key)


# Compiled data and forms live as long as the linter; holding them here keeps their ids theirs.
_expanded: dict[tuple[int, int], tuple[dict[str, Any], Form, tuple[Instance, ...]]] = {}


def instances(compiled: dict[str, Any], form: Form) -> tuple[Instance, ...]:
    """Returns the formula for each column or row in which all its cells exist, in the form's order."""
    known = _expanded.get((id(compiled), id(form)))
    if known is None:
        if len(_expanded) >= 1000:
            _expanded.clear()
        known = _expanded[id(compiled), id(form)] = (compiled, form, _expand(compiled, form))
    return known[2]


def cells_of(tree: Tree, kinds: tuple[str, ...] = ("cell", "sum")) -> Iterator[list[Any]]:
    """Yields the cells that stand in a tree by themselves (`cell`) or in a sum, in order, what changes being None."""
    kind, content = tree
    if kind == "total":
        for _, term in content:
            yield from cells_of(term, kinds)
    elif kind == "product":
        for factor in content:
            yield from cells_of(factor, kinds)
    elif kind in kinds:
        yield from [content] if kind == "cell" else content


def _expand(compiled: dict[str, Any], form: Form) -> tuple[Instance, ...]:
    axis = compiled["axis"]
    if not axis:
        return (_instance(compiled, "", axis),)
    table = form.table(compiled["table"])
    columns = {row.id: row.columns for row in table.rows}
    keys = [column.id for column in table.columns] if axis == "column" else list(columns)
    found = (_instance(compiled, key, axis) for key in keys)
    return tuple(
        one
        for one in found
        if all(cell.column in columns.get(cell.row, ()) for cell in one.cells if cell.table == table.id)
    )


def _instance(compiled: dict[str, Any], key: str, axis: Literal["row", "column", ""]) -> Instance:
    left, right = compiled["trees"]
    touched = tuple(dict.fromkeys(_address(cell, key) for tree in (left, right) for cell in cells_of(tree)))
    if not compiled["linear"]:
        return Instance(key, axis, touched, compiled["op"], None, (0, 0), (), (left, right))
    terms = (_terms(compiled["left"], key), _terms(compiled["right"], key))
    constants = (number_of(compiled["left_constant"]), number_of(compiled["right_constant"]))
    net = _merged(terms[0] + tuple((-coefficient, address) for coefficient, address in terms[1]))
    return Instance(key, axis, touched, compiled["op"], terms, constants, net, (left, right))


def _address(cell: list[Any], key: str) -> Address:
    table, row, column = cell
    return Address(table, key if row is None else row, key if column is None else column)


def _terms(data: list[Any], key: str) -> Terms:
    return _merged(tuple((number_of(coefficient), _address(cell, key)) for coefficient, cell in data))


def _merged(terms: Terms) -> Terms:
    """Returns the terms with one for each cell, and none for a cell that cancels out."""
    result: dict[Address, Number] = {}
    with localcontext(EXACT):
        for coefficient, address in terms:
            result[address] = result.get(address, 0) + coefficient
    return tuple((coefficient, address) for address, coefficient in result.items() if coefficient)


def number_of(data: int | str) -> Number:
    """Returns a number of the compiled data."""
    return data if isinstance(data, int) else Decimal(data)


def linear(instance: Instance) -> tuple[dict[Address, Number], str, Number] | None:
    """Returns left minus right as coefficients, the comparison with 0, and the constant; None if it is not linear.

    The equation is: sum of coefficient x cell, plus the constant, compared with 0. No coefficient is 0.
    """
    if instance.terms is None:
        return None
    with localcontext(EXACT):
        constant = instance.constants[0] - instance.constants[1]
    return {address: coefficient for coefficient, address in instance.net}, instance.op, simple(constant)


def simple(value: Number) -> Number:
    """Returns an exact number without a needless fraction: an int if it is whole."""
    if not isinstance(value, Decimal):
        return value
    with localcontext(EXACT):
        return int(value) if value == value.to_integral_value() else value.normalize()


def instances_of(rule: Rule, form: Form) -> tuple[Instance, ...]:
    """Returns a rule's equation for each row or column of a form; none if it is no equation, or not for that form."""
    compiled = rule.options.get("forms", {}).get(form.id) if rule.kind == "equation" else None
    return instances(compiled, form) if compiled else ()


def locating(rule: Rule, form: Form) -> tuple[Instance, ...]:
    """Returns the equations of a rule that may tell which number is wrong: all, unless the rule says not."""
    return instances_of(rule, form) if rule.options.get("localize", True) else ()


def relation(instance: Instance) -> Relation | None:
    """Returns an equation as exact coefficients; None if cells are multiplied."""
    found = linear(instance)
    if found is None:
        return None
    terms, op, constant = found
    return Relation({address: exact(value) for address, value in terms.items()}, op, exact(constant))


def relations(rules: Iterable[Rule], form: Form) -> Iterator[tuple[Instance, Relation]]:
    """Yields the equations of rules that may tell which number is wrong, but those that multiply cells."""
    for rule in rules:
        for instance in locating(rule, form):
            one = relation(instance)
            if one is not None:
                yield instance, one


def exact(value: int | Decimal) -> Exact:
    """Returns a number that can be divided without loss."""
    if isinstance(value, int):
        return value
    # Slow to import, and hardly any number needs it.
    from fractions import Fraction

    return Fraction(value)


def is_fraction(text: str) -> bool:
    """Returns whether a text is a decimal fraction: `-0.5`."""
    return re.fullmatch(r"-?[0-9]+\.[0-9]+", text) is not None


def is_cell(data: Any) -> bool:
    """Returns whether that is a table, a row and a column, of which the row or the column may be None."""
    match data:
        case [str(), str() | None, str() | None]:
            return type(data) is list
    return False


def is_tree(data: Any) -> bool:
    """Returns whether that is a side of a formula, as `Tree` says."""
    match data:
        case ["number", int(number)]:
            return type(number) is int
        case ["number", str(number)]:
            return is_fraction(number)
        case ["cell", cell]:
            return is_cell(cell)
        case ["sum", [*cells]]:
            return all(map(is_cell, cells))
        case ["total", [*terms]]:
            return all(map(_is_term, terms))
        case ["product", [*factors]]:
            return all(map(is_tree, factors))
    return False


def _is_term(data: Any) -> bool:
    match data:
        case [int(sign), tree]:
            return type(sign) is int and abs(sign) == 1 and is_tree(tree)
    return False


_Number = int | Annotated[str, is_fraction]
_Side = Annotated[Tree, is_tree]
_Terms = list[tuple[_Number, Annotated[list[Any], is_cell]]]


class _Formula(TypedDict):
    text: str
    axis: Literal["row", "column", ""]
    table: str
    op: Literal["=", "≠", "<", "≤", ">", "≥"]
    trees: tuple[_Side, _Side]


class _Linear(_Formula):
    linear: Literal[True]
    left: _Terms
    left_constant: _Number
    right: _Terms
    right_constant: _Number


class _Multiplied(_Formula):
    linear: Literal[False]


Compiled = _Linear | _Multiplied
"""A formula compiled for a form."""
