"""What is kept of a report to compare others with it, and what they see of it."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from disclosure_lint.model.form import Address, Form
from disclosure_lint.model.numbers import Number


class Entry(NamedTuple):
    """What is kept of a report to compare others with it: plain data, which can be sent and stored."""

    path: str
    agency: str
    """As its title names it."""
    year: int
    revised: bool
    """Whether it says of itself that it takes the place of an earlier one."""
    form: str
    numbers: tuple[int | str | None, ...]
    """Of the cells in the form's order, those with a fraction as text; None for one that is not there, blank or
    uncertain."""
    lines: tuple[int, ...]
    """From 1; 0 for a cell that is not there."""
    kept: tuple[tuple[str, Any], ...] = ()
    """By code of a rule what its kind of check keeps of the report."""


class OtherReport(NamedTuple):
    """What another report of the run says, so far as reports are compared."""

    entry: Entry
    places: Mapping[Address, int]
    """Where in the entry a cell is; one for all reports of a form."""

    @property
    def path(self) -> str:
        """The path of the file, as the user named it."""
        return self.entry.path

    @property
    def agency(self) -> str:
        """Whose report it is, as its title names it."""
        return self.entry.agency

    @property
    def year(self) -> int:
        """Its year."""
        return self.entry.year

    def number(self, address: Address) -> Number | None:
        """Returns the number of a cell; None if it is not certain, or its form has no such cell."""
        at = self.places.get(address)
        number = None if at is None else self.entry.numbers[at]
        return Decimal(number) if isinstance(number, str) else number

    def line(self, address: Address) -> int:
        """Returns the line of a cell."""
        return self.entry.lines[self.places[address]]

    def cells(self) -> Iterator[Address]:
        """Yields the cells that are there, in the form's order."""
        return (address for address, at in self.places.items() if self.entry.lines[at])


def added(reports: Iterable[OtherReport], cell: Address) -> Number | None:
    """Returns the sum of a cell over reports; None if it is not certain in one of them."""
    total: Number = 0
    for one in reports:
        number = one.number(cell)
        if number is None:
            return None
        total += number
    return total


class Units(NamedTuple):
    """The agencies whose reports may be added up in one's own, as far as the files of the run have them."""

    reports: tuple[OtherReport, ...]
    """One of each, by name."""
    lacking: tuple[str, ...] = ()
    """Names of those that a configuration names and of which there is no report, or two that differ."""
    configured: bool = False
    """Whether a configuration says that their sum is what the report should be."""


class Numbers(NamedTuple):
    """A report as far as its numbers go, beside those that it is compared with; the fields are those of `Report`."""

    own: OtherReport
    form: Form
    collected: tuple[str, ...]
    """Codes of the rules whose kinds of check kept something of it."""
    previous: OtherReport | None
    same: tuple[OtherReport, ...]
    units: Units | None
    concluded: Mapping[str, Any]
