"""表四: its rows stand beside each other as blocks of one line, or below each other, each with its own numbers."""

from collections.abc import Sequence

from disclosure_lint.binding.columns import Layout, Places, trimmed
from disclosure_lint.binding.labels import Labels
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
    return (
        _one_line(source, with_values, size, count)
        or _one_each(source, with_values, labels, size)
        or _flowing(source, with_values, size, count)
        or dict.fromkeys(range(len(labels.form.rows)), (with_values[-1], None))
    )


def _one_line(source: Source, found: Sequence[Record], size: int, count: int) -> Placed | None:
    for record in found:
        if len(record.values) >= count or len(record.filled) > size * 2:
            places = Layout(source, ()).place(record, count)
            if places is not None:
                return {index: (record, places[index * size : (index + 1) * size]) for index in range(count // size)}
    return None


def _one_each(source: Source, found: Sequence[Record], labels: Labels, size: int) -> Placed | None:
    """Blocks below each other: as many records as blocks, each with its numbers, in the form's order if they say."""
    blocks = [record for record in found if len(record.values) >= size]
    if len(blocks) != len(labels.form.rows):
        return None
    for index, record in enumerate(blocks):
        named = [other for other, keys in enumerate(labels.keys) if record.name.endswith(keys)]
        if named and index not in named:
            return None
    layout = Layout(source, ((record, size) for record in blocks))
    return {index: (record, layout.place(record, size)) for index, record in enumerate(blocks)}


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
