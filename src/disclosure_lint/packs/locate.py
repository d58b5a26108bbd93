"""Where the national pack lies."""

from pathlib import Path


def shipped_rules() -> Path:
    """Returns the folder of the national pack: inside an installed package, or at the top of a checkout."""
    # Not importlib.resources: importing it costs more than the rest of loading a cached pack.
    here = Path(__file__)
    installed = here.parent.parent / "rules"
    return installed if installed.is_dir() else here.parents[3] / "rules"
