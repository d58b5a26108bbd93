"""Packs of a province or a city: for whom they are, what they change, and how they are loaded without any Python."""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.engine.pack_registry import PackRegistry
from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.result import FileResult
from disclosure_lint.packs import shipped_rules
from disclosure_lint.settings import Settings
from tests import installed
from tests.command_line import GOOD, own_place, run

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

HEAD = """\
[pack]
id = "river"
title = "大河省"
version = "2026.1"
licence = "Apache-2.0"
"""
RULE = f"\n{installed.RULE}"
ALIAS = """
[[alias]]
section = "review"
wordings = ["复议诉讼办理情况"]
"""
TEXT = GOOD.read_text(encoding="utf-8")
RUMOUR = TEXT + "\n据说如此。\n"


class Guess(NamedTuple):
    """What a table of divisions might say."""

    code: str | None
    reason: LocalizedText = LocalizedText("名称里有大河省", "the name says so")


def pack(name: str, pack_toml: str, rules: str = "") -> Path:
    """Writes a pack as a folder."""
    folder = Path(name)
    folder.mkdir()
    (folder / "pack.toml").write_text(pack_toml, encoding="utf-8")
    if rules:
        (folder / "rules.toml").write_text(rules, encoding="utf-8")
    return folder


def linter(*folders: Path, code: str | None = "419900") -> Linter:
    """Returns a linter with those packs for which every authority is in one place."""
    registry = PackRegistry()
    loaded = registry.packs(folders)
    return Linter(tuple(loaded.values()), registry.checks, registry.readers, tuple(loaded), lambda *_: Guess(code))


def verdicts(result: FileResult) -> dict[str, str]:
    return {entry.code: entry.verdict for entry in result.ledger}


def lint(linter: Linter, text: str = RUMOUR, **settings: str) -> FileResult:
    return linter.lint("a.md", text.encode(), Settings(**settings))  # type: ignore[arg-type]


# Who a pack is for


@pytest.mark.parametrize(
    ("region", "code", "applies"),
    [("41", "419900", True), ("4199", "419900", True), ("42", "419900", False), ("41", None, False)],
)
def test_a_regional_pack_is_for_the_authorities_there(region: str, code: str | None, applies: bool) -> None:
    result = lint(linter(pack("p", f'{HEAD}region = "{region}"\n', RULE), code=code))
    assert ("ZZ001" in verdicts(result)) is applies
    assert result.region == ("river" if applies else None)
    assert result.region_reason == LocalizedText("名称里有大河省", "the name says so")


def test_what_the_table_of_divisions_is_asked() -> None:
    asked: list[tuple[str, int | None, str]] = []

    def region_of(agency: str, year: int | None, text: str) -> Guess:
        asked.append((agency, year, text))
        return Guess("41")

    registry = PackRegistry()
    loaded = registry.packs([pack("p", HEAD + 'region = "41"\n', RULE)])
    lint(Linter(tuple(loaded.values()), registry.checks, registry.readers, (), region_of), TEXT)
    ((agency, year, text),) = asked
    assert agency.endswith("杏花坞镇人民政府")
    assert (year, text) == (2024, TEXT)


@pytest.mark.parametrize("region", ["none", "river"])
def test_a_region_that_is_asked_for_needs_no_guess(region: str) -> None:
    folder = pack("p", HEAD + 'region = "41"\nagency = "局$"\n', RULE)
    registry = PackRegistry()
    loaded = registry.packs([folder])

    def never(*_: object) -> Guess:
        raise AssertionError

    result = lint(Linter(tuple(loaded.values()), registry.checks, registry.readers, (), never), region=region)
    assert ("ZZ001" in verdicts(result)) is (region == "river")
    assert result.region == (None if region == "none" else "river")


@pytest.mark.parametrize(
    ("condition", "applies"),
    [
        ('agency = "镇人民政府$"', True),
        ('agency = "局$"', False),
        ('forms = ["2021"]', True),
        ('forms = ["2019"]', False),
        ("first_year = 2023", True),
        ("first_year = 2025", False),
        ("last_year = 2022", False),
    ],
)
def test_the_other_conditions(condition: str, applies: bool) -> None:
    result = lint(linter(pack("p", f"{HEAD}{condition}\n", RULE)))
    assert ("ZZ001" in verdicts(result)) is applies
    assert (result.region, result.region_reason) == (None, None)


