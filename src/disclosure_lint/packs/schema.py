"""The JSON Schema of rule files: what a rule may say, told to editors and to the validation."""

import json
from collections.abc import Mapping
from typing import Any

from disclosure_lint.model.kind import CheckKind
from disclosure_lint.model.patterns import LONGEST_PATTERN

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
SEVERITIES = ["error", "warning", "info", "off"]


def table_of(description: str, properties: Schema, required: list[str] | None = None, **more: Any) -> Schema:
    """Returns the schema of a table that holds these keys and no others."""
    needed = {"required": required} if required else {}
    schema: Schema = {"description": description, "type": "object", "additionalProperties": False}
    return {**schema, **needed, "properties": properties, **more}


def string(description: str, pattern: str | None = None, **more: Any) -> Schema:
    """Returns the schema of a text that is not empty."""
    return {
        "description": description,
        "type": "string",
        **({"pattern": pattern} if pattern else {"minLength": 1}),
        **more,
    }


def text(description: str) -> Schema:
    """Returns the schema of a text that may stand in Chinese only."""
    # A keyword holds only for values of the type that it is about.
    return {**table_of(description, _BOTH, ["zh", "en"]), "type": ["string", "object"], "minLength": 1}


def strings(description: str, items: Schema | None = None, least: int = 0) -> Schema:
    """Returns the schema of a list of different texts."""
    texts = items or {"type": "string", "minLength": 1}
    return {"description": description, "type": "array", "items": texts, "minItems": least, "uniqueItems": True}


def year(description: str) -> Schema:
    """Returns the schema of the year of a report: the Regulations are in force since 2008."""
    return {"description": description, "type": "integer", "minimum": 2008, "maximum": 2100}


def ref(name: str, description: str | None = None) -> Schema:
    """Returns a reference to one of the shared definitions."""
    return {"$ref": f"#/$defs/{name}", **({"description": description} if description else {})}


_BOTH: Schema = {"zh": string("中文"), "en": string("英文")}
CODE = string("规则代码：两个大写字母加三位数字，如 DL301", "^[A-Z]{2}[0-9]{3}$", maxLength=5)
RULE_CODE = {**CODE, "format": "rule-code"}
"""The code of a rule that there is. What a `format` names is offered by editors (docs/hooks.md lists them)."""
SECTION_ID = {"format": "section-id"}
TABLE_ID = {"format": "table-id"}
IDENTIFIER = string("名称：小写英文字母、数字和下划线，以字母开头", "^[a-z][a-z0-9_]*$")
FORM_ID = string("年报格式的名称，如 2021", "^[a-z0-9][a-z0-9_-]*$", format="form-id")
KEBAB = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"

LAW = table_of(
    "一条依据。没有法律依据而只是惯例的，document 写 custom，clause 写惯例从何而来",
    {
        "document": string("文号或法律名称，如 国办公开办函〔2021〕30号；只是惯例的写 custom"),
        "clause": string("第几条，或附件的哪一处"),
        "text": string("原文，逐字照录"),
    },
    ["document", "clause"],
)

SHARED: Schema = {
    "words": table_of("中英两种文字", _BOTH, ["zh", "en"]),
    "pattern": string(
        "正则表达式（Python re）。在去掉所有空白的文字里查找：全角的（），：；？！，半角的字母和数字，短横一律写 -",
        minLength=1,
        maxLength=LONGEST_PATTERN,
    ),
    "patterns": {"description": "正则表达式，至少一条", "type": "array", "items": ref("pattern"), "minItems": 1},
    "severity": {"description": "严重程度；off 为默认不查", "type": "string", "enum": SEVERITIES},
    "law": LAW,
}

_WHEN = table_of(
    "只查哪些年报；不写就都查",
    {
        "forms": strings('只查按这些格式写的年报，如 ["2021"]', FORM_ID, least=1),
        "first_year": year("从哪一年度的年报查起"),
        "last_year": year("查到哪一年度的年报为止"),
        "agency": ref("pattern", "只查名称符合这条正则表达式的机关"),
    },
    minProperties=1,
)

