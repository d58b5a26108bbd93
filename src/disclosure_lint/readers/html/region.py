"""Where on a page the report is: in the smallest element that holds its tables and headings, with the title before it.

Around it is what every page of the site has: menus, the way to the page, when it was put there, links to others.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from disclosure_lint.model.characters import fold
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.readers.html.flow import Item, TableRow, Written
from disclosure_lint.readers.html.tree import Element, Text

_SECTION = lazy_re_compile(r"[一二三四五六]、.{0,30}(?:总体|公开|申请|复议|诉讼|问题|改进|其他|其它|报告)")
_TITLE = lazy_re_compile(r"公开(?:工作)?(?:的)?(?:年度(?:工作)?报告|工作报告|年报|报告)》?(?:（[^（）]*）)?$")
_MAX_HEADING, _MAX_TITLE, _MAX_OFFICE = 45, 80, 40
_ENOUGH_ROWS, _ENOUGH_CELLS = 3, 9
_ENOUGH_SECTIONS = 3
_FEWEST_LETTERS = 300
"""Of a report below its title, the footer of the page among them."""
_FURNITURE = lazy_re_compile(
    r"[\[【（|]?(?:上一[篇条页]|下一[篇条页]|打印|关闭|返回|分享|收藏|字体|字号|大中小|扫一扫|当前位置|您?现在的?位置|您所在的?位置|首页[>》|]"
    r"|责任编辑|编辑：|来源：|信息来源|文章来源|发布(?:时间|日期|机构|单位)|发文(?:时间|日期)|成文日期|日期：|时间：|浏览(?:次数|量)|阅读(?:次数|量)?：|点击(?:数|率|量|次数)|访问量"
    r"|索引号|索取号|信息分类|主题分类|公开方式|公开范围|有效性|名称：|版权所有|主办单位|主办：|承办单位|承办：|技术支持|网站标识码|网站地图|联系我们|.{0,12}ICP备|.{0,12}公网安备"
    r"|相关(?:文档|附件|链接|阅读|信息|新闻)|附件下载|(?:打印|关闭|收藏|分享|本页|窗口|返回|顶部|[\[\]【】|])+$)"
)
_DIGITS, _PAGE = lazy_re_compile(r"\d+"), lazy_re_compile(r"(?i)\b(?:page|pf)")
"""Programs that make HTML of PDF give each page an element: `page1-div`, `page2-div`."""
_ONLY_MARKS = lazy_re_compile(r"[\s>》|/\-\[\]【】（）·•：]*")


def report_of(items: Sequence[Item], root: Element) -> list[Item]:
    """Returns what of a page is the report, all that is no furniture of the page if it cannot be told; and comments."""
    kept = _kept(items, root)
    known = set(map(id, kept))
    first = _offset(kept[0]) if kept else 0
    lost = [item for item in items if id(item) not in known]
    remarks = [one for item in lost for one in ((item,) if isinstance(item, Text) else item.remarks)]
    before = [one for one in remarks if one.start < first]
    return [*before, *kept, *remarks[len(before) :]]


def _kept(items: Sequence[Item], root: Element) -> list[Item]:
    rows, headings = _large_tables(items), _section_headings(items)
    if len(headings) >= _ENOUGH_SECTIONS:
        # A calendar beside the report is no part of it.
        rows = [row for row in rows if _offset(headings[0]) < _offset(row)]
    anchors: list[Written | TableRow] = sorted([*rows, *headings], key=_offset)
    if not anchors:
        return _without_furniture(items, frozenset())
    core = _with_pages(_common([anchor.element for anchor in anchors], root))
    anchored = set(map(id, anchors))
    inside = [
        index for index, item in enumerate(items) if core.start <= _offset(item) < core.end or id(item) in anchored
    ]
    first, last = inside[0], inside[-1]
    title = _title(items, _offset(anchors[0]))
    kept = anchors
    if title is not None:
        found = items[title]
        assert isinstance(found, Written)
        kept = [found, *anchors]
        if title < first:
            head = _without_furniture(items[_with_agency(items, title) : first], _around(kept))
            return [*_from_title(head), *_trimmed(_without_furniture(items[first : last + 1], _around(kept)), anchors)]
    return _trimmed(_without_furniture(items[first : last + 1], _around(kept)), anchors)


def lonely_title(items: Sequence[Item]) -> int | None:
    """Returns where the title of a report is of which the page has nothing else; None if there is none, or more."""
    title = None if _large_tables(items) or _section_headings(items) else _title(items, _offset(items[-1]) + 1)
    if title is None or not isinstance(found := items[title], Written) or not _is_title(found):
        return None
    below = (item for item in items[title + 1 :] if isinstance(item, Written) and not item.furniture)
    letters = sum(len(item.line.text) for item in below if not _is_linked(item) and not _is_furniture(item))
    return found.start if letters < _FEWEST_LETTERS else None


def _offset(item: Item) -> int:
    return item.row.start if isinstance(item, TableRow) else item.start


def _large_tables(items: Iterable[Item]) -> list[TableRow]:
    """Returns the first row of each table that is large enough to be one of a report."""
    first: dict[int, TableRow] = {}
    rows: Counter[int] = Counter()
    cells: Counter[int] = Counter()
    for item in items:
        if isinstance(item, TableRow):
            key = id(item.element)
            first.setdefault(key, item)
            rows[key] += 1
            cells[key] += len(item.cells)
    return [row for key, row in first.items() if rows[key] >= _ENOUGH_ROWS and cells[key] >= _ENOUGH_CELLS]


def _section_headings(items: Iterable[Item]) -> list[Written]:
    return [
        item
        for item in items
        if isinstance(item, Written)
        and len(item.line.text) <= _MAX_HEADING
        and not _is_linked(item)
        and _SECTION.match(item.line.text)
    ]


def _title(items: Sequence[Item], before: int) -> int | None:
    """Returns which line is the last that may be a title before an offset, else the last main heading."""
    heading: int | None = None
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        if not isinstance(item, Written) or item.start >= before:
            continue
        if _is_title(item):
            if not _is_furniture(item) and (not item.line.links or item.level):
                return index
        elif heading is None and item.level == 1:
            heading = index
    return heading


def _is_title(item: Written) -> bool:
    return len(item.line.text) <= _MAX_TITLE and _TITLE.search(fold(item.line.text).replace(" ", "")) is not None


def _with_agency(items: Sequence[Item], title: int) -> int:
    """Returns where a title begins whose first lines are lines of their own in the same element."""
    found = items[title]
    while title:
        before = items[title - 1]
        if (
            not isinstance(before, Written)
            or not isinstance(found, Written)
            or before.element.parent not in (found.element.parent, found.element)
            or before.line.links
            or len(before.line.text) > _MAX_OFFICE
            or _is_furniture(before)
        ):
            break
        title -= 1
    return title


def _common(elements: Sequence[Element], root: Element) -> Element:
    """Returns the innermost element that holds all of some."""
    counts: Counter[int] = Counter()
    for element in elements:
        counts.update(id(one) for one in _ancestors(element))
    return next((one for one in _ancestors(elements[0]) if counts[id(one)] == len(elements)), root)


def _with_pages(element: Element) -> Element:
    """Returns the element around the pages of a document, each an element, of which one was found; else that one."""
    name = _DIGITS.sub("", element.attributes)
    if element.parent is None or not _PAGE.search(name):
        return element
    siblings = (one for one in element.parent.children if isinstance(one, Element) and one is not element)
    like = any(one.tag == element.tag and _DIGITS.sub("", one.attributes) == name for one in siblings)
    return element.parent if like else element


def _ancestors(element: Element) -> Iterable[Element]:
    around = element.parent if element.tag == "table" or element.parent is not None else element
    while around is not None:
        yield around
        around = around.parent


def _around(items: Iterable[Written | TableRow]) -> frozenset[int]:
    """Returns which elements hold what is certainly of the report, and so are no furniture."""
    return frozenset(id(item.furniture) for item in items if item.furniture)


def _without_furniture(items: Iterable[Item], holding: frozenset[int]) -> list[Item]:
    """Returns items without menus, and without lines that consist of links."""
    found: list[Item] = []
    for item in items:
        if isinstance(item, Written | TableRow):
            if item.furniture and id(item.furniture) not in holding:
                continue
            if isinstance(item, Written) and _is_linked(item) and (item.line.links > 1 or _is_furniture(item)):
                continue
        found.append(item)
    return found


def _from_title(items: Sequence[Item]) -> list[Item]:
    """Returns the title with its lines, without what the site says of the page below it, be it in a table."""
    return [
        item
        for item in items
        if isinstance(item, Text) or (isinstance(item, Written) and (item.level or not _is_furniture(item)))
    ]


def _trimmed(items: Sequence[Item], anchors: Sequence[Written | TableRow]) -> list[Item]:
    """Returns items without what the site says of the page, above the first heading and below the last paragraph."""
    before = _offset(anchors[0])
    end = len(items)
    while end and isinstance(last := items[end - 1], Written) and _offset(last) > before and _is_furniture(last):
        end -= 1
    return [
        item
        for item in items[:end]
        if not isinstance(item, Written) or item.start >= before or item.level or not _is_furniture(item)
    ]


def _is_linked(item: Written) -> bool:
    """Says whether nearly all of a line is links."""
    text = len(item.line.text) - len(_ONLY_MARKS.sub("", item.line.text)) if item.line.linked else 0
    return item.line.links > 0 and item.line.linked * 10 >= (len(item.line.text) - text) * 6


def _is_furniture(item: Written) -> bool:
    return _FURNITURE.match(fold(item.line.text).replace(" ", "")) is not None