def test_the_most_local_pack_goes_over_the_others() -> None:
    change = '\n[[change]]\ncode = "DL403"\nseverity = "{}"\nreason = "本地如此"\n'
    city = HEAD.replace("river", "city") + 'region = "4199"\nextends = "river"\n' + change.format("error")
    province = HEAD + 'region = "41"\n' + change.format("off")
    result = lint(linter(pack("city", city), pack("province", province)))
    assert [d.severity for d in result.diagnostics if d.code == "DL403"] == [Severity.error]
    assert result.region == "city"


def test_a_pack_that_is_asked_for_brings_what_it_stands_on() -> None:
    city = HEAD.replace("river", "city") + 'region = "4188"\nextends = "river"\n'
    made = linter(pack("city", city), pack("province", HEAD + 'region = "41"\n', RULE), code=None)
    assert "ZZ001" in verdicts(lint(made, region="city"))


# What a pack changes


def changed(toml: str, text: str = TEXT) -> FileResult:
    return lint(linter(pack("p", f"{HEAD}{toml}")), text)


def test_off_and_back_on() -> None:
    off = '[[change]]\ncode = "DL403"\nseverity = "off"\nreason = "本省不写统计期限"\nevidence = "strong"\n'
    made = linter(pack("p", f"{HEAD}{off}"))
    assert "DL403" not in verdicts(lint(made))
    again = made.lint("a.md", RUMOUR.encode(), Settings(extend_select=("DL403",)))
    assert [d.severity for d in again.diagnostics if d.code == "DL403"] == [Severity.info]


def test_another_severity() -> None:
    result = changed('[[change]]\ncode = "DL403"\nseverity = "error"\nreason = "本省要求写"\n')
    assert [d.severity for d in result.diagnostics if d.code == "DL403"] == [Severity.error]


def test_a_rule_that_replaces_another() -> None:
    made = linter(pack("p", HEAD + 'region = "41"\n', RULE.replace("why =", 'replaces = ["DL403"]\nwhy =')))
    codes = verdicts(lint(made))
    assert "ZZ001" in codes
    assert "DL403" not in codes
    assert "DL403" in verdicts(lint(made, region="none"))


OTHER_TITLE = TEXT.replace("政府信息公开行政复议、行政诉讼情况", "复议诉讼办理情况")


@pytest.mark.parametrize(
    ("alias", "severity"), [(ALIAS, Severity.warning), (ALIAS + "accepted = true\n", Severity.info)]
)
def test_wordings_of_a_section(alias: str, severity: Severity) -> None:
    assert OTHER_TITLE != TEXT
    for region in ("", 'region = "41"\n'):
        name = "p" + region[:1]
        result = lint(linter(pack(name, HEAD + region + alias)), OTHER_TITLE)
        found = [d.severity for d in result.diagnostics if d.code == "DL103"]
        assert found == [severity]


def test_wordings_of_a_row_and_a_column() -> None:
    text = TEXT.replace("规章", "本市法度").replace("自然人", "平头百姓")
    assert {d.code for d in lint(linter(), text).diagnostics} & {"DL202"}
    alias = """
[[alias]]
table = "disclosed"
row = "regulations"
forms = ["2021"]
wordings = ["本市法度"]
[[alias]]
table = "requests"
column = "natural"
wordings = ["平头百姓"]
"""
    result = changed(alias, text)
    assert not {d.code for d in result.diagnostics} & {"DL202"}


def test_a_form_of_its_own_goes_into_the_place_of_the_national_one() -> None:
    folder = pack("p", HEAD + 'region = "41"\n')
    form = (shipped_rules() / "forms" / "2021.toml").read_text(encoding="utf-8")
    (folder / "forms").mkdir()
    title = 'title = "政府信息公开行政复议、行政诉讼情况"'
    assert title in form
    own = form.replace(title, 'title = "复议诉讼办理情况"', 1)
    (folder / "forms" / "2021.toml").write_text(own, encoding="utf-8")
    made = linter(folder)
    assert not [d for d in lint(made, OTHER_TITLE).diagnostics if d.code == "DL103"]
    assert [d for d in lint(made, TEXT).diagnostics if d.code == "DL103"]
    assert not [d for d in lint(made, TEXT, region="none").diagnostics if d.code == "DL103"]


