"""Counts how disturbed reports are read: `python -m tests.generation.measure [--seeds N] [--seed S --show FILE]`.

For every layout and every kind of disturbance: cells that are right, left open and wrong, and findings that are false,
with the seed of the first report that shows it. The code measured is the `disclosure_lint` that Python finds first.
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import disclosure_lint
from disclosure_lint.engine.linter import Linter
from tests.generation import CONVERTED_LAYOUTS, LAYOUTS, SIZES, Rendered, make, render
from tests.generation.disturbances import DISTURBANCES, TABLES, all_single
from tests.generation.judging import Verdict, judge
from tests.generation.variants import VARIATIONS, varied

FORMS = ("2021", "2019")
_ALL = (*LAYOUTS, *CONVERTED_LAYOUTS)
KINDS = ("none", *VARIATIONS, *DISTURBANCES)
_TRUE = {"hyphen": "DL204", "slash": "DL204", "dash": "DL204", "word": "DL204", "header_cell_lost": "DL202"}
"""Codes that are true after something was done to a text."""


class Sample(NamedTuple):
    """A disturbed report with its truth."""

    rendered: Rendered
    done: str
    unknown: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()

    def judged(self, linter: Linter) -> Verdict:
        """Returns how it is read."""
        rendered = self.rendered
        data = rendered.encoded("utf-8-sig")
        return judge(linter, f"report{rendered.suffix}", data, rendered.values, self.unknown, self.codes)


def sample(seed: object, layout: str, kind: str) -> Sample | None:
    """Returns the report of a seed in a layout with something of a kind done to it; None if that cannot be there.

    Kinds with `+` between them are done one after the other, what is done to a text last. Size and form are drawn too.
    KeyError: no such layout or kind.
    """
    rng = Random(f"{seed}/{layout}/{kind}")
    size, form = rng.choice((*SIZES, "city", "city")), rng.choice(FORMS)
    content = make(rng, size, form)
    kinds = [name for name in kind.split("+") if name != "none"]
    found = varied(content, [name for name in kinds if name in VARIATIONS], rng)
    if found is None:
        return None
    done = Sample(render(found.content, layout, rng), found.done or "nothing", found.unknown, found.codes)
    for name in kinds:
        if name not in VARIATIONS:
            cases = list(all_single(done.rendered, rng, [rng.choice(TABLES)], [name], limit=1))
            if not cases or layout in CONVERTED_LAYOUTS:
                return None
            codes = done.codes | {_TRUE[name]} if name in _TRUE else done.codes
            done = Sample(cases[0].rendered, f"{done.done}; {cases[0]}", done.unknown, codes)
    return done


def samples(seeds: range, layout: str, kind: str) -> Iterator[tuple[int, Sample]]:
    """Yields the reports of some seeds, those that there are."""
    for seed in seeds:
        if found := sample(seed, layout, kind):
            yield seed, found


def main() -> int:
    """Prints a line for each layout and kind that has a fault, or for all, and the sums; 1 if there was a fault."""
    options = _parser().parse_args()
    linter = Linter.default()
    print(f"# {Path(disclosure_lint.__file__).parent}", file=sys.stderr)
    seeds = range(options.seeds) if options.seed is None else range(options.seed, options.seed + 1)
    if options.show and options.seed is None:
        raise SystemExit("--show needs --seed")
    sums: dict[tuple[str, str], Verdict] = defaultdict(Verdict)
    print(
        f"{'layout':16} {'kind':24} {'right':>7} {'open':>6} {'WRONG':>6} {'blank':>6} {'false':>6} {'doubt':>6}  first"
    )
    began = time.process_time()
    for layout in options.layouts:
        for kind in options.disturbances:
            total, first = Verdict(), ""
            for seed, found in samples(seeds, layout, kind):
                verdict = found.judged(linter)
                total.add(verdict)
                if verdict.faults and not first:
                    first = f"--seed {seed}: {found.done}: {verdict.faults[0]}"
                if options.show:
                    _show(options.show, layout, kind, found, verdict)
            sums["all layouts", kind].add(total)
            sums[layout, "all kinds"].add(total)
            sums["ALL", "ALL"].add(total)
            if first or options.all:
                _print(layout, kind, total, first)
    for (layout, kind), total in sums.items():
        _print(layout, kind, total)
    print(f"# {time.process_time() - began:.0f} s of processor time", file=sys.stderr)
    return int(bool(sums["ALL", "ALL"].faults))


def _print(layout: str, kind: str, found: Verdict, first: str = "") -> None:
    counts = (found.right, found.open, len(found.wrong), len(found.blank), len(found.false), found.doubts)
    print(f"{layout:16} {kind:24} {' '.join(f'{count:{7 - (at > 0)}}' for at, count in enumerate(counts))}  {first}")


def _show(folder: Path, layout: str, kind: str, found: Sample, verdict: Verdict) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{layout}-{kind}{found.rendered.suffix}"
    path.write_text(found.rendered.text, encoding="utf-8")
    print(f"{path}: {found.done}", *verdict.faults, sep="\n    ")


def _kinds(text: str) -> str:
    if unknown := set(text.split("+")) - set(KINDS):
        raise argparse.ArgumentTypeError(f"no such kind: {', '.join(unknown)}")
    return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.generation.measure", description=__doc__)
    parser.add_argument("--seeds", type=int, default=2, help="reports for each layout and kind (default 2)")
    parser.add_argument("--layouts", nargs="+", choices=_ALL, default=_ALL, metavar="LAYOUT", help=" ".join(_ALL))
    parser.add_argument("--disturbances", nargs="+", type=_kinds, default=KINDS, metavar="KIND", help="; ".join(KINDS))
    parser.add_argument("--seed", type=int, help="one report only")
    parser.add_argument("--show", type=Path, metavar="FOLDER", help="write the text there and print all faults")
    parser.add_argument("--all", action="store_true", help="print lines without a fault too")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
