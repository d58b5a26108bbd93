"""What a file costs to lint, and what a piece of code costs to run: counted so that a busy machine counts the same."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

_ROOT = Path(__file__).resolve().parents[1]
_LINT = """
import sys
from pathlib import Path
from disclosure_lint import Linter
from tests.fuzz.usage import Measure
linter, path = Linter.default(), Path(sys.argv[1])
data = path.read_bytes()
with Measure() as cost:
    linter.lint(path.name, data)
print(cost.memory >> 20, cost.seconds)
"""


class Cost(NamedTuple):
    """What a process took."""

    megabytes: int
    """At its peak, Python and the linter among them."""
    seconds: float
    """Of processor time."""


def cost_of_linting(path: Path) -> Cost:
    """Returns what it costs to lint a file, in a process that has done nothing else."""
    command = [sys.executable, "-c", _LINT, str(path.resolve())]
    ended = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
    megabytes, seconds = ended.stdout.split()
    return Cost(int(megabytes), float(seconds))


def calls(run: Callable[[], object]) -> int:
    """Returns how many functions are called by a run, of Python and of C."""
    counted = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(before)
    return counted
