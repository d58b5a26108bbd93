"""What is written at the place of a finding: what is wrong, what belongs to it, what to do, and the law."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from disclosure_lint.model.diagnostic import Diagnostic, LocalizedText, Severity
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.document import Block, Cell, Document, Location, Table
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span
from disclosure_lint.outputs.places import PlaceWords
from disclosure_lint.outputs.wording import SEVERITIES, cited

AUTHOR = "disclosure-lint"
MOST = 500
"""Notes in a copy; whoever has more findings reads the list."""
_MOST_RELATED = 10
"""Other places that a note names."""
_MORE = LocalizedText(
    "还有 {} 个问题没有写在这份副本里，请看检查结果", "{} more findings are not in this copy; see the list of findings"
)
_ALSO, _HOW, _LAW = (
    LocalizedText("关联：", "also: "),
    LocalizedText("怎么改：", "how to mend it: "),
    LocalizedText("依据：", "law: "),
)


class NoCopyError(Exception):
    """A document of which no copy with notes can be made."""

    def __init__(self, zh: str, en: str):
        super().__init__(en)
        self.words = LocalizedText(zh, en)
        """Why, in both languages."""


class Note(NamedTuple):
    """What is said at a place."""

    span: Span
    """Of the text rendition."""
    location: Location | None
    """Where it is in the file, if the finding itself says so."""
    code: str
    is_wrong: bool
    """Whether what stands there is wrong, or likely to be, so that it is to be seen from afar."""
    place: str
    """What the place is called, for formats in which a note cannot stand right there."""
    paragraphs: tuple[str, ...]
    """Without characters that are obeyed instead of shown."""

    @property
    def text(self) -> str:
        """All of it, a line for each paragraph."""
        return "\n".join(self.paragraphs)


def notes(result: FileResult, rules: Iterable[Rule], lang: str) -> list[Note]:
    """Returns a note for each finding of a report, in the order of their places."""
    if result.report is None:
        return []
    words = PlaceWords(result.report)
    how = {rule.code: " ".join(rule.how.text(lang).split()) for rule in rules}
    found = [_note(one, words, how, lang) for one in result.diagnostics[:MOST]]
    if (left := len(result.diagnostics) - MOST) > 0:
        more = _MORE.text(lang).format(left)
        found[-1] = found[-1]._replace(paragraphs=(*found[-1].paragraphs, more))
    return found


def cells_at(document: Document, span: Span) -> list[Cell]:
    """Returns the cells of one row that a span is in or reaches over; none if it is outside of all tables."""
    table = block_at(document, span)
    if not isinstance(table, Table):
        return []
    row = table.rows[max(0, bisect_right(table.rows, span.start, key=lambda row: row.span.start) - 1)]
    return [cell for cell in row.cells if _meets(cell.span, span)] if span.start <= row.span.end else []


def block_at(document: Document, span: Span) -> Block | None:
    """Returns the paragraph or table that a span begins in; None if it is between them."""
    at = bisect_right(document.blocks, span.start, key=lambda block: block.span.start) - 1
    return document.blocks[at] if at >= 0 and span.start <= document.blocks[at].span.end else None


def inserted(text: str, puts: Iterable[tuple[int, str]]) -> str:
    """Returns a text with others put in at offsets of it; those at one offset in their order."""
    parts: list[str] = []
    done = 0
    for at, new in sorted(puts, key=lambda put: put[0]):
        parts += [text[done:at], new]
        done = at
    return "".join([*parts, text[done:]])


def _note(one: Diagnostic, words: PlaceWords, how: Mapping[str, str], lang: str) -> Note:
    colon = ": " if lang == "en" else "："
    place = words.words(one.span, one.location, next(iter(one.cells), "")).text(lang)
    said = [f"{SEVERITIES[one.severity].text(lang)} {one.code}{colon}{one.message.text(lang)}"]
    for related in () if one.brief else one.related[:_MOST_RELATED]:
        there = words.words(related.span).text(lang)
        said.append(_ALSO.text(lang) + (f"{there}{colon}" if there else "") + related.message.text(lang))
    if how.get(one.code):
        said.append(_HOW.text(lang) + how[one.code])
    if one.law:
        laws = dict.fromkeys(cited(law, lang) for law in one.law)
        said.append(_LAW.text(lang) + ("; " if lang == "en" else "；").join(laws))
    shown = tuple(escape_controls(paragraph) for paragraph in said)
    return Note(one.span, one.location, one.code, one.severity >= Severity.warning, place, shown)


def _meets(cell: Span, span: Span) -> bool:
    if span.start == span.end or cell.start == cell.end:
        return cell.start <= span.start <= cell.end or span.start <= cell.start < span.end
    return cell.start < span.end and span.start < cell.end
