"""Sections under other titles or numbers: found by all that speaks for them together.

What speaks for a heading is its number, its wording, its place among the sections that are certain, the table below it
and what the text below it is about. Only reports that lack a section are looked at.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from disclosure_lint.binding.candidates import LIKE, MISNUMBERED, Candidate, Finder, HeadingLine, likeness
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.form import SectionForm, TableForm
from disclosure_lint.model.lazy_re import lazy_re_compile

_OWN_TABLE = 0.4
"""Where so many of a table's labels stand below a heading, it is its table."""
_NEARLY, _ALIKE, _HARDLY = 0.75, 0.55, 0.25
_CERTAIN = 3
"""Sections that a document must have before others are known by their places: any report of work has numbered parts."""
_MOST_LINES = 150
"""Headings that are looked at: a report has some dozens, and each is compared with all others."""
_ORDINAL = lazy_re_compile(r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、])")
_ABOUT = {
    "problems": lazy_re_compile("(?:问题|不足|短板|差距)[^\n]{0,300}(?:改进|整改|下一步|今后|将)"),
    "other": lazy_re_compile("信息处理费"),
}
"""What only one section is about: its problems and improvements, the fees."""


class _Claim(NamedTuple):
    """A heading that may be that of a section, with what speaks for it."""

    score: float
    line: HeadingLine
    section: SectionForm


def find_renamed(
    finder: Finder, chosen: Mapping[str, Candidate], lacking: Sequence[SectionForm]
) -> dict[str, Candidate]:
    """Returns the headings of lacking sections, by the id of the section; each heading is taken for one of them."""
    taken = {candidate.block for candidate in chosen.values()}
    level = max((candidate.level or 0 for candidate in chosen.values()), default=0)
    lines = [line for line in finder.headings(_labels(finder), level) if line.place not in taken]
    if not 0 < len(lines) <= _MOST_LINES:
        return {}
    search = _Search(finder, chosen, lacking, lines)
    claims = [claim for line in lines for section in lacking if (claim := search.claim(line, section))]
    found: dict[str, Candidate] = {}
    used: set[int] = set()
    for claim in sorted(claims, key=lambda claim: -claim.score):
        if claim.section.id not in found and claim.line.place not in used:
            used.add(claim.line.place)
            number = claim.section.number
            rank = LIKE if claim.line.number == number else MISNUMBERED
            found[claim.section.id] = claim.line.candidate(claim.section, rank)
    return found


def _labels(finder: Finder) -> frozenset[str]:
    """Returns the labels of tables that are numbered like headings: 一、本年新收政府信息公开申请数量."""
    tables = finder.wordings.form.tables
    return frozenset(squeeze(label) for table in tables for row in table.rows for label in (row.label, *row.groups))


