"""Changes that were tracked and comments that were made: how many are left, and where the first is."""

from typing import NamedTuple
from xml.etree.ElementTree import Element

from disclosure_lint.readers.docx.names import (
    DEL,
    INS,
    MOVE_FROM,
    MOVE_TO,
    RPR,
    SDT,
    STRUCK,
    TR,
    P,
    R,
    T,
    flag,
    value,
    w,
)
from disclosure_lint.readers.docx.plain import text_of

_CHANGES = frozenset(
    (
        INS, DEL, MOVE_FROM, MOVE_TO,
        *map(w, ("cellIns", "cellDel", "cellMerge", "numberingChange")),
        *(w(f"{name}Change") for name in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "trPr", "tcPr", "tblGrid")),
    )
)  # fmt: skip
_COMMENT = w("commentReference")
_MARKS = ("author=", "commentReference")
"""What the text of a part has in it if there are any; most have none."""


class Revisions(NamedTuple):
    """What is left of working on a document together."""

    changes: int = 0
    comments: int = 0
    first: Element | None = None
    """The paragraph or row with the first of them."""

    def words(self) -> tuple[str, str]:
        """Returns how many there are, in Chinese and English."""
        zh: list[str] = []
        en: list[str] = []
        if self.changes:
            zh.append(f"{self.changes} 处没有接受的修订")
            en.append(f"{self.changes} tracked {'change' if self.changes == 1 else 'changes'}")
        if self.comments:
            zh.append(f"{self.comments} 条批注")
            en.append(f"{self.comments} {'comment' if self.comments == 1 else 'comments'}")
        return f"还有 {'、'.join(zh)}", " and ".join(en)


def revisions(root: Element, text: str) -> Revisions:
    """Returns what is left in a part, given as XML and as text."""
    if not any(mark in text for mark in _MARKS):
        return Revisions()
    changes = comments = 0
    before: Element | None = None
    first: Element | None = None
    for element in root.iter():
        tag = element.tag
        if tag in (P, TR):
            before = element
        elif tag in _CHANGES or tag == _COMMENT:
            changes += tag != _COMMENT
            comments += tag == _COMMENT
            first = before if first is None else first
    return Revisions(changes, comments, first)


_CONTROL_PROPERTIES, _CONTENT, _UNFILLED, _HIGHLIGHT = map(w, ("sdtPr", "sdtContent", "showingPlcHdr", "highlight"))
_LEFT_OVER = ("showingPlcHdr", "highlight", "strike")
"""What the text of a part has in it if there are any; most have none."""
_MOST = 200
_LONGEST = 40


class Leftover(NamedTuple):
    """Something that is to be looked at again."""

    event: str
    """`unfilled-control`, `highlighted-text` or `struck-text`."""
    paragraph: Element
    """Where it stands."""
    text: str
    """As it stands, or how it begins."""


def leftovers(root: Element, text: str) -> list[Leftover]:
    """Returns what is left in a part, given as XML and as text, in order; of very many the first."""
    found: list[Leftover] = []
    paragraph: Element | None = None
    if not any(mark in text for mark in _LEFT_OVER):
        return found
    for element in root.iter():
        tag = element.tag
        if tag == P:
            paragraph = element
        elif tag == SDT and _is_unfilled(element):
            content = element.find(_CONTENT)
            place = next(element.iter(P), paragraph)
            words = "".join(map(text_of, content.iter(T))).strip() if content is not None else ""
            if place is not None and words:
                found.append(Leftover("unfilled-control", place, words[:_LONGEST]))
        elif tag == R and paragraph is not None and (event := _event(element.find(RPR))):
            words = "".join(map(text_of, element.iter(T))).strip()
            if not words:
                continue
            last = found[-1] if found else None
            if last and last.event == event and last.paragraph is paragraph:
                # Word cuts what was written in one go into several runs.
                found[-1] = last._replace(text=(last.text + words)[:_LONGEST])
            else:
                found.append(Leftover(event, paragraph, words[:_LONGEST]))
        if len(found) == _MOST:
            break
    return found


def _event(properties: Element | None) -> str | None:
    """Returns what a run with these properties is."""
    if any(flag(properties, name) for name in STRUCK):
        return "struck-text"
    return "highlighted-text" if value(properties, _HIGHLIGHT) not in (None, "none") else None


def _is_unfilled(control: Element) -> bool:
    properties = control.find(_CONTROL_PROPERTIES)
    return properties is not None and properties.find(_UNFILLED) is not None
