"""Reports whose tables are not quite the form's: a row or a column too many, lost, moved, renamed or without a name.

Unlike the disturbances of a text, these are done before the report is laid out, so that every layout and every format
of file shows them as it would have been written.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from tests.generation.content import Content
from tests.generation.forms import DISCLOSED, REQUESTS, REVIEW, Block, Line, Shape, address

Row = Line
"""A row of any of the tables; those of 表二 and 表四 stand in no groups."""
Column = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Varied:
    """A report with one thing done to its tables."""

    content: Content
    done: str
    """What was done, in words."""
    unknown: frozenset[str] = frozenset()
    """Cells whose number nobody can know, though it stands there."""
    codes: frozenset[str] = frozenset()
    """Codes of findings that are true of the report now."""


class Part(NamedTuple):
    """Rows that stand below each other with the same columns: 表三, a block of 表二, or 表四, whose rows are blocks."""

    table: str
    block: int
    """Which block of 表二."""
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]

    def cells(self, row: str) -> list[str]:
        """Returns the names of the cells of a row."""
        return [address(self.table, row, column) for column, _ in self.columns]

    def column_cells(self, column: str) -> list[str]:
        """Returns the names of the cells of a column."""
        return [address(self.table, row.id, column) for row in self.rows]


Variation = Callable[[Content, Part, Random], Varied | None]
"""Does something to a part of a report; None where that cannot be."""


def parts(shape: Shape) -> list[Part]:
    """Returns all parts of a report's tables."""
    found = [
        Part(DISCLOSED, at, tuple(Line(*row) for row in block.rows), block.columns)
        for at, block in enumerate(shape.blocks)
    ]
    review = tuple(Line(*row) for row in shape.review_blocks)
    return [*found, Part(REQUESTS, 0, shape.lines, shape.applicants), Part(REVIEW, 0, review, shape.review_columns)]


def _written(content: Content, part: Part, foreign: Mapping[str, str] | None = None) -> Content:
    """The report with a part's rows and columns changed; numbers whose cells are gone are gone."""
    shape, rows = content.shape, tuple((row.id, row.label) for row in part.rows)
    if part.table == REQUESTS:
        shape = shape._replace(lines=part.rows, applicants=part.columns)
    elif part.table == REVIEW:
        shape = shape._replace(review_blocks=rows, review_columns=part.columns)
    else:
        changed = Block(shape.blocks[part.block].article, part.columns, rows)
        blocks = (*shape.blocks[: part.block], changed, *shape.blocks[part.block + 1 :])
        shape = shape._replace(blocks=tuple(block for block in blocks if block.rows and block.columns))
    cells = {name for each in parts(shape) for row in each.rows for name in each.cells(row.id)}
    numbers = {name: value for name, value in content.numbers.items() if name in cells}
    return replace(content, shape=shape, numbers=numbers, written={**content.written, **(foreign or {})})


def _new(content: Content) -> str:
    """A name for a row or a column that the form does not have, another each time."""
    return f"foreign{len(content.written)}"


def _count(content: Content, name: str) -> int:
    """What a cell counts; 0 for one that counts nothing."""
    return int(content.numbers.get(name) or 0)


def _first(part: Part) -> int:
    """The first row that another can stand before: 行政复议 keeps its place, above its own columns."""
    return 1 if part.table == REVIEW else 0


def _inserted(
    content: Content, part: Part, at: int, row: Row, texts: Sequence[str], codes: Iterable[str] = ()
) -> Varied:
    rows = (*part.rows[:at], row, *part.rows[at:])
    foreign = dict(zip(part.cells(row.id), texts, strict=True))
    done = f"inserted {row.label} before row {at} of {part.table} {part.block}"
    return Varied(_written(content, part._replace(rows=rows), foreign), done, codes=frozenset(codes))


def _numbers(content: Content, part: Part, like: str, rng: Random) -> list[str]:
    """Numbers that could stand in a row as well: near those of another row."""
    return [str(_count(content, name) + rng.randint(1, 9)) for name in part.cells(like)]


def _sums(content: Content, part: Part, rows: Iterable[str]) -> list[str]:
    chosen = list(rows)
    return [str(sum(_count(content, address(part.table, row, column)) for row in chosen)) for column, _ in part.columns]


