"""The lines of a table's region, each parted into its label and its values, as far as the line itself tells."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.numbers import GLUED, TOKEN, VALUE_ENDS, is_value, is_word
from disclosure_lint.binding.wordings import lettered, letters
from disclosure_lint.model.characters import Squeezed
from disclosure_lint.model.document import Block, Location, Row, Table
from disclosure_lint.model.source import Source, Span

_DIGITS = "0123456789"
# Compiled when first used: few lines begin and end like these.
_PAGE = r"-+ ?\d{1,4} ?-+|第 ?\d{1,4} ?页(?:[ ，/]*共 ?\d{1,4} ?页)?|[Pp]age ?\d{1,4}(?: ?of ?\d{1,4})?|·? ?\d{1,4} ?·"
_SENTENCE_MARKS = frozenset("，。；、件条个项宗次份人")
_STOPS = frozenset("，。、；")
_COUNTERS = frozenset("件条个项宗次份人")
_GLUED_ENDS = _COUNTERS | frozenset(f"{_DIGITS}，.元")
_PAGE_ENDS = dict.fromkeys(_DIGITS, "·") | {"-": "-", "第": "页", "P": "", "p": "", "·": "·"}
"""What a page number ends with, by what it begins with; Page 5 with a digit."""
_AROUND_TITLE = "-/：，.0123456789AMP"
_PAGE_BEHIND = r"第\d+页.*$"
_PAGE_OF = r"(\d{1,4}) ?/ ?(\d{1,4})(?: ?页)?"
_ENUMERATED = r"[，；]\d"
"""Numbers that marks part, not spaces: of those behind them it is not known where each begins."""
_BEGINNING = r"\d[\d，.]*"
_NOTHING = frozenset(("NaN", "nan", "<NA>"))
"""What programs write for a blank cell."""
_RUN_ON = 40
_FURNITURE = 8


class Value(NamedTuple):
    """What stands in one number's cell."""

    text: str
    """Folded."""
    span: Span
    column: int
    """Column of the grid; for text without cells the order in the line."""
    location: Location | None
    columns: int = 1
    """How many columns of the grid it covers."""

    @property
    def is_number(self) -> bool:
        """Whether it is a number, or a mark or word that stands for one."""
        return is_value(self.text)


class TableLine(NamedTuple):
    """A line of the region."""

    pieces: tuple[tuple[str, Span], ...]
    """Label texts (their letters and digits) with their places."""
    values: tuple[Value, ...]
    """What follows the label; in a row of cells also the blank ones."""
    cells: int
    """How many columns of the grid the row takes up if the page separates cells, else 0."""
    label_column: int
    """Last column of the grid that the label takes up, -1 if there is none."""
    line: Span
    """The whole line."""
    block: int = 0
    """Where its table begins on the page, which tells the pieces of a table cut by page ends apart."""
    doubtful: tuple[Value, ...] = ()
    """A line that may be values or not: a word like 无 (or a piece of a label), `4 / 7` (or a page number)."""
    columns: tuple[tuple[int, int], ...] = ()
    """For each piece of a row of cells without numbers the columns of the grid that it covers, half-open."""
    filled: tuple[Value, ...] = ()
    """The values that are not blank."""


def is_glued(line: TableLine) -> bool:
    """Says whether its first number was part of its label's cell or word: 行政许可12."""
    return bool(line.pieces and line.values) and line.pieces[-1][1].end == line.values[0].span.start


def table_lines(
    source: Source, blocks: Sequence[Block], region: Span, labels: Labels, furniture: str
) -> Iterator[TableLine]:
    """Yields the lines of a region without page numbers and page headers; `furniture` is the squeezed title."""
    first = bisect_left(blocks, region.start, key=lambda block: block.span.end)
    for block in blocks[first:]:
        if block.span.start >= region.end:
            return
        if isinstance(block, Table):
            for row in block.rows:
                if len(row.cells) > 1:
                    yield _from_cells(source, row, labels, block.span.start)
                else:
                    # A page that puts each cell on a line of its own.
                    yield from _from_text(source, row.span, labels, furniture)
        else:
            span = block.span
            if span.start < region.start or span.end > region.end:
                span = Span(max(span.start, region.start), min(span.end, region.end))
            yield from _from_text(source, span, labels, furniture)


