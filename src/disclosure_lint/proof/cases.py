"""Cases: small reports with what must be found marked where it stands, read and tried (docs/cases.md)."""

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from disclosure_lint.engine.linter import Linter
from disclosure_lint.files.reading import LARGEST_DOCUMENT, read_file, why
from disclosure_lint.model.diagnostic import Diagnostic, LocalizedText
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.source import Source, Span
from disclosure_lint.outputs.excerpt import excerpt
from disclosure_lint.proof.case_texts import CaseError, Expected, numbered, patched, unmarked
from disclosure_lint.settings import Settings

_NEWLINES = {"": "\n", "lf": "\n", "crlf": "\r\n", "cr": "\r"}
_CELL = r"[a-z_0-9]+\[[a-z_0-9]+,[a-z_0-9]+\]"
_CODE_LIST = (r"[\w-]+( [\w-]+)*", "DL301 DL4")
KEYS: dict[str, tuple[str, str]] = {
    "note": (".+", "为什么有这个用例"),
    "into": (r"[^/\\]+", "whole.md"),
    "name": (".+", "report.md"),
    "select": _CODE_LIST,
    "ignore": _CODE_LIST,
    "form": (r"[\w-]+", "2021"),
    "region": (r"[\w-]+", "auto"),
    "encoding": (r"[\w-]+", "gb18030"),
    "newline": ("lf|crlf|cr", "crlf"),
    "damage": (r"cut \d+|begin ([0-9A-Fa-f]{2})+", "cut 2"),
    "verdicts": (
        r"([A-Z]{2}\d{3} (passed|failed|not_applicable|undetermined)(, (?=\w)|$))+",
        "DL301 undetermined, DL302 passed",
    ),
    "facts": (rf"({_CELL} \S+(, (?=\w)|$))+", "requests[new,total] 6, requests[new,natural] none"),
    "bug": (".+", "查不出跨页的表"),
}
"""How the value of each key is written, and an example of it."""
_ROOM = 100


class Case(NamedTuple):
    """A case, ready to be linted."""

    path: str
    name: str
    """What the file of the report is called."""
    text: str
    data: bytes
    settings: Settings
    expected: tuple[Expected, ...]
    verdicts: Mapping[str, str]
    facts: Mapping[str, str]
    region: str | None
    """The regional pack to use; None if the case does not say."""
    bug: str | None


class Difference(NamedTuple):
    """Something that is not as a case says."""

    words: LocalizedText
    line: int | None = None
    """Line of its mark in the file of the case."""
    places: tuple[Span, ...] = ()
    """Where in the report."""


def read_case(path: Path) -> Case:
    """Returns a case; CaseError if it is not written as it should be."""
    try:
        return _case(path)
    except CaseError as error:
        raise CaseError(error.words.zh, error.words.en, error.line, error.path or str(path)) from None


def try_case(linter: Linter, case: Case) -> list[Difference]:
    """Returns how what a linter finds differs from what a case says; empty if it does not."""
    unknown = list(_unknown_names(linter, case))
    if unknown:
        return unknown
    result = linter.lint(case.name, case.data, case.settings)
    return [
        *_wrong_places(case.expected, result.diagnostics),
        *_wrong_verdicts(case, result),
        *_wrong_facts(case, result),
    ]


def shown(case: Case, difference: Difference, lang: str) -> str:
    """Returns a difference in lines: the case's file and line, what is wrong, and the lines of the report."""
    place = case.path if difference.line is None else f"{case.path}:{difference.line}"
    lines = [f"{place}: {difference.words.text(lang)}"]
    source = Source("", case.text)
    for span in difference.places:
        number = str(source.position(span.start).line)
        text, marks = excerpt(source, span, _ROOM)
        lines += [f"    {number} | {text}", f"    {' ' * len(number)} | {marks}"]
    return "\n".join(lines)


class _Head(NamedTuple):
    values: dict[str, str]
    lines: dict[str, int]


