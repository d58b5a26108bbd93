"""The package around a Word file's text: bytes are put in between those of its parts, all others stay as they were."""

import io
import struct
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from itertools import count
from posixpath import basename, dirname, join, relpath
from typing import NamedTuple
from xml.etree.ElementTree import Element
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, LargeZipFile, ZipFile, ZipInfo

from disclosure_lint.annotate.notes import AUTHOR, NoCopyError, Note
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.outputs.markup import HEAD, Markup
from disclosure_lint.readers.docx.names import ID, STRICT, number, w
from disclosure_lint.readers.docx.package import Package, Part, decoded, same_part

_TYPES = "[Content_Types].xml"
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MARKUP = Markup(ascii_only=False)
"""Writes text and tags."""
_DESCRIBED = 0x8
"""Says that the length of an entry stands behind it and not before."""
_LOCAL_HEADER, _LENGTHS = 30, 26
"""Bytes of the head of an entry without its name, and where in it two lengths stand."""
_MARKS = (b"\xff\xfe", b"\xfe\xff")
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


class XmlPart:
    """A part as bytes of UTF-8, in which places can be told, and as elements."""

    def __init__(self, package: Package, part: Part):
        content = package.content(part.name) or b""
        text = decoded(content)
        self.root = part.root
        self.is_strict = text != part.text
        """Whether its names are those of the strict kind of file."""
        self.data = text.encode()
        self.places: dict[Element, Extent] = dict(zip(part.root.iter(), extents(self.data), strict=True))
        self._mark = next((mark for mark in _MARKS if content.startswith(mark)), b"")
        self._big = content[:1] in (b"\0", _MARKS[1][:1])
        self._is_wide = bool(self._mark) or b"\0" in content[:2]

    def encoded(self, data: bytes) -> bytes:
        """Returns changed bytes in the encoding that the part had."""
        if not self._is_wide:
            return data
        return self._mark + data.decode().encode("utf-16-be" if self._big else "utf-16-le")

    def word(self, element: Element, name: str, attributes: Mapping[str, str | int] = {}) -> bytes:
        """Returns the start tag of an element of Word, as such ones are named where another one stands."""
        return tag(name, self.places[element], attributes, is_strict=self.is_strict)


class Comments:
    """The comments of a file: those that it has, and those that are put in."""

    def __init__(self, package: Package, main: Part):
        """Raises UnreadableError if the part that holds them is broken, or there are two."""
        self._package = package
        self._main = main
        self._name = package.related(main.name, "comments").get("comments")
        self._part = package.part(self._name)
        if self._name and self._part is None:
            raise NoCopyError("文件里少了批注的部件", "the part that holds the comments is missing")
        roots = [main.root, *([self._part.root] if self._part else [])]
        kinds = frozenset(map(w, ("comment", "commentReference", "commentRangeStart", "commentRangeEnd")))
        used = [number(one.get(ID)) or 0 for root in roots for one in root.iter() if one.tag in kinds]
        self.first = max(used, default=-1) + 1
        """The first number that no comment has."""

    def parts(self, notes: Sequence[Note], *, is_strict: bool) -> dict[str, bytes]:
        """Returns the parts of the package that change, or are new, when comments are added."""
        if self._part is not None:
            return {self._part.name: self._added(self._part, notes)}
        found: dict[str, bytes] = {}
        folder = dirname(self._main.name)
        names = (join(folder, f"comments{at or ''}.xml") for at in count())
        name = next(name for name in names if self._package.content(name) is None)
        body = "".join(comment(key, note) for key, note in enumerate(notes, self.first))
        head = MARKUP.tag("w:comments", {"xmlns:w": word_space(is_strict=is_strict)})
        found[name] = f"{HEAD}{head}{body}</w:comments>".encode()
        override = {"xmlns": _TYPES_SPACE, "PartName": f"/{name}", "ContentType": _COMMENTS_TYPE}
        found[_TYPES] = self._extended(_TYPES, MARKUP.tag("Override", override, "/>"))
        rels = join(folder, "_rels", f"{basename(self._main.name)}.rels")
        relation = {
            "xmlns": _RELATIONS_SPACE,
            "Id": self._free_id(rels),
            "Type": f"{_STRICT_OFFICE if is_strict else _OFFICE}/comments",
            "Target": relpath(name, folder) if folder else name,
        }
        found[rels] = self._extended(rels, MARKUP.tag("Relationship", relation, "/>"))
        return found

    def _added(self, part: Part, notes: Sequence[Note]) -> bytes:
        xml = XmlPart(self._package, part)
        place = xml.places[part.root]
        body = "".join(comment(key, note) for key, note in enumerate(notes, self.first))
        if place.prefix != "w:":
            space = MARKUP.tag("w:comment", {"xmlns:w": word_space(is_strict=xml.is_strict)}, "")
            body = body.replace("<w:comment", space)
        return xml.encoded(edited(xml.data, [put_in(xml.data, place, body.encode())]))

    def _extended(self, name: str, element: str) -> bytes:
        """Returns a part with one more element in its root; one that is not there is begun."""
        part = self._package.part(name)
        if part is None:
            if name == _TYPES:
                raise NoCopyError("Word 文件不完整", "the Word file is incomplete")
            head = MARKUP.tag("Relationships", {"xmlns": _RELATIONS_SPACE})
            return f"{HEAD}{head}{element}</Relationships>".encode()
        xml = XmlPart(self._package, part)
        return xml.encoded(edited(xml.data, [put_in(xml.data, xml.places[part.root], element.encode())]))

    def _free_id(self, name: str) -> str:
        part = self._package.part(name)
        taken = {one.get("Id") for one in part.root} if part else set()
        return next(key for at in count(1) if (key := f"disclosureLint{at}") not in taken)


