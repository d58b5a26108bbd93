"""Fixes applied to a text, all edits of a fix or none."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from disclosure_lint.model.diagnostic import Edit, Fix, LocalizedText
from disclosure_lint.model.form import Address
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.numbers import Number
from disclosure_lint.model.result import FileResult

_LINE_END = lazy_re_compile(r"\r\n|\n|\r")
_ENOUGH = 200
"""So many lines tell which line ends a text has."""


def apply(text: str, fixes: Iterable[Fix]) -> str:
    """Returns the text with those of the fixes applied that `accepted` takes; new lines end as the text's do."""
    line_end = line_end_of(text)
    edits = {edit for fix in accepted(text, fixes) for edit in fix.edits}
    parts: list[str] = []
    done = 0
    for (start, end), new in sorted(edits):
        parts += [text[done:start], _LINE_END.sub(line_end, new)]
        done = end
    return "".join([*parts, text[done:]])


def accepted(text: str, fixes: Iterable[Fix]) -> list[Fix]:
    """Returns the fixes that can be applied together, in the order of their places.

    The order in which they are given does not matter: safe ones come before unsafe ones, then the first in the text.
    A fix of which an edit overlaps that of an accepted one is left out whole; equal edits are one.
    """
    taken: list[Edit] = []
    chosen: list[Fix] = []
    for fix in sorted(fixes, key=_rank):
        if _is_sound(text, fix) and all(_fits(edit, taken) for edit in fix.edits):
            chosen.append(fix)
            for edit in set(fix.edits):
                at = bisect_left(taken, edit)
                if taken[at : at + 1] != [edit]:
                    taken.insert(at, edit)
    return sorted(chosen, key=lambda fix: fix.edits)


def line_end_of(text: str) -> str:
    r"""Returns the line end that most of the first lines of a text have; `\n` if it has none."""
    counts: dict[str, int] = {}
    for number, match in enumerate(_LINE_END.finditer(text)):
        if number == _ENOUGH:
            break
        counts[match.group()] = counts.get(match.group(), 0) + 1
    return max(counts, key=lambda end: counts[end], default="\n")


def _rank(fix: Fix) -> tuple[bool, tuple[Edit, ...], str]:
    return fix.applicability != "safe", fix.edits, fix.title.zh


def _is_sound(text: str, fix: Fix) -> bool:
    """Says whether a fix, perhaps a plugin's, changes something, lies within the text and does not overlap itself."""
    edits = fix.edits
    within = all(0 <= edit.span.start <= edit.span.end <= len(text) for edit in edits)
    changes = any(text[edit.span.start : edit.span.end] != edit.text for edit in edits)
    # Of those in order, a pair that collides has neighbours between that do.
    alone = not any(_collide(*pair) for pair in pairwise(sorted(set(edits))))
    return within and changes and alone


def _fits(edit: Edit, taken: list[Edit]) -> bool:
    """Says whether an edit is one of those that are taken, or collides with none; those do not collide, in order."""
    at = bisect_left(taken, edit)
    if taken[at : at + 1] == [edit]:
        return True
    return not any(_collide(edit, other) for other in taken[max(0, at - 1) : at + 1])


def _collide(edit: Edit, other: Edit) -> bool:
    """Says whether two edits have text in common, or begin at one place, so that their order would be a guess."""
    one, two = edit.span, other.span
    return one.start == two.start or (one.start < two.end and two.start < one.end)


_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_PLAIN = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}


class RefusedError(Exception):
    """A file must stay as it is."""

    def __init__(self, zh: str, en: str):
        super().__init__(en)
        self.words = LocalizedText(zh, en)
        """Why, in both languages."""


