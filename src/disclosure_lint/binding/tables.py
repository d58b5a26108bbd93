"""A statutory table in its region of the document: rows found, numbers named, and what cannot be told."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from disclosure_lint.binding.alignment import MOST_STRANGE, Alignment, align, can_hold
from disclosure_lint.binding.columns import Assigned, ColumnAssignment
from disclosure_lint.binding.doubts import Doubt, doubts, has_left_over, may_be_elsewhere
from disclosure_lint.binding.headers import altered_columns, altered_units, headers, missing_columns
from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.lines import TableLine, table_lines
from disclosure_lint.binding.records import MOST_PIECES, Record, records
from disclosure_lint.binding.stray_labels import (
    BareLabels,
    Scraps,
    is_guessed,
    is_in_order,
    reworded_rows,
    unnamed_blocks,
)
from disclosure_lint.binding.table_builder import Reading, TableBuilder, View
from disclosure_lint.binding.wordings import letters
from disclosure_lint.model.document import Block
from disclosure_lint.model.source import Source, Span

_FEWEST_ROWS = 2
"""A single label before a number may be a sentence."""
_SAME_LETTERS, _MOST_LETTERS = 0.9, 4
"""Such a share of a table's letters is in a region of so many times as many letters only if the table is there."""
_MOST_OPEN = 0.25
"""A larger share of rows in doubt shows that running text is not understood."""
_DIGITS = r"\d{2,}|(?<=[^第])\d(?![.、])"


def bind_table(
    source: Source, blocks: Sequence[Block], region: Span, views: Sequence[View], title: str, scraps: Scraps
) -> Reading | None:
    """Returns the table found in a region, with its facts; None if it is not there.

    `scraps` are those of the whole document.

    Of several views the one through which most can be read with certainty is taken, the first of equal ones.
    """
    usual = next(view for view in views if view.labels.form is view.form)
    lines = list(table_lines(source, blocks, region, usual.labels, title))
    best: Reading | None = None
    for view in views:
        reading = _read(source, region, view, usual.labels, lines, scraps)
        if reading is not None and (best is None or reading.rank > best.rank):
            best = reading
        if reading is not None and len(reading.facts) == sum(map(len, view.addresses)):
            break
    return best


def nowhere(source: Source, view: View, heading: Span) -> Reading:
    """Returns a table that was not found though it may be there: none of its cells can be told."""
    bound = TableBuilder(source, view, align([], view.labels), {})
    for row in range(len(view.labels.form.rows)):
        bound.add_scattered(row, heading)
    bound.places.append(heading)
    return bound.result([], [], (), {})


