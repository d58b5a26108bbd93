#!/usr/bin/env python3
"""Sets up `.venv` beside this file when needed, then runs one of the project's jobs in it.

python3 run.py examples        lint the example reports
python3 run.py tests [ARGS]    run the quick tests, on all cores (ARGS go to pytest)
python3 run.py tests --all     run all tests, as CI does: more examples, editors, LibreOffice, pre-commit
python3 run.py fuzz [ARGS]     damaged files of each format (ARGS: how many, and for how many seconds a format)
python3 run.py checks          style, types, import contract, security, examples of the rules
python3 run.py lint ARGS       any disclosure-lint command
"""

import os
import subprocess
import sys
import venv
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
STAMP = ENVIRONMENT / "installed.txt"
BIN = ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = BIN / ("python.exe" if sys.platform == "win32" else "python")

CHECKS = (
    ["-m", "ruff", "check", "."],
    ["-m", "ruff", "format", "--check", "."],
    ["-m", "mypy"],
    ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
    ["-m", "bandit", "--quiet", "--configfile", "pyproject.toml", "--recursive", "src", "run.py"],
    ["-m", "disclosure_lint", "rules", "test"],
)


def set_up() -> None:
    """Makes the environment and installs the project with what its tests need, unless that is done already."""
    wanted = sha256((HERE / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return
    print(f"Setting up {ENVIRONMENT.name} (once) …", file=sys.stderr, flush=True)
    try:
        venv.create(ENVIRONMENT, with_pip=True, clear=ENVIRONMENT.exists())
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(
            f"Cannot make a virtual environment: {error}\nOn Debian and Ubuntu: apt install python3-venv"
        ) from None
    install = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", f"{HERE}[dev]"]
    if status := subprocess.call(install):  # nosec B603  # no word of it is a stranger's
        raise SystemExit(status)
    STAMP.write_text(wanted)


def run(arguments: list[str]) -> int:
    """Returns the exit status of a Python command in the environment."""
    command = [str(PYTHON), *arguments]
    return subprocess.call(command, cwd=HERE)  # nosec B603  # what the developer asks for


def chosen(arguments: list[str]) -> list[str]:
    """Returns what pytest is told for `tests` with these arguments; `--all` stands for long tests and all examples."""
    if "--all" not in arguments:
        return arguments
    os.environ.setdefault("DISCLOSURE_LINT_TEST_SCALE", "1")
    return ["-m", "not converters", *(word for word in arguments if word != "--all")]


def main(arguments: list[str]) -> int:
    """Returns the exit status of the job that the arguments name."""
    job, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if job not in {"examples", "tests", "fuzz", "checks", "lint"} or sys.version_info < (3, 10):
        print(__doc__ if sys.version_info >= (3, 10) else "Python 3.10 or newer is needed.", file=sys.stderr)
        return 2
    set_up()
    if job == "examples":
        status = run(["-m", "disclosure_lint", "check", "examples", *rest])
        return 0 if status == 1 else status  # findings are what the bad examples are for
    if job == "tests":
        return run(["-m", "pytest", "-n", "auto", "--dist", "worksteal", *chosen(rest)])
    if job == "fuzz":
        return run(["-m", "tests.fuzz.readers", *rest])
    if job == "checks":
        return max([run(check) for check in CHECKS])
    return run(["-m", "disclosure_lint", *rest])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
