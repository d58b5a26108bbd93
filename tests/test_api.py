"""The public interface: linting from Python, and the promise that plugins need nothing else."""

import ast
import importlib
import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

import disclosure_lint
from disclosure_lint import (
    Linter,
    LocalizedText,
    Settings,
    Severity,
    Span,
    UserError,
    lint_bytes,
    lint_path,
    lint_text,
    testing,
)
from tests.command_line import GOOD, own_place
from tests.installed import PACK, REPORT, RULE

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
TOWN = REPORT + "XX镇\n"


# The three functions


def test_a_text() -> None:
    result = lint_text(TOWN, select=["DL112"])
    (found,) = result.diagnostics
    assert (found.path, found.code, found.severity) == ("report.md", "DL112", Severity.error)
    assert found.span == Span(TOWN.index("XX镇"), TOWN.index("XX镇") + 3)
    assert result.source is not None
    assert result.source.position(found.span.start) == (6, 1)
    assert [(one.code, one.verdict) for one in result.ledger] == [("DL112", "failed")]


def test_text_bytes_and_path_give_the_same() -> None:
    Path("a.md").write_text(TOWN, encoding="utf-8")
    by_path = lint_path(Path("a.md"))
    assert (
        by_path.diagnostics == lint_text(TOWN, name="a.md").diagnostics == lint_bytes(TOWN.encode(), "a.md").diagnostics
    )
    assert by_path.diagnostics == Linter.default().lint("a.md", TOWN.encode()).diagnostics
    assert lint_path("a.md").ledger == by_path.ledger


@pytest.mark.parametrize("before", ["\ufeff", "\ufeff\ufeff", "\ud800\n", "\r\n", "𬭎\n"])
def test_spans_count_in_the_text_as_it_was_given(before: str) -> None:
    text = before + TOWN
    (found,) = lint_text(text, select=["DL112"]).diagnostics
    assert text[found.span.start : found.span.end] == "XX镇"


@given(st.text(max_size=300))
def test_no_text_is_an_error(text: str) -> None:
    result = LINTER.lint("report.md", text.encode("utf-8", "replace"))
    assert result.status in ("linted", "not_a_report", "unreadable")
    assert all(0 <= one.span.start <= one.span.end <= len(text) for one in result.diagnostics)


LINTER = Linter.default()


def test_a_file_of_no_report_and_one_that_is_damaged() -> None:
    assert lint_text("会议通知").status == "not_a_report"
    assert lint_bytes(bytes(5000), "a.md").diagnostics[0].code == "DL001"


def test_a_missing_file_is_for_the_caller() -> None:
    with pytest.raises(FileNotFoundError):
        lint_path("nowhere.md")


# Options


def codes(**options: Any) -> dict[str, str]:
    return {one.code: one.severity.name for one in lint_text(TOWN, **options).diagnostics}


def test_options_are_those_of_the_configuration() -> None:
    everything = codes()
    assert everything["DL112"] == "error"
    assert codes(select=["DL1"]) == {code: grade for code, grade in everything.items() if code.startswith("DL1")}
    assert "DL112" not in codes(ignore=("placeholder",))
    assert codes(select=("DL112",), severity={"DL112": "info"}) == {"DL112": "info"}
    assert codes(select=("DL112",), severity={"DL1": Severity.warning}) == {"DL112": "warning"}
    assert codes(settings=Settings(select=("DL112",))) == {"DL112": "error"}
    assert codes(profile="draft") != codes(profile="publish")
    assert lint_text(TOWN, form="2019").report.form.id == "2019"  # type: ignore[union-attr]


def test_no_configuration_is_read_but_the_one_that_is_named() -> None:
    Path("disclosure-lint.toml").write_text(
        'select = ["DL112", "ZZ"]\npacks = ["own.toml"]\nseverity = { DL112 = "info" }\n', encoding="utf-8"
    )
    Path("own.toml").write_text(RULE, encoding="utf-8")
    assert "ZZ001" not in codes()
    assert codes(config="disclosure-lint.toml") == {"DL112": "info", "ZZ001": "warning"}
    assert codes(config="disclosure-lint.toml", ignore=["DL112"]) == {"ZZ001": "warning"}
    assert codes(config="disclosure-lint.toml", select=["ZZ001"], severity={"ZZ": "error"}) == {"ZZ001": "error"}


