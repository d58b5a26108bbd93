"""Whatever a finding, a document or a path says, every output can be read, and says it of the right place."""

import os
from collections.abc import Iterator
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure_lint.model.diagnostic import Diagnostic, Edit, Fix, LocalizedText, Related, Severity
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult, RuleOutcome, Suppressed
from disclosure_lint.model.source import Source, Span
from disclosure_lint.outputs.formats import BUILT_IN, rendered
from tests.consumers import READERS, offset
from tests.scale import some

MANY = settings(max_examples=some(80), deadline=None, suppress_health_check=list(HealthCheck))
_SURROGATES: tuple[Literal["Cs"]] = ("Cs",)
# Bytes of a file name that are no UTF-8 reach Python as these.
_ESCAPED = st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF)
_HARD = st.sampled_from("\0\t\n\r\x1b\x7f\x85\u2028\ufffe\uffff\U0001f600𬭁镇 %:,;'\"<>&[](){}\\/|`*_#~=]]>-")
_ANY = st.text(_HARD | st.characters(exclude_categories=_SURROGATES), max_size=12)
_PATHS = st.text(_HARD | _ESCAPED | st.characters(exclude_categories=_SURROGATES), min_size=1, max_size=12)
_TEXTS = st.lists(st.sampled_from(("\n", "\r\n", "\r", "𬭁", "镇", "一", "a", "\t", "\u3000", "é")), max_size=30)
_VERDICTS: tuple[Literal["passed", "failed", "not_applicable", "undetermined"], ...] = (
    "passed",
    "failed",
    "not_applicable",
    "undetermined",
)
_WORDS = st.builds(LocalizedText, _ANY, _ANY)


def _spans(size: int) -> st.SearchStrategy[Span]:
    ends = st.integers(min_value=0, max_value=size)
    return st.tuples(ends, ends).map(lambda pair: Span(min(pair), max(pair)))


@st.composite
def _fixes(draw: st.DrawFn, size: int) -> Fix:
    ends = sorted(draw(st.lists(st.integers(min_value=0, max_value=size), min_size=2, max_size=6)))
    edits = [Edit(Span(start, end), draw(_ANY)) for start, end in zip(ends[::2], ends[1::2], strict=False)]
    return Fix(draw(st.sampled_from(("safe", "unsafe"))), tuple(edits), draw(_WORDS))


@st.composite
def _diagnostics(draw: st.DrawFn, path: str, size: int) -> Diagnostic:
    return Diagnostic(
        path=path,
        code=draw(st.sampled_from(("DL301", "DL302", "ZZ001"))),
        name=draw(st.sampled_from(("requests-balance", "outcomes-total"))),
        severity=draw(st.sampled_from((Severity.error, Severity.warning, Severity.info))),
        message=draw(_WORDS),
        span=draw(_spans(size)),
        related=tuple(draw(st.lists(st.builds(Related, _spans(size), _WORDS), max_size=3))),
        cells=tuple(draw(st.lists(_ANY, max_size=2))),
        fix=draw(st.none() | _fixes(size)),
    )


@st.composite
def _results(draw: st.DrawFn) -> FileResult:
    path, text = draw(_PATHS), "".join(draw(_TEXTS))
    found = _diagnostics(path, len(text))
    verdicts = st.sampled_from(_VERDICTS)
    codes = draw(st.lists(st.sampled_from(("DL301", "DL302", "DL401")), unique=True))
    silenced = st.builds(
        Suppressed, found, st.sampled_from(("inSource", "external")), st.just("comment"), st.none() | _ANY
    )
    return FileResult(
        path,
        draw(st.sampled_from(("linted", "unreadable", "not_a_report"))),
        tuple(draw(st.lists(found, max_size=4))),
        tuple(RuleOutcome(code, draw(verdicts), draw(st.none() | _WORDS)) for code in codes),
        draw(st.sampled_from((Source(path, text), Source(path, text), None))),
        suppressed=tuple(draw(st.lists(silenced, max_size=2))),
    )


def _file(result: FileResult) -> str:
    return os.path.normpath(os.path.join("/here", result.path))  # noqa: PTH118 (the path may be anything)


def written(output_format: str, results: list[FileResult], style: OutputStyle) -> str:
    """What arrives at the other end of a stream."""
    (made,) = (one for one in BUILT_IN if one.name == output_format)
    text = "".join(rendered(made.writer(style), results))
    encoding = "utf-8" if style.utf8 else "ascii"
    return text.encode(encoding, "backslashreplace").decode(encoding)


@pytest.mark.parametrize("output_format", READERS)
@MANY
@given(
    st.lists(_results(), max_size=3, unique_by=_file),
    st.booleans(),
    st.sampled_from(("zh", "en")),
)
def test_any_words(output_format: str, results: list[FileResult], utf8: bool, lang: str) -> None:
    style = OutputStyle(lang, "1.2.3", utf8=utf8, verbose=True)
    seen = list(READERS[output_format](written(output_format, results, style)))
    found = [diagnostic for result in results for diagnostic in result.diagnostics]
    if output_format == "junit":
        assert {one.code for one in seen} == {diagnostic.code for diagnostic in found}
    else:
        assert sorted(one.code for one in seen) == sorted(diagnostic.code for diagnostic in found)
    if output_format not in ("json", "jsonl"):
        assert all(one.message for one in seen)


@pytest.mark.parametrize("output_format", [output_format for output_format in READERS if output_format != "junit"])
@MANY
@given(_results())
def test_any_place(output_format: str, result: FileResult) -> None:
    source = result.source or Source(result.path, "")
    wanted = sorted(_columns(result))
    seen = READERS[output_format](written(output_format, [result], OutputStyle("zh", "1.2.3")))
    # With its line end, between whose two characters a place may be.
    rests = {line: source.text[source.line_span(line).start :] for line in range(1, source.line_count + 1)}
    found = [(one.line, offset(output_format, rests[one.line], one.column) + 1) for one in seen]
    assert sorted(found) == wanted


def _columns(result: FileResult) -> Iterator[tuple[int, int]]:
    for diagnostic in result.diagnostics:
        line, column = result.source.position(diagnostic.span.start) if result.source else (1, 1)
        yield line, column
