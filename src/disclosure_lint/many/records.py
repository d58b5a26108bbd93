"""What was said of each file of a run, kept aside until all are known."""

from typing import Any

from disclosure_lint.files.spool import Spool
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
