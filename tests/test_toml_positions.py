"""The places of keys and values in a TOML text, held against a parser that keeps spans (spanned-toml)."""

from typing import Any

import pytest
import spanned_toml
import tomli
from hypothesis import given
from hypothesis import strategies as st

from disclosure_lint.packs.toml_files import Keys, Place, Positions

EVERYTHING = """\
# a comment with [brackets] and "quotes"
a.b . "c d" = 1
'single' = 'C:\\path'   # after a value
long = \"\"\"
first "line" # no comment
[no.table] \\
   joined\"\"\"\"
literal = '''
x'y'''''
list = [ 1, # one
  [2, 3], { k = "v", n.m = [true] },
]
day = 1979-05-27 07:32:00Z

[rule.when]
forms = ["2019", "2021"]
[[rules]]
code = "A"
  [[rules . example]]
  text = "⟦汉⟧字"
  [[rules.example]]
  [rules.example.facts]
  "requests[new,natural]" = -3
[[rules]]
[[rules.example]]
ok = true
"""


def spans(value: Any, keys: Keys = ()) -> dict[Keys, int]:
    """The offsets of all keys, and of the elements of all arrays of values, by spanned-toml."""
    inner = value.inner()
    found: dict[Keys, int] = {}
    if isinstance(inner, dict):
        for key, member in inner.items():
            found[(*keys, str(key.inner()))] = key.span().start
            found.update(spans(member, (*keys, str(key.inner()))))
    elif isinstance(inner, list):
        for index, member in enumerate(inner):
            if member.span().stop:
                found[(*keys, index)] = member.span().start
            found.update(spans(member, (*keys, index)))
    return found


def place(text: str, offset: int) -> Place:
    before = text[:offset].split("\n")
    return Place(len(before), len(before[-1]) + 1)


def assert_same_places(text: str) -> None:
    positions = Positions(text)
    for keys, offset in spans(spanned_toml.loads(text)).items():
        assert positions.key(keys) == place(text, offset), keys


def test_every_construct_of_toml() -> None:
    assert len(spans(spanned_toml.loads(EVERYTHING))) == 30
    assert_same_places(EVERYTHING)


def test_tables_of_an_array_stand_at_their_brackets() -> None:
    positions = Positions(EVERYTHING)
    assert positions.key(("rules", 0)) == (17, 1)
    assert positions.key(("rules", 0, "example", 1)) == (21, 3)
    assert positions.key(("rules", 1)) == (24, 1)
    assert positions.key(("rules", 1, "example", 0)) == (25, 1)


def test_what_is_not_there_stands_where_its_table_stands() -> None:
    positions = Positions(EVERYTHING)
    assert positions.key(("rules", 1, "severity")) == (24, 1)
    assert positions.key(("nothing",)) == (1, 1)


def test_windows_line_ends() -> None:
    assert Positions("a = 1\r\nb = '''\r\nx'''\r\nc = 3\r\n").key(("c",)) == (4, 1)
    assert Positions("b = '''\r\nxy'''\r\n").inside(("b",), 1) == (2, 2)


_BARE = st.text("ab1_-", min_size=1, max_size=3)
_TEXT = st.text("ab汉\U00030b6d .#=[]{}'\"\\\n\t", max_size=8)
# spanned-toml takes a string with escapes to begin after the last of them.
_UNESCAPED = st.text("ab字\U00030b6d .#=[]{}'\t", max_size=8)
_BLANK = st.sampled_from(["", " ", "\t"])
_GAP = st.sampled_from(["", " ", "\n", ' # 注释 ] } "\n  ', "\n\n\t"])


def _basic(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("汉", "\\u6c49") + '"'


def _literal(text: str) -> str:
    return f"'{text}'" if not set("'\n") & set(text) else _basic(text)


def _long(text: str) -> str:
    return '"""\n' + text.replace("\\", "\\\\").replace('"', '\\"').replace("汉", "\\\n  汉") + '"""'


_STRING = st.builds(lambda form, text: form(text), st.sampled_from([_basic, _literal, _long]), _TEXT)
_KEY = st.one_of(_BARE, _UNESCAPED.map(_basic), _UNESCAPED.map(_literal))


@st.composite
def _dotted(draw: st.DrawFn) -> str:
    parts = draw(st.lists(_KEY, min_size=1, max_size=3))
    return f"{draw(_BLANK)}.{draw(_BLANK)}".join(parts)


@st.composite
def _pair(draw: st.DrawFn, value: st.SearchStrategy[str]) -> str:
    return f"{draw(_dotted())}{draw(_BLANK)}={draw(_BLANK)}{draw(value)}"


@st.composite
def _array(draw: st.DrawFn, value: st.SearchStrategy[str]) -> str:
    items = [draw(_GAP) + item + draw(_GAP) for item in draw(st.lists(value, max_size=3))]
    return "[" + ",".join(items) + (draw(st.sampled_from(["", ","])) if items else "") + draw(_GAP) + "]"


@st.composite
def _inline(draw: st.DrawFn, value: st.SearchStrategy[str]) -> str:
    return "{" + draw(_BLANK) + f"{draw(_BLANK)},{draw(_BLANK)}".join(draw(st.lists(_pair(value), max_size=3))) + "}"


_OTHER = st.sampled_from(["1", "-2_0", "3.5e1", "true", "inf", "1979-05-27", "1979-05-27 07:32:00", "07:32:00"])
_SCALAR = _OTHER | _UNESCAPED.map(_basic) | _UNESCAPED.map(_literal) | _UNESCAPED.map(_long)
_VALUE = st.recursive(_SCALAR, lambda inner: _array(inner) | _inline(inner), max_leaves=6)
_LINE = st.one_of(_pair(_VALUE), _dotted().map(lambda key: f"[{key}]"), _dotted().map(lambda key: f"[[ {key} ]]"))


@given(st.lists(st.tuples(_BLANK, _LINE, st.sampled_from(["", " # 注", "\n"])), max_size=8))
def test_the_places_are_those_of_spanned_toml(lines: list[tuple[str, str, str]]) -> None:
    kept: list[str] = []
    for parts in lines:  # what would repeat a key is left out, so that nearly every text is valid
        try:
            tomli.loads("\n".join([*kept, "".join(parts)]))
            kept.append("".join(parts))
        except tomli.TOMLDecodeError:
            continue
    assert_same_places("\n".join(kept))


@given(_STRING, st.data())
def test_a_character_of_a_string_is_found_through_quotes_and_escapes(written: str, data: st.DataObject) -> None:
    text = f"key = {written}"
    value: str = tomli.loads(text)["key"]
    at = data.draw(st.integers(0, len(value)))
    found = Positions(text).inside(("key",), at)
    lines = text.split("\n")
    offset = sum(len(line) + 1 for line in lines[: found.line - 1]) + found.column - 1
    closing = '"""' if written.startswith('"""') else written[0]
    # The text up to that place, closed there, is the value up to that character.
    assert tomli.loads(text[:offset] + closing)["key"] == value[:at]


@pytest.mark.parametrize("beyond", [3, 50])
def test_beyond_the_end_of_a_string_is_its_closing_quote(beyond: int) -> None:
    assert Positions('x = 1\nkey = "abc"').inside(("key",), beyond) == (2, 11)
