"""Text + form → plain data that a later run evaluates without reading the formula again.

The data hold the trees of both sides and, where no cell is multiplied by another, each side as coefficients of cells.
What changes from instance to instance stays None, so a formula for 25 rows is no larger than one for a single row.
The grammar is here too: the only place that knows pyparsing, which is why nothing on the lint path imports it.
"""

from decimal import Decimal, localcontext
from typing import Any, cast

from pyparsing import (
    FollowedBy,
    Forward,
    Opt,
    ParseException,
    ParserElement,
    ParseResults,
    Regex,
    StringEnd,
    Suppress,
    ZeroOrMore,
)

from disclosure_lint.formula import mistakes, syntax
from disclosure_lint.formula.cells import Scope, scope
from disclosure_lint.formula.instance import EXACT, Tree, cells_of, instances
from disclosure_lint.formula.syntax import (
    Comparison,
    Every,
    Expression,
    FormulaError,
    Item,
    Name,
    Number,
    Product,
    Range,
    Reference,
    Sum,
    Total,
    quoted,
)
from disclosure_lint.model.form import Form

Linear = dict[tuple[str | None, ...], Decimal]
"""The coefficient of each cell; the constant stands at `CONSTANT`."""

CONSTANT = ("",)
"""No cell."""


def linear_form(tree: Tree) -> Linear | None:
    """Returns the coefficient of each cell and the constant; None if cells are multiplied with each other."""
    kind, content = tree
    if kind == "number":
        return {CONSTANT: Decimal(content)}
    if kind == "cell":
        return {tuple(content): Decimal(1)}
    if kind == "sum":
        return {tuple(cell): Decimal(1) for cell in content}
    if kind == "total":
        return _added(content)
    return _multiplied(content)


def _added(terms: list[Any]) -> Linear | None:
    result: Linear = {}
    for sign, term in terms:
        part = linear_form(term)
        if part is None:
            return None
        for key, coefficient in part.items():
            result[key] = result.get(key, Decimal(0)) + sign * coefficient
    return result


def _multiplied(factors: list[Tree]) -> Linear | None:
    result: Linear = {CONSTANT: Decimal(1)}
    for factor in factors:
        part = linear_form(factor)
        if part is None:
            return None
        if set(result) <= {CONSTANT}:
            result, part = part, result
        if not set(part) <= {CONSTANT}:
            return None
        scale = part.get(CONSTANT, Decimal(0))
        result = {key: coefficient * scale for key, coefficient in result.items()}
    return result


def coefficients(left: Linear | None, right: Linear | None) -> dict[str, Any]:
    """Returns both sides as JSON data."""
    if left is None or right is None:
        return {"linear": False}
    data: dict[str, Any] = {"linear": True}
    for side, terms in (("left", left), ("right", right)):
        data[side] = [[as_json(number), list(key)] for key, number in terms.items() if key != CONSTANT and number]
        data[f"{side}_constant"] = as_json(terms.get(CONSTANT, Decimal(0)))
    return data


def as_json(number: Decimal) -> int | str:
    """Returns an exact number as JSON has it: an int, or the digits of a decimal fraction."""
    return int(number) if number == number.to_integral_value() else format(number, "f").rstrip("0")


_DEGREE = 4


def compile_formula(text: str, form: Form, each: str | None) -> dict[str, Any]:
    """Returns a formula as JSON data for `instances`.

    `each` is `表.columns` (a bare name is a row), `表.rows` (a bare name is a column) or None (only `表[行,列]`).
    Raises FormulaError with the column of the mistake.
    """
    bound = scope(form, each)
    comparison = parse(text)
    trees = [_data(comparison.left, bound), _data(comparison.right, bound)]
    compiled: dict[str, Any] = {
        "text": text,
        "axis": bound.axis,
        "table": bound.table.id if bound.table else "",
        "op": comparison.operator,
        "trees": trees,
    }
    with localcontext(EXACT):
        sides = [linear_form(tree) for tree in trees]
        compiled.update(coefficients(*sides))
    _ask_for_sense(compiled, sides, form)
    return compiled


