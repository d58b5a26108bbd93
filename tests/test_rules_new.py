"""`rules new`: the template of every kind is a rule that passes its own tests."""

from pathlib import Path

import pytest

from disclosure_lint.plugins import load_plugins
from disclosure_lint.proof.aims import KNOWN_KINDS
from disclosure_lint.proof.template import template_kinds
from tests.command_line import own_place, run
from tests.own_pack import PACK

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

NEW = ["rules", "new", "--code", "ZZ001", "--name", "my-rule", "--kind"]


def test_there_is_a_template_of_every_kind_for_authors() -> None:
    assert template_kinds() == sorted(KNOWN_KINDS)
    assert set(template_kinds()) <= set(load_plugins().checks())


@pytest.mark.parametrize("kind", template_kinds())
def test_a_new_rule_passes_as_it_stands(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "pack.toml").write_text(PACK, encoding="utf-8")
    assert run([*NEW, kind, "--output", str(folder / "mine.toml")]).status == 0
    tested = run(["rules", "test", str(folder)])
    assert tested.status == 0, tested.stdout + tested.stderr
    assert "规则 1 条，例子 2 个，失败 0 个" in tested.stdout
    assert "没有变异可试" not in tested.stdout
    asked = run(["rules", "lint", str(folder)])
    assert (asked.status, asked.stdout) == (0, "规则包 own：警告 0 处，提示 0 处\n")


def test_it_is_printed_where_no_file_is_named() -> None:
    ended = run([*NEW, "pattern"])
    assert ended.status == 0
    assert 'code = "ZZ001" ' in ended.stdout
    assert 'name = "my-rule" ' in ended.stdout
    assert 'finds = ["ZZ001"]' in ended.stdout
    assert "XX001" not in ended.stdout


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("# 我的\n", encoding="utf-8")
    ended = run([*NEW, "pattern", "--output", str(file)])
    assert ended.status == 2
    assert "已经有这个文件" in ended.stderr
    assert file.read_text(encoding="utf-8") == "# 我的\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([*NEW, "nonsense"], "没有 nonsense 这种检查的样板"),
        (["rules", "new", "--kind", "pattern"], "new 要写 --kind cells|"),
        (["rules", "new", "--kind", "pattern", "--name", "x", "--code", "Z1"], "规则代码写成了“Z1”"),
        (["rules", "new", "--kind", "pattern", "--name", "My Rule", "--code", "ZZ001"], "规则名称写成了“My Rule”"),
        ([*NEW, "pattern", "x.toml"], "new 后面不写路径"),
    ],
)
def test_mistakes_are_told(args: list[str], said: str) -> None:
    ended = run(args)
    assert ended.status == 2
    assert said in ended.stderr
