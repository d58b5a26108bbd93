"""A compiled pack as JSON data and back, for the cache: one reader for every shape, led by its annotations."""

import json
from collections.abc import Callable, Mapping
from enum import Enum
from functools import lru_cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from disclosure_lint.model.kind import CheckKind
from disclosure_lint.model.rule import Pack, Rule

_Reader = Callable[[Any], Any]
_PLAIN = (str, int, bool, NoneType)


class WrongShapeError(ValueError):
    """The data is not what it should be, or nothing is known that could be of such a shape."""


def encode_pack(pack: Pack) -> str:
    """Returns the pack as JSON; records are lists of their fields."""
    return json.dumps(pack, ensure_ascii=False, separators=(",", ":"))


def decode_pack(data: Any, checks: Mapping[str, CheckKind]) -> Pack:
    """Returns the pack that `json.loads` read; WrongShapeError if any part of the data is not what it should be."""
    pack: Pack = decode(Pack, data)
    return pack._replace(rules=tuple(_with_options(rule, checks) for rule in pack.rules))


def _with_options(rule: Rule, checks: Mapping[str, CheckKind]) -> Rule:
    if rule.kind not in checks:
        raise WrongShapeError(f"no kind of check: {rule.kind:.50}")
    return rule._replace(options=decode_options(checks[rule.kind], rule.options))


def decode_options(check: CheckKind, data: Any) -> dict[str, Any]:
    """Returns what a kind of check made of a rule's options; WrongShapeError if it is not what the kind declares."""
    options: dict[str, Any] = decode(getattr(check, "compiled_type", dict[str, Any]), data)
    return options


def decode(shape: Any, data: Any) -> Any:
    """Returns data of JSON as what a type says; WrongShapeError if it is not such data.

    A type is `str`, `int`, `bool`, `None`, `Any`, an enumeration, a NamedTuple, a TypedDict, `list`, `tuple`, `dict`
    with keys of text, a `Literal`, a union, or `Annotated` with a function that refuses what has the wrong values.
    """
    return _reader(shape)(data)


@lru_cache(maxsize=200)
def _reader(shape: Any) -> _Reader:
    """Returns what reads data of a shape."""
    origin, arguments = get_origin(shape), get_args(shape)
    if shape is Any:
        return lambda data: data
    if shape in _PLAIN:
        return _of_type(shape)
    if origin is Annotated:
        return _refusing(_reader(arguments[0]), arguments[1])
    if origin is Literal:
        return _one_of(arguments)
    if origin in (Union, UnionType):
        return _first_that_reads(tuple(map(_reader, arguments)))
    if origin is list or (origin is tuple and arguments[1:] == (...,)):
        return _texts(origin) if arguments[0] is str else _items(origin, _reader(arguments[0]))
    if origin is tuple:
        return _fields(tuple, arguments)
    if origin is dict and arguments[0] is str:
        return _values(_reader(arguments[1]))
    if hasattr(shape, "__required_keys__"):
        return _table({key: _reader(one) for key, one in shape.__annotations__.items()}, shape.__required_keys__)
    if isinstance(shape, type) and issubclass(shape, Enum):
        return _members(shape)
    if isinstance(shape, type) and hasattr(shape, "_make"):
        return _fields(partial(tuple.__new__, shape), tuple(shape.__annotations__.values()))
    raise WrongShapeError(f"no shape of JSON data: {shape!r:.50}")


def _of_type(shape: type) -> _Reader:
    def read(data: Any) -> Any:
        if type(data) is not shape:
            raise WrongShapeError(f"{shape.__name__} expected: {data!r:.50}")
        return data

    return read


def _refusing(reader: _Reader, is_right: Callable[[Any], bool]) -> _Reader:
    def read(data: Any) -> Any:
        found = reader(data)
        if not is_right(found):
            raise WrongShapeError(f"{is_right.__name__} is not so: {data!r:.50}")
        return found

    return read


def _one_of(values: tuple[Any, ...]) -> _Reader:
    known = {(type(value), value) for value in values}  # True is 1 otherwise

    def read(data: Any) -> Any:
        if type(data) not in (str, int, bool) or (type(data), data) not in known:
            raise WrongShapeError(f"none of {values}: {data!r:.50}")
        return data

    return read


def _members(shape: type[Enum]) -> _Reader:
    known = {member.value: member for member in shape}

    def read(data: Any) -> Any:
        if type(data) not in (str, int) or data not in known:
            raise WrongShapeError(f"no {shape.__name__}: {data!r:.50}")
        return known[data]

    return read


def _first_that_reads(readers: tuple[_Reader, ...]) -> _Reader:
    def read(data: Any) -> Any:
        for reader in readers[:-1]:
            try:
                return reader(data)
            except WrongShapeError:
                continue
        return readers[-1](data)

    return read


def _texts(made: Callable[[list[str]], Any]) -> _Reader:
    """As `_items`, since most of a pack is lists of words."""

    def read(data: Any) -> Any:
        if type(data) is not list:
            raise WrongShapeError(f"list expected: {data!r:.50}")
        try:
            "".join(data)  # the fastest way to ask whether all are texts
        except TypeError:
            raise WrongShapeError(f"texts expected: {data!r:.50}") from None
        return made(data)

    return read


def _items(made: Callable[[list[Any]], Any], reader: _Reader) -> _Reader:
    def read(data: Any) -> Any:
        if type(data) is not list:
            raise WrongShapeError(f"list expected: {data!r:.50}")
        return made([reader(part) for part in data])

    return read


def _fields(made: Callable[[list[Any]], Any], shapes: tuple[Any, ...]) -> _Reader:
    plain = [(at, shape) for at, shape in enumerate(shapes) if shape in _PLAIN]
    others = [(at, _reader(shape)) for at, shape in enumerate(shapes) if shape not in _PLAIN]

    def read(data: Any) -> Any:
        if type(data) is not list or len(data) != len(shapes):
            raise WrongShapeError(f"list of {len(shapes)} expected: {data!r:.50}")
        for at, shape in plain:
            if type(data[at]) is not shape:
                raise WrongShapeError(f"{shape.__name__} expected: {data[at]!r:.50}")
        found = data.copy()
        for at, reader in others:
            found[at] = reader(found[at])
        return made(found)

    return read


def _values(reader: _Reader) -> _Reader:
    def read(data: Any) -> Any:
        if type(data) is not dict:
            raise WrongShapeError(f"table expected: {data!r:.50}")
        return {key: reader(value) for key, value in data.items()}

    return read


def _table(readers: dict[str, _Reader], required: frozenset[str]) -> _Reader:
    def read(data: Any) -> Any:
        if type(data) is not dict or not required <= data.keys() <= readers.keys():
            raise WrongShapeError(f"table of {', '.join(readers)} expected: {data!r:.50}")
        return {key: readers[key](value) for key, value in data.items()}

    return read
