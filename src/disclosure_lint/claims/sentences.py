"""Where sentences begin and end."""

import re
from collections.abc import Iterator

STOPS, STOPS_AND_SEMICOLONS = "。！？", "。；！？"


def sentence_spans(text: str, stops: str = STOPS) -> Iterator[tuple[int, int]]:
    """Yields the half-open offsets of the sentences of squeezed text, each with the mark that ends it."""
    start = 0
    for match in re.finditer(f"[{stops}]", text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def first_stop(text: str, start: int, end: int) -> int:
    """Returns where the first sentence that ends between two places ends, -1 if none does."""
    return min((at for stop in STOPS if (at := text.find(stop, start, end) + 1)), default=-1)