def _read(
    source: Source, region: Span, view: View, form_labels: Labels, lines: Sequence[TableLine], scraps: Scraps
) -> Reading | None:
    labels = view.labels
    found = records(lines, labels)
    alignment = align(found, labels)
    bound = TableBuilder(source, view, alignment, altered_units(form_labels, lines))
    bare_labels = BareLabels(source, found, labels)
    if not _is_there(alignment, labels, found):
        return _without_values(region, bound, bare_labels, lines, form_labels, scraps)
    rows = labels.form.rows
    # Turned, its rows are the form's columns: nothing could name one that is not there, or has another label.
    whole = len(alignment.pairs) == len(rows) and not any(pair.altered for pair in alignment.pairs.values())
    if view.is_turned and not whole:
        return None
    guessed = is_guessed(lines, form_labels)
    in_text = guessed or not any(line.cells for line in lines)
    absent = missing_columns(form_labels, lines)
    lacking = _surely(absent, lines, form_labels, scraps, in_text=in_text)
    heads = headers(lines, labels)
    unnamed_columns = {key: key in lacking for key in absent}
    columns = ColumnAssignment(source, alignment, labels, heads, guessed=guessed, unnamed=unnamed_columns)
    assigned = {row: columns.assign(alignment.record(row), row) for row in sorted(alignment.pairs)}
    unnamed = unnamed_blocks(found, form_labels) if view.is_line_of_blocks else []
    if any(scraps.hold(form_labels.stems[index], form_labels) for index in unnamed) or scraps.is_damaged:
        unnamed = []
    if view.is_line_of_blocks and assigned[0].how != "header" and not is_in_order(found, form_labels):
        assigned[0] = Assigned(None, "header")
    between = alignment.between(len(rows))
    bare = bare_labels.between(between)
    left_over = has_left_over(alignment, labels)
    placed = [row for row, one in assigned.items() if one.how == "text-columns" and one.places]
    places = {row: place for row, (place, _) in bare.items()}
    unsure = doubts(alignment, labels, places, placed, left_over=left_over, pages=scraps.has_page_numbers)
    unsure = _told_again(alignment, labels) | unsure
    open_rows = [row for row, one in assigned.items() if one.places is None or row in unsure]
    # Of running text that is not understood it cannot be said what it lacks.
    left = left_over or (in_text and len(open_rows) > len(rows) * _MOST_OPEN) or scraps.is_damaged
    altered = [row for row, pair in alignment.pairs.items() if pair.altered]
    scattered = {row for row in altered if left or bare_labels.is_in_pieces(row)}
    scattered |= {row for row, pair in alignment.pairs.items() if pair.reworded and bare_labels.is_elsewhere(row, pair)}
    missing: list[str] = []
    for row in range(len(rows)):
        if row in assigned:
            bound.add(row, assigned[row], Doubt("apart") if row in scattered else unsure.get(row), columns)
        elif row in bare:
            # In a header that names rows beside each other, a label without numbers is no blank row.
            in_header = view.form.side_by_side or _is_beside_others(bare[row][1], lines, labels)
            lost = row in unsure or left_over or in_header or may_be_elsewhere(alignment, labels, row, placed)
            beside = [found[place] for place in between[row] if place < len(found)]
            bound.add_unfilled(row, bare[row][1], beside, lost=lost)
        elif row in unsure:
            bound.add_doubtful(row, unsure[row], columns)
        elif (
            left
            or bare_labels.is_in_pieces(row)
            # Its label may stand elsewhere in the document, or its letters in any order beside labels.
            or (in_text and (scraps.hold(labels.stems[row], labels) or bare_labels.is_mixed(row)))
        ):
            bound.add_scattered(row, found[0].span)
        else:
            missing.append(rows[row].id)
    unlike = [row for row in altered if row not in scattered and not bare_labels.label(row, [alignment.record(row)])]
    other_words = [rows[row].id for row in unlike]
    if view.is_line_of_blocks:
        blocks = [view.form.rows[index].id for index in unnamed]
        missing, other_words = (blocks, []) if assigned[0].places is None or bound.lacks(blocks) else ([], blocks)
        bound.name_blocks(unnamed, form_labels)
    if labels is form_labels:
        reworded = reworded_rows(source, alignment, labels, {*unsure, *scattered, *open_rows})
        bound.reworded = {} if reworded and scraps.is_damaged else reworded
    lacking = () if left and in_text else lacking
    renamed = altered_columns(form_labels, headers(lines, form_labels), lacking) if lacking else {}
    return bound.result(missing, other_words, lacking, renamed)


def _is_beside_others(label: Span, lines: Sequence[TableLine], labels: Labels) -> bool:
    """Says whether a row's label stands in a line of cells with those of others: the form's rows are columns there."""
    line = next((one for one in lines if one.line.start <= label.start < one.line.end), None)
    return line is not None and line.cells > 0 and labels.names_several([text for text, _ in line.pieces])


def _told_again(alignment: Alignment, labels: Labels) -> dict[int, Doubt]:
    """Returns the rows of a table most of which stands there again, before other numbers of no row, that are in doubt.

    These are the ones in other words, and those that stand there once: they may be of either table.
    """
    left = (one for place, one in enumerate(alignment.records) if one.filled and place not in alignment.row_at)
    again: dict[int, Doubt | None] = {}
    for record in islice(left, MOST_STRANGE):
        for like in labels.likenesses(record.label_texts[-MOST_PIECES:]):
            if like.row in alignment.pairs and can_hold(record, labels, like.row):
                again.setdefault(like.row, Doubt("rival", record) if like.stem < 1 else None)
    if not 2 * len(again) > len(labels.form.rows) > 1:
        return {}
    reworded = {row: doubt for row, doubt in again.items() if doubt}
    return dict.fromkeys(alignment.pairs.keys() - again.keys(), Doubt("apart")) | reworded


