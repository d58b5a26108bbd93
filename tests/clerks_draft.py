"""A township's draft without a mistake, as a Word file, and what a hurried clerk does to it."""

from collections.abc import Callable
from random import Random

from tests.generation.content import Content
from tests.generation.forms import DISCLOSED, REQUESTS, REVIEW, SHAPES, addresses
from tests.generation.official import Block, Grid, Piece, Words, official

Change = Callable[[list[Block]], list[Block]]
_NUMBERS = {
    "disclosed[normative_documents,issued]": 2,
    "disclosed[normative_documents,repealed]": 1,
    "disclosed[normative_documents,in_force]": 5,
    "disclosed[permits,decisions]": 12,
    "disclosed[penalties,decisions]": 3,
    "requests[new,natural]": 25,
    "requests[new,commercial]": 4,
    "requests[new,total]": 29,
    "requests[carried_in,natural]": 1,
    "requests[carried_in,total]": 1,
    "requests[granted,natural]": 18,
    "requests[granted,commercial]": 3,
    "requests[granted,total]": 21,
    "requests[unavailable_not_held,natural]": 6,
    "requests[unavailable_not_held,commercial]": 1,
    "requests[unavailable_not_held,total]": 7,
    "requests[outcome_total,natural]": 24,
    "requests[outcome_total,commercial]": 4,
    "requests[outcome_total,total]": 28,
    "requests[carried_out,natural]": 2,
    "requests[carried_out,total]": 2,
    "review[reconsideration,upheld]": 2,
    "review[reconsideration,pending]": 1,
    "review[reconsideration,total]": 3,
}
_OVERVIEW = (
    ("主动公开", "全年公开各类信息85条，重要文件都随文公布解读材料。"),
    ("依申请公开", "登记、审核、答复、归档各有专人，每件申请有人跟踪。"),
    ("政府信息管理", "每条信息发布前经过两级审核，公开档案按年度整理。"),
    ("政府信息公开平台建设", "公开栏按月更新，网站栏目每季度检查一次。"),
    ("监督保障", "年内组织业务培训两次，公开工作列入年终考核。"),
)


def clean() -> list[Block]:
    """Returns the draft as blocks."""
    names = [name for table in (DISCLOSED, REQUESTS, REVIEW) for name in addresses("2021", table)]
    content = Content(
        agency="云川县石桥镇人民政府",
        year=2025,
        form="2021",
        numbers={**dict.fromkeys(names, 0), **_NUMBERS},
        preamble="本报告所列数据的统计期限为2025年1月1日至2025年12月31日。",
        overview=_OVERVIEW,
        problems="公开栏更新不够及时，个别答复不够细致。",
        improvements="每月核对一次公开栏，答复发出前由分管领导审核，年内未再出现超期。",
        other="本年度未收取信息处理费。没有其他需要报告的事项。",
        signed=None,
        shape=SHAPES["2021"],
    )
    return official(content, Random(4))


def words(old: str, new: str) -> Change:
    """Writes other words in the one heading or paragraph that has these."""

    def change(blocks: list[Block]) -> list[Block]:
        assert sum(isinstance(block, Words) and old in block.text for block in blocks) == 1, old
        return [
            block._replace(text=block.text.replace(old, new)) if isinstance(block, Words) else block for block in blocks
        ]

    return change


def cells(**numbers: str) -> Change:
    """Writes other things in cells of 表三, by row and column with two underscores between them."""
    return at({f"requests[{name.replace('__', ',')}]": text for name, text in numbers.items()})


def at(texts: dict[str, str]) -> Change:
    """Writes other things in cells, by their names."""
    return _pieces(lambda piece: texts.get(piece.name or ""), len(texts))


def label(old: str, new: str) -> Change:
    """Writes another label in the first cell of a table that has this one."""
    return _pieces(lambda piece: new if piece.text == old else None, 1)


def without(text: str) -> Change:
    """Leaves out the heading or paragraph that begins so."""
    return lambda blocks: [one for one in blocks if not (isinstance(one, Words) and one.text.startswith(text))]


def without_table(table: str) -> Change:
    """Leaves out a table."""
    return lambda blocks: [one for one in blocks if not (isinstance(one, Grid) and one.table == table)]


def without_row(name: str) -> Change:
    """Leaves out the row of 表三 in which a cell is."""

    def change(blocks: list[Block]) -> list[Block]:
        return [
            block._replace(rows=tuple(row for row in block.rows if not any(piece.name == name for piece in row)))
            if isinstance(block, Grid)
            else block
            for block in blocks
        ]

    return change


def level(text: str, of: int) -> Change:
    """Gives a heading another level."""
    return lambda blocks: [
        one._replace(level=of) if isinstance(one, Words) and one.text.startswith(text) else one for one in blocks
    ]


def after(text: str, *more: Words) -> Change:
    """Puts paragraphs behind the one that begins so."""

    def change(blocks: list[Block]) -> list[Block]:
        found: list[Block] = []
        for block in blocks:
            found.append(block)
            if isinstance(block, Words) and block.text.startswith(text):
                found += more
        return found

    return change


def swapped(first: str, second: str, end: str) -> Change:
    """Lets two neighbouring sections change places; `end` begins the one after them."""

    def change(blocks: list[Block]) -> list[Block]:
        one, two, three = (
            next(i for i, block in enumerate(blocks) if isinstance(block, Words) and block.text.startswith(text))
            for text in (first, second, end)
        )
        return [*blocks[:one], *blocks[two:three], *blocks[one:two], *blocks[three:]]

    return change


def both(*changes: Change) -> Change:
    """Does one after the other."""

    def change(blocks: list[Block]) -> list[Block]:
        for one in changes:
            blocks = one(blocks)
        return blocks

    return change


def _pieces(text_of: Callable[[Piece], str | None], least: int) -> Change:
    def change(blocks: list[Block]) -> list[Block]:
        done = 0
        found: list[Block] = []
        for block in blocks:
            if isinstance(block, Grid):
                rows = []
                for row in block.rows:
                    pieces = []
                    for piece in row:
                        text = text_of(piece) if done < least else None
                        done += text is not None
                        pieces.append(piece if text is None else piece._replace(text=text))
                    rows.append(tuple(pieces))
                found.append(block._replace(rows=tuple(rows)))
            else:
                found.append(block)
        assert done == least, (done, least)
        return found

    return change
