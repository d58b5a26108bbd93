"""The plugin manager: built-in packs, checks and readers come through the same door as those of strangers."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pluggy

from disclosure_lint import hooks
from disclosure_lint.checks.cells import CellsCheck
from disclosure_lint.checks.equation import EquationCheck
from disclosure_lint.checks.heading import HeadingCheck
from disclosure_lint.checks.input import InputCheck
from disclosure_lint.checks.pattern import PatternCheck
from disclosure_lint.checks.section import SectionCheck
from disclosure_lint.checks.statement import StatementCheck
from disclosure_lint.hooks import PROJECT, Reader, hookimpl
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.kind import CheckKind
from disclosure_lint.packs.locate import shipped_rules
from disclosure_lint.readers.lines import LineReader


class BuiltIn:
    """What ships with the tool."""

    @hookimpl(trylast=True)
    def rule_packs(self) -> list[Path]:
        """The national pack."""
        return [shipped_rules()]

    @hookimpl(trylast=True)
    def check_kinds(self) -> list[CheckKind]:
        """The kinds of check that the national pack names, and others may."""
        return [
            InputCheck(), SectionCheck(), HeadingCheck(), CellsCheck(), EquationCheck(), StatementCheck(), PatternCheck(),
        ]  # fmt: skip

    @hookimpl(trylast=True)
    def document_readers(self) -> list[Reader]:
        """Plain text and Markdown."""
        return [LineReader()]


class Plugins:
    """What all plugins together offer."""

    def __init__(self, manager: pluggy.PluginManager):
        self._manager = manager

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

    def _gather(self, hook: str) -> list[Any]:
        return [item for plugin in self._implementations(hook) for item in plugin()]

    def _implementations(self, hook: str) -> Iterator[Callable[[], Iterable[Any]]]:
        # One by one instead of through the hook caller, so that a mistake can name its plugin.
        for implementation in reversed(getattr(self._manager.hook, hook).get_hookimpls()):
            yield _named(implementation.plugin_name, implementation.function)


def _named(plugin: str, function: Callable[[], Iterable[Any]]) -> Callable[[], Iterable[Any]]:
    def call() -> Iterable[Any]:
        try:
            return list(function())
        except UserError:
            raise
        except Exception as error:  # a stranger's code may raise anything
            raise UserError(f"插件 {plugin} 的 {function.__name__} 出错：{type(error).__name__}: {error}") from error

    return call


def load_plugins() -> Plugins:
    """Returns the plugins that are installed and built in; UserError naming the plugin that is broken."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hooks)
    manager.register(BuiltIn(), "built-in")
    for name, load in _entry_points():
        try:
            manager.register(load(), name)
            manager.check_pending()
        except Exception as error:  # a stranger's code may raise anything
            raise UserError(f"插件 {name} 无法装入：{type(error).__name__}: {error}；请修复或卸载它") from error
    return Plugins(manager)


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
