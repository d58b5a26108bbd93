"""Results that were there before it was known whether other reports have anything to say of the numbers.

A report must be bound to be compared with; to lint it then costs less than to bind it once more. That is in vain where
another report turns out to be about the same agency, so it is done only as long as that happens seldom.
"""

from collections import deque

_MOST_BYTES = 64 << 20
"""Of results that wait."""
_LAST, _SELDOM = 64, 0.25


class Early:
    """Results of reports with nothing beside them, until it is known whether there is nothing."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[int, bytes]] = {}
        """By path, with the hash of the bytes that it is of."""
        self._left = _MOST_BYTES
        self._seen: set[tuple[str, int]] = set()
        self._has_others: deque[bool] = deque(maxlen=_LAST)

    @property
    def pays_off(self) -> bool:
        """Whether the next report will probably have no other beside it, and there is room."""
        return self._left > 0 and sum(self._has_others) <= _SELDOM * len(self._has_others)

    def see(self, agency: str, year: int) -> None:
        """Notices whose a report is, and of which year."""
        self._has_others.append(any((agency, other) in self._seen for other in (year - 1, year, year + 1)))
        self._seen.add((agency, year))

    def keep(self, path: str, data: bytes, result: bytes) -> None:
        """Keeps the result of a file, if it is one of a report."""
        if result and len(result) <= self._left:
            self._left -= len(result)
            self._kept[path] = (hash(data), result)

    def take(self, path: str, data: bytes) -> bytes | None:
        """Returns the result that was kept, once, if it is of these bytes."""
        known, result = self._kept.pop(path, (None, None))
        return result if known == hash(data) else None
