"""Plugins: how they are found, what is said of those that are broken, and what all together offer.

Built-in packs, checks and readers come through the same door as strangers' ones.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from pluggy import HookImpl, PluginManager

from disclosure_lint.extensions import hooks
from disclosure_lint.extensions.built_in import BuiltIn
from disclosure_lint.extensions.hooks import HOOKS, PROJECT, DocumentHooks
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
from disclosure_lint.model.errors import PluginError, UserError
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


_NAMES = tuple(hook.__name__ for hook in HOOKS)


def plugin_manager() -> PluginManager:
    """Returns a manager with all plugins, installed and built in; PluginError naming each that is broken."""
    manager = PluginManager(PROJECT)
    manager.add_hookspecs(hooks)
    mistakes: list[PluginError] = []
    for point in entry_points(PROJECT):
        try:
            plugin = guarded(point.name, f"import {point.module}", point.load)
            guarded(point.name, "register", lambda: _register(manager, point, plugin), (PluginError,))  # noqa: B023 (at once)
        except PluginError as error:
            mistakes.append(error)
    if mistakes:
        zh, en = "\n".join(one.zh for one in mistakes), "\n".join(one.en for one in mistakes)
        raise PluginError(mistakes[0].owner, zh, en)
    # Registered last, it also comes after those who ask to be the last themselves.
    manager.register(BuiltIn())
    manager.check_pending()
    return manager


def asked(manager: PluginManager, hook: str) -> list[HookImpl]:
    """Returns the implementations of a hook in the order in which they are asked."""
    return list(reversed(getattr(manager.hook, hook).get_hookimpls()))


def ask(implementation: HookImpl, **arguments: Any) -> Any:
    """Returns what one implementation returns; it is given those of its hook's arguments that it takes.

    `manager.hook.x()` would call all, and nobody would know whose exception it is that comes out of it.
    """
    return implementation.function(*(arguments[name] for name in implementation.argnames))


def _register(manager: PluginManager, point: EntryPoint, plugin: object) -> None:
    """Registers a plugin; PluginError if it is broken, or there is one of that name, or itself under another name."""
    name, other = point.name, manager.get_name(plugin)
    if manager.has_plugin(name):
        zh, en = f"有两个插件都叫 {name}；请卸载其中一个", f"two plugins are called {name}; uninstall one of them"
        raise PluginError(name, zh, en)
    if other is not None:
        zh = f"插件 {other} 和 {name} 是同一个模块 {point.module}；请去掉一个"
        raise PluginError(name, zh, f"{other} and {name} are one module, {point.module}; remove one of them")
    found = list(_implementations(name, plugin))
    if not found:
        zh = f"插件 {name} 没有一个钩子：函数上要写 @hookimpl；钩子有 {'、'.join(_NAMES)}"
        en = f"the plugin {name} has no hook: mark its functions with @hookimpl; hooks are {', '.join(_NAMES)}"
        raise PluginError(name, zh, en)
    for hook, implementation in found:
        if hook in _NAMES:
            _check(name, hook, implementation, getattr(manager.hook, hook).spec.argnames)
        elif not implementation.optionalhook:
            raise _no_hook(name, hook)
    manager.register(plugin, name)


def _implementations(name: str, plugin: object) -> Iterator[tuple[str, HookImpl]]:
    """Yields what a plugin implements, by hook: as a manager sees it that knows no hooks, and so refuses none."""
    trial = PluginManager(PROJECT)
    trial.register(plugin, name)
    for caller in trial.get_hookcallers(plugin) or ():
        yield from ((caller.name, one) for one in caller.get_hookimpls())


def _check(plugin: str, hook: str, implementation: HookImpl, known: tuple[str, ...]) -> None:
    if implementation.wrapper or implementation.hookwrapper:
        zh = f"插件 {plugin} 的 {hook} 写了 wrapper；这里的钩子不能包装，请去掉"
        raise PluginError(plugin, zh, f"{hook} of the plugin {plugin} is a wrapper, which hooks here cannot have")
    for argument in implementation.argnames:
        if argument not in known:
            zh = f"可以有 {'、'.join(known)}" if known else "它没有参数"
            en = f"it may take {', '.join(known)}" if known else "it takes none"
            raise PluginError(
                plugin,
                f"插件 {plugin} 的 {hook} 有不认识的参数 {argument}；{zh}",
                f"{hook} of the plugin {plugin} takes an unknown argument {argument}; {en}",
            )


def _no_hook(plugin: str, hook: str) -> PluginError:
    # Only where something is wrong.
    from difflib import get_close_matches

    near = get_close_matches(hook, _NAMES, n=1)
    zh = f"，是否想写 {near[0]}？" if near else f"；钩子有 {'、'.join(_NAMES)}"
    en = f"; did you mean {near[0]}?" if near else f"; hooks are {', '.join(_NAMES)}"
    return PluginError(plugin, f"插件 {plugin} 的 {hook} 不是钩子{zh}", f"{hook} of the plugin {plugin} is no hook{en}")


_INFO = (".dist-info", ".egg-info")


class EntryPoint:
    """A line of `entry_points.txt`: `henan = disclosure_lint_henan`."""

    __slots__ = ("attribute", "module", "name")

    def __init__(self, name: str, module: str, attribute: str = ""):
        self.name = name
        self.module = module
        self.attribute = attribute
        """What in the module; empty for the module itself."""

    def load(self) -> Any:
        """Returns the module or object, imported; raises whatever that raises."""
        found: Any = import_module(self.module)
        for name in filter(None, self.attribute.split(".")):
            found = getattr(found, name)
        return found


def entry_points(group: str) -> list[EntryPoint]:
    """Returns the entry points of a group, of each distribution that is found first under its name."""
    points: list[EntryPoint] = []
    seen: set[str] = set()
    for folder in dict.fromkeys(sys.path):
        try:
            names = sorted(name for name in os.listdir(folder or ".") if name.endswith(_INFO))  # noqa: PTH208
        except OSError:
            if Path(folder).is_file():  # a zipped distribution
                return _by_the_library(group)
            continue
        for name in names:
            # henan_plugin-1.0.dist-info, henan.plugin.egg-info
            distribution = name.rpartition(".")[0].partition("-")[0].replace(".", "_").lower()
            if distribution not in seen:
                seen.add(distribution)
                points += _named_in(f"{folder or '.'}/{name}/entry_points.txt", group)
    return points


def _named_in(path: str, group: str) -> Iterator[EntryPoint]:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 (hundreds of files at every start)
            data = file.read()
    except OSError:
        return
    if f"[{group}]".encode() not in data:
        return
    inside = False
    for line in map(str.strip, data.decode("utf-8", "replace").splitlines()):
        if line.startswith("["):
            inside = line == f"[{group}]"
        elif inside and "=" in line and line[0] not in "#;":
            name, _, value = line.partition("=")
            module, _, attribute = value.partition("[")[0].partition(":")
            yield EntryPoint(name.strip(), module.strip(), attribute.strip())


def _by_the_library(group: str) -> list[EntryPoint]:
    from importlib import metadata

    return [EntryPoint(entry.name, entry.module, entry.attr) for entry in metadata.entry_points(group=group)]
