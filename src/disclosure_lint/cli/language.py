"""The language that the command line speaks."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

VARIABLE = "DISCLOSURE_LINT_LANG"


class Translator(NamedTuple):
    """Says things in one of the two languages."""

    lang: str
    chosen: bool = False
    """Whether the user asked for it, so that a configuration file has no say."""

    def __call__(self, zh: str, en: str) -> str:
        """Returns the text in the language."""
        return en if self.lang == "en" else zh


def speaker(words: Sequence[str], environment: Mapping[str, str]) -> Translator:
    """Returns who speaks before the command line is understood: `--lang` wherever it stands, else the environment."""
    lang = environment.get(VARIABLE, "")
    for index, word in enumerate(words):
        if word == "--":
            break
        if word.startswith("--lang="):
            lang = word.removeprefix("--lang=")
        elif word == "--lang" and index + 1 < len(words):
            lang = words[index + 1]
    return Translator("en" if lang.lower().startswith("en") else "zh", chosen=bool(lang))