def _from_cells(source: Source, row: Row, labels: Labels, block: int) -> TableLine:
    folded, cells = source.folded, row.cells
    texts = [folded[start:end] for (start, end), _, _, _ in cells]
    last = _last_label(texts, labels)
    pieces: list[tuple[str, Span]] = []
    covered: list[tuple[int, int]] = []
    for raw, (span, column, _, columns) in zip(texts[: last + 1], cells, strict=False):
        if raw and (text := lettered(raw)) and not is_value(raw):
            pieces.append((text, span))
            covered.append((column, column + columns))
    values = [
        Value("" if raw in _NOTHING else raw, span, column, location, columns)
        for raw, (span, column, location, columns) in zip(texts[last + 1 :], cells[last + 1 :], strict=True)
    ]
    if last >= 0 and texts[last] and (match := _glued(texts[last], labels)):
        cell = cells[last]
        start, middle = cell.span.start, cell.span.start + match.start(2)
        pieces[-1:] = [(lettered(match.group(1)), Span(start, middle))]
        values.insert(0, Value(match.group(2), Span(middle, cell.span.end), cell.column, cell.location))
    label_end = cells[last].column + cells[last].columns - 1 if last >= 0 else -1
    width = cells[-1].column + cells[-1].columns
    filled = tuple([value for value in values if value.text])
    over = () if filled else tuple(covered)
    return TableLine(tuple(pieces), tuple(values), width, label_end, row.span, block, (), over, filled)


def _last_label(texts: Sequence[str], labels: Labels) -> int:
    """Returns the index of the last label cell: text before the first value, however the cells are shifted."""
    last = -1
    label = ""
    if _is_header(texts, labels):
        return max(index for index, text in enumerate(texts) if text)
    for index, text in enumerate(texts):
        name = letters(text)
        if not name or is_value(text):
            if text and last >= 0:
                break
            continue
        # A number behind other letters than those of a label is a value that was not written as one: 计5.
        known = name in labels.vocabulary and not (text[-1].isdecimal() and not name.endswith(labels.suffixes))
        if not known and (label.endswith(labels.suffixes) or (last < 0 and index and is_value(texts[0]))):
            break
        last, label = index, label + name
    return last


def _is_header(texts: Sequence[str], labels: Labels) -> bool:
    """Says whether cells are words of the table's header, perhaps with others that the form has not."""
    if is_value(next(filter(None, reversed(texts)), "")):
        return False
    filled = [text for text in texts if text]
    known = [text for text in filled if letters(text) in labels.header_words and lettered(text) == letters(text)]
    return len(known) > 1 and not any(map(is_value, filled))


def _glued(text: str, labels: Labels) -> re.Match[str] | None:
    """Parts a label and its number in one: 行政许可 12. With a unit, nothing but a label: it may be a sentence."""
    if text[-1] not in _GLUED_ENDS or (match := re.fullmatch(GLUED, text)) is None:
        return None
    name = letters(match.group(1))
    whole = name in labels.suffixes or (text[-1].isdecimal() and name.endswith(labels.suffixes))
    return match if whole else None


def _from_text(source: Source, span: Span, labels: Labels, furniture: str) -> Sequence[TableLine]:
    text = source.folded[span.start : span.end].strip(" \t")
    if text.isdecimal() and len(text) == span.end - span.start:  # the usual case, quickly
        value = Value(text, span, 0, None)
        return (TableLine((), (value,), 0, -1, span, filled=(value,)),)
    if not text or _is_furniture(text, furniture):
        return ()
    if span.end - span.start > _RUN_ON and (pieces := _run_on(source, span, labels)):
        return pieces
    if text[-1] not in VALUE_ENDS and not (text[-1] in _STOPS and text[-2:-1].isdecimal()):
        return (TableLine(((lettered(text), span),), (), 0, -1, span),)
    tokens = [(match.group(), Span(match.start(), match.end())) for match in TOKEN.finditer(source.folded, *span)]
    first = _first_value(tokens, labels)
    if first and re.search(_ENUMERATED, tokens[first - 1][0]):
        return (TableLine(((lettered(re.split(_ENUMERATED, text)[0]), span),), (), 0, -1, span),)
    values = tuple([Value(token, place, order, None) for order, (token, place) in enumerate(tokens[first:])])
    end = tokens[first - 1][1].end if first else span.start
    if first and (match := _glued(source.folded[span.start : end], labels)):
        values = (Value(match.group(2), Span(span.start + match.start(2), end), 0, None), *values)
        end = span.start + match.start(2)
    if not values and is_word(text):
        return (TableLine(((text, span),), (), 0, -1, span, doubtful=(Value(text, span, 0, None),)),)
    if len(values) == 3 and not first and re.fullmatch(_PAGE_OF, text):
        return (TableLine((), (), 0, -1, span, doubtful=values),)
    # An ordinal without its label still begins a row.
    label = ((lettered(source.folded[span.start : end]), Span(span.start, end)),) if first else ()
    return (TableLine(label, values, 0, -1, span, filled=values),)


