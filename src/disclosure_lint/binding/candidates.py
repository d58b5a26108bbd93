"""Lines that may be the heading of a section: by number and wording together."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import Literal, NamedTuple

from disclosure_lint.binding.ordinals import ordinal_at
from disclosure_lint.model.characters import Squeezed, squeeze
from disclosure_lint.model.document import Block, Heading, Paragraph, Table
from disclosure_lint.model.form import Form, SectionForm
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.source import Source, Span

_NUMERALS = "一二三四五六七八九十"
_NUMBERED = frozenset("第" + _NUMERALS)
"""What 一、 or 第一部分 begins with."""
_NO_TITLE = lazy_re_compile(r"[，\d]")
_ENDINGS = "。：；.:"
_MAX_TITLE = 45
_MAX_LINES = 4
_SIMILAR, _INLINE_SIMILAR = 0.6, 0.85
"""How like a title a heading must be, on a line of its own or in the middle of text."""
EXACT, LIKE, MISNUMBERED, UNNUMBERED = 4, 3, 2, 1
"""How sure a candidate is: its number with the exact wording, with a like one; the exact wording with another number,
with none or one written in another way."""
# Compiled when it is first needed: few reports number a section so.
_ODD_NUMBER = (
    r"(?P<open>[（【〔])?第?(?P<number>[一二三四五六]|[1-6](?!\d)|[壹贰叁肆伍陆Ⅰ-Ⅵ㈠-㈥①-⑥])"
    r"(?:部分)?[）】〕]?[、.：，。·-]?"
)
_ODD_NUMBERS = {
    char: value
    for row in ("一二三四五六", "123456", "壹贰叁肆伍陆", "ⅠⅡⅢⅣⅤⅥ", "㈠㈡㈢㈣㈤㈥", "①②③④⑤⑥")
    for value, char in enumerate(row, 1)
}


class Candidate(NamedTuple):
    """A line that may be the heading of a section."""

    section: SectionForm
    rank: int
    """How sure it is, from `UNNUMBERED` to `EXACT`."""
    block: int
    """Index of its (first) block."""
    span: Span
    number: int | None
    title: str
    level: int | None = None

    @property
    def wording(self) -> Literal["statutory", "long", "other"]:
        """Returns whose words its title is in."""
        if self.title == self.section.title:
            return "statutory"
        return "long" if self.title in self.section.long_titles else "other"


class HeadingLine(NamedTuple):
    """A line in the form of a heading, whatever it says."""

    block: int
    """Index of its (first) block."""
    span: Span
    number: int | None
    title: str
    level: int | None

    def of(self, section: SectionForm, rank: int) -> Candidate:
        """Returns it as the heading of a section."""
        return Candidate(section, rank, *self)


class Wordings:
    """The titles of a form's sections, ready to be found."""

    def __init__(self, form: Form):
        self.form = form
        self.sections: dict[str, SectionForm] = {}
        """By wording without white space."""
        for section in form.sections:
            for wording in (section.title, *section.long_titles, *section.aliases):
                self.sections.setdefault(squeeze(wording), section)
        self.all = tuple(self.sections)
        self.shortest, self.longest = min(map(len, self.sections)), max(map(len, self.sections))
        self.starts = frozenset(
            "第（【〔" + _NUMERALS + "".join(_ODD_NUMBERS) + "".join(wording[0] for wording in self.sections)
        )
        self.beginnings = frozenset(wording[:end] for wording in self.sections for end in range(1, len(wording)))