def _case(path: Path) -> Case:
    head, body, first = _parted(_text(path))
    values = head.values
    marked = numbered(body, first)
    if "into" in values:
        marked = patched(_whole(path, head), marked, first)
    text, expected = unmarked(marked)
    newline = _NEWLINES[values.get("newline", "")]
    if newline != "\n":
        expected = tuple(_moved(one, text, len(newline) - 1) for one in expected)
        text = text.replace("\n", newline)
    return Case(
        path=str(path),
        name=values.get("name") or f"report{Path(values.get('into', '.md')).suffix or '.md'}",
        text=text,
        data=_damaged(_encoded(text, head), values.get("damage", "")),
        settings=Settings(_words(values, "select"), _words(values, "ignore"), form=values.get("form", "auto")),
        expected=expected,
        verdicts=_pairs(values, "verdicts"),
        facts=_pairs(values, "facts"),
        region=values.get("region"),
        bug=values.get("bug"),
    )


def _text(path: Path) -> str:
    try:
        text = read_file(path, LARGEST_DOCUMENT).decode("utf-8")
    except OSError as error:
        words = why(error)
        raise CaseError(f"读不了：{words.zh}", f"cannot be read: {words.en}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CaseError("文件要用 UTF-8 编码保存", "the file must be in UTF-8", line, str(path)) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parted(text: str) -> tuple[_Head, str, int]:
    """Returns the head, the text, and the number of the text's first line."""
    above, line, body = text.partition("\n---\n")
    if not line:
        raise CaseError(
            "要先写“键: 值”的几行，再写一行 ---，然后是年报的文字",
            "lines of “key: value” come first, then a line ---, then the text of a report",
            1,
        )
    head = _Head({}, {})
    for number, entry in enumerate(above.split("\n"), start=1):
        _enter(head, entry, number)
    if "note" not in head.values:
        raise CaseError("缺少 note：这个用例要说明什么", "there is no note that says what the case is for", 1)
    if not body.strip() and "into" in head.values:
        raise CaseError("--- 下面没有文字", "there is no text below ---", len(head.lines) + 1)
    return head, body, len(head.lines) + 2


def _enter(head: _Head, entry: str, number: int) -> None:
    key, colon, value = entry.partition(": ")
    if not colon:
        raise CaseError(f"“{entry}”应写成“键: 值”，冒号用半角，后面空一格", f"“{entry}” is no “key: value”", number)
    if key not in KEYS:
        near = get_close_matches(key, KEYS, n=1)
        zh = f"，是否想写 {near[0]}？" if near else f"，可以写的有 {'、'.join(KEYS)}"
        en = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(KEYS)}"
        raise CaseError(f"没有 {key} 这个键{zh}", f"there is no key {key}{en}", number)
    if key in head.values:
        raise CaseError(f"{key} 写了两次", f"{key} comes twice", number)
    pattern, example = KEYS[key]
    if not re.fullmatch(pattern, value):
        raise CaseError(
            f"{key} 写成了“{value}”，应写成“{example}”这样", f"{key} is “{value}”; write it like “{example}”", number
        )
    head.values[key] = value
    head.lines[key] = number


def _whole(path: Path, head: _Head) -> str:
    """Returns the report that a case is put into: the nearest file of that name, upwards from the case."""
    name = head.values["into"]
    found = next((folder / name for folder in path.absolute().parents if (folder / name).is_file()), None)
    if found is None:
        raise CaseError(
            f"用例所在的文件夹和上级文件夹里都没有 {name}",
            f"there is no {name} in the folder of the case or above it",
            head.lines["into"],
        )
    text = _text(found)
    if "⟦" in text:
        line = text.count("\n", 0, text.index("⟦")) + 1
        raise CaseError("完整的年报里不能有 ⟦", "the whole report must have no ⟦", line, str(found))
    if not text.startswith("=== "):
        raise CaseError(
            "完整的年报应从 === title 这样的一行开始",
            "the whole report must begin with a line like === title",
            1,
            str(found),
        )
    return text


def _encoded(text: str, head: _Head) -> bytes:
    encoding = head.values.get("encoding", "utf-8")
    try:
        codecs.lookup(encoding)
        return text.encode(encoding)
    except LookupError:
        zh, en = f"没有 {encoding} 这种编码", f"there is no encoding {encoding}"
    except UnicodeEncodeError as error:
        char = text[error.start]
        zh, en = f"{encoding} 编码写不出“{char}”", f"{encoding} cannot write “{char}”"
    raise CaseError(zh, en, head.lines.get("encoding"))


def _damaged(data: bytes, damage: str) -> bytes:
    what, _, how = damage.partition(" ")
    if what == "cut":
        return data[: max(0, len(data) - int(how))]
    return bytes.fromhex(how) + data


