"""What stands in a paragraph: its text with all changes accepted, and the boxes and notes that are tied to it."""

from collections.abc import Callable
from typing import NamedTuple
from xml.etree.ElementTree import Element

from disclosure_lint.model.characters import raised
from disclosure_lint.readers.docx.names import (
    ALTERNATE,
    DEL,
    ID,
    MAX_DEPTH,
    MOVE_FROM,
    RPR,
    WRAPPERS,
    R,
    T,
    chosen,
    switched_on,
    text_boxes,
    unread_object,
    unseen,
    value,
    w,
)
from disclosure_lint.readers.docx.names import raised as is_raised
from disclosure_lint.readers.docx.plain import CHARACTER_STYLE, text_of
from disclosure_lint.readers.docx.problems import too_deep
from disclosure_lint.readers.docx.styles import Styles

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHAR, _FONT, _INSTRUCTION, _FIELD_TYPE = (w(name) for name in ("char", "font", "instr", "fldCharType"))
_OWN_MARK = w("customMarkFollows")
_PAGE_NUMBERS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
_MARKS_OF_FONTS = {"symbol": {0xB7: "•"}, "wingdings": {0xFC: "√", 0xFE: "☑", 0x6F: "□", 0xA8: "□", 0xFB: "×"}}


class Inline(NamedTuple):
    """The content of a paragraph."""

    text: str = ""
    """With line breaks where the paragraph has them."""
    boxes: tuple[Element, ...] = ()
    """Contents of text boxes."""
    notes: tuple[tuple[str, str], ...] = ()
    """Footnotes and endnotes, each as the element that refers to it and its id."""
    unread: tuple[str, ...] = ()
    """What may hold a table and is not read: `picture`, `object` or `chunk`."""

    def __add__(self, other: object) -> "Inline":
        """Returns the content of a paragraph that two were joined to."""
        if not isinstance(other, Inline):
            return NotImplemented
        return Inline(
            self.text + other.text, self.boxes + other.boxes, self.notes + other.notes, self.unread + other.unread
        )


class _Field:
    """A field that is open: first what is to be done, then what came of it."""

    __slots__ = ("instruction", "silent")

    def __init__(self) -> None:
        self.instruction = ""
        self.silent = True


class _Reading:
    """Goes through one paragraph."""

    __slots__ = (
        *("boxes", "fields", "hidden", "is_mark", "is_raised", "notes", "origins", "parts", "raised"),
        *("styles", "unread"),
    )

    def __init__(self, styles: Styles, *, hidden: bool):
        self.styles = styles
        self.hidden = hidden
        """Whether the style of the paragraph hides what does not say otherwise."""
        self.parts: list[str] = []
        self.origins: list[Element | None] = []
        """What each part is the text of; None for a sign that an element stands for."""
        self.raised: set[int] = set()
        """Which parts stand above or below the line."""
        self.is_raised = self.is_mark = False
        """Of the run that is read: whether it is off the line, and whether what follows is the mark of a note."""
        self.boxes: list[Element] = []
        self.notes: list[tuple[str, str]] = []
        self.unread: list[str] = []
        self.fields: list[_Field] = []

    def walk(self, element: Element, depth: int = 0) -> None:
        """Reads the children of a paragraph, a run, or what may stand around runs."""
        if depth > MAX_DEPTH:
            raise too_deep()
        for child in element:
            tag = child.tag
            if tag == R:
                if not self._is_hidden(child):
                    self.is_raised = self._is_raised(child)
                    self.walk(child, depth + 1)
                    self.is_raised = self.is_mark = False
            elif tag == T:
                self.write(text_of(child), child)
            elif tag in WRAPPERS:
                self.walk(child, depth + 1)
            elif tag == ALTERNATE:
                if (branch := chosen(child)) is not None:
                    self.walk(branch, depth + 1)
            elif handler := _HANDLERS.get(tag):
                handler(self, child, depth)

    def write(self, text: str, origin: Element | None = None) -> None:
        """Adds text, unless it is that of a field which is not shown."""
        if not self.is_mark and (not self.fields or not any(field.silent for field in self.fields)):
            if self.is_raised:
                self.raised.add(len(self.parts))
            self.parts.append(text)
            self.origins.append(origin)

    def texts(self) -> list[str]:
        """Returns the parts; digits above the line, which are a mark of a note, as such, lest 12 with a 3 be 123."""
        if not self.raised or all(not part.strip() or at in self.raised for at, part in enumerate(self.parts)):
            return self.parts
        return [raised(part) if at in self.raised else part for at, part in enumerate(self.parts)]

    def _is_hidden(self, run: Element) -> bool:
        properties = run.find(RPR)
        if properties is None:
            return self.hidden
        hidden = unseen(properties)
        if hidden is None and self.styles.hidden and value(properties, CHARACTER_STYLE) in self.styles.hidden:
            return True
        return self.hidden if hidden is None else hidden

    def _is_raised(self, run: Element) -> bool:
        properties = run.find(RPR)
        if (said := is_raised(properties)) is not None:
            return said
        return bool(self.styles.raised) and value(properties, CHARACTER_STYLE) in self.styles.raised

    def field_mark(self, mark: Element, depth: int) -> None:
        """Begins, turns or ends a field."""
        del depth
        kind = mark.get(_FIELD_TYPE)
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].silent = _is_page_number(self.fields[-1].instruction)
        elif kind == "end" and self.fields:
            self.fields.pop()

    def instruction(self, element: Element, depth: int) -> None:
        """Notes what the innermost field is for."""
        del depth
        if self.fields:
            self.fields[-1].instruction += element.text or ""

    def simple_field(self, field: Element, depth: int) -> None:
        """Reads what came of a field, if it is no page number."""
        if not _is_page_number(field.get(_INSTRUCTION, "")):
            self.walk(field, depth + 1)

    def ruby(self, ruby: Element, depth: int) -> None:
        """Reads characters without the small ones above them."""
        for base in ruby.findall(_RUBY_BASE):
            self.walk(base, depth + 1)

    def symbol(self, symbol: Element, depth: int) -> None:
        """Adds a character that is named by its number in a font."""
        del depth
        code = symbol.get(_CHAR, "")
        if len(code) <= 5 and code.isalnum() and code.isascii():
            try:
                self.write(_symbol(int(code, 16), symbol.get(_FONT, "").lower()))
            except ValueError:
                return

    def shape(self, shape: Element, depth: int) -> None:
        """Keeps the text boxes of a drawing for later, and notes what else it is."""
        del depth
        if (unread := unread_object(shape)) is not None:
            self.unread.append(unread)
        self.boxes += text_boxes(shape)

    def chunk(self, chunk: Element, depth: int) -> None:
        """Notes that another file stands here."""
        del chunk, depth
        self.unread.append("chunk")

    def note(self, reference: Element, depth: int) -> None:
        """Keeps a note for later; its mark is left out, since 12 with the note 3 is not 123."""
        del depth
        self.notes.append((reference.tag, reference.get(ID, "")))
        self.is_mark = switched_on(reference, _OWN_MARK)

    def formula(self, formula: Element, depth: int) -> None:
        """Adds what a formula says, written on one line."""
        self.write(_on_one_line(formula, depth))


