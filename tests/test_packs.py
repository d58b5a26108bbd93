"""Rule packs: what they are read to, and every mistake at its place in words for its author."""

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from disclosure_lint.extensions.built_in import BuiltIn
from disclosure_lint.extensions.registry import load_plugins
from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import Address, Column, FormRow, Law
from disclosure_lint.model.kind import CheckKind, CompileContext
from disclosure_lint.model.rule import Condition, Rule, Variant
from disclosure_lint.packs import load_pack, shipped_rules
from disclosure_lint.packs.forms import form_schema
from disclosure_lint.packs.schema import rule_schema
from disclosure_lint.packs.schema_files import SORTS, schema_file, schema_of
from disclosure_lint.packs.texts import MarkError, examples, rule_texts, unmark
from disclosure_lint.packs.toml_files import parse_toml
from tests.small_kinds import Equation
from tests.small_pack import FORM, RULES, PackFolder, write_pack


@pytest.fixture
def pack(tmp_path: Path) -> PackFolder:
    return write_pack(tmp_path / "pack")


# What is read


def test_a_pack_without_mistakes(pack: PackFolder) -> None:
    loaded = pack.load()
    assert (loaded.id, loaded.title, loaded.version) == ("small", "小规则包", "1.0")
    assert [rule.code for rule in loaded.rules] == ["DL112", "DL301"]
    message = LocalizedText("{column}不平", "{column} does not balance")
    assert loaded.rules[1] == Rule(
        code="DL301",
        name="requests-balance",
        severity=Severity.error,
        summary=LocalizedText("一列的数要平", "A column must balance"),
        message=message,
        law=(Law("某办〔2021〕1号", "附件", "应当相等"),),
        kind="equation",
        options={"formula": "new = granted", "forms": ["2021"]},
        condition=Condition(("2021",), 2021),
        variants={"long": Variant(message, Severity.info)},
        pack="small",
        how=LocalizedText("改数。", "Change the number."),
    )


def test_the_form_of_a_pack(pack: PackFolder) -> None:
    (form,) = pack.load().forms
    assert (form.id, form.first_year, form.last_year) == ("2021", 2021, None)
    assert [section.id for section in form.sections] == ["overview", "requests"]
    table = form.table("requests")
    assert table.columns[1] == Column("total", "总计", ("合计",))
    assert table.rows[1] == FormRow("granted", "（一）予以公开", ("natural",), (), ("三、办理结果",))
    assert table.addresses() == [
        Address("requests", "new", "natural"),
        Address("requests", "new", "total"),
        Address("requests", "granted", "natural"),
    ]
    assert (table.row_groups, table.column_groups) == ({"outcomes": ("granted",)}, {"people": ("natural",)})
    assert (table.headers, table.side_by_side) == (("申请人情况",), False)


def test_forms_stand_in_the_order_of_their_years(pack: PackFolder) -> None:
    old = FORM.replace("2021", "2019").replace("first_year = 2019", "first_year = 2019\nlast_year = 2020")
    pack.write("forms/z.toml", old)
    assert [form.id for form in pack.load().forms] == ["2019", "2021"]


def test_a_check_sees_vocabularies_and_the_forms_of_its_rule(pack: PackFolder) -> None:
    seen: list[CompileContext] = []

    class Watching(Equation):
        def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
            seen.append(context)
            return options

    pack.checks["equation"] = Watching()
    pack.load()
    pack.change("rules.toml", '[rule.when]\nforms = ["2021"]\nfirst_year = 2021\n', "")
    pack.load()
    assert [context.rule_forms for context in seen] == [("2021",), ("2021",)]
    assert seen[0].vocabularies["fee"]["about"] == ["信息处理费"]
    assert [form.id for form in seen[0].forms_of_rule()] == ["2021"]


