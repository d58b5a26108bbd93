"""What libraries that write files of their own take for one."""

from collections.abc import Callable
from typing import Any


class Sink:
    """A file that can only be written on, from its beginning to its end; the bytes are given to a function."""

    closed = False

    def __init__(self, put: Callable[[bytes], object]):
        self._put = put
        self._written = 0

    def write(self, data: Any) -> int:
        block = bytes(data)
        self._put(block)
        self._written += len(block)
        return len(block)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        self.closed = True
