"""What happens inside one cell."""

from collections.abc import Callable, Iterable
from random import Random

from tests.generation.cases import (
    Change,
    Disturbance,
    cells,
    first_number,
    gap_before,
    line_end,
    line_start,
    neighbours,
    rows,
)
from tests.generation.content import Value
from tests.generation.forms import REVIEW, row_of
from tests.generation.layouts import FLOWS, TABBED
from tests.generation.page import Edit, Rendered
from tests.generation.writer import width

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_NOTES = ("（其中修订{}件）", "（含上年转来{}件）", "(其中线上{}件)")


def _written(rendered: Rendered, name: str, text: str) -> tuple[Edit, ...]:
    """The edits that write a cell anew, with the columns held in place where spaces hold them."""
    start, end = rendered.cells[name]
    wider = width(text) - (end - start)
    edits = [Edit(start, end, text)]
    if rendered.layout == "aligned_right":
        room = gap_before(rendered.text, start) - 1
        edits.append(Edit(start - min(wider, room), start, "") if wider > 0 else Edit(start, start, " " * -wider))
    elif rendered.layout == "aligned_left" and end < line_end(rendered.text, end):
        room = len(rendered.text[end:]) - len(rendered.text[end:].lstrip(" ")) - 1
        edits.append(Edit(end, end + min(wider, room), "") if wider > 0 else Edit(end, end, " " * -wider))
    return tuple(edits)


def _replacing(write: Callable[[str, Random], str], is_number: bool) -> Callable[[Rendered, str, Random], Change]:
    def change(rendered: Rendered, name: str, rng: Random) -> Change:
        text = write(rendered.cell(name), rng)
        values: dict[str, Value] = {} if is_number else {name: None}
        return Change(_written(rendered, name, text), neighbours(rendered, row_of(name)), values)

    return change


def _where(fits: Callable[[Value], bool]) -> Callable[[Rendered, str], Iterable[str]]:
    def places(rendered: Rendered, table: str) -> Iterable[str]:
        return [name for name in cells(rendered, table) if fits(rendered.values[name])]

    return places


def _blank(rendered: Rendered, name: str, rng: Random) -> Change:
    row = row_of(name)
    if rendered.layout not in FLOWS:
        return Change(_written(rendered, name, ""), neighbours(rendered, row), {name: None}, _slides(rendered, name))
    start, end = rendered.cells[name]
    alone = len(rendered.row_cells(row)) == 1
    if not alone and rng.random() < 0.5:
        start -= rendered.text[start - 1] in " \n"
    return Change((Edit(start, end, ""),), neighbours(rendered, row), {name: None}, not alone)


def _slides(rendered: Rendered, name: str) -> bool:
    """Whether the numbers of a tabbed row, one made blank, also fit the columns that other rows use."""
    row = row_of(name)
    table = name.partition("[")[0]
    if rendered.layout not in TABBED or table == REVIEW:
        return False
    names = rendered.row_cells(row)
    own = _column(rendered, row)
    columns = rendered.text[slice(*rendered.rows[row])].partition("\n")[0].count("\t") + 1
    filled = [own + at for at, other in enumerate(names) if other != name]
    label = _column_of(rendered, rendered.labels[row][0].start)
    others = {_column(rendered, other) for other in rows(rendered, table)} - {own}
    return any(
        label < other and other + len(names) <= columns and all(other <= at < other + len(names) for at in filled)
        for other in others
    )


def _column(rendered: Rendered, row: str) -> int:
    return _column_of(rendered, first_number(rendered, row))


def _column_of(rendered: Rendered, offset: int) -> int:
    return rendered.text.count("\t", line_start(rendered.text, offset), offset)


def _word(text: str, rng: Random) -> str:
    del text, rng
    return "无"


def _full_width(text: str, rng: Random) -> str:
    del rng
    return text.translate(_FULL_WIDTH)


def _thousands(text: str, rng: Random) -> str:
    del rng
    whole, point, rest = text.partition(".")
    return f"{_int(whole):,}{point}{rest}"


def _noted(text: str, rng: Random) -> str:
    return text + rng.choice(_NOTES).format(rng.randint(1, _int(text)))


def _int(text: str) -> int:
    """A number whose thousands may be set off already."""
    return int(text.replace(",", ""))


_anywhere = _where(lambda value: value is not None)
_plain = _where(lambda value: value is not None and value >= 0)

CELL_DISTURBANCES = (
    Disturbance("blank", _anywhere, _blank),
    Disturbance("hyphen", _anywhere, _replacing(lambda _, rng: rng.choice(("-", "-", "--")), False)),
    Disturbance("slash", _anywhere, _replacing(lambda _, rng: rng.choice(("/", "/", "／")), False)),
    Disturbance("dash", _anywhere, _replacing(lambda _, rng: rng.choice(("—", "—", "——")), False)),
    Disturbance("word", _anywhere, _replacing(_word, False)),
    Disturbance("full_width", _plain, _replacing(_full_width, True)),
    Disturbance("thousands", _where(lambda value: value is not None and value >= 1000), _replacing(_thousands, True)),
    Disturbance("note", _where(lambda value: isinstance(value, int) and value > 0), _replacing(_noted, True)),
)
