"""How packs stand on each other: what one extends and changes must be there, and what the two then are together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import Form, FormRow, SectionForm, TableForm
from disclosure_lint.model.rule import Alias, Change, Pack, Rule
from disclosure_lint.packs.sources import PACK_FILE, SINGLE, read_sources

if TYPE_CHECKING:
    from disclosure_lint.packs.toml_files import Keys, TomlFile


def check_standing(loaded: Mapping[Path, Pack]) -> None:
    """Raises UserError with all conflicts between packs, by the folders they are from, each at its place."""
    packs = {pack.id: pack for pack in loaded.values()}
    owners: dict[str, Pack] = {}
    names: dict[str, Path] = {}
    mistakes: list[UserError] = []
    for folder, pack in loaded.items():
        author = Author(folder)
        if pack.id in names:
            zh = f"规则包 “{pack.id}” 已经装入，在 {names[pack.id]}；请改用另一个 id"
            en = f"a pack “{pack.id}” is loaded already, at {names[pack.id]}; use another id"
            mistakes.append(author.pack("id", LocalizedText(zh, en)))
        names[pack.id] = folder
        mistakes += _repeated_codes(author, pack, owners)
        below = _below(pack, packs)
        if isinstance(below, LocalizedText):
            mistakes.append(author.pack("extends", below))
        else:
            mistakes += _unknown_codes(author, pack, {rule.code for base in below for rule in base.rules})
    if mistakes:
        # Only where something is wrong: it reads TOML, which a run with cached packs need not.
        from disclosure_lint.packs.toml_files import raise_mistakes

        raise_mistakes(mistakes)


class Author:
    """The files of a pack as its author wrote them: read to say where in them a mistake is.

    Takes a pack that `load_pack` accepts.
    """

    def __init__(self, folder: Path):
        self._folder = folder
        self._files: dict[str, TomlFile] | None = None

    def pack(self, key: str, words: LocalizedText) -> UserError:
        """Returns the error at a key of `[pack]`."""
        return self._about().mistake(("pack", key), *words)

    def change(self, index: int, words: LocalizedText) -> UserError:
        """Returns the error at the code of a change."""
        return self._about().mistake(("change", index, "code"), *words)

    def rule(self, code: str, keys: Keys, words: LocalizedText) -> UserError:
        """Returns the error at a place in a rule."""
        for file in self._read().values():
            rules: list[dict[str, Any]] = file.data.get("rule", [])
            for index, rule in enumerate(rules):
                if rule["code"] == code:
                    return file.mistake(("rule", index, *keys), *words)
        return UserError(words.zh, str(self._folder), en=words.en)

    def _about(self) -> TomlFile:
        files = self._read()
        return files[SINGLE if SINGLE in files else PACK_FILE]

    def _read(self) -> dict[str, TomlFile]:
        if self._files is None:
            # Only where something is wrong, as above.
            from disclosure_lint.packs.toml_files import parse_toml

            sources = read_sources(self._folder)
            self._files = {name: parse_toml(str(self._folder / name), data) for name, data in sources.items()}
        return self._files


def _repeated_codes(author: Author, pack: Pack, owners: dict[str, Pack]) -> Iterator[UserError]:
    for rule in pack.rules:
        owner = owners.setdefault(rule.code, pack)
        if owner is not pack:
            zh = f"规则代码 {rule.code} 在规则包 {owner.id} 和 {pack.id} 里都有；每个代码只能用一次"
            en = f"the packs {owner.id} and {pack.id} both have a rule {rule.code}; use each code once"
            yield author.rule(rule.code, ("code",), LocalizedText(zh, en))


def _below(pack: Pack, packs: Mapping[str, Pack]) -> list[Pack] | LocalizedText:
    """Returns the packs that a pack stands on, or what is wrong with what it extends."""
    below: list[Pack] = []
    name = pack.extends
    while name is not None:
        if name not in packs:
            others = [key for key in packs if key != pack.id]
            zh = f"没有装入规则包 “{name}”，装入的有：{'、'.join(others)}"
            return LocalizedText(zh, f"no pack “{name}” is loaded; loaded are: {', '.join(others)}")
        if name == pack.id or packs[name] in below:
            zh = f"规则包 “{pack.id}” 所扩展的规则包又扩展回来，绕成了圈"
            return LocalizedText(zh, f"what the pack “{pack.id}” extends extends it in turn")
        below.append(packs[name])
        name = packs[name].extends
    return below


def _unknown_codes(author: Author, pack: Pack, known: set[str]) -> Iterator[UserError]:
    for index, change in enumerate(pack.changes):
        if change.code not in known:
            yield author.change(index, _unknown(change.code, pack, known))
    for rule in pack.rules:
        for number, code in enumerate(rule.replaces):
            if code not in known:
                yield author.rule(rule.code, ("replaces", number), _unknown(code, pack, known))


def _unknown(code: str, pack: Pack, known: set[str]) -> LocalizedText:
    # Only where something is wrong.
    from difflib import get_close_matches

    near = get_close_matches(code, sorted(known), n=1)
    hint = LocalizedText(f"，是不是 {near[0]}？", f"; did you mean {near[0]}?") if near else LocalizedText("", "")
    zh = f"规则包 “{pack.extends}” 里没有规则 {code}{hint.zh}"
    return LocalizedText(zh, f"the pack “{pack.extends}” has no rule {code}{hint.en}")


def amended_rules(packs: Sequence[Pack]) -> tuple[tuple[Rule, ...], dict[str, LocalizedText]]:
    """Returns the rules of packs, each pack going over those before it, and why some are gone or otherwise severe.

    A rule that is switched off stays, as a rule that is off: who wants it can select it.
    """
    rules = {rule.code: rule for pack in packs for rule in pack.rules}
    changed: dict[str, LocalizedText] = {}
    for pack in packs:
        for change in pack.changes:
            if change.code in rules:
                rules[change.code] = _changed(rules[change.code], change.severity)
                changed[change.code] = _why(pack, change)
    for pack in packs:
        for rule in pack.rules:
            for code in rule.replaces:
                if rules.pop(code, None):
                    zh, en = f"由规则包 {pack.id} 的 {rule.code} 代替", f"replaced by {rule.code} of the pack {pack.id}"
                    changed[code] = LocalizedText(zh, en)
    return tuple(rules.values()), changed


def amended_forms(packs: Sequence[Pack]) -> tuple[Form, ...]:
    """Returns the forms of packs, a later one of the same id in the place of an earlier one, with all aliases."""
    forms = {form.id: form for pack in packs for form in pack.forms}
    return with_aliases(forms.values(), [alias for pack in packs for alias in pack.aliases])


def with_aliases(forms: Iterable[Form], aliases: Iterable[Alias]) -> tuple[Form, ...]:
    """Returns the forms with further wordings."""
    known = {form.id: form for form in forms}
    for alias in aliases:
        for key in alias.forms or tuple(known):
            if key in known:
                known[key] = _with_alias(known[key], alias)
    return tuple(known.values())


def _changed(rule: Rule, severity: Severity) -> Rule:
    # Off, it keeps its variants as they are, for those who select it all the same.
    return rule._replace(severity=severity) if severity is Severity.off else rule.graded(severity)


def _why(pack: Pack, change: Change) -> LocalizedText:
    if change.severity is Severity.off:
        return LocalizedText(
            f"规则包 {pack.id} 关掉了它：{change.reason}", f"off by the pack {pack.id}: {change.reason}"
        )
    grade = change.severity.name
    return LocalizedText(
        f"规则包 {pack.id} 改为 {grade}：{change.reason}", f"{grade} by the pack {pack.id}: {change.reason}"
    )


def _with_alias(form: Form, alias: Alias) -> Form:
    if alias.section is not None:
        return form._replace(sections=tuple(_section(section, alias) for section in form.sections))
    return form._replace(tables=tuple(_table(table, alias) for table in form.tables))


def _section(section: SectionForm, alias: Alias) -> SectionForm:
    if section.id != alias.section:
        return section
    if alias.accepted:
        return section._replace(long_titles=_joined(section.long_titles, alias.wordings))
    return section._replace(aliases=_joined(section.aliases, alias.wordings))


def _table(table: TableForm, alias: Alias) -> TableForm:
    if table.id != alias.table:
        return table
    columns = tuple(
        column._replace(aliases=_joined(column.aliases, alias.wordings)) if column.id == alias.column else column
        for column in table.columns
    )
    return table._replace(rows=tuple(_row(row, alias) for row in table.rows), columns=columns)


def _row(row: FormRow, alias: Alias) -> FormRow:
    return row._replace(aliases=_joined(row.aliases, alias.wordings)) if row.id == alias.row else row


def _joined(known: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *more)))
