"""The sides of an equation with their numbers in place of names: `3 + 1`."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

Number = int | Decimal
Value = Callable[[list[Any]], Number | None]
"""Gives a cell's number; None if it is not known."""

_PARTS = 8
"""Of a sum with more parts than this, zeros not counted, only the result is shown."""
_CROWDED = 4
"""On a side with more terms than this, the zeros of a sum are left out."""


def number(value: Number | None) -> str:
    """Returns a number as people write it; `?` if it is not known."""
    if value is None:
        return "?"
    return str(value) if isinstance(value, int) else format(value, "f")


def side(tree: list[Any], value: Value, lang: str = "zh") -> str:
    """Returns a side of an equation with its numbers; never empty."""
    terms: list[Any] = tree[1] if tree[0] == "total" else [[1, tree]]
    crowded = sum(len(term[1]) if term[0] == "sum" else 1 for _, term in terms) > _CROWDED
    text = ""
    for sign, term in terms:
        parts = _sum(term[1], value, crowded, lang) if term[0] == "sum" else [_term(term, value, lang)]
        if sign < 0 and len(parts) > 1:
            parts = [f"({_joined('', 1, parts)})"]
        text = _joined(text, sign, parts)
    return text or "0"


def _joined(text: str, sign: int, parts: list[str]) -> str:
    for part in parts:
        if text:
            text += f" {'-' if sign < 0 else '+'} {_guarded(part)}"
        else:
            text = f"-{_guarded(part)}" if sign < 0 else part
    return text


def _guarded(part: str) -> str:
    return f"({part})" if part.startswith("-") else part


def _sum(cells: list[Any], value: Value, crowded: bool, lang: str) -> list[str]:
    values = [value(cell) for cell in cells]
    shown = [part for part in values if part != 0] if crowded else values
    if len(shown) <= _PARTS:
        return [number(part) for part in shown]
    result = None if None in values else sum(part for part in values if part is not None)
    return [f"{number(result)} (sum of {len(cells)})" if lang == "en" else f"{number(result)}（{len(cells)} 项之和）"]


def _term(tree: list[Any], value: Value, lang: str) -> str:
    kind, content = tree
    if kind == "number":
        return str(content)
    if kind == "cell":
        return number(value(content))
    if kind == "product":
        return " × ".join(_factor(factor, value, lang) for factor in content)
    return f"({side(tree, value, lang)})"


def _factor(tree: list[Any], value: Value, lang: str) -> str:
    text = side(tree, value, lang) if tree[0] == "sum" else _term(tree, value, lang)
    return f"({text})" if tree[0] == "sum" and not text.isdigit() else _guarded(text)
