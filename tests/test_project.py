"""What the project says of itself: versions, decisions, issue templates, and how many files an addition touches."""

import re
from pathlib import Path

import pytest
import tomli

import disclosure_lint

ROOT = Path(__file__).resolve().parents[1]
DECISIONS = sorted(path for path in (ROOT / "docs" / "decisions").glob("*.md") if path.name != "README.md")
TEMPLATES = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.md"))


def test_the_version_is_the_same_everywhere() -> None:
    version = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert version == disclosure_lint.__version__
    heading = re.search(r"^## (\S+?),? ", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heading is not None
    assert heading[1] == version


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_has_context_decision_and_price(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^\*\*(\w+)\.\*\* ", text, re.MULTILINE) == ["Context", "Decision", "Price"]
    assert f"]({page.name})" in (page.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.stem)
def test_whoever_reports_something_is_asked_how_it_was_read(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert "disclosure-lint show --trace FILE" in text
    assert "disclosure-lint --version" in text
    assert {"name", "about"} <= set(re.findall(r"^(\w+): ", text, re.MULTILINE))


def test_there_is_a_template_for_each_sort_of_report() -> None:
    assert [template.stem for template in TEMPLATES] == ["missed-mistake", "unread-file", "wrong-finding"]


def test_no_page_names_a_version_that_nobody_can_install() -> None:
    """Until a version is released, a hook or recipe names a commit."""
    if "not released yet" not in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"):
        return
    pages = [path for pattern in ("*.md", "docs/**/*.md", "examples/**/*") for path in ROOT.glob(pattern)]
    named = [
        path.relative_to(ROOT).as_posix()
        for path in pages
        if path.is_file()
        and re.search(r"(rev: |disclosure-lint@)v\d", path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert named == []
