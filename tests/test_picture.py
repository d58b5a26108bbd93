"""The row of a table in the text output, drawn under its headings: with `-v`, and on a terminal."""

import re
from pathlib import Path

import pytest

from disclosure_lint import Linter
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.outputs import text
from disclosure_lint.outputs.console import total_width
from tests.annotated import draft
from tests.command_line import own_place, run
from tests.generation.official import markdown
from tests.scale import some

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")
LINTER = Linter.default()
WRONG = Path(__file__).parents[1] / "examples" / "bad" / "wrong-total.md"


def test_headings_numbers_and_marks_end_in_one_place() -> None:
    lines = run(["check", "-v", "--select", "DL303", str(WRONG)]).stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if "社会公益组织" in line and "|" not in line)
    heading, numbers, marks = lines[at : at + 3]
    assert numbers.split() == ["（一）予以公开", "7", "2", "0", "0", "0", "0", "8"]
    assert marks.endswith("^")
    assert total_width(heading) == total_width(numbers) == total_width(marks)
    ends = [total_width(heading[: match.end()]) for match in re.finditer(r"\S+", heading)]
    assert [total_width(numbers[: match.end()]) for match in re.finditer(r"\S+", numbers)][1:] == ends


def test_without_being_asked_there_is_none() -> None:
    plain = run(["check", "--select", "DL303", str(WRONG)]).stdout
    assert "社会公益组织  " not in plain
    assert "社会公益组织  " not in run(["check", "-q", "--select", "DL303", str(WRONG)]).stdout


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_nothing_is_wider_than_the_terminal(width: int) -> None:
    for seed in range(some(40)):
        result = LINTER.lint("年报.md", markdown(draft(seed)).encode())
        with_pictures, without = (
            text.Writer(OutputStyle(width=width, pictures=pictures)).add(result).splitlines()
            for pictures in (True, False)
        )
        drawn = [line for line in with_pictures if line not in without and line.startswith("    ")]
        assert all(total_width(line) <= width for line in drawn)
        assert [line for line in with_pictures if line in without] == without


def test_numbers_of_persons_and_controls_are_not_shown() -> None:
    data = WRONG.read_text(encoding="utf-8").replace("| 7 | 2 |", "| 13912345678 | \x1b[31m2 |")
    Path("a.md").write_text(data, encoding="utf-8")
    shown = run(["check", "-v", "a.md"]).stdout
    drawn = [line for line in shown.splitlines() if line.startswith("    （一）予以公开")]
    assert drawn
    assert all("139****5678" in line for line in drawn)
    assert "\x1b" not in shown
