"""What a page holds, as a browser would read it: for tests of the pages that are written."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

_EMPTY = {"meta", "br", "input", "img", "link", "hr"}
_CLOSED_BY = {
    "li": {"li"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"td", "th", "tr"},
}


@dataclass
class Element:
    """An element with what is in it."""

    name: str
    attributes: dict[str, str]
    children: "list[Element | str]" = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def text(self, lang: str = "zh") -> str:
        """Returns the text that a reader of a language sees."""
        if self.name in ("script", "style") or self.attributes.get("lang") in {"zh", "en"} - {lang}:
            return ""
        return "".join(one if isinstance(one, str) else one.text(lang) for one in self.children)

    def all(self, name: str = "", *classes: str) -> "Iterator[Element]":
        """Yields the elements in it of a name and with classes, in order."""
        for one in self.children:
            if isinstance(one, Element):
                if (not name or one.name == name) and set(classes) <= set(one.classes):
                    yield one
                yield from one.all(name, *classes)

    def one(self, name: str = "", *classes: str) -> "Element":
        """Returns the only such element."""
        (found,) = self.all(name, *classes)
        return found

    def at(self, identity: str) -> "Element":
        """Returns the element with an id."""
        (found,) = (one for one in self.all() if one.attributes.get("id") == identity)
        return found

    def data(self, name: str) -> Any:
        """Returns what a block of data says."""
        return json.loads("".join(map(str, self.one("script", name).children)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _CLOSED_BY:
            while self.open[-1].name in _CLOSED_BY[tag] and self.open[-1].name != "table":
                self.open.pop()
        element = Element(tag, {key: value or "" for key, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self.open[-1].name in _CLOSED_BY and self.open[-1].name != tag:
            self.open.pop()
        assert self.open[-1].name == tag, (tag, [one.name for one in self.open])
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_page(text: str) -> Element:
    """Returns the page; what is not closed in its order fails the test."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == [reader.root]
    return reader.root
