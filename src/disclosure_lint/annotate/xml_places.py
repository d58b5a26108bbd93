"""Where the elements of XML begin and end in its bytes, so that some can be put in and all others stay as they are."""

from collections.abc import Iterable
from typing import NamedTuple
from xml.parsers import expat

from disclosure_lint.model.lazy_re import lazy_re_compile

_TAG = lazy_re_compile(rb"<[^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*>")


class Extent(NamedTuple):
    """An element in the bytes that it is written in."""

    name: str
    """As it is written, with its prefix."""
    start: int
    inner: int
    """Where its start tag ends."""
    inner_end: int
    """Where its end tag begins; where it ends, if it is written as one tag."""
    end: int

    @property
    def is_one_tag(self) -> bool:
        """Whether it has no content and no end tag."""
        return self.inner == self.end

    @property
    def prefix(self) -> str:
        """Its prefix with the colon; empty if it has none."""
        return self.name[: self.name.find(":") + 1]


class Edit(NamedTuple):
    """Bytes from `start` to `end` that others take the place of; at one place, the lowest `order` comes first."""

    start: int
    end: int
    order: int
    new: bytes


def extents(data: bytes) -> list[Extent]:
    """Returns all elements of XML in UTF-8 in the order in which they begin. It must have been found sound before."""
    parser = expat.ParserCreate("utf-8")
    names: list[str] = []
    starts: list[int] = []
    ends: dict[int, int] = {}
    """Where end tags begin, by the number of the element."""
    waiting: list[int] = []

    def begin(name: str, _: object) -> None:
        waiting.append(len(names))
        names.append(name)
        starts.append(parser.CurrentByteIndex)

    def finish(_: str) -> None:
        ends[waiting.pop()] = parser.CurrentByteIndex

    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    parser.Parse(data, True)  # nosec B314  # what has a DOCTYPE was refused when it was read
    return [
        _extent(data, name, start, ends[number]) for number, (name, start) in enumerate(zip(names, starts, strict=True))
    ]


def _extent(data: bytes, name: str, start: int, end: int) -> Extent:
    tag = _TAG.match(data, start)
    inner = tag.end() if tag else start
    one_tag = data[inner - 2 : inner] == b"/>"
    return Extent(name, start, inner, *((inner, inner) if one_tag else (end, data.index(b">", end) + 1)))


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Returns bytes with the edits, of which none overlaps another."""
    parts: list[bytes] = []
    done = 0
    for start, end, _, new in sorted(edits):
        parts += [data[done:start], new]
        done = end
    return b"".join([*parts, data[done:]])


def put_in(data: bytes, extent: Extent, new: bytes) -> Edit:
    """Returns the edit that puts something at the end of what an element holds."""
    if not extent.is_one_tag:
        return Edit(extent.inner_end, extent.inner_end, 0, new)
    opened = data[extent.start : extent.end].removesuffix(b"/>").rstrip() + b">"
    return Edit(extent.start, extent.end, 0, opened + new + f"</{extent.name}>".encode())
