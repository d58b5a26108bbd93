"""Values of TOML and JSON, changed at random without ceasing to be some."""

from collections.abc import Sequence
from random import Random
from typing import Any

HOSTILE: Sequence[Any] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        2**31,
        2**63,
        -(2**63),
        10**30,
        1.5,
        float("inf"),
        float("nan"),
        "",
        " ",
        "\n",
        "\0",
    ),
    *(
        "*",
        "**/" * 40,
        "*a" * 60,
        "[",
        "[!",
        "[z-a]",
        "../../..",
        "/",
        "/dev/null",
        ".",
        "~",
        "a" * 5000,
        "\ud800",
        "𬭎",
    ),
    *("(" * 200, ")", "(a+)+", "(?:a?){40}", r"\1", "(?P<number>x)", "(?i)", "(?(1)a)", "{number}", "{", "{0}", "{x}"),
    *(
        "requests[new,total] = ",
        "1 = 1",
        "(" * 300 + "1 = 1",
        "9" * 5000 + " = 1",
        "DL3",
        "DL999",
        "zh",
        "2021",
        "auto",
    ),
    *(
        [],
        [[]],
        {},
        [None],
        ["", ""],
        {"": ""},
        {"a": {"b": {"c": []}}},
        ["x"] * 300,
        {"zh": 1},
        "file:///x",
        "\x1b[2J",
    ),
)


def changed(value: Any, rng: Random, times: int) -> Any:
    """Returns a value after so many changes, each somewhere in it; what was given stays as it is."""
    for _ in range(times):
        value = _changed(value, rng)
    return value


def _changed(value: Any, rng: Random) -> Any:
    if not isinstance(value, (dict, list)) or not value or rng.random() < 0.1:
        return rng.choice(HOSTILE)
    if isinstance(value, list):
        at = rng.randrange(len(value))
        match rng.randrange(6):
            case 0:
                return [*value[:at], *value[at + 1 :]]
            case 1:
                return [*value[:at], *[value[at]] * rng.choice((2, 2, 40)), *value[at + 1 :]]
            case 2:
                return [*value[:at], rng.choice(HOSTILE), *value[at:]]
            case _:
                return [*value[:at], _changed(value[at], rng), *value[at + 1 :]]
    key = rng.choice([*value])
    match rng.randrange(8):
        case 0:
            return {name: one for name, one in value.items() if name != key}
        case 1:
            return {**value, rng.choice(("x", "", "zh", "severity", key + "s")): rng.choice((value[key], *HOSTILE[:8]))}
        case 2:
            return {**value, key: value[rng.choice([*value])]}
        case _:
            return {**value, key: _changed(value[key], rng)}


def toml(value: Any) -> str:
    """Returns a value as TOML has it in a line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(str(key))} = {toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if value is None:
        return '"None"'
    return str(value).lower() if isinstance(value, (bool, int, float)) else _quoted(str(value))


def document(value: Any) -> bytes:
    """Returns a TOML file."""
    tables = value if isinstance(value, dict) else {"a": value}
    return "\n".join(f"{_quoted(str(key))} = {toml(one)}" for key, one in tables.items()).encode("utf-8", "replace")


def _quoted(text: str) -> str:
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\u{ord(c) & 0xFFFF:04x}" for c in text) + '"'
