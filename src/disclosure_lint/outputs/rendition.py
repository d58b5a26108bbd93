"""What line numbers refer to: the text of a document, and what was recognised in it."""

from collections.abc import Iterator

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.display import escape_controls, visible
from disclosure_lint.model.form import SectionForm, TableForm
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.personal import masked
from disclosure_lint.model.places import numeral
from disclosure_lint.model.report import Report
from disclosure_lint.model.source import Source, Span
from disclosure_lint.outputs.wording import WORDINGS


def numbered(source: Source) -> Iterator[str]:
    """Returns every line with its number in the file; tabs stay as they are."""
    file, _ = source.in_file(Span(0, 0))
    size = max(4, len(str(file.line_count)))
    for line in range(1, source.line_count + 1):
        span = source.line_span(line)
        if line == source.line_count > 1 and span.start == span.end:
            return
        text = source.slice(span)
        shown = text if text.isprintable() else "".join(char if char == "\t" else visible(char) for char in text)
        yield f"{source.line_in_file(line) or '':>{size}} | {shown}".rstrip() + "\n"


def outline(report: Report, style: OutputStyle) -> Iterator[str]:
    """Returns what was recognised: the title, what it says, and a line for every section and table of the form."""
    missing = style.say("没有找到", "not found")
    colon = style.say("：", ": ")
    title = missing
    if report.title:
        text, lines = escape_controls(masked(report.title.text)), _lines(report, report.title.span, style)
        title = style.say(f"{text}（{lines}）", f"{text} ({lines})")
    heads = {
        LocalizedText("标题", "title"): title,
        LocalizedText("机关", "agency"): escape_controls(report.agency or missing),
        LocalizedText("年度", "year"): report.year or missing,
        LocalizedText("表式", "form"): f"{report.form.id} {report.form.title}",
    }
    for name, value in heads.items():
        yield f"{name.text(style.lang)}{colon}{value}\n"
    yield f"{style.say('章节', 'sections')}{colon.rstrip()}\n"
    for section in report.form.sections:
        yield f"  {_section(report, section, style)}\n"
    yield f"{style.say('表格', 'tables')}{colon.rstrip()}\n"
    for table in report.form.tables:
        yield f"  {_table(report, table, style)}\n"


def _section(report: Report, form: SectionForm, style: OutputStyle) -> str:
    name = f"{numeral(form.number)}、{form.title}"
    section = report.sections.get(form.id)
    if section is None:
        return f"{name} — {style.say('没有找到', 'not found')}"
    words = WORDINGS[section.wording].text(style.lang)
    found = "" if section.wording == "statutory" else style.say("", " ") + f"“{escape_controls(masked(section.title))}”"
    return f"{name} — {_lines(report, section.span, style)}{style.say('，', ', ')}{words}{found}"


def _table(report: Report, form: TableForm, style: OutputStyle) -> str:
    table = report.tables.get(form.id)
    if table is None:
        return f"{form.title} — {style.say('没有找到', 'not found')}"
    facts = [fact.state for fact in report.facts.values() if fact.address.table == form.id]
    expected = len(form.addresses())
    counts = {
        LocalizedText("行", "rows"): f"{len(form.rows) - len(table.missing_rows)}/{len(form.rows)}",
        LocalizedText("分不清的行", "unclear rows"): len(table.unclear),
        LocalizedText("数", "numbers"): f"{facts.count('given')}/{expected}",
        LocalizedText("空格", "blank cells"): facts.count("blank"),
        LocalizedText("不是数的格", "cells that hold no number"): facts.count("unreadable"),
    }
    listed = style.say("，", ", ").join(f"{name.text(style.lang)} {count}" for name, count in counts.items())
    return f"{form.title} — {_lines(report, table.span, style)}{style.say('：', ': ')}{listed}"


def _lines(report: Report, span: Span, style: OutputStyle) -> str:
    source = report.document.source
    first = source.position(span.start).line
    last = source.position(max(span.start, span.end - 1)).line
    numbers = str(first) if first == last else f"{first}–{last}"
    return style.say(f"第 {numbers} 行", f"line {numbers}")
