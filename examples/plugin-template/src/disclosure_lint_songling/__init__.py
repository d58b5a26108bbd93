"""Rules of 松岭市 for disclosure-lint."""

from pathlib import Path

from disclosure_lint import hookimpl


@hookimpl
def rule_packs() -> list[Path]:
    """Returns the folder of the pack."""
    return [Path(__file__).parent / "rules"]
