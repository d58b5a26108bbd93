"""Sheets whose cells commas part, damaged at random in their lines and in their bytes."""

import re

from tests.fuzz.mutations import damages_of
from tests.generation.layouts import PIPED


def _sheet(text: str) -> str:
    """Returns Markdown with its tables as a spreadsheet saves them."""
    return re.sub(r"(?m)^[|:\- ]+$\n?", "", text).replace("|", ",")


DAMAGES = damages_of(PIPED, _sheet)
