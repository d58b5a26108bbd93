"""Writes synthetic reports into a folder: `python -m tests.generation --count 1000 --out DIR --seed 1`."""

import argparse
import json
from decimal import Decimal
from pathlib import Path

from tests.generation import ENCODINGS, LAYOUTS, SIZES, Place, Rendered, report


def main() -> None:
    """Writes the files; with `--truth` also a JSON file beside each, with every number and where it stands."""
    options = _parser().parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for number in range(options.count):
        layout = options.layout[number % len(options.layout)]
        size = options.size[number // len(options.layout) % len(options.size)]
        place = Place(number) if options.series else None
        if place:
            size = options.size[number // 5 % len(options.size)]
        rendered = report(f"{options.seed}/{number}", layout, size, options.form, place)
        if options.crlf:
            rendered = rendered.with_newline("\r\n")
        path = options.out / f"{number:05}_{layout}{rendered.suffix}"
        path.write_bytes(rendered.encoded(options.encoding))
        if options.truth:
            path.with_suffix(".truth.json").write_text(_truth(rendered), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.generation", description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--layout", nargs="+", choices=LAYOUTS, default=LAYOUTS)
    parser.add_argument("--size", nargs="+", choices=SIZES, default=SIZES)
    parser.add_argument("--form", choices=("2019", "2021"), default="2021")
    parser.add_argument("--series", action="store_true", help="five years of each agency that follow from each other")
    parser.add_argument("--encoding", choices=ENCODINGS, default="utf-8")
    parser.add_argument("--crlf", action="store_true", help="end lines as Windows does")
    parser.add_argument("--truth", action="store_true", help="write NAME.truth.json beside each report")
    return parser


def _truth(rendered: Rendered) -> str:
    facts = {
        name: {"value": str(value) if isinstance(value, Decimal) else value, "span": rendered.cells[name]}
        for name, value in rendered.values.items()
    }
    return json.dumps({"layout": rendered.layout, "facts": facts}, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