@pytest.mark.long
def test_packs_and_regions() -> None:
    Path("town").mkdir()
    Path("town/pack.toml").write_text(PACK + 'region = "41"\n', encoding="utf-8")
    Path("town/own.toml").write_text(RULE, encoding="utf-8")
    assert "ZZ001" in codes(packs=["town"], region="our-city")
    assert "ZZ001" not in codes(packs=[Path("town")], region="none")
    assert testing.failing_examples(Path("town")) == []
    wrong = RULE.replace("⟦据说⟧全年", "⟦据⟧说全年")
    Path("town/own.toml").write_text(wrong, encoding="utf-8")
    assert testing.failing_examples(Path("town")) == ["town/own.toml:15: ZZ001 应标在 “据”，实际标在 “据说”"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"select": ["DL1", "DL999"]}, "select.1：没有代码或名称为“DL999”的规则"),
        ({"extend_select": ["nought"]}, "extend_select.0：没有代码或名称为“nought”的规则"),
        ({"profile": "mars"}, "profile：没有“mars”这个方案"),
        ({"region": "mars"}, "region：没有“mars”这个地区的规则包；可写 auto、none"),
        ({"form": "2015"}, "form：没有“2015”这个表式，可用的有：auto、2019、2021"),
        ({"severity": {"DL112": "fatal"}}, 'severity.DL112：这里只能是 "error" / "warning" / "info" / "off"'),
        ({"packs": ["nowhere"]}, "nowhere: 读不了规则包：No such file or directory"),
    ],
)
def test_an_option_that_refers_to_nothing(options: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError) as caught:
        lint_text(TOWN, **options)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize("options", [{"slect": []}, {"settings": Settings(), "select": ["DL1"]}])
def test_an_option_that_there_is_not(options: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        lint_text(TOWN, **options)


# What is public


def test_every_public_name_is_there_and_says_what_it_is() -> None:
    assert len(set(disclosure_lint.__all__)) == len(disclosure_lint.__all__)
    for name in disclosure_lint.__all__:
        found = getattr(disclosure_lint, name)
        is_class = inspect.isclass(found) and get_origin(found) is None  # Python 3.10 takes `Callable[…]` for one
        if is_class or inspect.isfunction(found):
            assert found.__doc__, name
            assert found.__module__.startswith("disclosure_lint."), name


def test_public_methods_and_properties_say_what_they_return() -> None:
    for name in disclosure_lint.__all__:
        found = getattr(disclosure_lint, name)
        if inspect.isclass(found):
            for member, value in vars(found).items():
                if not member.startswith("_") and (
                    inspect.isfunction(value) or isinstance(value, (property, classmethod))
                ):
                    assert inspect.getdoc(getattr(found, member)), f"{name}.{member}"


def test_the_lists_of_public_names_agree() -> None:
    tree = ast.parse(Path(disclosure_lint.__file__).read_text(encoding="utf-8"))
    for_type_checkers = next(node for node in tree.body if isinstance(node, ast.If))
    typed = {
        (node.module.removeprefix("disclosure_lint."), alias.name)
        for node in ast.walk(for_type_checkers)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("disclosure_lint.")
        for alias in node.names
    }
    homes: dict[str, tuple[str, ...]] = vars(disclosure_lint)["_HOMES"]
    assert typed == {(home, name) for home, names in homes.items() for name in names}
    assert {name for _, name in typed} | {"__version__"} == set(disclosure_lint.__all__)
    assert set(disclosure_lint.__all__) <= set(dir(disclosure_lint))
    with pytest.raises(AttributeError, match="no attribute 'Nonsense'"):
        getattr(disclosure_lint, "Nonsense")  # noqa: B009


def test_the_page_has_every_public_name() -> None:
    listed = re.findall(r"`(\w+)`", PAGE.partition("## All names")[2])
    assert sorted(listed) == sorted(disclosure_lint.__all__)


def test_asking_for_one_name_imports_little() -> None:
    code = "import sys; from disclosure_lint import hookimpl; print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    modules = set(ended.stdout.split())
    assert "disclosure_lint.extensions.hooks" in modules
    left_out = {"disclosure_lint.engine.linter", "disclosure_lint.api", "disclosure_lint.settings"}
    assert left_out & modules == set()


# What the page says


def test_the_programs_on_the_page_print_what_is_shown() -> None:
    parts = re.findall(r"```python\n(.*?)```(?:\n\n(?:prints\n\n)?```text\n(.*?)```)?", PAGE, re.DOTALL)
    assert len(parts) == 4
    Path("examples").symlink_to(ROOT / "examples")
    Path("my-rules").mkdir()
    Path("my-rules/pack.toml").write_text(PACK, encoding="utf-8")
    Path("my-rules/own.toml").write_text(RULE, encoding="utf-8")
    for code, printed in parts:
        program = "from pathlib import Path\n" + code
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
        ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment)
        assert (ended.stdout, ended.stderr) == (printed, "")


