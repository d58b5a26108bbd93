"""What a person reads in a terminal."""

from collections.abc import Iterator
from typing import NamedTuple

from disclosure_lint.model.diagnostic import Diagnostic, LocalizedText, Severity
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.document import Location
from disclosure_lint.model.form import Law
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult, Suppressed
from disclosure_lint.model.source import Position, Source, Span
from disclosure_lint.outputs.excerpt import excerpt, picture, row_shown
from disclosure_lint.outputs.places import ReportWords, report_words
from disclosure_lint.outputs.wording import OUTCOMES, SEVERITIES, Totals, cited

BY = {
    "comment": LocalizedText("注释", "comment"),
    "configuration": LocalizedText("配置", "configuration"),
    "baseline": LocalizedText("基线", "baseline"),
}


def suppressed_lines(result: FileResult, lang: str) -> Iterator[str]:
    """Returns a line for each diagnostic that is not reported: where, which, who asked for silence, and why."""
    for one in result.suppressed:
        place = result.source.position(one.diagnostic.span.start) if result.source else None
        where = f"{place.line}:{place.column}" if place else "1:1"
        yield f"  {where} {one.diagnostic.code} {_why(one, lang)}"


def _why(one: Suppressed, lang: str) -> str:
    colon = ": " if lang == "en" else "："
    return BY[one.by].text(lang) + (colon + escape_controls(one.reason) if one.reason else "")


_BOLD, _FAINT = "1", "2"
_COLOURS = {Severity.error: "1;31", Severity.warning: "1;33", Severity.info: "1;36", Severity.off: "0"}


class Writer:
    """Writes each file's diagnostics, then the counts."""

    def __init__(self, style: OutputStyle):
        self._style = style
        self._totals = Totals()
        self._explained: set[str] = set()

    def start(self) -> str:
        """Returns nothing."""
        return ""

    def add(self, result: FileResult) -> str:
        """Returns the diagnostics of a file."""
        self._totals.add(result)
        return "".join(_pieces(result, self._style, self._explained))

    def finish(self) -> str:
        """Returns the counts."""
        style, totals = self._style, self._totals
        statistics = "".join(f"{line}\n" for line in totals.statistics()) if style.statistics else ""
        nothing = style.only_reports and not (totals.files or totals.severities or style.verbose)
        if style.quiet or nothing:
            return statistics
        counts = [totals.summary(style.lang), totals.verdicts(style.lang), *totals.fixes(style.lang)]
        return statistics + "".join(f"{line}\n" for line in counts)


def _pieces(result: FileResult, style: OutputStyle, explained: set[str]) -> Iterator[str]:
    words = report_words(result) if result.diagnostics and not style.quiet else None
    outline = result.outline if result.diagnostics else None
    places = _Places(result.source, words, outline is not None and outline.is_rendition, style.lang)
    cited_before: set[tuple[str, tuple[Law, ...]]] = set()
    for diagnostic in result.diagnostics:
        yield _line(places, diagnostic, style)
        if not style.quiet:
            law = () if (diagnostic.code, diagnostic.law) in cited_before else diagnostic.law
            cited_before.add((diagnostic.code, diagnostic.law))
            row = row_shown(result, diagnostic) if style.pictures else None
            drawn = picture(row, diagnostic, style) if row else ()
            details = [*_details(places, diagnostic, style), *drawn, *_explanation(diagnostic, law, style, explained)]
            yield "".join(f"{line}\n" for line in details) + "\n"
    if style.verbose:
        yield _region(result, style)
        yield _unchecked(result, style)
        yield _suppressed(result, style)


class _Places(NamedTuple):
    """Where things are in one file."""

    source: Source | None
    words: ReportWords | None
    """None where no report was found, or lines and columns are enough."""
    is_rendition: bool
    """Whether its lines are only those of `show`, so that people look for the place by its name."""
    lang: str

    def text(self, path: str, span: Span, location: Location | None = None, cell: str = "") -> str:
        """Returns path, line and column, and before these two what the place is called where there are no lines."""
        place = self.named(span, location, cell)
        return f"{escape_controls(path)}: {place}" if place else f"{escape_controls(path)}:{self._numbers(span)}"

    def related(self, path: str, span: Span) -> str:
        """Returns the same of another place of the file, which needs no path where the place has a name."""
        return self.named(span) or self.text(path, span)

    def named(self, span: Span, location: Location | None = None, cell: str = "") -> str:
        """Returns what a place is called, with line and column; empty where these two are enough."""
        words = self.words.words(span, location, cell) if self.words and self.is_rendition else None
        return f"{words.text(self.lang)} ({self._numbers(span)})" if words else ""

    def _numbers(self, span: Span) -> str:
        line, column = self.source.position(span.start) if self.source else Position(1, 1)
        return f"{line}:{column}"


