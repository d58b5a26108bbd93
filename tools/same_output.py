"""Compares what two commits say of the same documents: `python -m tools.same_output COMMIT [--reports N]`.

The documents are the examples, everything in the tests that a reader takes, and generated reports, whole and disturbed,
in every layout. Prints the names of those of which the working tree says something else than the commit, with the first
difference; the exit status is 1 if there are any.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.generation.measure import _ALL, KINDS, sample

ROOT = Path(__file__).parent.parent
_SUFFIXES = {".txt", ".md", ".docx", ".pdf", ".html", ".htm", ".csv"}


def main() -> int:
    """Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commit")
    parser.add_argument("--reports", type=int, default=20, help="kinds of disturbance for each layout")
    asked = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        former = folder / "former"
        subprocess.run(["git", "worktree", "add", "-q", "--detach", former, asked.commit], cwd=ROOT, check=True)
        try:
            corpus = folder / "corpus"
            _gather(corpus, asked.reports)
            before, after = _said(former, corpus), _said(ROOT, corpus)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", former], cwd=ROOT, check=True)
    differing = list(_differences(before, after))
    for line in differing:
        print(line)
    print(f"{len(after)} documents, {len(differing)} differ")
    return 1 if differing else 0


def _gather(corpus: Path, reports: int) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "examples", "tests", "docs"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if Path(name).suffix in _SUFFIXES and (ROOT / name).is_file():
            (corpus / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, corpus / name)
    generated = corpus / "generated"
    generated.mkdir()
    for layout in _ALL:
        for number, kind in enumerate(KINDS[:: max(1, len(KINDS) // reports)]):
            if made := sample(number, layout, kind):
                (generated / f"{layout}-{kind}{made.rendered.suffix}").write_bytes(made.rendered.encoded("utf-8"))


def _said(source: Path, corpus: Path) -> dict[str, Any]:
    """Returns by path what the code of a working tree says of each document."""
    command = [sys.executable, "-m", "disclosure_lint", "check", ".", "--isolated", "--no-cache", "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(source / "src")}
    ended = subprocess.run(command, cwd=corpus, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode not in (0, 1):
        raise SystemExit(ended.stderr)
    return {result["path"]: result for result in json.loads(ended.stdout)["files"]}


def _differences(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for path in sorted({*before, *after}):
        one, other = before.get(path), after.get(path)
        if one != other:
            keys = [key for key in {**(one or {}), **(other or {})} if (one or {}).get(key) != (other or {}).get(key)]
            yield f"{path}: {', '.join(keys)}"


if __name__ == "__main__":
    sys.exit(main())
