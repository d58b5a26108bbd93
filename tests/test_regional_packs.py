"""The regional packs: their examples hold, their sources are named, they let clean reports alone."""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from disclosure_lint.drafting.draft import begin
from disclosure_lint.engine.linter import Linter
from disclosure_lint.extensions.registry import load_plugins
from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.kind import CheckKind
from disclosure_lint.model.rule import Condition, Pack
from disclosure_lint.packs import load_pack
from disclosure_lint.packs.sources import shipped_rules
from disclosure_lint.packs.texts import Example, examples
from disclosure_lint.proof import run_examples
from disclosure_lint.proof.matrix import matrix
from disclosure_lint.settings import Settings
from tests.generation import report

PLUGINS = Path(__file__).resolve().parents[1] / "plugins"
PROVINCES = ("beijing", "gansu", "guangdong", "henan", "jiangsu", "shanghai", "shanxi")
CUSTOMS = {"BJ101", "GS401", "GS501", "GS502", "GS503", "JS401", "SH401", "SH601", "SX401", "SX602"}
"""Rules that ask for a sentence which only that province's reports have."""
NUMBERS = {"GS401", "GS501", "GS502", "GS503"}
"""Rules that ask for numbers in the text, for which an empty report has no place."""
LAYOUTS = ("flow", "tabs", "pipes", "pipes_grouped", "aligned_right")


class Plugin(NamedTuple):
    """A plugin as it would be installed."""

    folder: Path
    linter: Linter
    packs: tuple[Pack, ...]
    """Its own."""
    folders: tuple[Path, ...]
    """Where they lie."""


@pytest.fixture(scope="module", params=PROVINCES)
def plugin(request: pytest.FixtureRequest) -> Iterator[Plugin]:
    folder = PLUGINS / f"disclosure-lint-{request.param}"
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder / "src"))
        yield loaded(folder, f"disclosure_lint_{request.param}")
        for name in [name for name in sys.modules if name.startswith("disclosure_lint_")]:
            del sys.modules[name]


def loaded(folder: Path, name: str) -> Plugin:
    """Returns the national pack and a plugin's, as the tool would put them together."""
    module = import_module(name)
    built_in = load_plugins()
    own: list[CheckKind] = module.check_kinds() if hasattr(module, "check_kinds") else []
    checks = built_in.checks() | {check.kind: check for check in own}
    national = load_pack(shipped_rules(), checks, None)
    folders: tuple[Path, ...] = tuple(module.rule_packs())
    packs = tuple(load_pack(path, checks, None, national.forms) for path in folders)
    linter = Linter((national, *packs), checks, built_in.readers(), (shipped_rules(), *folders))
    return Plugin(folder, linter, packs, folders)


def test_every_plugin_is_tested() -> None:
    assert sorted(path.name for path in PLUGINS.iterdir() if path.is_dir()) == [
        f"disclosure-lint-{p}" for p in PROVINCES
    ]


@pytest.mark.long
def test_the_examples_come_out_as_they_say(plugin: Plugin) -> None:
    for folder in plugin.folders:
        _, failures = run_examples(plugin.linter, folder)
        assert [f"{one.example.file}:{one.example.line} {one.message}" for one in failures] == []


@pytest.mark.long
def test_the_rules_catch_their_mutants_and_let_clean_reports_alone(plugin: Plugin) -> None:
    packs = [pack._replace(region=None, condition=Condition()) for pack in plugin.linter.packs]
    linter = Linter(packs, plugin.linter.checks, load_plugins().readers(), plugin.linter.folders)
    found: dict[str, list[Example]] = {}
    for example in (example for folder in plugin.folders for example in examples(folder)):
        found.setdefault(example.code, []).append(example)
    assert matrix(linter, [rule for pack in plugin.packs for rule in pack.rules], found).failures == ()


def test_every_rule_names_its_source(plugin: Plugin) -> None:
    for rule in (rule for pack in plugin.packs for rule in pack.rules):
        assert rule.law, rule.code
        assert all(len(law.clause) >= 10 for law in rule.law if law.document == "custom"), rule.code
        if rule.severity > Severity.info:
            assert any(law.document != "custom" for law in rule.law), f"{rule.code} is custom alone"


def test_every_change_gives_its_reason_and_evidence(plugin: Plugin) -> None:
    for path in plugin.folders:
        text = (path / "pack.toml").read_text(encoding="utf-8")
        changes = text.split("[[change]]")[1:]
        assert all("\nreason = " in change and "\nevidence = " in change for change in changes), path
        assert all(len(change.reason) >= 10 for pack in plugin.packs for change in pack.changes)


def test_the_readme_tells_every_rule_and_change_with_its_evidence(plugin: Plugin) -> None:
    readme = (plugin.folder / "README.md").read_text(encoding="utf-8")
    lines = [line for line in readme.splitlines() if line.startswith("| ")]
    rows = {code: line for line in lines for code in re.findall(r"[A-Z]{2}\d{3}", line.split("|")[1])}
    codes = {rule.code for pack in plugin.packs for rule in pack.rules}
    codes |= {change.code for pack in plugin.packs for change in pack.changes}
    assert codes == set(rows)
    assert all(re.search("强|中|弱|法规", rows[code].split("|")[-2]) for code in codes)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_clean_reports_break_no_rule_but_those_about_a_custom(plugin: Plugin, layout: str) -> None:
    data = report("regional", layout).text.encode()
    found = plugin.linter.bind(plugin.linter.read("a.md" if "pipes" in layout else "a.txt", data))
    assert found is not None
    for rule in (rule for pack in plugin.packs for rule in pack.rules):
        verdict = plugin.linter.judge(rule, found)
        assert verdict.outcome != "failed" or rule.code in CUSTOMS, rule.code
        assert {finding.variant for finding in verdict.findings} <= {None, "absent"}


