"""What is said of files as bytes and back, between processes and from run to run. JSON: no code can hide in it.

A record is all of a file in five lines, of which each is read only where it is needed: whose report it is, its
numbers, what kinds of check keep of it, how its result counts, and the rest of that. Of a report goes along what
outputs say of it, and of its text what is needed to name places: nothing where nothing was found.
"""

import json
from base64 import b64decode, b64encode
from functools import lru_cache
from typing import Any

from disclosure_lint.engine.history import Whose, whose
from disclosure_lint.model.diagnostic import (
    Diagnostic,
    Edit,
    Fix,
    LocalizedText,
    Related,
    Severity,
    Suggestion,
)
from disclosure_lint.model.document import Location
from disclosure_lint.model.entry import Entry
from disclosure_lint.model.form import Law
from disclosure_lint.model.report import Outline, SectionPlace
from disclosure_lint.model.result import (
    Brief,
    FileResult,
    PlaceKey,
    PluginFailure,
    RowShown,
    RuleOutcome,
    Suppressed,
    Told,
)
from disclosure_lint.model.source import FileText, Rendition, Run, Source, Span
from disclosure_lint.outputs.excerpt import rows_told
from disclosure_lint.outputs.places import words_told

LAYOUT = 3
"""Number of this layout; to be raised with each change of it."""
_VERDICTS = {"p": "passed", "f": "failed", "n": "not_applicable", "u": "undetermined"}
_BYTES = "bytes"


def _tagged(value: bytes) -> dict[str, str]:
    return {_BYTES: b64encode(value).decode()}


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_tagged).encode


def encoded_entry(entry: Entry | None) -> bytes:
    """Returns what `decoded_entry` understands."""
    return _written(entry)


def decoded_entry(data: bytes, path: str) -> Entry | None:
    """Returns what is remembered of the report at a path. Raises ValueError and the like if it was not encoded here."""
    values = _read(data)
    if values is None:
        return None
    _, agency, year, revised, form, numbers, lines, kept = values
    return Entry(path, agency, year, revised, form, tuple(numbers), tuple(lines), _tuples(kept))


def _tuples(value: Any) -> Any:
    """Returns tuples for lists, and bytes for what stands for them."""
    if isinstance(value, list):
        return tuple(map(_tuples, value))
    return b64decode(value[_BYTES]) if isinstance(value, dict) else value


def encoded(entry: Entry | None, result: FileResult | None) -> bytes:
    """Returns the record of a file; the result goes without its report, which is big."""
    lasts = result is None or (result.status in _LASTING and not result.failures)
    head = [lasts, *whose(entry)[1:]] if entry else [lasts]
    numbers = [entry.numbers, entry.lines] if entry else []
    said = (_brief(result), _rest(result)) if result else ()
    return b"\n".join(map(_written, (head, numbers, entry.kept if entry else (), *said)))


_LASTING = ("linted", "not_a_report")
"""What a file that cannot be read comes to may be read by the next run."""


class Record:
    """What was encoded of the file at a path. Reading raises ValueError and the like if it was not encoded here."""

    __slots__ = ("_head", "_lines", "_path", "data")

    def __init__(self, data: bytes, path: str):
        self.data = data
        self._path = path
        self._lines = data.split(b"\n")
        self._head = _read(self._lines[0])

    @property
    def lasts(self) -> bool:
        """Whether the next run would find the same."""
        return bool(self._head[0])

    @property
    def whose(self) -> Whose | None:
        """Whose report the file is; None if it does not say so, or is none."""
        _, *about = self._head
        if not about:
            return None
        agency, year, revised, form, collected = about
        return Whose(self._path, agency, year, revised, form, tuple(collected))

    @property
    def entry(self) -> Entry:
        """What others need to know of the report, without what kinds of check keep."""
        _, agency, year, revised, form, _ = self._head
        numbers, lines = _read(self._lines[1])
        return Entry(self._path, agency, year, revised, form, tuple(numbers), tuple(lines))

    @property
    def kept(self) -> dict[str, Any]:
        """What kinds of check keep, by code of a rule."""
        return dict(_tuples(_read(self._lines[2])))

    @property
    def has_result(self) -> bool:
        """Whether it has a result."""
        return len(self._lines) > _BEFORE_RESULT

    @property
    def brief(self) -> Brief:
        """The result as far as it counts."""
        status, agency, year, ledger, found, suppressed, failures = _read(self._lines[_BEFORE_RESULT])
        shown = tuple([(code, name, severity) for code, name, severity in found])
        return Brief(self._path, status, agency, year, _read_ledger(*ledger), shown, suppressed, _failures(failures))

    @property
    def result(self) -> FileResult:
        """The result."""
        status, _, _, ledger, _, _, failures = _read(self._lines[_BEFORE_RESULT])
        found, source, outline, words, rows, quiet, region, reason = _read(self._lines[_BEFORE_RESULT + 1])
        path = self._path
        return FileResult(
            path,
            status,
            tuple([_diagnostic(one) for one in found]),
            _read_ledger(*ledger),
            _read_source(path, *source) if source else None,
            None,
            region,
            _text(reason),
            0,
            tuple([Suppressed(_diagnostic(one), *rest) for one, *rest in quiet]),
            _failures(failures),
            _told(outline, words, rows) if outline else None,
        )


