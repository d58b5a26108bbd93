"""The same table in the ways that people and programs write tables as text."""

import csv
import io
from collections.abc import Callable, Sequence
from html import escape

from tests.generation.official import Block, Grid, Words, columns_of
from tests.generation.writer import width

Cells = list[list[str]]
Syntax = Callable[[Cells], str]


def report(found: Sequence[Block], syntax: Syntax) -> str:
    """Returns a report as Markdown whose tables are written in a syntax."""
    return "".join(
        f"{'#' * block.level} {block.text}\n\n".lstrip(" ")
        if isinstance(block, Words)
        else f"{syntax(cells_of(block))}\n\n"
        for block in found
    )


def cells_of(grid: Grid) -> Cells:
    """Returns the texts of a table, blank where a merged cell covers the grid."""
    return [
        [text for _, piece, begins in row for text in (piece.text if begins else "", *[""] * (piece.columns - 1))]
        for row in columns_of(grid)
    ]


def pipes(cells: Cells, rule: str = "---", *, header: Sequence[str] | None = None) -> str:
    """A pipe table; without a header of its own the first row is one."""
    first, *others = cells if header is None else [list(header), *cells]
    return _lines(_barred(first), "|" + f"{rule}|" * len(first), *map(_barred, others))


def _barred(row: Sequence[str]) -> str:
    return "| " + " | ".join(row) + " |"


def _lines(*lines: str) -> str:
    return "\n".join(lines)


def bare_bars(cells: Cells) -> str:
    """As html2text: no bars at the ends, spaces that break lines."""
    first, *others = ["| ".join(row) + "  " for row in cells]
    return _lines(first, "|".join(["---"] * len(cells[0])) + "  ", *others)


def numbered(cells: Cells) -> str:
    """As pandas: columns and rows numbered from 0, `nan` for nothing."""
    rows = [[str(at), *(text or "nan" for text in row)] for at, row in enumerate(cells)]
    return pipes(rows, ":---", header=["", *map(str, range(len(cells[0])))])


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def _widths(cells: Cells, least: int = 2) -> list[int]:
    return [max(least, *(max(map(width, text.split("\n"))) for text in column)) for column in zip(*cells, strict=True)]


def grid(cells: Cells, *, lines: int = 1, every: bool = True) -> str:
    """A grid of `+---+`, its labels broken over so many lines; a rule below every row or only around the table."""
    broken = [[_broken(text, lines) for text in row] for row in cells]
    widths = _widths(broken)
    rule = "+" + "+".join("-" * (columns + 2) for columns in widths) + "+"
    rows: list[str] = []
    for row in broken:
        rows += [_barred(line) for line in _on_lines(row, widths)]
        rows += [rule] if every or len(rows) == 1 else []
    return _lines(rule, *rows, *([] if rows[-1] == rule else [rule]))


def _broken(text: str, lines: int) -> str:
    if lines == 1 or not text or text[0].isascii():
        return text
    size = -(-len(text) // lines)
    return "\n".join(text[at : at + size] for at in range(0, len(text), size))


def _on_lines(row: Sequence[str], widths: Sequence[int]) -> list[list[str]]:
    parts = [text.split("\n") for text in row]
    height = max(map(len, parts))
    return [
        [_padded(part[at] if at < len(part) else "", columns) for part, columns in zip(parts, widths, strict=True)]
        for at in range(height)
    ]


def box(cells: Cells) -> str:
    """A table in box characters, each as wide as a letter."""
    first, *inner, last = grid(cells).split("\n")
    return _lines(
        _drawn(first, "┌┬┐"),
        *(_drawn(line, "├┼┤") if line[0] == "+" else line.replace("|", "│") for line in inner),
        _drawn(last, "└┴┘"),
    )


def _drawn(rule: str, marks: str) -> str:
    return marks[0] + rule[1:-1].replace("+", marks[1]).replace("-", "─") + marks[2]


def under_dashes(cells: Cells, *, lines: int = 1) -> str:
    """Columns under dashes, as Pandoc writes a table without header; blank lines part rows of several."""
    broken = [[_broken(text, lines) for text in row] for row in cells]
    widths = _widths(broken)
    rule = "  " + " ".join("-" * columns for columns in widths)
    rows = ["\n".join("  " + " ".join(line).rstrip() for line in _on_lines(row, widths)) for row in broken]
    return _lines(rule, ("\n" if lines == 1 else "\n\n").join(rows), rule)


def commas(cells: Cells, separator: str = ",") -> str:
    """As spreadsheets save a table."""
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator="\n").writerows(cells)
    return file.getvalue().rstrip("\n")


def tabs_behind(cells: Cells) -> str:
    """As copied from web pages: a tab behind every cell."""
    return _lines(*("".join(f"{text}\t" for text in row) for row in cells))


def html(cells: Cells) -> str:
    """A table of HTML, a cell for each column."""
    rows = (f"<tr>{''.join(f'<td>{escape(text, quote=False)}</td>' for text in row)}</tr>" for row in cells)
    return _lines("<table>", *rows, "</table>")


SYNTAXES: dict[str, Syntax] = {
    "pipes": pipes,
    "pipes aligned": lambda cells: pipes(cells, ":---:"),
    "pipes aligned right": lambda cells: pipes(cells, "-:"),
    "pipes with the shortest rule": lambda cells: pipes(cells, "-"),
    "pipes below a blank header": lambda cells: pipes(cells, " --- ", header=[""] * len(cells[0])),
    "full-width bars": lambda cells: pipes(cells).replace("|", "｜").replace("---", "———"),
    "no outer bars": bare_bars,
    "columns and rows numbered": numbered,
    "a bar and plus rule": lambda cells: pipes(cells).replace("---|---", "---+---").replace("---|---", "---+---"),
    "grid": grid,
    "grid with cells of several lines": lambda cells: grid(cells, lines=3),
    "frame": lambda cells: grid(cells, every=False),
    "box characters": box,
    "under dashes": under_dashes,
    "under dashes with cells of several lines": lambda cells: under_dashes(cells, lines=3),
    "commas": commas,
    "semicolons": lambda cells: commas(cells, ";"),
    "html": html,
}
"""Those in which every cell of the grid is written and marked."""
TABS: dict[str, Syntax] = {"tabs": lambda cells: commas(cells, "\t"), "a tab behind each cell": tabs_behind}
"""Those in which a row of one cell looks like a paragraph."""
