"""The linters of a run, and what the command line may say of them."""

from collections.abc import Iterable

from disclosure_lint.cli.language import Translator
from disclosure_lint.engine.linter import LinterSet
from disclosure_lint.model.errors import UserError
from disclosure_lint.settings.keys import KEYS
from disclosure_lint.settings.model import Override
from disclosure_lint.settings.validation import SettingsError, ValidationContext


class Linters(LinterSet):
    """Linters that also check the words of a command line."""

    def __init__(self, say: Translator, *, use_cache: bool):
        """Finds the plugins; UserError if one is broken."""
        super().__init__(say.lang, use_cache=use_cache)
        self._say = say
        self.outputs = self.registry.outputs
        """Output formats by name."""

    def check(self, override: Override, used: Iterable[tuple[str, ...]] = ()) -> None:
        """Raises UserError for a rule or region on the command line that no linter of the run knows.

        A form must be known wherever it is `used`: with each of those sets of packs.
        """
        together = self.known_together()
        for key in ("select", "ignore", "extend-select", "region"):
            self.check_option(key, override, together)
        for packs in dict.fromkeys(used) or ((),):
            self.check_option("form", override, self.known(packs))

    def check_option(self, name: str, override: Override, known: ValidationContext) -> None:
        """Raises UserError if the command line says something for a key that may not be referred to."""
        key = KEYS[name]
        try:
            key.check_said(getattr(override, key.field), known)
        except SettingsError as error:
            raise UserError(f"--{name}{self._say('：', ': ')}{error.words.text(self._say.lang)}") from None
