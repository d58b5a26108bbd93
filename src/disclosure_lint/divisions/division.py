"""The noun of this room, and where its data lie."""

import re
from collections.abc import Iterator
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