def _data(node: Expression, bound: Scope) -> Tree:
    """Returns an expression as nested lists, with cells for names."""
    if isinstance(node, Number):
        return ["number", as_json(Decimal(node.text))]
    if isinstance(node, Name):
        return ["cell", bound.single(node)]
    if isinstance(node, Reference):
        return ["cell", bound.address(node)]
    if isinstance(node, Sum):
        return ["sum", bound.summed(node)]
    if isinstance(node, Total):
        return ["total", [[sign, _data(term, bound)] for sign, term in node.terms]]
    tree = ["product", [_data(factor, bound) for factor in node.factors]]
    if _degree(tree) > _DEGREE:
        raise FormulaError(
            f"一项里相乘的格太多，最多 {_DEGREE} 格", node.column, en=f"a term multiplies more than {_DEGREE} cells"
        )
    return tree


def _degree(tree: Tree) -> int:
    kind, content = tree
    if kind == "product":
        return sum(map(_degree, content))
    if kind == "total":
        return max(_degree(term) for _, term in content)
    return 0 if kind == "number" else 1


def _ask_for_sense(compiled: dict[str, Any], sides: list[Linear | None], form: Form) -> None:
    """Raises FormulaError for a formula that can be read but says nothing."""
    cells = [cell for tree in compiled["trees"] for cell in cells_of(tree)]
    if not cells:
        raise FormulaError("公式里没有任何一格，只有数", 1, en="the formula has numbers only, and no cell")
    if compiled["axis"] and all(None not in cell for cell in cells):
        raise FormulaError(
            "公式里没有随 each 变化的名称，每次结果都一样；请去掉 each，或者直接写行名、列名",
            1,
            en="nothing in the formula changes with each; leave each out, or write names of rows or columns",
        )
    left, right = sides
    if left is not None and right is not None:
        _ask_for_difference(compiled, left, right)
    if not instances(compiled, form):
        raise _never(compiled, cells, form)


def _ask_for_difference(compiled: dict[str, Any], left: Linear, right: Linear) -> None:
    same = [key for key in left if key != CONSTANT and left[key] and left[key] == right.get(key)]
    different = [key for key in {**left, **right} if key != CONSTANT and left.get(key, 0) != right.get(key, 0)]
    if not different:
        raise FormulaError(
            "两边的格互相抵消，公式说的总是同一件事",
            1,
            en="the cells of both sides cancel each other, so that it always says the same",
        )
    summed = [tuple(cell) for tree in compiled["trees"] for cell in cells_of(tree, ("sum",))]
    for key in same:
        if key in summed:
            label = "、".join(part for part in key[1:] if part)
            raise FormulaError(
                f"{quoted(label)} 两边都有，互相抵消；sum(…) 是否把它也算进去了？",
                1,
                en=f"{quoted(label)} stands on both sides; does sum(…) count it too?",
            )


def _never(compiled: dict[str, Any], cells: list[Any], form: Form) -> FormulaError:
    """Returns the error for cells that no row or column has together."""
    table = form.table(compiled["table"])
    if compiled["axis"] == "column":
        noun, en, ids = "列", "column", [cell[1] for cell in cells if cell[2] is None]
        labels = [table.row(key).label for key in ids]
    else:
        noun, en, ids = "行", "row", [cell[2] for cell in cells if cell[1] is None]
        labels = [table.column(key).label for key in ids]
    zh = f"{table.title}没有哪一{noun}同时有 {'、'.join(dict.fromkeys(map(quoted, labels)))}"
    return FormulaError(zh, 1, en=f"{table.id} has no {en} with all of {', '.join(dict.fromkeys(ids))}")


