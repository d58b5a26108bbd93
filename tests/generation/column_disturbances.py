"""What happens to a table's columns once it is written."""

from collections.abc import Iterable
from random import Random

from tests.generation.cases import Change, Disturbance, line_end, rows
from tests.generation.layouts import ALIGNED, FLOWS, PIPED
from tests.generation.page import Edit, Rendered


def _numberable(rendered: Rendered, table: str) -> Iterable[str]:
    """A table whose rows each stand on lines of their own."""
    return [] if rendered.layout in (*FLOWS, "pipes_grouped") else [table]


def _numbered(rendered: Rendered, table: str, rng: Random) -> Change:
    """A column before all others in which the rows are counted; a reader may give up, but not be led astray."""
    del rng
    start, end = rendered.tables[table]
    starts = {rendered.rows[row].start for row in rows(rendered, table)}
    edits, at, count, named = [], start, 0, False
    while at < end:
        last = line_end(rendered.text, at)
        line = rendered.text[at:last]
        counted = any(at <= row < max(last, at + 1) for row in starts)
        count += counted
        text = str(count) if counted else "" if named or "---" in line else "序号"
        named = named or text == "序号"
        if line.strip():
            edits.append(Edit(at, at, _cell(rendered.layout, text, rule="---" in line)))
        at = last + 1
    return Change(tuple(edits), tuple(rows(rendered, table)), undecidable=True)


def _cell(layout: str, text: str, *, rule: bool) -> str:
    if layout in PIPED:
        return "|---" if rule else f"| {text} "
    if layout in ALIGNED:
        return text.ljust(6 - len(text) * (text == "序号"))
    return f"{text}\t"


COLUMN_DISTURBANCES = (Disturbance("rows_numbered", _numberable, _numbered),)
