"""The divisions since 2008, to look names and codes up in."""

from collections.abc import Iterator
from functools import cached_property, lru_cache

from disclosure_lint.divisions.division import Division, data_file, lines_with

LONGEST_NAME = 15
"""Characters of the longest full name."""
LAST_CHARACTERS = ("省", "市", "县", "区", "旗", "州", "盟")
"""What full names end with."""


class Divisions:
    """All divisions of the years in question.

    Looking a few names up in the text of the table takes a fiftieth of the time that it takes to take it apart.
    """

    def __init__(self, text: str):
        """Takes the text of `divisions.csv`."""
        self._text = text

    @cached_property
    def rows(self) -> tuple[Division, ...]:
        """All divisions by code and time."""
        return tuple(map(_read, self._text.splitlines()[1:]))

    def named(self, name: str) -> list[Division]:
        """Returns all that bear or bore that full name; if there are none, those with that short name (孟津)."""
        return self.with_full_name(name) or self.with_short_name(name)

    def with_full_name(self, name: str) -> list[Division]:
        """Returns all that bear or bore exactly that full name."""
        return list(self._lines_with(f",{name},")) if name.endswith(LAST_CHARACTERS) else []

    def with_short_name(self, name: str) -> list[Division]:
        """Returns all whose name without 省, 市, 县, 区… is that one."""
        return [division for division in self._lines_with(f",{name}") if division.short == name]

    def at(self, code: str, year: int | None = None) -> Division | None:
        """Returns what had a code in a year (now, for None); the nearest in time if it had none then."""
        rows = list(self._lines_with(f"\n{code},"))
        if year is None or not rows:
            return rows[-1] if rows else None
        return min(rows, key=lambda row: _distance(row, year))

    def path(self, division: Division, year: int | None = None) -> tuple[Division, ...]:
        """Returns province, prefecture and county down to a division, as they were while it existed.

        Counties that no prefecture administers, and the districts of 直辖市, have no prefecture in their path.
        """
        when = division.last_year if year is None or not division.is_valid(year) else year
        codes = dict.fromkeys((division.code[:2] + "0000", division.code[:4] + "00"))
        above = (self.at(code, when) for code in codes if code != division.code)
        return (*(one for one in above if one is not None), division)

    def siblings(self, division: Division) -> list[Division]:
        """Returns the other counties that are or were under the same prefecture."""
        rows = self._lines_with(f"\n{division.code[:4]}")
        return [row for row in rows if row.level == "county" and row.name != division.name]

    def _lines_with(self, words: str) -> Iterator[Division]:
        return map(_read, lines_with(self._text, words))


def _distance(row: Division, year: int) -> int:
    if row.is_valid(year):
        return 0
    return row.first_year - year if year < row.first_year else year - (row.last_year or year)


@lru_cache(maxsize=1)
def table() -> Divisions:
    """Returns the divisions, read when this is first called."""
    return Divisions(data_file("divisions.csv").read_text(encoding="utf-8"))


def _read(line: str) -> Division:
    # No csv module: the names hold neither commas nor quotation marks.
    code, name, first_year, last_year = line.split(",")
    return Division(code, name, int(first_year), int(last_year) if last_year else None)
