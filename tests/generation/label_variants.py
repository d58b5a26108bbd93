"""A row, or a group of rows, under another name or without one."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from random import Random

from tests.generation.content import Content
from tests.generation.forms import REQUESTS
from tests.generation.parts import Part, Variation, Varied, written
from tests.generation.synonyms import synonym


def _relabelled(content: Content, part: Part, labels: Mapping[int, str], codes: Iterable[str] = ("DL202",)) -> Varied:
    rows = tuple(row._replace(label=labels.get(at, row.label)) for at, row in enumerate(part.rows))
    done = "relabelled " + ", ".join(f"{part.rows[at].label} as {label or 'nothing'}" for at, label in labels.items())
    return Varied(written(content, part._replace(rows=rows)), done, codes=frozenset(codes))


def _as_another(content: Content, part: Part, rng: Random) -> Varied | None:
    if len(part.rows) < 2:
        return None
    at, other = rng.sample(range(len(part.rows)), 2)
    return _relabelled(content, part, {at: part.rows[other].label})


def _words_of_another(content: Content, part: Part, rng: Random) -> Varied | None:
    """The ordinal is the row's own, the words are another's."""
    numbered = [at for at, row in enumerate(part.rows) if _ordinal(row.label)]
    if len(numbered) < 2:
        return None
    at, other = rng.sample(numbered, 2)
    return _relabelled(content, part, {at: _ordinal(part.rows[at].label) + _words(part.rows[other].label)})


def _words_swapped(content: Content, part: Part, rng: Random) -> Varied | None:
    """Two rows have each other's words behind their own ordinals: nobody can know which is meant."""
    numbered = [at for at, row in enumerate(part.rows) if _ordinal(row.label)]
    if len(numbered) < 2:
        return None
    at, other = rng.sample(numbered, 2)
    labels = {
        one: _ordinal(part.rows[one].label) + _words(part.rows[two].label) for one, two in ((at, other), (other, at))
    }
    varied = _relabelled(content, part, labels)
    pairs = zip(*(part.cells(part.rows[one].id) for one in (at, other)), strict=True)
    unknown = frozenset(name for pair in pairs if len(set(map(content.cell_text, pair))) > 1 for name in pair)
    return replace(varied, unknown=unknown)


def _ordinal(label: str) -> str:
    if label[:1] == "（":
        return label[:3]
    return label[:2] if label[1:2] in ("、", ".") else ""


def _words(label: str) -> str:
    return label[len(_ordinal(label)) :]


def _renamed(content: Content, part: Part, rng: Random) -> Varied | None:
    at = rng.randrange(len(part.rows))
    label = synonym(part.rows[at].label, rng)
    return _relabelled(content, part, {at: label}) if label else None


def _ordinal_changed(content: Content, part: Part, rng: Random) -> Varied | None:
    numbered = [at for at, row in enumerate(part.rows) if _ordinal(row.label)]
    if not numbered:
        return None
    at = rng.choice(numbered)
    ordinal = _ordinal(part.rows[at].label)
    other = ordinal.replace(ordinal.strip("（）、."), rng.choice("二三五六"))
    return _relabelled(content, part, {at: rng.choice(("", other)) + _words(part.rows[at].label)})


def _unlabelled(content: Content, part: Part, rng: Random) -> Varied:
    count = rng.choice((1, 1, 2))
    return _relabelled(content, part, dict.fromkeys(rng.sample(range(len(part.rows)), min(count, len(part.rows))), ""))


def _group_renamed(content: Content, part: Part, rng: Random) -> Varied | None:
    if part.table != REQUESTS:
        return None
    old = rng.choice(sorted({line.groups[-1] for line in part.rows if len(line.groups) == 2}))
    others = [line.groups[-1] for line in part.rows if len(line.groups) == 2 and line.groups[-1] != old]
    new = rng.choice((_words(old), _ordinal(old) + "其他情形", rng.choice(others), "（八）" + _words(old)))
    rows = tuple(
        line._replace(groups=tuple(new if group == old else group for group in line.groups)) for line in part.rows
    )
    done = f"renamed the group {old} {new}"
    return Varied(written(content, part._replace(rows=rows)), done, codes=frozenset({"DL202"}))


LABEL_VARIATIONS: dict[str, Variation] = {
    "row_as_another": _as_another,
    "row_words_of_another": _words_of_another,
    "row_words_swapped": _words_swapped,
    "row_renamed": _renamed,
    "row_ordinal_changed": _ordinal_changed,
    "row_unlabelled": _unlabelled,
    "row_group_renamed": _group_renamed,
}
