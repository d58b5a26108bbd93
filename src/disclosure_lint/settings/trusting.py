"""Numbers that are never blamed when sums do not come out."""

from collections.abc import Iterable
from typing import Any

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.settings.globs import starred
from disclosure_lint.settings.validation import SettingsError, ValidationContext, hinted

TRUST = ("text", "previous", "none")
_SHAPE = lazy_re_compile(r"[a-z0-9_*]+\[[a-z0-9_*]+,[a-z0-9_*]+\]")


def check_trust(trust: str) -> str:
    """Returns what is to be trusted. Raises SettingsError for what cannot be."""
    if trust not in TRUST:
        raise SettingsError(
            f"没有“{trust}”；可写 {'、'.join(TRUST)}", f"there is no “{trust}”; write one of {', '.join(TRUST)}"
        )
    return trust


def trusted_cells(globs: Iterable[str], cells: Iterable[str]) -> set[str]:
    """Returns those of the cells that are named by names of numbers with `*` for any part of them."""
    known = list(map(starred, globs))
    return {cell for cell in cells if any(glob.names(cell) for glob in known)}


def trusted_globs(value: Any, known: ValidationContext) -> tuple[str, ...]:
    """Returns the globs of a configuration. Raises SettingsError for the first that names nothing."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        zh = '这里应是数的名称的列表，例如 ["requests[new,*]"]'
        raise SettingsError(zh, 'a list of names of numbers is expected, like ["requests[new,*]"]')
    cells = known.places().cells
    for index, glob in enumerate(value):
        if not _SHAPE.fullmatch(glob):
            zh = f"“{glob}”不是数的名称，应写成 requests[new,total] 这样，* 代表任意一段"
            raise SettingsError(
                zh, f"“{glob}” is no name of a number, like requests[new,total]; * stands for any part", (index,)
            )
        if cells and not trusted_cells([glob], cells):
            hint = hinted(glob, cells)
            zh, en = f"表格里没有名为“{glob}”的数", f"no number of the tables has the name “{glob}”"
            raise SettingsError(zh + hint.zh, en + hint.en, (index,))
    return tuple(value)
