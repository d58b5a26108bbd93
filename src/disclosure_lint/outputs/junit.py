"""JUnit's XML: a suite for each document, a test for each rule; what was not checked is skipped, with the reason."""

from disclosure_lint.model.diagnostic import Diagnostic, LocalizedText
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult, RuleOutcome
from disclosure_lint.outputs.findings import from_here, message, place
from disclosure_lint.outputs.markup import HEAD, Markup
from disclosure_lint.outputs.wording import OUTCOMES

_SILENCED = LocalizedText("问题都已注明不报", "all findings are silenced")


class Writer:
    """Writes a suite as soon as its document was checked."""

    def __init__(self, style: OutputStyle):
        self._style = style
        self._markup = Markup(ascii_only=not style.utf8)
        self._names: dict[str, str] = {}

    def start(self) -> str:
        """Returns the head of the document."""
        return f"{HEAD}{self._markup.tag('testsuites', {'name': 'disclosure-lint'})}\n"

    def add(self, result: FileResult) -> str:
        """Returns the suite of a file."""
        judged = {entry.code for entry in result.ledger}
        others = dict.fromkeys(found.code for found in result.diagnostics if found.code not in judged)
        entries = [*(RuleOutcome(code, "failed") for code in others), *result.ledger]
        cases = [(entry, self._outcome(entry, result)) for entry in entries]
        counts = {
            "tests": len(cases),
            "failures": sum(outcome.startswith("<failure") for _, outcome in cases),
            "errors": 0,
            "skipped": sum(outcome.startswith("<skipped") for _, outcome in cases),
        }
        path = from_here(result.path)
        suite = self._markup.tag("testsuite", {"name": path, "file": path, **counts})
        # Readers take what stands before the last dot for a package.
        unit = path.replace(".", "_")
        return "\n".join(
            [suite, *(self._case(unit, entry.code, outcome) for entry, outcome in cases), "</testsuite>\n"]
        )

    def finish(self) -> str:
        """Returns what ends the document."""
        return "</testsuites>\n"

    def _case(self, unit: str, code: str, outcome: str) -> str:
        attributes = {"classname": unit, "name": self._name(code)}
        if not outcome:
            return self._markup.tag("testcase", attributes, "/>")
        return f"{self._markup.tag('testcase', attributes)}{outcome}</testcase>"

    def _outcome(self, entry: RuleOutcome, result: FileResult) -> str:
        """Returns what stands in a test, nothing if it is passed."""
        found = [one for one in result.diagnostics if entry.code in (one.code, *one.also)]
        if found:
            return self._failure(found, result)
        if entry.verdict == "passed":
            return ""
        lang = self._style.lang
        reason = entry.reason or (_SILENCED if entry.verdict == "failed" else None)
        words = [OUTCOMES[entry.verdict].text(lang)] if entry.verdict != "failed" else []
        words += [reason.text(lang)] if reason else []
        return self._markup.tag("skipped", {"message": self._style.say("：", ": ").join(words)}, "/>")

    def _failure(self, found: list[Diagnostic], result: FileResult) -> str:
        """Returns all findings of a rule as one failure: most readers look at the first one only."""
        lang = self._style.lang
        lines = []
        for diagnostic in found:
            where = place(result.source, diagnostic.span)
            words = (diagnostic.severity.name, diagnostic.code, message(diagnostic, lang))
            lines.append(f"{escape_controls(from_here(result.path))}:{where.line}:{where.column}: {' '.join(words)}")
        worst = max(diagnostic.severity for diagnostic in found)
        head = self._markup.tag("failure", {"type": worst.name, "message": message(found[0], lang)})
        return f"{head}{self._markup.text(chr(10).join(lines))}</failure>"

    def _name(self, code: str) -> str:
        if code not in self._names:
            # Packs are loaded as files need them, those of this file surely by now.
            self._names = {rule.code: f"{rule.code} {rule.name}" for rule in self._style.rules()}
        return self._names.setdefault(code, code)
