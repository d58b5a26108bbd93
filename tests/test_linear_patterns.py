"""Every regular expression of ours takes time in proportion to the text, whatever the text."""

from functools import cache

import pytest

from tests.fuzz.patterns import Use, superlinear, uses

OF_STRANGERS = {
    "disclosure_lint.checks.expressions: self.pattern",
    "disclosure_lint.checks.expressions: pattern",
    "disclosure_lint.model.patterns: text",
    "disclosure_lint.model.rule: self.agency",
    "disclosure_lint.proof.review: pattern",
}
"""Of rule packs; what they may take is limited by the packs' budget."""
OF_WORDS = {
    "disclosure_lint.binding.candidates: re.escape(number) + '[^。；\\\\n]{2,}'",
    "disclosure_lint.binding.labels: "
    "'|'.join(map(re.escape, sorted(filter(None, labels), key=len, reverse=True))) or '(?!)'",
    "disclosure_lint.binding.labels: re.escape(stem)",
    "disclosure_lint.divisions.table: rest",
    "disclosure_lint.model.display: f'(\\\\x1b\\\\[[0-9;]{{1,5}}m|\\\\x1b\\\\]8;;{address}\\\\x1b\\\\\\\\)'",
    "disclosure_lint.model.lazy_re: self._pattern",
    "disclosure_lint.proof.cases: pattern",
    'disclosure_lint.readers.delimited: f\'[ \\\\t]*"((?:[^"]|"")*)"[ \\\\t]*(?={mark}|\\\\Z)|([^{mark}]*)\'',
    "disclosure_lint.binding.sections: re.escape(mark)",
    "disclosure_lint.readers.drawn: re.escape(lines[rule].text.rstrip()) + ' *'",
    "disclosure_lint.readers.html.tokens: f'</{name}(?=[\\\\s/>])'",
    "disclosure_lint.settings.globs: f\"[{('^' if negated else '')}{content}]\"",
}
"""Made of fixed words, or tried on a few characters."""
OTHERS = ("disclosure_lint.binding",)
"""Modules whose expressions are looked at by `python -m tests.fuzz.patterns` only."""


@cache
def ours() -> tuple[set[Use], set[str]]:
    """All of them, and what others are made of."""
    return uses(("",))


def test_a_run_of_any_character_takes_linear_time() -> None:
    found = {use: superlinear(use, 1000) for use in sorted(ours()[0]) if not use.module.startswith(OTHERS)}
    assert {use: power for use, power in found.items() if power} == {}


def test_all_expressions_are_known() -> None:
    assert ours()[1] == OF_STRANGERS | OF_WORDS


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"<([a-z][^\s/>]*)([^=>]*)>", "match"),
        (r"\s*x", "finditer"),
        (r"#(.*?)[ \t#]*$", "match"),
        (r"(?:a|b)*a*$", "fullmatch"),
    ],
)
def test_a_careless_one_is_found(pattern: str, method: str) -> None:
    assert superlinear(Use("", 1, pattern, 0, method), 1000)
