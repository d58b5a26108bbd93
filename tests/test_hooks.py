"""Hooks: each is documented as it is declared, and the plugins on its page work as if they were installed."""

import ast
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from disclosure_lint import Linter, Settings
from disclosure_lint.extensions import hooks
from disclosure_lint.extensions.registry import load_plugins
from disclosure_lint.outputs.formats import BUILT_IN
from tests.command_line import GOOD, own_place, run
from tests.installed import CODE, FILES, PACK, REPORT, RULE, install

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "hooks.md").read_text(encoding="utf-8")
EXAMPLES = ROOT / "examples" / "plugins"
NAMES = [hook.__name__ for hook in hooks.HOOKS]


def signatures() -> dict[str, str]:
    """Returns each hook as hooks.py declares it."""
    tree = ast.parse(Path(hooks.__file__).read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.returns]
    return {
        one.name: f"def {one.name}({ast.unparse(one.args)}) -> {ast.unparse(one.returns)}"
        for one in functions
        if one.returns
    }


def section(name: str) -> str:
    return PAGE.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_has_each_hook_as_it_is_declared(name: str) -> None:
    assert section(name).startswith(f"\n```python\n{signatures()[name]}\n```\n")


def test_the_page_has_all_hooks_in_order_and_no_others() -> None:
    assert re.findall(r"^## (.+)$", PAGE, re.MULTILINE) == NAMES
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == NAMES


