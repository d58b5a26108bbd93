"""Regular expressions of ours that are compiled when they are first used.

A class of Chinese characters takes a quarter of a millisecond to compile, and a run needs half of our expressions.
"""

import re
from typing import Any, AnyStr, cast


class _LazyPattern:
    def __init__(self, pattern: str | bytes, flags: int):
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        # Called only for what is not there yet: each method of the compiled expression is fetched once.
        if "_compiled" not in self.__dict__:
            self._compiled = re.compile(self._pattern, self._flags)
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found


def lazy_re_compile(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Returns what `re.compile` returns, save that it is compiled, and found to be wrong, at its first use."""
    return cast("re.Pattern[AnyStr]", _LazyPattern(pattern, flags))
