"""Mutants of title and sections."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from disclosure_lint.checks.wording import numeral
from disclosure_lint.drafting.draft import Draft, Part
from disclosure_lint.model.rule import Rule
from disclosure_lint.proof.aims import Aim, Mutant
from disclosure_lint.proof.clean import ORDINARY

_NOTHING = "无。"
_LENGTH = "镇里每月核对一次公开目录，过期的内容撤下，缺漏的内容补上。"


def made(draft: Draft, family: str, what: str, aims: Sequence[Aim], tolerated: Sequence[Aim] = ()) -> Mutant:
    """Returns the mutant that a changed draft is."""
    return Mutant(family, what, draft.text().encode(), tuple(aims), tuple(tolerated), draft.values())


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
