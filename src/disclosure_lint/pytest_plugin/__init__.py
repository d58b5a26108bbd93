"""Plugin of pytest: collects `.case` files, small reports with what must be found marked in them (docs/cases.md).

It is loaded in every run of pytest where this tool is installed, so it imports nothing until there is such a file.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

SUFFIX = ".case"


def pytest_addoption(parser: "pytest.Parser") -> None:
    """Adds the setting that names the packs on trial."""
    parser.addini(
        "disclosure_lint_packs",
        "Rule packs (folders with pack.toml, or single TOML files) that .case files are tried with",
        type="paths",
        default=[],
    )


def pytest_collect_file(file_path: Path, parent: "pytest.Collector") -> "pytest.Collector | None":
    """Returns the collector of a case."""
    if file_path.suffix != SUFFIX:
        return None
    from disclosure_lint.pytest_plugin.collection import CaseFile

    return CaseFile.from_parent(parent, path=file_path)
