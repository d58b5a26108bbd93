"""Reports whose tables are not quite the form's: a row or a column too many, lost, moved, renamed or without a name.

Unlike the disturbances of a text, these are done before the report is laid out, so that every layout and every format
of file shows them as it would have been written.
"""

from collections.abc import Iterable
from random import Random

from tests.generation.column_variants import COLUMN_VARIATIONS, TEXT_COLUMN_VARIATIONS
from tests.generation.content import Content
from tests.generation.forms import DISCLOSED, REQUESTS, REVIEW
from tests.generation.label_variants import LABEL_VARIATIONS
from tests.generation.parts import Part, Variation, Varied, parts
from tests.generation.row_variants import ROW_VARIATIONS


def _zeros_blank(content: Content, part: Part, rng: Random) -> Varied:
    del part
    zeros = [name for name, value in content.numbers.items() if value == 0 and rng.random() < 0.8]
    blank = content.with_numbers(dict.fromkeys(zeros, None)).with_written(dict.fromkeys(zeros, ""))
    return Varied(blank, f"left {len(zeros)} zeros blank")


def _thousands(content: Content, part: Part, rng: Random) -> Varied:
    del part, rng
    written = {name: f"{value:,}" for name, value in content.numbers.items() if value is not None}
    return Varied(content.with_written(written), "set off the thousands")


_CELL_VARIATIONS: dict[str, Variation] = {
    "cells_blank": _zeros_blank,
    "cells_thousands": _thousands,
}

VARIATIONS: dict[str, Variation] = {**_CELL_VARIATIONS, **ROW_VARIATIONS, **LABEL_VARIATIONS, **COLUMN_VARIATIONS}
"""All that is done to cells, rows and columns, by name."""
TEXT_VARIATIONS: dict[str, Variation] = {**VARIATIONS, **TEXT_COLUMN_VARIATIONS}
"""The same, with what is done to text without cells only."""


def varied(content: Content, kinds: Iterable[str], rng: Random) -> Varied | None:
    """Returns a report with one thing of each kind done to one of its tables; None if one of them cannot be.

    KeyError: no such kind.
    """
    found = Varied(content, "")
    for kind in kinds:
        table = rng.choice((DISCLOSED, REQUESTS, REQUESTS, REVIEW))
        chosen = rng.choice([part for part in parts(found.content.shape) if part.table == table])
        more = TEXT_VARIATIONS[kind](found.content, chosen, rng)
        if more is None:
            return None
        done = f"{found.done}; {more.done}".lstrip("; ")
        found = Varied(more.content, done, found.unknown | more.unknown, found.codes | more.codes)
    return found
