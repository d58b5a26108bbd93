"""Where sentences begin and end."""

import re
from collections.abc import Iterator

from disclosure_lint.model.lazy_re import lazy_re_compile

STOP, STOP_OR_SEMICOLON = lazy_re_compile("[。！？]"), lazy_re_compile("[。；！？]")


def sentence_spans(text: str, stop: re.Pattern[str] = STOP) -> Iterator[tuple[int, int]]:
    """Yields the half-open offsets of the sentences of squeezed text, each with the mark that ends it."""
    start = 0
    for match in stop.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)
