"""What a rule file says to people, read anew from the TOML: explanations, and examples with their ⟦marked places⟧."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import Law
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.packs.forms import build_law
from disclosure_lint.packs.schema import RULE_KEYS
from disclosure_lint.packs.sources import holds_rules, read_sources
from disclosure_lint.packs.toml_files import TomlFile, parse_toml

Cells = dict[str, int | Decimal | str]
"""Cells by name; an empty text is a blank cell, another text stands in the cell as it is."""


@dataclass(frozen=True, slots=True)
class OtherExample:
    """Another report that is checked together with that of an example."""

    year: int
    facts: Cells
    name: str | None = None
    """Name of the file."""
    agency: str | None = None
    """Whose it is; the same agency's if it is not named."""
    text: str | None = None
    """Text of the report or of a part of it, instead of `facts`."""


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a rule file: a test that is part of the rule's explanation."""

    code: str
    """Code of the rule that it is for."""
    file: str
    line: int
    """Where it begins in that file, from 1."""
    finds: tuple[str, ...] = ()
    """Code of the rule for each place that it should find; empty where all is well."""
    note: str | None = None
    """What it shows."""
    text: str | None = None
    """Text of a report or a fragment, with ⟦marks⟧; see `unmark`."""
    facts: Cells | None = None
    only: bool = False
    """True if the cells that `facts` does not name do not exist, instead of holding 0."""
    form: str | None = None
    year: int | None = None
    agency: str | None = None
    problem: str | None = None
    """An input event, as a reader would report it."""
    name: str | None = None
    """Name of the file."""
    data: bytes | None = None
    """Its bytes (key `bytes`)."""
    others: tuple[OtherExample, ...] = ()
    sums: tuple[str, ...] = ()
    """Names of the agencies whose sum it is, as a configuration would have them."""


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule as its author wrote it."""

    code: str
    name: str
    severity: str
    summary: LocalizedText
    message: LocalizedText
    why: LocalizedText
    """Chinese in both languages where there is no English; so too `how`."""
    how: LocalizedText
    law: tuple[Law, ...]
    kind: str
    """The kind of check."""
    options: dict[str, Any]
    """What it says to its kind of check."""
    when: dict[str, Any]
    variants: dict[str, Any]
    examples: tuple[Example, ...]
    finds_in_sample: tuple[str, ...]
    """Words of the report that the tool makes by itself in which the rule finds something, as it should."""
    file: str
    line: int
    """Where it begins in that file, from 1."""


def rule_texts(folder: Path) -> dict[str, RuleText]:
    """Returns the texts of all rules by code, in the order of the codes, of a pack that `load_pack` accepts."""
    found = [_rule_text(file, index) for file in rule_files(folder) for index in range(len(file.data.get("rule", ())))]
    return {text.code: text for text in sorted(found, key=lambda text: text.code)}


def examples(folder: Path) -> list[Example]:
    """Returns the examples of all rules, in the order of the codes, of a pack that `load_pack` accepts."""
    return [example for text in rule_texts(folder).values() for example in text.examples]


def rule_files(folder: Path) -> Iterator[TomlFile]:
    """Yields the rule files of a pack, in the order of their names."""
    for name, data in read_sources(folder).items():
        if holds_rules(name):
            yield parse_toml(str(folder / name), data)


def _rule_text(file: TomlFile, index: int) -> RuleText:
    rule = file.data["rule"][index]
    kind = next(key for key in rule if key not in RULE_KEYS)
    return RuleText(
        code=rule["code"],
        name=rule["name"],
        severity=rule["severity"],
        summary=LocalizedText(**rule["summary"]),
        message=LocalizedText(**rule["message"]),
        why=words(rule["why"]),
        how=words(rule["how"]),
        law=build_law(rule["law"]),
        kind=kind,
        options=rule[kind],
        when=rule.get("when", {}),
        variants=rule.get("variant", {}),
        examples=tuple(
            _example(rule["code"], example, file, file.positions.key(("rule", index, "example", number)).line)
            for number, example in enumerate(rule["example"])
        ),
        finds_in_sample=tuple(rule.get("finds_in_sample", ())),
        file=file.path,
        line=file.positions.key(("rule", index)).line,
    )


def words(text: str | dict[str, str]) -> LocalizedText:
    return LocalizedText(text, text) if isinstance(text, str) else LocalizedText(**text)


def _example(code: str, example: dict[str, Any], file: TomlFile, line: int) -> Example:
    facts = example.get("facts")
    data = example.get("bytes")
    return Example(
        code=code,
        file=file.path,
        line=line,
        finds=tuple(example.get("finds", ())),
        note=example.get("note"),
        text=example.get("text"),
        facts=None if facts is None else _cells(facts),
        only=example.get("only", False),
        form=example.get("form"),
        year=example.get("year"),
        agency=example.get("agency"),
        problem=example.get("problem"),
        name=example.get("name"),
        data=bytes.fromhex(data) if data is not None else None,
        others=tuple(
            OtherExample(one["year"], _cells(one.get("facts", {})), one.get("name"), one.get("agency"), one.get("text"))
            for one in example.get("others", ())
        ),
        sums=tuple(example.get("sums", ())),
    )


def _cells(facts: dict[str, Any]) -> Cells:
    return {name: _number(value) for name, value in facts.items()}


def _number(value: int | float | str) -> int | Decimal | str:
    return Decimal(repr(value)) if isinstance(value, float) else value


_MARK = lazy_re_compile("[⟦⟧]")


class Unmarked(NamedTuple):
    """A text without its marks."""

    text: str
    places: list[tuple[int, int]]
    """The marked stretches: half-open offsets in the text, in order."""


class MarkError(UserError):
    """Marks that do not pair, or enclose nothing."""

    def __init__(self, message: str, offset: int, *, en: str):
        super().__init__(message, en=en)
        self.offset = offset
        """Offset of the mark in the marked text."""


def unmark(marked: str) -> Unmarked:
    """Returns the text without ⟦ and ⟧ and what stood between them; MarkError if they are nested, empty or single."""
    clean: list[str] = []
    places: list[tuple[int, int]] = []
    start: int | None = None
    length = end = 0
    for mark in _MARK.finditer(marked):
        clean.append(marked[end : mark.start()])
        length += mark.start() - end
        end = mark.end()
        if (mark.group() == "⟦") != (start is None):
            if mark.group() == "⟦":
                raise MarkError("⟦ 里面不能再有 ⟦", mark.start(), en="a ⟦ within ⟦ ⟧")
            raise MarkError("⟧ 前面没有 ⟦", mark.start(), en="a ⟧ without a ⟦ before it")
        if start is None:
            start = length
        elif start == length:
            raise MarkError("⟦⟧ 里面没有文字", mark.start(), en="no text within ⟦⟧")
        else:
            places.append((start, length))
            start = None
    if start is not None:
        raise MarkError("⟦ 后面没有 ⟧", marked.rindex("⟦"), en="a ⟦ without a ⟧ after it")
    return Unmarked("".join([*clean, marked[end:]]), places)
