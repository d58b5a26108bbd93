"""The plugin manager: built-in packs, checks and readers come through the same door as those of strangers."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from disclosure_lint import hooks
from disclosure_lint.checks.cells import CellsCheck
from disclosure_lint.checks.claim import ClaimCheck
from disclosure_lint.checks.division import DivisionCheck
from disclosure_lint.checks.equation import EquationCheck
from disclosure_lint.checks.heading import HeadingCheck
from disclosure_lint.checks.input import InputCheck
from disclosure_lint.checks.pattern import PatternCheck
from disclosure_lint.checks.section import SectionCheck
from disclosure_lint.checks.statement import StatementCheck
from disclosure_lint.hooks import HOOKS, PROJECT, OutputFormat, Reader
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.kind import CheckKind
from disclosure_lint.outputs.formats import BUILT_IN
from disclosure_lint.packs.locate import shipped_rules
from disclosure_lint.readers.lines import LineReader

Offer = Callable[[], Iterable[Any]]
"""A plugin's implementation of a hook."""
_BUILT_IN = "built-in"


class BuiltIn:
    """What ships with the tool."""

    def rule_packs(self) -> list[Path]:
        """The national pack."""
        return [shipped_rules()]

    def check_kinds(self) -> list[CheckKind]:
        """The kinds of check that the national pack names, and others may."""
        kinds = (
            InputCheck,
            SectionCheck,
            HeadingCheck,
            CellsCheck,
            EquationCheck,
            ClaimCheck,
            StatementCheck,
            PatternCheck,
        )
        return [*(kind() for kind in kinds), DivisionCheck()]

    def document_readers(self) -> list[Reader]:
        """Plain text and Markdown."""
        return [LineReader()]

    def output_formats(self) -> list[OutputFormat]:
        """The formats of the contract."""
        return list(BUILT_IN)


class Plugins:
    """What all plugins together offer."""

    def __init__(self, implementations: Mapping[str, Sequence[tuple[str, Offer]]]):
        """Takes for each hook the names and functions of the plugins that implement it, the built-in one last."""
        self._implementations = implementations

    def packs(self) -> list[Path]:
        """Returns the folders of all rule packs, the national one first."""
        return self._gather("rule_packs")[::-1]

    def checks(self) -> dict[str, CheckKind]:
        """Returns all kinds of check by name; UserError if two plugins offer one name."""
        kinds: dict[str, CheckKind] = {}
        for check in self._gather("check_kinds"):
            if check.kind in kinds:
                raise UserError(f"有两个插件都提供名为 “{check.kind}” 的检查种类；请卸载其中一个")
            kinds[check.kind] = check
        return kinds

    def readers(self) -> list[Reader]:
        """Returns all readers in the order in which they are tried."""
        return self._gather("document_readers")

    def outputs(self) -> dict[str, OutputFormat]:
        """Returns all output formats by name; UserError if two plugins offer one name."""
        formats: dict[str, OutputFormat] = {}
        for output in self._gather("output_formats"):
            if output.name in formats:
                raise UserError(f"有两个插件都提供名为 “{output.name}” 的输出格式；请卸载其中一个")
            formats[output.name] = output
        return formats

    def _gather(self, hook: str) -> list[Any]:
        # One by one instead of through the hook caller, so that a mistake can name its plugin.
        return [item for name, offer in self._implementations[hook] for item in _offered(name, hook, offer)]


def _offered(plugin: str, hook: str, offer: Offer) -> list[Any]:
    try:
        return list(offer())
    except UserError:
        raise
    except Exception as error:
        raise UserError(f"插件 {plugin} 的 {hook} 出错：{type(error).__name__}: {error}") from error


def load_plugins() -> Plugins:
    """Returns the plugins that are installed and built in; UserError naming the plugin that is broken."""
    built_in = BuiltIn()
    strangers = list(_entry_points())
    if not strangers:
        # Nobody to manage: the built-in plugin alone, as the manager would call it, without importing pluggy.
        return Plugins({hook.__name__: [(_BUILT_IN, getattr(built_in, hook.__name__))] for hook in HOOKS})
    return Plugins(_managed(built_in, strangers))


def _managed(
    built_in: BuiltIn, strangers: Iterable[tuple[str, Callable[[], object]]]
) -> dict[str, list[tuple[str, Offer]]]:
    import pluggy

    manager = pluggy.PluginManager(PROJECT)
    for hook in HOOKS:
        pluggy.HookspecMarker(PROJECT)(hook)
        pluggy.HookimplMarker(PROJECT)(getattr(BuiltIn, hook.__name__), trylast=True)
    manager.add_hookspecs(hooks)
    manager.register(built_in, _BUILT_IN)
    for name, load in strangers:
        try:
            manager.register(load(), name)
            manager.check_pending()
        except Exception as error:
            raise UserError(f"插件 {name} 无法装入：{type(error).__name__}: {error}；请修复或卸载它") from error
    return {
        hook.__name__: [
            (implementation.plugin_name, implementation.function)
            for implementation in reversed(getattr(manager.hook, hook.__name__).get_hookimpls())
        ]
        for hook in HOOKS
    }


def _entry_points() -> Iterator[tuple[str, Callable[[], object]]]:
    if not _any_registered():
        return
    # Importing it takes longer than a whole run without plugins.
    from importlib.metadata import entry_points

    for entry in entry_points(group=PROJECT):
        yield entry.name, entry.load


def _any_registered() -> bool:
    """Says whether some installed distribution names our group, by a glance at the files where they say so."""
    section = f"[{PROJECT}]".encode()
    for folder in sys.path:
        try:
            with os.scandir(folder or ".") as entries:
                places = [entry.path for entry in entries if entry.name.endswith((".dist-info", ".egg-info"))]
        except OSError:
            if Path(folder).is_file():  # a zipped distribution
                return True
            continue
        for place in places:
            try:
                with open(f"{place}/entry_points.txt", "rb") as file:  # noqa: PTH123 (hundreds of files at every start)
                    if section in file.read(100_000):
                        return True
            except OSError:
                continue
    return False
