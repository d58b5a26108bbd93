"""Where the name of a division begins and ends in running text: 江都市 stands in 浙江都市报, but is not named there.

A name is believed only where what stands before and after it lets it be one; many a true one is passed over.
"""

import re
from collections.abc import Iterable

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
