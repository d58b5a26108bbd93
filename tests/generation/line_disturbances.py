"""What a page end leaves between two lines of a table."""

import re
from collections.abc import Callable, Iterable
from random import Random

from tests.generation.cases import Change, Disturbance, around, line_end, line_start, rows
from tests.generation.page import Edit, Rendered

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_AROUND = (("", "\n"), ("\n", "\n\n"), ("", "\n\n"), ("\n", "\n"), ("", "\n\f"), ("\n", "\n\f\n"))


def _places(rendered: Rendered, table: str) -> Iterable[str]:
    """The line boundaries inside a table, named by the line after them."""
    start, end = rendered.tables[table]
    first = rendered.text.count("\n", 0, start) + 2
    return [f"line {first + number}" for number in range(rendered.text.count("\n", start, end))]


def _boundary(text: str, place: str) -> int:
    offset = 0
    for _ in range(int(place.removeprefix("line ")) - 1):
        offset = text.index("\n", offset) + 1
    return offset


def _inserting(write: Callable[[Rendered, Random], str]) -> Callable[[Rendered, str, Random], Change]:
    def change(rendered: Rendered, place: str, rng: Random) -> Change:
        at = _boundary(rendered.text, place)
        before, after = rng.choice(_AROUND)
        return Change((Edit(at, at, before + write(rendered, rng) + after),), around(rendered, at))

    return change


def _bare_number(rendered: Rendered, place: str, rng: Random) -> Change:
    at = _boundary(rendered.text, place)
    edit = Edit(at, at, "{1}{0}{2}".format(rng.randint(1, 19), *rng.choice(_AROUND)))
    lines = [*_numeric_lines(rendered.text, at, -1), *_numeric_lines(rendered.text, at, 1)]
    touched = [*around(rendered, at)]
    touched += [row for row in rows(rendered, "") if any(_overlap(rendered, row, line) for line in lines)]
    alone = [line for line in lines if len(rendered.text[slice(*line)].split()) == 1]
    return Change((edit,), tuple(dict.fromkeys(touched)), undecidable=bool(alone))


def _numeric_lines(text: str, at: int, step: int) -> list[tuple[int, int]]:
    """The lines next to a boundary, blank ones passed over, that hold numbers and nothing else."""
    result: list[tuple[int, int]] = []
    start = at
    while True:
        start = line_start(text, start - 1) if step < 0 else start
        line = (start, line_end(text, start))
        words = text[slice(*line)].split()
        if not all(map(_NUMBER.fullmatch, words)) or not 0 < start < len(text):
            return result
        if words:
            result.append(line)
        start = start if step < 0 else line[1] + 1


def _overlap(rendered: Rendered, row: str, line: tuple[int, int]) -> bool:
    return any(line[0] <= rendered.cells[name].start < line[1] for name in rendered.row_cells(row))


def _title(rendered: Rendered, rng: Random) -> str:
    del rng
    return rendered.content.title


def _page_end(rendered: Rendered, rng: Random) -> str:
    number = rng.randint(1, 12)
    foot = rng.choice((f"— {number} —", f"- {number} -", f"第 {number} 页 共 12 页", f"第{number}页"))
    return f"{foot}\n\f{rendered.content.title}"


def _ends(rendered: Rendered, table: str) -> Iterable[str]:
    """Right behind a table, or between it and its heading."""
    start, end = rendered.tables[table]
    return [f"line {rendered.text.count(chr(10), 0, at) + 1}" for at in (start, end)]


_NOTES = (
    "注：1.其他处理 3 件，其中网络申请 2 件。",
    "说明：第三项含上年结转 5 件。",
    "*1.属于国家秘密 3 件均为涉密。",
    "注：本年新收政府信息公开申请数量 12",
    "填表人：王平  联系电话：0000-1234567  2023年1月9日",
    "（七）总计 7 件，其中予以公开 5 件",
    "行政许可 12",
    "总计 17",
    "单位：件",
    "行政复议 结果维持 1 件，其他结果 2 件",
    "2. 行政处罚 8 0 6",
)


def _note(rendered: Rendered, place: str, rng: Random) -> Change:
    at = _boundary(rendered.text, place)
    before, after = rng.choice(_AROUND[:3])
    table = min(rendered.tables, key=lambda name: min(abs(at - edge) for edge in rendered.tables[name]))
    return Change((Edit(at, at, before + rng.choice(_NOTES) + after),), tuple(rows(rendered, table)), undecidable=True)


LINE_DISTURBANCES = (
    Disturbance("note_line", _ends, _note),
    Disturbance("page_number", _places, _bare_number),
    Disturbance("page_number_dashes", _places, _inserting(lambda _, rng: f"— {rng.randint(1, 19)} —")),
    Disturbance(
        "page_number_hyphens",
        _places,
        _inserting(lambda _, rng: rng.choice(("- {} -", "-{}-")).format(rng.randint(1, 19))),
    ),
    Disturbance("page_number_of", _places, _inserting(lambda _, rng: f"第 {rng.randint(1, 8)} 页 共 8 页")),
    Disturbance("page_header", _places, _inserting(_title)),
    Disturbance("page_end", _places, _inserting(_page_end)),
    Disturbance("blank_lines", _places, _inserting(lambda _, rng: "\n" * rng.randint(0, 2))),
)
