"""Which versions a pack is for: of the way packs are written, and of this tool."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from disclosure_lint.model.errors import UserError
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.version import __version__
from disclosure_lint.packs.toml_files import TomlFile

SCHEMA = 1
"""The way packs are written; raised only when packs of before could no longer be read."""
VERSION = "^v?[0-9][0-9A-Za-z]*([-+._][0-9A-Za-z]+)*$"
"""Regular expression of a pack's version: 1, 2026.1, 1.0rc1."""
REQUIRES = "^(>=|<=|==|!=|>|<) *[0-9]+([.][0-9]+)*( *, *(>=|<=|==|!=|>|<) *[0-9]+([.][0-9]+)*)*$"
"""Regular expression of the versions of this tool that a pack is for: `>=0.1, <2`."""
_CLAUSE = lazy_re_compile("([<>=!]=?) *([0-9.]+)")


def version_mistakes(file: TomlFile) -> Iterator[UserError]:
    """Yields that a pack is written for a later tool. To be asked first: what else it says may be unknown as well."""
    about = file.data.get("pack")
    if not isinstance(about, dict):
        return
    schema, requires = about.get("schema", SCHEMA), about.get("requires", "")
    if type(schema) is int and schema > SCHEMA:
        sentence = f"规则包按第 {schema} 版写法写成，disclosure-lint {__version__} 只认到第 {SCHEMA} 版；请升级它"
        en = f"the pack is written in version {schema}, and disclosure-lint {__version__} knows {SCHEMA}; upgrade it"
        yield file.mistake(("pack", "schema"), sentence, en)
    if isinstance(requires, str) and re.match(REQUIRES, requires) and not _allows(requires, __version__):
        sentence = f"规则包要求 disclosure-lint {requires}，装的是 {__version__}；请换一个版本"
        en = f"the pack needs disclosure-lint {requires}, and {__version__} is installed; change the version"
        yield file.mistake(("pack", "requires"), sentence, en)


def _allows(requires: str, version: str) -> bool:
    return all(_holds(sign, _numbers(wanted), _numbers(version)) for sign, wanted in _CLAUSE.findall(requires))


def _holds(sign: str, wanted: list[int], version: list[int]) -> bool:
    difference = next((a - b for a, b in zip_longest(version, wanted, fillvalue=0) if a != b), 0)
    return {
        ">=": difference >= 0,
        "<=": difference <= 0,
        "==": difference == 0,
        "!=": difference != 0,
        ">": difference > 0,
        "<": difference < 0,
    }[sign]


def _numbers(version: str) -> list[int]:
    """Returns the numbers at the beginning of a version: those of 0.2 for 0.2.dev1."""
    numbers = re.match(r"[0-9]+(?:[.][0-9]+)*", version)
    return [int(number) for number in numbers.group().split(".")] if numbers else []
