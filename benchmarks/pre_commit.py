"""How long a commit waits: the process of the hook against `python -c pass`, and pre-commit around it.

python -m benchmarks.pre_commit [--rounds 20]
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import yaml

from benchmarks.measuring import ROOT, in_turn, least, own_cache

EXAMPLE = ROOT / "examples" / "drafts-repository"
REPORT = "清溆县/枫林渡镇/2024年年报.md"
_NOT_OURS = ("GIT_", "PYTHON", "DISCLOSURE_LINT_LANG", "PRE_COMMIT", "SKIP")


def main() -> None:
    """Prints what the hook's process takes on one report, as pre-commit installs and starts it, and the whole run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pre_commit", description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    for name in [name for name in os.environ if name.startswith(_NOT_OURS)]:
        del os.environ[name]
    with own_cache() as folder:
        os.environ |= {"PRE_COMMIT_HOME": str(folder / "home"), "GIT_CONFIG_GLOBAL": os.devnull}
        drafts, bare = _repository(folder / "drafts"), _repository(folder / "bare", plain=True)
        installed = next((folder / "home").glob("repo*/py_env-*/bin"))
        entry = _entry(installed)
        print(f"Python {sys.version.split()[0]}, {options.rounds} rounds, cache warm; ms: minimum and median")
        print(f"{'':44}{'wall':^17} {'processor':^17} {'x pass':>7}")
        python = [str(installed / "python"), "-c", "pass"]
        _measure({"python -c pass": python, "the hook, default settings": [*entry, REPORT]}, bare, options.rounds)
        _measure({"python -c pass": python, "the hook, example's settings": [*entry, REPORT]}, drafts, options.rounds)
        nothing = [sys.executable, "-m", "pre_commit", "run", "no-such-hook", "--files", REPORT]
        whole = [sys.executable, "-m", "pre_commit", "run", "disclosure-lint", "--files", REPORT]
        _measure({"pre-commit run, no hook": nothing, "pre-commit run disclosure-lint": whole}, drafts, options.rounds)


def _entry(installed: Path) -> list[str]:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program, *words = next(hook["entry"] for hook in hooks if hook["id"] == "disclosure-lint").split()
    return [str(installed / program), *words]


def _repository(folder: Path, *, plain: bool = False) -> Path:
    """Returns a copy of the example as a git repository, its hooks installed from this checkout's last commit."""
    shutil.copytree(EXAMPLE, folder)
    configuration = folder / ".pre-commit-config.yaml"
    hooks = yaml.safe_load(configuration.read_text(encoding="utf-8"))
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True)
    hooks["repos"][0] |= {"repo": str(ROOT), "rev": head.stdout.strip()}
    configuration.write_text(yaml.safe_dump(hooks), encoding="utf-8")
    if plain:
        (folder / "disclosure-lint.toml").unlink()
    for command in (["git", "init", "-q"], ["git", "add", "."], [sys.executable, "-m", "pre_commit", "install-hooks"]):
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return folder


def _measure(commands: dict[str, Sequence[str]], folder: Path, rounds: int) -> None:
    """Prints a line for each command; the first is what the others are compared with."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        costs = in_turn(list(commands.values()), rounds)
    finally:
        os.chdir(before)
    floor = min(one.wall for one in costs[0])
    for name, found in zip(commands, costs, strict=True):
        walls, cpus = [one.wall for one in found], [one.cpu for one in found]
        print(f"{name:44}{least(walls)} {least(cpus)} {min(walls) / floor:7.1f}  (median {median(walls) / floor:.1f})")


if __name__ == "__main__":
    main()