def _subtotal(content: Content, part: Part, rng: Random) -> Varied | None:
    if part.table != REQUESTS:
        return None
    groups = sorted({line.groups[-1] for line in part.rows if len(line.groups) == 2})
    group = rng.choice(groups)
    inside = [line.id for line in part.rows if line.groups[-1:] == (group,)]
    at = 1 + max(number for number, line in enumerate(part.rows) if line.id in inside)
    if rng.random() < 0.4:
        at = min(number for number, line in enumerate(part.rows) if line.id == "outcome_total")
    label = rng.choice((f"{group}总计", f"{group}小计", f"{group}合计", "小计", f"{group[3:]}总计", f"{group[3:]}小计"))
    inner = part.rows[at - 1].groups if rng.random() < 0.5 and part.rows[at - 1].id in inside else part.rows[0].groups
    groups_of = inner if len(inner) == 2 else part.rows[at - 1].groups[:1]
    return _inserted(content, part, at, Line(_new(content), label, groups_of), _sums(content, part, inside))


def _other_year(content: Content, part: Part, rng: Random) -> Varied:
    at = rng.randrange(_first(part), len(part.rows))
    row = part.rows[at]
    bare = row.label.partition("、")[2] if row.label[1:2] == "、" else row.label
    year = rng.choice((content.year - 1, content.year, content.year + 1))
    label = rng.choice((f"{year}年{bare}", f"其中：{year}年{bare}", f"上年{bare}", f"{bare}（{year}年）"))
    texts = _numbers(content, part, row.id, rng)
    return _inserted(content, part, at + rng.randint(0, 1), Line(_new(content), label, row.groups), texts)


def _note_row(content: Content, part: Part, rng: Random) -> Varied:
    at = rng.randrange(_first(part), len(part.rows) + 1)
    label = rng.choice(("备注", "说明", "注：以上数据由各科室报送", "填报单位", "其中线上办理情况"))
    cells = ["" for _ in part.columns]
    if rng.random() < 0.6:
        cells[rng.randrange(len(cells))] = rng.choice(("无", "详见附件", "2", "含上年12月", "—"))
    groups = part.rows[max(0, at - 1)].groups
    return _inserted(content, part, at, Line(_new(content), label, groups), cells)


_FOREIGN_ROWS = {
    REQUESTS: (
        "9.其他不予公开情形",
        "（八）撤回申请",
        "其中：线上申请",
        "4.其他无法提供情形",
        "（六）非政府信息公开申请",
    ),
    DISCLOSED: ("行政征收", "其他行政行为", "其中：网上办理", "行政确认", "规章以外的文件"),
    REVIEW: ("行政赔偿", "一并提起行政诉讼", "其他救济"),
}


def _foreign_row(content: Content, part: Part, rng: Random) -> Varied:
    at = rng.randrange(_first(part), len(part.rows) + 1)
    beside = part.rows[max(0, at - 1)]
    label = rng.choice(_FOREIGN_ROWS[part.table])
    texts = _numbers(content, part, beside.id, rng)
    return _inserted(content, part, at, Line(_new(content), label, beside.groups), texts)


def _duplicated(content: Content, part: Part, rng: Random, texts: Callable[[Row], list[str]]) -> Varied:
    at = rng.randrange(len(part.rows))
    row = part.rows[at]
    alike = [number for number, line in enumerate(part.rows) if line.groups == row.groups]
    place = at + 1 if rng.random() < 0.7 else rng.choice(alike) + 1
    new = texts(row)
    unknown = {name for name, text in zip(part.cells(row.id), new, strict=True) if content.cell_text(name) != text}
    varied = _inserted(content, part, place, row._replace(id=_new(content)), new)
    return replace(varied, unknown=frozenset(unknown))


def _twice_same(content: Content, part: Part, rng: Random) -> Varied:
    return _duplicated(content, part, rng, lambda row: [content.cell_text(name) for name in part.cells(row.id)])


def _twice_other(content: Content, part: Part, rng: Random) -> Varied:
    return _duplicated(content, part, rng, lambda row: _numbers(content, part, row.id, rng))


def _dropped(content: Content, part: Part, rng: Random) -> Varied | None:
    if part.table == REVIEW and len(part.rows) < 3:
        return None
    at = rng.randrange(_first(part), len(part.rows))
    left = part._replace(rows=(*part.rows[:at], *part.rows[at + 1 :]))
    return Varied(_written(content, left), f"dropped {part.rows[at].label}", codes=frozenset({"DL202"}))