class _Search:
    """What is known of a document when sections are lacking."""

    def __init__(
        self,
        finder: Finder,
        chosen: Mapping[str, Candidate],
        lacking: Sequence[SectionForm],
        lines: Sequence[HeadingLine],
    ):
        self._finder, self._lacking, self._lines = finder, lacking, lines
        self._sure = sorted(chosen.values(), key=lambda candidate: candidate.block)
        self._tables = {table.section: table for table in finder.wordings.form.tables}
        self._stops = sorted({line.place for line in lines} | {one.block for one in self._sure})
        self._below: dict[int, str] = {}
        self._spine = self._by_number()

    def claim(self, line: HeadingLine, section: SectionForm) -> _Claim | None:
        """Returns what speaks for a heading as that of a section, None if it is too little."""
        alike = likeness(line.title, section)
        same_number = line.number == section.number
        in_order = self._in_order(line, section)
        own = self._table_below(line)
        if own is not None and own != section.id:
            return None
        has_table = own == section.id
        about = section.id in _ABOUT and _ABOUT[section.id].search(self._text_below(line)) is not None
        counted_on = (line.place, section.id) in self._spine
        if not has_table and len(self._sure) < _CERTAIN:
            return None
        if has_table:
            enough = alike >= _HARDLY or same_number or (in_order and self._is_alone(line))
        elif in_order:
            enough = line.number is not None and (
                alike >= _ALIKE or counted_on or (about and (same_number or alike >= _HARDLY))
            )
        else:
            enough = alike >= _NEARLY and self._counts_on(line)
        if not enough:
            return None
        return _Claim(3 * alike + 2 * has_table + about + same_number + in_order, line, section)

    def _in_order(self, line: HeadingLine, section: SectionForm) -> bool:
        return all((one.section.number < section.number) == (one.block < line.place) for one in self._sure)

    def _is_alone(self, line: HeadingLine) -> bool:
        """Says whether no other heading stands between the certain sections around one: it is no sub-heading then."""
        begin = max((one.block for one in self._sure if one.block < line.place), default=-1)
        end = min((one.block for one in self._sure if one.block > line.place), default=len(self._finder.blocks))
        return sum(begin < one.place < end for one in self._lines) == 1

    def _counts_on(self, line: HeadingLine) -> bool:
        """Says whether a heading is numbered on from the section before it: 五 and 六 may have changed places."""
        before = [one.place for one in self._lines if one.place < line.place and one.number is not None]
        sure = [one for one in self._sure if one.block < line.place]
        if line.number is None or not sure:
            return line.number == 1
        other = next((one for one in self._lines if one.place == max(before, default=-1)), None)
        last = other.number if other and other.place > sure[-1].block else sure[-1].number
        return line.number == (last or 0) + 1

    def _by_number(self) -> set[tuple[int, str]]:
        """Returns the headings that stand in a gap between certain sections under the numbers that are lacking there.

        A gap whose headings begin anew with 一 has sub-headings with the numbers of sections.
        """
        found: set[tuple[int, str]] = set()
        last = len(self._finder.blocks)
        ends = [
            *((one.block, one.section.number) for one in self._sure),
            (last, len(self._finder.wordings.form.sections) + 1),
        ]
        begin, low = -1, 0
        for end, high in ends:
            wanted = {one.number: one.id for one in self._lacking if low < one.number < high}
            lines = [line for line in self._lines if begin < line.place < end and line.number is not None]
            spine: list[tuple[int, str]] = []
            for at, line in enumerate(lines):
                number = low + 1 + len(spine)
                after = lines[at + 1].number if at + 1 < len(lines) else None
                if line.number == number and number in wanted and (after in (None, 1) or after in wanted):
                    spine.append((line.place, wanted[number]))
                elif not spine:
                    break
            found.update(spine)
            begin, low = end, high
        return found

    def _text_below(self, line: HeadingLine) -> str:
        """Returns the text from a heading to the next one, without spaces within lines."""
        if line.place not in self._below:
            end = next((stop for stop in self._stops if stop > line.place), len(self._finder.blocks))
            spans = [block.span for block in self._finder.blocks[line.place + 1 : end]]
            text = self._finder.source.folded[spans[0].start : spans[-1].end] if spans else ""
            self._below[line.place] = squeeze(text)
        return self._below[line.place]

    def _table_below(self, line: HeadingLine) -> str | None:
        """Returns the section whose table stands below a heading, if there is one."""
        text = self._text_below(line)
        parts = {section: _part(table, text) for section, table in self._tables.items()}
        best = max(parts, key=lambda section: parts[section], default=None)
        return best if best is not None and parts[best] >= _OWN_TABLE else None


def _part(table: TableForm, text: str) -> float:
    """Returns which part of a table's own labels stand in a text."""
    columns = [column.label for column in table.columns]
    rows = [_ORDINAL.sub("", squeeze(row.label), count=1) for row in table.rows]
    labels = {squeeze(label) for label in (*columns, *rows) if len(label) > 2}
    return sum(label in text for label in labels) / len(labels)
