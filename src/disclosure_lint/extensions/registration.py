"""Which hooks a plugin implements, and in what order implementations are asked: that of pluggy.

pluggy itself is imported only where a plugin asks for a place in that order; a plugin that asks for none comes before
those that were registered earlier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from disclosure_lint.extensions import hooks
from disclosure_lint.extensions.hooks import HOOKS, PROJECT
from disclosure_lint.model.errors import PluginError

_SPECIFIED = {hook.__name__: hook.__code__.co_varnames[: hook.__code__.co_argcount] for hook in HOOKS}
_WRAPPERS = ("wrapper", "hookwrapper")
_PLACES = ("tryfirst", "trylast")


class Implementation(NamedTuple):
    """A function of a plugin that implements a hook."""

    plugin: str
    hook: str
    function: Callable[..., Any]
    arguments: tuple[str, ...]
    """Those of the hook's that it takes."""
    places: bool
    """Whether it asks for a place in the order."""

    def call(self, *values: Any) -> Any:
        """Returns what the function returns for the values of all arguments of its hook."""
        given = dict(zip(_SPECIFIED[self.hook], values, strict=True))
        return self.function(*(given[name] for name in self.arguments))


def implementations(name: str, plugin: object) -> list[Implementation]:
    """Returns what a plugin implements; PluginError if it implements nothing, or what no hook is."""
    marked = [(key, mark, getattr(plugin, key)) for key, mark in _marks(plugin)]
    if not marked:
        zh = f"插件 {name} 没有一个钩子：函数上要写 @hookimpl；钩子有 {'、'.join(_SPECIFIED)}"
        en = f"the plugin {name} has no hook: mark its functions with @hookimpl; hooks are {', '.join(_SPECIFIED)}"
        raise PluginError(name, zh, en)
    found = []
    for key, mark, function in marked:
        hook = mark.get("specname") or key
        if hook in _SPECIFIED:
            found.append(_implementation(name, hook, function, mark))
        elif not mark.get("optionalhook"):
            raise _no_hook(name, hook)
    return found


def ordered(plugins: Sequence[tuple[str, object]], found: Sequence[Implementation]) -> list[Implementation]:
    """Returns implementations in the order in which they are asked; `plugins` as they were registered."""
    last_first = list(reversed(found))
    if not any(one.places for one in found):
        return last_first
    import pluggy

    manager = pluggy.PluginManager(PROJECT)
    for hook in HOOKS:
        pluggy.HookspecMarker(PROJECT)(hook)
    manager.add_hookspecs(hooks)
    for name, plugin in plugins:
        manager.register(plugin, name)
    places = {
        (one.plugin_name, hook): -place
        for hook in _SPECIFIED
        for place, one in enumerate(getattr(manager.hook, hook).get_hookimpls())
    }
    return sorted(last_first, key=lambda one: places[one.plugin, one.hook])


def _marks(plugin: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for key in dir(plugin):
        mark = getattr(getattr(plugin, key, None), f"{PROJECT}_impl", None)
        if isinstance(mark, dict):
            yield key, mark


def _implementation(plugin: str, hook: str, function: Any, mark: Mapping[str, Any]) -> Implementation:
    if any(mark.get(word) for word in _WRAPPERS):
        zh = f"插件 {plugin} 的 {hook} 写了 wrapper；这里的钩子不能包装，请去掉"
        raise PluginError(plugin, zh, f"{hook} of the plugin {plugin} is a wrapper, which hooks here cannot have")
    arguments = _arguments(function)
    known = _SPECIFIED[hook]
    for argument in arguments:
        if argument not in known:
            zh = f"可以有 {'、'.join(known)}" if known else "它没有参数"
            en = f"it may take {', '.join(known)}" if known else "it takes none"
            raise PluginError(
                plugin,
                f"插件 {plugin} 的 {hook} 有不认识的参数 {argument}；{zh}",
                f"{hook} of the plugin {plugin} takes an unknown argument {argument}; {en}",
            )
    return Implementation(plugin, hook, function, arguments, any(mark.get(word) for word in _PLACES))


def _arguments(function: Any) -> tuple[str, ...]:
    """Returns the names of the arguments that must be given."""
    plain = getattr(function, "__func__", function)
    code = getattr(plain, "__code__", None)
    if code is None or hasattr(plain, "__wrapped__"):
        # Only for functions made by others: importing it takes long.
        from inspect import Parameter, signature

        return tuple(
            one.name
            for one in signature(function).parameters.values()
            if one.default is Parameter.empty and one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)
        )
    first = 0 if plain is function else 1
    return tuple(code.co_varnames[first : code.co_argcount - len(plain.__defaults__ or ())])


def _no_hook(plugin: str, hook: str) -> PluginError:
    # Only where something is wrong.
    from difflib import get_close_matches

    near = get_close_matches(hook, _SPECIFIED, n=1)
    zh = f"，是否想写 {near[0]}？" if near else f"；钩子有 {'、'.join(_SPECIFIED)}"
    en = f"; did you mean {near[0]}?" if near else f"; hooks are {', '.join(_SPECIFIED)}"
    return PluginError(plugin, f"插件 {plugin} 的 {hook} 不是钩子{zh}", f"{hook} of the plugin {plugin} is no hook{en}")
