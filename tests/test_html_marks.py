"""Findings and numbers marked in a text, wherever they begin and end: no character is lost, doubled or run."""

from hypothesis import given
from hypothesis import strategies as st

from disclosure_lint.model.claim import Claims, Compared
from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.document import Document, Paragraph
from disclosure_lint.model.report import Texts
from disclosure_lint.model.source import Source, Span
from disclosure_lint.outputs.html.cells import Cells
from disclosure_lint.outputs.html.page import circled
from disclosure_lint.outputs.html.prose import SHADES, Prose
from tests.samples import diagnostic, report
from tests.web_page import Element, read_page

_CHARACTERS = st.sampled_from("年报收到3件<>&\"'；\n\u3000")
_SEVERITIES = st.sampled_from((Severity.error, Severity.warning, Severity.info))


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[tuple[Span, Severity]], list[tuple[Span, str]]]:
    """A text, findings anywhere in it, and numbers that do not overlap."""
    text = draw(st.text(_CHARACTERS, min_size=1, max_size=60))
    places = st.integers(0, len(text))
    spans = st.tuples(places, places).map(lambda ends: Span(*sorted(ends)))
    findings = draw(st.lists(st.tuples(spans, _SEVERITIES), max_size=6))
    cuts = sorted(draw(st.sets(places, max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return text, findings, [(Span(*pair), draw(st.sampled_from(sorted(SHADES)))) for pair in pairs]


def _without_references(element: Element) -> str:
    parts = []
    for child in element.children:
        if isinstance(child, str):
            parts.append(child)
        elif child.name == "br":
            parts.append("\n")
        elif "ref" not in child.classes:
            parts.append(_without_references(child))
    return "".join(parts)


@given(marked_texts())
def test_marks_change_no_text(given: tuple[str, list[tuple[Span, Severity]], list[tuple[Span, str]]]) -> None:
    text, findings, numbers = given
    source = Source("a.txt", text)
    lines = [Span(*line) for line in source.line_spans() if line[1] > line[0]]
    document = Document(source, "text", tuple(Paragraph(line) for line in lines))
    claims = [
        Compared(span, text[span.start : span.end], 3, "件", approximate=False, measure=None, status=status, cells=())
        for span, status in numbers
    ]
    found = tuple(diagnostic("总计", span=span, severity=severity) for span, severity in findings)
    one = report()._replace(
        document=document,
        tables={},
        sections={},
        texts=Texts(document, {}),
        read_claims=lambda _: Claims(tuple(claims)),
    )
    page = read_page("".join(Prose(one, found, Cells(one, found)).html()))
    shown = [_without_references(paragraph) for paragraph in page.all("p")]
    assert shown == [text[line.start : line.end] for line in lines]
    stated = {
        (number, line) for number, (span, _) in enumerate(numbers) for line in lines
        if max(span.start, line.start) < min(span.end, line.end)
    }  # fmt: skip
    assert len(list(page.all("span", "n"))) == len(stated)
    seen = [mark.text() for mark in page.all("a", "ref")]
    visible = [
        circled(number) for number, (span, _) in enumerate(findings, 1)
        if span.end > span.start and any(line.start <= span.start < line.end for line in lines)
    ]  # fmt: skip
    assert sorted(seen) == sorted(visible)
