"""What single consumers ask for besides: fingerprints, paths, fixes, silenced findings, links."""

import importlib.metadata
import json
from email import message_from_string
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.request import url2pathname

import pytest

from disclosure_lint.model.diagnostic import Edit, Fix, LocalizedText, Related, Severity
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult, PluginFailure, Suppressed
from disclosure_lint.model.source import Span
from disclosure_lint.outputs.formats import BUILT_IN, rendered
from tests.command_line import GOOD, own_place, run
from tests.consumers import READERS, junit, sarif
from tests.mistakes import many
from tests.samples import PASSED, TEXT, UNDETERMINED, diagnostic, result, span

__all__ = ["own_place"]


def written(output_format: str, *results: FileResult) -> str:
    (made,) = (one for one in BUILT_IN if one.name == output_format)
    return "".join(rendered(made.writer(OutputStyle("zh", "1.2.3")), results))


def fingerprints(output_format: str, name: str = "a.md") -> dict[str, set[str]]:
    """Returns the fingerprints by code of what is found in a file."""
    shown = run(["check", "--format", output_format, name]).stdout
    found: dict[str, set[str]] = {}
    if output_format == "gitlab":
        for issue in json.loads(shown):
            found.setdefault(issue["check_name"], set()).add(issue["fingerprint"])
    else:
        for one in sarif(shown)["results"]:
            if one["kind"] == "fail":
                print_ = one["partialFingerprints"]["primaryLocationLineHash"]
                found.setdefault(one["ruleId"], set()).add(print_)
    return found


