"""Drafts without a mistake pass in every format, and a wrong heading is named as what it is in each: never as missing.

At full scale (see `tests/scale.py`) there are 300 clean drafts and 600 with wrong headings.
"""

from collections.abc import Callable, Iterator, Sequence
from random import Random

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.result import FileResult
from tests.generation import SIZES, make
from tests.generation.official import Block, Words, markdown, official, tabbed
from tests.generation.section_changes import CHANGES, Changed
from tests.office.html import plain
from tests.office.official import as_docx
from tests.office.pdf_pages import as_pdf
from tests.scale import some

FORMATS: dict[str, Callable[[Sequence[Block]], bytes]] = {
    "txt": lambda blocks: tabbed(blocks).encode(),
    "md": lambda blocks: markdown(blocks).encode(),
    "docx": as_docx,
    "html": lambda blocks: plain(blocks).encode(),
    "pdf": as_pdf,
}
MOST_MISSED = 0.02
FORMS = ("2021", "2019")


def draft(seed: int) -> list[Block]:
    rng = Random(f"draft/{seed}")
    return official(make(rng, SIZES[seed % 3], FORMS[seed % 7 == 6]), rng)


def faults(result: FileResult, *groups: str) -> list[str]:
    """Returns what is said of these groups of rules at warning or error level."""
    return [
        f"{one.code} {one.message.zh}"
        for one in result.diagnostics
        if one.severity >= Severity.warning and one.code.startswith(groups)
    ]


@pytest.mark.parametrize("suffix", FORMATS)
def test_nothing_is_said_of_a_clean_draft(suffix: str) -> None:
    linter = Linter.default()
    for seed in range(some(60)):
        result = linter.lint(f"年报.{suffix}", FORMATS[suffix](draft(seed)))
        assert faults(result, "DL0", "DL1", "DL2", "DL4") == [], seed


def changed(kind: str, seed: int) -> tuple[list[Block], Changed]:
    """Returns a draft with wrong headings: the same is done to it as to a text, a line for each of its blocks."""
    blocks = draft(seed)
    lines = [block.text if isinstance(block, Words) else f"\0{number}" for number, block in enumerate(blocks)]
    done = CHANGES[kind]("\n".join(lines) + "\n", Random(f"{kind}/{seed}"))
    levels = {block.text: block.level for block in blocks if isinstance(block, Words)}
    found: list[Block] = []
    for line in done.text.splitlines():
        if line.startswith("\0"):
            found.append(blocks[int(line[1:])])
        else:
            found.append(Words(line, 2 if line in done.lines else levels[line]))
    return found, done


def missed(kind: str, suffix: str, seeds: range) -> Iterator[str]:
    """Yields what is not said as it should be."""
    linter = Linter.default()
    for seed in seeds:
        blocks, done = changed(kind, seed)
        result = linter.lint(f"年报.{suffix}", FORMATS[suffix](blocks))
        said = {one.code for one in result.diagnostics if one.severity >= Severity.warning}
        assert "DL102" not in said, (kind, suffix, seed, done.lines)
        if (done.lines and not said & done.codes) or said - done.codes:
            yield f"{seed} {done.lines}: {faults(result, 'DL')}"


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("kind", CHANGES)
def test_a_wrong_heading_is_named_as_what_it_is(kind: str, suffix: str) -> None:
    count = some(20)
    found = list(missed(kind, suffix, range(count)))
    assert len(found) <= MOST_MISSED * count, found
