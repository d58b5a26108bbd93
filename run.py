#!/usr/bin/env python3
"""Sets up `.venv` beside this file when needed, then runs one of the project's jobs in it.

python3 run.py lint ARGS       any disclosure-lint command, in the folder where you are   运行 disclosure-lint，参数照写
python3 run.py open [FILES]    check files and show the result                            检查文件，打开检查结果
python3 run.py examples        lint the example reports                                   检查示例报告
python3 run.py tests [ARGS]    run the quick tests, on all cores (ARGS go to pytest)      运行快的测试
python3 run.py tests --all     run all tests, as CI does                                  运行全部测试
python3 run.py fuzz [ARGS]     damaged files of each format (ARGS: how many, seconds)     用损坏的文件测试
python3 run.py site [FOLDER]   build the documentation as a site in build/site           把文档做成网站
python3 run.py checks          style, types, import contract, security, rule examples     检查代码和规则
"""

import os
import subprocess
import sys
import tempfile
import venv
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
STAMP = ENVIRONMENT / "installed.txt"
BIN = ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON, COMMAND = (BIN / f"{name}{'.exe' if sys.platform == 'win32' else ''}" for name in ("python", "disclosure-lint"))

CHECKS = (
    ["-m", "ruff", "check", "."],
    ["-m", "ruff", "format", "--check", "."],
    ["-m", "mypy"],
    ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
    ["-m", "bandit", "--quiet", "--configfile", "pyproject.toml", "--recursive", "src", "run.py"],
    ["-m", "disclosure_lint", "rules", "test"],
)


EXTRAS = ("", "test", "dev")
"""What a job may need besides the tool: what quick tests do, or all that developers do; each holds the one before."""


def set_up(extra: str) -> None:
    """Makes the environment and installs the project with an extra; once for all."""
    wanted = sha256((HERE / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()
    installed = STAMP.read_text().split() if STAMP.is_file() else []
    there = installed[1] if len(installed) > 1 else ""
    if installed[:1] == [wanted] and EXTRAS.index(extra) <= EXTRAS.index(there):
        return
    extra = max(extra, there, key=EXTRAS.index)  # who develops will need it again
    print(f"正在准备 {ENVIRONMENT.name}，只有第一次（setting it up, once） …", file=sys.stderr, flush=True)
    try:
        if installed[:1] != [wanted]:
            venv.create(ENVIRONMENT, with_pip=True, clear=ENVIRONMENT.exists())
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(
            f"不能建立 Python 环境（cannot make a virtual environment）：{error}\n"
            "Debian, Ubuntu: apt install python3-venv"
        ) from None
    what = f"{HERE}[{extra}]" if extra else str(HERE)
    install = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", what]
    if status := subprocess.call(install):  # nosec B603  # no word of it is a stranger's
        print("没有装好，第一次要能上网（not installed; the first time needs a network）", file=sys.stderr)
        raise SystemExit(status)
    # Else every start compiles all of it where an environment forbids Python to keep what it compiled.
    subprocess.call([PYTHON, "-m", "compileall", "-q", HERE / "src"])  # nosec B603
    STAMP.write_text(f"{wanted}\n{extra}\n")


def run(arguments: list[str]) -> int:
    """Returns the exit status of a Python command in the environment, run in the project's folder."""
    return subprocess.call([PYTHON, *arguments], cwd=HERE)  # nosec B603  # what the developer asks for


def lint(arguments: list[str]) -> int:
    """Returns the exit status of a disclosure-lint command, run in the caller's folder."""
    # Not `python -m`, which takes modules from that folder.
    return subprocess.call([COMMAND, *arguments])  # nosec B603  # what the user asks for


def check_and_open(paths: list[str]) -> int:
    """Checks files and folders, asked for where none are named, and opens the result in the browser."""
    paths = paths or ask_for_files()
    if not paths:
        return 0
    result = Path(tempfile.mkdtemp(prefix="disclosure-lint-")) / "检查结果.html"
    status = lint(["check", "--format", "html", "--output-file", str(result), "--", *paths])
    if result.is_file():
        show(result)
    return 0 if status == 1 else status  # findings are what one came for


def ask_for_files() -> list[str]:
    """Returns the files that the user chooses in a window; none if there can be no window."""
    try:
        import tkinter
        from tkinter import filedialog
    except ImportError:  # Linux has it in a package of its own
        return ask_for_names()
    try:
        tkinter.Tk().withdraw()
    except tkinter.TclError:  # no screen
        return ask_for_names()
    return list(filedialog.askopenfilenames(title="请选择要检查的年报"))


def ask_for_names() -> list[str]:
    """Says that files are to be named where no window can ask for them; returns none."""
    print("请写上要检查的文件（name the files）: run.py open FILES", file=sys.stderr)
    return []


def show(path: Path) -> None:
    """Opens a file as a double click does."""
    if sys.platform == "win32":
        os.startfile(path)  # nosec B606  # a page that we wrote
    else:
        opener = "open" if sys.platform == "darwin" else "xdg-open"
        try:
            subprocess.call([opener, path])  # nosec B603  # a page that we wrote
        except OSError:
            print(path)


def chosen(arguments: list[str]) -> list[str]:
    """Returns what pytest is told for `tests` with these arguments; `--all` stands for long tests and all examples."""
    if "--all" not in arguments:
        return arguments
    os.environ.setdefault("DISCLOSURE_LINT_TEST_SCALE", "1")
    return ["-m", "not converters", *(word for word in arguments if word != "--all")]


def main(arguments: list[str]) -> int:
    """Returns the exit status of the job that the arguments name."""
    job, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if job not in {"examples", "tests", "fuzz", "checks", "site", "lint", "open"} or sys.version_info < (3, 10):
        too_old = "要用 Python 3.10 或更新的版本（Python 3.10 or newer is needed）"
        print(__doc__ if sys.version_info >= (3, 10) else too_old, file=sys.stderr)
        return 2
    set_up("" if job in {"examples", "lint", "open"} else "test" if job == "tests" and "--all" not in rest else "dev")
    if job == "examples":
        status = run(["-m", "disclosure_lint", "check", "examples", *rest])
        return 0 if status == 1 else status  # findings are what the bad examples are for
    if job == "tests":
        return run(["-m", "pytest", "-n", "auto", "--dist", "worksteal", *chosen(rest)])
    if job == "fuzz":
        return run(["-m", "tests.fuzz.readers", *rest])
    if job == "site":
        return run(["-m", "tools.site", *rest])
    if job == "checks":
        return max([run(check) for check in CHECKS])
    return check_and_open(rest) if job == "open" else lint(rest)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
