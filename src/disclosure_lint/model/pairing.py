"""The words by which two reports are told to be one agency's, and which of two holds."""

from typing import Protocol

from disclosure_lint.model.named_tuple import NamedTuple


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
