"""The plain reading of characters, over all of Unicode."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_lint.model.characters import Squeezed, fold, squeeze

MARKS = "（），：；？！"
ALL = range(0x110000)


def plain(char: str) -> str | None:
    """What a character must become by rule; None where no rule says."""
    if char in MARKS:
        return char
    if "\uff01" <= char <= "\uff5e" or "\u2f00" <= char <= "\u2fd5" or "\uf900" <= char <= "\ufa6d":
        return unicodedata.normalize("NFKC", char)
    if unicodedata.category(char) in ("Zs", "Zl", "Zp"):
        return " "
    if char.isascii() and char.isalnum():
        return char
    return char if "\u4e00" <= char <= "\u9fff" else None


@pytest.mark.long
def test_every_character_becomes_one_that_stays() -> None:
    folded = {char: fold(char) for char in map(chr, ALL)}
    assert [char for char, to in folded.items() if len(to) != 1 or folded[to] != to] == []
    assert {char: to for char, to in folded.items() if plain(char) not in (None, to)} == {}


def test_what_is_folded_beyond_the_rules() -> None:
    changed = [char for char in map(chr, ALL) if fold(char) != char and plain(char) is None]
    assert "".join(map(fold, "(),:;?!—–－﹣∶〈〉⺠⻔")) == "（），：；？！----：《》民门"
    assert len(changed) < 250


@given(st.lists(st.text(st.sampled_from("甲乙1 \t\r\n　ａ"), max_size=9), max_size=5))
def test_the_way_back_from_a_squeezed_text(stretches: list[str]) -> None:
    source = "".join(f"某{text}" for text in stretches)
    places, at = [], 0
    for text in stretches:
        places.append((at + 1, at + 1 + len(text)))
        at += 1 + len(text)
    squeezed = Squeezed(fold(source), places)
    assert squeezed.text == "".join(map(squeeze, stretches))
    for offset, char in enumerate(squeezed.text):
        assert fold(source[squeezed.source(offset)]) == char
        assert squeezed.span(offset, offset + 1) == (squeezed.source(offset), squeezed.source(offset) + 1)
