"""Generated reports printed by other programs, page ends wherever they fall: `python -m tests.office.printers FOLDER`.

LibreOffice prints a Word file, Chromium and WeasyPrint a page of HTML; Ghostscript and Cairo write such prints
anew. Each print is of a report whose numbers are of
all lengths and add up to nothing, so that a number that is read as another's is seen; `wrong` says which ones are.
"""

import argparse
import json
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from disclosure_lint import FileResult, Linter
from tests.browser import tab
from tests.generation import SIZES, make
from tests.generation.official import Block, Grid, Piece, official
from tests.office.docx import Cell, document, package, paragraph, styles
from tests.office.docx import row as row_xml
from tests.office.libre_office import converted
from tests.office.official import block_xml, rows

PAPERS = {"A5": (420, 595), "B5": (499, 709), "A4": (595, 842), "A3": (842, 1191)}
FONTS = ("WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "AR PL UMing CN", "AR PL UKai CN")
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_HTML_LINES = {
    "single": "0.75pt solid",
    "dashed": "0.75pt dashed",
    "dotted": "1pt dotted",
    "double": "2.25pt double",
    "thick": "2pt solid",
}
_WORD_LINES = {name: (name, 4) for name in _HTML_LINES} | {"thick": ("single", 16)}
"""Name and eighths of a point."""


class Print(NamedTuple):
    """How a report is printed."""

    width: int = 595
    """Of the page, in points, as are the other measures."""
    height: int = 842
    margin: int = 60
    font: str = FONTS[0]
    size: float = 12
    cell_size: float = 9
    padding: float = 3
    align: str = "middle"
    """How text stands in cells: `top`, `middle` or `bottom`."""
    collapse: bool = True
    """Whether cells share their borders; only in HTML."""
    heads: bool = False
    """Whether rows without numbers at the top of a table come again on each page."""
    whole: bool = False
    """Whether rows are kept whole."""
    breaks: bool = True
    """Whether numbers go on in the next line where they are too wide for their column; only in HTML."""
    even: bool = False
    """Whether all columns are equally wide; only in HTML, elsewhere they always are."""
    wide: int = 100
    """Width of tables against that of the text in per cent: what is wider goes over the margin and off the page."""
    bold: bool = False
    """Whether cells are bold; where a font has no bold face, programs draw its outlines besides."""
    row: float = 0
    """Least height of a row in points."""
    lines: str = "single"
    """How the lines around cells are drawn: `single`, `dashed`, `dotted`, `double` or `thick`."""
    ground: bool = False
    """Whether labels have a ground."""
    upright: bool = False
    """Whether the labels of groups are written from top to bottom."""
    spaced: float = 0
    """Points between the characters of cells."""
    sides: str = "center"
    """How text stands in cells: `center`, `left` or `right`."""


def print_of(rng: Random) -> Print:
    """Returns some way to print."""
    sides = rng.choice(list(PAPERS.values()))
    width, height = sides if rng.random() < 0.6 else sides[::-1]
    return Print(
        width,
        height + rng.randrange(-60, 60),
        rng.choice((30, 45, 60)),
        rng.choice(FONTS),
        rng.choice((10.5, 12, 16)),
        rng.choice((7.5, 9, 10.5, 12)),
        rng.choice((0.5, 2, 5)),
        rng.choice(("top", "middle", "bottom")),
        rng.random() < 0.7,
        rng.random() < 0.2,
        rng.random() < 0.2,
        rng.random() < 0.7,
        rng.random() < 0.3,
        rng.choice((100, 100, 100, 105, 112, 130)),
        rng.random() < 0.3,
    )


def other_print_of(rng: Random) -> Print:
    """Returns some way to print in which cells look otherwise, too; no table goes over the margin."""
    return print_of(rng)._replace(
        wide=100,
        row=rng.choice((0, 24, 40)),
        lines=rng.choice(("single", "dashed", "dotted", "double", "thick")),
        ground=rng.random() < 0.4,
        upright=rng.random() < 0.5,
        spaced=rng.choice((0, 0, 1, 2)),
        sides=rng.choice(("center", "left", "right")),
    )


def report_of(rng: Random) -> list[Block]:
    """Returns a report whose numbers are of all lengths, none of them blank."""
    blocks = official(make(rng, rng.choice(SIZES), rng.choice(("2021", "2019"))), rng)
    return [block._replace(rows=_with_numbers(block, rng)) if isinstance(block, Grid) else block for block in blocks]


def _with_numbers(grid: Grid, rng: Random) -> tuple[tuple[Piece, ...], ...]:
    return tuple(
        tuple(
            piece._replace(text=str(rng.randrange(10 ** rng.choice((1, 2, 3, 4))))) if piece.name else piece
            for piece in row
        )
        for row in grid.rows
    )


def as_html(blocks: Sequence[Block], how: Print) -> str:
    """Returns a report as a page that says how it is to be printed."""
    style = (
        f"@page {{ size: {how.width}pt {how.height}pt; margin: {how.margin}pt }} "
        f'body {{ font: {how.size}pt "{how.font}"; margin: 0 }} h1 {{ font-size: 1.4em; text-align: center }} '
        f"h2, h3 {{ font-size: 1em }} table {{ width: {how.wide}%; table-layout: {'fixed' if how.even else 'auto'}; "
        f"border-{'collapse: collapse' if how.collapse else 'spacing: 0'} }} "
        f"td {{ border: {_HTML_LINES[how.lines]} #000; padding: {how.padding}pt; font-size: {how.cell_size}pt; "
        f"text-align: {how.sides}; letter-spacing: {how.spaced}pt; height: {how.row}pt; "
        f"vertical-align: {how.align}; word-break: {'break-all' if how.breaks else 'normal'}; "
        f"font-weight: {'bold' if how.bold else 'normal'} }} "
        f"thead {{ display: {'table-header-group' if how.heads else 'table-row-group'} }} "
        f"tr {{ break-inside: {'avoid' if how.whole else 'auto'} }} .label {{ background: #ddd }} "
        ".group { writing-mode: vertical-rl }"
    )
    found = [f'<!DOCTYPE html><meta charset="utf-8"><title>年报</title><style>{style}</style>']
    for block in blocks:
        if not isinstance(block, Grid):
            tag = f"h{block.level}" if block.level else "p"
            found.append(f"<{tag}>{block.text}</{tag}>")
            continue
        lines = ["".join(_html_cell(one, how) for one in row) for row in block.rows]
        head = _header(block)
        parts = (("thead", lines[:head]), ("tbody", lines[head:]))
        body = "".join(f"<{tag}>{''.join(f'<tr>{line}</tr>' for line in some)}</{tag}>" for tag, some in parts if some)
        found.append(f"<table>{body}</table>")
    return "\n".join(found)


def _html_cell(piece: Piece, how: Print) -> str:
    names = ["label"] * (how.ground and not piece.name) + ["group"] * (how.upright and _is_group(piece))
    return f'<td class="{" ".join(names)}" colspan="{piece.columns}" rowspan="{piece.rows}">{piece.text}</td>'


def _is_group(piece: Piece) -> bool:
    return piece.columns == 1 and piece.rows > 2 and not piece.name


def _header(grid: Grid) -> int:
    return next((at for at, row in enumerate(grid.rows) if any(piece.name for piece in row)), 0)


def as_word(blocks: Sequence[Block], how: Print) -> bytes:
    """Returns a report as a Word file that says how it is to be printed."""
    body = [_word_table(block, how) if isinstance(block, Grid) else block_xml(block) for block in blocks]
    side = how.margin * 20
    section = (
        f'<w:sectPr><w:pgSz w:w="{how.width * 20}" w:h="{how.height * 20}"/>'
        f'<w:pgMar w:top="{side}" w:right="{side}" w:bottom="{side}" w:left="{side}"/></w:sectPr>'
    )
    fonts = f'<w:rFonts w:ascii="{how.font}" w:hAnsi="{how.font}" w:eastAsia="{how.font}"/>'
    run = f'<w:rPr>{fonts}<w:sz w:val="{round(how.size * 2)}"/></w:rPr>'
    parts = {"styles.xml": styles(f"<w:docDefaults><w:rPrDefault>{run}</w:rPrDefault></w:docDefaults>")}
    return package(document(*body).replace("<w:sectPr/>", section), parts)


def _word_table(grid: Grid, how: Print) -> str:
    unit = round((how.width - 2 * how.margin) * how.wide / 5 / grid.width)
    look = ("<w:b/>" if how.bold else "") + f'<w:spacing w:val="{round(how.spaced * 20)}"/>'
    look += f'<w:sz w:val="{round(how.cell_size * 2)}"/>'
    align = {"top": "top", "middle": "center", "bottom": "bottom"}[how.align]
    lines = []
    for number, cells in enumerate(rows(grid)):
        made = [
            cell._replace(
                content=paragraph(
                    f"<w:r><w:rPr>{look}</w:rPr><w:t>{cell.content}</w:t></w:r>",
                    f'<w:jc w:val="{how.sides}"/>',
                ),
                width=cell.columns * unit,
                properties=_word_cell(cell, how) + f'<w:vAlign w:val="{align}"/>',
            )
            for cell in cells
        ]
        head = f'<w:trHeight w:val="{round(how.row * 20)}"/>' if how.row else ""
        head += "<w:tblHeader/>" if how.heads and number < _header(grid) else ""
        lines.append(row_xml(made, ("<w:cantSplit/>" if how.whole else "") + head))
    columns = f'<w:gridCol w:w="{unit}"/>' * grid.width
    padding = "".join(f'<w:{side} w:w="{round(how.padding * 20)}" w:type="dxa"/>' for side in _SIDES[:4])
    line, size = _WORD_LINES[how.lines]
    borders = "".join(f'<w:{side} w:val="{line}" w:sz="{size}" w:space="0" w:color="000000"/>' for side in _SIDES)
    properties = (
        f'<w:tblPr><w:tblW w:w="{unit * grid.width}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{padding}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )
    return f"<w:tbl>{properties}{''.join(lines)}</w:tbl>"


def _word_cell(cell: Cell, how: Print) -> str:
    """Returns ground and direction of a cell."""
    found = '<w:shd w:val="clear" w:color="auto" w:fill="DDDDDD"/>' if how.ground and not cell.content.isdigit() else ""
    is_group = cell.below and cell.columns == 1 and len(cell.content) > 6
    return found + ('<w:textDirection w:val="tbRlV"/>' if how.upright and is_group else "")


def by_libre_office(reports: Mapping[str, tuple[Sequence[Block], Print]], folder: Path) -> None:
    """Prints reports by their names into a folder."""
    files = {f"{name}.docx": as_word(*report) for name, report in reports.items()}
    for name, data in converted(files, "pdf", folder).items():
        (folder / name).write_bytes(data)


def by_chromium(reports: Mapping[str, tuple[Sequence[Block], Print]], folder: Path) -> None:
    """Prints reports by their names into a folder, in one run of the browser: it takes seconds to start."""
    with tab(folder) as browser:
        for name, report in reports.items():
            page = folder / f"{name}.html"
            page.write_text(as_html(*report), encoding="utf-8")
            browser.open(page)
            page.with_suffix(".pdf").write_bytes(browser.printed())


def by_weasyprint(reports: Mapping[str, tuple[Sequence[Block], Print]], folder: Path) -> None:
    """Prints reports by their names into a folder."""
    weasyprint = pytest.importorskip("weasyprint")
    for name, report in reports.items():
        weasyprint.HTML(string=as_html(*report)).write_pdf(folder / f"{name}.pdf")


def rewritten(folder: Path) -> None:
    """Writes each print in a folder anew by other programs, beside it."""
    for path in sorted(folder.glob("*.pdf")):
        gs, cairo = (path.with_stem(f"{path.stem}-by-{name}") for name in ("gs", "cairo"))
        subprocess.run(
            ["gs", "-q", "-sDEVICE=pdfwrite", f"-sOutputFile={gs}", "-dBATCH", "-dNOPAUSE", path], check=True
        )
        subprocess.run(["pdftocairo", "-pdf", path, cairo], check=True)
        for copy in (gs, cairo):
            copy.with_suffix(".json").write_bytes(path.with_suffix(".json").read_bytes())


PRINTERS: dict[str, Callable[[Mapping[str, tuple[Sequence[Block], Print]], Path], None]] = {
    "libreoffice": by_libre_office,
    "chromium": by_chromium,
    "weasyprint": by_weasyprint,
}


def truth(blocks: Sequence[Block]) -> dict[str, str]:
    """Returns the numbers of a report by the names of their cells."""
    return {
        piece.name: piece.text
        for block in blocks
        if isinstance(block, Grid)
        for row in block.rows
        for piece in row
        if piece.name
    }


def wrong(result: FileResult, numbers: Mapping[str, str]) -> dict[str, str]:
    """Returns by their names the cells that are given as another number than theirs, or as blank."""
    facts = {} if result.report is None else {str(name): fact for name, fact in result.report.facts.items()}
    return {
        name: fact.raw
        for name, fact in facts.items()
        if (fact.state == "blank" and numbers[name]) or (fact.state == "given" and str(fact.value) != numbers[name])
    }


def main() -> None:
    """Prints reports into a folder, or reads those that are there, and says what is read wrongly."""
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("--print", nargs="*", choices=list(PRINTERS), default=[])
    options.add_argument("--rewrite", action="store_true")
    options.add_argument("--count", type=int, default=20)
    options.add_argument("--seed", default="printers")
    given = options.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for printer in given.print:
        printed(printer, given.count, given.folder, given.seed)
    if given.rewrite:
        rewritten(given.folder)
    sums, bad = judged(given.folder)
    print(*bad, sep="\n")
    print(", ".join(f"{name} {count}" for name, count in sums.items()))


def printed(
    printer: str, count: int, folder: Path, seed: str = "printers", way: Callable[[Random], Print] = print_of
) -> None:
    """Prints so many reports into a folder, each in some way, and the truth beside each."""
    reports: dict[str, tuple[Sequence[Block], Print]] = {}
    for number in range(count):
        rng = Random(f"{seed} {printer} {number}")
        reports[f"{printer}-{number}"] = report_of(rng), way(rng)
    PRINTERS[printer](reports, folder)
    for name, (blocks, how) in reports.items():
        (folder / f"{name}.json").write_text(json.dumps([truth(blocks), how._asdict()], ensure_ascii=False))


def judged(folder: Path) -> tuple[Counter[str], list[str]]:
    """Returns how many cells of the prints in a folder are right and wrong, and a line for each print with others."""
    linter = Linter.default()
    sums: Counter[str] = Counter()
    lines: list[str] = []
    for path in sorted(folder.glob("*.pdf")):
        numbers, _ = json.loads(path.with_suffix(".json").read_text())
        result = linter.lint(path.name, path.read_bytes())
        read = {} if result.report is None else {str(name): fact for name, fact in result.report.facts.items()}
        bad = wrong(result, numbers)
        right = sum(name in read and name not in bad and read[name].state == "given" for name in numbers)
        sums.update({"prints": 1, "cells": len(numbers), "right": right, "wrong": len(bad)})
        if right < len(numbers):
            codes = sorted({one.code for one in result.diagnostics} - {"DL301", "DL302", "DL303", "DL304", "DL305"})
            some = ", ".join(f"{name}={raw or 'blank'}" for name, raw in list(bad.items())[:2])
            lines.append(f"{path.name}: {right}/{len(numbers)} right, {len(bad)} wrong ({some}) {' '.join(codes)}")
    return sums, lines


if __name__ == "__main__":
    main()