def _moved(content: Content, part: Part, rng: Random) -> Varied | None:
    places = list(range(_first(part), len(part.rows)))
    if len(places) < 2:
        return None
    at, to = rng.sample(places, 2)
    rows = list(part.rows)
    rows.insert(to, rows.pop(at))
    done = f"moved {part.rows[at].label} to {to}"
    return Varied(_written(content, part._replace(rows=tuple(rows))), done)


def _moved_group(content: Content, part: Part, rng: Random) -> Varied | None:
    groups = [line.groups for line in part.rows if len(line.groups) == 2]
    if part.table != REQUESTS:
        return None
    group, other = rng.sample(sorted(set(groups)), 2)
    moving = [line for line in part.rows if line.groups == group]
    rows = [line for line in part.rows if line.groups != group]
    at = 1 + max(number for number, line in enumerate(rows) if line.groups == other)
    changed = part._replace(rows=(*rows[:at], *moving, *rows[at:]))
    return Varied(_written(content, changed), f"moved the group {group[-1]} behind {other[-1]}")


def _relabelled(content: Content, part: Part, labels: Mapping[int, str], codes: Iterable[str] = ("DL202",)) -> Varied:
    rows = tuple(row._replace(label=labels.get(at, row.label)) for at, row in enumerate(part.rows))
    done = "relabelled " + ", ".join(f"{part.rows[at].label} as {label or 'nothing'}" for at, label in labels.items())
    return Varied(_written(content, part._replace(rows=rows)), done, codes=frozenset(codes))


def _as_another(content: Content, part: Part, rng: Random) -> Varied | None:
    if len(part.rows) < 2:
        return None
    at, other = rng.sample(range(len(part.rows)), 2)
    return _relabelled(content, part, {at: part.rows[other].label})


def _words_of_another(content: Content, part: Part, rng: Random) -> Varied | None:
    """The ordinal is the row's own, the words are another's."""
    numbered = [at for at, row in enumerate(part.rows) if _ordinal(row.label)]
    if len(numbered) < 2:
        return None
    at, other = rng.sample(numbered, 2)
    return _relabelled(content, part, {at: _ordinal(part.rows[at].label) + _words(part.rows[other].label)})


def _words_swapped(content: Content, part: Part, rng: Random) -> Varied | None:
    """Two rows have each other's words behind their own ordinals: nobody can know which is meant."""
    numbered = [at for at, row in enumerate(part.rows) if _ordinal(row.label)]
    if len(numbered) < 2:
        return None
    at, other = rng.sample(numbered, 2)
    labels = {
        one: _ordinal(part.rows[one].label) + _words(part.rows[two].label) for one, two in ((at, other), (other, at))
    }
    varied = _relabelled(content, part, labels)
    unknown = frozenset(name for one in (at, other) for name in part.cells(part.rows[one].id))
    return replace(varied, unknown=unknown)


def _ordinal(label: str) -> str:
    if label[:1] == "（":
        return label[:3]
    return label[:2] if label[1:2] in ("、", ".") else ""


def _words(label: str) -> str:
    return label[len(_ordinal(label)) :]


_SYNONYMS = (
    ("本年新收政府信息公开申请数量", "新收到的申请"),
    ("本年新收", "当年新增"),
    ("上年结转", "上年度转入"),
    ("予以公开", "全部公开"),
    ("（区分处理的，只计这一情形，不计其他情形）", ""),
    ("属于", "涉及"),
    ("危及", "影响"),
    ("第三方", "他人"),
    ("不掌握相关", "未掌握所需"),
    ("补正后申请内容仍", "经补正内容依然"),
    ("信访举报投诉", "来信来访"),
    ("重复申请", "多次申请同一信息"),
    ("无正当理由大量反复", "频繁大量"),
    ("总计", "合计"),
    ("结转下年度继续办理", "转入下一年办理"),
    ("其他", "其它"),
    ("行政许可", "许可事项"),
    ("行政处罚", "处罚"),
    ("行政强制", "强制措施"),
    ("行政事业性收费", "事业性收费"),
    ("规范性文件", "规范文件"),
    ("政府集中采购", "集中采购"),
    ("未经复议直接起诉", "直接起诉"),
    ("复议后起诉", "经复议再起诉"),
    ("自然人", "公民"),
    ("商业企业", "企业"),
    ("科研机构", "科研院所"),
    ("社会公益组织", "公益组织"),
    ("法律服务机构", "律师事务所"),
    ("结果维持", "维持"),
    ("结果纠正", "纠正"),
    ("尚未审结", "未审结"),
    ("本年处理决定数量", "今年决定数"),
    ("处理决定数量", "决定数"),
    ("本年制发件数", "今年印发"),
    ("现行有效件数", "有效件数"),
)


