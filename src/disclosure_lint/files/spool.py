"""Bytes that are kept aside for the rest of a run: few in memory, many in a file that has no name."""

from io import BytesIO
from tempfile import TemporaryFile
from typing import IO

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
