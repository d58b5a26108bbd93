"""Reports whose tables are not quite the form's: a row or a column too many, lost, moved, renamed or without a name.

Unlike the disturbances of a text, these are done before the report is laid out, so that every layout and every format
of file shows them as it would have been written.
"""

from collections.abc import Iterable
from random import Random

from tests.generation.cell_variants import CELL_VARIATIONS
from tests.generation.column_variants import COLUMN_VARIATIONS
from tests.generation.content import Content
from tests.generation.forms import DISCLOSED, REQUESTS, REVIEW
from tests.generation.label_variants import LABEL_VARIATIONS
from tests.generation.parts import Variation, Varied, parts
from tests.generation.row_variants import ROW_VARIATIONS

VARIATIONS: dict[str, Variation] = {**CELL_VARIATIONS, **ROW_VARIATIONS, **LABEL_VARIATIONS, **COLUMN_VARIATIONS}
"""All that is done to cells, rows and columns, by name."""


def varied(content: Content, kinds: Iterable[str], rng: Random) -> Varied | None:
    """Returns a report with one thing of each kind done to one of its tables; None if one of them cannot be.

    KeyError: no such kind.
    """
    found = Varied(content, "")
    for kind in kinds:
        table = rng.choice((DISCLOSED, REQUESTS, REQUESTS, REVIEW))
        chosen = rng.choice([part for part in parts(found.content.shape) if part.table == table])
        more = VARIATIONS[kind](found.content, chosen, rng)
        if more is None:
            return None
        done = f"{found.done}; {more.done}".lstrip("; ")
        found = Varied(more.content, done, found.unknown | more.unknown, found.codes | more.codes)
    return found
