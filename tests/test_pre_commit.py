"""The hooks, run by the real pre-commit in git repositories of offices that keep their drafts there."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from disclosure_lint.engine.linter import Linter
from tests.hook_place import EXAMPLE, ROOT, Hooks, Repository, drafts, hooks

__all__ = ["drafts", "hooks"]

REPORT = "清溆县/枫林渡镇/2024年年报.md"
RIGHT, WRONG = "（七）总计 | 7 | 2 | 0 |", "（七）总计 | 7 | 3 | 0 |"
MANIFEST: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def hook(name: str) -> dict[str, Any]:
    return next(hook for hook in MANIFEST if hook["id"] == name)


def report() -> str:
    return (EXAMPLE / REPORT).read_text(encoding="utf-8")


@pytest.mark.long
def test_a_commit_of_a_wrong_total_is_refused_and_the_corrected_one_passes(drafts: Repository) -> None:
    first = drafts.commit()
    assert first.returncode == 0, first.stdout
    drafts.write(REPORT, report().replace(RIGHT, WRONG))
    refused = drafts.commit()
    assert refused.returncode == 1
    assert re.search(rf"^{REPORT}:\d+:\d+: 错误 DL30[123] 表三", refused.stdout, re.MULTILINE), refused.stdout
    assert drafts.done("git", "log", "--format=%H").count("\n") == 1
    drafts.write(REPORT, report().replace("枫林渡镇栏目", "枫林渡镇的栏目"))
    passed = drafts.commit()
    assert (passed.returncode, drafts.done("git", "log", "--format=%H").count("\n")) == (0, 2), passed.stdout


@pytest.mark.long
def test_the_hooks_can_be_tried_without_configuring_anything(hooks: Hooks, tmp_path: Path) -> None:
    repository = hooks.repository(tmp_path / "try")
    repository.write(REPORT, report().replace(RIGHT, WRONG))
    tried = repository.pre_commit("try-repo", hooks.url, "disclosure-lint", "--all-files")
    assert tried.returncode == 1
    assert re.search(rf"^{REPORT}:\d+:\d+: 错误 DL30[123] 表三", tried.stdout, re.MULTILINE), tried.stdout


@pytest.mark.long
def test_what_is_no_report_or_excluded_is_passed_over(drafts: Repository) -> None:
    drafts.write("往年/2023.md", report().replace(RIGHT, WRONG))
    drafts.write("通知.txt", "各单位：\n请于1月20日前交稿。\n")
    ended = drafts.pre_commit("run", "--verbose", "disclosure-lint", "--files", "README.md", "通知.txt", "往年/2023.md")
    assert ended.returncode == 0
    assert "DL002" not in ended.stdout
    assert "共检查" not in ended.stdout


@pytest.mark.long
def test_a_file_that_cannot_be_read_is_not_passed_over(drafts: Repository) -> None:
    drafts.write("年报.txt", "PK\x03\x04")
    ended = drafts.pre_commit("run", "disclosure-lint")
    assert (ended.returncode, "年报.txt:1:1: 错误 DL001" in ended.stdout) == (1, True), ended.stdout


@pytest.mark.long
def test_the_fix_hook_changes_the_file_and_fails_once(hooks: Hooks, tmp_path: Path) -> None:
    repository = hooks.repository(tmp_path / "fix")
    repository.configure(hooks.configuration("id: disclosure-lint-fix", "id: disclosure-lint"))
    notice = "### 一、总体工作情况\r\n\r\n请于1月20日前交稿。\r\n"
    repository.write("README.md", notice)
    repository.write(REPORT, report().replace("## 一、总体情况", "### 一、总体工作情况"))
    first = repository.commit()
    assert first.returncode == 1
    assert "disclosure-lint-fix\n- files were modified by this hook" in first.stdout
    assert (repository.read(REPORT), repository.read("README.md")) == (report(), notice)
    again = repository.commit()
    # What was mended must be looked at and staged.
    assert again.returncode == 1, again.stdout
    repository.done("git", "add", "-u")
    second = repository.commit()
    assert second.returncode == 0, second.stdout
    assert repository.done("git", "show", f"HEAD:{REPORT}") == report()


@pytest.mark.long
def test_the_example_corrects_only_when_asked(drafts: Repository) -> None:
    drafts.write(REPORT, report().replace("## 一、总体情况", "## 一、总体工作情况"))
    assert "修正年报" not in drafts.pre_commit("run", "disclosure-lint-fix").stdout
    asked = drafts.pre_commit("run", "disclosure-lint-fix", "--hook-stage", "manual", "--all-files")
    assert (asked.returncode, drafts.read(REPORT)) == (1, report()), asked.stdout


@pytest.mark.long
def test_the_rules_hook_refuses_a_broken_rule_file(drafts: Repository) -> None:
    rule = "规则/联系方式.toml"
    good = drafts.read(rule)
    drafts.write(rule, good.replace("[rule.pattern]", "[rule.patern]"))
    broken = drafts.pre_commit("run", "disclosure-lint-rules")
    assert broken.returncode == 1
    assert re.search(rf"^错误：{rule}:\d+:\d+: ", broken.stdout, re.MULTILINE), broken.stdout
    drafts.write(rule, good.replace("电话[^。；]", "传真[^。；]"))
    toothless = drafts.pre_commit("run", "disclosure-lint-rules")
    assert toothless.returncode == 1
    assert re.search(rf"^{rule}:\d+: QX001 ", toothless.stdout, re.MULTILINE), toothless.stdout


@pytest.mark.long
def test_a_rule_file_that_its_pack_does_not_read_is_not_taken_for_checked(drafts: Repository) -> None:
    drafts.done("git", "commit", "-q", "--no-verify", "-m", "初稿")
    stray = "规则/草拟/联系方式.toml"
    drafts.write(
        stray, drafts.read("规则/联系方式.toml").replace("QX001", "QX002").replace("电话[^。；]", "传真[^。；]")
    )
    ended = drafts.pre_commit("run", "disclosure-lint-rules")
    assert ended.returncode == 1
    assert re.search(rf"^{stray}:\d+: QX002 ", ended.stdout, re.MULTILINE), ended.stdout


def many(repository: Repository, wrong: set[int]) -> list[str]:
    """Writes a thousand small reports under names that shells stumble over; some lack the last section."""
    mark = "'" if os.name == "nt" else "'\""
    names = []
    for number in range(1000):
        folder = (
            repository.folder
            / f"清溆县 各 单位/第{number % 40:02}批（“送审”）/收件登记并经办公室初步核对/${number % 7}"
        )
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"石鼓{mark}镇 & {number:04}号 人民政府2024年政府信息公开工作年度报告（送审稿）.md"
        sections = "".join(f"## {part}\n\n无。\n\n" for part in _SECTIONS[: 5 if number in wrong else 6])
        path.write_text(f"# 清溆县石鼓镇人民政府2024年政府信息公开工作年度报告\n\n{sections}", encoding="utf-8")
        names.append(path.relative_to(repository.folder).as_posix())
    return names


_SECTIONS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


@pytest.mark.long
@pytest.mark.parametrize("serial", ["false", "true"])
def test_a_thousand_files_each_looked_at_once(hooks: Hooks, tmp_path: Path, serial: str) -> None:
    # Without a cache at first, all processes write it at the same time.
    repository = hooks.repository(tmp_path / "many", DISCLOSURE_LINT_CACHE_DIR=str(tmp_path / "cache"))
    repository.configure(
        hooks.configuration(f"{{id: disclosure-lint, args: [--select=DL102], require_serial: {serial}}}")
    )
    wrong = set(range(3, 1000, 50))
    names = many(repository, wrong)
    repository.done("git", "add", ".")
    ended = repository.pre_commit("run", "disclosure-lint")
    assert ended.returncode == 1
    found = re.findall(
        r"^(.+\.md):\d+:\d+: 错误 DL102 .*\n +\d+ \| .*\n +\| .*\n(?:  怎么改：.+\n)?  依据：.+$",
        ended.stdout,
        re.MULTILINE,
    )
    assert sorted(found) == sorted(names[number] for number in wrong)
    counts = re.findall(r"^共检查 (\d+) 个文件：错误 (\d+)，警告 0，提示 0$", ended.stdout, re.MULTILINE)
    # The names are longer than one command line may be.
    assert len(counts) > 1
    assert [sum(int(count[index]) for count in counts) for index in (0, 1)] == [1000, len(wrong)]


def test_the_hooks_on_reports_take_every_format_that_is_read() -> None:
    suffixes = Linter.default().suffixes
    for name in ("disclosure-lint", "disclosure-lint-fix"):
        for suffix in suffixes:
            assert re.search(hook(name)["files"], f"2024年报{suffix}")
            assert re.search(hook(name)["files"], f"2024年报{suffix.upper()}")
        assert not re.search(hook(name)["files"], "2024年报.md.bak")


@pytest.mark.parametrize(
    ("path", "chosen"),
    [
        ("规则/联系方式.toml", True),
        ("rules/forms/2021.toml", True),
        ("src/our_city/rules/pack.toml", True),
        ("my-rules/contact.toml", True),
        ("本市规则/统计.toml", True),
        ("plugins/wuwei/pack.toml", True),
        ("disclosure-lint.toml", False),
        ("pyproject.toml", False),
        ("rules.toml", False),
        ("rules/rule.schema.json", False),
        ("规则.md", False),
    ],
)
def test_which_files_are_rule_files(path: str, chosen: bool) -> None:
    assert bool(re.search(hook("disclosure-lint-rules")["files"], path)) is chosen