def test_the_same_after_the_cache() -> None:
    folder = pack(
        "p", HEAD + 'region = "41"\nforms = ["2021"]\n' + ALIAS, RULE.replace("why", 'replaces = ["DL403"]\nwhy', 1)
    )
    first = PackRegistry().packs([folder])
    assert PackRegistry().packs([folder]) == first == PackRegistry(use_cache=False).packs([folder])
    loaded = first[folder]
    assert (loaded.extends, loaded.region, loaded.condition.forms) == ("national", "41", ("2021",))
    assert loaded.rules[0].replaces == ("DL403",)


# A pack as one file, through configuration


def test_a_city_pack_in_one_file_through_the_configuration() -> None:
    change = '[[change]]\ncode = "DL403"\nseverity = "off"\nreason = "本市不写"\n'
    Path("rules").mkdir()
    Path("rules/our-city.toml").write_text(change + RULE, encoding="utf-8")
    Path("town").mkdir()
    Path("town/a.md").write_text(RUMOUR, encoding="utf-8")
    Path("b.md").write_text(RUMOUR, encoding="utf-8")
    Path("town/disclosure-lint.toml").write_text('packs = ["../rules/our-city.toml"]\n', encoding="utf-8")
    assert codes(run(["check", "--format", "json", "town/a.md", "b.md"]).stdout) == {
        "town/a.md": ["ZZ001"],
        "b.md": ["DL403"],
    }
    Path("other.toml").write_text('packs = ["rules/our-city.toml"]\nselect = ["ZZ001"]\n', encoding="utf-8")
    assert codes(run(["check", "--format", "json", "--config", "other.toml", "b.md"]).stdout) == {"b.md": ["ZZ001"]}


