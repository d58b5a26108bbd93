"""Every number is read from every layout, after every disturbance, or the row is said to be unclear."""

import re
from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Diagnostic, Severity
from disclosure_lint.model.report import Fact
from disclosure_lint.model.result import FileResult
from tests.generation import ENCODINGS, LAYOUTS, SIZES, Rendered, Size, Span, Value, make, render, report
from tests.generation.disturbances import DISTURBANCES, TABLES, Case, all_single
from tests.generation.forms import REQUESTS, REVIEW, row_of
from tests.scale import covering, some

FORMS = ("2021", "2019")
EQUATIONS = ("DL301", "DL302", "DL303", "DL304")
SAMPLES = {layout: report(0, layout, "city") for layout in LAYOUTS}
KINDS = [
    (layout, kind)
    for layout, kind in product(LAYOUTS, DISTURBANCES)
    if any(list(DISTURBANCES[kind].places(SAMPLES[layout], table)) for table in TABLES)
]

OPEN = ("header_cell_lost", "header_partly_repeated", "blank")
"""What may leave other rows open too: under a header that lacks words or says others nobody can know the columns, and
where numbers are read in order a blank may be made up for by the number of a page."""


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.default()


def lint(linter: Linter, rendered: Rendered, encoding: str = "utf-8") -> FileResult:
    result = linter.lint(f"report{rendered.suffix}", rendered.encoded(encoding))
    assert result.status == "linted"
    assert result.report is not None
    return result


def facts(result: FileResult) -> dict[str, Fact]:
    assert result.report is not None
    return {str(address): fact for address, fact in result.report.facts.items()}


def unclear_rows(result: FileResult) -> set[str]:
    assert result.report is not None
    return {f"{key}[{row.row}]" for key, table in result.report.tables.items() for row in table.unclear}


def coded(result: FileResult, *prefixes: str) -> list[Diagnostic]:
    return [diagnostic for diagnostic in result.diagnostics if diagnostic.code.startswith(prefixes)]


def mistake(rendered: Rendered, name: str, value: Value, fact: Fact | None) -> str | None:
    """What is wrong about a fact, or None. A blank cell may be said to stand anywhere in its row."""
    text = rendered.cell(name)
    if fact is None:
        return f"{name}: {text!r} not read"
    state = "given" if value is not None else "unreadable" if text else "blank"
    if (fact.state, fact.value) != (state, value):
        return f"{name}: {text!r} read as {fact.state} {fact.value} {fact.raw!r}"
    if text and ((fact.span.start, fact.span.end), fact.raw) != (rendered.cells[name], text):
        return f"{name}: {text!r} at {rendered.cells[name]} read as {fact.raw!r} at {fact.span}"
    return None


def mistakes(rendered: Rendered, result: FileResult, rows: set[str] | None = None) -> dict[str, str]:
    """What is wrong about the facts, by cell; with `rows`, about theirs only."""
    found = facts(result)
    checked = {
        name: mistake(rendered, name, value, found.get(name))
        for name, value in rendered.values.items()
        if rows is None or row_of(name) in rows
    }
    return {name: text for name, text in checked.items() if text}


def described(diagnostics: list[Diagnostic]) -> list[str]:
    return [f"{diagnostic.code} {diagnostic.message.en} {diagnostic.cells}" for diagnostic in diagnostics]


@pytest.mark.parametrize(("layout", "size", "form"), covering(product(LAYOUTS, SIZES, FORMS)))
def test_every_number_is_read(linter: Linter, layout: str, size: Size, form: str) -> None:
    for seed in range(some(2)):
        rendered = report(seed, layout, size, form)
        result = lint(linter, rendered)
        assert result.report is not None
        assert (result.report.form.id, result.report.year) == (form, rendered.content.year)
        assert mistakes(rendered, result) == {}, f"seed {seed}"
        assert described(coded(result, "DL2", "DL3")) == [], f"seed {seed}"


@pytest.mark.parametrize(("encoding", "newline"), covering(product(ENCODINGS, ("\n", "\r\n"))))
def test_places_are_right_in_every_encoding(linter: Linter, encoding: str, newline: str) -> None:
    for layout in LAYOUTS:
        rendered = report(encoding, layout).with_newline(newline)
        assert mistakes(rendered, lint(linter, rendered, encoding)) == {}, layout


def faults(case: Case, result: FileResult) -> Iterator[str]:
    """What is not as it should be after one disturbance."""
    touched = set(case.touched)
    unclear = unclear_rows(result)
    given = facts(result)
    if case.kind not in OPEN:
        yield from (f"{row} unclear" for row in sorted(unclear - touched))
    yield from (f"{name}: read though its row is unclear" for name in given if row_of(name) in unclear)
    others = {row_of(name) for name in case.expected} - unclear
    wrong = mistakes(case.rendered, result, others)
    allowed = [name for name in wrong if row_of(name) in touched][:1]
    yield from (text for name, text in wrong.items() if name not in allowed)
    yield from described(coded(result, *EQUATIONS))


