"""Rules of Gansu (甘肃) for disclosure-lint."""

from pathlib import Path

from disclosure_lint import hookimpl


@hookimpl
def rule_packs() -> list[Path]:
    """Returns the folders of the packs: the province's, and that of a city which stands on it."""
    folder = Path(__file__).parent
    return [folder / "rules", folder / "wuwei"]
