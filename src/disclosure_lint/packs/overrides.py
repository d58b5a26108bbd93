"""What packs that apply together make of each other's rules and forms."""

from collections.abc import Iterable, Sequence

from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.form import Form, FormRow, SectionForm, TableForm
from disclosure_lint.model.rule import Alias, Change, Pack, Rule


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
