"""In a fresh environment: wheels of the tool and of two plugins, built from their folders and installed with pip.

The libraries that the tool needs are linked from the running environment instead of being downloaded, which is all
that differs from `pip install . plugins/disclosure-lint-henan plugins/disclosure-lint-shanghai`.
"""

import json
import os
import subprocess
import sys
import venv
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.installed import RULE

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parents[1]
FOLDERS = [ROOT, ROOT / "plugins" / "disclosure-lint-henan", ROOT / "plugins" / "disclosure-lint-shanghai"]
REPORT = """\
# {agency}2024年政府信息公开工作年度报告

## 一、总体情况

2024年，本机关主动公开政府信息63条，比上年多5条。

## 四、{title}

全年没有行政复议和行政诉讼。

## 六、其他需要报告的事项

本年度未收取信息处理费。
"""
HENAN = REPORT.format(agency="孟津区会盟镇人民政府", title="政府信息公开行政复议、行政诉讼情况")
SHANGHAI = REPORT.format(
    agency="上海市嘉定区安亭镇人民政府", title="因政府信息公开工作被申请行政复议和提起行政诉讼情况"
)


class Environment(NamedTuple):
    """A virtual environment with the tool and two plugins, and nothing else."""

    command: Path
    """The installed script."""
    home: Path
    """An empty folder."""
    wheels: list[Path]

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Returns how a command ended there, with nothing of this process's environment that leads to the checkout."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "DISCLOSURE", "COV"))}
        kept |= {"DISCLOSURE_LINT_CACHE_DIR": str(self.home / "cache"), "PYTHONIOENCODING": "utf-8"}
        command = [str(self.command), *arguments]
        return subprocess.run(command, cwd=self.home, env=kept, capture_output=True, text=True, encoding="utf-8")

    def lint(self, name: str, text: str) -> dict[str, Any]:
        """Returns the JSON of `check` for a report."""
        (self.home / name).write_text(text, encoding="utf-8")
        ended = self.run("check", "--isolated", "--format", "json", name)
        assert ended.stderr == ""
        found: dict[str, Any] = json.loads(ended.stdout)
        return found


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    folder = tmp_path_factory.mktemp("installation")
    wheels = [wheel(source, folder / "wheels") for source in FOLDERS]
    venv.create(folder / "venv", with_pip=False, symlinks=os.name != "nt")
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(scripts / "python")]
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", *map(str, wheels))
    link_libraries(folder / "venv")
    (folder / "home").mkdir()
    return Environment(scripts / "disclosure-lint", folder / "home", wheels)


def run(*command: str, folder: Path = ROOT) -> None:
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def wheel(source: Path, target: Path) -> Path:
    """Returns the wheel of a folder, built by the build backend that its pyproject.toml names."""
    before = set(target.glob("*.whl"))
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target), folder=source)
    (made,) = set(target.glob("*.whl")) - before
    return made


def link_libraries(environment: Path) -> None:
    """Puts what the tool requires into the environment, as links to where it is installed for this test."""
    (packages,) = environment.glob("lib/python*/site-packages") if os.name != "nt" else environment.glob("Lib/site-*")
    wanted, seen = ["jsonschema", "pluggy", "pyparsing", "pypdfium2", "tomli"], set[str]()
    while wanted:
        name = wanted.pop()
        distribution = metadata.distribution(name)
        files = {file.parts[0] for file in distribution.files or () if file.parts[0] not in ("..", "__pycache__")}
        for file in files - seen:
            (packages / file).symlink_to(Path(str(distribution.locate_file(file))))
        seen |= files
        for requirement in distribution.requires or ():
            plain = (
                requirement.partition(";")[0].partition("[")[0].split(">")[0].split("<")[0].split("=")[0].strip(" !~(")
            )
            if "extra ==" not in requirement and installed(plain):
                wanted.append(plain)


def installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def verdicts(found: dict[str, Any]) -> dict[str, str]:
    (file,) = found["files"]
    return {entry["code"]: entry["verdict"] for entry in file["ledger"]}


