"""Which rules run on which files, and which files are looked at."""

from pathlib import Path

import pytest

from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.rule import Rule, Variant
from disclosure_lint.settings import Settings, selected
from disclosure_lint.settings.globs import matches
from disclosure_lint.settings.model import excluded

_NOTHING = LocalizedText("", "")


def _rule(code: str, name: str, severity: Severity) -> Rule:
    return Rule(code, name, severity, _NOTHING, _NOTHING, (), "equation", {})


RULES = (
    _rule("DL301", "balance", Severity.error),
    _rule("DL302", "total", Severity.error),
    _rule("DL401", "fee", Severity.error),
    _rule("DL801", "marks", Severity.off),
)


def _codes(settings: Settings, path: str = "a.md") -> list[str]:
    return [rule.code for rule in selected(RULES, settings, path)]


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        (Settings(), "301 302 401"),
        (Settings(select=("DL3",)), "301 302"),
        (Settings(select=("fee",)), "401"),
        (Settings(select=("DL8",)), "801"),
        (Settings(select=("DL",)), "301 302 401 801"),
        (Settings(extend_select=("DL8",)), "301 302 401 801"),
        (Settings(select=("DL301",), extend_select=("DL4",)), "301 401"),
        (Settings(ignore=("DL3",)), "401"),
        (Settings(ignore=("total",)), "301 401"),
        (Settings(select=("DL3",), ignore=("DL301",)), "302"),
        (Settings(select=("DL301",), ignore=("DL3",)), "301"),
        (Settings(select=("DL301",), ignore=("DL301",)), ""),
        (Settings(severity={"DL401": Severity.off}), "301 302"),
        (Settings(severity={"DL8": Severity.warning}), "301 302 401 801"),
        (Settings(severity={"DL401": Severity.off}, select=("DL401",)), "401"),
        (Settings(severity={"DL3": Severity.off, "DL301": Severity.info}), "301 401"),
    ],
)
def test_which_rules_run(settings: Settings, codes: str) -> None:
    assert _codes(settings) == [f"DL{number}" for number in codes.split()]


def test_a_rule_that_is_off_runs_as_info_when_it_is_selected() -> None:
    assert [rule.severity for rule in selected(RULES, Settings(select=("DL8",)), "a.md")] == [Severity.info]
    graded = Settings(select=("DL8",), severity={"marks": Severity.error})
    assert [rule.severity for rule in selected(RULES, graded, "a.md")] == [Severity.error]


def test_a_milder_severity_holds_for_variants_and_a_stricter_one_does_not() -> None:
    variants = {"long": Variant(_NOTHING, Severity.info), "odd": Variant(_NOTHING, Severity.error)}
    rule = RULES[0]._replace(severity=Severity.warning, variants=variants)
    (milder,) = selected([rule], Settings(severity={"DL301": Severity.info}), "a.md")
    assert [variant.severity for variant in milder.variants.values()] == [Severity.info, Severity.info]
    (stricter,) = selected([rule], Settings(severity={"DL301": Severity.error}), "a.md")
    assert stricter.severity is Severity.error
    assert [variant.severity for variant in stricter.variants.values()] == [Severity.info, Severity.error]


def test_codes_are_ignored_for_the_files_of_a_glob(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(root=str(tmp_path), per_file_ignores={"archive/**": ("DL3",), "*.txt": ("DL401",)})
    (tmp_path / "archive").mkdir()
    monkeypatch.chdir(tmp_path)
    assert _codes(settings, "archive/2019/a.md") == ["DL401"]
    assert _codes(settings, "archive/a.txt") == []
    assert _codes(settings, "b.txt") == ["DL301", "DL302"]
    monkeypatch.chdir(tmp_path / "archive")
    assert _codes(settings, "a.md") == ["DL401"]
    assert _codes(settings, "../a.md") == ["DL301", "DL302", "DL401"]


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("*.md", "a.md", True),
        ("*.md", "x/y/a.md", True),
        ("a?.md", "x/ab.md", True),
        ("a*.md", "x/ab/c.md", False),
        ("drafts", "x/drafts/a.md", True),
        ("drafts/", "drafts/a/b.md", True),
        ("/drafts", "drafts/a.md", True),
        ("/drafts", "x/drafts/a.md", False),
        ("x/*.md", "x/a.md", True),
        ("x/*.md", "x/y/a.md", False),
        ("x/*.md", "z/x/a.md", False),
        ("./x/**/a.md", "x/a.md", True),
        ("x/**/a.md", "x/y/z/a.md", True),
        ("x/**", "x/y/z.md", True),
        ("x/**", "xy/z.md", False),
        ("**/z.md", "x/y/z.md", True),
        ("20[12]?.md", "2023.md", True),
        ("20[!2]?.md", "2023.md", False),
        ("a[.md", "a[.md", True),
        ("镇.md", "县/镇.md", True),
        ("a.md", "aXmd", False),
        ("", "a.md", False),
    ],
)
def test_globs(glob: str, path: str, expected: bool) -> None:
    assert matches(path, [glob]) is expected


def test_excluded_paths_are_relative_to_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(root=str(tmp_path / "reports"), exclude=("old", "x/*.txt"))
    assert excluded("reports/old", settings)
    assert excluded("reports/a/old/b.md", settings)
    assert excluded("reports/x/b.txt", settings)
    assert not excluded("reports/y/b.txt", settings)
