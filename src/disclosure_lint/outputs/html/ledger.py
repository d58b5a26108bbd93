"""In words: what was checked, what could not be, and why."""

from collections.abc import Iterable, Iterator, Sequence

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.result import RuleOutcome
from disclosure_lint.model.rule import Rule
from disclosure_lint.outputs.html.words import both, escaped, say

_NOTHING = LocalizedText("", "")
_WITHOUT_REASON = LocalizedText("没有说明原因", "no reason given")


def sentence(entries: Sequence[RuleOutcome]) -> LocalizedText:
    """Returns `已核对 34 项，2 项有问题；2 项未能核对`."""
    count = {verdict: sum(entry.verdict == verdict for entry in entries) for verdict in ("failed", "undetermined")}
    checked = sum(entry.verdict in ("passed", "failed") for entry in entries)
    zh = f"已核对 {checked} 项，其中 {count['failed']} 项有问题；"
    en = f"Checked: {checked}, of which {count['failed']} found something; "
    if count["undetermined"]:
        return LocalizedText(
            f"{zh}{count['undetermined']} 项未能核对。", f"{en}could not be checked: {count['undetermined']}."
        )
    return LocalizedText(f"{zh}没有未能核对的。", f"{en}nothing was left unchecked.")


def ledger(entries: Sequence[RuleOutcome], rules: Iterable[Rule], *, brief: bool) -> Iterator[str]:
    """Yields the sentence, and what it counts; `brief` names rules without findings by their codes alone."""
    summaries = {rule.code: rule.summary for rule in rules}
    yield f"<p class=sum>{both(sentence(entries))}</p>\n"
    yield from _group(entries, "undetermined", summaries, say("未能核对，因为：", "Could not be checked, because:"))
    yield from _group(entries, "not_applicable", summaries, say("这份报告用不上：", "Not asked of this report:"))
    partly = [entry for entry in entries if entry.verdict in ("passed", "failed") and entry.reason]
    if partly:
        yield f"<h3>{say('没有查全：', 'Not wholly checked:')}</h3>\n<ul>"
        yield from (_line(entry, summaries, with_reason=True) for entry in partly)
        yield "</ul>\n"
    passed = [entry for entry in entries if entry.verdict == "passed"]
    if passed:
        title = say(f"没有问题的 {len(passed)} 项", f"{len(passed)} without findings")
        listed = _codes(passed) if brief else _both_lists(passed, summaries)
        yield f"<details><summary>{title}</summary>{listed}</details>\n"


def _both_lists(entries: Sequence[RuleOutcome], summaries: dict[str, LocalizedText]) -> str:
    """Returns the rules as one list for each language: a page has room for many."""
    named = [(entry.code, summaries.get(entry.code, _NOTHING)) for entry in entries]
    lists = []
    for lang in ("zh", "en"):
        items = "".join(f"<li>{escaped(f'{code} {summary.text(lang)}')}" for code, summary in named)
        lists.append(f"<ul lang={lang}>{items}</ul>")
    return "".join(lists)


def _codes(entries: Sequence[RuleOutcome]) -> str:
    return f"<p>{escaped(' '.join(entry.code for entry in entries))}</p>"


def _group(
    entries: Iterable[RuleOutcome], verdict: str, summaries: dict[str, LocalizedText], title: str
) -> Iterator[str]:
    """Yields rules that ended alike, by their reasons."""
    reasons: dict[LocalizedText, list[RuleOutcome]] = {}
    for entry in entries:
        if entry.verdict == verdict:
            reasons.setdefault(entry.reason or _WITHOUT_REASON, []).append(entry)
    if not reasons:
        return
    yield f"<h3>{title}</h3>\n<ul>"
    for reason, found in reasons.items():
        lines = "".join(_line(entry, summaries, with_reason=False) for entry in found)
        yield f"<li>{both(reason)}<ul>{lines}</ul>"
    yield "</ul>\n"


def _line(entry: RuleOutcome, summaries: dict[str, LocalizedText], *, with_reason: bool) -> str:
    summary = both(summaries[entry.code]) if entry.code in summaries else ""
    reason = say("：", ": ") + both(entry.reason) if with_reason and entry.reason else ""
    return f"<li><code>{escaped(entry.code)}</code> {summary}{reason}"