def _surely(
    lacking: tuple[str, ...], lines: Sequence[TableLine], labels: Labels, scraps: Scraps, *, in_text: bool
) -> tuple[str, ...]:
    """Returns the columns that a header does not name; none of a text that another program left in disorder."""
    keys = dict(zip((column.id for column in labels.form.columns), labels.columns, strict=True))
    astray = in_text and any(scraps.hold(keys[key], labels) for key in lacking)
    return () if not lacking or astray or scraps.is_damaged or _is_torn(lines, labels) else lacking


def _is_torn(lines: Sequence[TableLine], labels: Labels) -> bool:
    """Says whether a header is part in cells and part on a line above: the label over several of its columns."""
    first = next((at for at, line in enumerate(lines) if line.cells and line.filled), 0)
    return any(letters(text) in labels.groups for line in lines[:first] if not line.cells for text, _ in line.pieces)


def _is_there(alignment: Alignment, labels: Labels, found: Sequence[Record]) -> bool:
    """Says whether what was found is a table, and no sentence with a row's label before a number."""
    # 总计 and 其他 are in the headers of other tables too.
    valued = (row for row, pair in alignment.pairs.items() if alignment.records[pair.place].lines)
    with_values = list(islice((row for row in valued if not labels.is_short(row)), _FEWEST_ROWS))
    if len(with_values) >= min(_FEWEST_ROWS, len(labels.form.rows)):
        return len(labels.form.rows) > 1 or _names_columns(found, labels)
    if not with_values:
        return False
    record, row = alignment.record(with_values[0]), labels.form.rows[with_values[0]]
    full = len(record.values) >= len(row.columns) and (len(row.columns) > 1 or not record.is_text)
    return full and _names_columns(found, labels)


def _names_columns(found: Sequence[Record], labels: Labels) -> bool:
    text = "".join(record.name for record in found)
    return any(key in text for keys in labels.columns for key in keys) or labels.are_all_in(text)


def _without_values(
    region: Span,
    bound: TableBuilder,
    bare_labels: BareLabels,
    lines: Sequence[TableLine],
    form_labels: Labels,
    scraps: Scraps,
) -> Reading | None:
    """Returns a table most of whose labels are there though no numbers can be bound to them.

    Its cells are blank if there is no number at all, and the page has cells or whole labels; else none can be told.
    """
    found, labels = bound.found, bound.labels
    text = letters(bare_labels.text)
    named = sum(any(stem in text for stem in stems) for stems in labels.stems)
    columns = sum(any(key in text for key in keys) for keys in labels.columns)
    most = 2 * named > len(labels.stems) and 2 * columns > len(labels.columns)
    if not labels.suffixes or not (most or _is_in_pieces(text, labels)):
        return None
    digits = re.compile(_DIGITS).search(bound.source.folded, found[0].span.start, region.end)
    whole = named == len(labels.stems) and columns == len(labels.columns)
    in_text = not any(line.cells for line in lines)
    for row in range(len(labels.form.rows)):
        at = bare_labels.label(row, found)
        if digits is None and whole and at is not None and not in_text:
            bound.add_blank(row, at[1])
        else:
            place = Span(*digits.span()) if digits else at[1] if at else found[0].span
            bound.add_scattered(row, place, 1)
            bound.places.append(place)
    lacking = _surely(missing_columns(form_labels, lines), lines, form_labels, scraps, in_text=in_text)
    return bound.result([], [], lacking, {}) if bound.places else None


def _is_in_pieces(text: str, labels: Labels) -> bool:
    """Says whether a region is the table with its labels broken over lines beside each other: the same letters."""
    words = "".join([max(keys, key=len) for keys in (*labels.stems, *labels.columns)])
    there = (Counter(words) & Counter(text)).total()
    return there > _SAME_LETTERS * len(words) and len(text) < _MOST_LETTERS * len(words)
