"""What is left of the diagnostics of a file where the document or the configuration asks for silence."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from disclosure_lint.model.characters import fold
from disclosure_lint.model.diagnostic import Diagnostic, Edit, Finding, Fix, LocalizedText
from disclosure_lint.model.document import Comment, Document, Table
from disclosure_lint.model.report import Outline, Report
from disclosure_lint.model.result import AcceptedFinding, Suppressed
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Source, Span
from disclosure_lint.suppress.addresses import section_of

_MARKUP = frozenset("#|>-*+=`~_<")
"""What makes a line of Markdown more than a paragraph where it begins with it."""
_MOST_HINTS, _LONGEST_NAME = 100, 60
"""How many codes of a file, and how long ones, are held against all names: that takes a millisecond each."""
# Written on Chinese keyboards too: read in folded text. Compiled when first used, as most documents hold no comment.
_DIRECTIVE = r"\s*disclosure-lint\s*：\s*(?P<verb>[\w-]+)\s*(?:[\[【](?P<codes>[^\]】]*)[\]】])?"
_CODE = r"[^，、；\s]+"
_BEFORE_REASON = " \t\r\n\u3000:：,，;；-—–"
_HERE, _FILE = "ignore", "ignore-file"


class Suppression(NamedTuple):
    """A comment that asks for silence.

    `<!-- disclosure-lint: ignore[DL401] 理由 -->` or `<!-- disclosure-lint: ignore-file[DL1] 理由 -->`.
    """

    span: Span
    """The comment."""
    codes: tuple[str, ...]
    """Codes, prefixes of codes or names of rules in small letters; empty if it names none and so silences nothing."""
    area: Span | None
    """Where it works; None for the whole file."""
    reason: str | None = None
    """What it says behind the codes."""
    places: tuple[Span, ...] = ()
    """Where each of its codes stands."""


def suppressions(document: Document) -> list[Suppression]:
    """Returns the suppressions of a document, in order."""
    found = ((comment, re.match(_DIRECTIVE, fold(comment.text), re.IGNORECASE)) for comment in document.comments)
    return [_suppression(document, comment, match) for comment, match in found if match]


class SuppressionSet:
    """Who asks for silence about a file."""

    def __init__(
        self,
        comments: Iterable[Suppression] = (),
        all_accepted: tuple[AcceptedFinding, ...] = (),
        report: Report | None = None,
    ):
        """Takes the comments of the document in their order, and what the configuration accepts of it."""
        self.comments = tuple(comments)
        self._accepted = all_accepted
        self._report = report
        self._by_word: dict[str, list[int]] = {}
        for number, comment in enumerate(self.comments):
            for code in dict.fromkeys(comment.codes):
                self._by_word.setdefault(code, []).append(number)

    @classmethod
    def of(
        cls, document: Document, all_accepted: tuple[AcceptedFinding, ...], report: Report | None = None
    ) -> "SuppressionSet":
        """Returns who asks for silence in a document, or in the configuration about it."""
        return cls(suppressions(document), all_accepted, report)

    def without_comments(self) -> "SuppressionSet":
        """Returns what the configuration alone asks for."""
        return SuppressionSet((), self._accepted, self._report)

    def naming(self, rule: Rule | Diagnostic) -> list[Suppression]:
        """Returns the comments that are about a rule, or the rule of a diagnostic, in their order."""
        numbers = {number for word in words_for(rule) for number in self._by_word.get(word, ())}
        return [self.comments[number] for number in sorted(numbers)]

    def suppressed(self, diagnostics: Sequence[Diagnostic]) -> list[Suppressed | None]:
        """Returns for each diagnostic how it is suppressed, None if nobody asks for that; a comment comes first."""
        found: list[Suppressed | None] = [None] * len(diagnostics)
        outline = self._report.outline if self._report and self._accepted else None
        for numbers in _by_rule(diagnostics):
            first = diagnostics[numbers[0]]
            all_accepted = [accepted for accepted in self._accepted if names(accepted, first)]
            places = [diagnostics[number].span.start for number in numbers]
            for number, comment in zip(numbers, _first_reaching(self.naming(first), places), strict=True):
                diagnostic = diagnostics[number]
                if comment is not None:
                    found[number] = Suppressed(diagnostic, "inSource", "comment", comment.reason)
                elif accepted := next((one for one in all_accepted if covers(one, diagnostic, outline)), None):
                    found[number] = Suppressed(diagnostic, "external", "configuration", accepted.reason)
        return found

    def used(self, diagnostics: Sequence[Diagnostic]) -> set[Suppression]:
        """Returns the comments that silence one of the diagnostics at least."""
        used: set[Suppression] = set()
        for numbers in _by_rule(diagnostics):
            starts = sorted(diagnostics[number].span.start for number in numbers)
            used.update(one for one in self.naming(diagnostics[numbers[0]]) if _reaches_any(one, starts))
        return used


def apply_suppressions(
    diagnostics: Sequence[Diagnostic], in_force: SuppressionSet
) -> tuple[list[Diagnostic], list[Suppressed]]:
    """Returns the diagnostics that are left, and those that are not reported."""
    quiet = in_force.suppressed(diagnostics)
    left = [diagnostic for diagnostic, one in zip(diagnostics, quiet, strict=True) if one is None]
    return left, [one for one in quiet if one is not None]


def apply_to_notices(
    notices: Sequence[Diagnostic], in_force: SuppressionSet
) -> tuple[list[Diagnostic], list[Suppressed]]:
    """Returns which notices of comments that silence nothing are left, and which are not reported.

    A comment that silences such a notice is of use; no comment silences the notice that it is of none.
    """
    rules = [notices[numbers[0]] for numbers in _by_rule(notices)]
    quieting = {comment.span: comment for rule in rules for comment in in_force.naming(rule)}
    plain = [notice for notice in notices if notice.span not in quieting]
    used = in_force.used(plain)
    useless = [notice for notice in notices if notice.span in quieting and quieting[notice.span] not in used]
    left, suppressed = apply_suppressions(plain, in_force)
    more_left, more_suppressed = apply_suppressions(useless, in_force.without_comments())
    return left + more_left, suppressed + more_suppressed


def unused_suppressions(
    in_force: SuppressionSet, found: Sequence[Diagnostic], ran: Sequence[Rule], known: Sequence[Rule], source: Source
) -> list[Finding]:
    """Returns a finding for every comment that silences none of what was found, and for codes that nobody knows.

    Whether a comment is of use is not known if none of its rules was run.
    """
    findings: list[Finding] = []
    used = in_force.used(found)
    words, of_ran = ({word for rule in rules for word in words_for(rule)} for rules in (known, ran))
    hinted = _Hints(known)
    for comment in in_force.comments:
        text = {"text": source.slice(comment.span)}
        unknown = [code for code in comment.codes if code not in words]
        if not comment.codes:
            findings.append(Finding(comment.span, {**text}, "unclear"))
        elif unknown and len(unknown) == len(comment.codes):
            findings.append(hinted.unknown(comment.span, _as_written(comment, unknown, source), text))
        elif comment not in used and not of_ran.isdisjoint(comment.codes):
            findings.append(Finding(comment.span, {**text}, fix=removal(source, comment.span)))
        elif unknown:
            for place, word in zip(comment.places, _as_written(comment, comment.codes, source), strict=True):
                if word.lower() not in words:
                    findings.append(hinted.unknown(place, [word], text))
    return findings


def words_for(rule: Rule | Diagnostic) -> list[str]:
    """Returns the words that stand for a rule, or the rule of a diagnostic: prefixes of its code, and its name."""
    code = rule.code.lower()
    return [*(code[:length] for length in range(1, len(code) + 1)), rule.name]


def names(accepted: AcceptedFinding, diagnostic: Diagnostic) -> bool:
    """Returns whether an accepted finding is about the rule of a diagnostic."""
    words = words_for(diagnostic)
    return any(code.lower() in words for code in accepted.codes)


def covers(accepted: AcceptedFinding, diagnostic: Diagnostic, outline: Outline | None) -> bool:
    """Returns whether an accepted finding, which is for the file, is this one: by code, cell and section, if named."""
    if not names(accepted, diagnostic):
        return False
    if accepted.cell is not None and accepted.cell != next(iter(diagnostic.cells), None):
        return False
    return accepted.section is None or accepted.section == section_of(diagnostic, outline)


def removal(source: Source, comment: Span) -> Fix | None:
    """Returns the fix that removes a comment, its lines too if nothing else stands there.

    None if it has no end, if lines would be joined, or if what stands behind it would come to begin a line and mean
    something else there.
    """
    if not source.slice(comment).endswith("-->"):
        return None
    text, (start, end) = source.text, comment
    first, last = source.line_of(start), source.line_of(end)
    begin, stop = source.line_span(first).start, source.line_span(last).end
    # Looked at from the comment on, as far as there are spaces: many may stand on one long line.
    left, right = start, end
    while left > begin and text[left - 1].isspace():
        left -= 1
    while right < stop and text[right].isspace():
        right += 1
    if left == begin and right == stop:
        span = _lines(source, first, last)
    elif last > first or (left == begin and text[right] in _MARKUP):
        return None
    elif right == stop:
        span = Span(left + len(text[left:start].rstrip(" \t")), stop)
    elif left > begin:
        span = comment
    else:
        span = Span(start, right - len(text[end:right].lstrip(" \t")))
    return Fix("safe", (Edit(span, ""),), LocalizedText("删掉这条注释", "delete the comment"))


def _lines(source: Source, first: int, last: int) -> Span:
    """Returns whole lines with their ends, and a blank line after them if one stands before them too."""
    if _is_blank(source, first - 1) and _is_blank(source, last + 1):
        last += 1
    end = source.line_span(last + 1).start if last < source.line_count else source.line_span(last).end
    return Span(source.line_span(first).start, end)


def _is_blank(source: Source, line: int) -> bool:
    return 1 <= line <= source.line_count and not source.slice(source.line_span(line)).strip()


def _by_rule(diagnostics: Sequence[Diagnostic]) -> list[list[int]]:
    """Returns the numbers of the diagnostics of each rule."""
    found: dict[tuple[str, str], list[int]] = {}
    for number, diagnostic in enumerate(diagnostics):
        found.setdefault((diagnostic.code, diagnostic.name), []).append(number)
    return list(found.values())


def _reaches_any(comment: Suppression, starts: Sequence[int]) -> bool:
    if comment.area is None:
        return True
    at = bisect_left(starts, comment.area.start)
    return at < len(starts) and starts[at] <= comment.area.end


def _first_reaching(comments: Sequence[Suppression], places: Sequence[int]) -> list[Suppression | None]:
    """Returns for each place the first of the comments that works there; one sweep, however many there are."""
    begins = sorted((one.area.start if one.area else 0, number) for number, one in enumerate(comments))
    waiting: list[int] = []
    found: list[Suppression | None] = [None] * len(places)
    begun = 0
    for index in sorted(range(len(places)), key=places.__getitem__):
        place = places[index]
        while begun < len(begins) and begins[begun][0] <= place:
            heappush(waiting, begins[begun][1])
            begun += 1
        while waiting and (area := comments[waiting[0]].area) is not None and area.end < place:
            heappop(waiting)
        found[index] = comments[waiting[0]] if waiting else None
    return found


def _as_written(comment: Suppression, codes: Sequence[str], source: Source) -> list[str]:
    """Returns codes of a comment as they are written there, where they are."""
    written = {code: source.slice(place) for code, place in zip(comment.codes, comment.places, strict=True)}
    return [written[code] if written[code].lower() == code else code for code in codes]


class _Hints:
    """Says what may have been meant by codes that nobody knows."""

    def __init__(self, known: Sequence[Rule]):
        self._names = [rule.name for rule in known]
        self._left = _MOST_HINTS

    def unknown(self, place: Span, codes: Sequence[str], text: dict[str, str]) -> Finding:
        """Returns the finding for codes of a comment."""
        near: list[str] = []
        if self._left and len(codes[0]) <= _LONGEST_NAME:
            # Only where something is wrong.
            from difflib import get_close_matches

            self._left -= 1
            near = get_close_matches(codes[0], self._names, n=1, cutoff=0.6)
        hint = LocalizedText(f"，是不是 {near[0]}？", f" (did you mean {near[0]}?)") if near else LocalizedText("", "")
        listed = LocalizedText("、".join(codes), ", ".join(codes))
        return Finding(place, {**text, "codes": listed, "hint": hint}, "unknown")


def _suppression(document: Document, comment: Comment, match: re.Match[str]) -> Suppression:
    verb = match["verb"].lower()
    area = None if verb == _FILE else _area(document, comment.span)
    reason = comment.text[match.end() :].strip(_BEFORE_REASON) or None
    if verb not in (_HERE, _FILE) or not match["codes"]:
        return Suppression(comment.span, (), area, reason)
    codes = list(re.finditer(_CODE, match["codes"]))
    # The text of a comment stands somewhere inside it, whatever the format puts around; or it does not stand there.
    begin = document.source.text.find(comment.text, *comment.span)
    first = begin + match.start("codes")
    places = [Span(first + code.start(), first + code.end()) if begin >= 0 else comment.span for code in codes]
    return Suppression(comment.span, tuple(code.group().lower() for code in codes), area, reason, tuple(places))


def _area(document: Document, comment: Span) -> Span:
    """Returns the line of the comment and the block after it; within a table the line alone."""
    line = document.source.line_span(document.source.line_of(comment.start))
    following = bisect_left(document.blocks, comment.end, key=lambda block: block.span.start)
    around = document.blocks[following - 1] if following else None
    if isinstance(around, Table) and comment.start < around.span.end:
        return line
    after = document.blocks[following].span if following < len(document.blocks) else line
    return Span(line.start, max(line.end, after.end))
