"""Lint, fix, lint again, until nothing is left to fix."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from disclosure_lint.fixes.applying import accepted, apply
from disclosure_lint.fixes.writing import RefusedError, encoded
from disclosure_lint.model.diagnostic import Fix, LocalizedText
from disclosure_lint.model.form import Address
from disclosure_lint.model.report import Number
from disclosure_lint.model.result import FileResult

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
