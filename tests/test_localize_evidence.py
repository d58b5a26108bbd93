"""What else is known when wrong numbers are looked for: the text, trust, silence, and what was known before."""

import json
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from disclosure_lint.engine.beside import entry_of
from disclosure_lint.engine.history import History
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Diagnostic
from disclosure_lint.model.form import CarriedRow
from disclosure_lint.settings import Settings
from tests.command_line import GOOD, own_place, run
from tests.editor import editing
from tests.own_pack import rule, write_own

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "bad" / "wrong-total.md"
WRONG = EXAMPLE.read_text(encoding="utf-8")
RIGHT = WRONG.replace("| 7 | 2 | 0 | 0 | 0 | 0 | 8 |", "| 7 | 2 | 0 | 0 | 0 | 0 | 9 |")
NEW = "| 一、本年新收政府信息公开申请数量 | 12 | 3 | 0 | 0 | 0 | 0 | 15 |"
BLOCK = "| 0 | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 1 | 2 | 0 | 0 | 0 | 0 | 0 |"
GRANTED = "requests[granted,total]"


def changed(*changes: tuple[str, str]) -> str:
    text = RIGHT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def found(*words: str) -> list[dict[str, Any]]:
    ended = run(["check", "--format", "json", *words])
    diagnostics: list[dict[str, Any]] = json.loads(ended.stdout)["diagnostics"]
    return diagnostics


def linted(text: str, **options: Any) -> list[Diagnostic]:
    return list(Linter.default().lint("a.md", text.encode(), Settings(**options)).diagnostics)


def test_what_the_text_says_rightly_is_told_with_the_number() -> None:
    (one,) = linted(changed((NEW, NEW.replace("| 15 |", "| 51 |"))))
    assert (one.code, one.also) == ("DL301", ("DL303", "DL501"))
    assert [(each.value, each.confidence) for each in one.suggestions] == [(15, "only")]
    assert "文字里写的也是这个数" in one.message.zh


def test_a_text_that_disagrees_with_a_balanced_table_is_told_by_itself() -> None:
    (one,) = linted(changed(("新收申请15件", "新收申请16件")))
    assert (one.code, one.suggestions) == ("DL501", ())


def test_a_wrong_text_is_told_apart_from_a_wrong_number() -> None:
    both = linted(WRONG.replace("新收申请15件", "新收申请16件"))
    assert [(one.code, one.also) for one in both] == [("DL501", ()), ("DL302", ("DL303",))]
    assert both[1].cells[0] == GRANTED


def test_a_number_that_the_text_repeats_is_doubted_less() -> None:
    text = changed((NEW, NEW.replace("| 15 |", "| 51 |")), ("新收申请15件", "新收申请51件"))
    (asked,) = linted(text)
    assert asked.suggestions[0].confidence != "only"
    assert asked.fix is None
    (unasked,) = linted(text, trust="none")
    assert [(each.value, each.confidence) for each in unasked.suggestions] == [(15, "only")]
    for one in linted(text, trust="text"):
        assert "requests[new,total]" not in {each.cell for each in one.suggestions}


def test_an_equation_of_another_pack_is_evidence_too(tmp_path: Path) -> None:
    examples = """
[[rule.example]]
ok = true
facts = { "review[direct,upheld]" = 1, "review[direct,total]" = 2 }
[[rule.example]]
finds = ["ZZ301"]
facts = { "review[direct,upheld]" = 1 }
"""
    twice = rule(
        '[rule.equation]\nformula = "review[direct,total] = 2 * review[direct,upheld]"', examples, code="ZZ301"
    )
    linter = Linter.default(packs=[Path(write_own(tmp_path / "own", twice))])
    text = changed((BLOCK, BLOCK.replace("| 1 | 2 |", "| 1 | 5 |")))
    (one,) = linter.lint("a.md", text.encode()).diagnostics
    assert (one.code, one.also, one.severity.name) == ("DL304", ("ZZ301",), "error")
    assert [(each.cell, each.value, each.confidence) for each in one.suggestions] == [
        ("review[direct,total]", 2, "only")
    ]
    assert [law.document for law in one.law][-1] == "custom"


def test_a_bound_of_another_pack_rules_explanations_out(tmp_path: Path) -> None:
    examples = """
[[rule.example]]
ok = true
facts = { "review[direct,total]" = 2 }
[[rule.example]]
finds = ["ZZ302"]
facts = { "review[direct,total]" = 4 }
"""
    few = rule('[rule.equation]\nformula = "review[direct,total] <= 3"', examples, code="ZZ302")
    linter = Linter.default(packs=[Path(write_own(tmp_path / "own", few))])
    text = changed((BLOCK, BLOCK.replace("| 1 | 0 | 0 | 1 | 2 |", "| 3 | 0 | 0 | 1 | 3 |")))
    (one,) = linter.lint("a.md", text.encode()).diagnostics
    assert {(each.cell, each.value) for each in one.suggestions} == {
        ("review[direct,upheld]", 2),
        ("review[direct,pending]", 0),
    }