_VARIANTS: Schema = {
    "description": "同一条规则的不同情形，各有各的说法或严重程度；有哪些情形由检查表决定",
    "type": "object",
    "additionalProperties": table_of(
        "一种情形",
        {"message": ref("words", "这种情形的说法"), "severity": ref("severity", "这种情形的严重程度")},
        minProperties=1,
    ),
}

_EXAMPLE = table_of(
    "一个例子，也就是一个测试。写明 ok = true（应当通过）或 finds（应当查出什么），以及文字、数字或文件内容",
    {
        "ok": {"description": "应当通过；应当查出的例子不写 ok，写 finds = [规则代码]", "const": True},
        "finds": {"description": "应当查出的规则代码，每处一个；空的即应当通过", "type": "array", "items": RULE_CODE},
        "note": string("这个例子说明什么"),
        "text": string("年报的文字（Markdown），可以只是片段；应当查出的地方用 ⟦ ⟧ 标出"),
        "facts": {
            "description": '表格里的数，如 { "requests[new,natural]" = 3 }；没有写的格都是 0；空格写 ""，不是数的照写。'
            "和 text 一起写的，代替文字里的表格",
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"format": "cell"},
            "additionalProperties": {"type": ["integer", "number", "string"]},
        },
        "only": {"description": "true：除了 facts 里写的，别的格都不存在", "type": "boolean"},
        "form": FORM_ID,
        "year": year("年报的年度"),
        "agency": string("年报的机关"),
        "others": {
            "description": "一起检查的别的年报：同一个机关，写明年度和数，没有写的格都是 0",
            "type": "array",
            "minItems": 1,
            "items": table_of(
                "一份别的年报",
                {
                    "year": year("那份年报的年度"),
                    "name": string("文件名"),
                    "agency": string("机关名称；不写就是同一个机关"),
                    "text": string("年报的文字，写法同例子的 text，不带标记；同 facts 二选一"),
                    "facts": {
                        "description": "表格里的数，写法同例子的 facts",
                        "type": "object",
                        "minProperties": 1,
                        "additionalProperties": {"type": ["integer", "number", "string"]},
                    },
                },
                ["year"],
                oneOf=[{"required": ["facts"]}, {"required": ["text"]}],
            ),
        },
        "sums": strings("配置说这份年报是哪些机关的合计，写法同配置项 sums 的值", least=1),
        "problem": string("读文件时遇到的问题，如 no-text-layer", KEBAB),
        "name": string("文件名"),
        "bytes": string("文件的内容，十六进制", "^([0-9A-Fa-f]{2}[ \\n]*)+$"),
    },
    allOf=[
        {"oneOf": [{"required": ["ok"]}, {"required": ["finds"]}]},
        {"anyOf": [{"required": [key]} for key in ("text", "facts", "problem", "bytes")]},
    ],
)

_PASSES: Schema = {"anyOf": [{"required": ["ok"]}, {"properties": {"finds": {"maxItems": 0}}, "required": ["finds"]}]}
_FAILS: Schema = {"properties": {"finds": {"minItems": 1}}, "required": ["finds"]}
_EXAMPLES: Schema = {
    "description": "例子，也就是测试：至少一个应当通过的和一个应当查出的",
    "type": "array",
    "items": ref("example"),
    "allOf": [
        {"description": "至少要有一个应当通过的例子（ok = true）", "contains": _PASSES},
        {"description": "至少要有一个应当查出的例子（finds = [规则代码]）", "contains": _FAILS},
    ],
}

_RULE: Schema = {
    "code": CODE,
    "name": string("英文名称，小写，用短横连接，说出错在哪里，如 requests-balance", KEBAB),
    "severity": ref("severity"),
    "summary": ref("words", "一句话：这条规则要求什么"),
    "message": ref("words", "查出时对填报人说的话：错在哪里、怎么办；{…} 由检查填入"),
    "why": text("为什么重要"),
    "how": text("怎么改"),
    "law": {"description": "依据，至少一条", "type": "array", "items": ref("law"), "minItems": 1},
    "finds_in_sample": strings("自带的完整年报里，这条规则本来就该查出的文字；rules test 不算它错", least=1),
    "replaces": strings(
        '代替所扩展的规则包里的哪些规则，如 ["DL401"]；本规则包适用时，那些规则不再查', RULE_CODE, least=1
    ),
    "when": ref("when"),
    "variant": ref("variant"),
    "example": ref("examples", "例子，也就是测试：至少一个应当通过的，一个应当查出的"),
}
RULE_KEYS = frozenset(_RULE)
"""All keys of a rule but the table that names its kind of check."""
_REQUIRED = ["code", "name", "severity", "summary", "message", "why", "how", "law", "example"]

