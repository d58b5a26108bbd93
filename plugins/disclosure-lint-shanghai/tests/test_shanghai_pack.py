"""The pack does what it says, as it is installed."""

from pathlib import Path

import pytest
from disclosure_lint_shanghai import rule_packs

from disclosure_lint.linter import Linter
from disclosure_lint.proof import run_examples

FOLDERS = rule_packs()


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_the_examples_come_out_as_they_say(folder: Path) -> None:
    linter = Linter.default(use_cache=False)
    assert folder in linter.folders, "install this plugin first: pip install ."
    _, failures = run_examples(linter, folder)
    assert [failure.message for failure in failures] == []
