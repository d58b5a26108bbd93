"""What the user wants: the configuration file, what the command line says over it, and which rules follow from both."""

from disclosure_lint.settings.model import Settings
from disclosure_lint.settings.selection import accepted, selected

__all__ = ["Settings", "accepted", "selected"]
