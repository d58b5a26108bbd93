"""A web page with the words of each finding lit, and a list of notes at its end.

The notes are in attributes, which styles show: they are no text of the page. What is put in is ASCII, whatever the
encoding of the page.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from disclosure_lint.annotate.notes import Note, inserted
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.source import Source, Span
from disclosure_lint.outputs.markup import Markup

_MARKUP = Markup(ascii_only=True)
_LONGEST = 500
"""Characters of a place that are lit."""
_STYLE = (
    "<style>"
    "mark.disclosure-lint{background:#ffe066;color:inherit;outline:1px solid #e67800}"
    "mark.disclosure-lint-other{background:#cfe6ff;outline-color:#2878dc}"
    "mark.disclosure-lint[data-note]::after{content:attr(data-note);font-size:75%;vertical-align:super;color:#a33}"
    "div.disclosure-lint{margin:2em 1em;border-top:2px solid #e67800;font:14px/1.6 sans-serif;text-align:left}"
    "div.disclosure-lint p{margin:.8em 0}"
    "div.disclosure-lint p::before{content:attr(data-note);white-space:pre-wrap}"
    "</style>"
)
_BODY_END = lazy_re_compile(r"</body\s*>", re.IGNORECASE)


def annotated_page(source: Source, notes: Sequence[Note]) -> str:
    """Returns the text of a page, of which `source` was read, with its notes."""
    file, _ = source.in_file(Span(0, 0))
    places = [list(_stretches(source, note.span)) for note in notes]
    puts: list[tuple[int, int, str]] = []
    for number, note in enumerate(notes, 1):
        if places[number - 1] and all(start == end for start, end in places[number - 1]):
            puts.append((places[number - 1][0][0], 1, f"{_mark([note], [number])}</mark>"))
    puts += _lit(places, notes)
    ends = list(_BODY_END.finditer(file.text))
    listed = "".join(
        _MARKUP.tag("p", {"data-note": " ".join(filter(None, (f"[{number}]", note.place))) + f"\n{note.text}"}) + "</p>"
        for number, note in enumerate(notes, 1)
    )
    end = ends[-1].start() if ends else len(file.text)
    puts.append((end, 3, f'{_STYLE}<div class="disclosure-lint">{listed}</div>'))
    return inserted(file.text, ((at, new) for at, _, new in sorted(puts, key=lambda put: put[:2])))


def _stretches(source: Source, span: Span) -> Iterator[tuple[int, int]]:
    """Yields the stretches of the file that the characters of a span are: tags may stand between them."""
    if span.start == span.end:
        _, place = source.in_file(span)
        yield place.start, place.start
        return
    start = end = -1
    for offset in range(span.start, min(span.end, span.start + _LONGEST)):
        _, place = source.in_file(Span(offset, offset + 1))
        if place.start == end or end < 0:
            start = place.start if end < 0 else start
        elif place.end > place.start:
            if end > start:
                yield start, end
            start = place.start
        end = max(end, place.end)
    if end > start:
        yield start, end


def _lit(places: Sequence[Sequence[tuple[int, int]]], notes: Sequence[Note]) -> Iterator[tuple[int, int, str]]:
    """Yields the marks around what is lit: where, in which order there, and what is put in; none overlaps another."""
    edges = sorted({edge for stretches in places for stretch in stretches for edge in stretch})
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for number, stretches in enumerate(places, 1):
        for start, end in stretches:
            if start < end:
                begins.setdefault(start, []).append(number)
                ends.setdefault(end, []).append(number)
    here: list[int] = []
    for start, end in pairwise(edges):
        here = sorted([*(number for number in here if number not in ends.get(start, ())), *begins.get(start, ())])
        if here:
            ending = [number for number in here if max(places[number - 1])[1] == end]
            yield start, 2, _mark([notes[number - 1] for number in here], ending)
            yield end, 0, "</mark>"


def _mark(notes: Sequence[Note], ending: Sequence[int]) -> str:
    """Returns the start tag around words that notes are about; the numbers of those that end there stand behind it."""
    kind = "disclosure-lint" if any(note.is_wrong for note in notes) else "disclosure-lint disclosure-lint-other"
    numbers = {"data-note": "".join(f"[{number}]" for number in ending)} if ending else {}
    return _MARKUP.tag("mark", {"class": kind, "title": "\n\n".join(note.text for note in notes), **numbers})
