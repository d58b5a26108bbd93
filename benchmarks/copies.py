"""How many copied texts are found among very many, and what that costs.

python -m benchmarks.copies [--texts 100000]

Texts of 500 characters are made of phrases, some of which everybody uses. Into some a half of another text is put at a
random place, some are another text with a word changed in every thirty characters. All texts are of different agencies.
"""

import argparse
import resource
import sys
from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from time import process_time

from disclosure_lint.checks.copied import CopiedCheck
from disclosure_lint.checks.winnowing import fingerprints
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.kind import Kept

LENGTH = 500
COPIES = 500
_PHRASES, _COMMON = 400_000, 3_000


def main() -> None:
    """Prints what was found, processor time of each step and the most memory."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.copies", description=main.__doc__)
    parser.add_argument("--texts", type=int, default=100_000)
    count = parser.parse_args().texts
    rule = next(one for one in Linter.default().rules if one.kind == "copied")
    random = Random(1)
    texts = list(_texts(random, count))
    halves, edited = _planted(random, texts)
    before = _peak()
    print(f"Python {sys.version.split()[0]}, {count} texts of {LENGTH} characters, {COPIES} copies of each sort")
    start = process_time()
    kept = [_kept(number, text) for number, text in enumerate(texts)]
    printed = process_time()
    found = {int(path): copies for path, copies in CopiedCheck().conclude(rule, kept).items() if copies}
    ended = process_time()
    size = sum(len(one.data[0][2]) + len(one.data[0][3]) for one in kept) / 1e6
    print(f"fingerprints {printed - start:.1f} s, {size:.0f} MB; conclusions {ended - printed:.1f} s of processor time")
    print(f"most memory {_peak():.0f} MB, {before:.0f} MB of it for the texts")
    right = sum(_names(found, copy, source) for copy, source in halves.items())
    print(f"copied halves {right} of {len(halves)}", end="; ")
    right = sum(_names(found, copy, source) for copy, source in edited.items())
    planted = {*halves, *halves.values(), *edited, *edited.values()}
    print(f"edited copies {right} of {len(edited)}; others {len(found.keys() - planted)}")


def _kept(number: int, text: str) -> Kept:
    return Kept(str(number), f"机关{number}", 2024, (("problems", len(text), *fingerprints(text), (0,), (1,)),))


def _names(found: Mapping[int, Sequence[Sequence[object]]], copy: int, source: int) -> bool:
    """Says whether a pair was found: of two in one year, the later one is said to be like the earlier."""
    later, earlier = max(copy, source), min(copy, source)
    return any(one[4] == str(earlier) for one in found.get(later, ()))


def _texts(random: Random, count: int) -> list[str]:
    characters = [chr(0x4E00 + number) for number in range(3000)]
    shares = list(accumulate(1 / (rank + 10) for rank in range(len(characters))))

    def word(length: int) -> str:
        return "".join(characters[bisect(shares, random.random() * shares[-1])] for _ in range(length))

    rare = [word(random.randint(4, 14)) for _ in range(_PHRASES)]
    common = [word(random.randint(6, 18)) for _ in range(_COMMON)]
    made = []
    for _ in range(count):
        text = ""
        while len(text) < LENGTH:
            phrase = random.choice(common) if random.random() < 0.3 else random.choice(rare)
            text += phrase + random.choice("，，，。、")
        made.append(text[:LENGTH])
    return made


def _planted(random: Random, texts: list[str]) -> tuple[dict[int, int], dict[int, int]]:
    """Makes copies of some of the texts; returns by copy what it is of: halves, and edited wholes."""
    numbers = random.sample(range(len(texts)), 4 * COPIES)
    pairs = [iter(numbers[at : at + COPIES]) for at in range(0, 4 * COPIES, COPIES)]
    halves, edited = dict(zip(pairs[0], pairs[1], strict=True)), dict(zip(pairs[2], pairs[3], strict=True))
    half = LENGTH // 2
    for copy, source in halves.items():
        at, to = random.randint(0, half), random.randint(0, half)
        texts[copy] = texts[copy][:to] + texts[source][at : at + half] + texts[copy][to + half :]
    for copy, source in edited.items():
        text = list(texts[source])
        for at in range(random.randint(0, 29), LENGTH, 30):
            text[at] = "改"
        texts[copy] = "".join(text)
    return halves, edited


def _peak() -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


if __name__ == "__main__":
    main()
