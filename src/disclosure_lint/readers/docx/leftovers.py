"""What whoever drafts leaves for later: content controls that nobody filled in, and text that is highlighted."""

from typing import NamedTuple
from xml.etree.ElementTree import Element

from disclosure_lint.readers.docx.names import RPR, SDT, P, R, T, value, w
from disclosure_lint.readers.docx.plain import text_of

_CONTROL_PROPERTIES, _CONTENT, _UNFILLED, _HIGHLIGHT = map(w, ("sdtPr", "sdtContent", "showingPlcHdr", "highlight"))
_MARKS = ("showingPlcHdr", "highlight")
"""What the text of a part has in it if there are any; most have none."""
_MOST = 200
_LONGEST = 40


class Leftover(NamedTuple):
    """Something that is to be looked at again."""

    event: str
    """`unfilled-control` or `highlighted-text`."""
    paragraph: Element
    """Where it stands."""
    text: str
    """As it stands, or how it begins."""


def leftovers(root: Element, text: str) -> list[Leftover]:
    """Returns what is left in a part, given as XML and as text, in order; of very many the first."""
    found: list[Leftover] = []
    paragraph: Element | None = None
    if not any(mark in text for mark in _MARKS):
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
        elif tag == R and paragraph is not None and value(element.find(RPR), _HIGHLIGHT) not in (None, "none"):
            words = "".join(map(text_of, element.iter(T))).strip()
            if not words:
                continue
            last = found[-1] if found else None
            if last and last.event == "highlighted-text" and last.paragraph is paragraph:
                # Word cuts what was written in one go into several runs.
                found[-1] = last._replace(text=(last.text + words)[:_LONGEST])
            else:
                found.append(Leftover("highlighted-text", paragraph, words[:_LONGEST]))
        if len(found) == _MOST:
            break
    return found


def _is_unfilled(control: Element) -> bool:
    properties = control.find(_CONTROL_PROPERTIES)
    return properties is not None and properties.find(_UNFILLED) is not None
