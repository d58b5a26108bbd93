"""What a person reads in a terminal."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from disclosure_lint.model.diagnostic import Diagnostic, Severity
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.source import Position, Source, Span
from disclosure_lint.outputs.citation import cited
from disclosure_lint.outputs.excerpt import excerpt
from disclosure_lint.outputs.totals import OUTCOMES, Totals
from disclosure_lint.outputs.width import harmless

_BOLD, _FAINT = "1", "2"
_COLOURS = {Severity.error: "1;31", Severity.warning: "1;33", Severity.info: "1;36", Severity.off: "0"}


class TextStyle(NamedTuple):
    """How much to say, and how."""

    lang: str = "zh"
    color: bool = False
    width: int = 100
    """Terminal cells of a line; only the excerpts of documents are cut to it."""
    quiet: bool = False
    """Only one line for each diagnostic."""
    verbose: bool = False
    """Also what was not checked, and why."""
    statistics: bool = False
    """Also how often each code was reported."""

    def say(self, zh: str, en: str) -> str:
        """Returns the text in the language of the output."""
        return en if self.lang == "en" else zh

    def paint(self, text: str, colour: str) -> str:
        """Returns the text in a colour, if there are colours."""
        return f"\033[{colour}m{text}\033[0m" if self.color else text


def render(results: Iterable[FileResult], style: TextStyle) -> Iterator[str]:
    """Returns the output piece by piece: each file as soon as it is there, then the counts."""
    totals = Totals()
    for result in results:
        totals.add(result)
        for diagnostic in result.diagnostics:
            yield _line(result.source, diagnostic, style)
            if not style.quiet:
                yield "".join(f"{line}\n" for line in _details(result.source, diagnostic, style)) + "\n"
        if style.verbose:
            yield _region(result, style)
            yield _unchecked(result, style)
    if style.statistics:
        yield "".join(f"{line}\n" for line in totals.statistics())
    if not style.quiet:
        yield f"{totals.summary(style.lang)}\n{totals.verdicts(style.lang)}\n"


def _line(source: Source | None, diagnostic: Diagnostic, style: TextStyle) -> str:
    place = style.paint(_place(diagnostic.path, source, diagnostic.span), _BOLD)
    severity = style.paint(diagnostic.severity.name, _COLOURS[diagnostic.severity])
    code = style.paint(diagnostic.code, _BOLD)
    return f"{place}: {severity} {code} {harmless(diagnostic.message.text(style.lang))}\n"


def _place(path: str, source: Source | None, span: Span) -> str:
    line, column = source.position(span.start) if source else Position(1, 1)
    return f"{harmless(path)}:{line}:{column}"


def _details(source: Source | None, diagnostic: Diagnostic, style: TextStyle) -> Iterator[str]:
    if source and source.text:
        yield from _excerpt(source, diagnostic, style)
        yield from _related(source, diagnostic, style)
    if diagnostic.also:
        codes = style.say("、", ", ").join(diagnostic.also)
        yield f"  {style.say('同一处错误还违反：', 'the same mistake also breaks: ')}{codes}"
    if diagnostic.law:
        sources = style.say("；", "; ").join(cited(law, style.lang) for law in diagnostic.law)
        yield style.paint(f"  {style.say('依据：', 'law: ')}{sources}", _FAINT)


def _excerpt(source: Source, diagnostic: Diagnostic, style: TextStyle) -> Iterator[str]:
    number = str(source.position(diagnostic.span.start).line).rjust(4)
    others = [related.span for related in diagnostic.related]
    line, marks = excerpt(source, diagnostic.span, style.width - len(number) - 6, others)
    yield f"  {style.paint(f'{number} |', _FAINT)} {line}"
    yield f"  {style.paint(' ' * len(number) + ' |', _FAINT)} {style.paint(marks, _COLOURS[diagnostic.severity])}"


def _related(source: Source, diagnostic: Diagnostic, style: TextStyle) -> Iterator[str]:
    """Returns a line for the other places of each line of the document, named by the first of them."""
    lines: dict[int, list[str]] = {}
    for span, message in diagnostic.related:
        place = _place(diagnostic.path, source, span)
        words = lines.setdefault(source.position(span.start).line, [f"{style.say('关联：', 'also: ')}{place}: "])
        words.append(harmless(message.text(style.lang)))
    for head, *messages in lines.values():
        yield f"  {head}{style.say('；', '; ').join(messages)}"


def _region(result: FileResult, style: TextStyle) -> str:
    """Returns which regional pack was taken and why, where there are any."""
    if result.region_reason is None:
        return ""
    region = result.region or style.say("没有用", "none")
    reason = harmless(result.region_reason.text(style.lang))
    return (
        f"{harmless(result.path)} {style.say('地区规则包', 'regional pack')} {region}{style.say('：', ': ')}{reason}\n"
    )


def _unchecked(result: FileResult, style: TextStyle) -> str:
    """Returns a line for every rule that was not, or not wholly, judged."""
    lines = []
    for entry in result.ledger:
        if entry.verdict in ("undetermined", "not_applicable") or entry.reason:
            outcome = OUTCOMES[entry.verdict].text(style.lang)
            reason = style.say("：", ": ") + harmless(entry.reason.text(style.lang)) if entry.reason else ""
            lines.append(f"  {entry.code} {outcome}{reason}\n")
    if not lines:
        return ""
    title = style.say("没有检查或没有查全：", "not, or not wholly, checked:")
    return f"{harmless(result.path)} {title}\n{''.join(lines)}\n"