def encoded(data: bytes, before: str, after: str, encoding: str) -> bytes:
    """Returns the bytes of `after` in the encoding that `before` was read with from `data`, with its byte order mark.

    Raises RefusedError if the bytes cannot be had again from the text that was read, or the new text has characters
    that the encoding lacks: a file that is GBK must not become GB18030, which other programs would not expect.
    """
    mark, plain = next((pair for pair in _MARKS if data.startswith(pair[0])), (b"", _PLAIN.get(encoding, encoding)))
    if plain == "gb18030" and _encodes(before, "gbk"):
        plain = "gbk"
    if _bytes(mark, before, plain) != data:
        raise RefusedError(
            f"按 {encoding} 读出的文字写不回原来的字节，没有改动；请另存为 UTF-8 再修正",
            f"what was read as {encoding} cannot be written back byte by byte; left as it is, save it as UTF-8 first",
        )
    new = _bytes(mark, after, plain)
    if new is None:
        raise RefusedError(
            f"修正要用的字在文件的编码 {plain} 里没有，没有改动；请另存为 UTF-8 再修正",
            f"the fixes need characters that the file's encoding {plain} lacks; left as it is, save it as UTF-8 first",
        )
    return new


def _bytes(mark: bytes, text: str, encoding: str) -> bytes | None:
    return mark + text.encode(encoding) if _encodes(text, encoding) else None


def _encodes(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


ROUNDS = 10
"""Most reports take one; each section that is put in where others are missing too takes one more."""

Lint = Callable[[bytes], FileResult]


class Mended(NamedTuple):
    """A file after its fixes."""

    data: bytes
    """The new bytes; the old ones if nothing was fixed."""
    result: FileResult
    """What is said of them."""
    applied: int = 0
    """How many fixes were applied."""
    refusal: LocalizedText | None = None
    """Why it was left as it is although there was something to fix."""


def mend(lint: Lint, data: bytes, first: FileResult, *, unsafe: bool = False) -> Mended:
    """Returns a file with its fixes, unsafe ones only if asked for; `first` is what `lint` says of the bytes.

    The safe ones are applied first, and refused if they change a number: all of them, since it is a mistake of ours.
    """
    done = Mended(data, first)
    seen = {data}
    try:
        for _ in range(ROUNDS):
            fixes = _next_round(done.result, unsafe)
            if not fixes:
                return done
            done = _fixed(lint, done, fixes)
            if done.data in seen:
                break
            seen.add(done.data)
        if not _next_round(done.result, unsafe):
            return done
    except RefusedError as refusal:
        return Mended(data, first, refusal=refusal.words)
    sentence = LocalizedText(
        "修正没有个完（一处改好，别处又要改），没有改动", "the fixes do not come to an end; left as it is"
    )
    return Mended(data, first, refusal=sentence)


def _next_round(result: FileResult, unsafe: bool) -> list[Fix]:
    """Returns the safe fixes that can be applied together; where there are none, the unsafe ones if they are wanted."""
    if result.source is None:
        return []
    fixes = [diagnostic.fix for diagnostic in result.diagnostics if diagnostic.fix]
    safe = accepted(result.source.text, [fix for fix in fixes if fix.applicability == "safe"])
    return safe or (accepted(result.source.text, fixes) if unsafe else [])


def _fixed(lint: Lint, before: Mended, fixes: list[Fix]) -> Mended:
    source = before.result.source
    assert source is not None
    text = apply(source.text, fixes)
    data = encoded(before.data, source.text, text, source.encoding)
    result = lint(data)
    if result.source is None or result.source.text != text:
        raise RefusedError(
            "改过的文字会被读成另一种编码，没有改动；请另存为 UTF-8 再修正",
            "the changed text would be read in another encoding; left as it is, save it as UTF-8 first",
        )
    if all(fix.applicability == "safe" for fix in fixes) and _numbers(result) != _numbers(before.result):
        raise RefusedError(
            "修正会使表格里的数读得不一样，没有改动；请把这个文件反馈给我们",
            "the fixes would change how the numbers are read; left as it is, please send us the file",
        )
    return Mended(data, result, before.applied + len(fixes))


def _numbers(result: FileResult) -> Mapping[Address, tuple[str, Number | None]]:
    facts = result.report.facts if result.report else {}
    return {address: (fact.state, fact.value) for address, fact in facts.items()}
