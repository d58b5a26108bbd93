"""The parts of a Word file: read within limits, whatever the file says about itself."""

from io import BytesIO
from posixpath import dirname, join, normpath
from typing import NamedTuple
from xml.etree import ElementTree as Xml
from zipfile import ZipInfo

from disclosure_lint.files.zipped import BoundedZip, ZipError
from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.readers.docx.names import STRICT, w
from disclosure_lint.readers.docx.problems import ambiguous, damaged, encrypted, no_word_file, too_large, unsafe

_MAX_FILE = 64 * 1024 * 1024
"""Photographs make a file large, not its text."""
_MAX_ENTRIES = 5000
_MAX_PARTS = 8 * 1024 * 1024
"""Bytes of XML in all parts that are read; a long report has some 300 kB."""
_MAX_TAGS = 250_000
"""Tags in all parts that are read; a long report has some 15,000."""
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Part(NamedTuple):
    """A part of the file as XML."""

    name: str
    text: str
    root: Xml.Element


class Package:
    """A Word file; each part that is asked for takes from what may be read in all."""

    def __init__(self, data: bytes):
        """Raises UnreadableError if the file is too large or its directory broken."""
        if len(data) > _MAX_FILE:
            raise too_large(f"超过 {_MAX_FILE >> 20} MB", f"has more than {_MAX_FILE >> 20} MB")
        try:
            self._zip = BoundedZip(BytesIO(data), _MAX_ENTRIES, _MAX_PARTS)
        except ZipError as error:
            raise _problem(error) from None
        # Names of parts do not tell capitals from small letters, and some programs write backslashes.
        self._entries: dict[str, ZipInfo] = {}
        self._doubled: set[str] = set()
        """Names of which there are two parts: programs differ in which of them they show."""
        for entry in self._zip.entries:
            key = _key(entry.filename)
            if key in self._entries:
                self._doubled.add(key)
            self._entries[key] = entry
        self._tags = _MAX_TAGS

    def main(self) -> Part:
        """Returns the part that holds the document's text; raises UnreadableError if there is none."""
        target = self.related("", "officeDocument").get("officeDocument", "word/document.xml")
        part = self.part(target)
        if part is None or part.root.tag != w("document"):
            raise no_word_file()
        return part

    def related(self, name: str, *kinds: str) -> dict[str, str]:
        """Returns the parts that a part (or, for an empty name, the file) relates to, by the last word of the kind.

        Raises UnreadableError if of one of the kinds there are two.
        """
        rels = self.part(join(dirname(name), "_rels", f"{name.rpartition('/')[2]}.rels"))
        found: dict[str, str] = {}
        for relation in rels.root.iter(_RELATIONSHIP) if rels else ():
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External" and target:
                kind = relation.get("Type", "").rpartition("/")[2]
                part = normpath(join("/", dirname(name), target)).lstrip("/")
                if kind in kinds and found.setdefault(kind, part) != part:
                    raise ambiguous(part)
        return found

    def part(self, name: str | None) -> Part | None:
        """Returns a part, None if the file has none of that name; raises UnreadableError."""
        content = self.content(name)
        if content is None or not name:
            return None
        try:
            text = decoded(content)
            self._check(text)
            for strict, usual in STRICT:
                text = text.replace(strict, usual)
            # Given as text, a declaration of another encoding cannot hide what was looked for.
            return Part(name, text, Xml.fromstring(text))  # nosec B314  # `_check` refuses DOCTYPE and so entities
        except (ValueError, Xml.ParseError):
            raise damaged() from None

    def content(self, name: str | None) -> bytes | None:
        """Returns the bytes of a part, None if the file has none of that name; raises UnreadableError."""
        entry = self._entries.get(_key(name or ""))
        if entry is None or not name:
            return None
        if _key(name) in self._doubled:
            raise ambiguous(name)
        try:
            return self._zip.content(entry)
        except ZipError as error:
            raise _problem(error) from None

    @property
    def entries(self) -> list[ZipInfo]:
        """What the file consists of, in its order."""
        return self._zip.entries

    def _check(self, text: str) -> None:
        if "<!DOCTYPE" in text:
            raise unsafe()
        self._tags -= text.count("<")
        if self._tags < 0:
            raise too_large(f"的标记超过 {_MAX_TAGS} 个", f"has more than {_MAX_TAGS} tags")


def _problem(error: ZipError) -> UnreadableError:
    if error.reason == "too_many":
        return too_large(f"里有 {_MAX_ENTRIES} 个以上的部件", f"has more than {_MAX_ENTRIES} parts")
    if error.reason == "too_large":
        return too_large("的正文解压后大得不合情理", "unpacks to an implausible size")
    return encrypted() if error.reason == "encrypted" else damaged()


def same_part(one: str, other: str) -> bool:
    """Says whether two names are of one part."""
    return _key(one) == _key(other)


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def decoded(content: bytes) -> str:
    """Returns the text of a part; XML without another mark is UTF-8."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    if b"\0" in content[:2]:
        return content.decode("utf-16-be" if content[:1] == b"\0" else "utf-16-le")
    return content.decode("utf-8-sig")