def codes(output: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for diagnostic in json.loads(output)["diagnostics"]:
        found.setdefault(diagnostic["path"], []).append(diagnostic["code"])
    return found


def configured(pack_toml: str = HEAD, rules: str = RULE, more: str = "") -> None:
    """Writes a pack, a configuration that names it, and a report."""
    pack("ours", pack_toml, rules)
    Path("disclosure-lint.toml").write_text(f'{more}packs = ["ours"]\n', encoding="utf-8")
    Path("a.md").write_text(RUMOUR, encoding="utf-8")


def test_codes_of_a_pack_may_be_named_where_it_is_loaded() -> None:
    configured(more='select = ["ZZ001"]\n')
    assert "ZZ001" in run(["check", "a.md"]).stdout
    assert "ZZ001" in run(["check", "--select", "ZZ", "a.md"]).stdout
    assert run(["check", "--isolated", "--select", "ZZ", "a.md"]).status == 2
    assert "没有代码或名称为“ZZ”的规则" in run(["check", "--isolated", "--select", "ZZ", "a.md"]).stderr


def test_the_pack_in_list_and_explain() -> None:
    configured()
    assert "ZZ001  warning  rumour" in run(["rules", "list"]).stdout
    assert "river" in run(["rules", "list"]).stdout
    shown = run(["explain", "ZZ001"])
    assert (shown.status, shown.stderr) == (0, "")
    assert "river 2026.1 大河省, rules.toml:2" in shown.stdout
    assert run(["explain", "ZZ001", "--isolated"]).status == 2


def test_which_rules_are_on_for_a_report() -> None:
    change = '[[change]]\ncode = "DL403"\nseverity = "off"\nreason = "本省不写"\n'
    configured(HEAD + 'region = "41"\n' + change, RULE.replace("why", 'replaces = ["DL401"]\nwhy', 1))
    Path("disclosure-lint.toml").write_text('packs = ["ours"]\nignore = ["DL112"]\n', encoding="utf-8")
    Path("disclosure-lint.toml").write_text(
        'packs = ["ours"]\nignore = ["DL112"]\nregion = "river"\n', encoding="utf-8"
    )
    shown = run(["rules", "list", "--for", "a.md"]).stdout.splitlines()
    assert shown[0] == "地区规则包 river：按要求用 river"
    lines = {line[5:10]: line for line in shown[1:]}
    assert lines["ZZ001"].startswith("on ")
    assert lines["DL301"].startswith("on ")
    assert lines["DL401"].endswith("（由规则包 river 的 ZZ001 代替）")
    assert lines["DL403"].endswith("（规则包 river 关掉了它：本省不写）")
    assert lines["DL112"].endswith("（设置里没有选它）")
    Path("disclosure-lint.toml").write_text('packs = ["ours"]\nregion = "none"\n', encoding="utf-8")
    data = {
        rule["code"]: rule for rule in json.loads(run(["rules", "list", "--for", "a.md", "--format", "json"]).stdout)
    }
    assert (data["ZZ001"]["on"], data["DL401"]["on"]) == (False, True)
    assert data["ZZ001"]["reason"].startswith("规则包 river 不用于这份年报：只用于区划代码以 41 开头的机关")


def test_the_region_is_told() -> None:
    configured(HEAD + 'region = "41"\n')
    (file,) = json.loads(run(["check", "--region", "river", "--format", "json", "a.md"]).stdout)["files"]
    assert (file["region"], file["region_reason"]) == ("river", "按要求用 river")
    assert "a.md 地区规则包 river：按要求用 river\n" in run(["check", "-v", "--region", "river", "a.md"]).stdout
    ended = run(["check", "--region", "lake", "a.md"])
    assert (ended.status, ended.stderr) == (2, "错误：--region：没有“lake”这个地区的规则包；可写 auto、none、river\n")
    assert run(["check", "--lang", "en", "--region", "lake", "a.md"]).stderr.endswith(
        "write one of auto, none, river\n"
    )


@pytest.mark.long
def test_the_examples_of_a_pack_are_run() -> None:
    alias = HEAD + 'region = "41"\n' + ALIAS
    pack("ours", alias, RULE)
    ended = run(["rules", "test", "ours"])
    assert (ended.status, ended.stdout.splitlines()[0]) == (0, "规则包 river：规则 1 条，例子 2 个，失败 0 个")
    Path("one.toml").write_text(RULE.replace("⟦据说⟧", "⟦据⟧说"), encoding="utf-8")
    ended = run(["rules", "test", "one.toml"])
    assert ended.status == 1
    assert ended.stdout.startswith("one.toml:16: ZZ001 应标在 “据”")


# Broken packs


def change(code: str) -> str:
    return f'[[change]]\ncode = "{code}"\nseverity = "off"\nreason = "无"\n'


@pytest.mark.parametrize(
    ("pack_toml", "rules", "place", "says"),
    [
        (HEAD + 'region = "412"\n', RULE, "pack.toml:6:1", "行政区划代码"),
        (HEAD + 'regoin = "41"\n', RULE, "pack.toml:6:1", "是否想写 “region”？"),
        (HEAD + 'agency = "(镇"\n', RULE, "pack.toml:6:11", "少一个 )"),
        (HEAD + 'forms = ["2020"]\n', RULE, "pack.toml:6:10", "没有叫 “2020” 的年报格式"),
        (HEAD + "first_year = 2023\nlast_year = 2021\n", RULE, "pack.toml:7:1", "last_year 早于 first_year"),
        (HEAD + 'extends = "sea"\n', RULE, "pack.toml:6:1", "没有装入规则包 “sea”，装入的有：national"),
        (HEAD + 'extends = "river"\n', RULE, "pack.toml:6:1", "绕成了圈"),
        (HEAD + change("DL404"), RULE, "pack.toml:7:1", "规则包 “national” 里没有规则 DL404，是不是 DL"),
        (HEAD + change("ZZ001"), RULE, "pack.toml:7:1", "里没有规则 ZZ001"),
        (HEAD + change("DL403") + change("DL403"), RULE, "pack.toml:11:1", "要改的规则 “DL403” 写了两次"),
        (HEAD + '[[change]]\ncode = "DL403"\nseverity = "off"\n', RULE, "pack.toml:6:1", "缺少 reason（为什么）"),
        (HEAD, RULE.replace("why", 'replaces = ["DL3010"]\nwhy', 1), "rules.toml:8:13", "DL3010"),
        (HEAD, RULE.replace("why", 'replaces = ["DL399"]\nwhy', 1), "rules.toml:8:13", "没有规则 DL399"),
        (HEAD, RULE.replace("ZZ001", "DL301"), "rules.toml:3:1", "规则代码 DL301 在规则包 national 和 river 里都有"),
        (HEAD.replace("river", "national"), RULE, "pack.toml:2:1", "规则包 “national” 已经装入"),
        (HEAD + ALIAS.replace("review", "reviews"), RULE, "pack.toml:8:1", "没有叫 “reviews” 的部分"),
        (HEAD + ALIAS + 'table = "review"\n', RULE, "pack.toml:10:1", "section 和 table 只能写一个"),
        (HEAD + ALIAS + 'row = "new"\n', RULE, "pack.toml:10:1", "只能写 section、row 之一"),
        (HEAD + ALIAS.replace("section", "row"), RULE, "pack.toml:8:1", "写了 row，还要写 table"),
        (HEAD + ALIAS.replace("section", "table"), RULE, "pack.toml:7:1", "缺少 section、row、column 之一"),
        (HEAD + ALIAS.replace('section = "review"', 'table = "x"\nrow = "new"'), RULE, "pack.toml:8:1", "“x” 的表"),
        (
            HEAD + ALIAS.replace('section = "review"', 'table = "requests"\nrow = "nwe"'),
            RULE,
            "pack.toml:9:1",
            "没有叫 “nwe” 的行",
        ),
        (
            HEAD + ALIAS.replace('section = "review"', 'table = "requests"\ncolumn = "new"'),
            RULE,
            "pack.toml:9:1",
            "没有叫 “new” 的列",
        ),
        (HEAD + ALIAS.replace("复议诉讼办理情况", "总体情况"), RULE, "pack.toml:9:13", "已经是另一部分 overview"),
        (HEAD + ALIAS + 'forms = ["2020"]\n', RULE, "pack.toml:10:10", "没有叫 “2020” 的年报格式"),
        ("", RULE, "pack.toml:1:1", "缺少 pack"),
        (HEAD, RULE + "[", "rules.toml:19:2", "不是合法的 TOML"),
        (HEAD, RULE.replace("[rule.pattern]", "[rule.patern]"), "rules.toml:11:7", "patern"),
    ],
)  # fmt: skip
@pytest.mark.long
def test_a_broken_pack_is_told_with_its_place(pack_toml: str, rules: str, place: str, says: str) -> None:
    configured(pack_toml, rules)
    ended = run(["check", "a.md"])
    assert (ended.status, ended.stdout) == (2, "")
    line = next(line for line in ended.stderr.splitlines() if says in line)
    assert line.removeprefix("错误：").startswith(f"ours/{place}: ")
    assert run(["check", "--isolated", "a.md"]).status < 2


def test_a_pack_that_is_not_there() -> None:
    Path("a.md").write_text(RUMOUR, encoding="utf-8")
    Path("disclosure-lint.toml").write_text('packs = [\n  "ours",\n]\n', encoding="utf-8")
    assert run(["check", "a.md"]).stderr.startswith("错误：disclosure-lint.toml:2:3: 没有“ours”这个规则包")
    Path("ours").mkdir()
    assert run(["check", "a.md"]).stderr == "错误：ours: 这里没有规则包：缺少 pack.toml\n"


def test_two_packs_of_a_user_may_not_share_a_code() -> None:
    one, two = Path("one.toml"), Path("two.toml")
    one.write_text(RULE, encoding="utf-8")
    two.write_text("# 又一个\n" + RULE, encoding="utf-8")
    with pytest.raises(UserError, match="ZZ001") as caught:
        Linter.default(packs=[one, two])
    assert str(caught.value).startswith("two.toml:4:1: 规则代码 ZZ001 在规则包 one.toml 和 two.toml 里都有")


# What it costs those who have no packs


def test_nothing_of_this_is_imported_without_packs() -> None:
    code = (
        "import sys\n"
        "from disclosure_lint.cli.main import main\n"
        "main(['check', '-q', sys.argv[1]])\n"
        "print(*sorted(sys.modules))\n"
    )
    Path("a.md").write_text(TEXT, encoding="utf-8")
    for _ in range(2):
        ended = subprocess.run([sys.executable, "-c", code, "a.md"], capture_output=True, check=True, text=True)
    imported = set(ended.stdout.splitlines()[-1].split())
    for name in (
        "packs.pack_files",
        "divisions.region",
    ):
        assert f"disclosure_lint.{name}" not in imported
    assert "tomli" not in imported


# Packs that stand on packs


def sums(formula: str) -> str:
    """A rule of a pack with that formula over table 三."""
    head, _ = RULE.split("[rule.pattern]")
    return f"""{head.replace("ZZ001", "ZZ301").replace("rumour", "own-sum").replace("{text}", "{where}")}
[rule.equation]
each = "requests.columns"
formula = "{formula}"
[[rule.example]]
ok = true
facts = {{ "requests[new,total]" = 0 }}
[[rule.example]]
finds = ["ZZ301"]
facts = {{ "requests[new,total]" = 1 }}
"""


WORDED = """
[[alias]]
table = "requests"
row = "new"
wordings = ["本市新收申请"]
"""


@pytest.mark.long
def test_rules_speak_of_rows_by_the_aliases_of_their_own_pack() -> None:
    pack("ours", HEAD + WORDED, sums("本市新收申请 = outcome_total"))
    ended = run(["rules", "test", "ours"])
    assert ended.status == 0, ended.stdout


def test_rules_speak_of_rows_by_the_aliases_of_the_pack_that_theirs_extends() -> None:
    pack("ours", HEAD + WORDED)
    lake = HEAD.replace("river", "lake") + 'extends = "river"\n'
    pack("lake", lake, sums("本市新收申请 = outcome_total"))
    Path("a.md").write_text(TEXT, encoding="utf-8")
    for packs in ('["ours", "lake"]', '["lake", "ours"]'):
        Path("disclosure-lint.toml").write_text(f"packs = {packs}\n", encoding="utf-8")
        assert run(["check", "a.md"]).status < 2
    Path("disclosure-lint.toml").write_text('packs = ["lake"]\n', encoding="utf-8")
    ended = run(["check", "a.md"])
    assert ended.status == 2
    assert "本市新收申请" in ended.stderr


def test_rules_are_compiled_for_the_forms_of_the_pack_that_theirs_extends() -> None:
    folder = pack("ours", HEAD)
    form = (shipped_rules() / "forms" / "2021.toml").read_text(encoding="utf-8")
    (folder / "forms").mkdir()
    (folder / "forms" / "2031.toml").write_text(
        form.replace('id = "2021"', 'id = "2031"').replace("first_year = 2021", "first_year = 2031"), encoding="utf-8"
    )
    pack("lake", HEAD.replace("river", "lake") + 'extends = "river"\n', sums("new = outcome_total"))
    linter = Linter.default(packs=[Path("lake"), Path("ours")])
    rule = next(rule for rule in linter.rules if rule.code == "ZZ301")
    assert set(rule.options["forms"]) == {"2019", "2021", "2031"}
    late = TEXT.replace("2023", "2032")
    ledger = {entry.code: entry.verdict for entry in linter.lint("a.md", late.encode()).ledger}
    assert ledger["ZZ301"] == "failed"


# What is read of a report, with the packs of its configuration


def test_show_and_facts_read_with_the_packs_of_the_configuration() -> None:
    configured(HEAD + WORDED.replace("wordings = [", 'wordings = ["另收的申请", '))
    text = TEXT.replace("一、本年新收政府信息公开申请数量", "一、另收的申请")
    assert text != TEXT
    Path("a.md").write_text(text, encoding="utf-8")
    name = "requests[new,total]"
    assert name in run(["facts", "a.md"]).stdout
    assert name not in run(["facts", "--isolated", "a.md"]).stdout
    with_pack = run(["show", "--outline", "a.md"])
    assert with_pack.status == 0
    assert with_pack.stdout != run(["show", "--outline", "--isolated", "a.md"]).stdout
    assert with_pack.stdout == run(["show", "--outline", "--config", "disclosure-lint.toml", "a.md"]).stdout


def test_show_takes_the_form_of_the_configuration() -> None:
    Path("a.md").write_text(TEXT, encoding="utf-8")
    Path("disclosure-lint.toml").write_text('form = "2019"\n', encoding="utf-8")
    assert "2019" in run(["show", "--outline", "a.md"]).stdout
    assert (
        run(["show", "--outline", "--form", "2021", "a.md"]).stdout
        == run(["show", "--outline", "--isolated", "a.md"]).stdout
    )
