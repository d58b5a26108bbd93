"""Our `NamedTuple` does what that of `typing` does."""

import pickle
import typing
from typing import Any, NamedTuple, get_type_hints

import pytest

from tests.test_import_contract import ROOT


class Ours(NamedTuple):
    """A place in a picture."""

    x: int
    y: int = 2
    name: "str | None" = None

    @property
    def total(self) -> int:
        """The sum."""
        return self.x + self.y


class Theirs(typing.NamedTuple):
    """A place in a picture."""

    x: int
    y: int = 2
    name: "str | None" = None

    @property
    def total(self) -> int:
        """The sum."""
        return self.x + self.y


class Own(NamedTuple):
    """One with a way of its own to be shown."""

    word: str

    def __repr__(self) -> str:
        return f"«{self.word}»"


def both(ask: typing.Callable[[Any], Any]) -> tuple[str, str]:
    """What is said of each class, or the error that is raised, without the name of the class."""
    said = []
    for one in (Ours, Theirs):
        try:
            told = repr(ask(one))
        except (TypeError, ValueError, AttributeError) as error:
            told = f"{type(error).__name__}: {error}"
        said.append(told.replace(one.__name__, "Class"))
    return said[0], said[1]


@pytest.mark.parametrize(
    "ask",
    [
        lambda one: one(1),
        lambda one: one(1, name="a"),
        lambda one: one(y=5, x=1).total,
        lambda one: one(),
        lambda one: one(1, 2, "a", 4),
        lambda one: one(1, z=3),
        lambda one: one(1).z,
        lambda one: one._make([1, 2, "a"]),
        lambda one: one._make([1]),
        lambda one: one(1)._replace(y=3, name="b"),
        lambda one: one(1)._asdict(),
        lambda one: one._fields,
        lambda one: one._field_defaults,
        lambda one: one.__match_args__,
        lambda one: one.__doc__,
        lambda one: one.__annotations__.keys(),
        lambda one: get_type_hints(one),
        lambda one: one(1) == (1, 2, None),
        lambda one: hash(one(1)),
        lambda one: [*one(1)],
        lambda one: one(1)[0],
        lambda one: one(1).__setattr__("x", 2),
        lambda one: hasattr(one(1), "__dict__"),
        lambda one: pickle.loads(pickle.dumps(one(1, name="c"))),
        lambda one: issubclass(one, tuple),
    ],
)
def test_it_does_as_that_of_typing(ask: typing.Callable[[Any], Any]) -> None:
    ours, theirs = both(ask)
    assert ours == theirs


def test_a_field_that_there_is_not_cannot_be_replaced() -> None:
    # It was a ValueError before Python 3.13.
    with pytest.raises(TypeError, match="z"):
        Ours(1)._replace(z=3)  # type: ignore[call-arg]


def test_a_class_may_say_how_it_is_shown() -> None:
    assert repr(Own("字")) == "«字»"


def test_fields_are_matched_in_their_order() -> None:
    match Ours(7, 8):
        case Ours(x, y):
            assert (x, y) == (7, 8)


def test_all_named_tuples_of_ours_are_of_it() -> None:
    eager = [
        path.name
        for path in (ROOT / "src").rglob("*.py")
        if path.name != "named_tuple.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("from typing import ") and "NamedTuple" in line
    ]
    assert eager == []
