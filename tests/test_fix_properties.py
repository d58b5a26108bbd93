"""What holds for all fixes: numbers and statements stay, nothing new is found, and twice is as good as once."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure_lint.engine.linter import Linter
from disclosure_lint.fixes.applying import Mended, accepted, apply, mend
from disclosure_lint.model.diagnostic import Edit, Fix, LocalizedText
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.source import Span
from disclosure_lint.settings import Settings
from tests.generation import ENCODINGS, LAYOUTS, SIZES, Rendered, Size, report
from tests.scale import some
from tests.spoiled import SPOILS, heading, spoiled

TYPOGRAPHY = Settings(extend_select=("DL8",))
LINTER = Linter.default()
TITLE = LocalizedText("改", "change")


def lint(name: str, data: bytes) -> FileResult:
    return LINTER.lint(name, data, TYPOGRAPHY)


def mended(name: str, data: bytes, *, unsafe: bool = False) -> Mended:
    return mend(lambda new: lint(name, new), data, lint(name, data), unsafe=unsafe)


def numbers(result: FileResult) -> dict[str, object]:
    assert result.report is not None
    return {str(address): (fact.state, fact.value) for address, fact in result.report.facts.items()}


def found(result: FileResult) -> Counter[tuple[str, str]]:
    return Counter((diagnostic.code, diagnostic.message.zh) for diagnostic in result.diagnostics)


texts = st.text("一二三\r\n\tab", max_size=30)
spans = st.tuples(st.integers(0, 32), st.integers(0, 6)).map(lambda pair: Span(pair[0], sum(pair)))
edits = st.builds(Edit, spans, st.text("xy\n", max_size=3))
fixes = st.builds(
    Fix, st.sampled_from(["safe", "unsafe"]), st.lists(edits, min_size=1, max_size=3).map(tuple), st.just(TITLE)
)


@given(texts, st.lists(fixes, max_size=8), st.randoms())
def test_applying_does_not_depend_on_the_order(text: str, several: list[Fix], rng: Random) -> None:
    shuffled = rng.sample(several, len(several))
    assert apply(text, shuffled) == apply(text, several)
    assert apply(text, accepted(text, several)) == apply(text, several)
    assert apply(text, [*several, *several]) == apply(text, several)


@given(texts, st.lists(fixes, max_size=8))
def test_what_no_accepted_fix_touches_stays(text: str, several: list[Fix]) -> None:
    chosen = accepted(text, several)
    touched = sorted({edit for fix in chosen for edit in fix.edits})
    for before, after in pairwise(touched):
        assert before.span.end <= after.span.start
        assert before.span.start < after.span.start
    new, at, done = apply(text, several), 0, 0
    for (start, end), _ in touched:
        kept = text[done:start]
        at = new.index(kept, at)
        assert at >= 0
        at, done = at + len(kept), end
    assert new.endswith(text[done:])
    untouched = len(text) - sum(edit.span.end - edit.span.start for edit in touched)
    written = sum(len(edit.text.replace("\n", "\r\n" if "\r\n" in new else "\n")) for edit in touched)
    assert len(new) <= untouched + written
    for fix in several:
        assert fix in chosen or not _is_free(text, fix, touched)


def _is_free(text: str, fix: Fix, touched: list[Edit]) -> bool:
    """Whether a fix that changes something could have been applied beside those."""
    all_edits = {*touched, *fix.edits}
    apart = all(
        one.span.start != two.span.start and (one.span.start >= two.span.end or two.span.start >= one.span.end)
        for one in all_edits
        for two in all_edits
        if one is not two
    )
    within = all(edit.span.end <= len(text) for edit in fix.edits)
    return apart and within and any(text[slice(*edit.span)] != edit.text for edit in fix.edits)


class Draft(NamedTuple):
    """A report with mistakes, and the file it is in."""

    seed: int
    layout: str
    size: Size
    form: str
    spoils: list[str]
    encoding: str
    newline: str

    def rendered(self) -> Rendered:
        clean = report(self.seed, self.layout, self.size, self.form)
        return spoiled(clean, self.spoils, Random(self.seed), LINTER).with_newline(self.newline)


drafts = st.builds(
    Draft,
    st.integers(0, 10_000),
    st.sampled_from(LAYOUTS),
    st.sampled_from(SIZES),
    st.sampled_from(["2021", "2019"]),
    st.lists(st.sampled_from(sorted(SPOILS)), min_size=1, max_size=4),
    st.sampled_from(ENCODINGS),
    st.sampled_from(["\n", "\r\n", "\r"]),
)


@settings(max_examples=some(120), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drafts)
def test_safe_fixes_keep_numbers_and_find_nothing_new(draft: Draft) -> None:
    rendered = draft.rendered()
    name, data = f"a{rendered.suffix}", rendered.encoded(draft.encoding)
    first, done = lint(name, data), mended(name, data)
    assert done.refusal is None
    assert numbers(done.result) == numbers(first)
    assert found(done.result) <= found(first), found(done.result) - found(first)
    again = mended(name, done.data)
    assert (again.data, again.applied, again.refusal) == (done.data, 0, None)
    assert not any(d.fix and d.fix.applicability == "safe" for d in done.result.diagnostics)
    assert (done.data != data) == (done.applied > 0)
    assert done.result.source is not None
    text = done.result.source.text
    assert replace(rendered, text=text).encoded(draft.encoding) == done.data
    assert set(re.findall("\r\n|\r|\n", text)) == {draft.newline}


@pytest.mark.parametrize("number", range(1, 7))
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.long
def test_a_missing_section_comes_back_to_be_filled_in(layout: str, number: int) -> None:
    clean = report(number, layout, "city")
    start = heading(clean, number).start()
    end = heading(clean, number + 1).start() if number < 6 else len(clean.text)
    data = (clean.text[:start] + clean.text[end:]).encode()
    name = f"a{clean.suffix}"
    first, done = lint(name, data), mended(name, data, unsafe=True)
    assert [d.code for d in first.diagnostics].count("DL102") == 1
    assert first.report is not None
    assert done.result.report is not None
    assert list(done.result.report.sections) == [section.id for section in first.report.form.sections]
    codes = {diagnostic.code for diagnostic in done.result.diagnostics}
    before = {diagnostic.code for diagnostic in first.diagnostics}
    assert "DL102" not in codes
    assert "DL112" in codes
    assert codes & {"DL103", "DL104", "DL105", "DL109", "DL110"} <= before
    assert numbers(done.result) == numbers(first)
    assert mended(name, done.data, unsafe=True).data == done.data


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_report_silent_on_the_fee_gets_a_sentence_that_asserts_nothing(layout: str) -> None:
    clean = report(3, layout, "city")
    at = heading(clean, 6).end()
    data = (clean.text[:at] + "\n\n无。\n\n松溪县民政局\n").encode()
    name = f"a{clean.suffix}"
    done = mended(name, data, unsafe=True)
    codes = Counter(diagnostic.code for diagnostic in done.result.diagnostics)
    assert codes["DL401"] == 1
    assert codes["DL112"] == 2
    assert codes["DL402"] == 0
    assert mended(name, done.data, unsafe=True).data == done.data


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_good_report_is_left_alone(layout: str) -> None:
    for seed in range(3):
        rendered = report(seed, layout)
        data = rendered.encoded()
        done = mended(f"a{rendered.suffix}", data, unsafe=True)
        assert (done.data, done.applied, done.refusal) == (data, 0, None)
