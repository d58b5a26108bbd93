"""What a command line asks of a run, said once and handed down, and the linters by which it is done."""

from argparse import Namespace
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from disclosure_lint.cli.language import Translator
from disclosure_lint.engine.linter import LinterSet
from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.errors import UserError
from disclosure_lint.settings.keys import KEYS
from disclosure_lint.settings.model import Override
from disclosure_lint.settings.validation import SettingsError, ValidationContext


class RunConfig(NamedTuple):
    """Each field is named like its option; a command that has no such option runs with the default.

    What differs between the files of a run is in their `Settings`: the configuration of their folder under `override`.
    """

    paths: tuple[str, ...] = ()
    """What the command line names; nothing for the working directory."""
    files_from: str | None = None
    stdin_filename: str | None = None
    only_reports: bool = False
    config: str | None = None
    isolated: bool = False
    use_cache: bool = True
    progress: bool = True
    jobs: int | None = None
    """How many processes share the files; None for as many as pay off."""
    override: Override = Override()
    """What goes over the configuration of each folder."""
    formats: tuple[str, ...] = ()
    """FORMAT or FORMAT:FILE."""
    output_file: str | None = None
    color: str = "auto"
    statistics: bool = False
    quiet: bool = False
    verbose: bool = False
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    annotate: str | None = None
    write_baseline: str | None = None
    prune_baseline: bool = False


def run_config(options: Namespace, paths: Sequence[str] = ()) -> RunConfig:
    """Returns what parsed options and the paths beside them ask for."""
    given: dict[str, Any] = {key: value for key, value in vars(options).items() if value is not None}
    given |= {key: tuple(value) for key, value in given.items() if isinstance(value, list)}
    if "fail_on" in given:
        given["fail_on"] = Severity[given["fail_on"]]
    override = Override(**{key: value for key, value in given.items() if key in Override._fields})
    own = {key: value for key, value in given.items() if key in RunConfig._fields}
    return RunConfig(**own)._replace(paths=tuple(paths), override=override)


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
