"""Text as it stands, and the quick way through paragraphs in which nothing is unusual: most cells have no others."""

from xml.etree.ElementTree import Element

from disclosure_lint.readers.docx.names import DEL, MOVE_FROM, NUMBERING, PPR, RAISED, RPR, UNSEEN, VAL, VANISH, R, T, w

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
WHITE = " \t\r\n"
"""What is left out at the ends of a text that does not say that it is to be kept."""
_NO_BREAKS = str.maketrans("\t\r\n", "   ")
_UNUSUAL_MARKS = frozenset((VANISH, DEL, MOVE_FROM))
_NOTHING = frozenset(map(w, ("bookmarkStart", "bookmarkEnd", "proofErr")))
_STYLE = w("pStyle")
CHARACTER_STYLE = w("rStyle")
_UNUSUAL_LETTERS = UNSEEN | {RAISED}


def plain_text(paragraph: Element, plain_styles: frozenset[str], unusual_styles: frozenset[str]) -> str | None:
    """Returns the text of a paragraph in which nothing is unusual, quickly; None if it has to be read with care."""
    text = ""
    for child in paragraph:
        tag = child.tag
        if tag == R:
            for part in child:
                kind = part.tag
                if kind == T:
                    text += text_of(part)
                elif (
                    kind != RPR
                    or not _UNUSUAL_LETTERS.isdisjoint([one.tag for one in part])
                    or (unusual_styles and part.find(CHARACTER_STYLE) is not None)
                ):
                    return None
        elif tag == PPR:
            for part in child:
                kind = part.tag
                if kind == RPR:
                    if not _UNUSUAL_MARKS.isdisjoint([one.tag for one in part]):
                        return None
                elif kind == NUMBERING or (kind == _STYLE and part.get(VAL) not in plain_styles):
                    return None
        elif tag not in _NOTHING:
            return None
    return text


def text_of(element: Element) -> str:
    """Returns the text of an element, with the spaces at its ends only if it says so."""
    text = element.text or ""
    if text and (text[0] in WHITE or text[-1] in WHITE) and element.get(SPACE) != "preserve":
        text = text.strip(WHITE)
    return text.translate(_NO_BREAKS) if "\n" in text or "\t" in text or "\r" in text else text
