"""What a pack says of itself: who it is for, what it changes, and which wordings it adds to the forms."""

from collections.abc import Iterator, Sequence
from typing import Any

from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import Form
from disclosure_lint.model.rule import NATIONAL, Alias, Change, Condition, Pack
from disclosure_lint.packs.consistency import unknown_form, when_mistakes
from disclosure_lint.packs.forms import repeated
from disclosure_lint.packs.positions import Keys
from disclosure_lint.packs.toml_files import TomlFile

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