def _words(values: Mapping[str, str], key: str) -> tuple[str, ...]:
    return tuple(values[key].split()) if key in values else ()


def _pairs(values: Mapping[str, str], key: str) -> dict[str, str]:
    # A comma may stand within the name of a number.
    parts = re.split(r", (?=\w)", values[key]) if key in values else []
    return {name: said for name, _, said in (part.rpartition(" ") for part in parts)}


def _moved(one: Expected, text: str, wider: int) -> Expected:
    start, end = (offset + wider * text.count("\n", 0, offset) for offset in (one.start, one.end))
    return one._replace(start=start, end=end)


def _unknown_names(linter: Linter, case: Case) -> Iterator[Difference]:
    """Yields what a case names and the linter does not know: nothing would be found, and it would seem all is well."""
    rules = {rule.code for rule in linter.rules}
    names = {rule.name for rule in linter.rules}
    for code in sorted({one.code for one in case.expected} | case.verdicts.keys()):
        if code not in rules:
            yield Difference(LocalizedText(f"没有装入规则 {code}", f"no rule {code} is loaded"))
    for word in (*case.settings.select, *case.settings.ignore):
        if word not in names and not any(code.startswith(word) for code in rules):
            yield Difference(LocalizedText(f"没有装入规则 {word}", f"no rule {word} is loaded"))
    if case.settings.form not in ("auto", *(form.id for pack in linter.packs for form in pack.forms)):
        form = case.settings.form
        yield Difference(LocalizedText(f"没有 {form} 这种年报格式", f"there is no form {form}"))
    if case.settings.region not in ("auto", "none", *(pack.id for pack in linter.packs)):
        region = case.settings.region
        yield Difference(LocalizedText(f"没有装入规则包 {region}", f"no pack {region} is loaded"))


def _wrong_places(expected: Sequence[Expected], diagnostics: Sequence[Diagnostic]) -> Iterator[Difference]:
    left, missing = list(diagnostics), []
    for one in expected:
        found = next((d for d in left if (*d.span, d.code) == (one.start, one.end, one.code)), None)
        if found is None:
            missing.append(one)
            continue
        left.remove(found)
        if one.severity not in (None, found.severity.name):
            said, is_ = one.severity, found.severity.name
            words = LocalizedText(f"{one.code} 应为 {said}，实际是 {is_}", f"{one.code} should be {said}, is {is_}")
            yield Difference(words, one.line, (found.span,))
    for one in missing:
        found = next((d for d in left if d.code == one.code), None)
        here = Span(one.start, one.end)
        if found is None:
            words = LocalizedText(f"应查出 {one.code}，没有查出", f"{one.code} should be found and was not")
            yield Difference(words, one.line, (here,))
            continue
        left.remove(found)
        zh = f"{one.code} 应标在第一处，实际标在第二处：{found.message.zh}"
        en = f"{one.code} should be at the first place and is at the second: {found.message.en}"
        yield Difference(LocalizedText(zh, en), one.line, (here, found.span))
    for found in left:
        zh, en = (
            f"不该查出 {found.code} {found.severity.name}",
            f"{found.code} {found.severity.name} should not be found",
        )
        yield Difference(LocalizedText(f"{zh}：{found.message.zh}", f"{en}: {found.message.en}"), None, (found.span,))


def _wrong_verdicts(case: Case, result: FileResult) -> Iterator[Difference]:
    ledger = {entry.code: entry.verdict for entry in result.ledger}
    for code, verdict in case.verdicts.items():
        if ledger.get(code) != verdict:
            zh, en = ledger.get(code, "没有运行"), ledger.get(code, "not run")
            yield Difference(
                LocalizedText(f"规则 {code} 应为 {verdict}，实际是 {zh}", f"rule {code} should be {verdict}, is {en}")
            )


def _wrong_facts(case: Case, result: FileResult) -> Iterator[Difference]:
    facts = {str(address): fact for address, fact in result.report.facts.items()} if result.report else {}
    for name, value in case.facts.items():
        fact = facts.get(name)
        found = "absent" if fact is None else str(fact.value).lower()
        if found != value:
            places = (fact.span,) if fact else ()
            yield Difference(
                LocalizedText(f"{name} 应是 {value}，实际是 {found}", f"{name} should be {value}, is {found}"),
                None,
                places,
            )
