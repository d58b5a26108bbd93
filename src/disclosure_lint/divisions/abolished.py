"""Names that no division bears any more, and what became of the places."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from disclosure_lint.divisions.table import Division, data_file, lines_with


class Abolished(NamedTuple):
    """A place that bore such a name."""

    division: Division
    """Its last code, and from when until when it bore the name."""
    relation: Literal["renamed", "merged", ""]
    """Whether it got another name or became a part of another place; empty if that cannot be said so simply."""
    successors: tuple[Division, ...]
    """What it became at once; empty if that cannot be said with certainty."""
    parents: tuple[str, ...]
    """Full and short names of the province and the prefecture above it, then and now."""

    @property
    def year(self) -> int:
        """The year in which it was abolished."""
        assert self.division.last_year is not None
        return self.division.last_year + 1


class AbolishedNames:
    """The names abolished since some year. A line is only taken apart when its name is asked for."""

    __slots__ = ("_names", "_text", "lengths")

    def __init__(self, text: str, since: int):
        """Takes the text of `abolished.csv`, which begins with the last to go, and the first year of interest."""
        self._text = text
        self._names: dict[str, None] = {}
        for line in text.splitlines()[1:]:
            _, name, _, last_year, _ = line.split(",", 4)
            if int(last_year) + 1 < since:
                break
            self._names[name] = None
        self.lengths = tuple(sorted({len(name) for name in self._names}, reverse=True))
        """How long the names are, the longest first."""

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def of(self, name: str, year: int) -> tuple[Abolished, ...]:
        """Returns the places that bore a name, the last first; none if one still bore it in that year or before."""
        places = tuple(map(_read, lines_with(self._text, f",{name},"))) if name in self._names else ()
        return places if all(place.year < year for place in places) else ()

    def successors(self, place: Abolished, year: int) -> tuple[Division, ...]:
        """Returns what a place is called in a year, over all changes since; empty if that is not certain."""
        found: list[Division] = []
        for successor in place.successors:
            if successor.last_year is None or successor.last_year + 1 >= year:
                found.append(successor)
                continue
            later = [one for one in self.of(successor.name, year) if one.division.code == successor.code]
            found += [division for one in later for division in self.successors(one, year)]
        return tuple(found)


@lru_cache(maxsize=4)
def abolished_names(since: int = 1990) -> AbolishedNames:
    """Returns the names abolished in that year or later."""
    return AbolishedNames(data_file("abolished.csv").read_text(encoding="utf-8"), since)


def abolished_before(year: int) -> dict[str, tuple[Abolished, ...]]:
    """Returns the names that were abolished before a year and that no division bears in it or later."""
    names = abolished_names()
    return {name: places for name in names if (places := names.of(name, year))}


def _read(line: str) -> Abolished:
    # No csv module: the names hold neither commas nor quotation marks, and importing it takes longer than this.
    code, name, first_year, last_year, relation, successors, parents = line.split(",")
    known: Literal["renamed", "merged", ""] = (
        "renamed" if relation == "renamed" else "merged" if relation == "merged" else ""
    )
    return Abolished(
        Division(code, name, int(first_year), int(last_year)),
        known,
        tuple(_division(*text.split(":")) for text in successors.split()),
        tuple(parents.split()),
    )


def _division(code: str, name: str, first_year: str, last_year: str) -> Division:
    return Division(code, name, int(first_year), int(last_year) if last_year else None)