def test_a_pack_without_forms_stands_on_those_of_another(pack: PackFolder, tmp_path: Path) -> None:
    (pack.path / "forms" / "2021.toml").unlink()
    assert "没有叫 “2021” 的年报格式" in pack.error().message
    pack.forms = write_pack(tmp_path / "base").load().forms
    loaded = pack.load()
    assert (loaded.forms, loaded.rules[1].options["forms"]) == ((), ["2021"])


def test_examples_and_explanations_are_read_anew(pack: PackFolder) -> None:
    text = rule_texts(pack.path)["DL301"]
    assert (text.why, text.how) == (
        LocalizedText("不平就是错。", "不平就是错。"),
        LocalizedText("改数。", "Change the number."),
    )
    assert text.kind == "equation"
    assert text.options == {"each": "requests.columns", "formula": "new = granted"}
    assert (Path(text.file).name, text.line) == ("rules.toml", 2)
    good, bad = text.examples
    assert (good.facts, good.finds, good.line) == ({"requests[new,natural]": 3}, (), 19)
    assert (bad.text, bad.finds, bad.note, bad.line) == ("一、本年新收 ⟦4⟧", ("DL301",), "差一", 22)
    assert [example.code for example in examples(pack.path)] == ["DL112", "DL112", "DL301", "DL301"]


def test_every_key_of_an_example(pack: PackFolder) -> None:
    facts = '{ "requests[new,natural]" = 1.10, "requests[new,total]" = "" }\nonly = true\nform = "2021"\nyear = 2023'
    more = 'agency = "青山镇"\nproblem = "no-text-layer"\nname = "a.txt"\nbytes = "e5 B9\\n"'
    pack.change("rules.toml", '{ "requests[new,natural]" = 3 }', f"{facts}\n{more}")
    pack.load()
    example = rule_texts(pack.path)["DL301"].examples[0]
    assert example.facts == {"requests[new,natural]": Decimal("1.1"), "requests[new,total]": ""}
    assert (example.only, example.form, example.year, example.agency) == (True, "2021", 2023, "青山镇")
    assert (example.problem, example.name, example.data) == ("no-text-layer", "a.txt", b"\xe5\xb9")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(pack: PackFolder) -> None:
    expected = pack.load()
    pack.write("rules.toml", "\ufeff" + RULES.replace("\n", "\r\n"))
    assert pack.load() == expected


def test_other_files_in_the_folder_are_not_read(pack: PackFolder) -> None:
    for name in (".#rules.toml", "notes.txt", "draft.toml.bak", "old/rules.toml"):
        pack.write(name, "not toml")
    (pack.path / "folder.toml").mkdir()
    assert len(pack.load().rules) == 2


def test_the_shipped_pack_lies_where_the_tool_looks_for_it() -> None:
    about = parse_toml("pack.toml", (shipped_rules() / "pack.toml").read_bytes()).data["pack"]
    assert (about["id"], about["version"], about["licence"]) == ("national", "2026.1", "Apache-2.0")


# Mistakes: the place is marked with ▶ in what replaces the right text

