"""What is left of the diagnostics of a file where the document or the configuration asks for silence."""

from collections.abc import Sequence
from typing import NamedTuple

from disclosure_lint.model.diagnostic import Diagnostic, Finding, Fix, Words
from disclosure_lint.model.document import Document
from disclosure_lint.model.report import Report
from disclosure_lint.model.result import Suppressed
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Source, Span
from disclosure_lint.model.waiver import Waiver
from disclosure_lint.suppress.comments import Suppression, named, suppressions
from disclosure_lint.suppress.waivers import covers


class Wishes(NamedTuple):
    """Who asks for silence about a file."""

    comments: tuple[Suppression, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    report: Report | None = None

    @classmethod
    def of(cls, document: Document, waivers: tuple[Waiver, ...], report: Report | None = None) -> "Wishes":
        """Returns the wishes of a document and of those waivers that are for it."""
        return cls(tuple(suppressions(document)), waivers, report)

    def naming(self, diagnostic: Diagnostic) -> list[Suppression]:
        """Returns the comments that are about the rule of a diagnostic."""
        return [comment for comment in self.comments if comment.names(diagnostic)]

    def suppressed(self, diagnostic: Diagnostic, naming: Sequence[Suppression]) -> Suppressed | None:
        """Returns the diagnostic as suppressed, None if nobody asks for that; a comment comes first.

        `naming` are the comments that are about its rule.
        """
        start = diagnostic.span.start
        if (comment := next((one for one in naming if one.reaches(start)), None)) is not None:
            return Suppressed(diagnostic, "inSource", "comment", comment.reason)
        waiver = next((waiver for waiver in self.waivers if covers(waiver, diagnostic, self.report)), None)
        return None if waiver is None else Suppressed(diagnostic, "external", "configuration", waiver.reason)


def silenced(diagnostics: Sequence[Diagnostic], wishes: Wishes) -> tuple[list[Diagnostic], list[Suppressed]]:
    """Returns the diagnostics that are left, and those that are not reported."""
    left: list[Diagnostic] = []
    suppressed: list[Suppressed] = []
    naming: dict[tuple[str, str], list[Suppression]] = {}
    for diagnostic in diagnostics:
        rule = (diagnostic.code, diagnostic.name)
        if rule not in naming:
            naming[rule] = wishes.naming(diagnostic)
        quiet = wishes.suppressed(diagnostic, naming[rule])
        if quiet is None:
            left.append(diagnostic)
        else:
            suppressed.append(quiet)
    return left, suppressed


def silenced_notices(notices: Sequence[Diagnostic], wishes: Wishes) -> tuple[list[Diagnostic], list[Suppressed]]:
    """Returns the notices of idle comments that are left, and those that are not reported.

    A comment that silences such notices is not idle if it silences one; the notice that it is idle no comment silences.
    """
    rules = list({(notice.code, notice.name): notice for notice in notices}.values())
    quieting = {comment.span: comment for comment in wishes.comments if any(map(comment.names, rules))}
    plain = [notice for notice in notices if notice.span not in quieting]
    useless = [
        notice for notice in notices if notice.span in quieting and not any(map(quieting[notice.span].covers, plain))
    ]
    left, suppressed = silenced(plain, wishes)
    more_left, more_suppressed = silenced(useless, wishes._replace(comments=()))
    return left + more_left, suppressed + more_suppressed


def idle(
    wishes: Wishes, found: Sequence[Diagnostic], ran: Sequence[Rule], known: Sequence[Rule], source: Source
) -> list[Finding]:
    """Returns a finding for every comment that silences none of what was found, and for codes that nobody knows.

    Whether a comment is of use is not known if none of its rules was run.
    """
    findings: list[Finding] = []
    for comment in wishes.comments:
        text = {"text": source.slice(comment.span)}
        unknown = [code for code in comment.codes if not any(named(code, rule) for rule in known)]
        used = any(map(comment.covers, found))
        if not comment.codes:
            findings.append(Finding(comment.span, {**text}, "unclear"))
        elif unknown and len(unknown) == len(comment.codes):
            findings.append(_unknown(comment.span, _as_written(comment, unknown, source), text, known))
        elif not used and any(map(comment.names, ran)):
            findings.append(Finding(comment.span, {**text}, fix=_removal(source, comment.span)))
        else:
            for place, word in zip(comment.places, _as_written(comment, comment.codes, source), strict=True):
                if word.lower() in unknown:
                    findings.append(_unknown(place, [word], text, known))
    return findings


def _as_written(comment: Suppression, codes: Sequence[str], source: Source) -> list[str]:
    """Returns codes of a comment as they are written there, where they are."""
    written = {code: source.slice(place) for code, place in zip(comment.codes, comment.places, strict=True)}
    return [written[code] if written[code].lower() == code else code for code in codes]


def _unknown(place: Span, codes: Sequence[str], text: dict[str, str], known: Sequence[Rule]) -> Finding:
    # Only where something is wrong.
    from difflib import get_close_matches

    near = get_close_matches(codes[0], [rule.name for rule in known], n=1, cutoff=0.6)
    hint = Words(f"，是不是 {near[0]}？", f" (did you mean {near[0]}?)") if near else Words("", "")
    listed = Words("、".join(codes), ", ".join(codes))
    return Finding(place, {**text, "codes": listed, "hint": hint}, "unknown")


def _removal(source: Source, place: Span) -> Fix | None:
    # Only where there is such a comment.
    from disclosure_lint.suppress.removal import removal

    return removal(source, place)
