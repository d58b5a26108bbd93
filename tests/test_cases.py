"""The small reports in `cases/` as a whole; pytest runs each of them by the plugin that ships with the tool."""

from collections import Counter

import pytest

from disclosure_lint.proof.cases import read_case
from tests.case_files import CASES, all_cases


def test_every_rule_has_cases_that_find_and_as_many_that_do_not() -> None:
    finding, silent = Counter[str](), Counter[str]()
    for path in all_cases():
        code = path.parent.name
        (finding if any(one.code == code for one in read_case(path).expected) else silent)[code] += 1
    folders = {path.name for path in CASES.iterdir() if path.is_dir()}
    assert folders == set(finding) == set(silent)
    assert {code for code in folders if silent[code] < finding[code]} == set()


def test_the_plugin_that_runs_them_is_there(request: pytest.FixtureRequest) -> None:
    assert request.config.pluginmanager.has_plugin("disclosure_lint.pytest_plugin")
