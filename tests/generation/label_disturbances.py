"""What happens to the label of a row."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from random import Random

from tests.generation.cases import (
    Change,
    Disturbance,
    beside_numbers,
    first_number,
    kept_in_column,
    line_end,
    line_start,
    relabelled,
    rows,
)
from tests.generation.forms import REVIEW
from tests.generation.layouts import ALIGNED, FLOWS, PIPED, TABBED
from tests.generation.page import Edit, Rendered
from tests.generation.writer import pieces, width

_RADICALS = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
_RADICALS |= dict(zip("民见长页门车贝青西", "⺠⻅⻓⻚⻔⻋⻉⻘⻄", strict=True))
_SPACES = ("\u3000", "\u00a0", " ", "\u2003")
_BRACKETS = str.maketrans("（）()", "()（）")
_ITEM = re.compile(r"^([1-8])\. ?")


def _labelled(fits: Callable[[str], object]) -> Callable[[Rendered, str], Iterable[str]]:
    def places(rendered: Rendered, table: str) -> Iterable[str]:
        return [row for row in rows(rendered, table) if row in rendered.labels and fits(_label(rendered, row))]

    return places


def _label(rendered: Rendered, row: str) -> str:
    return "".join(rendered.text[slice(*piece)] for piece in rendered.labels[row])


def _writing(write: Callable[[str, Random], str]) -> Callable[[Rendered, str, Random], Change]:
    def change(rendered: Rendered, row: str, rng: Random) -> Change:
        return Change(relabelled(rendered, row, lambda text: write(text, rng)), (row,))

    return change


def _radicals(text: str, rng: Random) -> str:
    found = [char for char in text if char in _RADICALS]
    chosen = rng.sample(found, rng.randint(1, len(found))) if found else []
    return "".join(_RADICALS[char] if char in chosen else char for char in text)


def _brackets(text: str, rng: Random) -> str:
    del rng
    return text.translate(_BRACKETS)


def _spaced(text: str, rng: Random) -> str:
    for _ in range(rng.randint(1, 3)):
        at = rng.randint(1, max(1, len(text) - 1))
        text = text[:at].rstrip(" ") + rng.choice(_SPACES) + text[at:]
    return text


def _breakable(rendered: Rendered, table: str) -> Iterable[str]:
    if rendered.layout in PIPED:
        return []
    beside = (row for row in _labelled(_long)(rendered, table) if row.startswith(REVIEW) or _single(rendered, row))
    return [row for row in beside if not (row.startswith(REVIEW) and rendered.layout in ALIGNED)]


def _long(label: str) -> bool:
    return len(_ITEM.sub("", label)) > 2


def _single(rendered: Rendered, row: str) -> bool:
    """Whether the label stands in one piece, on the line of the numbers where columns are aligned."""
    start = rendered.labels[row][0].start
    return len(rendered.labels[row]) == 1 and (rendered.layout not in ALIGNED or beside_numbers(rendered, row, start))


def _broken(rendered: Rendered, row: str, rng: Random) -> Change:
    start, end = rendered.labels[row][0]
    parts = pieces(rng, rendered.text[start:end], rng.randint(2, 4))
    lead = " " * (start - line_start(rendered.text, start)) if rendered.layout in ALIGNED else ""
    text = f"\n{lead}".join(parts)
    padding = kept_in_column(rendered, row, width(parts[-1]) - width("".join(parts)))
    return Change((Edit(start, end, text), *padding), (row,))


def _cuttable(rendered: Rendered, table: str) -> Iterable[str]:
    if rendered.layout in (*FLOWS, "pipes_repeated") or table == REVIEW:
        return []
    return [row for row in _labelled(_long)(rendered, table) if _single(rendered, row)]


def _cut(rendered: Rendered, row: str, rng: Random) -> Change:
    """The end of the label goes to a row of its own below, whose other cells are blank."""
    text = rendered.text
    start, end = rendered.labels[row][0]
    head = pieces(rng, text[start:end], 2)[0]
    at, first, last = start + len(head), line_start(text, start), line_end(text, first_number(rendered, row))
    tail = text[at:end]
    if rendered.layout in ALIGNED:
        below = "\n" + " " * (start - first) + tail
        return Change((Edit(at, end, " " * width(tail)), Edit(last, last, below)), (row,))
    separator, before, after = ("\t",) * 3 if rendered.layout in TABBED else ("|", "| ", " |")
    below = before * text.count(separator, first, start) + tail + after * text.count(separator, end, last)
    gap = rng.choice(("\n", "\n\n")) if rendered.layout in TABBED else "\n"
    return Change((Edit(at, end, ""), Edit(last, last, gap + below)), (row,))


def _marked_break(rendered: Rendered, row: str, rng: Random) -> Change:
    start, end = rendered.labels[row][0]
    parts = pieces(rng, rendered.text[start:end], rng.randint(2, 4))
    return Change((Edit(start, end, rng.choice(("<br>", "<br/>", "<br />")).join(parts)),), (row,))


def _piped(rendered: Rendered, table: str) -> Iterable[str]:
    headings = rendered.layout == "pipes_grouped" and table == REVIEW
    return _labelled(_long)(rendered, table) if rendered.layout in PIPED and not headings else []


LABEL_DISTURBANCES = (
    Disturbance("label_broken", _breakable, _broken),
    Disturbance("label_cut", _cuttable, _cut),
    Disturbance("label_br", _piped, _marked_break),
    Disturbance("radicals", _labelled(lambda label: any(char in _RADICALS for char in label)), _writing(_radicals)),
    Disturbance("spaces", _labelled(_long), _writing(_spaced)),
    Disturbance("brackets", _labelled(re.compile("[（）()]").search), _writing(_brackets)),
    Disturbance(
        "numbering", _labelled(_ITEM.match), _writing(lambda text, rng: _ITEM.sub(rng.choice((r"\1、", r"\1．")), text))
    ),
)
