"""Changes that were tracked and comments that were made: how many are left, and where the first is."""

from typing import NamedTuple
from xml.etree.ElementTree import Element

from disclosure_lint.readers.docx.names import DEL, INS, MOVE_FROM, MOVE_TO, TR, P, w

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
