"""Text → tree. The only place that knows pyparsing, which is why nothing on the lint path imports it."""

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
)


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