def test_the_page_shows_the_example_plugins_as_they_are() -> None:
    shown = dict(re.findall(r"^```python file=(\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
    assert shown == {path.name: path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.py")}
    for name in NAMES:
        assert f"def {name}(" in "".join(re.findall(r"file=\S+\n(.*?)^```$", section(name), re.MULTILINE | re.DOTALL))


# The plugins on the page


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Installs an example plugin, and files beside it."""

    def do(module: str, **files: str) -> None:
        texts = {path.name: path.read_text(encoding="utf-8") for path in EXAMPLES.iterdir() if path.is_file()}
        own = {name: texts[name] for name in (f"{module}.py", "slogans.toml")}
        more = {name.replace("_toml", ".toml"): text for name, text in files.items()}
        install(tmp_path / "site", monkeypatch, {**own, **more}, "example", module)

    return do


Installed = Callable[..., None]


@pytest.mark.long
def test_the_plugin_with_rules(installed: Installed) -> None:
    installed("own_rules")
    Path("a.md").write_text(REPORT.replace("据说", "再上新台阶，"), encoding="utf-8")
    ended = run(["check", "-q", "--select", "EX", "a.md"])
    assert ended.stdout == "a.md:5:1: warning EX001 “再上新台阶”是口号；请换成具体做法和数字\n"
    assert run(["rules", "test", str(EXAMPLES / "slogans.toml")]).status == 0


def test_the_plugin_with_a_kind_of_check(installed: Installed) -> None:
    installed("longest_paragraph")
    rule = RULE.replace('[rule.pattern]\nforbid = ["据说"]', "[rule.paragraph]\nmax = 8").replace("{text}", "{length}")
    rule = rule.replace("全年公开信息 3 条。", "短。", 1).replace("⟦据说⟧全年公开信息 3 条。", "⟦全年公开信息 3 条。⟧")
    Path("own.toml").write_text(rule, encoding="utf-8")
    assert run(["rules", "lint", "own.toml"]).status == 0
    Path("wrong.toml").write_text(rule.replace("max = 8", "max = 0"), encoding="utf-8")
    ended = run(["rules", "test", "wrong.toml"])
    assert ended.status == 2
    assert "wrong.toml:11:1: 规则 ZZ001 的 paragraph 的 max 写成了 0，不能小于 1" in ended.stderr


def test_the_plugin_with_a_reader(installed: Installed) -> None:
    installed("asciidoc")
    Path("reports").mkdir()
    Path("reports/a.adoc").write_text(REPORT.replace("#", "="), encoding="utf-8")
    Path("reports/b.adoc").write_bytes(b"\xff\xfe\xfd")
    ended = run(["check", "-q", "--select", "DL001,DL102", "reports"])
    assert ended.status == 1
    assert ended.stdout.startswith("reports/a.adoc:")
    assert ended.stdout.endswith("reports/b.adoc:1:1: error DL001 文件读不出来：AsciiDoc 要用 UTF-8 编码\n")
    outline = run(["show", "--outline", "reports/a.adoc"]).stdout
    assert "一、总体情况 — 第 3 行，法定名称" in outline


def test_the_plugin_with_an_output_format(installed: Installed) -> None:
    installed("counts")
    Path("a.md").write_text(REPORT, encoding="utf-8")
    assert run(["check", "--select", "DL101", "--format", "counts", "a.md"]).stdout == "findings\tfile\n0\ta.md\n"


def test_the_plugin_that_knows_regions(installed: Installed, tmp_path: Path) -> None:
    installed("zones")
    (tmp_path / "pack.toml").write_text(PACK + 'region = "41"\n', encoding="utf-8")
    (tmp_path / "rumour.toml").write_text(RULE, encoding="utf-8")
    Path("disclosure-lint.toml").write_text(f'packs = ["{tmp_path.as_posix()}"]\n', encoding="utf-8")
    for name, agency in (("a.md", "青石滩新区管理委员会"), ("b.md", "白石滩新区管理委员会")):
        Path(name).write_text(REPORT.replace("云川县石桥镇人民政府", agency), encoding="utf-8")
    files = json.loads(run(["check", "--format", "json", "a.md", "b.md"]).stdout)["files"]
    assert [file["region"] for file in files] == ["our-city", None]
    assert files[0]["region_reason"] == "青石滩新区在 4103"
    assert "白石滩新区管理委员会" in files[1]["region_reason"]


def test_the_plugin_that_is_told_of_reports(installed: Installed) -> None:
    installed("reading_list")
    Path("a.md").write_text(REPORT, encoding="utf-8")
    Path("b.md").write_bytes(GOOD.read_bytes())
    Path("c.md").write_text("会议通知\n", encoding="utf-8")
    ended = run(["check", "-q", "--select", "DL101", "a.md", "b.md", "c.md"])
    assert ended.status == 0
    said = ended.stderr.splitlines()
    assert said[0] == "a.md: 云川县石桥镇人民政府, 2023, 0 numbers"
    assert re.fullmatch(r"b\.md: .*杏花坞镇人民政府, 2024, \d\d\d numbers", said[1])
    assert len(said) == 2


def test_the_plugin_that_changes_results(installed: Installed) -> None:
    installed("drafts")
    Path("drafts").mkdir()
    for name in ("a.md", "drafts/a.md"):
        Path(name).write_text(REPORT + "XX镇\n", encoding="utf-8")
    ended = run(["check", "-q", "--select", "DL112", "a.md", "drafts/a.md"])
    assert [line[:28] for line in ended.stdout.splitlines()] == [
        "a.md:6:1: error DL112 “XX镇”像",
        "drafts/a.md:6:1: warning DL1",
    ]
    assert ended.status == 1


# How implementations are found and called


def test_each_hook_is_called_once_a_document_or_a_linter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = "\n\n".join(
        f"@hookimpl\ndef {name}():\n    calls.append('{name}')\n    return {'None' if name in NAMES[5:] else '[]'}"
        for name in NAMES
    )
    files = {"our_plugin.py": f"from disclosure_lint import hookimpl\n\ncalls = []\n\n{calls}\n"}
    install(tmp_path / "site", monkeypatch, files)
    linter = Linter.default()
    import our_plugin  # type: ignore[import-not-found]

    assert sorted(our_plugin.calls) == sorted(NAMES[:5])
    our_plugin.calls.clear()
    for number in range(3):
        linter.lint(f"{number}.md", GOOD.read_bytes())
    assert our_plugin.calls == NAMES[5:] * 3


@pytest.mark.parametrize(
    ("places", "order"),
    [
        (("", "", ""), "cba"),
        (("(tryfirst=True)", "", "(trylast=True)"), "abc"),
        (("", "(trylast=True)", "(tryfirst=True)"), "cab"),
    ],
)
def test_what_ships_with_the_tool_is_asked_last(
    places: tuple[str, ...], order: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After plugins that ask to be the last, too."""
    code = "from types import SimpleNamespace\nfrom disclosure_lint import hookimpl\n\n"
    lines = ""
    for name, place in zip("abc", places, strict=True):
        lines += f"{name} = plugin_{name}\n"
        made = f"def output_formats():\n    return [SimpleNamespace(name='{name}', writer=None)]\n"
        (tmp_path / f"plugin_{name}.py").write_text(f"{code}@hookimpl{place}\n{made}", encoding="utf-8")
        monkeypatch.delitem(sys.modules, f"plugin_{name}", raising=False)
    points = install(tmp_path, monkeypatch) / "our_plugin-1.0.dist-info" / "entry_points.txt"
    points.write_text(f"[disclosure_lint]\n{lines}", encoding="utf-8")
    outputs = list(load_plugins().outputs())
    assert outputs[:3] == list(order)
    assert outputs[3:] == [one.name for one in BUILT_IN]


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        ("", ""),
        ("path", "path"),
        ("path, report", "(report.year, path)"),
        ("report, path='none'", "path"),
    ],
)
def test_an_implementation_takes_the_arguments_that_it_names(
    arguments: str, given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "from disclosure_lint import hookimpl\n\nseen = []\n\n"
        f"@hookimpl\ndef report_bound({arguments}):\n    seen.append({given or 'None'})\n"
    )
    install(tmp_path, monkeypatch, {"our_plugin.py": code})
    Linter.default().lint("a.md", REPORT.encode())
    import our_plugin

    # An argument with a default is not given, as in pluggy.
    wanted = {"": None, "path": "a.md", "path, report": (2023, "a.md"), "report, path='none'": "none"}[arguments]
    assert our_plugin.seen == [wanted]


def test_methods_and_functions_of_others_can_be_hooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = """
from functools import wraps
from disclosure_lint import hookimpl

seen = []

def twice(function):
    @wraps(function)
    def both(*values):
        function(*values)
        function(*values)
    return both

class Plugin:
    @hookimpl
    @twice
    def report_bound(self, path):
        seen.append(path)

plugin = Plugin()
"""
    install(tmp_path, monkeypatch, {"our_plugin.py": code})
    points = tmp_path / "our_plugin-1.0.dist-info" / "entry_points.txt"
    points.write_text(
        "[console_scripts]\nx = y:z\n\n[disclosure_lint]\n# said\nours = our_plugin:plugin [extra]\n[other]\na = b\n",
        encoding="utf-8",
    )
    Linter.default().lint("a.md", REPORT.encode())
    import our_plugin

    assert our_plugin.seen == ["a.md", "a.md"]


def test_a_wrapper_and_an_unknown_argument_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "a", monkeypatch, {"a.py": CODE.replace("rule_packs()", "rule_packs(folder)")}, "first", "a")
    wrapper = CODE.replace("@hookimpl", "@pluggy.HookimplMarker('disclosure_lint')(wrapper=True)")
    install(tmp_path / "b", monkeypatch, {"b.py": "import pluggy\n" + wrapper + "    yield\n"}, "second", "b")
    ended = run(["rules", "list"])
    assert (ended.status, ended.stdout) == (2, "")
    assert ended.stderr == (
        "错误：插件 second 的 rule_packs 写了 wrapper；这里的钩子不能包装，请去掉\n"
        "插件 first 的 rule_packs 有不认识的参数 folder；它没有参数\n"
    )


