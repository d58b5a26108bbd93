"""What is accepted when rules are loaded and tried never fails later: patterns and formulas of generated packs.

`rules test` loads and compiles a pack and judges its examples; a check judges reports with the same rules. Whatever a
generated rule is, either loading refuses it with file and line, or no check of any report fails because of it.
With a DISCLOSURE_LINT_TEST_SCALE above 1, `rules test` is tried with them too.
"""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import seed as hypothesis_seed
from hypothesis import strategies as st

from tests.command_line import BAD, GOOD, own_place, run
from tests.fuzz.strangers import EXAMPLES
from tests.own_pack import PACK, rule
from tests.scale import SCALE, some

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

_USUAL = st.sampled_from(["甲", "件", "信", r"\d", r"\w", ".", "[一-龥]", "公开"])
_ATOMS = (
    _USUAL
    | _USUAL
    | st.sampled_from(
        [
            "甲",
            "件",
            "信",
            r"\d",
            r"\w",
            ".",
            "[一-龥]",
            "[^件]",
            r"\b",
            "^",
            "$",
            r"\1",
            r"\2",
            "(?P=x)",
            "(?(1)甲|件)",
            "(?(x)甲)",
        ]
    )
)
_FLAGS = st.sampled_from(["", "(?i)", "(?s)", "(?m)", "(?x)", "(?i:甲)", "(?-i:件)", "(?a)", "(?u)"])
_OPENINGS = st.sampled_from(["(", "(?:", "(?P<x>", "(?P<y>", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?i:"])
_REPEATS = st.sampled_from(["", "", "*", "+", "?", "{2}", "{0,3}", "*?", "++", "{1000}"])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    group = st.tuples(_OPENINGS, inner, _REPEATS).map(lambda parts: f"{parts[0]}{parts[1]}){parts[2]}")
    several = st.lists(inner, min_size=1, max_size=4).map("".join)
    either = st.tuples(inner, inner).map("|".join)
    return group | several | either


PATTERNS = st.tuples(_FLAGS, st.recursive(_ATOMS, _grown, max_leaves=8), st.sampled_from([0, 0, 0, 30, 90])).map(
    lambda parts: parts[0] + "(" * parts[2] + parts[1] + ")" * parts[2]
)
_NUMBERS = st.sampled_from(
    ["1", "0", "requests[new,total]", "requests[new,*]", "sum(requests[new,*])", "disclosed[fees,amount]"]
)
_TERMS = st.recursive(
    _NUMBERS | st.sampled_from(["requests[*,total]", "requests[,]", "9" * 400, "nothing[a,b]", "1.5"]),
    lambda inner: (
        st.tuples(inner, st.sampled_from(["+", "-", "*", "×"]), inner).map(" ".join)
        | inner.map(lambda text: f"({text})")
        | inner.map(lambda text: f"-{text}")
    ),
    max_leaves=6,
)
FORMULAS = st.tuples(_TERMS, st.sampled_from(["=", "<=", ">=", "<", "!="]), _TERMS).map(" ".join)


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


OPTIONS = (
    st.lists(PATTERNS, min_size=1, max_size=3).map(
        lambda found: f'[rule.pattern]\nforbid = ["甲", {", ".join(map(_string, found))}]\n'
    )
    | st.tuples(PATTERNS, PATTERNS).map(
        lambda both: f'[rule.pattern]\nforbid = ["甲", {_string(both[0])}]\nunless = [{_string(both[1])}]\n'
    )
    | FORMULAS.map(lambda text: f"[rule.equation]\nformula = {_string(text)}\n")
)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(some(1)))
def test_what_is_accepted_never_fails_later(seed: int) -> None:
    refused: list[bool] = []

    @hypothesis_seed(seed)
    @given(st.lists(OPTIONS, min_size=1, max_size=2))
    @settings(max_examples=30, deadline=None, database=None)
    def hold(options: list[str]) -> None:
        refused.append(_is_refused(options))

    hold()
    assert {*refused} == {True, False}, "the generator makes rules of one sort only"


def _is_refused(options: list[str]) -> bool:
    """Returns whether a pack of such rules is refused; AssertionError if it is accepted and fails later."""
    codes = [f"ZZ{at:03}" for at in range(1, len(options) + 1)]
    rules = [rule(one, EXAMPLES.replace("ZZ001", code), code=code) for one, code in zip(options, codes, strict=True)]
    Path("own.toml").write_text(PACK + "\n".join(rules), "utf-8")
    Path("disclosure-lint.toml").write_text("packs = ['own.toml']", "utf-8")
    checked = run(["check", "--no-cache", "--config", "disclosure-lint.toml", str(GOOD), str(BAD)])
    assert "Traceback" not in checked.stderr
    if SCALE > 1:  # tries a thousand changes of reports too
        assert (run(["rules", "test", "own.toml"]).status == 2) == (checked.status == 2), checked
    if checked.status == 2:
        assert "own.toml:" in checked.stderr, checked
        return True
    assert checked.status in (0, 1), checked
    assert "DL007" not in checked.stdout, checked
    return False