@pytest.mark.usefixtures("own_place")
@pytest.mark.parametrize("output_format", ["sarif", "gitlab"])
def test_fingerprints_stay_when_lines_come_and_numbers_change(
    output_format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    text = many()
    path = Path("a.md")
    path.write_text(text, encoding="utf-8")
    before = fingerprints(output_format)
    path.write_text("\n\n" + text, encoding="utf-8")
    assert fingerprints(output_format) == before
    wrong, other = "| 5 | 0 | 0 | 0 | 0 | 0 | 4 |", "| 9 | 0 | 0 | 0 | 0 | 0 | 4 |"
    assert wrong in text
    path.write_text(text.replace(wrong, other), encoding="utf-8")
    assert fingerprints(output_format) == before
    path.rename("b.md")
    assert not any(fingerprints(output_format, "b.md")[code] & before[code] for code in before)


@pytest.mark.usefixtures("own_place")
@pytest.mark.parametrize("output_format", ["sarif", "gitlab", "github"])
def test_paths_count_from_the_top_of_the_repository(output_format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".git").mkdir()
    folder = Path("上报", "2024 年")
    folder.mkdir(parents=True)
    (folder / "a.md").write_text(many(), encoding="utf-8")
    monkeypatch.chdir(folder)
    for name in ("a.md", "./a.md", "../2024 年/a.md", str(Path("a.md").absolute())):
        shown = run(["check", "--format", output_format, name]).stdout
        assert {one.path for one in READERS[output_format](shown)} == {"上报/2024 年/a.md"}


@pytest.mark.usefixtures("own_place")
def test_paths_in_sarif(tmp_path: Path) -> None:
    Path("镇 1#.md").write_text(many(), encoding="utf-8")
    outside = tmp_path / "别处.md"
    outside.write_bytes(GOOD.read_bytes())
    shown = sarif(run(["check", "--format", "sarif", "镇 1#.md", "../别处.md"]).stdout)
    inside, elsewhere = (file["location"] for file in shown["artifacts"])
    assert inside == {"uri": "%E9%95%87%201%23.md", "uriBaseId": "%SRCROOT%"}
    assert list(elsewhere) == ["uri"]
    assert Path(url2pathname(elsewhere["uri"].removeprefix("file://"))) == outside
    root = shown["originalUriBaseIds"]["%SRCROOT%"]["uri"]
    assert root.endswith("/")
    assert Path(url2pathname(root.removeprefix("file://"))) == Path.cwd()


@pytest.mark.usefixtures("own_place")
def test_what_cannot_be_read_is_a_notification() -> None:
    for name in ("坏.md", "又坏.md"):
        Path(name).write_bytes(b"\x00\xff\xfe\x81" * 40)
    shown = sarif(run(["check", "--format", "sarif", "坏.md", "又坏.md"]).stdout)
    (invocation,) = shown["invocations"]
    assert invocation["executionSuccessful"] is True
    assert [notice["descriptor"]["id"] for notice in invocation["toolExecutionNotifications"]] == ["DL001", "DL001"]
    failed = [one for one in shown["results"] if one["kind"] == "fail"]
    assert [one["ruleId"] for one in failed] == ["DL001", "DL001"]


def test_what_a_plugin_failed_to_do_is_a_notification_too() -> None:
    failures = (
        PluginFailure("own", LocalizedText("出错", ""), "DL302"),
        PluginFailure("reader", LocalizedText("没读成", "")),
    )
    (invocation,) = sarif(written("sarif", result([])._replace(failures=failures)))["invocations"]
    assert invocation["executionSuccessful"] is False
    first, second = invocation["toolExecutionNotifications"]
    assert (first["message"]["text"], first["associatedRule"]) == ("own: 出错", {"id": "DL302"})
    assert (second["message"]["text"], second.get("associatedRule")) == ("reader: 没读成", None)


def only(output_format: str, *results: FileResult) -> dict[str, Any]:
    """Returns the only finding as it is written."""
    shown = json.loads(written(output_format, *results))
    found = [one for one in shown["runs"][0]["results"] if one["kind"] == "fail"] if output_format == "sarif" else None
    (one,) = shown["diagnostics"] if found is None else found
    value: dict[str, Any] = one
    return value


def test_links_to_the_other_places() -> None:
    related = (Related(span("1,5"), LocalizedText("总计[甲]：1", "")), Related(span("枫桥"), LocalizedText("镇名", "")))
    message = LocalizedText("见[这里](http://example.org)和[那里]", "")
    one = only("sarif", result([diagnostic("12", related=related, message=message)]))
    said = one["message"]["text"]
    assert said == r"见\[这里](http://example.org)和[那里]。有关的地方：[总计\[甲\]：1](1)、[镇名](2)"
    others = one["relatedLocations"]
    assert [other["id"] for other in others] == [1, 2]
    assert [other["physicalLocation"]["region"]["startLine"] for other in others] == [3, 1]


def test_a_place_over_several_lines_is_on_its_first() -> None:
    wide = diagnostic("12", span=Span(TEXT.index("一、"), TEXT.index("12")))
    region = only("sarif", result([wide]))["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 7}
    assert only("rdjson", result([wide]))["location"]["range"]["end"] == {"line": 2, "column": 19}


def _fix(*edits: Edit) -> Fix:
    return Fix("safe", edits, LocalizedText("改为“十二”", ""))


def test_fixes() -> None:
    gap = TEXT.index("\n总计")
    edits = (Edit(Span(gap, gap + 1), "\n\n"), Edit(span("12"), "十二"), Edit(span("1,5"), ""))
    found = result([diagnostic("12", fix=_fix(*edits))])
    (fix,) = only("sarif", found)["fixes"]
    (change,) = fix["artifactChanges"]
    assert (fix["description"]["text"], fix["properties"]) == ("改为“十二”", {"applicability": "safe"})
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 7, "endLine": 3, "endColumn": 1},
            "insertedContent": {"text": "\n\n"},
        },
        {
            "deletedRegion": {"startLine": 3, "startColumn": 4, "endLine": 3, "endColumn": 6},
            "insertedContent": {"text": "十二"},
        },
        {"deletedRegion": {"startLine": 3, "startColumn": 7, "endLine": 3, "endColumn": 10}},
    ]
    (suggestion,) = only("rdjson", found)["suggestions"]
    assert suggestion == {
        "range": {"start": {"line": 2, "column": 19}, "end": {"line": 3, "column": 14}},
        "text": "\n\n总计\t十二\t",
    }


def test_silenced_findings_are_in_sarif_but_not_on_github(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    silenced = Suppressed(diagnostic("12"), "inSource", "comment", "已核实")
    file = result([diagnostic("1,5")])._replace(suppressed=(silenced, silenced._replace(kind="external", reason=None)))
    first, second, reported = (
        one for one in json.loads(written("sarif", file))["runs"][0]["results"] if one["kind"] == "fail"
    )
    assert first["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": "已核实"}]
    assert second["suppressions"] == [{"kind": "external", "status": "accepted"}]
    assert "suppressions" not in reported
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert only("sarif", file) == reported | {"ruleIndex": 0}
    for output_format in ("gitlab", "github", "rdjson", "rdjsonl", "checkstyle"):
        assert len(list(READERS[output_format](written(output_format, file)))) == 1