def _is_furniture(bare: str, title: str) -> bool:
    """Says whether a line is a page number or repeats the title."""
    if bare[0] in _PAGE_ENDS and bare.endswith(_PAGE_ENDS[bare[0]]) and re.fullmatch(_PAGE, bare):
        return True
    if "/" in bare and bare[0] in _DIGITS and " / " not in bare:
        match = re.fullmatch(_PAGE_OF, bare)
        if match and _counts_up(match):
            return True
    if "：//" in bare and not letters(bare):
        return True  # a browser prints the page's address
    if not title or len(bare) < _FURNITURE:
        return False
    bare = bare.replace(" ", "")
    if bare[0] == "-" or bare[0].isdecimal() or bare[:_FURNITURE] in title + title:
        bare = re.sub(_PAGE_BEHIND, "", bare.strip(_AROUND_TITLE))
        return bare[:_FURNITURE] in title + title and len(bare) >= _FURNITURE and (bare in title or title in bare)
    return False


def _counts_up(page_of: re.Match[str]) -> bool:
    return 0 < int(page_of.group(1)) <= int(page_of.group(2))


def _first_value(tokens: Sequence[tuple[str, Span]], labels: Labels) -> int:
    """Returns how many tokens of a line are words of its label; values follow.

    Words like 无 stand for numbers beside a number or behind a row's label, not by themselves.
    """
    first = len(tokens)
    while first and is_value(tokens[first - 1][0]):
        first -= 1
    # Behind a whole label no number is a part of it, however it is written: 行政许可 12。 3.
    for at in range(1, first):
        if re.search(r"\d", tokens[at][0]) and _is_row(tokens[:at], labels):
            first = first if any(letters(token) for token, _ in tokens[at:first]) else at
            break
    if any(token[0].isdecimal() or not letters(token) for token, _ in tokens[first:]):
        return first
    return first if first and _is_row(tokens[:first], labels) else len(tokens)


def _is_row(tokens: Sequence[tuple[str, Span]], labels: Labels) -> bool:
    return letters("".join([token for token, _ in tokens])).endswith(labels.suffixes)


def _run_on(source: Source, span: Span, labels: Labels) -> list[TableLine] | None:
    """Parts a line in which several rows were run together; None if it is no such line."""
    squeezed = Squeezed(source.folded, [span])
    found = list(labels.run_on.finditer(squeezed.text))
    if len(found) < 2:
        return None
    ends = [squeezed.source(match.start()) for match in found[1:]] + [span.end]
    valued = [
        tuple(_leading_values(source, squeezed.span(*match.span())[1], end))
        for match, end in zip(found, ends, strict=True)
    ]
    if sum(map(bool, valued)) < 2 or any(
        _reads_on(source, values, end) for values, end in zip(valued, ends, strict=True)
    ):
        return None
    before = lettered(squeezed.text[: found[0].start()])
    lead = Span(span.start, squeezed.source(found[0].start()))
    lines = [TableLine(((before, lead),), (), 0, -1, lead)] if before else []
    for match, values, end in zip(found, valued, ends, strict=True):
        label = Span(*squeezed.span(*match.span()))
        piece = lettered(match.group()), label
        lines.append(TableLine((piece,), values, 0, -1, Span(label.start, end), filled=values))
        rest = Span(values[-1].span.end if values else label.end, end)
        if after := lettered(source.folded[rest.start : rest.end]):
            lines.append(TableLine(((after, rest),), (), 0, -1, rest))
    return lines


def _reads_on(source: Source, values: Sequence[Value], end: int) -> bool:
    """Says whether a number is one of a sentence: 本年新收 6 件，上年结转 1 件。"""
    after = source.folded[values[-1].span.end : end].lstrip(" \t") if values else ""
    return after[:1] in _SENTENCE_MARKS or (values[-1].text[-1] in _COUNTERS if values else False)


def _leading_values(source: Source, start: int, end: int) -> list[Value]:
    values: list[Value] = []
    for token in TOKEN.finditer(source.folded, start, end):
        if is_value(token.group()):
            values.append(Value(token.group(), Span(token.start(), token.end()), len(values), None))
            continue
        if digits := re.match(_BEGINNING, token.group()):
            place = Span(token.start(), token.start() + digits.end())
            values.append(Value(digits.group().rstrip("，."), place, len(values), None))
        break
    return values
