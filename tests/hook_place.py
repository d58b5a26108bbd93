"""Git repositories that use our hooks, with the real pre-commit; nothing of the user's is read or touched."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "drafts-repository"
VERSION = "v0.1.0"
_BUILT_OF = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "src", "rules", "examples")
# With these, the hook would run this checkout instead of what pre-commit installed, or git another repository.
_NOT_OURS = ("GIT_", "PYTHON", "DISCLOSURE_LINT_", "PRE_COMMIT", "SKIP", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Hooks:
    """This project as a repository of hooks, and the environment in which pre-commit uses it."""

    url: str
    environment: Mapping[str, str]

    def repository(self, folder: Path, **changed: str) -> "Repository":
        """Returns a new git repository in that folder; changes to the environment hold for all that it runs."""
        folder.mkdir(exist_ok=True)
        repository = Repository(folder, {**self.environment, **changed})
        repository.done("git", "init", "-q", "-b", "main")
        return repository

    def configuration(self, *hooks: str) -> str:
        """Returns a configuration for pre-commit with these hooks, each as it would stand behind the dash."""
        lines = "".join(f"      - {hook}\n" for hook in hooks)
        return f"repos:\n  - repo: {self.url}\n    rev: {VERSION}\n    hooks:\n{lines}"


@dataclass(frozen=True)
class Repository:
    """A git repository in which reports are kept."""

    folder: Path
    environment: Mapping[str, str]

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Returns how a command ended; what it said on either stream is in `stdout`, in order."""
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def done(self, *command: str) -> str:
        """Returns what a command said that must succeed."""
        ended = self.run(*command)
        assert ended.returncode == 0, ended.stdout
        return ended.stdout

    def pre_commit(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Returns how pre-commit ended."""
        return self.run(sys.executable, "-m", "pre_commit", *words)

    def write(self, name: str, text: str) -> None:
        """Writes a file and stages it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        self.done("git", "add", "--", name)

    def read(self, name: str) -> str:
        """Returns the text of a file."""
        return (self.folder / name).read_bytes().decode()

    def configure(self, text: str) -> None:
        """Writes the configuration for pre-commit, and installs its hook into git."""
        self.write(".pre-commit-config.yaml", text)
        self.done(sys.executable, "-m", "pre_commit", "install")

    def commit(self) -> "subprocess.CompletedProcess[str]":
        """Returns how a commit of all that is staged ended."""
        return self.run("git", "commit", "-q", "-m", "改稿")


@pytest.fixture(scope="session")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Hooks:
    """This checkout as a repository with a tag; pre-commit builds the hooks' environment once for the whole run."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    environment = _environment(shared)
    if not (shared / "release").exists():
        own = tmp_path_factory.mktemp("release") / "release"
        _release(own, environment)
        try:
            own.rename(shared / "release")
        except OSError:
            # Another process of the run was faster.
            shutil.rmtree(own)
    return Hooks(str(shared / "release"), environment)


@pytest.fixture
def drafts(hooks: Hooks, tmp_path: Path) -> Repository:
    """The example repository, installed as its README says; only the address and the version of the tool are others."""
    shutil.copytree(EXAMPLE, tmp_path / "drafts")
    repository = hooks.repository(tmp_path / "drafts")
    text = re.sub(r"(?<=repo: )\S+", hooks.url, repository.read(".pre-commit-config.yaml"))
    repository.configure(re.sub(r"(?<=rev: )\S+", VERSION, text))
    repository.done("git", "add", ".")
    return repository


def _environment(shared: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_OURS)}
    who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in _IDENTITY.items()}
    return {
        **kept,
        **who,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PRE_COMMIT_HOME": str(shared / "pre-commit"),
        "PRE_COMMIT_COLOR": "never",
        "DISCLOSURE_LINT_CACHE_DIR": str(shared / "hook-cache"),
    }


_IDENTITY = {"NAME": "文书", "EMAIL": "clerk@example.cn", "DATE": "2025-01-06T09:00:00+08:00"}


def _release(folder: Path, environment: Mapping[str, str]) -> None:
    """Puts what the package is built of into a git repository with a tag."""
    folder.mkdir()
    for name in _BUILT_OF:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder)
    repository = Repository(folder, environment)
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", VERSION], ["tag", VERSION]):
        repository.done("git", *words)