def test_silenced_findings_in_json_lines() -> None:
    silenced = Suppressed(diagnostic("12"), "inSource", "comment", "已核实")
    lines = [json.loads(line) for line in written("jsonl", result([])._replace(suppressed=(silenced,))).splitlines()]
    assert [line["type"] for line in lines] == ["run", "suppressed", "file", "summary"]
    assert lines[1]["suppression"] == {"kind": "inSource", "by": "comment", "reason": "已核实"}


def test_silence_for_one_does_not_make_another_look_new() -> None:
    twice = [diagnostic("1"), diagnostic("12", span=Span(span("1,5").start, span("1,5").start + 1))]
    before = json.loads(written("gitlab", result(twice)))
    silenced = result(twice[1:])._replace(suppressed=(Suppressed(twice[0], "external", "baseline"),))
    assert json.loads(written("gitlab", silenced)) == before[1:]


def test_a_rule_whose_findings_are_silenced_is_skipped() -> None:
    failed = PASSED._replace(code="DL302", verdict="failed")
    file = result([], PASSED, failed, UNDETERMINED)
    (suite,) = junit(written("junit", file))
    assert [(case.name, case.is_skipped) for case in suite] == [("DL301", False), ("DL302", True), ("DL303", True)]


def test_severities() -> None:
    found = [diagnostic("12", severity=severity) for severity in (Severity.error, Severity.warning, Severity.info)]
    file = result(found)
    levels = [one["level"] for one in json.loads(written("sarif", file))["runs"][0]["results"]]
    assert levels == ["error", "warning", "note"]
    assert [one["severity"] for one in json.loads(written("gitlab", file))] == ["major", "minor", "info"]
    words = [line.split(" ")[0] for line in written("github", file).splitlines()]
    assert words == ["::error", "::warning", "::notice"]
    severities = [one["severity"] for one in json.loads(written("rdjson", file))["diagnostics"]]
    assert severities == ["ERROR", "WARNING", "INFO"]


def test_what_azure_devops_asks_of_sarif(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    run_ = sarif(written("sarif", result([])))
    assert run_["automationDetails"] == {"id": "disclosure-lint/"}
    assert run_["tool"]["driver"]["fullName"] == "disclosure-lint 1.2.3"
    # On GitHub the workflow names the category, which holds only where the file has none.
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert "automationDetails" not in sarif(written("sarif", result([])))


@pytest.mark.parametrize(
    ("named", "page"),
    [
        (
            "Project-URL: Source, https://example.org/src\nProject-URL: Homepage, https://example.org/\n",
            "https://example.org/",
        ),
        ("Project-URL: Source, https://example.org/src\n", None),
        (None, None),
    ],
)
def test_the_page_of_the_tool_is_that_of_the_package(
    named: str | None, page: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def metadata(name: str) -> Message:
        if named is None:
            raise importlib.metadata.PackageNotFoundError(name)
        return message_from_string(named)

    monkeypatch.setattr(importlib.metadata, "metadata", metadata)
    assert sarif(written("sarif", result([])))["tool"]["driver"].get("informationUri") == page


@pytest.mark.usefixtures("own_place")
def test_rules_quote_the_law() -> None:
    Path("a.md").write_bytes(GOOD.read_bytes())
    shown = run(["check", "--format", "sarif", "--select", "DL401,DL403", "a.md"]).stdout
    rules = {rule["id"]: rule for rule in sarif(shown)["tool"]["driver"]["rules"]}
    assert sorted(rules) == ["DL401", "DL403"]
    quoted = "收取信息处理费情况在此处报告。"
    assert f"> {quoted}" in rules["DL401"]["help"]["markdown"]
    assert f"「{quoted}」" in rules["DL401"]["help"]["text"]
    assert rules["DL403"]["defaultConfiguration"] == {"enabled": True, "level": "note"}
    assert rules["DL401"]["properties"]["law"][0].startswith("国办公开办函〔2021〕30号")
