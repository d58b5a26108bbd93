"""A column too many, twice, lost, elsewhere or under another name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from tests.generation.content import Content
from tests.generation.forms import address
from tests.generation.parts import Part, Variation, Varied, count_of, new_name
from tests.generation.parts import written as _written
from tests.generation.synonyms import synonym


def _with_column(content: Content, part: Part, rng: Random, label: str, texts: Sequence[str]) -> Varied:
    at, key = rng.choice((0, len(part.columns), rng.randint(0, len(part.columns)))), new_name(content)
    columns = (*part.columns[:at], (key, label), *part.columns[at:])
    foreign = {address(part.table, row.id, key): text for row, text in zip(part.rows, texts, strict=True)}
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
    texts = [str(count_of(content, name) + rng.randint(1, 9)) for name in part.column_cells(beside[0])]
    year = content.year - 1
    label = rng.choice((f"{year}年", f"{year}年{beside[1]}", f"上年{beside[1]}"))
    return _with_column(content, part, rng, label, texts)


def _numbered_column(content: Content, part: Part, rng: Random) -> Varied:
    return _with_column(content, part, rng, "序号", [str(at) for at, _ in enumerate(part.rows, 1)])


def _column_twice(content: Content, part: Part, rng: Random) -> Varied:
    key, label = rng.choice(part.columns)
    names = part.column_cells(key)
    texts = [str(count_of(content, name) + rng.randint(0, 3)) for name in names]
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
    columns = tuple((key, labels.get(at, text)) for at, (key, text) in enumerate(part.columns))
    done = "renamed the column " + ", ".join(f"{part.columns[at][1]} {text}" for at, text in labels.items())
    done += f" of {part.table} {part.block}"
    return Varied(_written(content, part._replace(columns=columns)), done, codes=frozenset({"DL202"}))


def _column_renamed(content: Content, part: Part, rng: Random) -> Varied | None:
    at = rng.randrange(len(part.columns))
    label = synonym(part.columns[at][1], rng)
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


def _sum_column(content: Content, part: Part, rng: Random) -> Varied | None:
    """A total of a row that the form does not have, or has already."""
    sums = [sum(count_of(content, name) for name in part.cells(row.id)) for row in part.rows]
    return _with_column(content, part, rng, rng.choice(("合计", "小计", "共计", "全年")), list(map(str, sums)))


def _quarter_columns(content: Content, part: Part, rng: Random) -> Varied:
    """The year's number of a column in quarters, before or behind it."""
    at = rng.randrange(len(part.columns))
    key, label = part.columns[at]
    prefix = rng.choice(("", label))
    columns = list(part.columns)
    written: dict[str, str] = {}
    behind = rng.random() < 0.5
    for quarter, name in enumerate("一二三四"):
        new = f"quarter{quarter}"
        columns.insert(at + quarter + behind, (new, f"{name}季度{prefix}"))
        for row in part.rows:
            whole = count_of(content, address(part.table, row.id, key))
            written[address(part.table, row.id, new)] = str((whole + quarter) // 4)
    done = f"parted the column {label} of {part.table} {part.block} into quarters"
    return Varied(_written(content, part._replace(columns=tuple(columns)), written), done)


def _column_replaced(content: Content, part: Part, rng: Random) -> Varied | None:
    if len(part.columns) < 2:
        return None
    at, year = rng.randrange(len(part.columns)), content.year - 1
    key, old = part.columns[at]
    strange = ("备注", "说明", "占比", "同比增长", "序号", "小计", "数量", f"{year}年", f"{year}年{old}", f"上年{old}")
    label, name = rng.choice(strange), new_name(content)
    columns = (*part.columns[:at], (name, label), *part.columns[at + 1 :])
    foreign = {address(part.table, row.id, name): str(rng.choice((0, 7, rng.randint(0, 2000)))) for row in part.rows}
    done = f"put the column {label} in the place of {key} of {part.table} {part.block}"
    return Varied(_written(content, part._replace(columns=columns), foreign), done, codes=frozenset({"DL202"}))


COLUMN_VARIATIONS: dict[str, Variation] = {
    "column_inserted_note": _note_column,
    "column_inserted_share": _share_column,
    "column_inserted_year": _year_column,
    "column_inserted_number": _numbered_column,
    "column_twice": _column_twice,
    "column_dropped": _column_dropped,
    "column_renamed": _column_renamed,
    "column_as_another": _column_as_another,
    "column_moved": _column_moved,
    "column_sum": _sum_column,
    "column_quarters": _quarter_columns,
    "column_replaced": _column_replaced,
}
