"""The sections of the form in a document: found by number and wording together, never by wording alone inside another.

A sub-heading inside 一 may repeat a table's title, a sentence may begin with 三、, a table of contents lists them all.
"""

import re
from collections.abc import Iterable, Sequence

from disclosure_lint.binding.candidates import (
    EXACT,
    LIKE,
    MISNUMBERED,
    UNNUMBERED,
    Candidate,
    Finder,
    Wordings,
    begins_paragraph,
)
from disclosure_lint.binding.numbers import ordinal_at
from disclosure_lint.binding.wordings import NUMERALS
from disclosure_lint.model.document import Block, Heading, Table
from disclosure_lint.model.form import Form, SectionForm
from disclosure_lint.model.report import TWO_REPORTS
from disclosure_lint.model.source import Source, Span

_CONTENTS_GAP, _CONTENTS_LENGTH = 8, 60
"""A table of contents has at most so many lines from one section to the next, none of them longer."""
_MAX_HEADING = 40
_WIDEST = 300
"""No page is wider, in characters."""


def find_sections(
    source: Source, blocks: Sequence[Block], wordings: Wordings
) -> tuple[list[Candidate], list[Candidate]]:
    """Returns the chosen heading of each section that was found, and further exact headings of the same sections."""
    finder = Finder(source, blocks, wordings)
    form = wordings.form
    candidates = _without_contents(list(finder.candidates()), blocks)
    chosen = _choose(candidates)
    while lacking := [section for section in form.sections if section.id not in chosen]:
        # Only for reports that lack a section.
        from disclosure_lint.binding.renamed_sections import find_renamed

        renamed = find_renamed(finder, chosen, lacking)
        if not renamed:
            break
        chosen |= renamed
    if len(lacking) > len(form.sections) / 2:
        for inline in finder.inline(lacking):
            chosen[inline.section.id] = inline
    ordered = sorted(chosen.values(), key=lambda candidate: candidate.span.start)
    begin = ordered[0].block if ordered else 0
    others = [
        c
        for c in candidates
        if c.rank >= LIKE
        and chosen.get(c.section.id, c) is not c
        and c.block > begin
        and begins_paragraph(source, blocks[c.block - 1], blocks[c.block])
    ]
    if are_two_reports(others) and (second := _second_report(sorted([*ordered, *others], key=_place))):
        first, repeated = find_sections(source, blocks[: second.block], wordings)
        return first, [*repeated, *(c for c in sorted([*ordered, *others], key=_place) if c.block >= second.block)]
    exact = [c for c in others if c.rank == EXACT]
    beside = sorted([*exact, *_beside(finder, form.sections)], key=_place)
    return ordered, beside if are_two_reports(beside) else exact


def _beside(finder: Finder, sections: Iterable[SectionForm]) -> list[Candidate]:
    """Returns the headings that stand behind other text on its line: those of a report beside another."""
    source = finder.source
    found: list[Candidate] = []
    for section in sections:
        for wording in (section.title, *section.long_titles):
            mark = f"{NUMERALS[section.number - 1]}、{wording}"
            gaps = [gap for gap in ("  ", "\t") if gap + mark in source.folded]
            for match in re.finditer(re.escape(mark), source.folded) if gaps else ():
                span = Span(*match.span())
                line = source.line_span(source.line_of(span.start))
                before = source.folded[max(line.start, span.start - _WIDEST) : span.start]
                if before.strip() and before.endswith(("  ", "\t")):
                    found.append(finder.inside(section, EXACT, span, wording))
    lines = [source.line_of(candidate.span.start) for candidate in found]
    # A table of contents may be laid out in two columns.
    return found if found and max(lines) - min(lines) > len(lines) * _CONTENTS_GAP else []