def _adding(text: str) -> Callable[[_Reading, Element, int], None]:
    return lambda reading, _, __: reading.write(text)


_RUBY_BASE = w("rubyBase")
FOOTNOTE, ENDNOTE = w("footnoteReference"), w("endnoteReference")
_HANDLERS: dict[str, Callable[[_Reading, Element, int], None]] = {
    w("tab"): _adding("\t"),
    w("ptab"): _adding("\t"),
    w("br"): _adding("\n"),
    w("cr"): _adding("\n"),
    w("noBreakHyphen"): _adding("-"),
    w("sym"): _Reading.symbol,
    w("fldChar"): _Reading.field_mark,
    w("instrText"): _Reading.instruction,
    w("fldSimple"): _Reading.simple_field,
    w("ruby"): _Reading.ruby,
    w("drawing"): _Reading.shape,
    w("pict"): _Reading.shape,
    w("object"): _Reading.shape,
    w("subDoc"): _Reading.chunk,
    FOOTNOTE: _Reading.note,
    ENDNOTE: _Reading.note,
    _MATH + "oMath": _Reading.formula,
    _MATH + "oMathPara": _Reading.formula,
}


def read_inline(paragraph: Element, styles: Styles, *, hidden: bool) -> Inline:
    """Returns what stands in a paragraph; raises UnreadableError if it is nested too deeply."""
    reading = _Reading(styles, hidden=hidden)
    reading.walk(paragraph)
    return Inline("".join(reading.texts()), tuple(reading.boxes), tuple(reading.notes), tuple(reading.unread))


def read_pieces(paragraph: Element, styles: Styles, *, hidden: bool) -> list[tuple[str, Element | None]]:
    """Returns the text of a paragraph piece by piece, each with the element that holds it as its own text, if one does.

    Raises UnreadableError as `read_inline` does.
    """
    reading = _Reading(styles, hidden=hidden)
    reading.walk(paragraph)
    return list(zip(reading.texts(), reading.origins, strict=True))


def _on_one_line(formula: Element, depth: int) -> str:
    """Returns what a formula says: a fraction with a slash, digits above and below the line as such."""
    if depth > MAX_DEPTH:
        raise too_deep()
    tag = formula.tag
    if tag == _MATH + "t":
        return formula.text or ""
    if tag in (DEL, MOVE_FROM):
        return ""
    parts = [_on_one_line(child, depth + 1) for child in formula]
    if tag == _MATH + "f":
        return "/".join(part if part.isalnum() else f"({part})" for part in parts if part)
    text = "".join(parts)
    return raised(text) if tag in (_MATH + "sup", _MATH + "sub") else text


def _is_page_number(instruction: str) -> bool:
    words = instruction.split(None, 1)
    return bool(words) and words[0].upper() in _PAGE_NUMBERS


def _symbol(code: int, font: str) -> str:
    """Returns the character that a font shows for a number; the fonts of signs have theirs at U+F000 and up."""
    low = code & 0xFF
    if font in _MARKS_OF_FONTS and low in _MARKS_OF_FONTS[font]:
        return _MARKS_OF_FONTS[font][low]
    if font == "symbol" and code >> 8 in (0, 0xF0) and 0x20 <= low < 0x40:
        return chr(low)
    return chr(code) if code >= 0x20 and not 0xD800 <= code < 0xE000 and code < 0xFFFE else ""
