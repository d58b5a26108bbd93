"""From the bytes of a pack to the pack, or to all mistakes in it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from disclosure_lint.model.agency import AgencyNames, Pairing
from disclosure_lint.model.claim import ClaimTables
from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import Form
from disclosure_lint.model.kind import CheckKind, CompileContext
from disclosure_lint.model.patterns import PatternError
from disclosure_lint.model.rule import NATIONAL, Localization, Pack, Rule, Slip, Variant
from disclosure_lint.packs.claim_files import claim_mistakes, claim_schema
from disclosure_lint.packs.consistency import rule_mistakes
from disclosure_lint.packs.dependencies import with_aliases
from disclosure_lint.packs.encoding import decode_options
from disclosure_lint.packs.forms import build_form, build_law, form_mistakes, form_schema
from disclosure_lint.packs.pack_files import (
    build_condition,
    build_pack,
    pack_mistakes,
    pack_schema,
    single_file_schema,
    version_mistakes,
)
from disclosure_lint.packs.schema import rule_schema
from disclosure_lint.packs.sources import CLAIMS, FORMS, PACK_FILE, SINGLE, holds_rules
from disclosure_lint.packs.texts import words
from disclosure_lint.packs.toml_files import Keys, TomlFile, parse_toml, raise_mistakes
from disclosure_lint.packs.validation import Validator

_NATIONAL_ONLY = ("localization", "slip", "pairing", "agency")


def compile_pack(
    folder: Path, sources: Mapping[str, bytes], checks: Mapping[str, CheckKind], base: tuple[Form, ...] = ()
) -> Pack:
    """Returns the compiled pack; UserError with all mistakes that one stage of reading finds."""
    files = _parse(folder, sources)
    form_files = [file for name, file in files.items() if name.startswith(f"{FORMS}/")]
    claim_files = [file for name, file in files.items() if name.startswith(f"{CLAIMS}/")]
    rule_files = [file for name, file in files.items() if holds_rules(name)]
    pack_file = files[SINGLE if SINGLE in files else PACK_FILE]
    raise_mistakes(version_mistakes(pack_file))
    if SINGLE in files:
        _validate([pack_file], single_file_schema(checks))
    else:
        _validate([pack_file], pack_schema())
        _validate(form_files, form_schema())
        _validate(claim_files, claim_schema())
        _validate(rule_files, rule_schema(checks))
    raise_mistakes(form_mistakes(form_files))
    forms = tuple(sorted(map(build_form, form_files), key=lambda form: form.first_year))
    known = tuple({form.id: form for form in (*base, *forms)}.values())
    pack = build_pack(pack_file.data, folder.name)
    worded = with_aliases(known, pack.aliases)
    rules, mistakes = _compile_rules(rule_files, worded, checks, pack.condition.forms)
    raise_mistakes([*pack_mistakes(pack_file, known), *rule_mistakes(rule_files, known), *mistakes])
    raise_mistakes([*claim_mistakes(claim_files, known)])
    raise_mistakes([] if pack.id == NATIONAL else _not_theirs(rule_files))
    ordered = sorted((rule._replace(pack=pack.id) for rule in rules), key=lambda rule: rule.code)
    return pack._replace(
        forms=forms,
        rules=tuple(ordered),
        localization=_localization(rule_files),
        pairing=_pairing(rule_files),
        claims=tuple(cast("ClaimTables", file.data) for file in claim_files),
    )


def _not_theirs(files: list[TomlFile]) -> list[UserError]:
    said = "只有全国通用规则能写怎样推断填错的数、怎样认出同一个机关"
    en = "only the national rules can say how wrong numbers are found, and how reports of one agency are told"
    return [file.mistake((key,), said, en) for file in files for key in _NATIONAL_ONLY if key in file.data]


def _localization(files: list[TomlFile]) -> Localization:
    table: dict[str, Any] = next((file.data["localization"] for file in files if "localization" in file.data), {})
    slips = (
        Slip(one["kind"], one["weight"], LocalizedText(**one["words"]))
        for file in files
        for one in file.data.get("slip", ())
    )
    messages = {key: LocalizedText(**words) for key, words in table.get("message", {}).items()}
    return Localization(table.get("likely", Localization().likely), messages, tuple(slips))


def _pairing(files: list[TomlFile]) -> Pairing:
    table: dict[str, Any] = next((file.data["pairing"] for file in files if "pairing" in file.data), {})
    agencies = (
        AgencyNames(one["name"], tuple(one.get("also", ())), tuple(one.get("formerly", ())))
        for file in files
        for one in file.data.get("agency", ())
    )
    return Pairing(agencies=tuple(agencies), **{key: tuple(words) for key, words in table.items()})


def _parse(folder: Path, sources: Mapping[str, bytes]) -> dict[str, TomlFile]:
    files: dict[str, TomlFile] = {}
    mistakes: list[UserError] = []
    for name, data in sources.items():
        try:
            files[name] = parse_toml(str(folder / name), data)
        except UserError as error:
            mistakes.append(error)
    raise_mistakes(mistakes)
    return files


def _validate(files: list[TomlFile], schema: dict[str, Any]) -> None:
    validator = Validator(schema)
    raise_mistakes([mistake for file in files for mistake in validator.mistakes(file)])


def _compile_rules(
    files: list[TomlFile], forms: tuple[Form, ...], checks: Mapping[str, CheckKind], of_pack: tuple[str, ...]
) -> tuple[list[Rule], list[UserError]]:
    """Returns the rules and what their kinds of check refuse; a pack may be for some forms only, `of_pack`."""
    vocabularies = {item["id"]: item for file in files for item in file.data.get("vocabulary", ())}
    all_forms = tuple(form.id for form in forms)
    usual = of_pack if set(of_pack) <= set(all_forms) and of_pack else all_forms
    rules: list[Rule] = []
    mistakes: list[UserError] = []
    for file in files:
        for index, rule in enumerate(file.data.get("rule", ())):
            kind = next(key for key in rule if key in checks)
            named = tuple(rule.get("when", {}).get("forms", usual))
            if not set(named) <= set(all_forms):
                continue
            context = CompileContext(forms, vocabularies, named)
            try:
                options = _as_json(checks[kind], checks[kind].compile(rule[kind], context))
            except UserError as error:
                mistakes += _placed(error, file, ("rule", index), kind)
            else:
                rules.append(_rule(rule, checks[kind], options))
    return rules, mistakes


def _as_json(check: CheckKind, options: Any) -> dict[str, Any]:
    """Returns the options as they come back from the cache, so that a check meets the same data on every run."""
    try:
        return decode_options(check, json.loads(json.dumps(options, allow_nan=False)))
    except (TypeError, ValueError) as error:
        en = f"the kind of check {check.kind} compiles options to what is no JSON: {error}"
        raise UserError(f"检查类型 {check.kind} 编译出来的不是 JSON 数据：{error}", en=en) from None


def _placed(error: UserError, file: TomlFile, rule: Keys, kind: str) -> Iterator[UserError]:
    """Yields the error that a check raised about its options, at the option that it is about."""
    table = (*rule, kind)
    code = file.value((*rule, "code"))
    words = f"规则 {code}：{error.message}", f"rule {code}: {error.english}"
    if isinstance(error, PatternError):
        option = _find(file.value(table), error.pattern, table)
        # A pattern that is not among the options stands in a vocabulary, where it was found already.
        if option is not None:
            yield file.mistake(option, *words, (error.column or 1) - 1)
    elif error.column is not None and "formula" in file.value(table):
        yield file.mistake((*table, "formula"), *words, error.column - 1)
    else:
        yield file.mistake(table, *words)


def _find(value: Any, text: str, keys: Keys) -> Keys | None:
    """Returns the keys of the first string that is that text, in a value that stands at some keys."""
    if value == text:
        return keys
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = (_find(member, text, (*keys, key)) for key, member in members)
    return next((place for place in found if place), None)


def _rule(rule: dict[str, Any], check: CheckKind, options: dict[str, Any]) -> Rule:
    message = LocalizedText(**rule["message"])
    return Rule(
        code=rule["code"],
        name=rule["name"],
        severity=Severity[rule["severity"]],
        summary=LocalizedText(**rule["summary"]),
        how=words(rule["how"]),
        message=message,
        law=build_law(rule["law"]),
        kind=check.kind,
        options=options,
        condition=build_condition(rule.get("when", {})),
        variants={name: _variant(variant, message) for name, variant in rule.get("variant", {}).items()},
        replaces=tuple(rule.get("replaces", ())),
        event=options.get(getattr(check, "event_option", ""), ""),
        exact=getattr(check, "exact", False),
    )


def _variant(variant: dict[str, Any], message: LocalizedText) -> Variant:
    severity = variant.get("severity")
    return Variant(
        LocalizedText(**variant["message"]) if "message" in variant else message,
        Severity[severity] if severity else None,
    )
