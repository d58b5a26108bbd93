"""Where an authority is: what the table of divisions says, as far as packs need it."""

from collections.abc import Callable
from typing import Protocol

from disclosure_lint.model.diagnostic import Words


class RegionGuess(Protocol):
    """What could be told from an agency's name and the text of its report."""

    @property
    def code(self) -> str | None:
        """Division code of the authority's area (GB/T 2260, 2 to 6 digits); None if it cannot be told."""
        ...

    @property
    def reason(self) -> Words:
        """Why that one, or why it cannot be told."""
        ...


RegionOf = Callable[[str, int | None, str], RegionGuess]
"""Takes an agency's name, the year of its report if known, and the text."""
