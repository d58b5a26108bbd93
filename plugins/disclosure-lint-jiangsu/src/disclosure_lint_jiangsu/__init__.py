"""Rules of Jiangsu (江苏) for disclosure-lint, and the kind of check that one of them names."""

from pathlib import Path

from disclosure_lint import hookimpl
from disclosure_lint_jiangsu.fee_parts import FeePartsCheck


@hookimpl
def rule_packs() -> list[Path]:
    """Returns the folder of the pack."""
    return [Path(__file__).parent / "rules"]


@hookimpl
def check_kinds() -> list[FeePartsCheck]:
    """Returns the kind `fee-parts`."""
    return [FeePartsCheck()]
