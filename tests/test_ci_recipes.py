"""The recipes for CI: their platforms' schemas hold, and their commands write the files that they upload."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.command_line import own_place, run
from tests.hook_place import ROOT

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

FOLDER = ROOT / "examples" / "ci"
RECIPES = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".md")
WORKFLOWS = [name for name in RECIPES if name.startswith(("github-", "reviewdog"))]
_COMMAND = re.compile(r"^[^#/\n]*?disclosure-lint (check [^\n|]*)", re.MULTILINE)


def text_of(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def command(name: str) -> list[str]:
    """Returns the words of the one check of a recipe."""
    (found,) = _COMMAND.findall(text_of(name))
    return str(found).split()


def formats(name: str) -> list[str]:
    words = command(name)
    return [words[at + 1] for at, word in enumerate(words) if word == "--format"]


def files(name: str) -> list[str]:
    return [wish.partition(":")[2] for wish in formats(name) if ":" in wish]


def findings(path: Path) -> int:
    """Returns how many findings a file holds, in the format that the end of its name tells."""
    data = path.read_bytes()
    if path.suffix == ".xml":
        root = ElementTree.fromstring(data)
        return len([*root.iter("failure"), *root.iter("error")])
    found = json.loads(data)
    if path.suffix == ".json":
        return len(found)
    if path.suffix == ".sarif":
        return sum(result.get("kind", "fail") == "fail" for run in found["runs"] for result in run["results"])
    return len(found["diagnostics"])


@pytest.mark.parametrize("name", RECIPES)
def test_the_command_writes_what_is_uploaded(name: str) -> None:
    shutil.copytree(ROOT / "examples" / "bad", "年报")
    ended = run(command(name))
    assert (ended.status, ended.stderr) == (1, "")
    for file in files(name):
        assert findings(Path(file)) > 5
        # Once in the command, and again where it is uploaded.
        assert len(re.findall(rf"(?<![\w-]){re.escape(file)}\b", text_of(name))) > 1


@pytest.mark.parametrize("name", RECIPES)
def test_good_reports_pass_and_leave_a_file_too(name: str) -> None:
    shutil.copytree(ROOT / "examples" / "good", "年报")
    ended = run(command(name))
    assert (ended.status, ended.stderr) == (0, "")
    assert [findings(Path(file)) for file in files(name)] == [0 for _ in files(name)]


@pytest.mark.parametrize("name", RECIPES)
def test_a_wrong_configuration_leaves_nothing_to_upload(name: str) -> None:
    shutil.copytree(ROOT / "examples" / "bad", "年报")
    Path("disclosure-lint.toml").write_text("selekt = []\n")
    assert run(command(name)).status == 2
    assert not any(Path(file).exists() for file in files(name))


def test_github_reads_annotations_from_the_log() -> None:
    shutil.copytree(ROOT / "examples" / "bad", "年报")
    ended = run(command("github-annotations.yml"))
    assert re.search(r"^::error [^:]*file=年报/wrong-total\.md,line=41,", ended.stdout, re.MULTILINE)


def test_code_scanning_gets_nothing_but_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    shutil.copytree(ROOT / "examples" / "bad", "年报")
    wrong = Path("年报/wrong-total.md")
    wrong.write_text(
        "<!-- disclosure-lint: ignore-file[DL302] 例子 -->\n\n" + wrong.read_text(encoding="utf-8"), "utf-8"
    )
    run([*command("github-code-scanning.yml"), "--format", "json:all.json"])
    shown = json.loads(_read("all.json"))
    results = json.loads(_read("disclosure-lint.sarif"))["runs"][0]["results"]
    assert len(results) == len(shown["diagnostics"]) > 5
    assert {one["kind"] for one in results} == {"fail"}


def _read(name: str) -> str:
    return Path(name).read_text(encoding="utf-8")


@pytest.mark.long
@pytest.mark.parametrize("name", [*WORKFLOWS, "gitlab-code-quality.yml"])
def test_the_platform_takes_it(name: str) -> None:
    schema = ["vendor.github-workflows"] if name in WORKFLOWS else ["vendor.gitlab-ci", "--data-transform=gitlab-ci"]
    checker = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *schema, str(FOLDER / name)]
    ended = subprocess.run(checker, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_pinned_and_no_secret_is_asked_for(name: str) -> None:
    used = re.findall(r"uses: (\S+)", text_of(name))
    assert used
    assert all(re.fullmatch(r"[\w-]+/[\w/-]+@v\d+", action) for action in used)
    assert "secrets." not in text_of(name)


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_every_recipe_is_described(page: str) -> None:
    rows = re.findall(r"^\| \[(.+?)\]\(\1\) \|.*\| ([^|]+) \|$", text_of(page), re.MULTILINE)
    said = {name: re.findall(r"`(\w+)`", used) for name, used in rows}
    assert said == {
        name: [kind for kind in (wish.partition(":")[0] for wish in formats(name)) if kind != "text"]
        for name in RECIPES
    }
