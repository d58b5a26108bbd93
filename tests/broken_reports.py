"""Synthetic reports with mistakes in them, the same from the same seed."""

from random import Random

from tests.generation import LAYOUTS, Rendered, report
from tests.generation.page import Edit

_PLACEHOLDERS = ("XX镇", "____件", "（待补充）")


def broken(seed: int, mistakes: int) -> Rendered:
    """Returns a report with so many mistakes, or fewer where two fall on one place."""
    rng = Random(f"broken {seed}")
    rendered = report(f"broken {seed}", LAYOUTS[seed % len(LAYOUTS)], "township" if seed % 2 else "county")
    for _ in range(mistakes):
        rendered = rng.choice((_other_number, _no_number, _blank, _placeholder, _no_fee))(rendered, rng)
    return rendered


def with_number(rendered: Rendered, cell: str, number: int) -> Rendered:
    """Returns the report with another number in a cell, and nothing made to fit."""
    return rendered.edited([Edit(*rendered.cells[cell], str(number))])


def grown_above(rendered: Rendered, lines: int) -> Rendered:
    """Returns the report with blank lines at its top and a sentence more in its first section."""
    at = rendered.text.index("\n", rendered.text.index("一、总体情况"))
    return rendered.edited([Edit(0, 0, "\n" * lines), Edit(at, at, "\n\n各项工作有序推进。\n")])


def _other_number(rendered: Rendered, rng: Random) -> Rendered:
    cell = _some_cell(rendered, rng)
    return with_number(rendered, cell, rng.randint(1, 9) * 10 + 7)


def _no_number(rendered: Rendered, rng: Random) -> Rendered:
    return rendered.edited([Edit(*rendered.cells[_some_cell(rendered, rng)], rng.choice("/无—"))])


def _blank(rendered: Rendered, rng: Random) -> Rendered:
    return rendered.edited([Edit(*rendered.cells[_some_cell(rendered, rng)], "")])


def _placeholder(rendered: Rendered, rng: Random) -> Rendered:
    at = rendered.text.index("\n", rendered.text.index(rng.choice(("一、总体情况", "六、其他需要报告的事项"))))
    return rendered.edited([Edit(at, at, f"\n\n{rng.choice(_PLACEHOLDERS)}的有关情况。\n")])


def _no_fee(rendered: Rendered, _: Random) -> Rendered:
    at = rendered.text.index("\n", rendered.text.index("六、其他需要报告的事项"))
    return rendered.edited([Edit(at, len(rendered.text), "\n\n无。\n")])


def _some_cell(rendered: Rendered, rng: Random) -> str:
    return rng.choice([cell for cell in rendered.cells if rendered.cell(cell).isdigit()])
