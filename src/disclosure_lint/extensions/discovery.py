"""The plugins that are installed, found by a glance at the files where distributions name them.

`importlib.metadata` finds the same, and takes longer to import than a whole run takes.
"""

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

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