_BEFORE_RESULT = 3
"""Lines."""


def _brief(result: FileResult) -> list[Any]:
    _, status, agency, year, ledger, found, suppressed, failures = result.brief
    return [status, agency, year, _ledger(ledger), found, suppressed, failures]


def _rest(result: FileResult) -> list[Any]:
    found = [one._replace(violation=None) for one in result.diagnostics]
    quiet = [one._replace(diagnostic=one.diagnostic._replace(violation=None)) for one in result.suppressed]
    source = _source(result.source) if result.source and (found or quiet) else None
    words = [[*key, *text] for key, text in words_told(result).items()]
    rows = [[cell, *row] for cell, row in rows_told(result).items()]
    return [found, source, result.outline, words, rows, quiet, result.region, result.region_reason]


def _failures(values: Any) -> tuple[PluginFailure, ...]:
    return tuple([PluginFailure(owner, LocalizedText(*why), code) for owner, why, code in values])


def _written(value: Any) -> bytes:
    # Text may hold half a character of UTF-16.
    return _encode(value).encode("utf-8", "surrogatepass")


def _read(data: bytes) -> Any:
    return json.loads(data.decode("utf-8", "surrogatepass"))


def _ledger(ledger: tuple[RuleOutcome, ...]) -> list[Any]:
    """Returns the codes, a letter for each verdict, and the reasons: most rules end without one."""
    reasons = [[number, *one.reason] for number, one in enumerate(ledger) if one.reason]
    return [" ".join([one.code for one in ledger]), "".join([one.verdict[0] for one in ledger]), reasons]


def _read_ledger(codes: str, letters: str, reasons: list[list[Any]]) -> tuple[RuleOutcome, ...]:
    return _outcomes(codes, letters, tuple(map(tuple, reasons)))


@lru_cache(maxsize=64)
def _outcomes(codes: str, letters: str, reasons: tuple[tuple[Any, ...], ...]) -> tuple[RuleOutcome, ...]:
    """Returns how rules ended; with many files that is mostly the same."""
    ledger: list[Any] = [
        RuleOutcome(code, _VERDICTS[letter])  # type: ignore[arg-type]
        for code, letter in zip(codes.split(), letters, strict=True)
    ]
    for number, zh, en in reasons:
        ledger[number] = ledger[number]._replace(reason=LocalizedText(zh, en))
    return tuple(ledger)


def _source(source: Source) -> list[Any]:
    if isinstance(source, Rendition):
        file, _ = source.in_file(Span(0, 0))
        return [source.text, source.encoding, file.text, source.runs]
    return [source.text, source.encoding]


def _read_source(name: str, text: str, encoding: str, file: str | None = None, runs: Any = ()) -> Source:
    if file is None:
        return FileText(name, text, encoding)
    return Rendition(text, FileText(name, file, encoding), [Run(*run) for run in runs])


def _outline(values: Any) -> Outline:
    *about, found, repeated = values
    sections, again = (
        tuple([SectionPlace(key, Span(*span), Span(*body)) for key, span, body in some]) for some in (found, repeated)
    )
    return Outline(*about, sections, again)  # type: ignore[call-arg]


def _told(outline: Any, words: Any, rows: Any) -> Told:
    shown = {cell: RowShown(label, *map(tuple, texts)) for cell, label, *texts in rows}
    return Told(_outline(outline), dict(_words(*one) for one in words), shown)


def _words(span: Any, location: Any, cell: str, zh: str, en: str) -> tuple[PlaceKey, LocalizedText]:
    return (Span(*span), _location(location), cell), LocalizedText(zh, en)


def _diagnostic(values: Any) -> Diagnostic:
    path, code, name, severity, message, span, law, related, cells, also, *rest = values
    location, fix, subject, _, suggestions, brief = rest
    return Diagnostic(
        path,
        code,
        name,
        Severity(severity),
        LocalizedText(*message),
        Span(*span),
        tuple([Law(*one) for one in law]),
        tuple([Related(Span(*place), LocalizedText(*words)) for place, words in related]),
        tuple(cells),
        tuple(also),
        _location(location),
        _fix(*fix) if fix else None,
        tuple(subject),
        None,
        tuple([Suggestion(*one) for one in suggestions]),
        _text(brief),
    )


def _fix(applicability: Any, edits: Any, title: Any) -> Fix:
    return Fix(applicability, tuple([Edit(Span(*span), text) for span, text in edits]), LocalizedText(*title))


def _text(words: Any) -> LocalizedText | None:
    return LocalizedText(*words) if words else None


def _location(values: Any) -> Location | None:
    if values is None:
        return None
    location = Location(*values)
    return location._replace(box=tuple(location.box)) if location.box else location  # type: ignore[arg-type]
