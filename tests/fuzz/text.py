"""Plain text and Markdown, damaged at random in their lines and in their bytes.

    python -m tests.fuzz.text [CASES [SEED]]

CASES of each kind (10000). `python -m tests.fuzz` shows how the time grows with the length of hostile texts.
"""

import sys
from random import Random

from tests.fuzz.mutations import flipped, mutated, text_of
from tests.fuzz.readers import main


def damaged_lines(rng: Random) -> bytes:
    """Returns a report after some accidents to its lines and pieces."""
    text, _ = text_of(rng)
    return mutated(text, rng, rng.choice((1, 2, 5, 20))).encode("utf-8", "replace")


def damaged_bytes(rng: Random) -> bytes:
    """Returns a report with some bits turned over, in one of the usual encodings."""
    text, _ = text_of(rng)
    return flipped(text.encode(rng.choice(("utf-8", "gb18030", "utf-16")), "replace"), rng, rng.choice((1, 3, 30)))


DAMAGES = {"lines": damaged_lines, "bytes": damaged_bytes}


if __name__ == "__main__":
    main("text", DAMAGES, sys.argv[1:])
