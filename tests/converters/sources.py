"""The filled reports that are given to other programs."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from random import Random

from tests.generation import SIZES, Content, Value, make
from tests.generation.forms import REQUESTS
from tests.generation.official import Block, Grid, Words, official
from tests.generation.variants import varied
from tests.office.docx import document, package, styles, table
from tests.office.official import BORDERS, block_xml, rows

FORMS = ("2021", "2019")
WRITINGS: dict[str, tuple[str, ...]] = {
    "plain": (),
    "thousands": ("cells_thousands",),
    "blanks": ("cells_blank",),
}
"""What is done to the numbers of a report, by the kinds of `tests.generation.variants`."""
PAGES = {"A4": (210, 297), "A5": (148, 210), "B5": (176, 250), "A3": (297, 420), "Letter": (216, 279)}
"""Width and height in millimetres."""
FONTS = ("WenQuanYi Micro Hei", "AR PL UMing CN", "WenQuanYi Zen Hei")
_MARGIN = 18
_TWIPS = 56.7
_LABELS = {REQUESTS: (1.5, 2.0, 5.0)}
"""How wide the columns of labels are where columns are as wide as they need, a column of numbers being 1.6."""


@dataclass(frozen=True)
class Source:
    """A filled report, and the page that it is to be printed on."""

    name: str
    content: Content
    blocks: tuple[Block, ...]
    page: str
    landscape: bool
    font: str
    fitted: bool
    """Whether columns of labels are wider than those of numbers."""
    unknown: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()

    @property
    def values(self) -> dict[str, Value]:
        """The truth of every cell."""
        return self.content.numbers

    @property
    def paper(self) -> tuple[int, int]:
        """Width and height of the page in millimetres."""
        width, height = PAGES[self.page]
        return (height, width) if self.landscape else (width, height)

    @cached_property
    def docx(self) -> bytes:
        """The report as a Word file."""
        width, height = (round(side * _TWIPS) for side in self.paper)
        found = [block_xml(block) if isinstance(block, Words) else self._table(block) for block in self.blocks]
        turned = ' w:orient="landscape"' if self.landscape else ""
        edge = round(_MARGIN * _TWIPS)
        section = (
            f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"{turned}/><w:pgMar w:top="{edge}" w:right="{edge}" '
            f'w:bottom="{edge}" w:left="{edge}" w:header="400" w:footer="400" w:gutter="0"/></w:sectPr>'
        )
        font = f'<w:rPr><w:rFonts w:ascii="{self.font}" w:hAnsi="{self.font}" w:eastAsia="{self.font}"/></w:rPr>'
        named = styles().replace('<w:name w:val="Normal"/>', f'<w:name w:val="Normal"/>{font}')
        return package(document(*found).replace("<w:sectPr/>", section), {"styles.xml": named})

    def _table(self, grid: Grid) -> str:
        shares = self._shares(grid)
        unit = (self.paper[0] - 2 * _MARGIN) * _TWIPS / sum(shares)
        found = []
        for row in rows(grid):
            cells, at = [], 0
            for cell in row:
                cells.append(cell._replace(width=round(unit * sum(shares[at : at + cell.columns]))))
                at += cell.columns
            found.append(cells)
        columns = "".join(f'<w:gridCol w:w="{round(unit * share)}"/>' for share in shares)
        made = table(found, BORDERS)
        start, end = made.index("<w:tblGrid>"), made.index("</w:tblGrid>")
        return f"{made[:start]}<w:tblGrid>{columns}{made[end:]}"

    def _shares(self, grid: Grid) -> list[float]:
        labels = _LABELS.get(grid.table, ()) if self.fitted else ()
        return [*labels, *[1.6] * (grid.width - len(labels))]

    @cached_property
    def html(self) -> bytes:
        """The report as a page, with what a printer has to know of the paper."""
        turned = " landscape" if self.landscape else ""
        size = f"{self.page} {turned}" if self.page != "Letter" else f"letter{turned}"
        style = (
            f"@page {{ size: {size}; margin: {_MARGIN}mm }} "
            f'body {{ font-family: "{self.font}"; font-size: 12px }} h1 {{ text-align: center }} '
            "table { border-collapse: collapse; width: 100% } "
            "td { border: 1px solid #000; padding: 2px; text-align: center }"
        )
        head = f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>{self.content.title}</title>'
        body = "\n".join(
            _words(block) if isinstance(block, Words) else self._html_table(block) for block in self.blocks
        )
        return f"{head}<style>{style}</style></head>\n<body>\n{body}\n</body></html>\n".encode()

    def _html_table(self, grid: Grid) -> str:
        shares = self._shares(grid)
        columns = "".join(f'<col style="width: {100 * share / sum(shares):.1f}%">' for share in shares)
        lines = ["".join(_html_cell(*piece[:3]) for piece in row) for row in grid.rows]
        group = f"<colgroup>{columns}</colgroup>" if self.fitted else ""
        return f"<table>{group}<tbody>\n" + "\n".join(f"<tr>{line}</tr>" for line in lines) + "\n</tbody></table>"


def _words(words: Words) -> str:
    tag = f"h{words.level}" if words.level else "p"
    return f"<{tag}>{words.text}</{tag}>"


def _html_cell(text: str, columns: int, height: int) -> str:
    spans = f' colspan="{columns}"' * (columns > 1) + f' rowspan="{height}"' * (height > 1)
    return f"<td{spans}>{text}</td>"


def source(number: int, kinds: Iterable[str] = ()) -> Source | None:
    """Returns a report by its number, the same every time; None if what is to be done to its tables cannot be done.

    Form, size, paper and font go round with the number. `kinds` are those of `tests.generation.variants`.
    """
    rng = Random(f"converters {number}")
    form, size, writing = FORMS[number % 2], SIZES[::-1][number // 2 % 3], tuple(WRITINGS)[number % 3]
    found = varied(make(rng, size, form), [*WRITINGS[writing], *kinds], rng)
    if found is None:
        return None
    page = tuple(PAGES)[number % len(PAGES)]
    landscape = number // 3 % 2 == 1
    return Source(
        name=f"{number:02}-{form}-{size}-{writing}-{page}{'-landscape' * landscape}",
        content=found.content,
        blocks=tuple(official(found.content, rng)),
        page=page,
        landscape=landscape,
        font=FONTS[number % len(FONTS)],
        fitted=number % 4 < 3,
        unknown=found.unknown,
        codes=found.codes,
    )
