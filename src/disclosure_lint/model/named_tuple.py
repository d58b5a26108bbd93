"""`typing.NamedTuple` at a fifth of its price, which a start pays for a hundred and fifty classes.

A class of it has all that one of typing has. Left out is to look at what the annotations say, which a type checker
does, and to compile a constructor for each class: those with as many fields share one, but for the names. See
docs/decisions/named-tuples.md.
"""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING or sys.version_info >= (3, 14):  # where annotations are not there before they are asked for
    from typing import NamedTuple as NamedTuple
else:
    import collections
    from functools import cache
    from types import CodeType, FunctionType

    class _Fields(tuple):
        """What all classes have in common."""

        __slots__ = ()

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changes):
            copy = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise TypeError(f"Got unexpected field names: {list(changes)!r}")
            return copy

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            fields = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({fields})"

        def __getnewargs__(self):
            return tuple(self)

    @cache
    def _constructor(fields: int) -> CodeType:
        names = "".join(f"_{number}, " for number in range(fields))
        source = f"lambda _class, {names}: _tuple(_class, ({names}))"
        return eval(source).__code__  # nosec B307  # no word of it is a stranger's

    _GLOBALS = {"_tuple": tuple.__new__, "__builtins__": {}}
    _getter = cache(lambda number: collections._tuplegetter(number, None))

    class _Maker(type):
        """What `class Name(NamedTuple)` is given to; the class that it makes is an ordinary one."""

        def __new__(cls, name, bases, body):
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body[field] for field in fields if field in body}
            code = _constructor(len(fields)).replace(co_name="__new__", co_varnames=("_class", *fields))
            new = FunctionType(code, _GLOBALS, "__new__", tuple(defaults.values()))
            new.__qualname__ = f"{name}.__new__"
            body |= {"__slots__": (), "__new__": new, "__match_args__": fields}
            body |= {"_fields": fields, "_field_defaults": defaults}
            body |= {field: _getter(number) for number, field in enumerate(fields)}
            return type(name, (_Fields,), body)

    class NamedTuple(metaclass=_Maker):
        """Base of a class whose annotated names are the fields of a tuple, with their defaults."""