@pytest.mark.parametrize(("layout", "kind"), covering(KINDS))
def test_one_disturbance_spoils_one_number_at_most(linter: Linter, layout: str, kind: str) -> None:
    found = []
    for seed, size in zip(range(some(1)), (*SIZES[::-1],) * some(1), strict=False):
        rendered = report(seed, layout, size)
        for case in all_single(rendered, Random(f"{seed}/{kind}"), TABLES, [kind], limit=3):
            found += [f"seed {seed} {size} {case}: {fault}" for fault in faults(case, lint(linter, case.rendered))]
    assert found == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_can_be_told_is_told(linter: Linter, layout: str) -> None:
    """A row is unclear only where something is really missing: seldom, and never a row that nothing happened to."""
    cases = [
        case
        for size in SIZES[: some(len(SIZES))]
        for case in all_single(report(1, layout, size), Random(layout), TABLES, limit=some(1))
        if not case.undecidable
    ]
    unclear = [str(case) for case in cases if unclear_rows(lint(linter, case.rendered))]
    assert len(unclear) <= len(cases) // 10, unclear


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_that_changed_places_keep_their_numbers(linter: Linter, layout: str) -> None:
    unclear = []
    for seed in range(some(12)):
        rng = Random(f"swapped {layout} {seed}")
        rendered = report(seed, layout, rng.choice(SIZES), rng.choice(FORMS))
        rows = [row for row in rendered.rows if row.startswith(REQUESTS)]
        pair = rng.sample(rows, 2)
        (start, end), (later, last) = sorted(rendered.rows[row] for row in pair)
        text = rendered.text
        swapped = text[:start] + text[later:last] + text[end:later] + text[start:end] + text[last:]
        result = linter.lint(f"report{rendered.suffix}", swapped.encode())
        read = {name: fact.value for name, fact in facts(result).items()}
        assert read == {name: rendered.values[name] for name in read}, f"seed {seed}"
        assert described(coded(result, *EQUATIONS)) == [], f"seed {seed}"
        # With one number before both, rows that changed places and words that did are the same page.
        unclear += [seed] * (len(read) < len(rendered.values) and not have_one_ordinal(rendered, pair))
    assert len(unclear) <= some(3), unclear


def have_one_ordinal(rendered: Rendered, rows: list[str]) -> bool:
    """Whether the labels of rows begin with the same number: 1. and 1., 一、 and （一）."""
    labels = (rendered.text[rendered.rows[row].start : rendered.rows[row].end] for row in rows)
    found = [re.search(r"\d(?=\.)|[一二三四五六七](?=、|）)", label) for label in labels]
    return len({match and match.group() for match in found}) == 1


def wrong_number(rng: Random, value: Value) -> int:
    assert isinstance(value, int)
    near = [value + step for step in (-10, -1, 1, 2, 9, 100) if value + step >= 0]
    return rng.choice([*near, *(other for other in (0, 7, 12345, int(str(value)[::-1])) if other != value)])


@pytest.mark.parametrize(("layout", "table"), covering(product(LAYOUTS, (REQUESTS, REVIEW))))
def test_one_wrong_number_is_an_error_in_its_row(linter: Linter, layout: str, table: str) -> None:
    for seed in range(some(12)):
        rng = Random(f"{seed}/{layout}/{table}")
        size, form = rng.choice(SIZES), rng.choice(FORMS)
        content = make(rng, size, form)
        name = rng.choice([name for name in content.numbers if name.startswith(table)])
        wrong = content.with_numbers({name: wrong_number(rng, content.numbers[name])})
        rendered = render(wrong, layout, rng)
        errors = [found for found in lint(linter, rendered).diagnostics if found.severity >= Severity.error]
        row: Span = rendered.rows[row_of(name)]
        inside = [error.code for error in errors if row.start <= error.span.start and error.span.end <= row.end]
        assert inside, f"seed {seed} {name} {content.numbers[name]} made {wrong.numbers[name]}: {described(errors)}"


def test_balanced_numbers_break_no_equation(linter: Linter) -> None:
    for seed in range(some(60)):
        rng = Random(f"balanced {seed}")
        rendered = report(seed, rng.choice(LAYOUTS), rng.choice(SIZES), rng.choice(FORMS))
        assert described(coded(lint(linter, rendered), "DL3")) == [], f"seed {seed} {rendered.layout}"
