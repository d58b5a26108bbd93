"""Rules of packs other than the national one: they may take too long, and their words may ask for what is not there."""

from collections.abc import Callable

from disclosure_lint.deadline import SECONDS, in_time
from disclosure_lint.model.diagnostic import Verdict
from disclosure_lint.model.errors import PluginError
from disclosure_lint.model.rule import Rule


class Foreign:
    """Judges such rules. One that took too long once is not tried again: it would hold up every further file."""

    def __init__(self) -> None:
        self._late: dict[str, PluginError] = {}

    def judge(self, rule: Rule, judge: Callable[[], Verdict]) -> Verdict:
        """Returns the verdict; PluginError naming the rule if it takes too long, or if its kind of check fails."""
        if rule.code in self._late:
            raise self._late[rule.code]
        zh, en = f"规则 {rule.code}（规则包 {rule.pack}）", f"rule {rule.code} (pack {rule.pack})"
        try:
            return in_time(judge)
        except TimeoutError:
            zh = f"{zh}的正则表达式在 {SECONDS:g} 秒内没有匹配完；请改写，或关掉这条规则"
            en = f"{en}: its patterns were not done in {SECONDS:g} seconds; rewrite them, or switch the rule off"
            self._late[rule.code] = PluginError(rule.pack, zh, en)
            raise self._late[rule.code] from None
        except PluginError as error:
            raise PluginError(error.owner, f"{zh}没有查成：{error.zh}", f"{en}: {error.en}") from error.__cause__


def speakable(rule: Rule, verdict: Verdict) -> Verdict:
    """Returns the verdict; PluginError if a message of the rule has a placeholder that its check does not fill."""
    for finding in verdict.findings:
        try:
            rule.diagnostic(finding, "")
        except KeyError as unknown:
            name = f"{{{unknown.args[0]}}}"
            zh = f"规则 {rule.code}（规则包 {rule.pack}）的说法里有 {name}，检查不填它；请改写说法"
            en = f"rule {rule.code} (pack {rule.pack}): its check does not fill {name} in the message; reword it"
            raise PluginError(rule.pack, zh, en) from None
    return verdict
