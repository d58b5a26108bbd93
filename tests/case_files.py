"""Where the cases of the national rules are; the plugin of pytest runs them, see `docs/cases.md`."""

from pathlib import Path

CASES = Path(__file__).parent / "cases"


def all_cases() -> list[Path]:
    """Returns the paths of all cases."""
    return sorted(CASES.glob("*/*.case"))
