"""Reports that LibreOffice prints, on pages of all sizes: no cell is read as another number, or as blank.

`python -m tests.office.printers FOLDER --print chromium weasyprint libreoffice` tries the same with other programs.
"""

from pathlib import Path
from random import Random

import pytest

from disclosure_lint import Linter
from tests.office.libre_office import converted
from tests.office.printers import PAPERS, Print, as_word, other_print_of, print_of, report_of, truth, wrong
from tests.scale import some

LINTER = Linter.default()
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("prints")


def test_every_cell_is_right_on_pages_of_all_sizes(folder: Path) -> None:
    rng = Random("prints")
    low = [print_of(rng)._replace(height=rng.randrange(300, 500), wide=100) for _ in range(some(6))]
    whole = [Print(*sides) for sides in PAPERS.values()]
    _assert_read(folder / "whole", [*whole, *low], rng, least=1.0)


def test_every_cell_is_right_however_cells_look(folder: Path) -> None:
    rng = Random("looks")
    _assert_read(folder / "looks", [other_print_of(rng) for _ in range(some(8))], rng, least=1.0)


def test_no_cell_of_a_table_that_goes_off_the_page_is_wrong(folder: Path) -> None:
    rng = Random("off the page")
    wide = [print_of(rng)._replace(wide=rng.choice((105, 112, 130))) for _ in range(some(4))]
    _assert_read(folder / "wide", wide, rng, least=0.0)


def _assert_read(folder: Path, ways: list[Print], rng: Random, least: float) -> None:
    """Prints a report in each way, and says that nothing is wrong in it and that so much of it is right."""
    folder.mkdir()
    reports = {f"{number}.docx": (report_of(rng), way) for number, way in enumerate(ways)}
    prints = converted({name: as_word(*report) for name, report in reports.items()}, "pdf", folder)
    for name, (blocks, way) in reports.items():
        numbers = truth(blocks)
        result = LINTER.lint("年报.pdf", prints[name.replace(".docx", ".pdf")])
        assert wrong(result, numbers) == {}, way
        facts = {} if result.report is None else result.report.facts
        given = sum(fact.state == "given" for fact in facts.values())
        assert given >= least * len(numbers), way
