"""What was said of each file of a run, kept aside: few bytes in memory, many in a file that has no name."""

from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Any

from disclosure_lint.many.wire import Record
from disclosure_lint.model.entry import Entry

Place = tuple[int, int]
"""Where a record is, and how long."""


class Records:
    """Records, of which no more is in memory than where they are."""

    def __init__(self) -> None:
        self._spool = Spool()
        self._places: dict[str, Place] = {}
        """By path."""

    def put(self, path: str, data: bytes) -> Place:
        """Keeps the record of the file at a path."""
        self._places[path] = place = (self._spool.put(data), len(data))
        return place

    def at(self, place: Place, path: str) -> Record:
        """Returns what was put at a place."""
        return Record(self._spool.get(*place), path)

    def has(self, path: str) -> bool:
        """Says whether there is a record of a path."""
        return path in self._places

    def entry(self, path: str) -> Entry:
        """Returns what others need to know of the report at a path, without what kinds of check keep."""
        return self.at(self._places[path], path).entry

    def kept(self, path: str, code: str) -> Any:
        """Returns what the kind of check of a rule keeps of the report at a path."""
        return self.at(self._places[path], path).kept[code]

    def close(self) -> None:
        """Forgets all."""
        self._spool.close()


_IN_MEMORY = 8 << 20


class Spool:
    """A place for bytes. The file is gone when the process is, however that ends; where no file can be, memory is."""

    def __init__(self) -> None:
        self._file: IO[bytes] = BytesIO()
        self._end = 0
        self._most = _IN_MEMORY

    def put(self, data: bytes) -> int:
        """Keeps bytes; returns where they are."""
        place, self._end = self._end, self._end + len(data)
        if self._end > self._most:
            self._most = 1 << 62
            self._move(place)
        try:
            self._write(place, data)
        except OSError:  # the disk is full
            self._file = self._copied(BytesIO(), place)
            self._write(place, data)
        return place

    def get(self, place: int, length: int) -> bytes:
        """Returns so many bytes from a place on."""
        self._file.seek(place)
        return self._file.read(length)

    def close(self) -> None:
        """Forgets all."""
        self._file.close()

    def _move(self, end: int) -> None:
        try:
            # Without a buffer, whatever fails fails at once.
            self._file = self._copied(TemporaryFile(buffering=0), end)  # noqa: SIM115 (as long as this)
        except OSError:
            return

    def _copied(self, other: IO[bytes], end: int) -> IO[bytes]:
        other.write(self.get(0, end))
        return other

    def _write(self, place: int, data: bytes) -> None:
        self._file.seek(place)
        if self._file.write(data) < len(data):
            raise OSError
