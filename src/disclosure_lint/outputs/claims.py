"""The numbers of the text with what became of them, for people and for programs."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from disclosure_lint.model.claim import Compared
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.form import address
from disclosure_lint.model.personal import masked
from disclosure_lint.model.report import Report
from disclosure_lint.outputs.facts import described_claim, encoded
from disclosure_lint.outputs.json_output import encoder
from disclosure_lint.outputs.row_texts import plain

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


def render_text(report: Report, claims: Iterable[Compared], lang: str) -> Iterator[str]:
    """Yields a line for each number but those that are no quantities: place, status, text, cells and their sum."""
    source = report.document.source
    for claim in claims:
        if claim.status == "not_a_quantity":
            continue
        file, (start, _) = source.in_file(claim.span)
        line, column = file.position(start)
        cells = " + ".join(claim.cells)
        # As the table counts, which is in 万元 where the form says so.
        held = sum(report.facts[address(cell)].value or 0 for cell in claim.cells if claim.expected is not None)
        total = f" = {plain(held)}" if claim.expected is not None else ""
        told = f"  {cells}{total}" if cells else ""
        yield f"{line}:{column}  {STATUSES[claim.status].text(lang)}  {escape_controls(masked(claim.text))}{told}\n"


def render_json(report: Report, path: str, claims: Iterable[Compared], ascii_only: bool) -> Iterator[str]:
    """Yields one JSON object piece by piece, with a line for each number."""
    encode: Callable[[Any], str] = encoder(ascii_only)
    head = {"path": path, "agency": report.agency, "year": report.year}
    yield f'{encode(head)[:-1]}, "claims": ['
    separator = ""
    for claim in claims:
        yield f"{separator}\n  {encoded(described_claim(report, claim), encode)}"
        separator = ","
    yield "]}\n"
