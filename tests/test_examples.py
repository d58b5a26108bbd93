"""The example reports: the good ones are clean, the bad ones show exactly what their README says."""

import json
import re
from pathlib import Path

import pytest

from tests.command_line import own_place, run

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
_BAD = re.compile(r"^\| `(bad/[^`]+)` \|.*\| ((?:[A-Z]{2}\d{3}:\d+ ?)+)\|$", re.MULTILINE)
STATED = {file: found.split() for file, found in _BAD.findall((EXAMPLES / "README.md").read_text(encoding="utf-8"))}
GOOD = sorted(path.name for path in (EXAMPLES / "good").iterdir())


@pytest.mark.parametrize("name", GOOD)
def test_a_good_example_is_clean(name: str) -> None:
    ended = run(["check", "-q", str(EXAMPLES / "good" / name)])
    assert (ended.status, ended.stdout, ended.stderr) == (0, "", "")


@pytest.mark.parametrize("name", GOOD)
def test_every_number_of_a_good_example_is_read(name: str) -> None:
    read = json.loads(run(["facts", str(EXAMPLES / "good" / name)]).stdout)
    assert len(read["facts"]) == {"2021": 200, "2019": 198}[read["form"]]
    assert all(fact["value"] is not None for fact in read["facts"])


@pytest.mark.parametrize("name", sorted(STATED))
def test_a_bad_example_shows_what_it_is_said_to_show(name: str) -> None:
    ended = run(["check", "--format", "json", str(EXAMPLES / name)])
    found = [f"{one['code']}:{one['range']['start']['line']}" for one in json.loads(ended.stdout)["diagnostics"]]
    assert (ended.status, found) == (1, STATED[name])


def test_every_example_is_described() -> None:
    described = set(re.findall(r"`((?:good|bad)/[^`]+)`", (EXAMPLES / "README.md").read_text(encoding="utf-8")))
    assert described == {
        path.relative_to(EXAMPLES).as_posix() for folder in ("good", "bad") for path in (EXAMPLES / folder).iterdir()
    }
    assert {name for name in described if name.startswith("bad/")} == set(STATED)