GOOD_EXAMPLE = "[[rule.example]]\nok = true\ntext = 'a'"
RULE_MISTAKES = {
    'severity = "error"': {
        '▶severity = "fatal"': "规则 DL301 的 severity 写成了 “fatal”，应为 error、warning、info、off 之一",
        "▶severity = 3": "规则 DL301 的 severity 写成了 3，应为文字（加引号）",
        'severity = "error"\n▶sevrity = 1': "规则 DL301 有不认识的键 “sevrity”，是否想写 “severity”？",
        'severity = "error"\n▶"x y" = 1': "规则 DL301 有不认识的键 “x y”，可以写的有：",
    },
    'code = "DL301"': {
        '▶code = "dl1"': "规则 dl1 的 code 写成了 “dl1”，不合规定：规则代码：两个大写字母加三位数字，如 DL301",
        '▶code = "DL3011"': "规则 DL3011 的 code 写成了 “DL3011”，不合规定：",
    },
    'name = "requests-balance"': {
        '▶name = "Requests Balance"': "规则 DL301 的 name 写成了 “Requests Balance”，不合规定：",
    },
    'why = "不平就是错。"': {
        '▶why = ""': "规则 DL301 的 why 是空的，应写：为什么重要",
        "▶why = true": "规则 DL301 的 why 写成了 true，应为文字（加引号）或表",
        '▶why = { zh = "不平" }': "规则 DL301 的 why 缺少 en（英文）",
        'why = { zh = "不平", en = "uneven", ▶fr = "x" }': "规则 DL301 的 why 有不认识的键 “fr”，",
    },
    '{ zh = "一列的数要平", en = "A column must balance" }': {
        '{ zh = "一列的数要平", en = "A column must balance", ▶fr = "x" }': "规则 DL301 的 summary 有不认识的键 “fr”，",
    },
    'summary = { zh = "一列的数要平", en = "A column must balance" }': {
        '▶summary = { zh = "一列的数要平" }': "规则 DL301 的 summary 缺少 en（英文）",
        '▶summary = "一列的数要平"': "规则 DL301 的 summary 写成了 “一列的数要平”，应为表",
    },
    'en = "{column} does not balance"': {
        '▶en = "does not balance"': "zh 里有 {column}，en 里没有",
        'en = "{column} does not ▶} balance"': "花括号里应是一个英文名称，如 {column}",
        'en = "{column} does not ▶{} balance"': "花括号里应是一个英文名称，如 {column}",
    },
    'law = [{ document = "某办〔2021〕1号", clause = "附件", text = "应当相等" }]': {
        "▶law = []": "规则 DL301 的 law 是空的，应写：依据，至少一条",
        'law = [{ document = "a", clause = "b" }, ▶{ clause = "b" }]': "规则 DL301 的 law 第 2 项 缺少 document",
        'law = [▶{ document = "a" }]': "规则 DL301 的 law 第 1 项 缺少 clause（第几条，或附件的哪一处）",
        'law = [{ document = "a", ▶clause = 1 }]': "规则 DL301 的 law 第 1 项 的 clause 写成了 1，应为文字",
    },
    'forms = ["2021"]': {
        'forms = ["2021", ▶"2020"]': "没有叫 “2020” 的年报格式，应为 2021 之一",
        '▶forms = ["2021", "2021"]': "规则 DL301 的 when 的 forms 里有重复的项",
        'agency = "镇▶("': "正则表达式 “镇(” 写错了：少一个 )",
        "▶last_year = 2020": "last_year 早于 first_year",
        "▶last_year = 20210": "规则 DL301 的 when 的 last_year 写成了 20210，不能大于 2100",
    },
    '[rule.variant.long]\nseverity = "info"': {
        "[rule.variant.▶long]": "规则 DL301 的 variant 的 long 是空的，应写：一种情形",
        '[rule.variant.long]\nmessage = { ▶zh = "无", en = "{x}" }': "en 里有 {x}，zh 里没有",
    },
    "[rule.equation]": {
        "[rule.▶equatoin]": "规则 DL301 有不认识的键 “equatoin”，是否想写 “equation”？",
        "[rule.words]\nany = ['a']\n[rule.▶equation]": "规则 DL301 只能写 words、equation 之一",
    },
    'each = "requests.columns"\nformula = "new = granted"': {
        'formula = "new = ▶wrong"': "规则 DL301：没有叫 “wrong” 的行",
        "formula = 'new = ▶wrong'": "规则 DL301：没有叫 “wrong” 的行",
        'formula = "\\u4e00\\t= ▶wrong"': "规则 DL301：没有叫 “wrong” 的行",
        'formula = """\nnew = \\\n   ▶wrong"""': "规则 DL301：没有叫 “wrong” 的行",
        '▶formula = ["new"]': "规则 DL301 的 equation 的 formula 写成了 一个数组，应为文字（加引号）",
        'formula = "a"\n▶formul = "b"': "规则 DL301 的 equation 有不认识的键 “formul”，是否想写 “formula”？",
    },
    '[rule.equation]\neach = "requests.columns"\nformula = "new = granted"': {
        '[rule.▶equation]\neach = "x"': "规则 DL301 的 equation 缺少 formula",
        '[rule.▶equation]\nformula = "a"\nat = "nowhere"': "规则 DL301：没有叫 “nowhere” 的格",
        "[rule.▶words]": "规则 DL301 的 words 缺少 any、vocabulary 之一",
        "[rule.words]\nany = ['a']\n▶vocabulary = 'fee'": "规则 DL301 的 words 只能写 any、vocabulary 之一",
        "[rule.words]\nany = ['a']\n▶anyy = 1": "规则 DL301 的 words 有不认识的键 “anyy”，是否想写 “any”？",
        "[rule.words]\nany = ['a', ▶'']": "规则 DL301 的 words 的 any 第 2 项 是空的",
        "[rule.words]\nany = ['a', '青▶(山']": "规则 DL301：正则表达式 “青(山” 写错了：少一个 )",
        "[rule.words]\nany = ['a', '▶(a+)+']": "规则 DL301：正则表达式 “(a+)+” 在重复里又套着重复",
    },
    "ok = true\nfacts": {
        "▶ok = false\nfacts": "规则 DL301 的 第 1 个例子 的 ok 写成了 false，应为 true",
        "ok = true\n▶finds = []\nfacts": "规则 DL301 的 第 1 个例子 只能写 ok、finds 之一",
        "ok = true\n▶txt = 'a'\nfacts": "规则 DL301 的 第 1 个例子 有不认识的键 “txt”，是否想写 “text”？",
        "ok = true\n▶bytes = 'e5b'\nfacts": "规则 DL301 的 第 1 个例子 的 bytes 写成了 “e5b”",
        "ok = true\n▶form = '2020'\nfacts": "没有叫 “2020” 的年报格式，应为 2021 之一",
        "ok = true\n▶year = 23\nfacts": "规则 DL301 的 第 1 个例子 的 year 写成了 23，不能小于 2008",
        "ok = true\ntext = 'a ⟦b ▶⟦c⟧⟧'\nfacts": "⟦ 里面不能再有 ⟦",
        "ok = true\ntext = '''\na\n⟦▶⟧'''\nfacts": "⟦⟧ 里面没有文字",
        "ok = true\n▶text = '⟦b⟧'\nfacts": "标出了 1 处，finds 却只有 0 项",
    },
    '[[rule.example]]\nok = true\nfacts = { "requests[new,natural]" = 3 }': {
        "▶[[rule.example]]\nok = true": "规则 DL301 的 第 1 个例子 缺少 text、facts、problem、bytes 之一",
        "▶[[rule.example]]\ntext = 'a'\n" + GOOD_EXAMPLE: "规则 DL301 的 第 1 个例子 缺少 ok、finds 之一",
        "[[rule.▶example]]\nfinds = ['DL301']\ntext = 'a'": "规则 DL301 的 example 不完整：至少要有一个应当通过的例子",
    },
    '"requests[new,natural]" = 3': {
        '▶"requests[new,natural_]" = 3': "没有叫 “requests[new,natural_]” 的数，是否想写 “requests[new,natural]”？",
        '▶"新收" = 3': "没有叫 “新收” 的数，应写成 “表[行,列]”",
        '▶"requests[new,natural]" = []': "规则 DL301 的 第 1 个例子 的 facts 的 requests[new,natural] 写成了 一个数组",
    },
    'finds = ["DL301"]': {
        'finds = [▶"DL302"]': "例子只用来试自己的规则，finds 里只能写 DL301",
    },
    '[[vocabulary]]\nid = "fee"': {
        "▶[[vocabulary]]": "第 1 个词表 缺少 id",
        "[[vocabulary]]\n▶id = 'A'": "词表 A 的 id 写成了 “A”，不合规定：名称：",
        "[[vocabulary]]\nid = 'fee'\nnegative = ['未▶)']": "正则表达式 “未)” 写错了：多一个 )",
    },
}


