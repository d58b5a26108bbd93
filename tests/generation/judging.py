"""What a run says about a report, held against the truth: a number is right, left open, or wrong."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.outputs.facts import FileFacts, json_object
from tests.generation.content import Value

DOUBT = "DL205"
"""The code that says that numbers cannot be told apart; it is how doubt is spoken, so never false by itself."""
_JUDGED = ("DL2", "DL3")


@dataclass(slots=True)
class Verdict:
    """How a report was read."""

    cells: int = 0
    """Cells of the form whose truth is known."""
    right: int = 0
    """Of these, with the true value as certain; a blank cell said to be blank, too."""
    wrong: list[str] = field(default_factory=list)
    """Numbers given as certain that are not their cells'."""
    blank: list[str] = field(default_factory=list)
    """Cells given as certainly blank that hold a number."""
    false: list[str] = field(default_factory=list)
    """Findings at error level that are not true of the report."""
    doubts: int = 0
    """Rows that are said to be unclear."""
    unread: int = 0
    """Files that were not taken for a report."""

    @property
    def open(self) -> int:
        """How many cells were left open."""
        return self.cells - self.right - len([name for name in (*self.wrong, *self.blank) if not name.startswith("+")])

    @property
    def faults(self) -> list[str]:
        """All that must not be."""
        return [*self.wrong, *self.blank, *self.false]

    def add(self, other: "Verdict") -> None:
        """Counts another report in."""
        self.cells += other.cells
        self.right += other.right
        self.wrong += other.wrong
        self.blank += other.blank
        self.false += other.false
        self.doubts += other.doubts
        self.unread += other.unread


def judge(
    linter: Linter,
    name: str,
    data: bytes,
    values: Mapping[str, Value],
    unknown: Iterable[str] = (),
    codes: Iterable[str] = (),
) -> Verdict:
    """Returns how a file is read: `values` is the truth, of which no reader can know `unknown`.

    A number that is given for a cell that is not in `values`, or that is in `unknown`, is wrong (marked `+`).
    `codes` are those that are true of the report, or may well be.
    """
    result = linter.lint(name, data)
    facts = _facts(name, result.report)
    known = {cell: value for cell, value in values.items() if cell not in set(unknown)}
    verdict = Verdict(cells=len(known), unread=int(result.report is None))
    for cell, value in known.items():
        _judge_cell(verdict, cell, value, facts.get(cell))
    for cell, fact in facts.items():
        if cell not in known and "uncertain" not in fact and fact["value"] is not None:
            verdict.wrong.append(f"+{cell}: nobody can know, read as {fact['raw']!r}")
    for found in result.diagnostics:
        if found.severity < Severity.error or not found.code.startswith(_JUDGED):
            continue
        if found.code == DOUBT:
            verdict.doubts += 1
        elif found.code not in codes:
            verdict.false.append(f"{found.code} {found.message.zh} {' '.join(map(str, found.cells))}".strip())
    return verdict


def _judge_cell(verdict: Verdict, cell: str, value: Value, fact: Mapping[str, Any] | None) -> None:
    if fact is None or "uncertain" in fact:
        return
    if fact["value"] == value:
        verdict.right += 1
    elif fact["value"] is not None:
        verdict.wrong.append(f"{cell}: {value} read as {fact['value']} ({fact['raw']!r})")
    elif not fact["raw"].strip():
        verdict.blank.append(f"{cell}: {value} read as blank")


def _facts(path: str, report: Any) -> dict[str, dict[str, Any]]:
    """What `facts --format json` prints, by name."""
    text = json_object(FileFacts(path, None, report))
    return {fact["name"]: fact for fact in json.loads(text, parse_float=Decimal)["facts"]}
