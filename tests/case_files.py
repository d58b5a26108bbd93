"""Reads `.case` files: small reports in plain text, with what must be found marked where it stands.

A case is a head of `key: value` lines, a line `---`, and a text. `⟦无。⟧{DL401}` says that DL401 is to be found at
`无。`, `{DL103:info DL106}` names two codes, the first at that severity; nothing else may be found.

With `into: whole.md` the text takes the place of pieces of that good report: `=== overview` begins a piece,
`=== requests ~ 2.重复申请` stands for the one line of a piece that has these words. Without, it is the whole document.

Keys: `note`, why the case is there; `into`; `name`, of the file; `select` and `ignore`, rules (all if absent);
`form`; `encoding`; `newline` (`crlf`, `cr`); `damage` (`cut 2`: without the last two bytes, `begin 504b0304`: with
these before it); `verdicts`, as `DL301 undetermined, DL302 passed`; `facts`, as `requests[new,total] 6`, where `none`
is a cell without a number and `absent` a cell that was not found; `bug`, what the tool gets wrong as yet.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from disclosure_lint.settings import Settings

CASES = Path(__file__).parent / "cases"
_KEYS = {"note", "into", "name", "select", "ignore", "form", "encoding", "newline", "damage"}
_KEYS |= {"verdicts", "facts", "bug"}
_MARK = re.compile(r"⟦|⟧\{([^{}]+)\}")
_PIECE = re.compile(r"^=== (\w+)(?: ~ (.+))?\n", re.MULTILINE)
_NEWLINES = {"": "\n", "crlf": "\r\n", "cr": "\r"}


class Expected(NamedTuple):
    """Something that must be found."""

    start: int
    end: int
    code: str
    severity: str | None
    """None where the case does not say."""


class Case(NamedTuple):
    """A case, ready to be linted."""

    name: str
    text: str
    data: bytes
    settings: Settings
    expected: tuple[Expected, ...]
    verdicts: Mapping[str, str]
    facts: Mapping[str, str]
    bug: str | None


def all_cases() -> list[Path]:
    """Returns the paths of all cases."""
    return sorted(CASES.glob("*/*.case"))


def read_case(path: Path) -> Case:
    """Returns a case; ValueError if it is not written as it should be."""
    head, body = _parted(path.read_text(encoding="utf-8"))
    marked = _patched(head["into"], body) if "into" in head else body
    text, expected = _unmarked(marked)
    newline = _NEWLINES[head.get("newline", "")]
    if newline != "\n":
        expected = tuple(_moved(one, text, len(newline) - 1) for one in expected)
        text = text.replace("\n", newline)
    settings = Settings(_codes(head, "select"), _codes(head, "ignore"), form=head.get("form", "auto"))
    name = head.get("name") or f"report{Path(head.get('into', '.md')).suffix or '.md'}"
    data = _damaged(text.encode(head.get("encoding", "utf-8")), head.get("damage", ""))
    return Case(name, text, data, settings, expected, _pairs(head, "verdicts"), _pairs(head, "facts"), head.get("bug"))


def _parted(text: str) -> tuple[dict[str, str], str]:
    lines, _, body = text.partition("\n---\n")
    head = dict(line.split(": ", 1) for line in lines.splitlines())
    if not body or "note" not in head or not _KEYS.issuperset(head):
        raise ValueError(f"a case needs a note, a line --- and a text, and has no other keys than {sorted(_KEYS)}")
    return head, body


def _damaged(data: bytes, damage: str) -> bytes:
    what, _, how = damage.partition(" ")
    if what == "cut":
        return data[: -int(how)]
    return bytes.fromhex(how) + data


def _codes(head: Mapping[str, str], key: str) -> tuple[str, ...]:
    return tuple(head[key].split()) if key in head else ()


def _pairs(head: Mapping[str, str], key: str) -> dict[str, str]:
    # A comma may stand within the name of a number.
    parts = re.split(r", (?=\w)", head[key]) if key in head else []
    return dict(part.rsplit(" ", 1) for part in parts)


def _patched(whole: str, body: str) -> str:
    pieces = dict(_pieces((CASES / whole).read_text(encoding="utf-8")))
    for (name, words), text in _pieces_with_words(body):
        if name not in pieces:
            raise ValueError(f"{whole} has no piece {name!r}")
        pieces[name] = text if words is None else _with_line(pieces[name], words, text)
    return "\n\n".join(text.strip("\n") for text in pieces.values() if text.strip("\n")) + "\n"


def _with_line(piece: str, words: str, text: str) -> str:
    lines = piece.splitlines()
    places = [index for index, line in enumerate(lines) if words in line]
    if len(places) != 1:
        raise ValueError(f"{words!r} is in {len(places)} lines")
    lines[places[0] : places[0] + 1] = text.strip("\n").splitlines()
    return "\n".join(lines)


def _pieces(text: str) -> list[tuple[str, str]]:
    return [(name, piece) for (name, _), piece in _pieces_with_words(text)]


def _pieces_with_words(text: str) -> list[tuple[tuple[str, str | None], str]]:
    starts = list(_PIECE.finditer(text))
    if not starts or text[: starts[0].start()].strip():
        raise ValueError("the text must begin with a line like === overview")
    ends = [match.start() for match in starts[1:]] + [len(text)]
    return [((match[1], match[2]), text[match.end() : end]) for match, end in zip(starts, ends, strict=True)]


def _unmarked(marked: str) -> tuple[str, tuple[Expected, ...]]:
    parts: list[str] = []
    length = done = 0
    opened: list[int] = []
    expected: list[Expected] = []
    for match in _MARK.finditer(marked):
        parts.append(marked[done : match.start()])
        length += match.start() - done
        done = match.end()
        if match[1] is None:
            opened.append(length)
            continue
        start = opened.pop()
        for code in match[1].split():
            name, _, severity = code.partition(":")
            expected.append(Expected(start, length, name, severity or None))
    if opened:
        raise ValueError("a ⟦ without its ⟧{CODE}")
    return "".join([*parts, marked[done:]]), tuple(sorted(expected))


def _moved(one: Expected, text: str, wider: int) -> Expected:
    start, end = (offset + wider * text.count("\n", 0, offset) for offset in (one.start, one.end))
    return one._replace(start=start, end=end)
