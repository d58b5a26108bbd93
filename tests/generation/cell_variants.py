"""What people write into cells instead of a plain number."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random

from tests.generation.content import Content, Value
from tests.generation.parts import Part, Variation, Varied

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_CHINESE = dict(enumerate("零一二三四五六七八九"))
_RAISED = "¹²³①②③⑴⑵"


def _zeros_blank(content: Content, part: Part, rng: Random) -> Varied:
    del part
    zeros = [name for name, value in content.numbers.items() if value == 0 and rng.random() < 0.8]
    blank = content.with_numbers(dict.fromkeys(zeros, None)).with_written(dict.fromkeys(zeros, ""))
    return Varied(blank, f"left {len(zeros)} zeros blank")


def _thousands(content: Content, part: Part, rng: Random) -> Varied:
    del part, rng
    written = {name: f"{value:,}" for name, value in content.numbers.items() if value is not None}
    return Varied(content.with_written(written), "set off the thousands")


def _everywhere_or_here(content: Content, part: Part, rng: Random) -> Iterable[str]:
    """Cells of the whole report, of one part, of one row or of one column; or a single one."""
    row, (column, _) = rng.choice(part.rows), rng.choice(part.columns)
    names = (name for each in part.rows for name in part.cells(each.id))
    chosen = rng.choice(
        (list(content.numbers), list(names), part.cells(row.id), part.column_cells(column), part.cells(row.id)[-1:])
    )
    return [name for name in chosen if content.numbers.get(name) is not None]


def _writing(
    does: str, write: Callable[[str, Random], str], fits: Callable[[Value], bool] = lambda value: (value or 0) >= 0
) -> Variation:
    """A way to write numbers that a reader takes for what they are, or for none."""

    def variation(content: Content, part: Part, rng: Random) -> Varied | None:
        names = [name for name in _everywhere_or_here(content, part, rng) if fits(content.numbers[name])]
        written = {name: write(content.cell_text(name), rng) for name in names}
        return Varied(content.with_written(written), f"{does} {len(names)} numbers", codes=_DL204) if names else None

    return variation


_DL204 = frozenset({"DL204"})
"""A cell whose number is not written as one may be said to hold none."""


def _marks(content: Content, part: Part, rng: Random) -> Varied | None:
    """Zeros written as one mark or word."""
    mark = rng.choice(("—", "-", "/", "无", "空", "零", "〇", "--", "0件", "**", "无数据", "未发生", "N/A"))
    names = [name for name in _everywhere_or_here(content, part, rng) if content.numbers[name] == 0]
    changed = content.with_written(dict.fromkeys(names, mark))
    if mark != "0件":
        changed = changed.with_numbers(dict.fromkeys(names, None))
    return Varied(changed, f"wrote {mark} for {len(names)} zeros", codes=_DL204) if names else None


def _chinese(content: Content, part: Part, rng: Random) -> Varied | None:
    names = [name for name in _everywhere_or_here(content, part, rng) if content.numbers[name] in _CHINESE]
    written = {name: _CHINESE[int(content.numbers[name] or 0)] for name in names}
    changed = replace(content, written={**content.written, **written}).with_numbers(dict.fromkeys(names, None))
    return Varied(changed, f"wrote {len(names)} numbers in Chinese", codes=_DL204) if names else None


def _spaced(text: str, rng: Random) -> str:
    at = rng.randint(1, len(text) - 1)
    return text[:at] + rng.choice((" ", "\u3000", "\u00a0", "\u2009")) + text[at:]


def _noted(text: str, rng: Random) -> str:
    other = rng.randint(1, 9)
    note = rng.choice(
        (
            "（其中网络{}）",
            "(含信函{}件)",
            "（网络{}，信函1）",
            "（{}）",
            "*",
            "（注{}）",
            "［{}］",
            "[{}]",
            "{}",
            "左右",
            "以上",
        )
    )
    return text + (rng.choice(_RAISED) if note == "{}" else note.format(other))


def _counted(text: str, rng: Random) -> str:
    return rng.choice(
        ("{}件", "{} 件", "{}项", "约{}", "共{}件", "{}件次", "计{}", "{}.0", "{}.00", "+{}", "{}。", "{}、")
    ).format(text)


CELL_VARIATIONS: dict[str, Variation] = {
    "cells_blank": _zeros_blank,
    "cells_thousands": _thousands,
    "cells_marked": _marks,
    "cells_chinese": _chinese,
    "cells_counted": _writing("counted", _counted),
    "cells_noted": _writing("noted", _noted, lambda value: (value or 0) > 0),
    "cells_full_width": _writing("widened", lambda text, _: text.translate(_FULL_WIDTH)),
    "cells_spaced": _writing("spaced", _spaced, lambda value: (value or 0) > 9),
}