def _synonym(text: str, rng: Random) -> str | None:
    found = [(old, new) for old, new in _SYNONYMS if old in text]
    return text.replace(*rng.choice(found)) if found else None


def _renamed(content: Content, part: Part, rng: Random) -> Varied | None:
    at = rng.randrange(len(part.rows))
    label = _synonym(part.rows[at].label, rng)
    return _relabelled(content, part, {at: label}) if label else None


def _ordinal_changed(content: Content, part: Part, rng: Random) -> Varied | None:
    numbered = [at for at, row in enumerate(part.rows) if _ordinal(row.label)]
    if not numbered:
        return None
    at = rng.choice(numbered)
    ordinal = _ordinal(part.rows[at].label)
    other = ordinal.replace(ordinal.strip("（）、."), rng.choice("二三五六"))
    return _relabelled(content, part, {at: rng.choice(("", other)) + _words(part.rows[at].label)})


def _unlabelled(content: Content, part: Part, rng: Random) -> Varied:
    count = rng.choice((1, 1, 2))
    return _relabelled(content, part, dict.fromkeys(rng.sample(range(len(part.rows)), min(count, len(part.rows))), ""))


def _group_renamed(content: Content, part: Part, rng: Random) -> Varied | None:
    if part.table != REQUESTS:
        return None
    old = rng.choice(sorted({line.groups[-1] for line in part.rows if len(line.groups) == 2}))
    others = [line.groups[-1] for line in part.rows if len(line.groups) == 2 and line.groups[-1] != old]
    new = rng.choice((_words(old), _ordinal(old) + "其他情形", rng.choice(others), "（八）" + _words(old)))
    rows = tuple(
        line._replace(groups=tuple(new if group == old else group for group in line.groups)) for line in part.rows
    )
    done = f"renamed the group {old} {new}"
    return Varied(_written(content, part._replace(rows=rows)), done, codes=frozenset({"DL202"}))


def _with_column(content: Content, part: Part, rng: Random, label: str, texts: Sequence[str]) -> Varied:
    at, id = rng.choice((0, len(part.columns), rng.randint(0, len(part.columns)))), _new(content)
    columns = (*part.columns[:at], (id, label), *part.columns[at:])
    foreign = {address(part.table, row.id, id): text for row, text in zip(part.rows, texts, strict=True)}
    done = f"inserted the column {label} at {at} of {part.table} {part.block}"
    return Varied(_written(content, part._replace(columns=columns), foreign), done)


def _note_column(content: Content, part: Part, rng: Random) -> Varied:
    texts = [rng.choice(("", "", "", "无", "含网上", "详见附件")) for _ in part.rows]
    return _with_column(content, part, rng, rng.choice(("备注", "说明")), texts)


def _share_column(content: Content, part: Part, rng: Random) -> Varied:
    texts = [f"{rng.randint(0, 1000) / 10}%" for _ in part.rows]
    return _with_column(content, part, rng, rng.choice(("占比", "所占比例", "同比增长")), texts)


def _year_column(content: Content, part: Part, rng: Random) -> Varied:
    beside = rng.choice(part.columns)
    texts = [str(_count(content, name) + rng.randint(1, 9)) for name in part.column_cells(beside[0])]
    year = content.year - 1
    label = rng.choice((f"{year}年", f"{year}年{beside[1]}", f"上年{beside[1]}"))
    return _with_column(content, part, rng, label, texts)


def _numbered_column(content: Content, part: Part, rng: Random) -> Varied:
    return _with_column(content, part, rng, "序号", [str(at) for at, _ in enumerate(part.rows, 1)])


def _column_twice(content: Content, part: Part, rng: Random) -> Varied:
    id, label = rng.choice(part.columns)
    names = part.column_cells(id)
    texts = [str(_count(content, name) + rng.randint(0, 3)) for name in names]
    varied = _with_column(content, part, rng, label, texts)
    unknown = frozenset(name for name, text in zip(names, texts, strict=True) if content.cell_text(name) != text)
    return replace(varied, unknown=unknown)


