"""The documentation is true: every command in it runs, and prints what is shown.

A `console` block shows commands after `$ ` with their output (`| head -n N` and `| tail -n N` cut it); they run where
`examples/` lies. A `sh` block shows commands without it. A block ```toml file=NAME is a file that the page's commands
find there. A guide is followed step by step: what its `sh` blocks say is done too, and files appear where they stand.
With DISCLOSURE_LINT_UPDATE=1 the outputs that differ are written anew.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import pytest

from disclosure_lint.binding import alignment
from disclosure_lint.engine.linter import Linter
from disclosure_lint.extensions.built_in import BuiltIn
from disclosure_lint.formula.compiler import compile_formula
from disclosure_lint.proof.cases import KEYS
from tests.command_line import own_place, run, settled

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/*.md", "docs/decisions/*.md", "*/README.md", "examples/*/README*.md")
    for path in sorted(ROOT.glob(pattern))
]
FOLLOWED = [page for page in PAGES if any(name in page for name in ("plugin-template", "docs/corpus", "docs/batch"))]
"""What they show is run elsewhere: tests/test_plugin_template.py, test_corpus.py, test_batch.py."""
GUIDES = [page for page in PAGES if "pack-guide" in page]
WALK = "docs/first-contribution.md"
STEPPED = [*GUIDES, WALK]
"""Pages whose blocks are steps, each done after the one before."""
_UPDATE = os.environ.get("DISCLOSURE_LINT_UPDATE") == "1"
_BLOCK = re.compile(r"^```(?P<kind>\w+)(?: file=(?P<file>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_CUT = re.compile(r"(?P<command>.*?) \| (?P<end>head|tail) -n (?P<lines>\d+)")
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


class Shown(NamedTuple):
    """A command of a console block."""

    command: str
    output: str


def _page(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def _blocks(page: str, kind: str) -> list[re.Match[str]]:
    return [block for block in _BLOCK.finditer(_page(page)) if block["kind"] == kind]


def _shown(text: str) -> Iterator[Shown]:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield Shown(command, output)


def _commands(page: str) -> list[str]:
    """Returns the commands that a page shows, in order."""
    return [line for block in _BLOCK.finditer(_page(page)) for line in _lines(block["kind"], block["text"])]


def _lines(kind: str, text: str) -> list[str]:
    if kind == "console":
        return [shown.command for shown in _shown(text)]
    return [line for line in text.splitlines() if not line.startswith("#")] if kind == "sh" else []


def _long(pages: list[str]) -> list[Any]:
    """Returns pages for a test that does what they say.

    To try rules on a thousand mutants takes long, and what a Chinese page shows is what the English one does.
    """
    later = [
        page
        for page in pages
        if "rules test" in " ".join(_commands(page)) or page.replace(".zh-CN.md", ".md") in set(pages) - {page}
    ]
    return [pytest.param(page, marks=pytest.mark.long) if page in later else page for page in pages]


def _lay_out(page: str) -> None:
    shutil.copytree(ROOT / "examples", "examples")
    if page == WALK:
        shutil.copytree(ROOT / "rules", "rules")
    if page not in STEPPED:
        for block in _BLOCK.finditer(_page(page)):
            _put(block)


def _put(block: re.Match[str]) -> None:
    if block["file"]:
        Path(block["file"]).parent.mkdir(parents=True, exist_ok=True)
        Path(block["file"]).write_text(block["text"], encoding="utf-8")


def _real(command: str) -> str:
    """Returns what a command of this tool prints."""
    cut = _CUT.fullmatch(command)
    program, *args = shlex.split(cut["command"] if cut else command)
    assert program == "disclosure-lint"
    ended = run(args)
    assert ended.status in (0, 1), ended.stderr
    lines = (ended.stdout + ended.stderr).splitlines(keepends=True)
    if cut:
        lines = lines[: int(cut["lines"])] if cut["end"] == "head" else lines[-int(cut["lines"]) :]
    return "".join(lines)


@pytest.mark.parametrize("page", _long([page for page in PAGES if _blocks(page, "console")]))
def test_what_is_shown_is_what_is_printed(page: str) -> None:
    _lay_out(page)
    text = _page(page)
    real = _BLOCK.sub(lambda block: _followed(block, steps=page in STEPPED), text)
    if settled(real) == settled(text):
        return
    if _UPDATE:
        (ROOT / page).write_text(real, encoding="utf-8")
        return
    assert text == real


def _followed(block: re.Match[str], *, steps: bool) -> str:
    """Returns a block as it should be; of a guide, every block is a step."""
    if block["kind"] == "console":
        return _rewritten(block)
    if steps:
        _put(block)
        for line in _lines(block["kind"], block["text"]):
            _done(shlex.split(line))
    return block[0]


def _done(words: list[str]) -> None:
    """Does what a step without shown output says; it must end well."""
    if words[:2] == ["pip", "install"]:
        install(Path(words[2]))
    elif words[0] == "pytest":
        command = [sys.executable, "-m", "pytest", "-p", "disclosure_lint.pytest_plugin", *words[1:]]
        ended = subprocess.run(command, capture_output=True, text=True)
        assert ended.returncode == 0, ended.stdout + ended.stderr
    elif words[0] == "python3":
        assert _is_known(words), words
    else:
        assert words[0] == "disclosure-lint", words
        ended_here = run(words[1:])
        assert ended_here.status == 0, ended_here.stderr


def install(folder: Path) -> None:
    """Installs a package in the way of pip: what its build backend makes of it is unpacked where `installed` looks."""
    made = Path("wheels").absolute()
    made.mkdir(exist_ok=True)
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    built = subprocess.run(
        [sys.executable, "-c", build, str(made)], cwd=folder, capture_output=True, text=True, check=True
    )
    with ZipFile(made / built.stdout.splitlines()[-1]) as wheel:
        wheel.extractall("site-packages")
    invalidate_caches()


@pytest.fixture(autouse=True)
def installed(own_place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where a page may install packages; nothing of them is left after it."""
    monkeypatch.syspath_prepend(str(own_place / "site-packages"))
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.startswith(("disclosure_lint_", "our_")):
            del sys.modules[name]


