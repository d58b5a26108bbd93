"""The divisions since 2008, to look names and codes up in."""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

Level = Literal["province", "prefecture", "county"]

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔"
    "|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
# Compiled when first used, which most runs do not.
_AUTONOMOUS = rf"(?:(?:{_PEOPLES})族){{0,8}}(?:维吾尔|(?<!内)蒙古|哈萨克|柯尔克孜|锡伯|塔吉克|达斡尔)?自治[州县旗区]$"
_PLAIN = r"(?:地区|特区|(?<=神农架)林区|(?<=..)矿区|(?:回|达斡尔)族区|[省市县区旗盟])$"


class Division(NamedTuple):
    """A division under one name and code; the same place after a change of either is another one."""

    code: str
    """Six digits of GB/T 2260."""
    name: str
    """Full name: 孟津区."""
    first_year: int
    """First year at whose end it was valid; 1980 may stand for an earlier one."""
    last_year: int | None
    """Last year at whose end it was valid; None if it still is."""

    @property
    def level(self) -> Level:
        """The level, which its code tells."""
        if self.code.endswith("0000"):
            return "province"
        return "prefecture" if self.code.endswith("00") else "county"

    @property
    def short(self) -> str:
        """The name without what it is: 孟津, 内蒙古, 湘西."""
        return short_name(self.name)

    def is_valid(self, year: int) -> bool:
        """Returns True if it was valid at the end of that year."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


def short_name(name: str) -> str:
    """Returns a name without 省, 市, 县, 区…; as it is where less than two characters would be left."""
    cut = re.sub(_AUTONOMOUS if "自治" in name else _PLAIN, "", name)
    if "自治" in name and not cut:  # 鄂温克族自治旗
        cut = re.sub(r"族?自治.$", "", name)
    return cut if len(cut) > 1 else name


def data_file(name: str) -> Path:
    """Returns a file of the table: inside an installed package, or at the top of a checkout."""
    here = Path(__file__)
    installed = here.parent.parent / "rules"
    return (installed if installed.is_dir() else here.parents[3] / "rules") / "divisions" / name


def lines_with(text: str, words: str) -> Iterator[str]:
    """Yields the lines of such a file that have these words; a line end among them stands for the one before."""
    found = text.find(words)
    while found >= 0:
        start = text.rfind("\n", 0, found + 1) + 1
        end = text.find("\n", start)
        yield text[start:end]
        found = text.find(words, end)


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
