"""What a page shows of one file: what is wrong, the tables, the text, and what was checked."""

from collections.abc import Iterable, Iterator, Sequence

from disclosure_lint.model.diagnostic import Diagnostic, LocalizedText, Severity
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult, RuleOutcome
from disclosure_lint.model.rule import Rule
from disclosure_lint.outputs.html.cells import Cells, data_of, laws, tables
from disclosure_lint.outputs.html.page import both, data_block, escaped, say, shown
from disclosure_lint.outputs.html.prose import LEGEND, Prose
from disclosure_lint.outputs.places import ReportWords, report_words
from disclosure_lint.outputs.text import BY
from disclosure_lint.outputs.wording import SEVERITIES, plural

_STATES = {
    "unreadable": LocalizedText("这个文件读不出来。", "This file cannot be read."),
    "not_a_report": LocalizedText("这个文件不是政府信息公开工作年度报告。", "This file is no annual report."),
}
_HINT = f"""<p class=hint>{
    say(
        "点一格，看它要满足的等式、正文的说法和依据。",
        "Choose a cell for its equations, what the text says, and the law.",
    )
}</p>\n"""
_LEGEND = (
    "<ul class=legend>"
    + "".join(f'<li><span class="n {shade}" id=s-{shade}>{words}</span>' for shade, words in LEGEND)
    + "</ul>\n<div class=doc lang=zh-CN>\n"
)
_KICKER = say(
    "政府信息公开工作年度报告 · 检查结果", "Annual report on government information disclosure · what was found"
)
_NOTHING = LocalizedText("", "")
_WITHOUT_REASON = LocalizedText("没有说明原因", "no reason given")


def article(result: FileResult, style: OutputStyle, *, brief: bool = False) -> Iterator[str]:
    """Yields the article about a file; `brief` for one of very many, which must not be large."""
    found = tuple(sorted(result.diagnostics, key=lambda one: -one.severity))
    rules = tuple(style.rules())
    report = result.report
    cells = Cells(report, found) if report else None
    yield f"<article class=report>\n{_header(result, found)}"
    if found:
        yield from _section(
            "found", say("要看的地方", "What to look at"), _findings(result, found, cells, rules, brief=brief)
        )
    if report is not None and cells is not None:
        yield from _section("tables", say("三张表", "The tables"), (_HINT, *tables(report, cells)))
        yield from _section("text", say("正文", "The text"), (_LEGEND, *Prose(report, found, cells).html(), "</div>\n"))
    if result.ledger:
        told = (*ledger(result.ledger, rules, brief=brief), *_silenced(result))
        yield from _section("ledger", say("核对了什么", "What was checked"), told)
    if report is not None and cells is not None:
        judged = {entry.code for entry in result.ledger if entry.verdict != "not_applicable"}
        yield data_block(data_of(report, cells, (rule for rule in rules if rule.code in judged), brief=brief), "data")
    yield "</article>\n"


def title_of(result: FileResult) -> str:
    """Returns whose report it is and of which year, else the name of the file."""
    report = result.report
    if report is None or report.agency is None:
        return result.path
    return f"{report.agency} {report.year}" if report.year else report.agency


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
        codes = escaped(" ".join(entry.code for entry in passed))
        listed = f"<p>{codes}</p>" if brief else _both_lists(passed, summaries)
        yield f"<details><summary>{title}</summary>{listed}</details>\n"


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


def _section(name: str, title: str, content: Iterable[str]) -> Iterator[str]:
    yield f"<section class={name} aria-labelledby=h-{name}>\n<h2 id=h-{name}>{title}</h2>\n"
    yield from content
    yield "</section>\n"


def _header(result: FileResult, found: Sequence[Diagnostic]) -> str:
    verdict = "bad" if any(one.severity is Severity.error for one in found) else "good"
    checked = f" {both(sentence(result.ledger))}" if result.ledger else ""
    return (
        f"<header>\n<p class=kicker>{_KICKER}</p>\n<h1>{escaped(title_of(result))}</h1>\n"
        f"<p class=verdict><b class={verdict}>{both(_verdict(result, found))}</b>{checked}</p>\n"
        f"<p class=path>{escaped(result.path)}</p>\n</header>\n"
    )


def _verdict(result: FileResult, found: Sequence[Diagnostic]) -> LocalizedText:
    if result.status in _STATES:
        return _STATES[result.status]
    counts = {severity: sum(one.severity is severity for one in found) for severity in SEVERITIES}
    if not found:
        return LocalizedText("没有查出问题。", "Nothing was found.")
    zh = "、".join(f"{count} 处{SEVERITIES[one].zh}" for one, count in counts.items() if count)
    en = ", ".join(f"{count} {plural(SEVERITIES[one].en, count)}" for one, count in counts.items() if count)
    return LocalizedText(f"查出 {zh}。", f"Found: {en}.")


