"""Which rules run on a file, and how severe they are there."""

import os
from collections.abc import Iterable, Mapping, Sequence

from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.result import AcceptedFinding
from disclosure_lint.model.rule import Rule
from disclosure_lint.settings.globs import matches
from disclosure_lint.settings.model import Settings


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
