"""The keys of the configuration, one table: what reads, documents or offers them reads them here."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.settings import values
from disclosure_lint.settings.model import Settings
from disclosure_lint.settings.validation import (
    SEVERITIES,
    SettingsError,
    ValidationContext,
    as_choice,
    as_codes,
    as_count,
    as_some_text,
    as_table,
    as_text,
    check_code,
    check_form,
    check_region,
    hinted,
    profiled,
    within,
)
from disclosure_lint.settings.values import ACCEPTANCE, TRUST, Check, Read, acceptances, check_trust, trusted_globs


class Key(NamedTuple):
    """A key of the configuration; the field of `Settings` has its name."""

    name: str
    type: type
    """Of its TOML value; a list is one of texts."""
    read: Read
    values: str
    """Its values as documentation shows them."""
    meaning: LocalizedText
    """A sentence in Markdown."""
    schema: Mapping[str, Any] = {}
    """What JSON Schema says of its value besides; `format` is what a word refers to, for editors to offer."""
    check: Check = lambda _word, _known: None
    choices: tuple[str, ...] = ()
    """The only words, if they are always the same."""
    option: bool = False
    """Whether `check` has an option `--NAME` that goes over it."""
    editor: bool = False
    """Whether the settings of an editor have it, which go over it too."""

    @property
    def field(self) -> str:
        """Its name as a field of `Settings` and `Override`."""
        return self.name.replace("-", "_")

    def check_said(self, value: Any, known: ValidationContext) -> None:
        """Raises SettingsError if a command line or an editor says what refers to nothing; None says nothing."""
        for word in value if isinstance(value, tuple) else () if value is None else (value,):
            self.check(word, known)


def validated(data: Any, known: ValidationContext, root: str, profile: str | None = None) -> Settings:
    """Returns the settings of parsed TOML over those of its profile, or of the one that the command line asks for.

    Raises SettingsError for the first mistake.
    """
    known = known._replace(root=root)
    found: dict[str, Any] = {"root": root}
    # The packs first: whatever else it says may refer to their rules.
    for name, value in sorted(as_table(data).items(), key=lambda item: item[0] != "packs"):
        if name not in KEYS:
            hint = hinted(name, KEYS)
            raise SettingsError(f"没有“{name}”这个配置项{hint.zh}", f"unknown key “{name}”{hint.en}", (name,))
        key = KEYS[name]
        with within(name):
            found[key.field] = key.read(value, known)
        if name == "packs":
            known = known.with_packs(found[name])
    own = found.pop("profile", None)
    return (own if own is not None and profile is None else profiled(profile, known))._replace(**found)


def _check_trust(word: str, _: ValidationContext) -> None:
    check_trust(word)


_RULES = {"items": {"format": "rule"}}
_LISTS = {"additionalProperties": {"type": "array", "items": {"type": "string"}}}
_TABLE = (
    Key(
        "select",
        list,
        as_codes,
        '`["DL3", "DL401"]`',
        LocalizedText("只查这些", "only these rules"),
        _RULES,
        check=check_code,
        option=True,
        editor=True,
    ),
    Key(
        "ignore",
        list,
        as_codes,
        '`["DL403"]`',
        LocalizedText("不查这些", "not these rules"),
        _RULES,
        check=check_code,
        option=True,
        editor=True,
    ),
    Key(
        "extend-select",
        list,
        as_codes,
        '`["DL403"]`',
        LocalizedText("另外再查这些", "these besides, even if off by default"),
        _RULES,
        check=check_code,
        option=True,
        editor=True,
    ),
    Key(
        "severity",
        dict,
        values.severities,
        '`{ DL403 = "warning" }`',
        LocalizedText("改变轻重", "`error`, `warning`, `info` or `off`"),
        {"propertyNames": {"format": "rule"}, "additionalProperties": {"enum": list(SEVERITIES)}},
    ),
    Key(
        "form",
        str,
        values.word(check_form),
        '`"auto"`, `"2019"`, `"2021"`',
        LocalizedText("用哪一年的格式，默认按报告年度", "the form; `auto`: that of the report's year"),
        {"format": "form"},
        check=check_form,
        option=True,
        editor=True,
    ),
    Key(
        "packs",
        list,
        values.packs,
        '`["rules/our-city", "one.toml"]`',
        LocalizedText(
            "另外装入的规则包：带 `pack.toml` 的文件夹，或单个文件",
            "more rule packs: folders with `pack.toml`, or single files; relative to this file",
        ),
    ),
    Key(
        "region",
        str,
        values.word(check_region),
        '`"auto"`, `"none"`, `"henan"`',
        LocalizedText(
            "地区规则：按机关所在地、不用，或指定规则包",
            "regional rules: those of the authority's area, none, or a pack by its id",
        ),
        {"format": "region"},
        check=check_region,
        option=True,
        editor=True,
    ),
    Key(
        "fail-on",
        str,
        lambda value, _: Severity[as_choice(value, SEVERITIES[:-1])],
        '`"error"`, `"warning"`, `"info"`',
        LocalizedText("达到哪一级算不合格", "from which severity on the exit status is 1"),
        choices=SEVERITIES[:-1],
        option=True,
    ),
    Key(
        "max-undetermined",
        int,
        lambda value, _: as_count(value),
        "`0`",
        LocalizedText("一个文件里无法判定的规则最多几条", "more undetermined rules than this in a file: exit status 1"),
        option=True,
    ),
    Key(
        "lang",
        str,
        values.one_of(("zh", "en")),
        '`"zh"`, `"en"`',
        LocalizedText("输出的语言", "language of the output"),
        choices=("zh", "en"),
        option=True,
        editor=True,
    ),
    Key(
        "exclude",
        list,
        values.globs,
        '`["drafts", "*.bak.md"]`',
        LocalizedText(
            "查文件夹时跳过的文件和文件夹；加了 `--only-reports`，点名的也跳过",
            "what is not looked for in folders, nor with `--only-reports` among named files",
        ),
    ),
    Key(
        "per-file-ignores",
        dict,
        values.ignores,
        '`{ "2020/*" = ["DL110"] }`',
        LocalizedText("某些文件不查某些规则", "rules not to run on some files"),
        {"additionalProperties": {"type": "array", **_RULES}},
    ),
    Key(
        "accept",
        list,
        acceptances,
        "see below · 见下",
        LocalizedText("某一处的问题不再报", "single findings that are left as they are"),
        {"items": ACCEPTANCE},
    ),
    Key(
        "baseline",
        str,
        lambda value, known: values.joined(known.root, as_some_text(value)),
        '`"known.json"`',
        LocalizedText(
            "已知问题的清单，见[怎么开始用](adoption.zh-CN.md)", "a file of known mistakes, see [adoption](adoption.md)"
        ),
        option=True,
    ),
    Key(
        "trust",
        str,
        values.word(_check_trust),
        '`"text"`, `"previous"`, `"none"`',
        LocalizedText(
            "推断哪个数填错时怎样看文字和上一年度年报里的数，见[哪个数填错了](localize.zh-CN.md)",
            "numbers in the text, and in last year's report, when a wrong one is looked for, "
            "see [which number is wrong](localize.md)",
        ),
        check=_check_trust,
        choices=TRUST,
        option=True,
    ),
    Key(
        "trusted",
        list,
        trusted_globs,
        '`["requests[new,*]"]`',
        LocalizedText("核对过、不会错的数", "numbers that are never blamed"),
        {"items": {"format": "cell"}},
    ),
    Key(
        "agencies",
        dict,
        values.names,
        '`{ "陌桑县数据局" = ["陌桑县大数据中心"] }`',
        LocalizedText(
            "同一个机关的别的名称，见[许多年报一览](overview.zh-CN.md)；写地名的，那里的机关都算",
            "other names of an agency, see [many reports](overview.md); that of a place holds for all agencies there",
        ),
        _LISTS,
    ),
    Key(
        "sums",
        dict,
        values.names,
        '`{ "陌桑县人民政府" = ["陌桑县*"] }`',
        LocalizedText(
            "哪个机关的年报是哪些机关年报的合计（可用通配符），DL905 按此核对",
            "whose report adds up those of which agencies (globs will do), as DL905 checks",
        ),
        _LISTS,
    ),
    Key(
        "profile",
        str,
        lambda value, known: profiled(as_text(value), known),
        '`"draft"`, `"review"`, `"publish"`',
        LocalizedText("见下", "see below"),
        {"format": "profile"},
        check=profiled,
        option=True,
        editor=True,
    ),
    Key(
        "convert",
        bool,
        values.yes_or_no,
        "`true`, `false`",
        LocalizedText(
            "同 `--convert`：用 LibreOffice 转换这些格式再查，文件夹里的也查，见[能读的格式](formats.zh-CN.md)",
            "as `--convert`: LibreOffice converts `.doc`, `.wps`, `.odt` and `.rtf`, also in folders, "
            "see [formats](formats.md)",
        ),
        option=True,
    ),
    Key(
        "rule-pages",
        str,
        values.address,
        '`"https://example.org/rules/{code}/"`',
        LocalizedText(
            "各规则说明页的网址，编辑器和别的程序给出链接，见[规则的说明页](rules.zh-CN.md#规则的说明页)",
            "where the rules' pages are: editors and other programs link to them, see [pages](rules.md#pages-of-rules)",
        ),
    ),
)
KEYS: Mapping[str, Key] = {key.name: key for key in _TABLE}
"""By name, in the order of the documentation."""


def configuration_schema() -> dict[str, Any]:
    """Returns what JSON Schema says of a configuration; descriptions are in both languages."""
    whole = LocalizedText("disclosure-lint 的配置", "the configuration of disclosure-lint")
    return {"description": whole, "type": "object", "properties": {key.name: _schema_of(key) for key in KEYS.values()}}


def _schema_of(key: Key) -> dict[str, Any]:
    types = {str: "string", list: "array", dict: "object", bool: "boolean", int: "integer"}
    choices = {"enum": list(key.choices)} if key.choices else {}
    return {"description": key.meaning, "type": types[key.type], **choices, **key.schema}
