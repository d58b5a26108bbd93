"""Who may import whom: the contracts of `pyproject.toml`, kept and complete."""

import subprocess
import sys
from pathlib import Path

import tomli

ROOT = Path(__file__).parent.parent


def test_contracts_are_kept() -> None:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    ended = subprocess.run([sys.executable, "-c", command, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "0 broken" in ended.stdout


def test_every_room_is_named() -> None:
    contracts = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    house = next(contract for contract in contracts if contract["containers"] == ["disclosure_lint"])
    assert house["exhaustive"]
    named = {room.strip() for layer in house["layers"] for room in layer.split("|")} | set(house["exhaustive_ignores"])
    package = ROOT / "src" / "disclosure_lint"
    rooms = {path.stem for path in package.glob("*.py")} - {"__init__"}
    rooms |= {path.parent.name for path in package.glob("*/__init__.py")}
    assert rooms == named
