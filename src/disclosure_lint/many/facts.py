"""What one file gives to `facts`, as bytes too: between processes, and from run to run."""

import json
import zlib
from typing import Any, Literal, NamedTuple

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.errors import PluginError, UnreadableError
from disclosure_lint.model.result import PluginFailure
from disclosure_lint.outputs.facts import FileFacts
from disclosure_lint.outputs.rows import Wanted, rows_of, text_of
from disclosure_lint.settings import Settings


class Said(NamedTuple):
    """What is said of a file."""

    status: Literal["report", "no_report", "unreadable"]
    why: LocalizedText | None
    """Why it cannot be read."""
    text: str
    """What it adds to the output, where that is text."""
    rows: list[Any]
    """Its rows, where the output is not."""
    failures: tuple[PluginFailure, ...] = ()
    """What plugins and packs failed to do."""


def told_of(linter: Linter, name: str, data: bytes, settings: Settings, wanted: Wanted) -> Said:
    """Returns what is said of a file of these bytes."""
    try:
        document = linter.read(name, data)
        bound = linter.bind(document, settings.form)
    except PluginError as error:
        return unreadable(name, LocalizedText(error.zh, error.en), wanted)._replace(failures=(_failure(error),))
    except UnreadableError as error:
        return unreadable(name, LocalizedText(error.zh, error.en), wanted)
    if bound is None:
        return _said("no_report", FileFacts(name, document.format, None), wanted)
    report, choice = linter.choose(bound, settings)
    made = _said("report", FileFacts(name, document.format, report), wanted)
    return made._replace(failures=tuple(map(_failure, choice.failures)))


def unreadable(name: str, why: LocalizedText, wanted: Wanted) -> Said:
    """Returns what is said of a file that cannot be read."""
    return _said("unreadable", FileFacts(name, None, None), wanted)._replace(why=why)


def _said(status: Literal["report", "no_report", "unreadable"], file: FileFacts, wanted: Wanted) -> Said:
    if wanted.is_text:
        return Said(status, None, text_of(file, wanted), [])
    return Said(status, None, "", list(rows_of(file, wanted)))


def _failure(error: PluginError) -> PluginFailure:
    return PluginFailure(error.owner, LocalizedText(error.zh, error.en))


def lasts(made: Said) -> bool:
    """Says whether it is the file's: one that could not be read may be read by the next run."""
    return made.status != "unreadable" and not made.failures


def encoded(made: Said) -> bytes:
    """Returns what `decoded` understands; text and rows are long, and many of them are alike."""
    # Text may hold half a character of UTF-16. Decimals become texts, which the types of their columns undo.
    data = json.dumps(made, ensure_ascii=False, default=str, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return zlib.compress(data, 1)


def decoded(data: bytes) -> Said:
    """Returns what was said. Raises ValueError and the like if it was not encoded here."""
    status, why, text, rows, failures = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    failed = tuple(PluginFailure(owner, LocalizedText(*reason), code) for owner, reason, code in failures)
    return Said(status, LocalizedText(*why) if why else None, text, rows, failed)
