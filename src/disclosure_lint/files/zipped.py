"""ZIP archives of strangers: what they hold is read within limits, whatever they say about themselves."""

import struct
import zlib
from collections.abc import Callable
from typing import BinaryIO, ClassVar, Literal, NamedTuple
from weakref import finalize
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from disclosure_lint.files.reading import RefusedError, open_file
from disclosure_lint.model.diagnostic import LocalizedText

_FREE, _MAX_RATIO = 1024 * 1024, 200
"""So many bytes may come out of anything; beyond, so many times what went in."""
_LARGEST_ARCHIVE = 1 << 30
_MAX_FILES = 20_000
_MAX_UNPACKED = 4 << 30
"""Bytes of all files of an archive together: some ten thousand scanned reports."""
_ENTRY, _ENCRYPTED, _UTF_8 = b"PK\x01\x02", 0x1, 0x800
_PIECE = 1 << 20
_BROKEN = (
    BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError,
    IndexError, OverflowError, OSError,
)  # fmt: skip
_WHOLE = frozenset(("[Content_Types].xml", "mimetype", "OFD.xml"))
"""What only archives hold that are one document."""


class ZipError(Exception):
    """An archive, or an entry of it, cannot be read."""

    def __init__(self, reason: Literal["damaged", "encrypted", "too_large", "too_many"]):
        """Takes why."""
        super().__init__(reason)
        self.reason = reason


class BoundedZip:
    """An archive; what is read of it takes from the bytes that may come out of it in all."""

    def __init__(self, file: BinaryIO, most_entries: int, most_bytes: int):
        """Takes a file that can be read from its beginning; raises ZipError."""
        if _entries_at_most(file) > most_entries:
            raise ZipError("too_many")
        try:
            self._zip = ZipFile(file)
        except _BROKEN:
            raise ZipError("damaged") from None
        self.entries = self._zip.infolist()
        self._left = most_bytes

    def content(self, entry: ZipInfo, most: int | None = None) -> bytes:
        """Returns what an entry holds, or its first `most` bytes. Raises ZipError."""
        if entry.flag_bits & _ENCRYPTED:
            raise ZipError("encrypted")
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise ZipError("damaged")
        allowed = min(self._left, _FREE + _MAX_RATIO * max(0, entry.compress_size))
        try:
            with self._zip.open(entry) as stream:
                content = stream.read(allowed + 1 if most is None else min(most, allowed + 1))
        except _BROKEN:
            raise ZipError("damaged") from None
        if len(content) > allowed:
            raise ZipError("too_large")
        self._left -= len(content)
        return content


def _entries_at_most(file: BinaryIO) -> int:
    """Returns how many entries an archive can have: each has a mark, which other bytes may look like."""
    count, end = 0, b""
    while piece := file.read(_PIECE):
        count += (end + piece).count(_ENTRY)
        end = piece[-len(_ENTRY) + 1 :]
    file.seek(0)
    return count


class Member(NamedTuple):
    """A file in an archive."""

    name: str
    """With forward slashes."""
    number: int
    """Which entry of the archive it is: names may stand twice."""


class Archive:
    """An archive on disk with the files in it. Only that which was read last is kept open: there may be many."""

    _last: "ClassVar[Archive | None]" = None

    def __init__(self, path: str):
        """Raises OSError if it cannot be read, is damaged or too large."""
        self._path = path
        self._open: tuple[BoundedZip, Callable[[], object]] | None = None
        self.is_document = False
        """Whether it is one document, such as a Word file with another name."""
        self.members: list[Member] = []
        """The files in it, by name."""
        for number, entry in enumerate(self._archive().entries):
            name = _name(entry)
            self.is_document |= name in _WHOLE
            if not entry.is_dir():
                self.members.append(Member(name, number))
        self.members.sort()

    def start(self, member: Member, most: int) -> bytes:
        """Returns the first bytes of a file in the archive. Raises OSError."""
        archive = self._archive()
        try:
            return archive.content(archive.entries[member.number], most)
        except IndexError:  # it was written anew meanwhile
            raise _refused("damaged") from None
        except ZipError as error:
            raise _refused(error.reason) from None

    @staticmethod
    def without(name: str) -> RefusedError:
        """Returns the error that there is no file of a name in the archive."""
        return RefusedError(LocalizedText(f"压缩包里没有 {name}", f"there is no {name} in the archive"))

    def _archive(self) -> BoundedZip:
        if self._open is None:
            if Archive._last is not None:
                Archive._last.close()
            file = open_file(self._path)
            # Closed as well when nobody needs the archive any more.
            close = finalize(self, file.close)
            self._open = _opened(file), close
            Archive._last = self
        return self._open[0]

    def close(self) -> None:
        """Closes the file; it is opened again for the next who reads."""
        if self._open is not None:
            self._open[1]()
            self._open = None


def _opened(file: BinaryIO) -> BoundedZip:
    file.seek(0, 2)
    if file.tell() > _LARGEST_ARCHIVE:
        raise _refused("too_large")
    file.seek(0)
    try:
        return BoundedZip(file, _MAX_FILES, _MAX_UNPACKED)
    except ZipError as error:
        raise _refused(error.reason) from None


def _refused(reason: str) -> RefusedError:
    return RefusedError(_REASONS[reason])


_REASONS = {
    "damaged": LocalizedText("压缩包损坏，请重新取得完整的文件", "the archive is damaged; get a whole copy"),
    "encrypted": LocalizedText("压缩包加了密码，请解压后再检查", "the archive has a password; unpack it first"),
    "too_large": LocalizedText(
        "压缩包里的内容大得不合情理，没有读取", "what the archive holds is implausibly large; not read"
    ),
    "too_many": LocalizedText(
        f"压缩包里有 {_MAX_FILES} 个以上的文件，请分成几个再检查", f"the archive has more than {_MAX_FILES} files"
    ),
}


def _name(entry: ZipInfo) -> str:
    """Returns an entry's name as it was when it was packed: Chinese Windows writes GBK, and does not say so."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF_8:
        raw = name.encode("cp437")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/").partition("\0")[0]
