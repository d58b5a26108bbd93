"""The template repository: copied, it passes its own tests, and once it is installed it is on for the right reports."""

import re
import shlex
import sys
from pathlib import Path
from shutil import copytree

import pytest

from tests.case_files import CASES
from tests.command_line import own_place, run

__all__ = ["own_place"]
pytest_plugins = ["pytester"]

TEMPLATE = Path(__file__).resolve().parents[1] / "examples" / "plugin-template"
RULES = "src/disclosure_lint_songling/rules"
WHOLE = (CASES / "whole.txt").read_text(encoding="utf-8")
TEXT = "\n".join(part.partition("\n")[2] for part in WHOLE.split("=== ")[1:])


@pytest.fixture
def city(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, in the working directory."""
    monkeypatch.setenv("DISCLOSURE_LINT_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.delenv("DISCLOSURE_LINT_LANG", raising=False)
    copytree(TEMPLATE, pytester.path, dirs_exist_ok=True)
    return pytester.path


@pytest.mark.usefixtures("city")
def test_its_cases_pass_under_the_shipped_plugin(pytester: pytest.Pytester) -> None:
    pytester.runpytest("-p", "no:asyncio", "-p", "disclosure_lint.pytest_plugin").assert_outcomes(passed=2)


def test_its_cases_bite(pytester: pytest.Pytester, city: Path) -> None:
    rule = city / RULES / "contact.toml"
    rule.write_text(rule.read_text(encoding="utf-8").replace(r"\d{4}-\d{7}", r"\d{11}"), encoding="utf-8")
    pytester.runpytest("-p", "no:asyncio", "-p", "disclosure_lint.pytest_plugin").assert_outcomes(passed=1, failed=1)


@pytest.mark.long
@pytest.mark.usefixtures("city")
def test_its_rules_pass_all_that_an_author_runs() -> None:
    tested = run(["rules", "test", RULES])
    assert tested.stdout.startswith("规则包 songling：规则 1 条，例子 2 个，失败 0 个\n变异：")
    assert (tested.status, tested.stderr) == (0, "")
    assert tested.stdout.endswith("失败 0 条\n")
    asked = run(["rules", "lint", RULES])
    assert (asked.status, asked.stdout) == (0, "规则包 songling：警告 0 处，提示 0 处\n")


@pytest.mark.long
@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_what_its_readme_says_can_be_done(page: str, city: Path) -> None:
    (city / "report.md").write_text(TEXT, encoding="utf-8")
    lines = re.findall(r"^(?:disclosure-lint|pip|pytest).*$", (city / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) == 7
    for words in map(shlex.split, lines):
        if words[0] == "disclosure-lint":
            assert run(words[1:]).status == 0, words
        else:
            assert words in (["pip", "install", "."], ["pip", "install", "-e", ".[test]"], ["pytest"])
    added = {path.name for path in city.rglob("*") if path.is_file()} - {path.name for path in TEMPLATE.rglob("*")}
    assert added == {"report.md"}


def test_installed_it_is_on_for_its_city_alone(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    about = city / "disclosure_lint_songling-0.1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: disclosure-lint-songling\nVersion: 0.1.0\n")
    (about / "entry_points.txt").write_text("[disclosure_lint]\nsongling = disclosure_lint_songling\n")
    monkeypatch.syspath_prepend(str(city))
    monkeypatch.syspath_prepend(str(city / "src"))
    Path("ours.txt").write_text(TEXT.replace("云川县", "松岭市"), encoding="utf-8")
    Path("theirs.txt").write_text(TEXT, encoding="utf-8")
    try:
        assert "SL001" in run(["check", "ours.txt"]).stdout
        assert "SL001" not in run(["check", "theirs.txt"]).stdout
    finally:
        sys.modules.pop("disclosure_lint_songling", None)
