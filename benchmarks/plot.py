"""Bars with labels and an axis as SVG, which can be read on light and on dark pages and needs no library."""

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, floor, log10
from typing import NamedTuple

_WIDTH, _LABELS, _VALUES = 760, 230, 70
_BAR, _GAP, _HEAD, _AXIS = 16, 8, 34, 44
_STYLE = """
.paper { fill: #ffffff } text { fill: #24292f; font: 13px sans-serif } .title { font-weight: bold }
.bar { fill: #8c959f } .ours { fill: #0969da } .line { stroke: #d0d7de }
@media (prefers-color-scheme: dark) {
  .paper { fill: #0d1117 } text { fill: #e6edf3 }
  .bar { fill: #6e7681 } .ours { fill: #58a6ff } .line { stroke: #30363d }
}
"""


class Bar(NamedTuple):
    """Something that was measured."""

    label: str
    value: float
    is_ours: bool = True


class Panel(NamedTuple):
    """Some bars that share an axis."""

    title: str
    axis: str
    """What is measured, and in which unit."""
    bars: Sequence[Bar]


def svg(title: str, panels: Sequence[Panel]) -> str:
    """Returns a picture with the panels one under the other."""
    height = sum(map(_height, panels))
    drawn: list[str] = []
    top = 0
    for panel in panels:
        drawn += _panel(panel, top)
        top += _height(panel)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n"
        f'<rect class="paper" width="{_WIDTH}" height="{height}"/>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def _height(panel: Panel) -> int:
    return _HEAD + len(panel.bars) * (_BAR + _GAP) + _AXIS


def _panel(panel: Panel, top: int) -> Iterator[str]:
    room = _WIDTH - _LABELS - _VALUES
    marks = ticks(max((bar.value for bar in panel.bars), default=0))
    scale = room / marks[-1]
    bottom = top + _HEAD + len(panel.bars) * (_BAR + _GAP)
    yield _text(12, top + 22, panel.title, "title")
    for mark in marks:
        x = _LABELS + mark * scale
        yield f'<line class="line" x1="{x:.1f}" x2="{x:.1f}" y1="{top + _HEAD - 4}" y2="{bottom}"/>'
        yield _text(x, bottom + 16, f"{mark:g}", anchor="middle")
    yield _text(_LABELS + room / 2, bottom + 34, panel.axis, anchor="middle")
    for number, bar in enumerate(panel.bars):
        y, length = top + _HEAD + number * (_BAR + _GAP), max(1.0, bar.value * scale)
        yield _text(_LABELS - 8, y + 13, bar.label, anchor="end")
        kind = "ours" if bar.is_ours else "bar"
        yield f'<rect class="{kind}" x="{_LABELS}" y="{y}" width="{length:.1f}" height="{_BAR}"/>'
        yield _text(_LABELS + length + 6, y + 13, f"{bar.value:.3g}" if bar.value < 100 else f"{bar.value:.0f}")


def _text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    name = f' class="{kind}"' if kind else ""
    return f'<text{name} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def ticks(most: float) -> list[float]:
    """Returns round numbers from 0 to the first that is not below `most`, at most seven."""
    if most <= 0:
        return [0, 1]
    power = 10.0 ** floor(log10(most / 6))
    step = next(times * power for times in (1, 2, 5, 10, 20) if times * power * 6 >= most)
    return [round(number * step, 10) for number in range(ceil(most / step) + 1)]
