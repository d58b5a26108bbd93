"""The regular expressions of the shipped rules: none takes long on the very words that it looks for, without end."""

import re
from collections.abc import Iterator
from itertools import product
from time import perf_counter
from typing import Any

import pytest
import tomli

from disclosure_lint.packs import shipped_rules

_LISTS = ("forbid", "unless", "require", "nothing", "any")
_WORDS = re.compile(r"[\u4e00-\u9fff]{1,4}|[_×]")
_LENGTH = 600
_LIMIT = 0.1
"""Seconds. A time that grows with the square of the length is some thousandths here, with the cube far more."""


def patterns(data: Any) -> Iterator[str]:
    """Yields the expressions in a rule file."""
    if isinstance(data, list):
        for item in data:
            yield from patterns(item)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key in _LISTS:
                yield from value
            elif key == "vocabulary" and isinstance(value, list):
                yield from (
                    one for words in value for list_ in words.values() if isinstance(list_, list) for one in list_
                )
            else:
                yield from patterns(value)


PATTERNS = sorted(
    {one for path in shipped_rules().glob("*.toml") for one in patterns(tomli.loads(path.read_text("utf-8")))}
)


def test_there_are_patterns() -> None:
    assert len(PATTERNS) > 50


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: ascii(pattern[:30]))
def test_no_pattern_runs_away(pattern: str) -> None:
    words = sorted(set(_WORDS.findall(pattern)))
    search = re.compile(pattern)
    for first, second in product(["", *words[:6]], words):
        for text in (first + second * _LENGTH, (first + second) * _LENGTH):
            start = perf_counter()
            sum(1 for _ in search.finditer(text[:_LENGTH]))
            assert perf_counter() - start < _LIMIT, f"{first}{second}{second}… or {first}{second}{first}{second}…"
