"""The settings of a run, and how the command line goes over a configuration file."""

from collections.abc import Mapping
from typing import NamedTuple

from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.result import AcceptedFinding


class Settings(NamedTuple):
    """What to check in a file and what counts as a failure. A code may be a prefix (`DL3`) or a rule's name."""

    select: tuple[str, ...] = ()
    """The only codes to run; empty for every rule that is not off."""
    ignore: tuple[str, ...] = ()
    """Codes not to run."""
    extend_select: tuple[str, ...] = ()
    """Codes to run besides."""
    severity: Mapping[str, Severity] = {}
    """Another severity for some codes."""
    form: str = "auto"
    """Id of the form to use; `auto` for the one of the report's year."""
    region: str = "auto"
    """The regional pack to use; `auto` for the one of the agency, `none` for none."""
    fail_on: Severity = Severity.error
    """The least severity that makes the exit status 1."""
    max_undetermined: int | None = None
    """How many rules may stay undetermined in a file; None for any number."""
    lang: str | None = None
    """`zh` or `en`; None if nothing is said."""
    exclude: tuple[str, ...] = ()
    """Globs of files and folders that are not looked for in folders."""
    per_file_ignores: Mapping[str, tuple[str, ...]] = {}
    """Codes not to run on the files of a glob."""
    root: str | None = None
    """The folder that the globs are relative to; None for the working directory."""
    packs: tuple[str, ...] = ()
    """Folders or files of rule packs that are loaded besides the national one and those of plugins."""
    file: str | None = None
    """The configuration file, as mistakes in it name it; None if there is none."""
    accept: tuple[AcceptedFinding, ...] = ()
    """Findings that are left as they are."""
    baseline: str | None = None
    """The file of mistakes that are known; None if there is none."""
    profile: str | None = None
    """The profile that these settings stand on; None if none was asked for."""
    profile_severity: Mapping[str, Severity] = {}
    """Another severity for some codes, from the profile: what `severity` says goes over it."""
    convert: bool = False
    """Whether LibreOffice is to make Word files of formats that are not read otherwise."""
    trust: str | None = None
    """What is never blamed for wrong sums: `text`, or the `previous` report; `none`: the text is not even asked.

    Without it, what the text says is evidence.
    """
    trusted: tuple[str, ...] = ()
    """Names of numbers, or globs of names, that are never blamed."""
    rule_pages: str | None = None
    """The address of the rules' pages, with `{code}` where a rule's code stands; None if there are none."""
    agencies: Mapping[str, tuple[str, ...]] = {}
    """Names of agencies with other names of the same one."""
    sums: Mapping[str, tuple[str, ...]] = {}
    """Names of agencies whose reports add up those of others, with the names of these, or globs of names."""


class Override(NamedTuple):
    """What the command line says; None or empty where it says nothing."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    form: str | None = None
    region: str | None = None
    fail_on: Severity | None = None
    max_undetermined: int | None = None
    lang: str | None = None
    profile: str | None = None
    """Not laid over the settings, as they stand on it: see `Search`."""
    baseline: str | None = None
    convert: bool = False
    trust: str | None = None


def overridden(settings: Settings, override: Override) -> Settings:
    """Returns the settings with the command line over them.

    A selection replaces the file's whole choice of codes; codes to ignore or to add are joined to the file's,
    and adding a code takes back the file's wish to ignore it.
    """
    base = settings._replace(select=(), ignore=(), extend_select=()) if override.select else settings
    kept = tuple(code for code in base.ignore if not code.startswith(override.extend_select or ("\0",)))
    return base._replace(
        select=override.select or base.select,
        ignore=kept + override.ignore,
        extend_select=base.extend_select + override.extend_select,
        form=override.form or base.form,
        region=override.region or base.region,
        fail_on=base.fail_on if override.fail_on is None else override.fail_on,
        max_undetermined=base.max_undetermined if override.max_undetermined is None else override.max_undetermined,
        lang=override.lang or base.lang,
        baseline=override.baseline or base.baseline,
        convert=override.convert or base.convert,
        trust=override.trust or base.trust,
    )
