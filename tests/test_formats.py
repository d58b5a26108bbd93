"""Every output is what its consumer asks for, and all of them mean the same places."""

import json
from itertools import product
from pathlib import Path

import pytest

from tests.command_line import own_place, run
from tests.consumers import READERS, Seen, junit, offset, sarif
from tests.mistakes import TOWN, write_all
from tests.scale import covering

__all__ = ["own_place"]

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
FORMATS = [*READERS]


pytestmark = pytest.mark.usefixtures("own_place")


@pytest.fixture(autouse=True)
def _not_on_github(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def output(output_format: str, *arguments: str) -> str:
    return run(["check", "--format", output_format, *arguments]).stdout


def seen(output_format: str, *arguments: str) -> list[Seen]:
    return list(READERS[output_format](output(output_format, *arguments)))


@pytest.mark.parametrize(("output_format", "lang"), covering(product(FORMATS, ["zh", "en"])))
@pytest.mark.long
def test_thirty_kinds_of_mistake(output_format: str, lang: str) -> None:
    paths = write_all(Path())
    found = seen(output_format, "--lang", lang, *paths)
    assert len({one.code for one in found}) >= 30
    assert len({one.code for one in found if TOWN in one.path}) >= 20
    expected = seen("json", "--lang", lang, *paths)
    places = {(one.path, one.code, one.line) for one in expected}
    assert {(one.path, one.code, one.line) for one in found} == places
    if output_format != "junit":
        assert len(found) == len(expected)


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.long
def test_every_format_means_the_same_place(output_format: str) -> None:
    paths = write_all(Path())
    lines = {path: Path(path).read_bytes().decode(errors="replace").split("\n") for path in paths}
    beyond = False
    marked = {(one.path, one.code, one.line, one.column): one for one in seen("json", *paths)}
    for one in seen(output_format, *paths):
        line = lines[one.path][one.line - 1]
        start = offset(output_format, line, one.column)
        exact = marked[one.path, one.code, one.line, start + 1]
        beyond |= TOWN[0] in line[:start]
        if one.end_column is not None:
            end = exact.end_column - 1 if exact.end_column else len(line)
            assert line[start : offset(output_format, line, one.end_column)] == line[start:end]
    assert beyond


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.long
def test_messages_are_the_same(output_format: str) -> None:
    paths = write_all(Path())
    said = {one.message for one in seen("json", *paths)}
    for one in seen(output_format, *paths):
        assert one.message in said or (output_format == "sarif" and one.message.partition("。有关的地方：")[0] in said)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the folder `shared` is not beside the repository")
@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.long
def test_real_reports(output_format: str) -> None:
    found = seen(output_format, str(SEEDS))
    assert {(Path(one.path).name, one.code, one.line) for one in found} == {
        (Path(one.path).name, one.code, one.line) for one in seen("json", str(SEEDS))
    }
    assert found


@pytest.mark.parametrize("output_format", FORMATS)
def test_nothing_to_say(output_format: str) -> None:
    assert seen(output_format) == []


@pytest.mark.parametrize(
    ("output_format", "encoding"),
    covering(product((one for one in FORMATS if one != "github"), ["ascii", "gbk", "cp1252"])),
)
@pytest.mark.long
def test_on_a_console_of_another_encoding(output_format: str, encoding: str) -> None:
    paths = write_all(Path())
    shown = run(["check", "--format", output_format, *paths], encoding=encoding).stdout
    assert shown.isascii()
    assert sorted(READERS[output_format](shown)) == sorted(seen(output_format, *paths))


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.long
def test_in_a_file(output_format: str) -> None:
    paths = write_all(Path())
    run(["check", "--format", f"{output_format}:out/../出", *paths])
    data = Path("出").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.decode() == output(output_format, *paths)


def test_the_ledger_as_kinds_of_results() -> None:
    paths = write_all(Path())
    ledgers = json.loads(output("json", *paths))["files"]
    results = sarif(output("sarif", "-v", *paths))["results"]
    kinds = {"passed": "pass", "not_applicable": "notApplicable", "undetermined": "open"}
    for index, file in enumerate(ledgers):
        expected = sorted(
            (entry["code"], kinds[entry["verdict"]]) for entry in file["ledger"] if entry["verdict"] in kinds
        )
        expected += [
            (entry["code"], "open") for entry in file["ledger"] if entry["verdict"] == "failed" and "reason" in entry
        ]
        found = [
            one for one in results if one["locations"][0]["physicalLocation"]["artifactLocation"]["index"] == index
        ]
        assert sorted((one["ruleId"], one["kind"]) for one in found if one["kind"] != "fail") == sorted(expected)
    # That a rule is passed is told on request; that one could not be checked, always.
    brief = sarif(output("sarif", *paths))["results"]
    assert [one for one in results if one["kind"] in ("fail", "open")] == brief
    assert {one["kind"] for one in brief} == {"fail", "open"}


def test_on_github_only_problems_are_alerts(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = write_all(Path())
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert {one["kind"] for one in sarif(output("sarif", *paths))["results"]} == {"fail"}
    assert {one["kind"] for one in sarif(output("sarif", "-v", *paths))["results"]} > {"fail", "open"}
    monkeypatch.delenv("GITHUB_ACTIONS")
    assert {one["kind"] for one in sarif(output("sarif", "-q", *paths))["results"]} == {"fail"}


def test_the_ledger_as_skipped_tests() -> None:
    paths = write_all(Path())
    ledgers = json.loads(output("json", *paths))["files"]
    suites = list(junit(output("junit", *paths)))
    assert [suite.name for suite in suites] == paths
    for suite, file in zip(suites, ledgers, strict=True):
        cases = {case.name.partition(" ")[0]: case for case in suite}
        assert list(cases) == [entry["code"] for entry in file["ledger"]]
        for entry in file["ledger"]:
            case = cases[entry["code"]]
            assert case.is_passed == (entry["verdict"] == "passed")
            assert case.is_skipped == (entry["verdict"] in ("undetermined", "not_applicable"))
            if case.is_skipped:
                assert entry["reason"] in case.result[0].message
