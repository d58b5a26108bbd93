"""What other programs make of a report: no number is read wrong, nothing is found that is not there.

Outside the quick run: `python3 run.py tests -m converters`. What the programs made is kept, as by
`tests.converters.measure`, so that the second run is short.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pytest

from disclosure_lint.engine.linter import Linter
from tests.converters.measure import CACHE, TOOLS, Cache, made, sources
from tests.converters.sources import Source
from tests.converters.tools import Tool
from tests.generation.judging import Verdict
from tests.office.printers import PRINTERS, Print, judged, other_print_of, print_of, printed
from tests.scale import some

pytestmark = pytest.mark.converters
PRINTS = 200
"""Reports that are printed in each way, each with its page ends elsewhere; in the first some tables go off the page."""
KEPT = 0.995
"""The least share of cells that are to be read right where the columns can be seen."""


@cache
def reports() -> tuple[Source, ...]:
    return tuple(sources(some(6)))


@cache
def linter() -> Linter:
    return Linter.default()


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_no_number_is_read_wrong_from_what_another_program_made(tool: Tool) -> None:
    if tool.missing:
        pytest.skip(f"not installed: {tool.missing}")
    cache = Cache(CACHE)
    total, faults = Verdict(), []
    for found in made(cache, reports(), [tool.name]):
        verdict = found.judged(linter())
        total.add(verdict)
        faults += [f"{found.path}: {fault}" for fault in verdict.faults]
    if not total.cells:
        pytest.skip(f"made nothing: {cache.failures.get(tool.name, 'nothing was printed')}")
    assert faults == []
    if tool.columns:
        assert total.right >= KEPT * total.cells, f"{total.right} of {total.cells} cells, {total.unread} files not read"


@pytest.mark.parametrize(("way", "least"), [(print_of, 0.6), (other_print_of, 0.95)])
@pytest.mark.parametrize("printer", PRINTERS)
def test_rows_over_page_ends_of_prints_are_right_or_unclear_and_never_blank(
    printer: str, way: Callable[[Random], Print], least: float, tmp_path: Path
) -> None:
    printed(printer, some(PRINTS // len(PRINTERS)), tmp_path, way=way)
    sums, lines = judged(tmp_path)
    assert sums["prints"] == some(PRINTS // len(PRINTERS))
    assert sums["wrong"] == 0, lines
    assert sums["right"] >= least * sums["cells"], lines