# What plugins import


def sources() -> list[Path]:
    """Returns all Python files that live by the public interface: plugins with their tests, examples, templates."""
    found = [*(ROOT / "plugins").rglob("*.py"), *(ROOT / "examples").rglob("*.py")]
    return sorted(path for path in found if not {".venv", "build"} & set(path.parts))


def imported(tree: ast.AST) -> Iterator[tuple[str, str | None]]:
    """Yields each module of ours that is imported, with the name that is taken from it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.module, alias.name) for alias in node.names)


def private(code: str) -> list[str]:
    """Returns what a plugin imports of ours that is not public."""
    wrong = []
    for module, name in imported(ast.parse(code)):
        if module.partition(".")[0] != "disclosure_lint":
            continue
        public = module in ("disclosure_lint", "disclosure_lint.testing")
        if not public or (name and name not in importlib.import_module(module).__all__):
            wrong.append(f"{module}.{name}" if name else module)
    return wrong


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_plugins_import_only_what_is_public(path: Path) -> None:
    assert private(path.read_text(encoding="utf-8")) == []


_PROGRAM = re.compile(r"^```python.*?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SIGNATURE = re.compile(r"^(def \w+\(.*\) -> [^:\n]+)$", re.MULTILINE)


@pytest.mark.parametrize("page", [*ROOT.glob("docs/*.md"), *ROOT.glob("*.md")], ids=lambda page: page.name)
def test_programs_in_the_documentation_import_only_what_is_public(page: Path) -> None:
    for code in _PROGRAM.findall(page.read_text(encoding="utf-8")):
        assert private(_SIGNATURE.sub(r"\1: ...", code)) == []


def test_what_is_private_is_noticed() -> None:
    assert private("import disclosure_lint.engine.linter") == ["disclosure_lint.engine.linter"]
    assert private("from disclosure_lint import Linter, engine") == ["disclosure_lint.engine"]
    assert private("from disclosure_lint.model.rule import Rule") == ["disclosure_lint.model.rule.Rule"]
    assert private("import disclosure_lint\nfrom disclosure_lint.testing import failing_examples") == []


def test_results_are_plain_data() -> None:
    """They can be sent to other processes, failures included."""
    import pickle

    result = lint_bytes(GOOD.read_bytes(), "a.md")
    assert pickle.loads(pickle.dumps(result._replace(report=None, source=None))).ledger == result.ledger
    assert json.dumps(LocalizedText("一", "one")) == '["\\u4e00", "one"]'


@pytest.mark.parametrize(("former", "now"), [("Words", "LocalizedText"), ("LedgerEntry", "RuleOutcome")])
def test_former_names_still_work_and_say_what_they_are_called_now(former: str, now: str) -> None:
    with pytest.warns(DeprecationWarning, match=now):
        assert getattr(disclosure_lint, former) is getattr(disclosure_lint, now)
