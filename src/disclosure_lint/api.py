"""Linting from Python: three functions for one document each. For many documents, make one `Linter` and keep it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from disclosure_lint.engine.linter import Linter, LinterSet, parse
from disclosure_lint.files.reading import LARGEST_DOCUMENT, read_start
from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.result import FileResult
from disclosure_lint.settings import Settings
from disclosure_lint.settings.files import load
from disclosure_lint.settings.keys import validated
from disclosure_lint.settings.model import Override, overridden
from disclosure_lint.settings.validation import SettingsError, ValidationContext

if TYPE_CHECKING:
    from typing_extensions import Unpack

_PathLike = str | os.PathLike[str]


class Options(TypedDict, total=False):
    """What to check, by the names that the configuration file has for it, with `_` for `-`.

    A code may be a prefix (`DL3`) or the name of a rule.
    """

    select: Sequence[str]
    """The only codes to run."""
    ignore: Sequence[str]
    """Codes not to run."""
    extend_select: Sequence[str]
    """Codes to run besides."""
    severity: Mapping[str, Severity | str]
    """Another severity for some codes."""
    form: str
    """Id of the form to use; by default `auto`, that of the report's year."""
    profile: str
    """`draft`, `review` or `publish`: what a report must fulfil at that time."""
    region: str
    """Id of the regional pack to use; `none` for none, by default `auto`, that of the agency."""
    convert: bool
    """Whether LibreOffice, which must be installed, is to convert `.doc`, `.wps`, `.odt` and `.rtf`."""


def lint_text(
    text: str,
    *,
    name: str = "report.md",
    settings: Settings | None = None,
    config: _PathLike | None = None,
    packs: Sequence[_PathLike] = (),
    **options: Unpack[Options],
) -> FileResult:
    """Returns what is to be said about a report that is there as text; its spans count in `text`.

    `name` tells the format, by its ending, and is the path of all diagnostics. What to check is said by `options` or
    by `settings`, not both; no configuration file is read but the one that `config` names, and options go over it as
    those of the command line do. `packs` are folders or files of rule packs, besides those of installed plugins.

    A text that is no report, or that has faults, is no error: the result says so. Raises UserError if an option, the
    configuration, a pack or an installed plugin is wrong.
    """
    linter, chosen = _prepared(settings, config, packs, options)
    # With the mark nobody needs to guess the encoding. A mark that the text begins with stands for itself.
    return linter.lint(name, b"\xef\xbb\xbf" + text.encode("utf-8", "replace"), chosen)


def lint_bytes(
    data: bytes,
    name: str,
    *,
    settings: Settings | None = None,
    config: _PathLike | None = None,
    packs: Sequence[_PathLike] = (),
    **options: Unpack[Options],
) -> FileResult:
    """Returns what is to be said about a report that is there as the bytes of a file with that name.

    Spans count in `result.source.text`, the decoded text. All else is as in `lint_text`.
    """
    linter, chosen = _prepared(settings, config, packs, options)
    return linter.lint(name, data, chosen)


def lint_path(
    path: _PathLike,
    *,
    settings: Settings | None = None,
    config: _PathLike | None = None,
    packs: Sequence[_PathLike] = (),
    **options: Unpack[Options],
) -> FileResult:
    """Returns what is to be said about the file at that path.

    Raises OSError if it cannot be read; a file that can be read and not be understood is a finding (DL001). All else
    is as in `lint_text`.
    """
    data = read_start(path, LARGEST_DOCUMENT + 1, pipe=True)
    linter, chosen = _prepared(settings, config, packs, options)
    return linter.lint(Path(path).as_posix(), data, chosen)


def _prepared(
    settings: Settings | None, config: _PathLike | None, packs: Sequence[_PathLike], options: Options
) -> tuple[Linter, Settings]:
    if settings is not None and (options or config is not None):
        raise TypeError("settings exclude options and config")
    linters = LinterSet("zh", own=tuple(os.fspath(pack) for pack in packs))
    data = _as_configured(options)
    try:
        base = settings or _configured(config, data.pop("profile", None), linters)
        chosen = _over(base, data, linters.known(base.packs)) if data else base
        return linters.of(base.packs, convert=chosen.convert), chosen
    except SettingsError as error:
        place = ".".join(map(str, error.keys or ("profile",))).replace("-", "_")
        raise UserError(f"{place}：{error.words.zh}") from None


def _configured(config: _PathLike | None, profile: str | None, linters: LinterSet) -> Settings:
    if config is not None:
        return load(Path(config), linters.known(), parse, profile)
    return linters.profiles.of(profile).settings() if profile is not None else Settings()


def _over(base: Settings, options: dict[str, Any], known: ValidationContext) -> Settings:
    """Returns the settings with options over them; SettingsError for one that refers to nothing."""
    said = validated(options, known, os.getcwd())  # noqa: PTH109
    form, region = (said.form if "form" in options else None), (said.region if "region" in options else None)
    over = overridden(base, Override(said.select, said.ignore, said.extend_select, form, region))
    convert = said.convert if "convert" in options else base.convert
    return over._replace(severity={**base.severity, **said.severity}, convert=convert)


def _as_configured(options: Options) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, value in options.items():
        if isinstance(value, Mapping):
            value = {key: one.name if isinstance(one, Severity) else one for key, one in value.items()}
        data[name.replace("_", "-")] = list(value) if isinstance(value, tuple) else value
    unknown = data.keys() - {name.replace("_", "-") for name in Options.__annotations__}
    if unknown:
        raise TypeError(f"unknown options: {', '.join(sorted(unknown))}")
    return data