def _cases(table: dict[str, dict[str, str]]) -> list[Any]:
    return [
        pytest.param(old, new, sentence, id=new.replace("▶", ""))
        for old, mistakes in table.items()
        for new, sentence in mistakes.items()
    ]


@pytest.mark.parametrize(("old", "new", "sentence"), _cases(RULE_MISTAKES))
def test_a_mistake_in_a_rule(pack: PackFolder, old: str, new: str, sentence: str) -> None:
    place = pack.change("rules.toml", old, new)
    error = pack.error()
    assert (error.path, error.line, error.column) == place
    assert error.message.startswith(sentence)
    assert "\n" not in error.message


FORM_MISTAKES = {
    "first_year = 2021": {
        "▶first_year = 1999": "form 的 first_year 写成了 1999，不能小于 2008",
        "first_year = 2021\n▶last_year = 2020": "last_year 早于 first_year",
        "first_year = 2021\n▶lastyear = 2022": "form 有不认识的键 “lastyear”，是否想写 “last_year”？",
    },
    '[[form.section]]\nid = "overview"': {
        '[[form.carried]]\n▶from = "requests.old"\nto = "requests.new"\n\n[[form.section]]\nid = "overview"': (
            "没有叫 “requests.old” 的行；写成 表.行，如 requests.new"
        ),
        '[[form.carried]]\nfrom = "requests.new"\n▶to = "requests.granted"\n\n[[form.section]]\nid = "overview"': (
            "行 requests.granted 的各列与 requests.new 的不同"
        ),
        '[[form.carried]]\n▶from = "new"\nto = "requests.new"\n\n[[form.section]]\nid = "overview"': (
            "form 的 carried 第 1 项 的 from 写成了 “new”，不合规定：这一年度的哪一行：表.行，如 requests.carried_out"
        ),
    },
    "number = 2": {
        "▶number = 3": "各部分按顺序写，这里应是第 2 部分，number 却是 3",
        "▶number = 'two'": "form 的 部分 requests 的 number 写成了 “two”，应为整数",
    },
    'id = "requests"\nnumber': {'▶id = "overview"\nnumber': "部分 “overview” 写了两次，另一处在 {form}:8:1"},
    'section = "requests"': {'▶section = "request"': "没有叫 “request” 的部分，应为 overview、requests 之一"},
    'id = "total"': {'▶id = "natural"': "列 “natural” 写了两次，另一处在 {form}:25:1"},
    'aliases = ["合计"]': {
        'aliases = ["合计", ▶"自然人"]': "列名 “自然人” 用了两次，另一处在 {form}:26:1",
        '▶alias = ["合计"]': "form 的 表 requests 的 列 total 有不认识的键 “alias”，是否想写 “aliases”？",
    },
    'id = "granted"': {'▶id = "new"': "行 “new” 写了两次，另一处在 {form}:34:1"},
    'label = "（一）予以公开"\ncolumns = ["natural"]\ngroups = ["三、办理结果"]': {
        '▶label = "一、本年新收"': "行名 “一、本年新收” 用了两次，另一处在 {form}:35:1",
        'label = "a"\naliases = [▶"一、本年新收"]': "行名 “一、本年新收” 用了两次，另一处在 {form}:35:1",
    },
    'columns = ["natural"]': {
        'columns = ["natural", ▶"nobody"]': "没有叫 “nobody” 的列，应为 natural、total 之一",
        '▶columns = ["total", "natural"]': "行 granted 的 columns 要按各列的先后写",
    },
    'outcomes = ["granted"]': {
        'outcomes = [▶"refused"]': "没有叫 “refused” 的行，应为 new、granted 之一",
        '▶new = ["granted"]': "组 “new” 与一行同名，公式里会分不清",
        '▶"结果" = ["granted"]': "form 的 表 requests 的 row_groups 的 结果 写成了 “结果”，不合规定：名称：",
    },
    'people = ["natural"]': {
        'people = [▶"nobody"]': "没有叫 “nobody” 的列，应为 natural、total 之一",
        '▶total = ["natural"]': "组 “total” 与一列同名，公式里会分不清",
    },
}