class Finder:
    """Finds the candidates of a document."""

    def __init__(self, source: Source, blocks: Sequence[Block], wordings: Wordings):
        self.source, self.blocks, self.wordings = source, blocks, wordings

    def candidates(self) -> Iterator[Candidate]:
        """Yields the blocks that may be headings, or begin one, in order."""
        folded, starts = self.source.folded, self.wordings.starts
        for index, block in enumerate(self.blocks):
            if isinstance(block, Table) or folded[block.span.start] not in starts:
                continue
            if found := self._at(index, block):
                yield found

    def _at(self, index: int, block: Heading | Paragraph) -> Candidate | None:
        start, end = block.span
        ordinal = ordinal_at(self.source.folded, start, end) if self.source.folded[start] in _NUMBERED else None
        if ordinal is None:
            return self._oddly_numbered(index, block) if end - start >= self.wordings.shortest else None
        if ordinal.end >= end:
            return None
        rest = self._text(ordinal.end, block)
        return (
            next(filter(None, (self._whole(index, ordinal.number, one) for one in self._readings(index, rest))), None)
            or self._leading(index, ordinal.number, rest)
            or self._similar(index, ordinal.number, rest)
        )

    def _line(self, index: int, number: int | None, title: str, end: int | None = None) -> HeadingLine:
        """Returns a block as a heading with a title, up to its end or before it."""
        block = self.blocks[index]
        level = block.level if isinstance(block, Heading) else None
        return HeadingLine(index, Span(block.span.start, end or block.span.end), number, title, level)

    def _oddly_numbered(self, index: int, block: Heading | Paragraph) -> Candidate | None:
        """A line that is a title and nothing else, behind a number written in another way or behind none."""
        start, end = block.span
        text = self.source.folded[start : min(end, start + 4 * self.wordings.longest)]
        if text[-1] in "0123456789":  # the usual case, quickly
            return None
        bare = text.replace(" ", "").replace("\t", "").rstrip(_ENDINGS)
        if not bare.endswith(self.wordings.all):
            return None
        match = re.match(_ODD_NUMBER, bare)
        title = bare[match.end() if match else 0 :]
        section = self.wordings.sections.get(title)
        if section is None:
            return None
        number = _ODD_NUMBERS.get(match["number"]) if match and match["number"] else None
        found = self._line(index, number, title).of(section, UNNUMBERED)
        if number not in (None, section.number) or not (found.wording != "other" or number):
            return None
        is_usual = match and match["number"] in _NUMERALS and number and not match["open"]
        return found._replace(rank=EXACT if found.wording != "other" else LIKE) if is_usual else found

    def _text(self, start: int, block: Heading | Paragraph) -> Squeezed:
        return Squeezed(self.source.folded, [(start, min(block.span.end, start + 4 * self.wordings.longest))])

    def _readings(self, index: int, rest: Squeezed) -> list[Squeezed]:
        """Returns the title as one line, and joined with the next ones as long as the form's wording goes on there."""
        readings = [rest]
        for end in range(index + 2, min(index + _MAX_LINES, len(self.blocks)) + 1):
            if readings[-1].text not in self.wordings.beginnings or isinstance(self.blocks[end - 1], Table):
                break
            lines = [block.span for block in self.blocks[index + 1 : end]]
            readings.append(Squeezed(self.source.folded, [(rest.source(0), self.blocks[index].span.end), *lines]))
        return readings

    def _whole(self, index: int, number: int | None, text: Squeezed) -> Candidate | None:
        """A line that is a title and nothing else."""
        bare = text.text.rstrip(_ENDINGS)
        section = self.wordings.sections.get(bare)
        if section is None:
            return None
        found = self._line(index, number, bare, text.span(0, len(text.text))[1]).of(section, MISNUMBERED)
        if number == section.number:
            return found._replace(rank=EXACT if found.wording != "other" else LIKE)
        return found if found.wording != "other" else None

    def _leading(self, index: int, number: int | None, rest: Squeezed) -> Candidate | None:
        """A heading with text behind it on the same line: 一、总体情况。2023年，…"""
        begun = self.wordings.sections.items() if rest.text.startswith(self.wordings.all) else ()
        for wording, section in begun:
            if section.number == number and rest.text.startswith(wording):
                end = rest.span(0, len(wording))[1]
                follows = rest.text[len(wording) : len(wording) + 1]
                if follows in _ENDINGS + "（" or follows.isdecimal() or self.source.folded[end] == " ":
                    found = self._line(index, number, wording, end).of(section, EXACT)
                    return found if found.wording != "other" else found._replace(rank=LIKE)
        return None

    def _similar(self, index: int, number: int | None, rest: Squeezed) -> Candidate | None:
        if not self._is_title(rest.text):
            return None
        text = rest.text.rstrip(_ENDINGS)
        for section in self.wordings.form.sections:
            if section.number == number and likeness(text, section) >= _SIMILAR:
                return self._line(index, number, text).of(section, LIKE)
        return None

    def _is_title(self, text: str) -> bool:
        bare = text.rstrip(_ENDINGS)
        return 2 <= len(bare) <= _MAX_TITLE and not text.endswith(("。", "；")) and not _NO_TITLE.search(bare)

    def headings(self, labels: Collection[str], level: int) -> list[HeadingLine]:
        """Returns the lines that look like a top-level heading: numbered 一、 or marked as one, short, no sentence.

        `labels` are those of tables, which may be numbered alike; `level` is the deepest that counts without a number.
        """
        found: list[HeadingLine] = []
        for index, block in enumerate(self.blocks):
            if isinstance(block, Table):
                continue
            ordinal = ordinal_at(self.source.folded, *block.span)
            if ordinal is not None and (ordinal.style != "一、" or ordinal.end >= block.span.end):
                continue
            if ordinal is None and not (isinstance(block, Heading) and block.level <= level):
                continue
            rest = self._text(ordinal.end if ordinal else block.span.start, block)
            title = rest.text.rstrip(_ENDINGS)
            whole = squeeze(self.source.folded[block.span.start : block.span.end])
            if not self._is_title(rest.text) or any(label.startswith(whole) for label in labels):
                continue
            found.append(self._line(index, ordinal.number if ordinal else None, title))
        return found

    def inline(self, sections: Sequence[SectionForm]) -> list[Candidate]:
        """Returns headings in the middle of long lines, where a page was run together: the last chain in order.

        One that is not there word for word is looked for between the others, by its number and a like wording.
        """
        found: list[Candidate] = []
        limit = len(self.source.folded)
        for section in sorted(sections, key=lambda section: -section.number):
            number = f"{_NUMERALS[section.number - 1]}、"
            titles = (section.title, *section.long_titles)
            at = [self.source.folded.rfind(number + title, 0, limit) for title in titles]
            if max(at) >= 0:
                limit, title = max(at), titles[at.index(max(at))]
                found.append(self.inside(section, EXACT, Span(limit, limit + len(number + title)), title))
        exact = {one.section.number: one.span for one in found}
        for section in sections:
            if section.number not in exact and len(exact) > 1:
                begin = max((span.end for number, span in exact.items() if number < section.number), default=0)
                ends = (span.start for number, span in exact.items() if number > section.number)
                found += self._inline_like(section, begin, min(ends, default=len(self.source.folded)))
        return found

    def _inline_like(self, section: SectionForm, begin: int, end: int) -> list[Candidate]:
        """Returns the heading in a stretch of text that has a section's number and is like its title, if any."""
        number = f"{_NUMERALS[section.number - 1]}、"
        likely: list[tuple[float, Span, str]] = []
        for match in re.finditer(re.escape(number) + r"[^。；\n]{2,}", self.source.folded[begin:end]):
            at = begin + match.start()
            for length in range(len(section.title) - 1, len(section.title) + 2):
                span = Span(at, min(end, at + len(number) + length))
                title = self.source.folded[at + len(number) : span.end]
                likely.append((likeness(title, section), span, title))
        alike, span, title = max(likely, key=lambda one: one[0], default=(0.0, Span(0, 0), ""))
        return [self.inside(section, LIKE, span, title)] if alike >= _INLINE_SIMILAR else []

    def inside(self, section: SectionForm, rank: int, span: Span, title: str) -> Candidate:
        """Returns a heading that stands within a block."""
        block = bisect_right(self.blocks, span.start, key=lambda block: block.span.start) - 1
        return Candidate(section, rank, block, span, section.number, title)


def likeness(text: str, section: SectionForm) -> float:
    """Returns how like a text is to the most like wording of a section, from 0 (or hardly) to 1."""
    # Only headings with another wording need it, and most reports have none.
    from difflib import SequenceMatcher

    letters = frozenset(text)
    wordings = [
        wording
        for wording in (section.title, *section.long_titles, *section.aliases)
        if 2 * sum(letter in letters for letter in wording) >= _SIMILAR * (len(text) + len(wording))
    ]
    return max([SequenceMatcher(None, text, wording, autojunk=False).ratio() for wording in wordings], default=0.0)
