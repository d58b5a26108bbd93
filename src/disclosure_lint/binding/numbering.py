"""Lines that begin with an ordinal: sections beyond the form's, and the numbering inside the sections."""

from collections.abc import Iterator, Sequence

from disclosure_lint.binding.candidates import Candidate
from disclosure_lint.binding.ordinals import BEGINNINGS, ordinal_at
from disclosure_lint.binding.paragraphs import begins_paragraph
from disclosure_lint.model.document import Block, Heading, Table
from disclosure_lint.model.form import Form, SectionForm
from disclosure_lint.model.report import NumberedLine, Section
from disclosure_lint.model.source import Source, Span

_MAX_HEADING = 40
_NO_ITEM = frozenset("项款条目章节点次")


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


def numbered_lines(
    source: Source, blocks: Sequence[Block], sections: Sequence[Section], tables: Sequence[Span]
) -> Iterator[NumberedLine]:
    """Yields the lines outside the tables and the section headings where an ordinal begins a paragraph."""
    headings = {section.span.start for section in sections}
    before: Block | None = None
    done = 0
    for block in blocks:
        previous, before = before, block
        if block.span.start < done or isinstance(block, Table) or source.folded[block.span.start] not in BEGINNINGS:
            continue
        done = max([table.end for table in tables if table.start <= block.span.start], default=0)
        if block.span.start < done:
            continue
        ordinal = ordinal_at(source.folded, *block.span)
        if ordinal is None or block.span.start in headings:
            continue
        text = source.folded[ordinal.end : block.span.end].strip(" \t")
        if text[:1] in _NO_ITEM or not text:
            continue
        if not (previous and previous.span.start in headings) and not begins_paragraph(source, previous, block):
            continue
        section = next((s.form.id for s in sections if s.body.start <= block.span.start < s.body.end), None)
        mark = Span(block.span.start, ordinal.end)
        yield NumberedLine(mark, ordinal.style, ordinal.number, text, isinstance(block, Heading), section)
