"""What all plugins together offer: built-in packs, checks and readers come through the same door as strangers' ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from pluggy import HookImpl, PluginManager

from disclosure_lint.extensions.built_in import BuiltIn
from disclosure_lint.extensions.hooks import DocumentHooks
from disclosure_lint.extensions.manager import ask, asked, plugin_manager
from disclosure_lint.extensions.proxies import (
    GuardedCheck,
    GuardedFormat,
    GuardedReader,
    guarded,
    guarded_change,
    guarded_observer,
    guarded_region,
)
from disclosure_lint.model.document import Reader
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.kind import CheckKind
from disclosure_lint.model.output import OutputFormat


class Plugins:
    """What all plugins together offer. What ships with the tool is not guarded: its mistakes are ours."""

    def __init__(self, manager: PluginManager):
        """Takes the manager with which they are registered."""
        self._manager = manager

    def packs(self) -> dict[Path, str | None]:
        """Returns the folders of all rule packs, the national one first, each with the plugin of others it is from."""
        offered = [(Path(folder), plugin) for plugin, folder in self._offered("rule_packs")]
        return dict(reversed(offered))

    def checks(self) -> dict[str, CheckKind]:
        """Returns all kinds of check by name; UserError if two plugins offer one name."""
        return self._named("check_kinds", GuardedCheck, "kind", ("检查种类", "kind of check"))

    def outputs(self) -> dict[str, OutputFormat]:
        """Returns all output formats by name; UserError if two plugins offer one name."""
        return self._named("output_formats", GuardedFormat, "name", ("输出格式", "output format"))

    def readers(self) -> list[Reader]:
        """Returns all readers in the order in which they are tried."""
        return list(self._wrapped("document_readers", GuardedReader))

    def document_hooks(self) -> DocumentHooks:
        """Returns what plugins want to be asked and told for each document."""
        bound, ready = asked(self._manager, "report_bound"), asked(self._manager, "diagnostics_ready")
        return DocumentHooks(
            tuple(self._wrapped("regions", guarded_region)),
            tuple(guarded_observer(one.plugin_name, partial(ask, one)) for one in bound),
            tuple(guarded_change(one.plugin_name, partial(ask, one)) for one in ready),
        )

    def _named(self, hook: str, guard: Callable[[str, Any], Any], name: str, noun: tuple[str, str]) -> dict[str, Any]:
        known: dict[str, Any] = {}
        for item in self._wrapped(hook, guard):
            if getattr(item, name) in known:
                same, (zh, en) = getattr(item, name), noun
                zh = f"有两个插件都提供名为 “{same}” 的{zh}；请卸载其中一个"
                raise UserError(zh, en=f"two plugins offer the {en} “{same}”; uninstall one of them")
            known[getattr(item, name)] = item
        return known

    def _wrapped(self, hook: str, guard: Callable[[str, Any], Any]) -> Iterator[Any]:
        for plugin, item in self._offered(hook):
            yield item if plugin is None else guard(plugin, item)

    def _offered(self, hook: str) -> Iterator[tuple[str | None, Any]]:
        """Yields what is offered by a hook, with the name of the plugin; None for the one that ships with the tool."""
        for one in asked(self._manager, hook):
            if isinstance(one.plugin, BuiltIn):
                yield from ((None, item) for item in ask(one))
            else:
                yield from ((one.plugin_name, item) for item in guarded(one.plugin_name, hook, partial(_listed, one)))


def _listed(implementation: HookImpl) -> list[Any]:
    return list(ask(implementation))


def load_plugins() -> Plugins:
    """Returns the plugins that are installed and built in; UserError naming every plugin that is broken."""
    return Plugins(plugin_manager())
