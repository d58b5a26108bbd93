"""The pack does what it says, as it is installed."""

from pathlib import Path

import pytest
from disclosure_lint_henan import rule_packs

from disclosure_lint import Linter
from disclosure_lint.testing import failing_examples

FOLDERS = rule_packs()


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_the_examples_come_out_as_they_say(folder: Path) -> None:
    assert folder in Linter.default().folders, "install this plugin first: pip install ."
    assert failing_examples(folder) == []
