"""Synthetic reports for tests and benchmarks: varied, with the truth of every number, the same from the same seed."""

from random import Random

from tests.generation.content import SIZES, Content, Place, Size, Value, balanced, make
from tests.generation.layouts import CONVERTED_LAYOUTS, LAYOUTS, render
from tests.generation.page import ENCODINGS, Rendered, Span

__all__ = [
    "CONVERTED_LAYOUTS",
    "ENCODINGS",
    "LAYOUTS",
    "SIZES",
    "Content",
    "Place",
    "Rendered",
    "Size",
    "Span",
    "Value",
    "balanced",
    "make",
    "render",
    "report",
]


def report(
    seed: object, layout: str, size: Size = "county", form: str = "2021", place: Place | None = None
) -> Rendered:
    """Returns the report of a seed in a layout; with a `place`, that in a series."""
    rng = Random(f"{seed}/{layout}/{size}/{form}")
    return render(make(rng, size, form, place), layout, rng)
