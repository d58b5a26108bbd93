"""The linters of a run, and what the command line may say of them."""

from argparse import Namespace
from collections.abc import Iterable

from disclosure_lint.cli.language import Translator
from disclosure_lint.engine.session import LinterSet
from disclosure_lint.model.errors import UserError
from disclosure_lint.settings.validation import SettingsError, ValidationContext, check_code, check_form, check_region

_CODES = ("select", "ignore", "extend_select")


class Linters(LinterSet):
    """Linters that also check the words of a command line."""

    def __init__(self, options: Namespace, say: Translator):
        """Finds the plugins; UserError if one is broken."""
        super().__init__(say.lang, use_cache=not options.no_cache)
        self._say = say
        self.outputs = self.registry.outputs
        """Output formats by name."""

    def check(self, options: Namespace, used: Iterable[tuple[str, ...]] = ()) -> None:
        """Raises UserError for a rule or region on the command line that no linter of the run knows.

        A form must be known wherever it is `used`: with each of those sets of packs.
        """
        together = self.known_together()
        for name in _CODES:
            for code in getattr(options, name, ()):
                self._checked("--" + name.replace("_", "-"), code, together)
        self._checked("--region", getattr(options, "region", None), together)
        for packs in dict.fromkeys(used) or ((),):
            self._checked("--form", options.form, self.known(packs))

    def _checked(self, option: str, value: str | None, known: ValidationContext) -> None:
        if value is None:
            return
        check = {"--region": check_region, "--form": check_form}.get(option, check_code)
        try:
            check(value, known)
        except SettingsError as error:
            raise UserError(f"{option}{self._say('：', ': ')}{error.words.text(self._say.lang)}") from None