@pytest.mark.parametrize(("old", "new", "sentence"), _cases(FORM_MISTAKES))
def test_a_mistake_in_a_form(pack: PackFolder, old: str, new: str, sentence: str) -> None:
    place = pack.change("forms/2021.toml", old, new)
    error = pack.error()
    assert (error.path, error.line, error.column) == place
    assert error.message.startswith(sentence.format(form=pack.path / "forms" / "2021.toml"))


SYNTAX_MISTAKES = {
    'severity = "error"': {
        'severity ▶"error"': "键的后面应有等号",
        "severity = ▶error": "值写错了（文字要加英文引号）",
        'severity = "error▶': "字符串少了后引号，或者换行的文字要用三个引号括起来",
        'severity = "error" ▶why = 1': "一行只写一个 “键 = 值”，这里多出了文字",
        'severity = "error"\nseverity = "info"▶': "这个键写了两次",
        '▶，severity = "error"': "这里既不是 “键 = 值”，也不是 [表]",
    },
}


@pytest.mark.parametrize(("old", "new", "sentence"), _cases(SYNTAX_MISTAKES))
def test_what_is_no_toml(pack: PackFolder, old: str, new: str, sentence: str) -> None:
    place = pack.change("rules.toml", old, new)
    error = pack.error()
    assert (error.path, error.line, error.column) == place
    assert error.message == f"不是合法的 TOML：{sentence}"