OPENING = "# 云川县石桥镇人民政府2025年政府信息公开工作年度报告\n\n"


def severities(plugin: Plugin, region: str, text: str) -> dict[str, Severity]:
    """Returns what is found in a report that is said to be of a region."""
    result = plugin.linter.lint("a.md", (OPENING + text).encode(), Settings(region=region))
    return {diagnostic.code: diagnostic.severity for diagnostic in result.diagnostics}


def test_an_empty_report_has_the_sentences_of_the_province(plugin: Plugin) -> None:
    for pack in plugin.packs:
        settings = Settings(region=pack.id)
        begun = begin(plugin.linter, "云川县石桥镇人民政府", 2025, settings)
        assert begun.choice.region == pack.id
        result = plugin.linter.lint("a.md", begun.draft.text().encode(), settings)
        assert {one.code for one in result.diagnostics} - NUMBERS == {"DL112", "DL203", "DL401"}


@pytest.mark.parametrize("plugin", ["henan"], indirect=True)
def test_in_henan_the_period_is_not_asked_for(plugin: Plugin) -> None:
    text = "## 一、总体情况\n\n全年公开信息85条。\n"
    assert "DL403" in severities(plugin, "none", text)
    assert "DL403" not in severities(plugin, "henan", text)


@pytest.mark.parametrize("plugin", ["gansu"], indirect=True)
def test_in_wuwei_a_notice_makes_the_numbers_a_duty(plugin: Plugin) -> None:
    text = "## 一、总体情况\n\n全年公开信息85条。\n"
    assert severities(plugin, "gansu", text)["GS501"] == Severity.info
    assert severities(plugin, "wuwei", text)["GS501"] == Severity.warning


@pytest.mark.parametrize(
    ("plugin", "title"),
    [
        ("shanghai", "四、因政府信息公开工作被申请行政复议和提起行政诉讼情况"),
        ("shanxi", "一、总体工作情况"),
        ("guangdong", "四、政府信息公开行政复议及行政诉讼情况"),
        ("guangdong", "五、存在的主要问题和改进措施"),
    ],
    indirect=["plugin"],
)
def test_a_title_of_the_province_is_accepted(plugin: Plugin, title: str) -> None:
    text = f"## {title}\n\n全年没有有关情况。\n\n## 六、其他需要报告的事项\n\n本年度未收取信息处理费。\n"
    assert severities(plugin, "none", text)["DL103"] == Severity.warning
    assert severities(plugin, plugin.packs[0].id, text)["DL103"] == Severity.info


@pytest.mark.parametrize("plugin", ["jiangsu"], indirect=True)
@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("全市收取信息处理费3件600元，分别为：甲局1件100元，乙局2件500元，均已上缴国库。", "passed"),
        ("全市收取信息处理费3件700元，分别为：甲局1件100元，乙局2件500元。", "failed"),
        ("全市收取信息处理费5件600元，包括甲局一件一百元、乙局两件五百元。", "failed"),
        ("全市收取信息处理费5件900元，其中甲局1件100元，乙局2件500元。", "passed"),
        ("全市收取信息处理费2件900元，其中甲局1件100元，乙局2件500元。", "failed"),
        ("全县收取信息处理费共计380元，其中甲局1件，收取380元。", "passed"),
        ("全县收取信息处理费共计280元，其中甲局1件，收取380元。", "failed"),
        ("全市收取信息处理费5件900元，分别为甲局1件100元、乙局2件500元等。", "undetermined"),
        ("全市收取信息处理费5件900元，分别为甲局、乙局，各2件300元。", "undetermined"),
        (
            "全市收取信息处理费3件900元，分别为甲县3件900元（子局1件300元、丑局2件600元）、市本级0件0元。",
            "undetermined",
        ),
        ("全市收取信息处理费3件0.06万元，分别为甲局1件100元、乙局2件520元。", "passed"),
        ("全市收取信息处理费3件0.06万元，分别为甲局、乙局，金额100元、520元。", "undetermined"),
        ("收到申请300件，对2件收取信息处理费，共计320元。", "not_applicable"),
        ("分别向3名申请人收取信息处理费100元、200元、300元，共计600元。", "undetermined"),
        ("本年度未收取信息处理费。", "not_applicable"),
        ("甲局收取信息处理费300元，乙局收取200元，合计500元。", "passed"),
        ("甲局收取信息处理费300元，乙局收取200元，合计600元。", "failed"),
    ],
)
def test_fees_are_added_only_where_the_list_is_surely_whole(plugin: Plugin, text: str, outcome: str) -> None:
    whole = f"{OPENING}## 六、其他需要报告的事项\n\n{text}\n"
    found = plugin.linter.bind(plugin.linter.read("a.md", whole.encode()), fragment=True)
    assert found is not None
    rule = next(rule for rule in plugin.linter.rules if rule.code == "JS402")
    assert plugin.linter.judge(rule, found).outcome == outcome
