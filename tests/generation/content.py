"""What a synthetic report says, before anything is laid out on a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random
from typing import Literal

from tests.generation import prose
from tests.generation.forms import (
    APPLICANT_COLUMNS,
    DISCLOSED,
    REQUESTS,
    REVIEW,
    REVIEW_BLOCKS,
    REVIEW_COLUMNS,
    SHAPES,
    Shape,
    address,
    addresses,
    outcome_items,
)

Value = int | Decimal | None
Size = Literal["township", "county", "city"]
SIZES: tuple[Size, ...] = ("township", "county", "city")


@dataclass(frozen=True, slots=True)
class Content:
    """A report without a layout."""

    agency: str
    year: int
    form: str
    """`2021` or `2019`."""
    numbers: dict[str, Value]
    """Every number of the three tables by its name; None is a blank cell."""
    preamble: str | None
    overview: tuple[tuple[str, str], ...]
    """The five topics of 一 and what is said on each."""
    problems: str
    improvements: str
    other: str
    """六."""
    signed: str | None
    """The date of the signature; None if the report is not signed."""
    shape: Shape
    """The rows and columns of its tables."""
    written: Mapping[str, str] = field(default_factory=dict)
    """What stands in cells that the form does not have, or whose number is not written plainly, by their names."""

    def cell_text(self, name: str) -> str:
        """Returns what stands in a cell."""
        value = self.written[name] if name in self.written else self.numbers[name]
        return "" if value is None else str(value)

    @property
    def title(self) -> str:
        """The report's title."""
        return f"{self.agency}{self.year}年政府信息公开工作年度报告"

    def with_numbers(self, numbers: Mapping[str, Value]) -> "Content":
        """Returns the same report with some numbers changed and nothing made to fit."""
        return replace(self, numbers={**self.numbers, **numbers})

    def with_written(self, written: Mapping[str, str]) -> "Content":
        """Returns the same report with some numbers written in another way."""
        return replace(self, written={**self.written, **written})


@dataclass(frozen=True, slots=True)
class _Scale:
    """How big the numbers of a kind of agency are."""

    idle: float
    """Chance that there is nothing at all."""
    sparse: float
    """Chance that one cell is 0."""
    requests: tuple[int, int]
    review: tuple[int, int]
    decisions: int


