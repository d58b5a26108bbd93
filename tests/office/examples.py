"""The Word files and web pages among the examples: `python -m tests.office.examples` writes them anew."""

from pathlib import Path
from random import Random

from tests.generation import make
from tests.generation.official import Block, Grid, Piece, official
from tests.office.html import by_word, from_a_site
from tests.office.official import with_automatic_numbers, with_changes

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def examples() -> dict[str, bytes]:
    """Returns the content of each file by its name."""
    return {
        "good/automatic-numbers.docx": with_automatic_numbers(_report("word 9")),
        "bad/tracked-changes.docx": with_changes(_merged_wrongly(_report("word 4")), "requests", 3, 1),
        "good/site-page.html": from_a_site(_report("html 3")).replace('"utf-8"', '"gb2312"').encode("gb18030"),
        "bad/saved-by-word.htm": by_word(_mistyped(_report("html 6"))).encode("gb18030"),
    }


def _report(seed: str) -> list[Block]:
    rng = Random(seed)
    return official(make(rng, "county"), rng)


def _merged_wrongly(blocks: list[Block]) -> list[Block]:
    """Merges two numbers of a row of 表三, as Word does when somebody selects both and merges them."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid) and block.table == "requests":
            row = list(block.rows[5])
            first, second = row[3:5]
            row[3:5] = [Piece(f"{first.text}\n{second.text}", 2, name=first.name)]
            block = block._replace(rows=(*block.rows[:5], tuple(row), *block.rows[6:]))
        found.append(block)
    return found


def _mistyped(blocks: list[Block]) -> list[Block]:
    """Gives a row of 表三 a total that is one too large."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid) and block.table == "requests":
            *row, total = block.rows[3]
            row.append(total._replace(text=str(int(total.text) + 1)))
            block = block._replace(rows=(*block.rows[:3], tuple(row), *block.rows[4:]))
        found.append(block)
    return found


def main() -> None:
    """Writes the files."""
    for name, data in examples().items():
        (EXAMPLES / name).write_bytes(data)


if __name__ == "__main__":
    main()
