"""A pack as JSON data and back, for the cache."""

from typing import Any

from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.form import CarriedRow, Column, Form, FormRow, Law, SectionForm, TableForm
from disclosure_lint.model.localization import Localization, Slip
from disclosure_lint.model.rule import Alias, Change, Condition, Pack, Rule, Variant

_SEVERITIES = tuple(Severity)


class WrongShapeError(ValueError):
    """The data is not what `encode_pack` returns."""


def encode_pack(pack: Pack) -> dict[str, Any]:
    """Returns the pack as JSON data."""
    data: dict[str, Any] = _plain(pack)
    return data


def _plain(value: Any) -> Any:
    """Returns records as dicts, other sequences as lists."""
    if isinstance(value, tuple) and hasattr(value, "_fields") and not isinstance(value, LocalizedText):
        return {name: _plain(part) for name, part in zip(value._fields, value, strict=True)}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return value


def decode_pack(data: Any) -> Pack:
    """Returns the pack; WrongShapeError if any part of the data is not what it should be."""
    try:
        return Pack(
            _str(data["id"]),
            _str(data["title"]),
            _str(data["version"]),
            tuple(map(_form, _list(data["forms"]))),
            tuple(map(_rule, _list(data["rules"]))),
            _str_or_none(data["extends"]),
            _str_or_none(data["region"]),
            _condition(data["condition"]),
            tuple(map(_change, _list(data["changes"]))),
            tuple(map(_alias, _list(data["aliases"]))),
            _localization(data["localization"]),
        )
    except (KeyError, TypeError, IndexError) as error:
        raise WrongShapeError(str(error)) from None


def _rule(data: Any) -> Rule:
    return Rule(
        code=_str(data["code"]),
        name=_str(data["name"]),
        severity=_severity(data["severity"]),
        summary=_words(data["summary"]),
        message=_words(data["message"]),
        law=_laws(data["law"]),
        kind=_str(data["kind"]),
        options=_dict(data["options"]),
        condition=_condition(data["condition"]),
        variants={name: _variant(variant) for name, variant in _dict(data["variants"]).items()},
        pack=_str(data["pack"]),
        replaces=_strs(data["replaces"]),
        event=_str(data["event"]),
        exact=_bool(data["exact"]),
    )


def _localization(data: Any) -> Localization:
    messages = {id: _words(words) for id, words in _dict(data["messages"]).items()}
    slips = (Slip(_str(one["kind"]), _int(one["weight"]), _words(one["words"])) for one in _list(data["slips"]))
    return Localization(_int(data["likely"]), messages, tuple(slips))


def _change(data: Any) -> Change:
    return Change(_str(data["code"]), _severity(data["severity"]), _str(data["reason"]))


def _alias(data: Any) -> Alias:
    return Alias(
        _strs(data["wordings"]),
        _strs(data["forms"]),
        _str_or_none(data["section"]),
        _str_or_none(data["table"]),
        _str_or_none(data["row"]),
        _str_or_none(data["column"]),
        _bool(data["accepted"]),
    )


def _condition(data: Any) -> Condition:
    return Condition(
        _strs(data["forms"]),
        _int_or_none(data["first_year"]),
        _int_or_none(data["last_year"]),
        _str_or_none(data["agency"]),
    )


def _variant(data: Any) -> Variant:
    severity = data["severity"]
    return Variant(_words(data["message"]), None if severity is None else _severity(severity))


def _form(data: Any) -> Form:
    return Form(
        id=_str(data["id"]),
        title=_str(data["title"]),
        first_year=_int(data["first_year"]),
        last_year=_int_or_none(data["last_year"]),
        law=_laws(data["law"]),
        sections=tuple(map(_section, _list(data["sections"]))),
        tables=tuple(map(_table, _list(data["tables"]))),
        carried=tuple(map(_carried, _list(data["carried"]))),
    )


def _carried(data: Any) -> CarriedRow:
    return CarriedRow(_str(data["table"]), _str(data["row"]), _str(data["next_table"]), _str(data["next_row"]))


def _section(data: Any) -> SectionForm:
    return SectionForm(
        _str(data["id"]),
        _int(data["number"]),
        _str(data["title"]),
        _strs(data["long_titles"]),
        _strs(data["aliases"]),
    )


def _table(data: Any) -> TableForm:
    return TableForm(
        id=_str(data["id"]),
        title=_str(data["title"]),
        section=_str(data["section"]),
        rows=tuple(map(_row, _list(data["rows"]))),
        columns=tuple(map(_column, _list(data["columns"]))),
        row_groups=_groups(data["row_groups"]),
        column_groups=_groups(data["column_groups"]),
        headers=_strs(data["headers"]),
        side_by_side=_bool(data["side_by_side"]),
        corner=_str(data["corner"]),
    )


def _row(data: Any) -> FormRow:
    return FormRow(
        _str(data["id"]), _str(data["label"]), _strs(data["columns"]), _strs(data["aliases"]), _strs(data["groups"])
    )


def _column(data: Any) -> Column:
    return Column(
        _str(data["id"]),
        _str(data["label"]),
        _strs(data["aliases"]),
        _strs(data["groups"]),
        _str_or_none(data["unit"]),
    )


def _groups(data: Any) -> dict[str, tuple[str, ...]]:
    return {name: _strs(members) for name, members in _dict(data).items()}


def _laws(data: Any) -> tuple[Law, ...]:
    return tuple(Law(_str(law["document"]), _str(law["clause"]), _str(law["text"])) for law in _list(data))


def _words(data: Any) -> LocalizedText:
    zh, en = _strs(data)
    return LocalizedText(zh, en)


def _severity(data: Any) -> Severity:
    number = _int(data)
    if number < 0:  # would count from the end
        raise WrongShapeError(f"no severity: {number}")
    return _SEVERITIES[number]


def _strs(data: Any) -> tuple[str, ...]:
    for value in _list(data):
        _str(value)
    return tuple(data)


def _str(data: Any) -> str:
    if type(data) is not str:
        raise WrongShapeError(f"no text: {data!r:.50}")
    return data


def _str_or_none(data: Any) -> str | None:
    return None if data is None else _str(data)


def _int(data: Any) -> int:
    if type(data) is not int:
        raise WrongShapeError(f"no number: {data!r:.50}")
    return data


def _bool(data: Any) -> bool:
    if type(data) is not bool:
        raise WrongShapeError(f"neither true nor false: {data!r:.50}")
    return data


def _int_or_none(data: Any) -> int | None:
    return None if data is None else _int(data)


def _list(data: Any) -> list[Any]:
    if type(data) is not list:
        raise WrongShapeError(f"no list: {data!r:.50}")
    return data


def _dict(data: Any) -> dict[str, Any]:
    if type(data) is not dict:
        raise WrongShapeError(f"no table: {data!r:.50}")
    return data
