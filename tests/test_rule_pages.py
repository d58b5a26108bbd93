"""A page for every rule, and the links to it that editors and other programs get."""

import json
import re
from pathlib import Path

import pytest

from tests.command_line import BAD, own_place, run
from tests.own_pack import rule, write_own

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

PAGES = "https://rules.example.cn/{code}/"


@pytest.fixture
def bad() -> str:
    """Returns the name of a report with findings; the configuration beside it says where the rules' pages are."""
    Path("disclosure-lint.toml").write_text(f'rule-pages = "{PAGES}"\n', encoding="utf-8")
    Path("a.md").write_bytes(BAD.read_bytes())
    return "a.md"


@pytest.mark.parametrize(("lang", "why", "index"), [("zh", "为什么", "# 规则"), ("en", "Why", "# Rules")])
@pytest.mark.long
def test_every_rule_has_a_page_in_both_languages(lang: str, why: str, index: str) -> None:
    rules = json.loads(run(["rules", "list", "--format", "json"]).stdout)
    ended = run(["rules", "pages", "--write", "site/rules", "--lang", lang])
    assert (ended.status, ended.stderr) == (0, "")
    pages = {path.stem: path.read_text(encoding="utf-8") for path in Path("site/rules").iterdir()}
    assert ended.stdout.split() == [f"site/rules/{name}.md" for name in [*(one["code"] for one in rules), "index"]]
    listed = pages.pop("index")
    assert listed.startswith(index)
    assert re.findall(r"\[(DL\d+)\]\(\1\.md\)", listed) == [one["code"] for one in rules]
    for one in rules:
        page = pages[one["code"]]
        assert page.startswith(f"# {one['code']} {one['name']}\n")
        assert f"\n## {why}\n" in page


@pytest.mark.long
def test_nothing_in_a_pack_becomes_markup() -> None:
    words = "<script>*重* [乙](丙) `丁`"
    examples = '''[rule.pattern]
forbid = ["请注意"]
[[rule.example]]
ok = true
text = """
没有
"""
[[rule.example]]
finds = ["ZZ001"]
text = """
````
⟦请注意⟧
"""'''
    own = rule("", examples)
    write_own(Path("own"), own.replace("因为。", words))
    Path("disclosure-lint.toml").write_text('packs = ["own"]\n', encoding="utf-8")
    ended = run(["rules", "pages", "--write", "pages"])
    assert ended.stderr == ""
    page = Path("pages/ZZ001.md").read_text(encoding="utf-8")
    assert r"\<script\>\*重\* \[乙\](丙) \`丁\`" in page
    assert "\n`````text\n````\n" in page


def test_findings_say_where_the_page_is(bad: str) -> None:
    found = json.loads(run(["check", "--format", "json", bad]).stdout)["diagnostics"]
    assert found
    assert all(one["url"] == f"https://rules.example.cn/{one['code']}/" for one in found)
    lines = run(["check", "--format", "rdjsonl", bad]).stdout.splitlines()
    codes = [json.loads(line)["code"] for line in lines]
    assert codes == [{"value": one["code"], "url": one["url"]} for one in found]
    rules = json.loads(run(["check", "--format", "sarif", bad]).stdout)["runs"][0]["tool"]["driver"]["rules"]
    assert {rule["id"]: rule["helpUri"] for rule in rules}.items() >= {one["code"]: one["url"] for one in found}.items()
    assert run(["explain", "DL301"]).stdout.endswith("\nhttps://rules.example.cn/DL301/\n")


def test_without_pages_there_are_no_links() -> None:
    Path("a.md").write_bytes(BAD.read_bytes())
    assert {one["url"] for one in json.loads(run(["check", "--format", "json", "a.md"]).stdout)["diagnostics"]} == {
        None
    }
    assert "helpUri" not in run(["check", "--format", "sarif", "a.md"]).stdout


@pytest.mark.parametrize(
    "address", ["https://a.cn/", "javascript:alert({code})", "https://a.cn/{code} b", "https://a.cn/\\u001b{code}", ""]
)
def test_what_is_no_address_is_told(address: str) -> None:
    Path("disclosure-lint.toml").write_text(f'rule-pages = "{address}"\n', encoding="utf-8")
    Path("a.md").write_bytes(BAD.read_bytes())
    ended = run(["check", "a.md"])
    assert ended.status == 2
    assert "disclosure-lint.toml:1:1: " in ended.stderr
    assert "{code}" in ended.stderr


def test_a_folder_that_cannot_be_made_is_named() -> None:
    Path("pages").write_text("", encoding="utf-8")
    ended = run(["rules", "pages", "--write", "pages"])
    assert ended.status == 2
    assert "pages: 建不了这个文件夹" in ended.stderr
