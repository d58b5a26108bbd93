"""Whose report it is: which names are one agency's, and where an authority is."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from disclosure_lint.model.diagnostic import LocalizedText


class AgencyNames(NamedTuple):
    """How agencies of one kind are called, whatever place they are of."""

    name: str
    also: tuple[str, ...] = ()
    """Other ways to write the name, short ones among them."""
    formerly: tuple[str, ...] = ()
    """What such an agency was called before; in a year in which both reported they are two."""


class Pairing(NamedTuple):
    """What `[pairing]` and `[[agency]]` of the national rules say."""

    revised: tuple[str, ...] = ()
    """What a report that takes the place of an earlier one has in its title or its file name."""
    endings: tuple[str, ...] = ()
    """What names of agencies end with that tells nothing of whose they are."""
    no_places: tuple[str, ...] = ()
    """What ends like the name of a place and is none: 开发区, 城乡."""
    agencies: tuple[AgencyNames, ...] = ()


class AgencyPairing(Protocol):
    """Which names are one agency's."""

    def add(self, name: str, year: int | None = None) -> None:
        """Takes a name, and a year in which an agency reported by it."""
        ...

    def key(self, name: str) -> str:
        """Returns what is the same for all names of an agency; all names of the run must have been added."""
        ...

    def may_be(self, name: str) -> bool:
        """Says whether a name may be that of an agency that was added with a year: the ending of its name will do."""
        ...


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
