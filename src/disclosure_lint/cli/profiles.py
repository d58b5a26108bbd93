"""Profiles on the command line: where they are, and what a profile makes of the rules."""

from disclosure_lint.cli.sources import parse
from disclosure_lint.packs.locate import shipped_rules
from disclosure_lint.settings.profiles import Profiles

PROFILES = ("draft", "review", "publish")
"""Those that ship with the tool, for the help."""


def shipped_profiles() -> Profiles:
    """Returns the profiles that ship with the tool."""
    return Profiles(shipped_rules() / "profiles", parse)