def parse(text: str) -> Comparison:
    """Returns the tree of a formula.

    Raises FormulaError, with the column, for anything that is not a formula of this language.
    """
    plain = syntax.plain(text)
    mistakes.check(plain)
    try:
        return cast(Comparison, _FORMULA.parse_string(plain)[0])
    except ParseException as error:
        raise FormulaError(
            "从这里起看不懂；请对照说明检查写法", error.loc + 1, en="not understood from here on"
        ) from None
    except RecursionError:
        raise FormulaError("括号嵌套太深", en="parentheses are nested too deeply") from None


def _name(_: str, place: int, found: ParseResults) -> Name:
    return Name(syntax.unquoted(found[0]), place + 1)


def _number(_: str, place: int, found: ParseResults) -> Number:
    return Number(found[0], place + 1)


def _item(found: ParseResults) -> Item:
    return Range(found[0], found[1]) if len(found) == 2 else cast(Item, found[0])


def _every(_: str, place: int, __: ParseResults) -> Every:
    return Every(place + 1)


def _reference(found: ParseResults) -> Name | Reference:
    return Reference(found[0], found[1], found[2]) if len(found) == 3 else cast(Name, found[0])


def _sum(_: str, place: int, found: ParseResults) -> Sum:
    return Sum(tuple(found), place + 1)


def _operand(_: str, place: int, found: ParseResults) -> Expression:
    if len(found) == 2 and found[0].count("-") % 2:
        return Total(((-1, found[1]),), place + 1)
    return cast(Expression, found[-1])


def _expression(_: str, place: int, found: ParseResults) -> Expression:
    """Groups a flat chain of operands and operators: `*` first, then `+` and `-`."""
    terms: list[tuple[int, list[Expression]]] = [(1, [found[0]])]
    for operator, operand in zip(found[1::2], found[2::2], strict=True):
        if operator == "*":
            terms[-1][1].append(operand)
        else:
            terms.append((-1 if operator == "-" else 1, [operand]))
    grouped = tuple(_term(sign, factors, place + 1) for sign, factors in terms)
    return grouped[0][1] if len(grouped) == 1 and grouped[0][0] > 0 else Total(grouped, place + 1)


def _term(sign: int, factors: list[Expression], column: int) -> tuple[int, Expression]:
    if len(factors) > 1:
        return sign, Product(tuple(factors), column)
    if isinstance(factors[0], Total) and len(factors[0].terms) == 1:
        inner, term = factors[0].terms[0]
        return sign * inner, term
    return sign, factors[0]


def _comparison(found: ParseResults) -> Comparison:
    return Comparison(found[0], syntax.RELATIONS[found[1]], found[2])


def _formula() -> ParserElement:
    """Returns the grammar. Flat chains keep the recursion small: about a dozen calls for each parenthesis."""

    def mark(pattern: str) -> ParserElement:
        return Suppress(Regex(pattern))

    def action(element: ParserElement, build: Any) -> ParserElement:
        return element.set_parse_action(build)

    name = action(Regex(syntax.NAME), _name)
    span = action(name + Opt(mark(syntax.DOTS) + name), _item)
    item = span | action(Regex(r"\*"), _every)
    inside = mark(r"\[") + item + mark(syntax.COMMA) + item + mark(r"\]")
    reference = action(name + Opt(inside), _reference)
    part = action(name + FollowedBy(Regex(r"\[")) + inside, _reference) | span
    total = action(
        mark(syntax.FUNCTION) + mark(r"\(") + part + ZeroOrMore(mark(syntax.COMMA) + part) + mark(r"\)"), _sum
    )
    expression = Forward()
    operand = action(
        Opt(Regex(syntax.SIGNS))
        + (total | reference | action(Regex(syntax.NUMBER), _number) | mark(r"\(") + expression + mark(r"\)")),
        _operand,
    )
    expression <<= action(operand + ZeroOrMore(Regex(syntax.OPERATOR) + operand), _expression)
    return action(expression + Regex(syntax.RELATION) + expression + StringEnd(), _comparison)


_FORMULA = _formula()
