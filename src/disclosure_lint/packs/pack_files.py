"""What a pack says of itself: who and which version it is for, what it changes, and wordings that it adds to forms."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import Form
from disclosure_lint.model.kind import CheckKind
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.rule import NATIONAL, Alias, Change, Condition, Pack
from disclosure_lint.model.version import __version__
from disclosure_lint.packs.consistency import unknown_form, when_mistakes
from disclosure_lint.packs.forms import repeated
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
    table_of,
    year,
)
from disclosure_lint.packs.toml_files import Keys, TomlFile

SCHEMA = 1
"""The way packs are written; raised only when packs of before could no longer be read."""
VERSION = "^v?[0-9][0-9A-Za-z]*([-+._][0-9A-Za-z]+)*$"
"""Regular expression of a pack's version: 1, 2026.1, 1.0rc1."""
REQUIRES = "^(>=|<=|==|!=|>|<) *[0-9]+([.][0-9]+)*( *, *(>=|<=|==|!=|>|<) *[0-9]+([.][0-9]+)*)*$"
"""Regular expression of the versions of this tool that a pack is for: `>=0.1, <2`."""
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

_CHANGE = table_of(
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

_ALIAS = table_of(
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
    content = table_of("规则包", _tables(_REQUIRED), ["pack"])
    return {"$schema": DRAFT, "title": "disclosure-lint 规则包", **content, "$defs": SHARED}


def single_file_schema(checks: Mapping[str, CheckKind]) -> Schema:
    """Returns the JSON Schema of a file that is a pack by itself; nothing of `[pack]` is required there."""
    content = table_of("单个文件的规则包", {**_tables([]), **RULE_TABLES})
    return {"$schema": DRAFT, "title": "disclosure-lint 单个文件的规则包", **content, "$defs": rule_definitions(checks)}


def _tables(required: list[str]) -> dict[str, Any]:
    return {
        "pack": table_of("规则包", _PACK, required),
        "change": {"description": "另定严重程度", "type": "array", "items": _CHANGE, "minItems": 1},
        "alias": {"description": "增加写法", "type": "array", "items": _ALIAS, "minItems": 1},
    }


_Data = dict[str, Any]


def build_condition(when: _Data) -> Condition:
    """Returns which reports a rule or a pack is for, from the keys that say so."""
    return Condition(tuple(when.get("forms", ())), when.get("first_year"), when.get("last_year"), when.get("agency"))


def build_pack(data: _Data, name: str) -> Pack:
    """Returns the pack without forms and rules, from the data of a file without mistakes.

    A single file need not say who it is: then it goes by its `name`.
    """
    about = data.get("pack", {})
    key = about.get("id", name)
    return Pack(
        id=key,
        title=about.get("title", key),
        version=about.get("version", ""),
        forms=(),
        rules=(),
        extends=about.get("extends", None if key == NATIONAL else NATIONAL),
        region=about.get("region"),
        condition=build_condition(about),
        changes=tuple(
            Change(item["code"], Severity[item["severity"]], item["reason"]) for item in data.get("change", ())
        ),
        aliases=tuple(map(_alias, data.get("alias", ()))),
    )


def pack_mistakes(file: TomlFile, forms: Sequence[Form]) -> Iterator[UserError]:
    """Yields what a schema cannot see in the file that describes a pack; `forms` are its own and those it stands on."""
    yield from when_mistakes(file, ("pack",), file.data.get("pack", {}), forms)
    changes: list[Keys] = [("change", index, "code") for index in range(len(file.data.get("change", ())))]
    yield from repeated([file] * len(changes), changes, LocalizedText("要改的规则", "changed rule"))
    for index, alias in enumerate(file.data.get("alias", ())):
        yield from _alias_mistakes(file, ("alias", index), alias, forms)


def _alias(data: _Data) -> Alias:
    return Alias(
        wordings=tuple(data["wordings"]),
        forms=tuple(data.get("forms", ())),
        section=data.get("section"),
        table=data.get("table"),
        row=data.get("row"),
        column=data.get("column"),
        accepted=data.get("accepted", False),
    )


def _alias_mistakes(file: TomlFile, keys: Keys, alias: _Data, forms: Sequence[Form]) -> Iterator[UserError]:
    if "section" in alias and "table" in alias:
        yield file.mistake(
            (*keys, "table"),
            "section 和 table 只能写一个：给一个部分加写法，或者给表的一行、一列加",
            "write section or table: wordings are for a section, or for a row or column of a table",
        )
        return
    if "accepted" in alias and "section" not in alias:
        yield file.mistake(
            (*keys, "accepted"), "accepted 只用于部分的标题（section）", "accepted is for titles of sections only"
        )
    named = alias.get("forms", [])
    for number, name in enumerate(named):
        yield from unknown_form(file, (*keys, "forms", number), name, forms)
    meant = [form for form in forms if not named or form.id in named]
    if "section" in alias:
        yield from _section_mistakes(file, keys, alias, meant)
    else:
        yield from _table_mistakes(file, keys, alias, meant)


def _section_mistakes(file: TomlFile, keys: Keys, alias: _Data, forms: Sequence[Form]) -> Iterator[UserError]:
    sections = [section for form in forms for section in form.sections]
    yield from _unknown(
        file,
        (*keys, "section"),
        alias["section"],
        [section.id for section in sections],
        LocalizedText("部分", "section"),
    )
    for number, wording in enumerate(alias["wordings"]):
        for section in sections:
            if section.id != alias["section"] and wording in (section.title, *section.long_titles, *section.aliases):
                yield file.mistake(
                    (*keys, "wordings", number),
                    f"“{wording}” 已经是另一部分 {section.id} 的写法",
                    f"“{wording}” is a wording of another section already, {section.id}",
                )


def _table_mistakes(file: TomlFile, keys: Keys, alias: _Data, forms: Sequence[Form]) -> Iterator[UserError]:
    tables = [table for form in forms for table in form.tables]
    yield from _unknown(
        file, (*keys, "table"), alias["table"], [table.id for table in tables], LocalizedText("表", "table")
    )
    meant = [table for table in tables if table.id == alias["table"]]
    if meant and "row" in alias:
        yield from _unknown(
            file,
            (*keys, "row"),
            alias["row"],
            [row.id for table in meant for row in table.rows],
            LocalizedText("行", "row"),
        )
    elif meant:
        columns = [column.id for table in meant for column in table.columns]
        yield from _unknown(file, (*keys, "column"), alias["column"], columns, LocalizedText("列", "column"))


def _unknown(file: TomlFile, keys: Keys, name: str, known: Sequence[str], noun: LocalizedText) -> Iterator[UserError]:
    if known and name not in known:
        names = dict.fromkeys(known)
        zh = f"没有叫 “{name}” 的{noun.zh}，应为 {'、'.join(names)} 之一"
        yield file.mistake(keys, zh, f"there is no {noun.en} “{name}”; write one of {', '.join(names)}")


_CLAUSE = lazy_re_compile("([<>=!]=?) *([0-9.]+)")


def version_mistakes(file: TomlFile) -> Iterator[UserError]:
    """Yields that a pack is written for a later tool. To be asked first: what else it says may be unknown as well."""
    about = file.data.get("pack")
    if not isinstance(about, dict):
        return
    schema, requires = about.get("schema", SCHEMA), about.get("requires", "")
    if type(schema) is int and schema > SCHEMA:
        sentence = f"规则包按第 {schema} 版写法写成，disclosure-lint {__version__} 只认到第 {SCHEMA} 版；请升级它"
        en = f"the pack is written in version {schema}, and disclosure-lint {__version__} knows {SCHEMA}; upgrade it"
        yield file.mistake(("pack", "schema"), sentence, en)
    if isinstance(requires, str) and re.match(REQUIRES, requires) and not _allows(requires, __version__):
        sentence = f"规则包要求 disclosure-lint {requires}，装的是 {__version__}；请换一个版本"
        en = f"the pack needs disclosure-lint {requires}, and {__version__} is installed; change the version"
        yield file.mistake(("pack", "requires"), sentence, en)


def _allows(requires: str, version: str) -> bool:
    return all(_holds(sign, _numbers(wanted), _numbers(version)) for sign, wanted in _CLAUSE.findall(requires))


def _holds(sign: str, wanted: list[int], version: list[int]) -> bool:
    difference = next((a - b for a, b in zip_longest(version, wanted, fillvalue=0) if a != b), 0)
    return {
        ">=": difference >= 0,
        "<=": difference <= 0,
        "==": difference == 0,
        "!=": difference != 0,
        ">": difference > 0,
        "<": difference < 0,
    }[sign]


def _numbers(version: str) -> list[int]:
    """Returns the numbers at the beginning of a version: those of 0.2 for 0.2.dev1."""
    numbers = re.match(r"[0-9]+(?:[.][0-9]+)*", version)
    return [int(number) for number in numbers.group().split(".")] if numbers else []