def _findings(
    result: FileResult, found: Sequence[Diagnostic], cells: Cells | None, rules: Sequence[Rule], *, brief: bool
) -> Iterator[str]:
    how = {rule.code: rule.how for rule in rules}
    names = report_words(result)
    told: set[str] = set()
    yield "<ol class=found>\n"
    for number, one in enumerate(found, 1):
        used = cells.numbers(one.cells) if cells else ""
        law = "" if one.code in told else _basis(one, how.get(one.code), brief=brief)
        told.add(one.code)
        yield f"{_finding(result, number, one, names, used)}{law}\n"
    yield "</ol>\n"


def _finding(result: FileResult, number: int, one: Diagnostic, names: ReportWords | None, cells: str) -> str:
    told = f' data-c="{cells}"' if cells else ""
    related = "".join(f"<li>{line}" for line in _related(result, one))
    also = f" · {say('同一处也不符合 ', 'also breaks ')}{escaped('、'.join(one.also))}" if one.also else ""
    return (
        f"<li id=f{number} class={one.severity.name}{told}>"
        f"<button class=pick><span class=no>{number}</span>"
        f"<span class=sev>{both(SEVERITIES[one.severity])}</span> "
        f"<span class=msg>{both(one.brief or one.message)}</span></button>\n"
        f"<p class=where>{_place(result, one, names, cells)}<code>{escaped(one.code)}</code>{also}</p>\n"
        + (f"<ul class=related>{related}</ul>\n" if related else "")
    )


def _silenced(result: FileResult) -> Iterator[str]:
    """Yields what was found and is not reported, and who asked for that."""
    if not result.suppressed:
        return
    count = len(result.suppressed)
    yield f"<details><summary>{say(f'查出而不报的 {count} 处', f'found and not reported: {count}')}</summary><ul>"
    for one in result.suppressed:
        reason = f"{say('，', ', ')}{shown(one.reason)}" if one.reason else ""
        yield f"<li><code>{escaped(one.diagnostic.code)}</code> {both(one.diagnostic.message)}"
        yield f"{say('（', ' (')}{both(BY[one.by])}{reason}{say('）', ')')}"
    yield "</ul></details>\n"


def _related(result: FileResult, one: Diagnostic) -> Iterator[str]:
    """Yields what is said of other places, once for all places of which the same is said."""
    lines: dict[LocalizedText, list[int]] = {}
    for span, message in one.related:
        place = [] if result.source is None or _has_no_lines(result) else [result.source.position(span.start).line]
        lines.setdefault(message, []).extend(place)
    for message, found in lines.items():
        places = "、".join(map(str, dict.fromkeys(found)))
        yield both(message) + (say(f"（第 {places} 行）", f" (line {places.replace('、', ', ')})") if places else "")


def _has_no_lines(result: FileResult) -> bool:
    return result.report is not None and result.report.document.is_rendition


def _place(result: FileResult, one: Diagnostic, names: ReportWords | None, used: str) -> str:
    """Returns what a place is called, and where the file has lines, which one it is."""
    parts = []
    if names:
        cell = one.cells[0] if one.cells else ""
        words = both(names.words(one.span, one.location, cell))
        first = used.partition(" ")[0]
        parts.append(f"<a href=#c{first}>{words}</a>" if first and words else words)
    if result.source is not None and not _has_no_lines(result):
        line, column = result.source.position(one.span.start)
        parts.append(say(f"第 {line} 行第 {column} 字", f"line {line}, column {column}"))
    return "".join(f"{part} · " for part in parts if part)


def _basis(one: Diagnostic, how: LocalizedText | None, *, brief: bool) -> str:
    """Returns how it is mended and the law, which few need at once."""
    mend = f"<p>{say('怎么改：', 'How to mend it: ')}{both(_squeezed(how))}</p>" if how and how.zh else ""
    sources = "".join(f"<li>{both(name)}{'' if brief else _quoted(text)}" for name, text in laws(one.law))
    law = f"<p>{say('依据：', 'Law:')}</p><ul>{sources}</ul>" if sources else ""
    if not mend and not law:
        return ""
    return f"<details><summary>{say('怎么改、依据', 'How to mend it, and the law')}</summary>{mend}{law}</details>"


def _squeezed(words: LocalizedText) -> LocalizedText:
    return LocalizedText(" ".join(words.zh.split()), " ".join(words.en.split()))


def _quoted(text: str) -> str:
    return f"<q lang=zh-CN>{escaped(text)}</q>" if text else ""


def _both_lists(entries: Sequence[RuleOutcome], summaries: dict[str, LocalizedText]) -> str:
    """Returns the rules as one list for each language: a page has room for many."""
    named = [(entry.code, summaries.get(entry.code, _NOTHING)) for entry in entries]
    lists = []
    for lang in ("zh", "en"):
        items = "".join(f"<li>{escaped(f'{code} {summary.text(lang)}')}" for code, summary in named)
        lists.append(f"<ul lang={lang}>{items}</ul>")
    return "".join(lists)


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
