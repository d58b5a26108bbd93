"""Everything that happens to real documents, one at a time and everywhere."""

from collections.abc import Iterable, Iterator
from random import Random

from tests.generation.cases import Case, Disturbance
from tests.generation.cell_disturbances import CELL_DISTURBANCES
from tests.generation.column_disturbances import COLUMN_DISTURBANCES
from tests.generation.forms import REQUESTS
from tests.generation.label_disturbances import LABEL_DISTURBANCES
from tests.generation.line_disturbances import LINE_DISTURBANCES
from tests.generation.page import TABLES, Rendered
from tests.generation.row_disturbances import ROW_DISTURBANCES

DISTURBANCES: dict[str, Disturbance] = {
    kind.name: kind
    for kind in (
        *CELL_DISTURBANCES,
        *LINE_DISTURBANCES,
        *ROW_DISTURBANCES,
        *LABEL_DISTURBANCES,
        *COLUMN_DISTURBANCES,
    )
}


def all_single(
    rendered: Rendered,
    rng: Random,
    tables: Iterable[str] = (REQUESTS,),
    kinds: Iterable[str] | None = None,
    limit: int | None = None,
) -> Iterator[Case]:
    """Yields the report with each kind of disturbance at each of its places in the tables, one at a time.

    With a limit, so many places of each kind and table are drawn at random. KeyError: no such kind.
    """
    for name in DISTURBANCES if kinds is None else kinds:
        for table in tables:
            places = list(DISTURBANCES[name].places(rendered, table))
            if limit is not None and limit < len(places):
                places = rng.sample(places, limit)
            for place in places:
                yield DISTURBANCES[name].apply(rendered, place, rng)


__all__ = ["DISTURBANCES", "TABLES", "Case", "Disturbance", "all_single"]
