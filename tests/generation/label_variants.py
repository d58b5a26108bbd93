"""A row, or a group of rows, under another name or without one."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from random import Random

from tests.generation.content import Content
from tests.generation.forms import REQUESTS
from tests.generation.parts import Part, Variation, Varied, written
from tests.generation.synonyms import synonym


def _relabelled(content: Content, part: Part, labels: Mapping[int, str], codes: Iterable[str] = ("DL202",)) -> Varied:
    rows = tuple(row._replace(label=labels.get(at, row.label)) for at, row in enumerate(part.rows))
    done = "relabelled " + ", ".join(f"{part.rows[at].label} as {label or 'nothing'}" for at, label in labels.items())
    return Varied(written(content, part._replace(rows=rows)), done, codes=frozenset(codes))


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
    pairs = zip(*(part.cells(part.rows[one].id) for one in (at, other)), strict=True)
    unknown = frozenset(name for pair in pairs if len(set(map(content.cell_text, pair))) > 1 for name in pair)
    return replace(varied, unknown=unknown)


def _ordinal(label: str) -> str:
    if label[:1] == "（":
        return label[:3]
    return label[:2] if label[1:2] in ("、", ".") else ""


def _words(label: str) -> str:
    return label[len(_ordinal(label)) :]


def _renamed(content: Content, part: Part, rng: Random) -> Varied | None:
    at = rng.randrange(len(part.rows))
    label = synonym(part.rows[at].label, rng)
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
    return Varied(written(content, part._replace(rows=rows)), done, codes=frozenset({"DL202"}))


_SHORT = {
    "1.属于国家秘密": ("国家秘密", "涉密", "1.国家秘密"),
    "2.其他法律行政法规禁止公开": ("法律法规禁止", "2.法律禁止公开"),
    "3.危及“三安全一稳定”": ("三安全一稳定", "3.三安全一稳定"),
    "4.保护第三方合法权益": ("第三方权益", "4.第三方"),
    "5.属于三类内部事务信息": ("内部事务", "5.内部事务信息"),
    "6.属于四类过程性信息": ("过程性信息", "6.过程信息"),
    "7.属于行政执法案卷": ("执法案卷", "7.案卷"),
    "8.属于行政查询事项": ("查询事项", "8.行政查询"),
    "1.本机关不掌握相关政府信息": ("本机关不掌握", "1.不掌握"),
    "2.没有现成信息需要另行制作": ("需另行制作", "2.没有现成信息"),
    "3.补正后申请内容仍不明确": ("内容不明确", "3.不明确"),
    "1.信访举报投诉类申请": ("信访举报", "1.信访投诉"),
    "2.重复申请": ("重复", "2.重复"),
    "3.要求提供公开出版物": ("公开出版物", "3.出版物"),
    "4.无正当理由大量反复申请": ("大量反复申请", "4.反复申请"),
    "5.要求行政机关确认或重新出具已获取信息": ("确认或重新出具", "5.重新出具信息"),
    "一、本年新收政府信息公开申请数量": ("本年新收", "新收申请", "一、新收"),
    "二、上年结转政府信息公开申请数量": ("上年结转", "结转申请", "二、结转"),
    "四、结转下年度继续办理": ("结转下年", "结转", "四、结转下年度"),
    "（一）予以公开": ("公开", "予公开"),
    "（七）总计": ("总计", "（七）合计", "合计"),
    "行政规范性文件": ("规范性文件", "规范文件"),
    "行政事业性收费": ("收费", "事业性收费"),
    "未经复议直接起诉": ("直接起诉", "直接诉讼"),
    "复议后起诉": ("复议后诉讼", "经复议起诉"),
}


def _shortened(content: Content, part: Part, rng: Random) -> Varied | None:
    """One label, or all of a part, as people abbreviate them."""
    known = [at for at, row in enumerate(part.rows) if row.label in _SHORT]
    chosen = rng.choice((known, known, rng.sample(known, min(len(known), 1))))
    labels = {at: rng.choice(_SHORT[part.rows[at].label]) for at in chosen}
    return _relabelled(content, part, labels) if labels else None


def _renumbered(content: Content, part: Part, rng: Random) -> Varied | None:
    """All ordinals otherwise: none, doubled, moved on by one, in another style, or counted through the table."""
    numbered = [at for at, row in enumerate(part.rows) if _ordinal(row.label)]
    if len(numbered) < 2:
        return None
    last = rng.choice((len(numbered), rng.randint(2, len(numbered))))
    style = rng.choice(("", "doubled", "moved", "{}、", "（{}）", "{})", "{} ", "第{}项 ", "counted", "①", "三、"))
    labels: dict[int, str] = {}
    for count, at in enumerate(numbered[:last], 1):
        ordinal, words = _ordinal(part.rows[at].label), _words(part.rows[at].label)
        number = ordinal.strip("（）、.")
        if style == "doubled":
            new = ordinal * 2
        elif style == "moved":
            new = ordinal.replace(number, _NEXT[number])
        elif style == "counted":
            new = f"{count}."
        elif style == "①":
            new = chr(ord("①") + count - 1)
        elif style == "三、":
            new = "三、" + ordinal
        else:
            new = style.format(number)
        labels[at] = new + words
    return _relabelled(content, part, labels)


_NEXT = dict(zip("123456789一二三四五六七八", "23456789十二三四五六七八九", strict=True))


def _groups_in_labels(content: Content, part: Part, rng: Random) -> Varied | None:
    """The label of each row has that of its group before it."""
    if part.table != REQUESTS:
        return None
    mark = rng.choice(("", "-", " ", "：", "—", "/"))
    labels = {at: f"{row.groups[-1]}{mark}{row.label}" for at, row in enumerate(part.rows) if len(row.groups) == 2}
    return _relabelled(content, part, labels)


def _number_in_label(content: Content, part: Part, rng: Random) -> Varied | None:
    """A label that says a number besides, its row's total or another."""
    labels: dict[int, str] = {}
    for at in rng.sample(range(len(part.rows)), rng.choice((1, 1, min(5, len(part.rows))))):
        row = part.rows[at]
        number = rng.choice((content.cell_text(part.cells(row.id)[-1]), str(rng.randint(1, 40))))
        note = rng.choice(
            ("{}件", "（{}件）", " {}", "（{}）", "：{}", "（其中网络{}件）", "（共{}）", "（2022年）", "[{}]")
        )
        labels[at] = row.label + note.format(number)
    return _relabelled(content, part, labels)


