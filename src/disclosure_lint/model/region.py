"""Where an authority is: what the table of divisions says, as far as packs need it."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from disclosure_lint.model.diagnostic import LocalizedText


class RegionGuess(Protocol):
    """What could be told from an agency's name and the text of its report."""

    @property
    def code(self) -> str | None:
        """Division code of the authority's area (GB/T 2260, 2 to 6 digits); None if it cannot be told."""
        ...

    @property
    def reason(self) -> LocalizedText:
        """Why that one, or why it cannot be told."""
        ...


class KnownRegion(NamedTuple):
    """A guess of one who knows."""

    code: str | None
    """Division code, as above."""
    reason: LocalizedText
    """Why that one; shown with `-v` and in the JSON."""


RegionOf = Callable[[str, int | None, str], RegionGuess | None]
"""Takes an agency's name, the year of its report if known, and the text; None means that another may be asked."""