_SYLLABLES = "青白赤苍碧丹紫金银铜石木竹松柏梅兰菊荷桂枫槐榆桑杏梨桃杉藤苇"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a series: each agency reports on five years, and what one year carries out the next one carries in."""

    number: int
    """From 0; from 13,500 on, names come again."""

    @property
    def year(self) -> int:
        """The year that is reported on."""
        return 2021 + self.number % 5

    @property
    def agency(self) -> str:
        """Whose report it is."""
        which = self.number // 5
        first, second = divmod(which % len(_SYLLABLES) ** 2, len(_SYLLABLES))
        kind = ("镇人民政府", "乡人民政府", "街道办事处")[which // len(_SYLLABLES) ** 2 % 3]
        return f"{prose.COUNTIES[which % len(prose.COUNTIES)]}{_SYLLABLES[first]}{_SYLLABLES[second]}{kind}"

    def numbers(self, size: Size) -> dict[str, Value]:
        """Returns the numbers of the agency, the same in each of its years."""
        rng = Random(f"{self.number // 5}")
        numbers = {**_disclosed(rng, size, "2021"), **balanced(rng, size, "2021")}
        for column in (*(key for key, _ in APPLICANT_COLUMNS), "total"):
            row = f"requests[{{}},{column}]".format
            numbers[row("carried_in")], numbers[row("new")] = numbers[row("carried_out")], numbers[row("outcome_total")]
        numbers["disclosed[normative_documents,repealed]"] = numbers["disclosed[normative_documents,issued]"]
        for column_of_rules in ("issued", "repealed", "in_force"):
            numbers[f"disclosed[regulations,{column_of_rules}]"] = 0  # which no such agency may make
        return numbers


_SCALES: dict[Size, _Scale] = {
    "township": _Scale(0.3, 0.85, (1, 9), (1, 3), 60),
    "county": _Scale(0.0, 0.5, (40, 1200), (1, 60), 9000),
    "city": _Scale(0.0, 0.1, (5000, 90000), (60, 900), 4000000),
}


def make(rng: Random, size: Size = "county", form: str = "2021", place: "Place | None" = None) -> Content:
    """Returns a report that is right in every respect: sums hold and the text agrees with the tables.

    It is that of a `place` in a series of reports, if there is one.
    """
    year = rng.randint(2021, 2025) if form == "2021" else rng.randint(2019, 2020)
    agency = _agency(rng, size)
    numbers = {**_disclosed(rng, size, form), **balanced(rng, size, form)}
    if place is not None:
        year, agency, numbers = place.year, place.agency, place.numbers(size)
    said = _figures(rng, numbers)
    period = rng.random() < 0.6
    return Content(
        agency=agency,
        year=year,
        form=form,
        numbers=numbers,
        preamble=rng.choice(prose.PREAMBLES).format(agency=agency, year=year) if period else None,
        overview=tuple((topic, _sentences(rng, pool, said)) for topic, pool in prose.TOPICS.items()),
        problems="".join(_one_of_each(rng, prose.PROBLEMS)),
        improvements="".join(_one_of_each(rng, prose.IMPROVEMENTS)),
        other=_fees(rng, size, year) if form == "2021" else rng.choice(prose.NOTHING_ELSE),
        signed=f"{year + 1}年1月{rng.randint(4, 30)}日" if rng.random() < 0.5 else None,
        shape=SHAPES[form],
    )


def balanced(rng: Random, size: Size, form: str) -> dict[str, Value]:
    """Returns numbers for 表三 and 表四 in which every sum holds."""
    return {**_requests(rng, size, form), **_review(rng, size)}


def spread(rng: Random, total: int, count: int, sparse: float) -> list[int]:
    """Returns `count` numbers of at least 0 that add up to `total`; each is 0 with the chance `sparse`."""
    weights = [0.0 if rng.random() < sparse else rng.expovariate(1) for _ in range(count)]
    whole = sum(weights)
    shares = [int(total * weight / whole) if whole else 0 for weight in weights]
    shares[rng.randrange(count)] += total - sum(shares)
    return shares


def _requests(rng: Random, size: Size, form: str) -> dict[str, Value]:
    scale, items = _SCALES[size], outcome_items(form)
    answered = 0 if rng.random() < scale.idle else rng.randint(*scale.requests)
    of_natural = round(answered * rng.uniform(0.6, 0.95))
    per_column = [of_natural, *spread(rng, answered - of_natural, 5, scale.sparse / 2)]
    numbers: dict[str, int] = {}
    for (column, _), outcome in zip(APPLICANT_COLUMNS, per_column, strict=False):
        for item, count in zip(items, spread(rng, outcome, len(items), scale.sparse), strict=True):
            numbers[address(REQUESTS, item, column)] = count
        carried_out = rng.randint(0, outcome // 8 + 1) if outcome else 0
        carried_in = min(rng.randint(0, outcome // 8 + 1), outcome + carried_out)
        numbers[address(REQUESTS, "outcome_total", column)] = outcome
        numbers[address(REQUESTS, "carried_out", column)] = carried_out
        numbers[address(REQUESTS, "carried_in", column)] = carried_in
        numbers[address(REQUESTS, "new", column)] = outcome + carried_out - carried_in
    for row in ("new", "carried_in", *items, "outcome_total", "carried_out"):
        parts = [numbers[address(REQUESTS, row, column)] for column, _ in APPLICANT_COLUMNS[:-1]]
        numbers[address(REQUESTS, row, "total")] = sum(parts)
    return {name: numbers[name] for name in addresses(form, REQUESTS)}


def _review(rng: Random, size: Size) -> dict[str, Value]:
    scale = _SCALES[size]
    numbers: dict[str, Value] = {}
    for block, _ in REVIEW_BLOCKS:
        total = 0 if rng.random() < scale.sparse - 0.1 else rng.randint(*scale.review)
        for (column, _), count in zip(REVIEW_COLUMNS, [*spread(rng, total, 4, scale.sparse / 2), total], strict=True):
            numbers[address(REVIEW, block, column)] = count
    return numbers


def _disclosed(rng: Random, size: Size, form: str) -> dict[str, Value]:
    scale = _SCALES[size]
    numbers: dict[str, Value] = {}
    for name in addresses(form, DISCLOSED):
        numbers[name] = 0 if rng.random() < scale.sparse else rng.randint(1, scale.decisions)
    _stock(rng, numbers, "normative_documents", form, 0 if size == "township" else 60)
    _stock(rng, numbers, "regulations", form, 12 if size == "city" else 0)
    fee = address(DISCLOSED, *(("fees", "amount") if form == "2021" else ("procurement", "amount")))
    if size != "township" and rng.random() < 0.8:
        digits = rng.randint(1, 6)
        numbers[fee] = Decimal(rng.randint(0, 10 ** (digits + 3)) * 10 + rng.randint(1, 9)).scaleb(-digits)
    for row in ("permits", "other_services", "penalties", "coercion", "fees") if form == "2019" else ():
        last_year = rng.randint(0, scale.decisions)
        numbers[address(DISCLOSED, row, "last_year")] = last_year
        numbers[address(DISCLOSED, row, "change")] = rng.randint(-min(9, last_year), 9)
    return numbers


def _stock(rng: Random, numbers: dict[str, Value], row: str, form: str, most: int) -> None:
    """Documents made, ended and standing, so that none stands that was never made."""
    made, ended = rng.randint(0, most), rng.randint(0, most)
    if form == "2021":
        values = {"issued": made, "repealed": ended, "in_force": made + rng.randint(0, most * 9)}
    else:
        values = {"made": made, "published": made, "published_total": made + rng.randint(0, most * 9)}
    numbers.update({address(DISCLOSED, row, column): value for column, value in values.items()})


def _agency(rng: Random, size: Size) -> str:
    if size == "city":
        return f"{rng.choice(prose.CITIES)}人民政府"
    county = rng.choice(prose.COUNTIES)
    if size == "county":
        return county + ("人民政府" if rng.random() < 0.6 else rng.choice(prose.DEPARTMENTS))
    town = rng.choice(prose.TOWNS)
    return county + town + ("办事处" if town.endswith("街道") else "人民政府")


def _figures(rng: Random, numbers: Mapping[str, Value]) -> dict[str, Value]:
    named = {"new": "new", "carried_in": "carried_in", "done": "outcome_total", "carried_out": "carried_out"}
    figures = {key: numbers[address(REQUESTS, row, "total")] for key, row in named.items()}
    for row in ("permits", "penalties"):
        figures[row] = numbers[address(DISCLOSED, row, "decisions")]
    return figures | {key: rng.randint(2, 400) for key in ("posts", "charts", "links")} | {"lessons": rng.randint(2, 9)}


def _sentences(rng: Random, pool: Sequence[str], said: Mapping[str, Value]) -> str:
    chosen = sorted(rng.sample(range(len(pool)), rng.randint(2, 4)))
    return "".join(pool[index].format_map(said) for index in chosen)


def _one_of_each(rng: Random, pool: Sequence[str]) -> list[str]:
    return [rng.choice([text for text in pool if text.startswith(number)]) for number in ("一是", "二是", "三是")]


def _fees(rng: Random, size: Size, year: int) -> str:
    charged = size != "township" and rng.random() < 0.4
    fee = rng.choice(prose.CHARGED if charged else prose.NOT_CHARGED)
    first = fee.format(year=year, fee=10 * rng.randint(1, 900), cases=rng.randint(1, 9))
    return first + (rng.choice(prose.NOTHING_ELSE) if rng.random() < 0.3 else "")