def _swapped_between_groups(content: Content, part: Part, rng: Random) -> Varied | None:
    """Rows of two groups with one number, and each other's places and words: （三）3 and （四）3."""
    rows = [(at, row) for at, row in enumerate(part.rows) if len(row.groups) == 2]
    pairs = [
        (at, other)
        for at, row in rows
        for other, second in rows
        if at < other and row.groups != second.groups and _ordinal(row.label) == _ordinal(second.label)
    ]
    if not pairs:
        return None
    at, other = rng.choice(pairs)
    varied = _relabelled(content, part, {at: part.rows[other].label, other: part.rows[at].label})
    cells = zip(part.cells(part.rows[at].id), part.cells(part.rows[other].id), strict=True)
    unknown = frozenset(name for pair in cells if len(set(map(content.cell_text, pair))) > 1 for name in pair)
    return replace(varied, unknown=unknown)


LABEL_VARIATIONS: dict[str, Variation] = {
    "row_as_another": _as_another,
    "row_words_of_another": _words_of_another,
    "row_words_swapped": _words_swapped,
    "row_renamed": _renamed,
    "row_ordinal_changed": _ordinal_changed,
    "row_unlabelled": _unlabelled,
    "row_group_renamed": _group_renamed,
    "row_group_swapped": _swapped_between_groups,
    "rows_short": _shortened,
    "rows_renumbered": _renumbered,
    "rows_with_groups": _groups_in_labels,
    "row_label_number": _number_in_label,
}
