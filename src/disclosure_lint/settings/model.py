"""The settings of a run, how the command line goes over a configuration file, and which rules they select."""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.result import AcceptedFinding
from disclosure_lint.model.rule import Rule
from disclosure_lint.settings.globs import matches


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


def length(rule: Rule, codes: Iterable[str]) -> int:
    """Returns the length of the longest code that names the rule, -1 if none does; its full name counts as its code."""
    fitting = [len(code) for code in codes if rule.code.startswith(code)]
    if rule.name in codes:
        fitting.append(len(rule.code))
    return max(fitting, default=-1)


def relative(path: str, root: str | None) -> str | None:
    """Returns the path from the root with forward slashes; None if there is no way (another drive)."""
    try:
        return os.path.relpath(path, root).replace(os.sep, "/")
    except ValueError:
        return None


def excluded(path: str, settings: Settings) -> bool:
    """Returns whether the settings say not to look at that file or folder."""
    if not settings.exclude:
        return False
    inside = relative(path, settings.root)
    return inside is not None and matches(inside, settings.exclude)


def accepted(settings: Settings, path: str) -> tuple[AcceptedFinding, ...]:
    """Returns what the settings accept in the file of that path."""
    if not settings.accept:
        return ()
    inside = relative(path, settings.root)
    return () if inside is None else tuple(one for one in settings.accept if matches(inside, [one.path]))


def selected(rules: Sequence[Rule], settings: Settings, path: str) -> tuple[Rule, ...]:
    """Returns the rules to run on the file of that path, each with the severity it has there.

    Where a code is both selected and ignored, the longer prefix wins, and of two equally long ones to ignore:
    `select DL3, ignore DL301` leaves DL301 out; `select DL301, ignore DL3` runs it. A rule that is off runs only
    if it is selected, then as `info` unless the rule or the settings say more.
    """
    ignore = settings.ignore + _ignored_here(settings, path)
    chosen = settings.select + settings.extend_select
    if not (ignore or chosen or settings.severity or settings.profile_severity):
        return tuple(rule for rule in rules if rule.severity is not Severity.off)
    return tuple(graded for rule in rules if (graded := _graded(rule, settings, chosen, ignore)) is not None)


def _ignored_here(settings: Settings, path: str) -> tuple[str, ...]:
    if not settings.per_file_ignores:
        return ()
    inside = relative(path, settings.root)
    if inside is None:
        return ()
    return tuple(code for glob, codes in settings.per_file_ignores.items() if matches(inside, [glob]) for code in codes)


def _graded(rule: Rule, settings: Settings, chosen: Sequence[str], ignore: Sequence[str]) -> Rule | None:
    """Returns the rule with its severity under the settings; None if it does not run."""
    asked = length(rule, chosen)
    if asked < 0 and settings.select:
        return None
    if (ignored := length(rule, ignore)) >= 0 and ignored >= asked:
        return None
    wish = _severity(rule, settings)
    severity = rule.severity if wish is None else wish
    if severity is Severity.off:
        if asked < 0:
            return None
        severity = rule.severity or Severity.info
    return rule if severity is rule.severity else rule.graded(severity)


def _severity(rule: Rule, settings: Settings) -> Severity | None:
    own = _longest(rule, settings.severity)
    return _longest(rule, settings.profile_severity) if own is None else own


def _longest(rule: Rule, severities: Mapping[str, Severity]) -> Severity | None:
    best = max(severities, key=lambda code: length(rule, [code]), default="")
    return severities[best] if best and length(rule, [best]) >= 0 else None