def test_a_file_that_ends_too_early(pack: PackFolder) -> None:
    pack.write("rules.toml", 'a = 1\nb = """x')
    error = pack.error()
    assert (error.line, error.column) == (2, 9)


def test_a_mistake_in_pack_toml(pack: PackFolder) -> None:
    place = pack.change("pack.toml", 'title = "小规则包"', '▶titel = "小规则包"')
    error = pack.error()
    assert error.message.split("\n")[0] == "pack 缺少 title（名称，如 全国通用规则）"
    assert place is not None
    assert error.message.split("\n")[1] == f"{place.file}:3:1: pack 有不认识的键 “titel”，是否想写 “title”？"


def test_all_mistakes_of_all_files_are_told_in_the_order_of_their_places(pack: PackFolder) -> None:
    pack.write("a.toml", "[[rulle]]\n")
    pack.change("rules.toml", 'severity = "error"', 'severity = "fatal"')
    pack.change("rules.toml", 'severity = "warning"', 'severity = "bad"')
    error = pack.error()
    assert str(error).split("\n") == [
        f"{pack.path}/a.toml:1:3: 不认识的键 “rulle”，是否想写 “rule”？",
        f"{pack.path}/rules.toml:5:1: 规则 DL301 的 severity 写成了 “fatal”，应为 error、warning、info、off 之一",
        f"{pack.path}/rules.toml:30:1: 规则 DL112 的 severity 写成了 “bad”，应为 error、warning、info、off 之一",
    ]
    assert (error.path, error.line, error.column) == (f"{pack.path}/a.toml", 1, 3)


def test_many_mistakes_are_counted(pack: PackFolder) -> None:
    pack.write("a.toml", "\n".join(f"x{number} = 1" for number in range(30)))
    assert pack.error().message.split("\n")[-1] == "……还有 10 处错误"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('code = "DL112"', '▶code = "DL301"', "规则代码 “DL301”"),
        ('name = "placeholder"', '▶name = "requests-balance"', "规则名称 “requests-balance”"),
    ],
)
def test_a_code_or_name_that_two_files_use(pack: PackFolder, old: str, new: str, what: str) -> None:
    first, second = RULES.split("\n\n[[rule]]", 1)
    pack.write("rules.toml", first)
    pack.write("more.toml", "[[rule]]" + second)
    place = pack.change("more.toml", old, new)
    pack.change("more.toml", '["DL112"]', '["DL301"]' if "code" in new else '["DL112"]')
    error = pack.error()
    line = 3 if "code" in new else 4
    assert place is not None
    other = f"{place.file}:{place.line}:1"
    assert (error.path, error.line, error.column) == (f"{pack.path}/rules.toml", line, 1)
    assert error.message == f"{what} 写了两次，另一处在 {other}"


