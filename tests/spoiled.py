"""Generated reports with mistakes that can be fixed, made so that the numbers and the statements stay as they were."""

import re
from collections.abc import Callable, Sequence
from random import Random

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.form import Form
from tests.generation import Rendered
from tests.generation.page import Edit

_FULL_WIDTH = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}
_NUMERALS = "一二三四五六"
COMMENTS = (
    "<!-- disclosure-lint: ignore[DL306] 已核对 -->",
    "<!-- disclosure-lint：ignore-file【DL999】 -->",
    "<!--disclosure-lint: ignore[DL607]\n两行 -->",
)

Spoil = Callable[[Rendered, Random, Form], Sequence[Edit]]


def spoiled(rendered: Rendered, names: Sequence[str], rng: Random, linter: Linter) -> Rendered:
    """Returns the report with those kinds of mistake."""
    form = next(form for form in linter.forms if form.id == rendered.content.form)
    for name in names:
        rendered = rendered.edited(SPOILS[name](rendered, rng, form))
    return rendered


def heading(rendered: Rendered, number: int) -> re.Match[str]:
    """Returns where the heading of a section stands: its mark of Markdown, its number and its title."""
    (found,) = _headings(rendered, number)
    return found


def _headings(rendered: Rendered, number: int) -> list[re.Match[str]]:
    """Returns the lines that look like the heading of that section: another mistake may have made it none, or two."""
    numeral = _NUMERALS[number - 1]
    pattern = re.compile(rf"^(?P<mark>#* ?)(?P<number>{numeral})、(?P<title>\S*情况|\S*事项)$", re.MULTILINE)
    return list(pattern.finditer(rendered.text))


def _titles(rendered: Rendered, rng: Random, form: Form) -> Sequence[Edit]:
    section = rng.choice([section for section in form.sections if section.aliases])
    alias = rng.choice(section.aliases)
    return [Edit(*place.span("title"), alias) for place in _headings(rendered, section.number)]


def _levels(rendered: Rendered, rng: Random, _: Form) -> Sequence[Edit]:
    places = [place for number in rng.sample(range(1, 7), 2) for place in _headings(rendered, number)]
    return [Edit(*place.span("mark"), rng.choice(["#### ", ""])) for place in places if place["mark"]]


def _numbers(rendered: Rendered, rng: Random, _: Form) -> Sequence[Edit]:
    number = rng.randrange(1, 7)
    other = rng.choice(_NUMERALS[:number] + _NUMERALS[number + 1 :])
    return [Edit(*place.span("number"), other) for place in _headings(rendered, number)]


def _sub_headings(rendered: Rendered, rng: Random, _: Form) -> Sequence[Edit]:
    found = list(
        re.finditer(
            "^(?:### )?（(?P<number>[一二三四五])）(?=主动公开$|依申请|政府信息|监督)", rendered.text, re.MULTILINE
        )
    )
    if rng.random() < 0.5:
        return [Edit(one.start("number") - 1, one.end("number") + 1, one["number"] + "、") for one in found]
    return [Edit(*one.span("number"), rng.choice("一二三四五六七")) for one in rng.sample(found, min(1, len(found)))]


def _digits(rendered: Rendered, rng: Random, _: Form) -> Sequence[Edit]:
    cells = [span for span in rendered.cells.values() if span.end > span.start]
    return [Edit(*span, rendered.text[slice(*span)].translate(_FULL_WIDTH)) for span in rng.sample(cells, 3)]


def _comments(rendered: Rendered, rng: Random, _: Form) -> Sequence[Edit]:
    starts = [match.start() for match in re.finditer("^(?=.)", rendered.text, re.MULTILINE)]
    inside = [at for at in starts if not any(span.start <= at <= span.end for span in rendered.tables.values())]
    at = rng.choice(inside)
    end = rng.choice(["\n", "\n\n", "", " "])
    return [Edit(at, at, rng.choice(COMMENTS) + end)]


SPOILS: dict[str, Spoil] = {
    "titles": _titles,
    "levels": _levels,
    "numbers": _numbers,
    "sub-headings": _sub_headings,
    "digits": _digits,
    "comments": _comments,
}
