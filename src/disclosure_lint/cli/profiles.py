"""Profiles on the command line: where they are."""

from disclosure_lint.cli.sources import parse
from disclosure_lint.packs.locate import shipped_rules
from disclosure_lint.settings.profiles import Profiles


def shipped_profiles() -> Profiles:
    """Returns the profiles that ship with the tool."""
    return Profiles(shipped_rules() / "profiles", parse)
