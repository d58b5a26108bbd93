"""Mutants of title, sections and prose, and of the file as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from disclosure_lint.checks.expressions import Patterns, expressions
from disclosure_lint.checks.wording import numeral
from disclosure_lint.drafting.draft import Draft, Part
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.rule import Rule
from disclosure_lint.packs.texts import Example, unmark
from disclosure_lint.proof.aims import KNOWN_KINDS, Aim, Mutant
from disclosure_lint.proof.claims import NAME, is_of_numbers
from disclosure_lint.proof.clean import ORDINARY, Clean

_NOTHING = "无。"
_LENGTH = "镇里每月核对一次公开目录，过期的内容撤下，缺漏的内容补上。"
_FEE = {
    "fee-without-amount": ("说收了费，没有写金额", ("本年度收取信息处理费2件。",)),
    "fee-contradictory": ("说没有收费，又说收了费", ("本年度未收取信息处理费。", "据统计，全年收取信息处理费320元。")),
}
_PLACEHOLDERS = ("全年XX镇公开各类信息。", "全年公开信息____条。", "由党政办撰写（待补充）。")
_NO_REPORT = "# 石桥镇关于召开春耕备播工作会议的通知\n\n定于周五上午在镇政府三楼会议室开会，请各村按时参加。\n"
_STALE = "<!-- disclosure-lint: ignore[{code}] 已经核对 -->"


def title_mutants(draft: Draft) -> Iterator[Mutant]:
    """Yields the report without its title, or with half of one."""
    title = Aim("heading", "title")
    changes = {
        "title-dropped": ("删去标题", ""),
        "title-without-year": ("标题里没有年份", draft.title.replace(f"{draft.year}年", "")),
        "title-without-agency": ("标题里没有机关", draft.title.replace(draft.agency, "")),
        "title-renamed": ("标题不叫“工作年度报告”", draft.title.replace("工作年度报告", "年报")),
    }
    for family, (what, text) in changes.items():
        yield made(draft._replace(title=text), family, what, [title])


def section_mutants(draft: Draft, rules: Sequence[Rule]) -> Iterator[Mutant]:
    """Yields the report with a section dropped, moved, doubled, emptied, renamed, renumbered or made too long."""
    for part in draft.parts:
        yield from _without(draft, part)
        yield from _renamed(draft, part)
        yield from _too_long(draft, part, rules)
    for at, (first, second) in enumerate(pairwise(draft.parts)):
        parts = (*draft.parts[:at], second, first, *draft.parts[at + 2 :])
        what = f"“{first.heading}”与下一部分对调"
        aims = [Aim("section", "order", section=one.section) for one in (first, second)]
        yield made(draft._replace(parts=parts), "section-swapped", what, aims)
    last = draft.parts[-1]
    more = Part("", f"{numeral(len(draft.parts) + 1)}、明年工作打算", last.level, ORDINARY)
    yield made(draft._replace(parts=(*draft.parts, more)), "section-added", "多出一个部分", [Aim("section", "extra")])
    yield from _numbering(draft)


def word_mutants(clean: Clean, rules: Sequence[Rule]) -> Iterator[Mutant]:
    """Yields the report with what some rule asks for taken out, and what some rule forbids put in."""
    draft = clean.draft
    for code, section, text in clean.adopted:
        aims = [Aim("", code=code)]
        yield made(_less(draft, section, [text]), "sentence-dropped", f"删去“{text}”", aims, _besides(section))
    for rule in rules:
        if rule.kind == "statement" and rule.options["find"] == "missing-aspect":
            yield from _aspects(draft, rule)
        if rule.kind == "pattern" and "require" in rule.options:
            yield from _required(draft, rule)
    for part in draft.parts:
        if part.grids:
            continue
        for family, (what, paragraphs) in _FEE.items():
            # A no that stands there already would contradict.
            mutated = draft.with_words(part.section, *paragraphs)
            aims = [Aim("statement", "unclear", section=part.section, text="信息处理费")]
            tolerated = [*_besides(part.section), Aim("section", "empty", section=part.section)]
            yield made(mutated, family, f"“{part.heading}”{what}", aims, tolerated)
        for text in _PLACEHOLDERS:
            aims = [Aim("pattern", "forbid", section=part.section, text=text)]
            yield made(
                draft.with_words(part.section, *part.paragraphs, text),
                "placeholder",
                f"“{part.heading}”里写“{text}”",
                aims,
            )


def example_mutants(
    linter: Linter, draft: Draft, rules: Sequence[Rule], examples: Mapping[str, Sequence[Example]]
) -> Iterator[Mutant]:
    """Yields the report with what the failing examples of rules about words say, in place of what it said."""
    for rule in rules:
        if rule.kind in KNOWN_KINDS and rule.kind not in ("statement", "pattern"):
            continue
        if "require" in rule.options or rule.options.get("find") == "missing-aspect":
            continue
        if is_of_numbers(rule):
            # Its examples are about the numbers of their own tables.
            continue
        for example in examples.get(rule.code, ()):
            of_draft = example.form in (None, draft.form.id) and example.facts is None
            if example.text is None or not example.finds or not of_draft:
                continue
            mutated = _as_example(linter, draft, rule, example)
            if mutated is not None and mutated != draft:
                what = f"换成 {rule.code} 的例子（第 {example.line} 行）"
                besides = [Aim("statement"), Aim("pattern"), Aim("section"), Aim("heading", "numbering")]
                yield made(mutated, "own-example", what, [Aim("", code=rule.code)], besides)


def file_mutants(draft: Draft, rules: Sequence[Rule], *, oldest: bool) -> Iterator[Mutant]:
    """Yields files that are no report, cannot be read, or bear a comment that silences nothing."""
    text = draft.text()
    unreadable = (Aim("input", "unreadable"),)
    yield Mutant("garbage", "乱码的文件", bytes(range(256)) * 20, unreadable)
    yield Mutant("cut-off", "最后一个字不完整的文件", text.encode().rstrip()[:-1], unreadable)
    yield Mutant("scanned", "没有文字的 PDF", b"", (Aim("input", "no-text-layer"),), event="no-text-layer")
    yield Mutant("failing-plugin", "出错的插件", b"", (Aim("input", "rule-failed"),), event="rule-failed")
    yield Mutant(
        "revised", "还有修订的 Word 文件", b"", (Aim("input", "unaccepted-changes"),), event="unaccepted-changes"
    )
    no_report = (Aim("input", "not-a-report"),)
    yield Mutant("not-a-report", "会议通知", _NO_REPORT.encode(), no_report)
    yield Mutant("empty-file", "空文件", b"", no_report, unreadable)
    if oldest:
        year = draft.form.first_year - 6
        old = draft.text().replace(str(draft.year), str(year))
        yield Mutant("unknown-year", f"{year} 年的报告", old.encode(), (Aim("input", "unknown-form"),))
    code = next((rule.code for rule in rules if not rule.event), "DL301")
    stale = text.replace("\n\n", f"\n\n{_STALE.format(code=code)}\n\n", 1)
    yield Mutant("stale-suppression", "多余的忽略注释", stale.encode(), (Aim("input", "unused-suppression"),))


def other_form_mutant(draft: Draft, year: int) -> Mutant:
    """Returns the report of another year on this form, which is not the form of that year."""
    text = draft.text().replace(str(draft.year), str(year))
    besides = (Aim("cells"), Aim("equation"), Aim("section"), Aim("statement"), Aim("pattern"), Aim("heading"))
    return Mutant(
        "other-form", f"{year} 年的报告用了 {draft.form.id} 年格式", text.encode(), (Aim("cells", "label"),), besides
    )


def made(draft: Draft, family: str, what: str, aims: Sequence[Aim], tolerated: Sequence[Aim] = ()) -> Mutant:
    """Returns the mutant that a changed draft is."""
    return Mutant(family, what, draft.text().encode(), tuple(aims), tuple(tolerated), draft.values())


def _without(draft: Draft, part: Part) -> Iterator[Mutant]:
    key = part.section
    words = _words(key)
    rest = tuple(other for other in draft.parts if other is not part)
    missing = Aim("section", "missing", section=key)
    yield made(draft._replace(parts=rest), "section-dropped", f"删去“{part.heading}”", [missing], words)
    at = draft.parts.index(part)
    twice = (*draft.parts[: at + 1], part, *draft.parts[at + 1 :])
    duplicate = Aim("section", "duplicate", section=key)
    yield made(draft._replace(parts=twice), "section-doubled", f"“{part.heading}”出现两次", [duplicate])
    empty = draft.with_part(part._replace(paragraphs=(), grids=()))
    tables = [Aim("cells", "missing-table", table=grid.form.id) for grid in part.grids]
    silent = Aim("statement", "silent", section=key)
    # That a section holds nothing at all is told of any section, whichever ones a rule names, but by its table.
    aims = [*(tables or [Aim("section", "empty")]), silent]
    yield made(empty, "section-emptied", f"“{part.heading}”下面是空的", aims, words)
    if not part.grids:
        nothing = draft.with_words(key, _NOTHING)
        aims = [Aim("section", "empty", section=key), silent]
        yield made(nothing, "section-says-nothing", f"“{part.heading}”只写“无”", aims, words)


def _words(key: str) -> list[Aim]:
    """Returns the rules that may miss the words of a section, or of the whole report."""
    return [Aim("statement", section=key), Aim("pattern", "require", section=key)]


def _renamed(draft: Draft, part: Part) -> Iterator[Mutant]:
    form = draft.form.section(part.section)
    for title in (*form.aliases[:1], *form.long_titles[:1]):
        heading = f"{numeral(form.number)}、{title}"
        changed = draft.with_part(part._replace(heading=heading))
        aims = [Aim("section", "title", section=part.section)]
        yield made(changed, "section-renamed", f"“{part.heading}”写成“{heading}”", aims)
    changed = draft.with_part(part._replace(level=part.level + 1))
    yield made(changed, "heading-level", f"“{part.heading}”的标题级别变了", [Aim("heading", "level")])


def _too_long(draft: Draft, part: Part, rules: Sequence[Rule]) -> Iterator[Mutant]:
    limits = [rule.options["max"] for rule in rules if rule.options.get("find") == "length" and "max" in rule.options]
    for limit in sorted(set(limits)):
        text = _LENGTH * (limit // len(_LENGTH) + 1)
        changed = draft.with_words(part.section, *part.paragraphs, text)
        aims = [Aim("section", "length", section=part.section)]
        yield made(changed, "section-too-long", f"“{part.heading}”超过 {limit} 字", aims)


def _numbering(draft: Draft) -> Iterator[Mutant]:
    aims = [Aim("heading", "numbering")]
    last = draft.parts[-1]
    wrong = f"{numeral(len(draft.parts) + 1)}、" + last.heading.partition("、")[2]
    changed = draft.with_part(last._replace(heading=wrong))
    yield made(changed, "numbering-skipped", f"“{last.heading}”写成“{wrong}”", aims)
    for part in draft.parts:
        numbered = [text for text in part.paragraphs if text.startswith("（")]
        if len(numbered) < 3:
            continue
        skipped = tuple(text for text in part.paragraphs if text is not numbered[1])
        repeated = tuple(text.replace("（三）", "（二）", 1) for text in part.paragraphs)
        reused = ("一、日常工作", *part.paragraphs)
        for family, what, paragraphs in (
            ("numbering-skipped", "里跳了一个序号", skipped),
            ("numbering-repeated", "里重复一个序号", repeated),
            ("numbering-reused", "里又用“一、”", reused),
        ):
            changed = draft.with_words(part.section, *paragraphs)
            yield made(changed, family, f"“{part.heading}”{what}", aims, _words(part.section))


def _besides(section: str) -> list[Aim]:
    """Returns the rules that may miss something else in a section that loses its words."""
    if not section:
        return [Aim("pattern", "require")]
    return [Aim("statement", section=section), Aim("pattern", "require", section=section), Aim("heading", "numbering")]


def _less(draft: Draft, section: str, texts: Sequence[str]) -> Draft:
    """Returns the draft without some paragraphs; a section that loses all gets one that says nothing of note."""
    rest = [text for text in draft.words(section) if text not in texts]
    return draft.with_words(section, *(rest or (ORDINARY if section else ())))


def _matching(texts: Sequence[str], patterns: Patterns) -> list[str]:
    # One by one: the patterns of a rule may use a group's name twice.
    found = expressions(patterns)
    return [text for text in texts if found.match_in(squeeze(text))]


def _aspects(draft: Draft, rule: Rule) -> Iterator[Mutant]:
    section = rule.options["section"]
    if section not in [part.section for part in draft.parts]:
        return
    part = draft.part(section)
    for aspect in rule.options["aspects"]:
        texts = _matching(part.paragraphs, aspect["any"])
        if texts:
            what = f"“{part.heading}”不写{aspect['name']['zh']}"
            aims = [Aim("statement", "missing-aspect", section=section)]
            yield made(_less(draft, section, texts), "aspect-dropped", what, aims, _besides(section))


def _required(draft: Draft, rule: Rule) -> Iterator[Mutant]:
    aims = [Aim("pattern", "require", code=rule.code)]
    places = [("", draft.preface), *((part.section, part.paragraphs) for part in draft.parts)]
    wanted = rule.options.get("section")
    gone, other = draft, draft
    for section, texts in places:
        if wanted is not None and section != wanted:
            continue
        found = _matching(texts, rule.options["require"])
        gone = _less(gone, section, found) if found else gone
        for text in found:
            last_year = text.replace(str(draft.year), str(draft.year - 1))
            other = other.with_words(section, *(last_year if one == text else one for one in other.words(section)))
    besides = [Aim("statement"), Aim("pattern", "require"), Aim("heading", "numbering")]
    if gone is not draft:
        yield made(gone, "required-dropped", f"删去 {rule.code} 要求的话", aims, besides)
    if other != draft and "{year}" in rule.options.get("expect", {}).values():
        yield made(other, "required-year", f"{rule.code} 要求的话写的是上一年", aims, besides)


def _as_example(linter: Linter, draft: Draft, rule: Rule, example: Example) -> Draft | None:
    """Returns the draft, in the example's year, with the words of an example; None if its form is not for that year."""
    text, marked = unmark(example.text or "")
    report = linter.bind(linter.read(NAME, text.encode()), draft.form.id, fragment=True)
    assert report is not None
    year = example.year or report.year or draft.year
    if not draft.form.first_year <= year <= (draft.form.last_year or year):
        return None
    draft = draft.in_year(year)
    if report.title and any(report.title.span.start <= start < report.title.span.end for start, _ in marked):
        draft = draft._replace(title=report.title.text)
    piece = report.document.source.slice
    found = {key: [piece(span) for span in section.text] for key, section in report.sections.items()}
    if not found:
        title = report.title.span if report.title else None
        words = [piece(block.span) for block in report.document.blocks if block.span != title]
        found = {next(part.section for part in draft.parts if not part.grids): words}
    for key, words in found.items():
        if words and key in [part.section for part in draft.parts]:
            # What must be said must be said nowhere else; other words may stand beside.
            kept = () if rule.kind == "statement" else draft.words(key)
            draft = draft.with_words(key, *kept, *words)
    return draft