def _rewritten(block: re.Match[str]) -> str:
    pieces = []
    for shown in _shown(block["text"]):
        output = _real(shown.command)
        # Commands are told apart by an empty line, which no output ends with.
        pieces.append(f"$ {shown.command}\n{output.rstrip()}\n")
    return "```console\n" + "\n".join(pieces) + "```"


@pytest.mark.parametrize(
    "page", _long([page for page in PAGES if _blocks(page, "sh") and page not in STEPPED + FOLLOWED])
)
def test_commands_without_output_exist(page: str) -> None:
    _lay_out(page)
    for block in _blocks(page, "sh"):
        for line in _lines("sh", block["text"]):
            words = shlex.split(line)
            assert _is_known(words), line
            if words[0] == "disclosure-lint":
                _real(line)


def _is_known(words: list[str]) -> bool:
    if words[:2] == ["python3", "run.py"]:
        return f"python3 run.py {words[2]}" in (ROOT / "run.py").read_text(encoding="utf-8")
    if words[:2] == ["python", "-m"]:
        return find_spec(words[2]) is not None
    return words[0] == "disclosure-lint" or words in (["pip", "install", "."], ["pre-commit", "install"])


@pytest.mark.parametrize("page", _long([page for page in PAGES if page not in STEPPED]))
def test_configurations_are_valid(page: str) -> None:
    files = [block["file"] for block in _blocks(page, "toml") if block["file"]]
    _lay_out(page)
    for file in files:
        if file.endswith(("disclosure-lint.toml", "pyproject.toml")):
            ended = run(["check", "-q", "--config", file, "examples/good"])
            assert (ended.status, ended.stderr) == (0, "")


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = _commands("README.md"), _commands("README.zh-CN.md")
    assert [command.replace(" --lang en", "") for command in english] == chinese


def test_both_guides_show_the_same_commands_and_files() -> None:
    english, chinese = "docs/pack-guide.md", "docs/pack-guide.zh-CN.md"
    assert sorted(GUIDES) == [english, chinese]
    assert [command.replace(" --lang en", "") for command in _commands(english)] == _commands(chinese)
    files = [[block["file"] for block in _BLOCK.finditer(_page(page)) if block["file"]] for page in GUIDES]
    assert files[0] == files[1]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for target in _LINK.findall(re.sub(r"```.*?```", "", _page(page), flags=re.DOTALL)):
        assert (ROOT / page).parent.joinpath(target).exists(), target


@cache
def _codes() -> frozenset[str]:
    return frozenset(rule.code for rule in Linter.default().rules)


@pytest.mark.parametrize("page", PAGES)
def test_rule_codes_exist(page: str) -> None:
    codes = _codes() | set(re.findall(r'^code = "(DL\d{3})"', _page(page), re.MULTILINE))
    for code in re.findall(r"\bDL\d{3}\b", _page(page)):
        assert code in codes


@pytest.mark.parametrize("page", ["docs/rules.md", "docs/rules.zh-CN.md"])
def test_every_kind_of_check_is_described_with_its_options(page: str) -> None:
    described = dict(re.findall(r"^\| `([a-z_]+)` \| .*? \| (.*?) \| `\{", _page(page), re.MULTILINE))
    options = {check.kind: sorted(check.schema["properties"]) for check in BuiltIn().check_kinds()}
    assert {kind: sorted(re.findall("`([a-z]+)`", text)) for kind, text in described.items()} == options


@pytest.mark.parametrize("page", ["docs/binding.md", "docs/binding.zh-CN.md"])
def test_scores_are_those_that_are_declared(page: str) -> None:
    described = dict(re.findall(r"`([A-Z_]+)`(?: \| | = )(-?[\d.]+)", _page(page)))
    declared = {
        name: value
        for name, value in vars(alignment).items()
        if name.isupper() and not name.startswith(("_", "MOST_"))  # limits are no scores
    }
    assert {name: float(value) for name, value in described.items()} == declared


def test_formulas_can_be_compiled() -> None:
    form = next(form for form in Linter.default().forms if form.id == "2021")
    rows = re.findall(r"^\| `(.+?)` \| (?:`(.+?)` )?\|", _page("docs/formula.md"), re.MULTILINE)
    assert len(rows) > 5
    for formula, each in rows:
        compile_formula(formula, form, each or None)


def test_the_cases_that_are_shown_run_and_every_key_is_described() -> None:
    page = "docs/cases.md"
    _lay_out(page)
    _done(["pytest", "tests"])
    described = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", _page(page), re.MULTILINE)
    assert sorted(re.findall(r"\w+", " ".join(described))) == sorted(KEYS)
