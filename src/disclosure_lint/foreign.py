"""Rules of packs other than the national one: they may take too long, and their words may ask for what is not there."""

from collections.abc import Callable
from threading import local

from disclosure_lint.deadline import PACK, RULE, Budget
from disclosure_lint.model.diagnostic import Verdict
from disclosure_lint.model.errors import PluginError
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule


class Foreign:
    """Judges such rules. One that took too long once is not tried again: it would hold up every further file."""

    def __init__(self) -> None:
        self._late: dict[str, PluginError] = {}
        self._now = local()

    def judge(self, rule: Rule, report: Report, judge: Callable[[], Verdict]) -> Verdict:
        """Returns the verdict; PluginError naming the rule or the pack if it takes too long, or its check fails."""
        if rule.code in self._late:
            raise self._late[rule.code]
        budget = self._budget(rule, report)
        zh, en = f"规则 {rule.code}（规则包 {rule.pack}）", f"rule {rule.code} (pack {rule.pack})"
        before = budget.left
        try:
            return budget.spend(judge, RULE)
        except TimeoutError:
            late = _late_rule(rule.pack, zh, en) if before >= RULE else _late_pack(rule.pack)
            if before > 0:
                self._late[rule.code] = late
            raise late from None
        except PluginError as error:
            raise PluginError(error.owner, f"{zh}没有查成：{error.zh}", f"{en}: {error.en}") from error.__cause__

    def _budget(self, rule: Rule, report: Report) -> Budget:
        """Returns what is left of the time of the rule's pack for a report."""
        if getattr(self._now, "report", None) is not report:
            self._now.report, self._now.budgets = report, {}
        budgets: dict[str, Budget] = self._now.budgets
        return budgets.setdefault(rule.pack, Budget(PACK))


def _late_rule(pack: str, zh: str, en: str) -> PluginError:
    zh = f"{zh}的正则表达式用了 {RULE:g} 秒处理器时间还没有匹配完；请改写，或关掉这条规则"
    en = f"{en}: its patterns were not done in {RULE:g} s of processor time; rewrite them, or switch the rule off"
    return PluginError(pack, zh, en)


def _late_pack(pack: str) -> PluginError:
    zh = f"规则包 {pack} 的规则合起来用了 {PACK:g} 秒处理器时间还没有查完，没有查完的没有结果；请改写其中的正则表达式"
    en = f"the rules of the pack {pack} took {PACK:g} s of processor time together, and were not all judged; rewrite"
    return PluginError(pack, zh, f"{en} their patterns")


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