def test_two_plugins_of_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "a", monkeypatch)
    install(tmp_path / "b", monkeypatch, {"other.py": CODE}, "our-city", "other")
    assert run(["rules", "list"]).stderr == "错误：有两个插件都叫 our-city；请卸载其中一个\n"


def test_one_module_under_two_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    points = install(tmp_path, monkeypatch) / "our_plugin-1.0.dist-info" / "entry_points.txt"
    points.write_text("[disclosure_lint]\none = our_plugin\ntwo = our_plugin\n", encoding="utf-8")
    assert run(["rules", "list"]).stderr == "错误：插件 one 和 two 是同一个模块 our_plugin；请去掉一个\n"


def test_of_a_distribution_the_first_on_the_path_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "a", monkeypatch)
    first = install(tmp_path / "b", monkeypatch, {**FILES, "our_rules/pack.toml": PACK.replace('"1"', '"2"')})
    assert [pack.version for pack in Linter.default().packs][1:] == ["2"]
    (first / "our_plugin-1.0.dist-info" / "entry_points.txt").unlink()
    assert [pack.id for pack in Linter.default().packs] == ["national"]


def test_results_of_all_that_are_asked_are_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        code = (
            "from disclosure_lint import hookimpl\n\n@hookimpl\ndef diagnostics_ready(result):\n"
            f"    return result._replace(path=result.path + '{name}')\n"
        )
        install(tmp_path / name, monkeypatch, {f"plugin_{name}.py": code}, name, f"plugin_{name}")
    assert Linter.default().lint("x.md", REPORT.encode(), Settings()).path == "x.mdab"
