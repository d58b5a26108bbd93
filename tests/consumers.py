"""Reads outputs as those do who use them, with schemas and readers of others, and tells what each says of a place."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import xmlschema
from jsonschema import validators
from junitparser import Failure, JUnitXml

SCHEMAS = Path(__file__).parent / "schemas"
_COMMAND = re.compile(r"::(?P<name>error|warning|notice) (?P<properties>.*?)::(?P<message>.*)")
_LINE = re.compile(r"(?P<path>.*?):(?P<line>\d+):(?P<column>\d+): (?P<severity>\w+) (?P<code>\w+) (?P<message>.*)")


class Seen(NamedTuple):
    """A finding as a consumer sees it."""

    path: str
    code: str
    message: str
    line: int
    column: int
    """As the format counts it."""
    end_column: int | None = None


@cache
def _schema(name: str) -> Any:
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return validators.validator_for(schema)(schema)


@cache
def _xml_schema(name: str) -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMAS / name)


def sarif(text: str) -> dict[str, Any]:
    """Returns the run of a SARIF file that is as the standard and GitHub want it."""
    log: dict[str, Any] = json.loads(text)
    _schema("sarif-2.1.0.json").validate(log)
    run: dict[str, Any]
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert len(rule["name"]) <= 255
        assert all(0 < len(rule[key]["text"]) <= 1024 for key in ("shortDescription", "fullDescription"))
        assert rule["help"]["text"]
        assert len(rule.get("properties", {}).get("tags", ())) <= 10
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert (result["level"] == "none") == (result["kind"] != "fail")
        (location,) = result["locations"]
        artifact = location["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][artifact["index"]]["location"]["uri"] == artifact["uri"]
        assert artifact["uri"].isascii()
        for place in (location, *result.get("relatedLocations", ())):
            region = place["physicalLocation"].get("region", {"startLine": 1, "endLine": 1})
            assert region["startLine"] == region["endLine"]
    return run


def _sarif(text: str) -> Iterator[Seen]:
    for result in sarif(text)["results"]:
        if result["kind"] == "fail" and "suppressions" not in result:
            physical = result["locations"][0]["physicalLocation"]
            uri, region = physical["artifactLocation"]["uri"], physical["region"]
            path = unquote(urlsplit(uri).path if uri.startswith("file:") else uri, errors="surrogateescape")
            said = result["message"]["text"]
            yield Seen(path, result["ruleId"], said, *map(region.get, ("startLine", "startColumn", "endColumn")))


def _json(text: str) -> Iterator[Seen]:
    yield from map(_described, json.loads(text)["diagnostics"])


def _jsonl(text: str) -> Iterator[Seen]:
    lines = [json.loads(line) for line in text.split("\n")[:-1]]
    assert [lines[0]["type"], lines[-1]["type"]] == ["run", "summary"]
    yield from (_described(line) for line in lines if line["type"] == "diagnostic")


def _described(value: dict[str, Any]) -> Seen:
    start, end = value["range"]["start"], value["range"]["end"]
    same = start["line"] == end["line"]
    end_column = end["column"] if same else None
    return Seen(value["path"], value["code"], value["message"], start["line"], start["column"], end_column)


def _github(text: str) -> Iterator[Seen]:
    for line in text.split("\n")[:-1]:
        command = _COMMAND.fullmatch(line)
        assert command, line
        values = dict(pair.split("=", 1) for pair in command["properties"].split(","))
        values = {name: _unescaped(value) for name, value in values.items()}
        assert values["line"] == values["endLine"]
        assert int(values["col"]) <= int(values["endColumn"])
        code = values["title"].partition(" ")[0]
        place = (int(values[name]) for name in ("line", "col", "endColumn"))
        yield Seen(values["file"], code, _unescaped(command["message"]), *place)


def _unescaped(value: str) -> str:
    for code, char in (("0D", "\r"), ("0A", "\n"), ("3A", ":"), ("2C", ","), ("25", "%")):
        value = value.replace(f"%{code}", char)
    return value


def _gitlab(text: str) -> Iterator[Seen]:
    issues = json.loads(text)
    _schema("gitlab.json").validate(issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    for issue in issues:
        location = issue["location"]
        begin, end = location["positions"]["begin"], location["positions"]["end"]
        said = issue["description"].partition(": ")[2]
        yield Seen(location["path"], issue["check_name"], said, begin["line"], begin["column"], end["column"])


def _rdjson(text: str) -> Iterator[Seen]:
    document = json.loads(text)
    _schema("reviewdog.json").validate(document)
    yield from map(_reviewed, document["diagnostics"])


def _rdjsonl(text: str) -> Iterator[Seen]:
    diagnostics = [json.loads(line) for line in text.split("\n")[:-1]]
    _schema("reviewdog.json").validate({"diagnostics": diagnostics})
    yield from map(_reviewed, diagnostics)


def _reviewed(value: dict[str, Any]) -> Seen:
    location = value["location"]
    start, end = location["range"]["start"], location["range"]["end"]
    assert start["line"] == end["line"]
    return Seen(
        location["path"], value["code"]["value"], value["message"], start["line"], start["column"], end["column"]
    )


def _checkstyle(text: str) -> Iterator[Seen]:
    schema = _xml_schema("checkstyle.xsd")
    root = xmlschema.XMLResource(text.encode(errors="backslashreplace")).root
    schema.validate(root)
    for file in root:
        for error in file:
            code = error.attrib["source"].rpartition(".")[2]
            place = int(error.attrib["line"]), int(error.attrib["column"])
            yield Seen(file.attrib["name"], code, error.attrib["message"], *place)


def junit(text: str) -> JUnitXml:
    """Returns the suites of a JUnit file that is as Jenkins wants it, read by the library of others."""
    data = text.encode(errors="backslashreplace")
    _xml_schema("junit-10.xsd").validate(xmlschema.XMLResource(data).root)
    suites = JUnitXml.fromstring(data)
    for suite in suites:
        cases = list(suite)
        outcomes = [[type(part).__name__ for part in case.result] for case in cases]
        assert (suite.tests, suite.failures) == (len(cases), outcomes.count(["Failure"]))
        assert suite.skipped == outcomes.count(["Skipped"])
    return suites


def _junit(text: str) -> Iterator[Seen]:
    seen = set()
    for suite in junit(text):
        for case in suite:
            for failure in case.result:
                if isinstance(failure, Failure):
                    seen |= {_line(line) for line in failure.text.split("\n")}
    yield from seen


def _line(line: str) -> Seen:
    match = _LINE.fullmatch(line)
    assert match, line
    return Seen(match["path"], match["code"], match["message"], int(match["line"]), int(match["column"]))


READERS: dict[str, Callable[[str], Iterator[Seen]]] = {
    "json": _json,
    "jsonl": _jsonl,
    "sarif": _sarif,
    "github": _github,
    "gitlab": _gitlab,
    "junit": _junit,
    "rdjson": _rdjson,
    "rdjsonl": _rdjsonl,
    "checkstyle": _checkstyle,
}
"""What each format says, after it was held to what its consumer requires."""


def offset(output_format: str, line: str, column: int) -> int:
    """Returns which character of a line a column is, from 0."""
    if output_format.startswith("rdjson"):
        return len(line.encode()[: column - 1].decode())
    return column - 1
