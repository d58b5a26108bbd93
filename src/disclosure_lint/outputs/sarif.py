"""SARIF 2.1.0, for code scanning and for editors that show it."""

import os
from collections.abc import Iterable
from typing import Any

from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult
from disclosure_lint.outputs.json_output import encoder
from disclosure_lint.outputs.paths import Paths
from disclosure_lint.outputs.sarif_results import Place, Results
from disclosure_lint.outputs.sarif_rules import RuleIndex

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"


class Writer:
    """Writes results as they come; files, rules and what could not be read follow at the end."""

    def __init__(self, style: OutputStyle):
        self._style = style
        self._encode = encoder(not style.utf8)
        self._paths = Paths()
        self._rules = RuleIndex()
        self._results = Results(style.lang, self._rules)
        self._all = _all_wanted(style)
        self._separator = "\n   "
        self._files: dict[str, int] = {}
        self._notices: list[str] = []
        self._successful = True

    def start(self) -> str:
        """Returns the head of the document."""
        return (
            f'{{"$schema": "{_SCHEMA}",\n "version": "2.1.0",\n "runs": [\n  {{"columnKind": "unicodeCodePoints",\n'
            '   "newlineSequences": ["\\r\\n", "\\n", "\\r"],\n'
            '   "results": ['
        )

    def add(self, result: FileResult) -> str:
        """Returns the findings of a file, then how the other rules ended."""
        where = Place(self._artifact(result.path), self._paths.name(result.path), result.source)
        results = [*self._results.findings(result, where, silenced=self._all)]
        for entry in result.ledger:
            self._rules.number(entry.code)
        if self._all:
            results += self._results.ledger(result, where)
        self._notices += map(self._encode, self._results.notices(result, where))
        self._successful = self._successful and not result.failures
        pieces = []
        for value in results:
            pieces.append(self._separator + self._encode(value))
            self._separator = ",\n   "
        return "".join(pieces)

    def finish(self) -> str:
        """Returns the rest of the run."""
        style = self._style
        driver = {
            "name": "disclosure-lint",
            "version": style.version,
            "semanticVersion": style.version,
            "language": style.say("zh-CN", "en-US"),
        }
        root = self._encode({_ROOT: {"uri": self._paths.root}})
        rules = ",".join(f"\n    {self._encode(rule)}" for rule in self._rules.described(style.rules(), style))
        return (
            f'],\n   "originalUriBaseIds": {root},\n   "artifacts": [{_lines(self._files)}],\n'
            f'   "invocations": [{{"executionSuccessful": {self._encode(self._successful)}, '
            f'"toolExecutionNotifications": [{_lines(self._notices)}]}}],\n'
            f'   "tool": {{"driver": {self._encode(driver)[:-1]}, "rules": [{rules}]}}}}}}]}}\n'
        )

    def _artifact(self, path: str) -> dict[str, Any]:
        uri, inside = self._paths.uri(path)
        location = {"uri": uri, "uriBaseId": _ROOT} if inside else {"uri": uri}
        file = self._encode({"location": location, "roles": ["analysisTarget"]})
        return location | {"index": self._files.setdefault(file, len(self._files))}


def _all_wanted(style: OutputStyle) -> bool:
    """Says whether to write more than problems: what is silenced, and how rules ended that found nothing.

    GitHub shows every result as an alert, also one that says that a rule is passed.
    """
    return style.verbose or not (style.quiet or os.environ.get("GITHUB_ACTIONS"))


def _lines(values: Iterable[str]) -> str:
    return ",".join(f"\n    {value}" for value in values)
