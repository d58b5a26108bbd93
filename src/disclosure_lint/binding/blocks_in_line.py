"""表四: its rows stand beside each other as blocks of one line, or below each other, each with its own numbers."""

from collections import Counter
from collections.abc import Sequence

from disclosure_lint.binding.columns import Layout, Places, trimmed
from disclosure_lint.binding.labels import ALIKE, Labels
from disclosure_lint.binding.records import Record, record_of
from disclosure_lint.model.source import Source

Placed = dict[int, tuple[Record, Places | None]]


def place_blocks(source: Source, found: Sequence[Record], labels: Labels) -> Placed | None:
    """Returns each block's record and values; None if there are no numbers at all."""
    with_values = [record for record in found if record.strips and record.values]
    text = "".join(record.name for record in found)
    if not with_values or not any(key in text for keys in (*labels.keys, *labels.columns) for key in keys):
        return None
    size = len(labels.form.columns)
    count = size * len(labels.form.rows)
    unclear: Placed = dict.fromkeys(range(len(labels.form.rows)), (with_values[-1], None))
    below = _turned_over(with_values, labels) or _one_each(source, with_values, labels, size)
    if below or not _in_order(text, labels):
        return below or unclear
    return _one_line(source, with_values, size, count) or _flowing(source, with_values, size, count) or unclear


def unnamed_blocks(found: Sequence[Record], labels: Labels) -> list[int]:
    """Returns the blocks whose name is not there, neither in pieces nor in other words, though others' names are."""
    pieces = [piece for record in found for piece, _ in record.pieces]
    text = "".join(pieces)
    absent = [index for index, keys in enumerate(labels.keys) if not any(key in text for key in keys)]
    if not absent or len(absent) == len(labels.keys):
        return []
    unknown = labels.unknown(pieces)
    rest = Counter("".join(unknown))
    return [
        index
        for index in absent
        if not any(Counter(key) <= rest for key in labels.keys[index])
        and all(labels.similarity(piece, index) < ALIKE for piece in unknown)
    ]


def _in_order(text: str, labels: Labels) -> bool:
    """Says whether a header names the blocks in the form's order, as far as it names them."""
    places = [min([text.find(key) for key in keys if key in text], default=-1) for keys in labels.keys]
    found = [place for place in places if place >= 0]
    return found == sorted(found)


def _turned_over(found: Sequence[Record], labels: Labels) -> Placed | None:
    """Results below each other, with a column for each block."""
    lines = {
        index: record for record in found for index, keys in enumerate(labels.columns) if record.name.endswith(keys)
    }
    blocks = len(labels.form.rows)
    if len(lines) != len(labels.columns) or any(len(record.filled) != blocks for record in lines.values()):
        return None
    header = found[0].name
    if not all(any(key in header for key in keys) for keys in labels.keys) or not _in_order(header, labels):
        return dict.fromkeys(range(blocks), (found[-1], None))
    return {block: (lines[0], [lines[index].filled[block] for index in sorted(lines)]) for block in range(blocks)}


def _one_line(source: Source, found: Sequence[Record], size: int, count: int) -> Placed | None:
    for record in found:
        if len(record.values) >= count or len(record.filled) > size * 2:
            places = Layout(source, ()).place(record, count)
            if places is not None:
                return {index: (record, places[index * size : (index + 1) * size]) for index in range(count // size)}
    return None


def _one_each(source: Source, found: Sequence[Record], labels: Labels, size: int) -> Placed | None:
    """Blocks below each other, each with its numbers: by their labels, or in the form's order if none says its name."""
    blocks = [record for record in found if size <= len(record.values) < 2 * size]
    if len(blocks) != len(labels.form.rows):
        return None
    names = [next((i for i, keys in enumerate(labels.keys) if record.name.endswith(keys)), -1) for record in blocks]
    in_order = list(range(len(blocks)))
    if sorted(names) != in_order and any(name not in (-1, place) for place, name in enumerate(names)):
        return None
    order = names if sorted(names) == in_order else in_order
    layout = Layout(source, ((record, size) for record in blocks))
    placed = {place: (record, layout.place(record, size)) for place, record in zip(order, blocks, strict=True)}
    return dict(sorted(placed.items()))


def _flowing(source: Source, found: Sequence[Record], size: int, count: int) -> Placed | None:
    """Numbers broken over lines anywhere: all of them in order are the blocks, if no cell between them is blank."""
    strips = tuple(strip for record in found for strip in record.strips)
    if any(strip.cells for strip in strips):
        values = [value for strip in strips for value in trimmed(strip.values)]
        places: Places | None = list(values) if len(values) == count and all(value.text for value in values) else None
    else:
        places = Layout(source, ()).place(record_of(found[0].pieces, strips), count)
    if places is None:
        return None
    return {index: (found[0], places[index * size : (index + 1) * size]) for index in range(count // size)}