def _line(places: _Places, diagnostic: Diagnostic, style: OutputStyle) -> str:
    at = places.text(diagnostic.path, diagnostic.span, diagnostic.location, next(iter(diagnostic.cells), ""))
    # Programs parse what -q prints.
    word = diagnostic.severity.name if style.quiet else SEVERITIES[diagnostic.severity].text(style.lang)
    severity = style.paint(word, _COLOURS[diagnostic.severity])
    code = style.link(style.paint(diagnostic.code, _BOLD), diagnostic.code)
    mark = "[*] " if diagnostic.fix and diagnostic.fix.applicability == "safe" else ""
    message = diagnostic.message if style.quiet else diagnostic.brief or diagnostic.message
    return f"{style.paint(at, _BOLD)}: {severity} {code} {mark}{escape_controls(message.text(style.lang))}\n"


def _details(places: _Places, diagnostic: Diagnostic, style: OutputStyle) -> Iterator[str]:
    """Yields what stands there, what belongs to it, and what else the mistake breaks."""
    if places.source and places.source.text:
        yield from _excerpt(places.source, diagnostic, style)
        if diagnostic.location and places.words and not places.is_rendition:
            cell = next(iter(diagnostic.cells), "")
            place = places.words.words(diagnostic.span, diagnostic.location, cell)
            yield f"  {style.say('在原文件：', 'in the file: ')}{place.text(style.lang)}"
        yield from _related(places, diagnostic, style)
    if diagnostic.also:
        yield _also(diagnostic, style)


def _explanation(
    diagnostic: Diagnostic, law: tuple[Law, ...], style: OutputStyle, explained: set[str]
) -> Iterator[str]:
    """Yields how such mistakes are mended, once in a run, and the law, once in a file."""
    if diagnostic.code not in explained:
        explained.add(diagnostic.code)
        how = next((rule.how.text(style.lang) for rule in style.rules() if rule.code == diagnostic.code), "")
        if how:
            yield style.paint(f"  {style.say('怎么改：', 'how to mend it: ')}{' '.join(how.split())}", _FAINT)
    if law:
        sources = style.say("；", "; ").join(cited(one, style.lang) for one in law)
        yield style.paint(f"  {style.say('依据：', 'law: ')}{sources}", _FAINT)


def _also(diagnostic: Diagnostic, style: OutputStyle) -> str:
    """Returns which other rules the mistake breaks, in their words."""
    summaries = {rule.code: rule.summary.text(style.lang) for rule in style.rules()}
    form = style.say("“{}”（{}）", "{} ({})")
    said = [form.format(summaries[code], code) if summaries.get(code) else code for code in diagnostic.also]
    return f"  {style.say('同一处错误也不符合：', 'the same mistake also breaks: ')}{style.say('；', '; ').join(said)}"


def _excerpt(source: Source, diagnostic: Diagnostic, style: OutputStyle) -> Iterator[str]:
    number = str(source.position(diagnostic.span.start).line).rjust(4)
    others = [related.span for related in diagnostic.related]
    line, marks = excerpt(source, diagnostic.span, style.width - len(number) - 6, others)
    yield f"  {style.paint(f'{number} |', _FAINT)} {line}"
    yield f"  {style.paint(' ' * len(number) + ' |', _FAINT)} {style.paint(marks, _COLOURS[diagnostic.severity])}"


def _related(places: _Places, diagnostic: Diagnostic, style: OutputStyle) -> Iterator[str]:
    """Returns a line for the other places of each line of the document, named by the first of them."""
    lines: dict[int, list[str]] = {}
    for number, (span, message) in enumerate(diagnostic.related):
        # What there is to choose from is a list.
        key = number if diagnostic.brief or places.source is None else places.source.line_of(span.start)
        head = f"{style.say('关联：', 'also: ')}{places.related(diagnostic.path, span)}: "
        lines.setdefault(key, [head]).append(escape_controls(message.text(style.lang)))
    for head, *messages in lines.values():
        yield f"  {head}{style.say('；', '; ').join(messages)}"


def _region(result: FileResult, style: OutputStyle) -> str:
    """Returns which regional pack was taken and why, where there are any."""
    if result.region_reason is None:
        return ""
    region = result.region or style.say("没有用", "none")
    reason = escape_controls(result.region_reason.text(style.lang))
    path = escape_controls(result.path)
    return f"{path} {style.say('地区规则包', 'regional pack')} {region}{style.say('：', ': ')}{reason}\n"


def _suppressed(result: FileResult, style: OutputStyle) -> str:
    """Returns a line for every diagnostic that is not reported, and why."""
    if not result.suppressed:
        return ""
    lines = "".join(f"{line}\n" for line in suppressed_lines(result, style.lang))
    return f"{escape_controls(result.path)} {style.say('查出而不报的：', 'found and not reported:')}\n{lines}\n"


def _unchecked(result: FileResult, style: OutputStyle) -> str:
    """Returns a line for every rule that was not, or not wholly, judged."""
    lines = []
    for entry in result.ledger:
        if entry.verdict in ("undetermined", "not_applicable") or entry.reason:
            outcome = OUTCOMES[entry.verdict].text(style.lang)
            reason = style.say("：", ": ") + escape_controls(entry.reason.text(style.lang)) if entry.reason else ""
            lines.append(f"  {entry.code} {outcome}{reason}\n")
    if not lines:
        return ""
    title = style.say("没有检查或没有查全：", "not, or not wholly, checked:")
    return f"{escape_controls(result.path)} {title}\n{''.join(lines)}\n"