def extra_sections(source: Source, blocks: Sequence[Block], found: Sequence[Candidate], form: Form) -> list[Candidate]:
    """Returns headings 七、八、… after the form's last section that are numbered on from it."""
    last = found[-1] if found else None
    if last is None or last.section.number != len(form.sections):
        return []
    extra: list[Candidate] = []
    expected = len(form.sections) + 1
    for index in range(last.block + 1, len(blocks)):
        block = blocks[index]
        ordinal = None if isinstance(block, Table) else ordinal_at(source.folded, *block.span)
        if ordinal is None or ordinal.style != "一、":
            continue
        title = source.folded[ordinal.end : block.span.end].strip(" \t")
        if ordinal.number != expected or len(title) > _MAX_HEADING or title.endswith(("。", "；", "，")):
            return extra
        section = SectionForm(f"extra-{expected}", expected, title)
        level = block.level if isinstance(block, Heading) else None
        extra.append(Candidate(section, 0, index, block.span, ordinal.number, title, level))
        expected += 1
    return extra


def are_two_reports(repeated: Iterable[Candidate]) -> bool:
    """Says whether so many sections stand twice that a document has two reports."""
    return len({candidate.section.id for candidate in repeated}) >= TWO_REPORTS


def _second_report(headings: Sequence[Candidate]) -> Candidate | None:
    """Returns the heading with which a second report begins behind the end of a first; None if they are mixed."""
    numbers = [heading.section.number for heading in headings]
    anew = next((at for at in range(1, len(numbers)) if numbers[at] <= max(numbers[:at])), 0)
    behind = anew >= TWO_REPORTS and numbers[anew] == numbers[0] and numbers[anew - 1] == max(numbers)
    return headings[anew] if behind else None


def _place(candidate: Candidate) -> int:
    return candidate.span.start


def _without_contents(candidates: Sequence[Candidate], blocks: Sequence[Block]) -> list[Candidate]:
    """Drops a table of contents: three or more headings in order, close together, that all come again below."""
    last = {candidate.section.id: candidate.block for candidate in candidates}
    left: list[Candidate] = []
    run: list[Candidate] = []
    for candidate in (*candidates, None):
        if run and (candidate is None or not _lists_on(run[-1], candidate, blocks)):
            if len(run) < 3 or any(last[member.section.id] <= run[-1].block for member in run):
                left += run
            run = []
        if candidate is not None:
            run.append(candidate)
    return left


def _lists_on(before: Candidate, after: Candidate, blocks: Sequence[Block]) -> bool:
    """Says whether two headings may follow each other in a table of contents."""
    return (
        before.section.number < after.section.number
        and after.block - before.block <= _CONTENTS_GAP
        and not any(
            isinstance(block, Table) or block.span.end - block.span.start > _CONTENTS_LENGTH
            for block in blocks[before.block : after.block]
        )
    )


def _choose(candidates: Sequence[Candidate]) -> dict[str, Candidate]:
    chosen = {candidate.section.id: candidate for candidate in _main_chain(candidates)}
    for rank in (EXACT, LIKE, MISNUMBERED, UNNUMBERED):
        for candidate in candidates:
            open_place = candidate.rank == rank and candidate.section.id not in chosen
            if open_place and (rank == EXACT or _fits(candidate, chosen)):
                chosen[candidate.section.id] = candidate
    return chosen


def _main_chain(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Returns the most exact headings that stand in the form's order, the earlier ones of several alike."""
    best: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        number = candidate.section.number
        if candidate.rank == EXACT:
            chain = [*max((best[last] for last in best if last < number), key=len, default=[]), candidate]
            if len(chain) > len(best.get(number, ())):
                best[number] = chain
    return max(best.values(), key=len, default=[])


def _fits(candidate: Candidate, chosen: dict[str, Candidate]) -> bool:
    """Says whether a doubtful heading stands between the surer ones before and after it in the form."""
    return all(
        (other.section.number < candidate.section.number) == (other.span.start < candidate.span.start)
        for other in chosen.values()
    )
