"""Good reports, damaged at random as files and texts are damaged in the world."""

from collections.abc import Callable, Sequence
from random import Random

from tests.fuzz.pieces import PIECES
from tests.generation import LAYOUTS, SIZES, report


def damages_of(
    layouts: Sequence[str], written: Callable[[str], str] = lambda text: text
) -> dict[str, Callable[[Random], bytes]]:
    """Returns two kinds of damage to reports in some layouts: accidents to lines and pieces, and to bytes."""

    def lines(rng: Random) -> bytes:
        text = written(text_of(rng, layouts)[0])
        return mutated(text, rng, rng.choice((1, 2, 5, 20))).encode("utf-8", "replace")

    def bits(rng: Random) -> bytes:
        text = written(text_of(rng, layouts)[0])
        return flipped(text.encode(rng.choice(("utf-8", "gb18030", "utf-16")), "replace"), rng, rng.choice((1, 3, 30)))

    return {"lines": lines, "bytes": bits}


def text_of(rng: Random, layouts: Sequence[str] = LAYOUTS) -> tuple[str, str]:
    """Returns the text and the name of a report in a random layout."""
    rendered = report(rng.random(), rng.choice(layouts), rng.choice(SIZES), rng.choice(("2021", "2019")))
    return rendered.text, f"report{rendered.suffix}"


def mutated(text: str, rng: Random, times: int) -> str:
    """Returns a text after so many accidents."""
    for _ in range(times):
        text = rng.choice(_ACCIDENTS)(text, rng)
    return text


def flipped(data: bytes, rng: Random, times: int) -> bytes:
    """Returns some bytes with so many bits turned over."""
    changed = bytearray(data)
    for _ in range(times if data else 0):
        changed[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def torn(data: bytes, rng: Random, marks: Sequence[bytes]) -> bytes:
    """Returns bytes of which some are changed, lost or repeated, most at the end, or are one of the format's marks."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 30))):
        at = rng.randrange(len(changed) or 1) if rng.random() < 0.7 else max(0, len(changed) - rng.randrange(1, 900))
        length = rng.choice((1, 1, 2, 4, 40, 2000))
        match rng.randrange(5):
            case 0:
                changed[at : at + 1] = bytes(byte ^ 1 << rng.randrange(8) for byte in changed[at : at + 1])
            case 1:
                changed[at : at + length] = rng.randbytes(length)
            case 2:
                del changed[at : at + length]
            case 3:
                changed[at:at] = changed[at : at + length]
            case _:
                changed[at : at + 4] = rng.choice(marks)
    return bytes(changed)


def _at(text: str, rng: Random) -> int:
    return rng.randrange(len(text) + 1)


def _truncated(text: str, rng: Random) -> str:
    at = _at(text, rng)
    return text[:at] if rng.random() < 0.7 else text[at:]


def _lines_shuffled(text: str, rng: Random) -> str:
    lines = text.split("\n")
    start = rng.randrange(len(lines))
    some = lines[start : start + rng.choice((2, 5, 20, 400))]
    rng.shuffle(some)
    return "\n".join([*lines[:start], *some, *lines[start + len(some) :]])


def _lines_deleted(text: str, rng: Random) -> str:
    lines = text.split("\n")
    start = rng.randrange(len(lines))
    return "\n".join(lines[:start] + lines[start + rng.choice((1, 1, 2, 10, 50)) :])


def _lines_repeated(text: str, rng: Random) -> str:
    lines = text.split("\n")
    start = rng.randrange(len(lines))
    return "\n".join(lines[:start] + lines[start : start + rng.choice((1, 5, 60))] + lines[start:])


def _stretch_deleted(text: str, rng: Random) -> str:
    at = _at(text, rng)
    return text[:at] + text[at + rng.choice((1, 1, 2, 7, 300)) :]


def _piece_inserted(text: str, rng: Random) -> str:
    at = _at(text, rng)
    return text[:at] + rng.choice(PIECES) * rng.choice((1, 1, 3, 50)) + text[at:]


def _characters_swapped(text: str, rng: Random) -> str:
    characters = list(text)
    if characters:
        first, second = rng.randrange(len(text)), rng.randrange(len(text))
        characters[first], characters[second] = characters[second], characters[first]
    return "".join(characters)


def _all_replaced(text: str, rng: Random) -> str:
    old = text[_at(text, rng) :][:1] or "0"
    return text.replace(old, rng.choice(("", " ", "\n", "\t", "|", "0", "、", "一")))


_ACCIDENTS: tuple[Callable[[str, Random], str], ...] = (
    _truncated,
    _lines_shuffled,
    _lines_deleted,
    _lines_repeated,
    _stretch_deleted,
    _piece_inserted,
    _piece_inserted,
    _characters_swapped,
    _all_replaced,
)
