"""A row too many, twice, lost or elsewhere."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from random import Random

from tests.generation.content import Content
from tests.generation.forms import DISCLOSED, REQUESTS, REVIEW, Line, address
from tests.generation.parts import Part, Row, Variation, Varied, count_of, first_row, new_name, written


def _inserted(
    content: Content, part: Part, at: int, row: Row, texts: Sequence[str], codes: Iterable[str] = ()
) -> Varied:
    rows = (*part.rows[:at], row, *part.rows[at:])
    foreign = dict(zip(part.cells(row.id), texts, strict=True))
    done = f"inserted {row.label} before row {at} of {part.table} {part.block}"
    return Varied(written(content, part._replace(rows=rows), foreign), done, codes=frozenset(codes))


def _numbers(content: Content, part: Part, like: str, rng: Random) -> list[str]:
    """Numbers that could stand in a row as well: near those of another row."""
    return [str(count_of(content, name) + rng.randint(1, 9)) for name in part.cells(like)]


def _sums(content: Content, part: Part, rows: Iterable[str]) -> list[str]:
    chosen = list(rows)
    return [
        str(sum(count_of(content, address(part.table, row, column)) for row in chosen)) for column, _ in part.columns
    ]


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
    return _inserted(content, part, at, Line(new_name(content), label, groups_of), _sums(content, part, inside))


def _other_year(content: Content, part: Part, rng: Random) -> Varied:
    at = rng.randrange(first_row(part), len(part.rows))
    row = part.rows[at]
    bare = row.label.partition("、")[2] if row.label[1:2] == "、" else row.label
    year = rng.choice((content.year - 1, content.year, content.year + 1))
    label = rng.choice((f"{year}年{bare}", f"其中：{year}年{bare}", f"上年{bare}", f"{bare}（{year}年）"))
    texts = _numbers(content, part, row.id, rng)
    return _inserted(content, part, at + rng.randint(0, 1), Line(new_name(content), label, row.groups), texts)


def _note_row(content: Content, part: Part, rng: Random) -> Varied:
    at = rng.randrange(first_row(part), len(part.rows) + 1)
    label = rng.choice(("备注", "说明", "注：以上数据由各科室报送", "填报单位", "其中线上办理情况"))
    cells = ["" for _ in part.columns]
    if rng.random() < 0.6:
        cells[rng.randrange(len(cells))] = rng.choice(("无", "详见附件", "2", "含上年12月", "—"))
    groups = part.rows[max(0, at - 1)].groups
    return _inserted(content, part, at, Line(new_name(content), label, groups), cells)


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
    at = rng.randrange(first_row(part), len(part.rows) + 1)
    beside = part.rows[max(0, at - 1)]
    label = rng.choice(_FOREIGN_ROWS[part.table])
    texts = _numbers(content, part, beside.id, rng)
    return _inserted(content, part, at, Line(new_name(content), label, beside.groups), texts)


def _duplicated(content: Content, part: Part, rng: Random, texts: Callable[[Row], list[str]]) -> Varied:
    at = rng.randrange(len(part.rows))
    row = part.rows[at]
    alike = [number for number, line in enumerate(part.rows) if line.groups == row.groups]
    place = at + 1 if rng.random() < 0.7 else rng.choice(alike) + 1
    new = texts(row)
    unknown = {name for name, text in zip(part.cells(row.id), new, strict=True) if content.cell_text(name) != text}
    varied = _inserted(content, part, place, row._replace(id=new_name(content)), new)
    return replace(varied, unknown=frozenset(unknown))


def _twice_same(content: Content, part: Part, rng: Random) -> Varied:
    return _duplicated(content, part, rng, lambda row: [content.cell_text(name) for name in part.cells(row.id)])


def _twice_other(content: Content, part: Part, rng: Random) -> Varied:
    return _duplicated(content, part, rng, lambda row: _numbers(content, part, row.id, rng))


def _dropped(content: Content, part: Part, rng: Random) -> Varied | None:
    if part.table == REVIEW and len(part.rows) < 3:
        return None
    at = rng.randrange(first_row(part), len(part.rows))
    left = part._replace(rows=(*part.rows[:at], *part.rows[at + 1 :]))
    return Varied(written(content, left), f"dropped {part.rows[at].label}", codes=frozenset({"DL202"}))


def _moved(content: Content, part: Part, rng: Random) -> Varied | None:
    places = list(range(first_row(part), len(part.rows)))
    if len(places) < 2:
        return None
    at, to = rng.sample(places, 2)
    rows = list(part.rows)
    rows.insert(to, rows.pop(at))
    done = f"moved {part.rows[at].label} to {to}"
    return Varied(written(content, part._replace(rows=tuple(rows))), done)


def _moved_group(content: Content, part: Part, rng: Random) -> Varied | None:
    groups = [line.groups for line in part.rows if len(line.groups) == 2]
    if part.table != REQUESTS:
        return None
    group, other = rng.sample(sorted(set(groups)), 2)
    moving = [line for line in part.rows if line.groups == group]
    rows = [line for line in part.rows if line.groups != group]
    at = 1 + max(number for number, line in enumerate(rows) if line.groups == other)
    changed = part._replace(rows=(*rows[:at], *moving, *rows[at:]))
    return Varied(written(content, changed), f"moved the group {group[-1]} behind {other[-1]}")


_OTHER_FORM = {
    (DISCLOSED, "2021"): ("规范性文件", "其他对外管理服务事项", "政府集中采购"),
    (DISCLOSED, "2019"): ("行政规范性文件", "规章", "行政确认"),
    (REQUESTS, "2021"): ("（六）其他处理", "3.危及“三安全一稳定”", "（六）其他处理情况"),
    (REQUESTS, "2019"): (
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "3.其他",
    ),
}


def _other_form(content: Content, part: Part, rng: Random) -> Varied | None:
    """A row that another year's form has, or has in other words."""
    labels = _OTHER_FORM.get((part.table, content.form))
    if not labels:
        return None
    at, label = rng.randrange(first_row(part), len(part.rows) + 1), rng.choice(labels)
    beside = part.rows[max(0, at - 1)]
    if any(label in row.label for row in part.rows):
        return None
    return _inserted(
        content, part, at, Line(new_name(content), label, beside.groups), _numbers(content, part, beside.id, rng)
    )


def _sum_row(content: Content, part: Part, rng: Random) -> Varied | None:
    """All rows added up, where the form has no such row."""
    if part.table == REVIEW:
        return None
    at, label = rng.choice((0, len(part.rows))), rng.choice(("合计", "总计", "小计", "共计", "全年合计", "总 计"))
    texts = _sums(content, part, [row.id for row in part.rows])
    return _inserted(content, part, at, Line(new_name(content), label, ()), texts)


ROW_VARIATIONS: dict[str, Variation] = {
    "row_inserted_subtotal": _subtotal,
    "row_inserted_other_year": _other_year,
    "row_inserted_note": _note_row,
    "row_inserted_foreign": _foreign_row,
    "row_twice_same": _twice_same,
    "row_twice_other": _twice_other,
    "row_dropped": _dropped,
    "row_moved": _moved,
    "row_moved_group": _moved_group,
    "row_of_other_form": _other_form,
    "row_sum": _sum_row,
}