def test_two_forms_for_one_year(pack: PackFolder) -> None:
    pack.write("forms/2023.toml", FORM.replace("2021", "2023"))
    error = pack.error()
    assert (error.path, error.line) == (f"{pack.path}/forms/2023.toml", 4)
    other = f"{pack.path}/forms/2021.toml:4:1"
    assert error.message == f"2023 年度已经有格式 2021 了，见 {other}；两种格式的年份不能重叠"


def test_a_pattern_of_a_vocabulary_is_told_once_where_it_stands(pack: PackFolder) -> None:
    pack.change("rules.toml", "any = [\"X{2,}镇\", 'TODO']", "vocabulary = 'fee'")
    place = pack.change("rules.toml", '["信息处理费"]', '["信息▶)处理费"]')
    error = pack.error()
    assert (error.path, error.line, error.column) == place
    assert error.message == "正则表达式 “信息)处理费” 写错了：多一个 )"


def test_what_a_kind_compiles_must_be_plain_data(pack: PackFolder) -> None:
    class Odd(Equation):
        def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
            return {**options, "names": set(context.rule_forms)}

    pack.checks["equation"] = Odd()
    error = pack.error()
    assert (error.line, error.column) == (16, 7)
    assert error.message.startswith("规则 DL301：检查类型 equation 编译出来的不是 JSON 数据：")


def test_a_kind_with_a_schema_that_is_none(pack: PackFolder) -> None:
    class Odd(Equation):
        schema: ClassVar[dict[str, Any]] = {"type": "table"}

    pack.checks["equation"] = Odd()
    assert "检查类型的 schema 写错了" in pack.error().message


# Files that are hostile, broken or not there


def test_no_pack(tmp_path: Path, pack: PackFolder) -> None:
    with pytest.raises(UserError, match="读不了规则包：No such file or directory"):
        PackFolder(tmp_path / "nowhere").load()
    (pack.path / "pack.toml").unlink()
    assert str(pack.error()) == f"{pack.path}: 这里没有规则包：缺少 pack.toml"


def test_a_file_that_is_too_large(pack: PackFolder) -> None:
    pack.write("rules.toml", "# " + "x" * 1_000_000)
    assert str(pack.error()) == f"{pack.path}/rules.toml: 规则文件超过 1 MB，请拆成几个文件"


def test_too_many_files(pack: PackFolder) -> None:
    for number in range(500):
        pack.write(f"{number}.toml", "")
    assert pack.error().message == "规则包有 503 个文件，最多 500 个"


def test_a_file_in_another_encoding(pack: PackFolder) -> None:
    (pack.path / "rules.toml").write_bytes("a = 1\nb = '规则'".encode("gb18030"))
    error = pack.error()
    assert str(error) == f"{pack.path}/rules.toml:2: 文件要用 UTF-8 编码保存"


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 25 + "]" * 25,
        "x = " + "[" * 5_000 + "]" * 5_000,
        ".".join(["a"] * 25) + " = 1",
        ".".join(["a"] * 2_000) + " = 1",
        "x" + "".join(" = {x" for _ in range(200)) + " = 1" + "}" * 200,
    ],
    ids=["arrays", "very deep arrays", "keys", "very long key", "tables"],
)
def test_deep_nesting(pack: PackFolder, text: str) -> None:
    pack.write("rules.toml", text)
    assert "嵌套得太深" in pack.error().message


def test_a_pattern_may_not_be_endless(pack: PackFolder) -> None:
    place = pack.change("rules.toml", "'TODO'", f"▶'{'a' * 2_001}'")
    error = pack.error()
    assert (error.path, error.line, error.column) == place
    assert error.message.startswith("规则 DL112 的 words 的 any 第 2 项 太长，最多 2000 个字符")


