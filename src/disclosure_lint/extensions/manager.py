"""The plugin manager: which plugins are registered, and what is said of those that are broken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pluggy import HookImpl, PluginManager

from disclosure_lint.extensions import hooks
from disclosure_lint.extensions.built_in import BuiltIn
from disclosure_lint.extensions.discovery import EntryPoint, entry_points
from disclosure_lint.extensions.hooks import HOOKS, PROJECT
from disclosure_lint.extensions.proxies import guarded
from disclosure_lint.model.errors import PluginError

_NAMES = tuple(hook.__name__ for hook in HOOKS)


def plugin_manager() -> PluginManager:
    """Returns a manager with all plugins, installed and built in; PluginError naming each that is broken."""
    manager = PluginManager(PROJECT)
    manager.add_hookspecs(hooks)
    mistakes: list[PluginError] = []
    for point in entry_points(PROJECT):
        try:
            plugin = guarded(point.name, f"import {point.module}", point.load)
            guarded(point.name, "register", lambda: _register(manager, point, plugin), (PluginError,))  # noqa: B023
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
