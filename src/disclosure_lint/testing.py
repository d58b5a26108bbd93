"""For tests of rule packs and plugins. Public, as what stands in `disclosure_lint` itself."""

from pathlib import Path

from disclosure_lint.engine.linter import Linter
from disclosure_lint.proof import run_examples

__all__ = ["failing_examples"]


def failing_examples(pack: Path, linter: Linter | None = None) -> list[str]:
    """Returns a line for each example of a pack that does not come out as it says: file, line, code and what differs.

    `pack` is a folder with `pack.toml`, or a single file. `linter` must have it loaded; by default, it is one with all
    installed plugins and that pack. Raises UserError if a pack or plugin is broken.
    """
    linter = linter or Linter.default(use_cache=False)
    if pack not in linter.folders:
        linter = Linter.default(use_cache=False, packs=[pack])
    _, failures = run_examples(linter, pack)
    return [f"{one.example.file}:{one.example.line}: {one.example.code} {one.message}" for one in failures]
