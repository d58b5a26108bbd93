"""The JSON Schema of the files under forms/."""

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
    table,
    year,
)

_GROUPS: Schema = {
    "description": "公式里 sum(名称) 用的名称，各指哪几个",
    "type": "object",
    "propertyNames": IDENTIFIER,
    "additionalProperties": strings("名称（id），至少一个", IDENTIFIER, least=1),
}

_SECTION = table(
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

_COLUMN = table(
    "表的一列",
    {
        "id": IDENTIFIER,
        "label": string("列名，照格式原文"),
        "aliases": strings("列名的其他写法"),
        "groups": strings("它上面的各级标题，从外到内，如：申请人情况、法人或其他组织"),
        "unit": {
            "description": "格式写明的单位，如：万元；格里写了别的单位，按它换算。没有写明的，金额按元，件数按个",
            "type": "string",
            "pattern": f"^{UNIT}$",
        },
    },
    ["id", "label"],
)

_ROW = table(
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

_TABLE = table(
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

_CARRIED = table(
    "一行结转到下一年度年报的数：下一年度的 to 与这一年度的 from 逐列相同",
    {
        "from": string("这一年度的哪一行：表.行，如 requests.carried_out", _ROW_NAME),
        "to": string("下一年度的哪一行：表.行，如 requests.carried_in", _ROW_NAME),
    },
    ["from", "to"],
)

_FORM = table(
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
        **table("政府信息公开工作年度报告的一种格式", {"form": _FORM}, ["form"]),
        "$defs": shared,
    }
