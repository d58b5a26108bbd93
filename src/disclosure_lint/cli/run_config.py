"""What a command line asks of a run, said once and handed down."""

from argparse import Namespace
from collections.abc import Sequence
from typing import Any, NamedTuple

from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.settings.model import Override


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