def _column_dropped(content: Content, part: Part, rng: Random) -> Varied | None:
    if len(part.columns) < 2:
        return None
    at = rng.randrange(len(part.columns))
    columns = (*part.columns[:at], *part.columns[at + 1 :])
    done = f"dropped the column {part.columns[at][1]} of {part.table} {part.block}"
    return Varied(_written(content, part._replace(columns=columns)), done, codes=frozenset({"DL202"}))


def _with_labels(content: Content, part: Part, labels: Mapping[int, str]) -> Varied:
    columns = tuple((id, labels.get(at, text)) for at, (id, text) in enumerate(part.columns))
    done = "renamed the column " + ", ".join(f"{part.columns[at][1]} {text}" for at, text in labels.items())
    done += f" of {part.table} {part.block}"
    return Varied(_written(content, part._replace(columns=columns)), done, codes=frozenset({"DL202"}))


def _column_renamed(content: Content, part: Part, rng: Random) -> Varied | None:
    at = rng.randrange(len(part.columns))
    label = _synonym(part.columns[at][1], rng)
    return _with_labels(content, part, {at: label}) if label else None


def _column_as_another(content: Content, part: Part, rng: Random) -> Varied | None:
    if len(part.columns) < 2:
        return None
    at, other = rng.sample(range(len(part.columns)), 2)
    return _with_labels(content, part, {at: part.columns[other][1]})


def _column_moved(content: Content, part: Part, rng: Random) -> Varied | None:
    if len(part.columns) < 2:
        return None
    at, to = rng.sample(range(len(part.columns)), 2)
    columns = list(part.columns)
    columns.insert(to, columns.pop(at))
    done = f"moved the column {part.columns[at][1]} to {to} of {part.table} {part.block}"
    return Varied(_written(content, part._replace(columns=tuple(columns))), done)


def _zeros_blank(content: Content, part: Part, rng: Random) -> Varied:
    del part
    zeros = [name for name, value in content.numbers.items() if value == 0 and rng.random() < 0.8]
    return Varied(content.with_numbers(dict.fromkeys(zeros, None)), f"left {len(zeros)} zeros blank")


def _thousands(content: Content, part: Part, rng: Random) -> Varied:
    del part, rng
    written = {name: f"{value:,}" for name, value in content.numbers.items() if value is not None}
    return Varied(content.with_written(written), "set off the thousands")


VARIATIONS: dict[str, Variation] = {
    "cells_blank": _zeros_blank,
    "cells_thousands": _thousands,
    "row_inserted_subtotal": _subtotal,
    "row_inserted_other_year": _other_year,
    "row_inserted_note": _note_row,
    "row_inserted_foreign": _foreign_row,
    "row_twice_same": _twice_same,
    "row_twice_other": _twice_other,
    "row_dropped": _dropped,
    "row_moved": _moved,
    "row_moved_group": _moved_group,
    "row_as_another": _as_another,
    "row_words_of_another": _words_of_another,
    "row_words_swapped": _words_swapped,
    "row_renamed": _renamed,
    "row_ordinal_changed": _ordinal_changed,
    "row_unlabelled": _unlabelled,
    "row_group_renamed": _group_renamed,
    "column_inserted_note": _note_column,
    "column_inserted_share": _share_column,
    "column_inserted_year": _year_column,
    "column_inserted_number": _numbered_column,
    "column_twice": _column_twice,
    "column_dropped": _column_dropped,
    "column_renamed": _column_renamed,
    "column_as_another": _column_as_another,
    "column_moved": _column_moved,
}
"""All that is done to rows and columns, by name."""


def varied(content: Content, kinds: Iterable[str], rng: Random) -> Varied | None:
    """Returns a report with one thing of each kind done to one of its tables; None if one of them cannot be.

    KeyError: no such kind.
    """
    found = Varied(content, "")
    for kind in kinds:
        table = rng.choice((DISCLOSED, REQUESTS, REQUESTS, REVIEW))
        chosen = rng.choice([part for part in parts(found.content.shape) if part.table == table])
        more = VARIATIONS[kind](found.content, chosen, rng)
        if more is None:
            return None
        done = f"{found.done}; {more.done}".lstrip("; ")
        found = Varied(more.content, done, found.unknown | more.unknown, found.codes | more.codes)
    return found
