"""Rules as lines: code, severity, name, pack and what each asks."""

from collections.abc import Iterator, Sequence

from disclosure_lint.cli.language import Speaker
from disclosure_lint.model.rule import Rule


def lines(rules: Sequence[Rule], say: Speaker) -> Iterator[str]:
    """Returns a line for each rule, in columns."""
    names = max((len(rule.name) for rule in rules), default=0)
    packs = max((len(rule.pack) for rule in rules), default=0)
    for rule in rules:
        columns = (rule.code, f"{rule.severity.name:<7}", f"{rule.name:<{names}}", f"{rule.pack:<{packs}}")
        yield f"{'  '.join(columns)}  {rule.summary.text(say.lang)}"
