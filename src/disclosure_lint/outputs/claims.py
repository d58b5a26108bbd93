"""The numbers of the text with what became of them, for people and for programs."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.personal import masked
from disclosure_lint.model.report import Number, Report
from disclosure_lint.model.source import Span
from disclosure_lint.outputs.facts import encoded, plain
from disclosure_lint.outputs.json_output import encoder, place

STATUSES = {
    "agrees": LocalizedText("一致", "agrees"),
    "contradicts": LocalizedText("矛盾", "contradicts"),
    "approximate": LocalizedText("约数相符", "approximate"),
    "other_scope": LocalizedText("别的口径", "other scope"),
    "other_period": LocalizedText("别的时期", "other period"),
    "split": LocalizedText("表里没有的分法", "split not in the form"),
    "unrelated": LocalizedText("与表格无关", "not about the form"),
    "not_a_quantity": LocalizedText("不是数量", "not a quantity"),
    "not_understood": LocalizedText("没有看懂", "not understood"),
}


class Said(Protocol):
    """A number of the text; `claims.comparing.Compared` is one."""

    @property
    def span(self) -> Span: ...
    @property
    def text(self) -> str: ...
    @property
    def value(self) -> Number | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def approximate(self) -> bool: ...
    @property
    def measure(self) -> str | None: ...
    @property
    def status(self) -> str: ...
    @property
    def cells(self) -> tuple[str, ...]: ...
    @property
    def expected(self) -> Number | None: ...


def render_text(report: Report, claims: Iterable[Said], lang: str) -> Iterator[str]:
    """Yields a line for each number but those that are no quantities: place, status, text, cells and their sum."""
    source = report.document.source
    for claim in claims:
        if claim.status == "not_a_quantity":
            continue
        file, (start, _) = source.in_file(claim.span)
        line, column = file.position(start)
        cells = " + ".join(claim.cells)
        total = f" = {plain(claim.expected)}" if claim.expected is not None else ""
        told = f"  {cells}{total}" if cells else ""
        yield f"{line}:{column}  {STATUSES[claim.status].text(lang)}  {escape_controls(masked(claim.text))}{told}\n"


def render_json(report: Report, path: str, claims: Iterable[Said], ascii_only: bool) -> Iterator[str]:
    """Yields one JSON object piece by piece, with a line for each number."""
    encode: Callable[[Any], str] = encoder(ascii_only)
    head = {"path": path, "agency": report.agency, "year": report.year}
    yield f'{encode(head)[:-1]}, "claims": ['
    separator = ""
    for claim in claims:
        text = masked(claim.text)
        about = {
            "text": text,
            "value": claim.value if text == claim.text else None,
            "unit": claim.unit,
            "approximate": claim.approximate,
            "measure": claim.measure,
            "status": claim.status,
            "cells": list(claim.cells),
            "range": place(report.document.source, claim.span),
        }
        yield f"{separator}\n  {encoded(about, encode)}"
        separator = ","
    yield "]}\n"
