"""`explain`: what a rule asks, why, under which law, and what to do about it."""

from collections.abc import Sequence
from difflib import get_close_matches

from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.linting import Linters
from disclosure_lint.cli.rule_list import lines
from disclosure_lint.cli.rule_page import as_text, rule_page
from disclosure_lint.cli.run_config import run_config
from disclosure_lint.cli.sources import add_configuration, settings_for
from disclosure_lint.cli.streams import opened
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.output import page_of
from disclosure_lint.model.rule import Rule


def run(words: Sequence[str], say: Translator) -> int:
    """Returns 0; a prefix lists its rules, and an unknown code is a UserError with near ones."""
    parser = CommandParser(
        "disclosure-lint explain",
        say("代码", "CODE"),
        say(
            "说明一条规则（DL301 或 requests-balance）；写前缀（DL3）则列出这一组。",
            "Explains a rule (DL301 or requests-balance); a prefix (DL3) lists its rules.",
        ),
        say,
    )
    add_configuration(parser, say)
    options, codes = parser.parse(words)
    if len(codes) != 1:
        parser.error(say("要写一个规则代码", "exactly one code must be given"))
    asked = run_config(options)
    linters = Linters(say, use_cache=asked.use_cache)
    settings = settings_for(linters, asked, say)
    linter = linters.of(settings.packs)
    rules = _named(codes[0], linter, say)
    pieces = lines(rules, say) if len(rules) > 1 else as_text(rule_page(linter, rules[0], say), say)
    page = page_of(settings.rule_pages, rules[0].code) if len(rules) == 1 else None
    with opened(None, say) as output:
        for piece in pieces:
            output.write(piece + "\n")
        if page is not None:
            output.write(f"\n{page}\n")
    return 0


def _named(word: str, linter: Linter, say: Translator) -> list[Rule]:
    code = word.upper()
    exact = [rule for rule in linter.rules if rule.code == code or rule.name == word.lower()]
    found = exact or [rule for rule in linter.rules if code and rule.code.startswith(code)]
    if found:
        return found
    near = get_close_matches(code, [rule.code for rule in linter.rules], n=3)
    near += get_close_matches(word.lower(), [rule.name for rule in linter.rules], n=3)
    listed = say("、", ", ").join(near)
    hint = say(f"，相近的有：{listed}", f"; near ones: {listed}") if near else ""
    raise UserError(say(f"没有“{word}”这条规则{hint}", f"there is no rule “{word}”{hint}"))
