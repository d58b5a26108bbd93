"""What the user wants: the configuration file, what the command line says over it, and which rules follow from both."""

from disclosure_lint.settings.model import Settings, accepted, selected

__all__ = ["Settings", "accepted", "selected"]