# Marks


def test_marks_are_taken_out() -> None:
    assert unmark("a⟦b⟧c⟦de⟧") == ("abcde", [(1, 2), (3, 5)])
    assert unmark("plain") == ("plain", [])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a▶⟧", "⟧ 前面没有 ⟦"),
        ("⟦a⟧▶⟦b", "⟦ 后面没有 ⟧"),
        ("⟦a▶⟦b⟧⟧", "⟦ 里面不能再有 ⟦"),
        ("a⟦▶⟧b", "⟦⟧ 里面没有文字"),
    ],
)
def test_marks_that_do_not_pair(text: str, sentence: str) -> None:
    with pytest.raises(MarkError) as caught:
        unmark(text.replace("▶", ""))
    assert (caught.value.message, caught.value.offset) == (sentence, text.index("▶"))


@given(st.lists(st.tuples(st.text("ab\n汉", max_size=3), st.text("ab\n汉", min_size=1, max_size=3))), st.text("ab"))
def test_unmark_finds_what_was_marked(parts: list[tuple[str, str]], rest: str) -> None:
    found = unmark("".join(f"{before}⟦{inside}⟧" for before, inside in parts) + rest)
    assert found.text == "".join(map("".join, parts)) + rest
    assert [found.text[start:end] for start, end in found.places] == [inside for _, inside in parts]


# Schemas


def _described(schema: Any, path: str = "") -> list[str]:
    """The paths of properties for which an editor could show no Chinese help."""
    if not isinstance(schema, dict):
        return []
    missing = []
    for name, value in schema.get("properties", {}).items() if isinstance(schema.get("properties"), dict) else ():
        if "description" not in value and "$ref" not in value and "allOf" not in value:
            missing.append(f"{path}.{name}")
        missing += _described(value, f"{path}.{name}")
    for key in ("items", "additionalProperties"):
        missing += _described(schema.get(key), f"{path}.{key}")
    for name, value in schema.get("$defs", {}).items():
        missing += _described(value, f"{path}.{name}")
    return missing


def test_editors_can_help_with_every_key() -> None:
    assert _described(rule_schema({check.kind: check for check in BuiltIn().check_kinds()})) == []
    assert _described(form_schema()) == []


def test_the_schemas_are_schemas_and_plain_json() -> None:
    for schema in (rule_schema({"equation": Equation()}), form_schema()):
        Draft202012Validator.check_schema(json.loads(json.dumps(schema)))
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["title"].startswith("disclosure-lint")


def test_the_checked_in_schemas_are_those_of_the_tool() -> None:
    """If not: with DISCLOSURE_LINT_UPDATE=1 they are written anew."""
    checks = {check.kind: check for check in BuiltIn().check_kinds()}
    for sort in SORTS:
        path = shipped_rules() / {"form": "forms", "claims": "claims"}.get(sort, "") / schema_file(sort)
        if os.environ.get("DISCLOSURE_LINT_UPDATE") == "1":
            path.write_text(schema_of(sort, checks), encoding="utf-8")
        assert path.read_text("utf-8") == schema_of(sort, checks), path


def test_the_shipped_pack_has_no_mistakes() -> None:
    loaded = load_pack(shipped_rules(), load_plugins().checks(), None)
    assert loaded.id == "national"
    assert {form.id for form in loaded.forms} == {"2019", "2021"}


def test_the_shipped_rules_are_explained_in_english_too() -> None:
    for code, text in rule_texts(shipped_rules()).items():
        assert text.why.en != text.why.zh, code
        assert text.how.en != text.how.zh, code


def test_a_kind_may_forget_to_refuse_unknown_keys() -> None:
    class Bare(Equation):
        kind = "bare"
        schema: ClassVar[dict[str, Any]] = {"properties": {"any": {}}}

    checks: dict[str, CheckKind] = {"bare": Bare()}
    assert rule_schema(checks)["$defs"]["rule"]["properties"]["bare"]["unevaluatedProperties"] is False
