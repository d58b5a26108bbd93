"""What several kinds of check ask of their options when a pack is compiled."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from disclosure_lint.model.errors import UserError
from disclosure_lint.model.kind import CompileContext

PATTERNS: Mapping[str, Any] = {"type": "array", "items": {"$ref": "#/$defs/pattern"}, "minItems": 1}
"""Schema of a list of regular expressions."""

_MOST_LISTED = 20


class WithoutOptions:
    """A kind whose table in a rule is empty."""

    compiled_type: ClassVar[Any] = dict[str, str]
    schema: ClassVar[dict[str, Any]]

    def __init_subclass__(cls, *, description: str):
        """Takes what editors say of the table."""
        cls.schema = {"description": description, "type": "object", "additionalProperties": False, "properties": {}}

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options as they are."""
        return options


def known_sections(ids: Iterable[str], context: CompileContext) -> None:
    """Raises UserError for a section id that no form of the rule has."""
    titles = {section.id: section.title for form in context.forms_of_rule() for section in form.sections}
    _known("部分（section）", "section", ids, titles)


def known_tables(ids: Iterable[str], context: CompileContext) -> None:
    """Raises UserError for a table id that no form of the rule has."""
    titles = {table.id: table.title for form in context.forms_of_rule() for table in form.tables}
    _known("表格（table）", "table", ids, titles)


def known_cells(names: Iterable[str], context: CompileContext) -> None:
    """Raises UserError for a cell that no form of the rule has; `*` stands for any column."""
    known = {
        name: row.label
        for form in context.forms_of_rule()
        for table in form.tables
        for row in table.rows
        for name in (f"{table.id}[{row.id},*]", *(f"{table.id}[{row.id},{column}]" for column in row.columns))
    }
    _known("格（cell）", "cell", names, known)


def vocabulary_of(key: str, context: CompileContext) -> Mapping[str, Any]:
    """Returns a vocabulary of the pack; raises UserError if it has none with that id."""
    _known("词表（vocabulary）", "vocabulary", [key], dict.fromkeys(context.vocabularies, ""))
    return context.vocabularies[key]


def demand_groups(pattern: str, *groups: str, key: str = "") -> None:
    """Raises UserError for a regular expression that lacks one of these named groups; `key` is whose it is.

    PatternError for one that is wrong.
    """
    # Only where a pack is compiled.
    from disclosure_lint.model.patterns import compile_pattern

    lacking = [f"(?P<{group}>…)" for group in groups if group not in compile_pattern(pattern).groupindex]
    if lacking:
        raise UserError(
            f"{f'{key} 的' if key else ''}“{pattern}” 没有用 {'、'.join(lacking)} 标出要读的字",
            en=f"“{pattern}”{f' of {key}' if key else ''} marks nothing by {', '.join(lacking)}",
        )


def _known(what: str, en: str, ids: Iterable[str], known: Mapping[str, str]) -> None:
    """Raises UserError for an id that is not known; `known` has the ids with their titles, if they have any."""
    for key in ids:
        if key not in known:
            # Only for a mistake in a rule file.
            from difflib import get_close_matches

            near = get_close_matches(key, known, 1)
            hint = f"，是否想写 “{near[0]}”？" if near else "；"
            near_en = f"; did you mean “{near[0]}”?" if near else ";"
            if len(known) <= _MOST_LISTED or not near:
                shown = [f"{one}（{title}）" if title else one for one, title in list(known.items())[:_MOST_LISTED]]
                hint += f"可以写：{'、'.join(shown)}"
                near_en += f" known are: {', '.join(list(known)[:_MOST_LISTED])}"
            raise UserError(f"没有叫 “{key}” 的{what}{hint}", en=f"there is no {en} “{key}”{near_en}")
