"""The files under forms/: their JSON Schema, what that cannot see, and the forms that they become."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import CarriedRow, Column, Form, FormRow, Law, SectionForm, TableForm
from disclosure_lint.model.numbers import UNIT
from disclosure_lint.packs.schema import (
    DRAFT,
    FORM_ID,
    IDENTIFIER,
    LAW,
    SECTION_ID,
    Schema,
    ref,
    string,
    strings,
    table_of,
    year,
)
from disclosure_lint.packs.toml_files import Keys, TomlFile

_GROUPS: Schema = {
    "description": "公式里 sum(名称) 用的名称，各指哪几个",
    "type": "object",
    "propertyNames": IDENTIFIER,
    "additionalProperties": strings("名称（id），至少一个", IDENTIFIER, least=1),
}

_SECTION = table_of(
    "年报的一个部分",
    {
        "id": IDENTIFIER,
        "number": {"description": "第几部分，从 1 起", "type": "integer", "minimum": 1},
        "title": string("法定标题，不带序号"),
        "long_titles": strings("通知正文用的全称，也算对"),
        "aliases": strings("年报里常见的其他写法，据此认出这一部分"),
    },
    ["id", "number", "title"],
)

_COLUMN = table_of(
    "表的一列",
    {
        "id": IDENTIFIER,
        "label": string("列名，照格式原文"),
        "aliases": strings("列名的其他写法"),
        "wrong_names": strings("常见的错名，没有一个字与列名相同也认得出是这一列；DL202 会请作者改正"),
        "groups": strings("它上面的各级标题，从外到内，如：申请人情况、法人或其他组织"),
        "unit": {
            "description": "格式写明的单位，如：万元；格里写了别的单位，按它换算。没有写明的，金额按元，件数按个",
            "type": "string",
            "pattern": f"^{UNIT}$",
        },
    },
    ["id", "label"],
)

_ROW = table_of(
    "表的一行，有数的行才写",
    {
        "id": IDENTIFIER,
        "label": string("行名，照格式原文，带序号"),
        "aliases": strings("行名的其他写法"),
        "columns": strings("这一行有哪些列；不写就是全部", IDENTIFIER, least=1),
        "groups": strings("它上面的各级标题，从外到内"),
    },
    ["id", "label"],
)

_ROW_NAME = r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$"

_TABLE = table_of(
    "一张法定表格",
    {
        "id": IDENTIFIER,
        "title": string("表名"),
        "section": {**IDENTIFIER, **SECTION_ID},
        "corner": string("行名上方那一格的文字，如：信息内容"),
        "headers": strings("表头里的其他文字，既不是行、列，也不是 corner 和 groups"),
        "side_by_side": {"description": "true：各行并排成块，写在一行里（表四）", "type": "boolean"},
        "column": {"description": "列，按顺序", "type": "array", "items": ref("column"), "minItems": 1},
        "row": {"description": "行，按顺序", "type": "array", "items": ref("row"), "minItems": 1},
        "row_groups": ref("groups", "行的组"),
        "column_groups": ref("groups", "列的组"),
    },
    ["id", "title", "section", "column", "row"],
)

_CARRIED = table_of(
    "一行结转到下一年度年报的数：下一年度的 to 与这一年度的 from 逐列相同",
    {
        "from": string("这一年度的哪一行：表.行，如 requests.carried_out", _ROW_NAME),
        "to": string("下一年度的哪一行：表.行，如 requests.carried_in", _ROW_NAME),
    },
    ["from", "to"],
)

_FORM = table_of(
    "年报格式",
    {
        "id": FORM_ID,
        "title": string("格式的名称"),
        "first_year": year("从哪一年度的年报起用"),
        "last_year": year("用到哪一年度的年报为止；仍在用的不写"),
        "law": {"description": "依据，至少一条", "type": "array", "items": ref("law"), "minItems": 1},
        "section": {"description": "各部分，按顺序", "type": "array", "items": ref("section"), "minItems": 1},
        "table": {"description": "各表，按顺序", "type": "array", "items": ref("table"), "minItems": 1},
        "carried": {"description": "结转到下一年度的行", "type": "array", "items": ref("carried"), "minItems": 1},
    },
    ["id", "title", "first_year", "law", "section", "table"],
)


def form_schema() -> Schema:
    """Returns the JSON Schema (draft 2020-12) of form files."""
    shared = {
        "law": LAW,
        "section": _SECTION,
        "column": _COLUMN,
        "row": _ROW,
        "groups": _GROUPS,
        "table": _TABLE,
        "carried": _CARRIED,
    }
    return {
        "$schema": DRAFT,
        "title": "disclosure-lint 年报格式文件",
        **table_of("政府信息公开工作年度报告的一种格式", {"form": _FORM}, ["form"]),
        "$defs": shared,
    }


_Data = dict[str, Any]
_FOREVER = 9999


def build_form(file: TomlFile) -> Form:
    """Returns the form of a file without mistakes."""
    form = file.data["form"]
    return Form(
        id=form["id"],
        title=form["title"],
        first_year=form["first_year"],
        last_year=form.get("last_year"),
        law=build_law(form["law"]),
        sections=tuple(
            SectionForm(item["id"], item["number"], item["title"], _texts(item, "long_titles"), _texts(item, "aliases"))
            for item in form["section"]
        ),
        tables=tuple(map(_table, form["table"])),
        carried=tuple(CarriedRow(*item["from"].split("."), *item["to"].split(".")) for item in form.get("carried", ())),
    )


def build_law(law: Sequence[_Data]) -> tuple[Law, ...]:
    """Returns the legal sources of a rule or form."""
    return tuple(Law(item["document"], item.get("clause", ""), item.get("text", "")) for item in law)


def form_mistakes(files: Sequence[TomlFile]) -> Iterator[UserError]:
    """Yields what is wrong in form files that obey their schema, and between them."""
    for file in files:
        yield from _form_mistakes(file)
    ordered = sorted(files, key=lambda file: int(file.data["form"]["first_year"]))
    for earlier, later in pairwise(ordered):
        old, new = earlier.data["form"], later.data["form"]
        if new["first_year"] <= old.get("last_year", _FOREVER):
            told = f"{new['first_year']} 年度已经有格式 {old['id']} 了，见 {earlier.place(('form', 'first_year'))}"
            en = f"{new['first_year']} has a form already, {old['id']}, see {earlier.place(('form', 'first_year'))}"
            yield later.mistake(("form", "first_year"), f"{told}；两种格式的年份不能重叠", en)
    yield from repeated(files, [("form", "id")] * len(files), LocalizedText("格式", "form"))


def repeated(files: Sequence[TomlFile], places: Sequence[Keys], noun: LocalizedText) -> Iterator[UserError]:
    """Yields a mistake for every value, given by file and keys, that stood already before."""
    seen: dict[str, tuple[TomlFile, Keys]] = {}
    for file, keys in zip(files, places, strict=True):
        value = file.value(keys)
        first, first_keys = seen.setdefault(value, (file, keys))
        if (first, first_keys) != (file, keys):
            other = first.place(first_keys)
            zh = f"{noun.zh} “{value}” 写了两次，另一处在 {other}"
            yield file.mistake(keys, zh, f"the {noun.en} “{value}” stands twice, also at {other}")


def _form_mistakes(file: TomlFile) -> Iterator[UserError]:
    form = file.data["form"]
    if form["first_year"] > form.get("last_year", _FOREVER):
        yield file.mistake(("form", "last_year"), "last_year 早于 first_year", "last_year is before first_year")
    yield from _repeated_ids(file, ("form", "section"), form["section"], LocalizedText("部分", "section"))
    yield from _repeated_ids(file, ("form", "table"), form["table"], LocalizedText("表", "table"))
    for index, section in enumerate(form["section"]):
        if section["number"] != index + 1:
            sentence = f"各部分按顺序写，这里应是第 {index + 1} 部分，number 却是 {section['number']}"
            en = f"sections stand in order: this is number {index + 1}, not {section['number']}"
            yield file.mistake(("form", "section", index, "number"), sentence, en)
    sections = [section["id"] for section in form["section"]]
    for index, table in enumerate(form["table"]):
        keys: Keys = ("form", "table", index)
        if table["section"] not in sections:
            sentence = f"没有叫 “{table['section']}” 的部分，应为 {'、'.join(sections)} 之一"
            en = f"there is no section “{table['section']}”; write one of {', '.join(sections)}"
            yield file.mistake((*keys, "section"), sentence, en)
        yield from _table_mistakes(file, keys, table)
    yield from _carried_mistakes(file, form)


def _carried_mistakes(file: TomlFile, form: _Data) -> Iterator[UserError]:
    rows = {
        f"{table['id']}.{row['id']}": row.get("columns", [column["id"] for column in table["column"]])
        for table in form["table"]
        for row in table["row"]
    }
    for index, item in enumerate(form.get("carried", ())):
        keys: Keys = ("form", "carried", index)
        unknown = [(key, item[key]) for key in ("from", "to") if item[key] not in rows]
        for key, name in unknown:
            zh, en = f"没有叫 “{name}” 的行；写成 表.行，如", f"there is no row “{name}”; write table.row, like"
            yield file.mistake((*keys, key), f"{zh} {next(iter(rows))}", f"{en} {next(iter(rows))}")
        if not unknown and rows[item["from"]] != rows[item["to"]]:
            zh, en = (
                f"行 {item['to']} 的各列与 {item['from']} 的不同",
                f"{item['to']} has other columns than {item['from']}",
            )
            yield file.mistake((*keys, "to"), zh, en)


def _table_mistakes(file: TomlFile, keys: Keys, table: _Data) -> Iterator[UserError]:
    columns = [column["id"] for column in table["column"]]
    rows = [row["id"] for row in table["row"]]
    yield from _repeated_ids(file, (*keys, "column"), table["column"], LocalizedText("列", "column"))
    yield from _repeated_ids(file, (*keys, "row"), table["row"], LocalizedText("行", "row"))
    # By its group alone no column can be told from another of the same name.
    plain = [{**column, "groups": ()} for column in table["column"]]
    yield from _repeated_wordings(file, (*keys, "column"), plain, LocalizedText("列名", "column"))
    yield from _repeated_wordings(file, (*keys, "row"), table["row"], LocalizedText("行名", "row"))
    for index, row in enumerate(table["row"]):
        named = row.get("columns", columns)
        place: Keys = (*keys, "row", index, "columns")
        yield from _unknown(file, place, named, columns, LocalizedText("列", "column"))
        if [column for column in columns if column in named] != [name for name in named if name in columns]:
            yield file.mistake(
                place,
                f"行 {row['id']} 的 columns 要按各列的先后写",
                f"the columns of the row {row['id']} must be in the order of the columns",
            )
    for axis, noun, known in (
        ("row_groups", LocalizedText("行", "row"), rows),
        ("column_groups", LocalizedText("列", "column"), columns),
    ):
        for name, members in table.get(axis, {}).items():
            yield from _unknown(file, (*keys, axis, name), members, known, noun)
            if name in known:
                yield file.mistake(
                    (*keys, axis, name),
                    f"组 “{name}” 与一{noun.zh}同名，公式里会分不清",
                    f"the group “{name}” has the name of a {noun.en}; formulas could not tell them apart",
                )


def _unknown(
    file: TomlFile, keys: Keys, names: Sequence[str], known: Sequence[str], noun: LocalizedText
) -> Iterator[UserError]:
    for index, name in enumerate(names):
        if name not in known:
            zh = f"没有叫 “{name}” 的{noun.zh}，应为 {'、'.join(known)} 之一"
            yield file.mistake((*keys, index), zh, f"there is no {noun.en} “{name}”; write one of {', '.join(known)}")


def _repeated_ids(file: TomlFile, keys: Keys, items: Sequence[_Data], noun: LocalizedText) -> Iterator[UserError]:
    places: list[Keys] = [(*keys, index, "id") for index in range(len(items))]
    return repeated([file] * len(items), places, noun)


def _repeated_wordings(file: TomlFile, keys: Keys, items: Sequence[_Data], noun: LocalizedText) -> Iterator[UserError]:
    """Yields labels and aliases that stand for two things under the same group headings."""
    seen: dict[tuple[str, ...], tuple[int, Keys]] = {}
    for index, item in enumerate(items):
        wordings: list[tuple[str, Keys]] = [(item["label"], (*keys, index, "label"))]
        wordings += [(alias, (*keys, index, "aliases", n)) for n, alias in enumerate(item.get("aliases", ()))]
        for wording, place in wordings:
            first, first_place = seen.setdefault((wording, *item.get("groups", ())), (index, place))
            if first != index:
                other = file.place(first_place)
                zh = f"{noun.zh} “{wording}” 用了两次，另一处在 {other}"
                yield file.mistake(place, zh, f"the {noun.en} “{wording}” is used twice, also at {other}")


def _table(table: _Data) -> TableForm:
    columns = tuple(column["id"] for column in table["column"])
    return TableForm(
        id=table["id"],
        title=table["title"],
        section=table["section"],
        rows=tuple(
            FormRow(
                row["id"],
                row["label"],
                tuple(row.get("columns", columns)),
                _texts(row, "aliases"),
                _texts(row, "groups"),
            )
            for row in table["row"]
        ),
        columns=tuple(
            Column(
                item["id"],
                item["label"],
                _texts(item, "aliases"),
                _texts(item, "groups"),
                item.get("unit"),
                _texts(item, "wrong_names"),
            )
            for item in table["column"]
        ),
        row_groups=_groups(table, "row_groups"),
        column_groups=_groups(table, "column_groups"),
        headers=_headers(table),
        side_by_side=table.get("side_by_side", False),
        corner=table.get("corner", ""),
    )


def _headers(table: _Data) -> tuple[str, ...]:
    """Returns the words of the header that are no row or column, each once."""
    corner = [table["corner"]] if "corner" in table else []
    groups = (group for column in table["column"] for group in column.get("groups", ()))
    return tuple(dict.fromkeys([*corner, *groups, *table.get("headers", ())]))


def _texts(item: _Data, key: str) -> tuple[str, ...]:
    return tuple(item.get(key, ()))


def _groups(table: _Data, key: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(members) for name, members in table.get(key, {}).items()}