_VOCABULARY: Schema = {
    "description": "一组正则表达式，供几条规则共用",
    "type": "object",
    "required": ["id"],
    "properties": {"id": IDENTIFIER},
    "additionalProperties": ref("patterns"),
}

_LOCALIZATION = table_of(
    "几个等式不成立时，怎样说出是哪一格填错（只用于全国通用规则）",
    {
        "likely": {"description": "比第二种可能大多少倍时说“最可能”", "type": "integer", "minimum": 2},
        "message": {"description": "各种说法", "type": "object", "additionalProperties": ref("words")},
    },
    ["message"],
)
_SLIP = table_of(
    "一种笔误",
    {
        "kind": string("哪一种", IDENTIFIER["pattern"]),
        "weight": {"description": "比没有缘由的错常见多少倍", "type": "integer", "minimum": 1},
        "words": ref("words", "怎样说"),
    },
    ["kind", "weight", "words"],
)

_NAMES = strings("名称的结尾", least=1)
_PAIRING = table_of(
    "怎样认出同一个机关的年报（只用于全国通用规则）",
    {
        "revised": strings("标题或文件名里有这些字样的年报代替同一年度的另一份", least=1),
        "endings": strings("机关名称结尾的通称，比较时不算", least=1),
        "no_places": strings("以县、市、区等字结尾却不是地名的词", least=1),
    },
    ["revised", "endings", "no_places"],
)
_AGENCY = table_of(
    "一种机关的各种叫法，不带地名（只用于全国通用规则）",
    {
        "name": string("现在的名称"),
        "also": {**_NAMES, "description": "同一名称的别的写法和简称"},
        "formerly": {**_NAMES, "description": "以前的名称；同一年度新旧名称各有年报时，算两个机关"},
    },
    ["name"],
)

RULE_TABLES: Schema = {
    "rule": {"description": "规则", "type": "array", "items": ref("rule"), "minItems": 1},
    "vocabulary": {"description": "词表", "type": "array", "items": ref("vocabulary"), "minItems": 1},
    "localization": _LOCALIZATION,
    "slip": {"description": "笔误的种类（只用于全国通用规则）", "type": "array", "items": _SLIP, "minItems": 1},
    "pairing": _PAIRING,
    "agency": {"description": "机关的各种叫法", "type": "array", "items": _AGENCY, "minItems": 1},
}
"""What stands at the top of a rule file."""


def rule_schema(checks: Mapping[str, CheckKind]) -> Schema:
    """Returns the JSON Schema (draft 2020-12) of rule files for these kinds of check."""
    content = table_of("政府信息公开工作年度报告的检查规则", RULE_TABLES)
    return {"$schema": DRAFT, "title": "disclosure-lint 规则文件", **content, "$defs": rule_definitions(checks)}


def rule_definitions(checks: Mapping[str, CheckKind]) -> Schema:
    """Returns the definitions that the schema of rules refers to."""
    kinds = {name: _closed(check.schema) for name, check in sorted(checks.items())}
    one_kind = {"oneOf": [{"required": [name]} for name in kinds]}
    rule = table_of("一条规则", {**_RULE, **kinds}, _REQUIRED, title="规则", allOf=[one_kind])
    return {
        **SHARED,
        "when": _WHEN,
        "variant": _VARIANTS,
        "example": _EXAMPLE,
        "examples": _EXAMPLES,
        "vocabulary": _VOCABULARY,
        "rule": rule,
    }


def schema_text(schema: Schema) -> str:
    """Returns the schema as it stands in a file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _closed(schema: Schema) -> Schema:
    """Returns the schema of a kind's options, which refuses unknown keys even if its author forgot to say so."""
    if "additionalProperties" in schema or "unevaluatedProperties" in schema:
        return schema
    return {"type": "object", **schema, "unevaluatedProperties": False}