CARRIED_IN = "| 二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |"
CARRIED_OUT = "| 四、结转下年度继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |"


def suggested(*words: str) -> set[tuple[str, int]]:
    return {(one["cell"], one["value"]) for each in found("--select", "DL3", *words) for one in each["suggestions"]}


def test_the_report_of_the_year_before() -> None:
    # Two numbers of the row are wrong together, so the row adds up, and numbers of other rows could be wrong instead.
    wrong = CARRIED_IN.replace("| 1 |", "| 2 |")
    Path("a.md").write_text(changed((CARRIED_IN, wrong)), encoding="utf-8")
    Path("b.md").write_text(RIGHT.replace("2024", "2023"), encoding="utf-8")
    right = {("requests[carried_in,natural]", 1), ("requests[carried_in,total]", 1)}
    assert suggested("a.md", "b.md") > right
    assert suggested("--trust", "previous", "a.md", "b.md") == right
    assert suggested("--trust", "previous", "a.md") > right
    Path("disclosure-lint.toml").write_text('trust = "previous"\n', encoding="utf-8")
    assert suggested("b.md", "a.md") == right


def test_a_number_that_the_year_before_confirms_is_not_blamed() -> None:
    wrong = NEW.replace("| 12 |", "| 13 |").replace("| 15 |", "| 16 |")
    Path("a.md").write_text(changed((NEW, wrong)), encoding="utf-8")
    Path("b.md").write_text(RIGHT.replace("2024", "2023"), encoding="utf-8")
    carried = {"requests[carried_in,natural]", "requests[carried_in,total]"}
    assert carried <= {cell for cell, _ in suggested("a.md", "b.md", "--trust", "none")}
    assert not carried & {cell for cell, _ in suggested("a.md", "b.md", "--trust", "previous")}


def test_two_reports_of_the_year_before_that_differ() -> None:
    Path("a.md").write_text(changed((CARRIED_IN, CARRIED_IN.replace("| 1 |", "| 2 |"))), encoding="utf-8")
    last = RIGHT.replace("2024", "2023")
    Path("b.md").write_text(last, encoding="utf-8")
    Path("c.md").write_text(last.replace(CARRIED_OUT, CARRIED_OUT.replace("| 1 |", "| 3 |")), encoding="utf-8")
    assert len(suggested("--trust", "previous", "a.md", "b.md", "c.md")) > 2


def test_trust_in_a_configuration() -> None:
    Path("a.md").write_text(changed((BLOCK, BLOCK.replace("| 1 | 2 |", "| 1 | 5 |"))), encoding="utf-8")
    Path("disclosure-lint.toml").write_text('trust = "text"\ntrusted = ["review[direct,total]"]\n', encoding="utf-8")
    (one,) = found("a.md")
    assert "review[direct,total]" not in {each["cell"] for each in one["suggestions"]}
    assert {each["confidence"] for each in one["suggestions"]} == {"possible"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('trust = "everything"', "text、previous、none"),
        ('trusted = "requests[new,*]"', "列表"),
        ('trusted = ["requests"]', "requests[new,total]"),
        ('trusted = ["requests[nwe,total]"]', "requests[new,total]"),
    ],
)
def test_mistakes_about_trust(line: str, said: str) -> None:
    Path("disclosure-lint.toml").write_text(f"{line}\n", encoding="utf-8")
    ended = run(["check", str(EXAMPLE), "--config", "disclosure-lint.toml"])
    assert ended.status == 2
    assert "disclosure-lint.toml:1:" in ended.stderr
    assert said in ended.stderr


def test_silence_for_one_rule_leaves_the_others() -> None:
    row = next(line for line in WRONG.splitlines() if line.startswith("| （七）总计"))
    quiet = WRONG.replace(row, f"{row} <!-- disclosure-lint: ignore[DL302] 已核对 -->")
    Path("a.md").write_text(quiet, encoding="utf-8")
    (one,) = found("a.md")
    assert (one["code"], one["also"], one["cells"][0]) == ("DL303", [], GRANTED)


