"""`rules new`: the template of every kind is a rule that passes its own tests."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import disclosure_lint.proof.template as pack_templates
from disclosure_lint.extensions.built_in import BuiltIn
from disclosure_lint.extensions.registry import load_plugins
from disclosure_lint.packs.schema_files import SORTS, schema_of
from disclosure_lint.packs.sources import shipped_rules
from disclosure_lint.packs.toml_files import parse_toml
from disclosure_lint.proof.template import template_kinds
from tests.command_line import own_place, run
from tests.own_pack import PACK
from tests.scale import part

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "examples" / "plugin-template"
PACK_NEW = ["rules", "new", "pack", "city", "--id", "songling", "--title", "松岭市"]
AS_TEMPLATE = [*PACK_NEW, "--agency", "松岭市", "--code", "SL001"]
NEW = ["rules", "new", "--code", "ZZ001", "--name", "my-rule", "--kind"]


def follows_its_schema(path: Path) -> str:
    """Returns which schema the first line of a file names, after holding the file against it."""
    text = path.read_text(encoding="utf-8")
    name = text.partition("\n")[0].removeprefix("#:schema ./")
    schema = json.loads((path.parent / name).read_text(encoding="utf-8"))
    assert [
        error.message for error in Draft202012Validator(schema).iter_errors(parse_toml("", text.encode()).data)
    ] == []
    return name


def files_of(folder: Path) -> dict[str, str]:
    paths = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def test_there_is_a_template_of_every_kind_for_authors() -> None:
    assert template_kinds() == sorted(check.kind for check in BuiltIn().check_kinds())


@pytest.mark.long
@pytest.mark.parametrize("kind", part(template_kinds()))
def test_a_new_rule_passes_as_it_stands(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "pack.toml").write_text(PACK, encoding="utf-8")
    assert run([*NEW, kind, "--output", str(folder / "mine.toml")]).status == 0
    tested = run(["rules", "test", str(folder)])
    assert tested.status == 0, tested.stdout + tested.stderr
    assert re.search(r"规则 1 条，例子 \d 个，失败 0 个", tested.stdout)
    # Of what is found beside other reports, the examples are the proof.
    compares = {check.kind for check in BuiltIn().check_kinds() if getattr(check, "compares", False)}
    assert ("没有变异可试" in tested.stdout) == (kind in compares)
    assert follows_its_schema(folder / "mine.toml") == "rule.schema.json"
    asked = run(["rules", "lint", str(folder)])
    # Where the rule comes from is the one thing that nobody else can write.
    (question,) = asked.stdout.splitlines()[:-1]
    assert question.endswith("ZZ001 的依据还是样板里的话；请写明出自哪里")
    assert (asked.status, asked.stdout.splitlines()[-1]) == (1, "规则包 own：警告 1 处，提示 0 处")


def test_it_is_printed_where_no_file_is_named() -> None:
    ended = run([*NEW, "pattern"])
    assert ended.status == 0
    assert ended.stdout.startswith("#:schema ./rule.schema.json\n")
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
        (["rules", "new", "--kind", "pattern"], "new 要写 --kind agency|"),
        (["rules", "new", "--kind", "pattern", "--name", "x", "--code", "Z1"], "规则代码写成了“Z1”"),
        (["rules", "new", "--kind", "pattern", "--name", "My Rule", "--code", "ZZ001"], "规则名称写成了“My Rule”"),
        ([*NEW, "pattern", "x.toml"], "new 后面不写路径，或者写 pack 和一个新文件夹"),
        (["rules", "new", "pack", "x", "y"], "new 后面不写路径，或者写 pack 和一个新文件夹"),
        (["rules", "new", "pack", "x"], "new pack 要写 --id 和 --title"),
        ([*PACK_NEW, "--id", "Our City"], "规则包的 id 写成了“Our City”"),
        ([*PACK_NEW, "--title", 'a"b'], '规则包的名称写成了“a"b”'),
        ([*PACK_NEW, "--region", "411"], "区划代码写成了“411”"),
        ([*PACK_NEW, "--agency", "(镇"], "机关名称的正则写错了"),
        ([*PACK_NEW, "--code", "S1"], "规则代码写成了“S1”"),
        ([*PACK_NEW, "--id", "dalian-lint"], "规则代码 DL001 与全国规则的 DL 相混"),
        (["rules", "schema", "rules"], "schema 后面只写一种：rule|pack|form|claims|single"),
        (["rules", "schema", "--write", "no/such"], "结果写不进这个文件"),
    ],
)
def test_mistakes_are_told(args: list[str], said: str) -> None:
    ended = run(args)
    assert ended.status == 2
    assert said in ended.stderr


@pytest.mark.long
def test_a_new_file_that_is_a_pack_by_itself_has_its_own_schema(tmp_path: Path) -> None:
    file = tmp_path / "city.toml"
    assert run([*NEW, "pattern", "--output", str(file)]).status == 0
    assert follows_its_schema(file) == "single.schema.json"
    file.write_text(file.read_text(encoding="utf-8") + "\n" + PACK, encoding="utf-8")
    assert follows_its_schema(file) == "single.schema.json"
    assert run(["rules", "test", str(file)]).status == 0
    (tmp_path / "single.schema.json").write_text("{}", encoding="utf-8")
    assert run([*NEW, "pattern", "--output", str(tmp_path / "town.toml")]).status == 0
    assert (tmp_path / "single.schema.json").read_text(encoding="utf-8") == "{}"


def test_the_schemas_are_printed_and_written() -> None:
    checks = load_plugins().checks()
    assert run(["rules", "schema"]).stdout == schema_of("rule", checks)
    for sort in SORTS:
        assert run(["rules", "schema", sort]).stdout == schema_of(sort, checks)
    assert run(["rules", "schema", "pack", "--write", "."]).stdout == "pack.schema.json\n"
    assert [path.name for path in Path().iterdir()] == ["pack.schema.json"]
    Path("pack/forms").mkdir(parents=True)
    assert run(["rules", "schema", "--write", "pack"]).stdout == "pack/single.schema.json\n"
    Path("pack/pack.toml").write_text(PACK, encoding="utf-8")
    written = run(["rules", "schema", "--write", "pack"]).stdout.splitlines()
    assert written == ["pack/rule.schema.json", "pack/pack.schema.json", "pack/forms/form.schema.json"]
    for name in written:
        assert Path(name).read_text(encoding="utf-8") == schema_of(Path(name).name.partition(".")[0], checks)


def test_the_shipped_rules_follow_the_schemas_beside_them() -> None:
    for path in [*shipped_rules().glob("*.toml"), *shipped_rules().glob("*/*.toml")]:
        if path.read_text(encoding="utf-8").startswith("#:schema"):
            follows_its_schema(path)


# A whole pack


def test_a_new_pack_is_the_template_repository() -> None:
    """With DISCLOSURE_LINT_UPDATE=1 the template gets its schemas anew."""
    ended = run(AS_TEMPLATE)
    assert (ended.status, ended.stdout) == (0, "写好了 city，规则在 city/src/disclosure_lint_songling/rules\n")
    if os.environ.get("DISCLOSURE_LINT_UPDATE") == "1":
        shutil.copytree("city", TEMPLATE, dirs_exist_ok=True)
    assert files_of(Path("city")) == files_of(TEMPLATE)
    assert (TEMPLATE / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


@pytest.mark.long
@pytest.mark.parametrize(
    ("more", "condition"),
    [
        ([], {}),
        (["--region", "4113"], {"region": "4113"}),
        (["--region", "41", "--agency", r"(镇|乡)\b"], {"region": "41", "agency": r"(镇|乡)\b"}),
    ],
)
def test_a_new_pack_bears_the_names_that_were_asked_for(more: list[str], condition: dict[str, str]) -> None:
    asked = ["rules", "new", "pack", "city", "--id", "our-city", "--title", "我们市", *more]
    assert run(asked).status == 0
    rules = Path("city/src/disclosure_lint_our_city/rules")
    about = parse_toml("", (rules / "pack.toml").read_bytes()).data["pack"]
    assert about == {
        "id": "our-city", "title": "我们市", "version": "1", "licence": "Apache-2.0", "extends": "national", **condition
    }  # fmt: skip
    everything = "\n".join(name + text for name, text in files_of(Path("city")).items())
    assert "songling" not in everything
    assert "松岭" not in everything
    assert 'our-city = "disclosure_lint_our_city"' in everything
    assert '"OC001"' in everything
    assert follows_its_schema(rules / "pack.toml") == "pack.schema.json"
    assert run(["rules", "test", str(rules)]).status == 0


def test_a_folder_that_is_there_stays() -> None:
    Path("city").mkdir()
    Path("city/mine.txt").write_text("我的", encoding="utf-8")
    ended = run(AS_TEMPLATE)
    assert ended.status == 2
    assert "已经有这个文件夹，没有改动" in ended.stderr
    assert [path.name for path in Path("city").iterdir()] == ["mine.txt"]


def test_an_empty_folder_will_do() -> None:
    Path("city").mkdir()
    assert run(AS_TEMPLATE).status == 0


def test_the_template_lies_in_the_wheel_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wheel = parse_toml("", (ROOT / "pyproject.toml").read_bytes()).data["tool"]["hatch"]["build"]["targets"]["wheel"]
    for source, target in wheel["force-include"].items():
        shutil.copytree(ROOT / source, tmp_path / target)
    module = tmp_path / "disclosure_lint" / "proof" / "pack_template.py"
    monkeypatch.setattr(pack_templates, "__file__", str(module))
    assert run(AS_TEMPLATE).status == 0
    assert files_of(Path("city")) == files_of(TEMPLATE)