def test_pdf_is_read(environment: Environment) -> None:
    path = ROOT / "examples" / "bad" / "two-sums.pdf"
    ended = environment.run("check", "--isolated", "--format", "json", str(path))
    assert (ended.returncode, ended.stderr) == (1, "")
    assert [one["code"] for one in json.loads(ended.stdout)["diagnostics"]] == ["DL302"]


def test_what_the_wheels_hold(environment: Environment) -> None:
    for path in environment.wheels:
        names = zipfile.ZipFile(path).namelist()
        assert [name for name in names if name.endswith("licenses/LICENSE")], path.name
        assert [name for name in names if name.endswith("/pack.toml")], path.name
        assert [name for name in names if name.endswith("/py.typed")], path.name
        # The template of a pack has tests of its own, which a new pack begins with.
        ours = [name for name in names if not name.startswith("disclosure_lint/plugin-template/")]
        assert not [name for name in ours if "tests" in name.split("/")], path.name
    rules = {name.removeprefix("disclosure_lint/rules/") for name in zipfile.ZipFile(environment.wheels[0]).namelist()}
    here = {path.relative_to(ROOT / "rules").as_posix() for path in (ROOT / "rules").rglob("*") if path.is_file()}
    assert here <= rules


def test_nothing_of_the_checkout_is_used(environment: Environment) -> None:
    listed = environment.run("rules", "list", "--isolated")
    assert listed.stderr == ""
    # The pack of Henan has no rules of its own; it changes those of the national one.
    assert {line.split()[3] for line in listed.stdout.splitlines()} == {"national", "shanghai"}
    program = "import disclosure_lint; print(disclosure_lint.__file__)"
    python = environment.command.with_name("python")
    ended = subprocess.run([str(python), "-I", "-c", program], capture_output=True, text=True, check=True)
    assert Path(ended.stdout.strip()).is_relative_to(environment.command.parents[1])


def test_a_report_from_henan_is_linted_with_the_rules_of_henan_alone(environment: Environment) -> None:
    found = environment.lint("henan.md", HENAN)
    assert found["files"][0]["region"] == "henan"
    assert found["files"][0]["region_reason"] == "机关名称里的“孟津区”是河南省洛阳市孟津区"
    codes = verdicts(found)
    assert "DL403" not in codes  # the pack of Henan asks for no period
    assert not [code for code in codes if code.startswith("SH")]
    said = environment.run("check", "--isolated", "-v", "henan.md").stdout
    assert "henan.md 地区规则包 henan：机关名称里的“孟津区”是河南省洛阳市孟津区\n" in said


def test_a_report_from_shanghai_is_linted_with_the_rules_of_shanghai_alone(environment: Environment) -> None:
    found = environment.lint("shanghai.md", SHANGHAI)
    assert found["files"][0]["region"] == "shanghai"
    codes = verdicts(found)
    assert [code for code in codes if code.startswith("SH")]
    assert not [code for code in codes if code.startswith("HA")]
    titles = [one["severity"] for one in found["diagnostics"] if one["code"] == "DL103"]
    assert titles == ["info"]  # a long title that Shanghai uses
    said = environment.run("check", "--isolated", "-v", "shanghai.md").stdout
    assert "shanghai.md 地区规则包 shanghai：" in said


def test_a_city_pack_of_one_file_needs_no_installation(environment: Environment) -> None:
    (environment.home / "our-city.toml").write_text(RULE, encoding="utf-8")
    (environment.home / "wishes.toml").write_text('packs = ["our-city.toml"]\n', encoding="utf-8")
    (environment.home / "city.md").write_text(HENAN.replace("63条", "据说63条"), encoding="utf-8")
    ended = environment.run("check", "-q", "--select", "ZZ001", "--config", "wishes.toml", "city.md")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "city.md:5:18: warning ZZ001 不要写“据说”\n"


def test_both_in_one_run(environment: Environment) -> None:
    for name, text in (("a.md", HENAN), ("b.md", SHANGHAI)):
        (environment.home / name).write_text(text, encoding="utf-8")
    ended = environment.run("check", "--isolated", "--format", "json", "a.md", "b.md")
    assert [file["region"] for file in json.loads(ended.stdout)["files"]] == ["henan", "shanghai"]