def packed(data: bytes, package: Package, parts: Mapping[str, bytes]) -> bytes:
    """Returns a package with some parts changed or added; what the others are packed to stays byte for byte.

    Raises NoCopyError if what the file says of one of them cannot be said again.
    """
    try:
        return _packed(data, package, parts)
    except (LargeZipFile, ValueError, OverflowError, struct.error):
        raise _damaged() from None


def word_space(*, is_strict: bool) -> str:
    """Returns the namespace of what Word writes."""
    return STRICT[0][0 if is_strict else 1]


def tag(name: str, beside: Extent, attributes: Mapping[str, str | int] = {}, *, is_strict: bool) -> bytes:
    """Returns `<w:name …/>`; it says itself what `w` is, unless the element beside it is named so too."""
    space = {} if beside.prefix == "w:" else {"xmlns:w": word_space(is_strict=is_strict)}
    named = {f"w:{key}": value for key, value in attributes.items()}
    return MARKUP.tag(f"w:{name}", {**space, **named}, "/>").encode()


def comment(key: int, note: Note) -> str:
    """Returns a comment, with a paragraph for each of the note's."""
    head = MARKUP.tag("w:comment", {"w:id": key, "w:author": AUTHOR, "w:initials": "DL"})
    texts = (f'<w:p><w:r><w:t xml:space="preserve">{MARKUP.text(one)}</w:t></w:r></w:p>' for one in note.paragraphs)
    return f"{head}{''.join(texts)}</w:comment>"


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


def _packed(data: bytes, package: Package, parts: Mapping[str, bytes]) -> bytes:
    left = dict(parts)
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        for entry in package.entries:
            name = next((name for name in left if same_part(name, entry.filename)), None)
            if name is None:
                _copy(data, entry, file)
            else:
                file.writestr(_named(entry.filename, entry.date_time), left.pop(name))
        for name, content in left.items():
            file.writestr(_named(name), content)
    return buffer.getvalue()


def _damaged() -> NoCopyError:
    return NoCopyError("Word 文件里有损坏的部件", "a part of the Word file is damaged")


def _named(name: str, time: tuple[int, int, int, int, int, int] = (1980, 1, 1, 0, 0, 0)) -> ZipInfo:
    info = ZipInfo(name, time)
    info.compress_type = ZIP_DEFLATED
    return info


def _copy(data: bytes, entry: ZipInfo, file: ZipFile) -> None:
    """Adds an entry as it is packed: it is not unpacked, whatever it may hold."""
    head = entry.header_offset
    lengths = data[head + _LENGTHS : head + _LOCAL_HEADER]
    start = head + _LOCAL_HEADER + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
    content = data[start : start + entry.compress_size]
    if data[head : head + 4] != b"PK\x03\x04" or len(content) != entry.compress_size or file.fp is None:
        raise _damaged()
    new = copy(entry)
    new.flag_bits &= ~_DESCRIBED
    new.header_offset = file.fp.tell()
    file.fp.write(new.FileHeader(zip64=False) + content)
    file.start_dir = file.fp.tell()
    file.filelist.append(new)
    file.NameToInfo[new.filename] = new


def _extent(data: bytes, name: str, start: int, end: int) -> Extent:
    tag = _TAG.match(data, start)
    inner = tag.end() if tag else start
    one_tag = data[inner - 2 : inner] == b"/>"
    return Extent(name, start, inner, *((inner, inner) if one_tag else (end, data.index(b">", end) + 1)))
