"""All layouts by name."""

from random import Random

from tests.generation.aligned import LeftAligned, RightAligned
from tests.generation.content import Content
from tests.generation.converted import (
    BarLines,
    BlankHeadPipes,
    Commas,
    HtmlTables,
    IndexedPipes,
    MarkedPipes,
    OpenPipes,
    PaddedTabs,
    Semicolons,
)
from tests.generation.flow import BrokenFlow, CellFlow, Flow, RowFlow
from tests.generation.page import Page, Rendered
from tests.generation.pipes import GroupedPipes, Pipes, RepeatingPipes
from tests.generation.tabs import CutTabs, MarkdownTabs, Tabs
from tests.generation.writer import Writer

_WRITERS: dict[str, type[Writer]] = {
    "flow": Flow,
    "flow_broken": BrokenFlow,
    "flow_rows": RowFlow,
    "flow_cells": CellFlow,
    "tabs": Tabs,
    "tabs_markdown": MarkdownTabs,
    "tabs_cut": CutTabs,
    "pipes": Pipes,
    "pipes_repeated": RepeatingPipes,
    "pipes_grouped": GroupedPipes,
    "aligned_right": RightAligned,
    "aligned_left": LeftAligned,
}
_CONVERTED: dict[str, type[Writer]] = {
    "pipes_marked": MarkedPipes,
    "pipes_blank_head": BlankHeadPipes,
    "pipes_indexed": IndexedPipes,
    "pipes_open": OpenPipes,
    "html_tables": HtmlTables,
    "commas": Commas,
    "semicolons": Semicolons,
    "bar_lines": BarLines,
    "tabs_padded": PaddedTabs,
}
LAYOUTS = tuple(_WRITERS)
CONVERTED_LAYOUTS = tuple(_CONVERTED)
"""Layouts of the programs that make text of pages; nothing is done to their text once it is written."""
FLOWS = tuple(name for name in LAYOUTS if name.startswith("flow"))
TABBED = tuple(name for name in LAYOUTS if name.startswith("tabs"))
PIPED = tuple(name for name in LAYOUTS if name.startswith("pipes"))
ALIGNED = tuple(name for name in LAYOUTS if name.startswith("aligned"))


def render(content: Content, layout: str, rng: Random) -> Rendered:
    """Returns the report in a layout; what varies within the layout is drawn from `rng`. KeyError: no such layout."""
    kind, page = (_WRITERS | _CONVERTED)[layout], Page()
    kind(page, content, rng).write()
    return page.finish(content, layout, kind.suffix)
