"""The divisions since 2008, to look names and codes up in; the names that none bears any more; names in running text.

江都市 stands in 浙江都市报, but is not named there: a name is believed only where what stands before and after it
lets it be one; many a true one is passed over.
"""

import re
from collections.abc import Iterable, Iterator
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
        return tuple(_division(*line.split(",")) for line in self._text.splitlines()[1:])

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
        return (_division(*line.split(",")) for line in lines_with(self._text, words))


def _distance(row: Division, year: int) -> int:
    if row.is_valid(year):
        return 0
    return row.first_year - year if year < row.first_year else year - (row.last_year or year)


@lru_cache(maxsize=1)
def table() -> Divisions:
    """Returns the divisions, read when this is first called."""
    return Divisions(data_file("divisions.csv").read_text(encoding="utf-8"))


# No csv module: the names hold neither commas nor quotation marks, and importing it takes longer than all this.
def _division(code: str, name: str, first_year: str, last_year: str) -> Division:
    return Division(code, name, int(first_year), int(last_year) if last_year else None)


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
        places = tuple(map(_abolished, lines_with(self._text, f",{name},"))) if name in self._names else ()
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


def _abolished(line: str) -> Abolished:
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


# Expressions are compiled when first used: few reports hold a name to try them on.

# Words after which a name begins. What is not among them may be the first part of a longer word.
_BEFORE = (
    r"(?:^|[^\u3400-\u9fff]|[的在为对向从到由与和及或以于了是被将让使同经按至自往报我各驻赴均并即等如]|依托|通过|根据|按照|结合|围绕|关于|组织"
    r"|参加|参与|印发|转发|下发|制定|配合|协助|落实|贯彻|执行|开展|包括|涉及|登录|访问|浏览|关注|隶属|地处|推进|推动|促进|利用|运用|借助"
    r"|联系|报送|提交|邀请|召开|举办|承办|接受|收到|做好|加强|完善|更新|维护|打造|实现|确保|服务|支持|接入|链接|嵌入|发布|公布"
    r"|公开|负责|承担|纳入|全面)$"
)
_LOOK_BACK = 6
# What a name's last character begins when it only seems to end there: 公开县级, 浙江都市场, 孟津县域, 大港区内;
# 上饶县（市、区） are the counties, cities and districts of 上饶市.
_NOT_AFTER = {
    "县": r"[级域乡区直内里外道改际城志团市]|处级|[、（或和][市区]",
    "市": r"[场民级区容值面井郊直域报圈县辖花电盈]|政(?![府协务])|[、（或和][县区]",
    "区": r"[域间划别块位段县市级直内外片隔号]|分(?!局)|[、（或和][县市]",
}
# Words of the language rather than names, unless their province or prefecture stands before them.
_COMMON = (
    r".{1,2}|[东西南北中上下前后内外新老大小城市]{1,2}[市城郊矿山江河港湖塘长陵关]?区|.*[山矿城郊市林湖港]区"
    r"|(?:新建|平安|红星|新青|四方|小河|五营|三山|东陵|江东|南和|同仁|大同|平果|名山|动力)[县区]|[增双]城市"
)


def stands_alone(name: str) -> bool:
    """Returns True if a name cannot well be anything else: 孟津县, but not 新建县 or 南市区."""
    return re.fullmatch(_COMMON, name) is None


def begins_after(text: str, start: int) -> bool:
    """Returns True if a name may begin at that place of a squeezed text."""
    return re.search(_BEFORE, text[max(0, start - _LOOK_BACK) : start]) is not None


def ends_before(text: str, end: int) -> bool:
    """Returns True if a name may end at that place of a squeezed text."""
    rest = _NOT_AFTER.get(text[end - 1])
    return rest is None or re.match(rest, text[end : end + _LOOK_BACK]) is None


def follows_one_of(text: str, start: int, names: Iterable[str]) -> str | None:
    """Returns the one of some names (its province, its prefecture) that stands right before that place."""
    return next((name for name in names if text.endswith(name, 0, start)), None)
