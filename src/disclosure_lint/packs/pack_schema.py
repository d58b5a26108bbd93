"""The JSON Schema of pack.toml, and of a single file that is a whole pack."""

from collections.abc import Mapping
from typing import Any

from disclosure_lint.model.kind import CheckKind
from disclosure_lint.packs.schema import (
    DRAFT,
    FORM_ID,
    IDENTIFIER,
    KEBAB,
    RULE_CODE,
    RULE_TABLES,
    SECTION_ID,
    SHARED,
    TABLE_ID,
    Schema,
    ref,
    rule_definitions,
    string,
    strings,
    table,
    year,
)
from disclosure_lint.packs.versions import REQUIRES, SCHEMA, VERSION

_PACK: Schema = {
    "id": string("英文名称，小写，用短横连接，如 henan", KEBAB),
    "title": string("名称，如 全国通用规则"),
    "version": string("版本，以数字开头，如 2026.1", VERSION),
    "licence": string("许可证，如 Apache-2.0"),
    "schema": {"description": "按第几版写法写成；不写就是 1", "type": "integer", "minimum": 1, "maximum": SCHEMA},
    "requires": string("用于哪些版本的 disclosure-lint，如 >=0.1, <2；不写就是都可以", REQUIRES),
    "extends": string("在哪个规则包的基础上增改；不写就是 national（全国通用规则）", KEBAB),
    "region": string(
        "行政区划代码（GB/T 2260）的前 2、4 或 6 位数字：只查那里的机关，如 41、4103、410308",
        "^[0-9]{2}([0-9]{2}){0,2}$",
    ),
    "agency": ref("pattern", "只查名称符合这条正则表达式的机关"),
    "forms": strings('只查按这些格式写的年报，如 ["2021"]', FORM_ID, least=1),
    "first_year": year("从哪一年度的年报查起"),
    "last_year": year("查到哪一年度的年报为止"),
}
_REQUIRED = ["id", "title", "version", "licence"]

_CHANGE = table(
    "给所扩展的规则包里的一条规则另定严重程度，或者关掉它",
    {
        "code": RULE_CODE,
        "severity": ref("severity", "本规则包适用时的严重程度；off 为不查"),
        "reason": string("为什么"),
        "evidence": {
            "description": "依据有多充分：strong 充分、medium 一般、weak 不足",
            "type": "string",
            "enum": ["strong", "medium", "weak"],
        },
    },
    ["code", "severity", "reason"],
)

_ALIAS = table(
    "给格式里的一个部分（section），或一张表的一行（table、row）、一列（table、column）增加写法",
    {
        "forms": strings('只加到这些格式，如 ["2021"]；不写就加到所有有它的格式', FORM_ID, least=1),
        "section": {**IDENTIFIER, **SECTION_ID, "description": "部分的名称（id），如 review"},
        "table": {**IDENTIFIER, **TABLE_ID, "description": "表的名称（id），如 requests"},
        "row": {**IDENTIFIER, "description": "行的名称（id），如 new；要同时写 table"},
        "column": {**IDENTIFIER, "description": "列的名称（id），如 natural；要同时写 table"},
        "wordings": strings("写法，不带序号，至少一个", least=1),
        "accepted": {"description": "true：这样写也算对，如同通知正文用的全称（只用于 section）", "type": "boolean"},
    },
    ["wordings"],
    allOf=[{"oneOf": [{"required": ["section"]}, {"required": ["row"]}, {"required": ["column"]}]}],
    dependentRequired={"row": ["table"], "column": ["table"]},
)


def pack_schema() -> Schema:
    """Returns the JSON Schema (draft 2020-12) of pack.toml."""
    content = table("规则包", _tables(_REQUIRED), ["pack"])
    return {"$schema": DRAFT, "title": "disclosure-lint 规则包", **content, "$defs": SHARED}


def single_file_schema(checks: Mapping[str, CheckKind]) -> Schema:
    """Returns the JSON Schema of a file that is a pack by itself; nothing of `[pack]` is required there."""
    content = table("单个文件的规则包", {**_tables([]), **RULE_TABLES})
    return {"$schema": DRAFT, "title": "disclosure-lint 单个文件的规则包", **content, "$defs": rule_definitions(checks)}


def _tables(required: list[str]) -> dict[str, Any]:
    return {
        "pack": table("规则包", _PACK, required),
        "change": {"description": "另定严重程度", "type": "array", "items": _CHANGE, "minItems": 1},
        "alias": {"description": "增加写法", "type": "array", "items": _ALIAS, "minItems": 1},
    }