def test_silence_where_it_is_told() -> None:
    row = next(line for line in WRONG.splitlines() if line.startswith("| （一）予以公开"))
    Path("a.md").write_text(
        WRONG.replace(row, f"{row} <!-- disclosure-lint: ignore[DL302] 已核对 -->"), encoding="utf-8"
    )
    assert found("a.md") == []


def test_it_can_be_accepted_and_be_known() -> None:
    Path("a.md").write_text(WRONG, encoding="utf-8")
    Path("disclosure-lint.toml").write_text(
        f'[[accept]]\npath = "a.md"\ncodes = ["DL302"]\ncell = "{GRANTED}"\nreason = "已核对"\n', encoding="utf-8"
    )
    assert found("a.md") == []
    assert run(["check", "--isolated", "--write-baseline", "known.json", "a.md"]).status == 0
    entries = json.loads(Path("known.json").read_text(encoding="utf-8"))["entries"]
    assert [entry["code"] for entry in entries] == ["DL302"]
    assert entries[0]["address"].startswith("requests[granted,total")
    assert found("--isolated", "--baseline", "known.json", "a.md") == []
    Path("a.md").write_text(f"说明。\n\n{WRONG}", encoding="utf-8")
    assert found("--isolated", "--baseline", "known.json", "a.md") == []


def test_the_differences_of_a_fix_are_shown() -> None:
    Path("a.md").write_text(WRONG, encoding="utf-8")
    assert run(["check", "--diff", "a.md"]).stdout == ""
    shown = run(["check", "--diff", "--unsafe-fixes", "a.md"])
    assert [line for line in shown.stdout.splitlines() if line[:1] in "+-"][2:] == [
        "-| （一）予以公开 | 7 | 2 | 0 | 0 | 0 | 0 | 8 |",
        "+| （一）予以公开 | 7 | 2 | 0 | 0 | 0 | 0 | 9 |",
    ]
    assert Path("a.md").read_text(encoding="utf-8") == WRONG


def test_a_number_with_a_note_is_left_to_people() -> None:
    Path("a.md").write_text(WRONG.replace("| 0 | 8 |", "| 0 | 8（含旧案1件） |"), encoding="utf-8")
    (one,) = found("a.md")
    assert one["suggestions"] == [{"cell": GRANTED, "value": 9, "confidence": "only", "alternative": 1}]
    assert one["fix"] is None


def test_what_programs_are_told() -> None:
    Path("a.md").write_text(WRONG, encoding="utf-8")
    (run_,) = json.loads(run(["check", "--format", "sarif", "a.md"]).stdout)["runs"]
    (failed,) = [one for one in run_["results"] if one["kind"] == "fail"]
    assert failed["properties"]["suggestions"][0]["value"] == 9
    assert failed["properties"]["also"] == ["DL303"]
    assert [one["physicalLocation"]["region"]["startLine"] for one in failed["relatedLocations"]] == [62, 41]
    junit = run(["check", "--format", "junit", "a.md"]).stdout
    assert junit.count("<failure ") == 2


@pytest.mark.asyncio
async def test_an_editor_is_offered_the_number() -> None:
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("报告.md"), WRONG)
        (one,) = await editor.diagnostics(uri)
        (action, *others) = await editor.actions(uri, one.range)
        assert not action.is_preferred
        assert action.title == (
            "把「（一）予以公开」的「总计」由 8 改为 9，"
            "使 DL302（表三「总计」列）、DL303（表三「（一）予以公开」行）对得上"
        )
        assert all("改为" not in other.title for other in others)
        await editor.apply(action)
        assert await editor.codes(uri) == []
        nowhere = types.Range(types.Position(0, 0), types.Position(0, 0))
        assert await editor.actions(uri, nowhere, [types.CodeActionKind.SourceFixAll]) == []


def test_what_is_carried_over_is_what_the_form_says() -> None:
    linter = Linter.default()
    report = linter.bind(linter.read("a.md", GOOD.read_bytes()))
    assert report is not None
    assert report.year is not None
    said = {}
    for row in ("carried_in", "granted", None):
        history = History()
        carried = (CarriedRow("requests", "carried_out", "requests", row),) if row else ()
        form = report.form._replace(carried=carried)
        history.add(entry_of("报告.md", report, linter.pairing), form)
        said[row] = {str(one.cells[0]): one.value for one in history.statements(report._replace(year=report.year + 1))}
    out = {str(cell): fact.value for cell, fact in report.facts.items() if cell.row == "carried_out"}
    assert said["carried_in"] == {cell.replace("carried_out", "carried_in"): value for cell, value in out.items()}
    assert said["granted"] == {cell.replace("carried_out", "granted"): value for cell, value in out.items()}
    assert said[None] == {}
