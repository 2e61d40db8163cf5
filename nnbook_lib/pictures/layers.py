"""A number for each layer on a logarithmic scale, with nothing lost at its edges, and the words that
say how much of a gradient arrives.
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from .. import marks
from ..numbers import number, percent
from ..plotting import by_layer

SMALL = {3: "thousandth", 6: "millionth", 9: "billionth", 12: "trillionth", 15: "quadrillionth"}


def portion(ratio: float) -> str:
    """A part of a whole in words: 37 %, less than a millionth, 1.2 times; of 0, nothing."""
    if ratio == 0:
        return "nothing"
    if ratio >= 0.995:
        return f"{number(ratio)} times"
    if ratio >= 0.001:
        return percent(ratio)
    power = min(15, int(np.floor(-np.log10(ratio) + 1e-9)))
    before = ("a ", "a ten-", "a hundred-")[power % 3]
    return f"less than {before}{SMALL[power - power % 3]}"


def on_layers(ax: Axes, values: np.ndarray, limits: tuple[float, float], **line) -> Axes:
    """plotting.by_layer on a logarithmic y axis from limits[0] to limits[1]: what lies beyond has an
    arrow at the edge with the farthest value, and zeros, which it cannot show, have their word.
    """
    line = {"markersize": 3, **line}
    by_layer(values, ax, log=True, **line)
    ax.set_ylim(limits)
    if not np.any(values):
        marks.say(ax, "all exactly 0")
        return ax
    color = ax.lines[-1].get_color()
    return mark_beyond(ax, 1 + np.arange(len(values)), np.asarray(values), color)


def mark_beyond(ax: Axes, x: np.ndarray, y: np.ndarray, color: str) -> Axes:
    """An arrow at an edge of the axes for each point (x, y) beyond it, and the farthest y in words."""
    place, (low, high) = ax.get_xaxis_transform(), ax.get_ylim()
    for beyond, up in ((y > high, True), (y < low, False)):
        if not beyond.any():
            continue
        edge, inner, va = (0.985, 0.95, "top") if up else (0.015, 0.05, "bottom")
        marker = "^" if up else "v"
        ax.plot(x[beyond], np.full(beyond.sum(), edge), marker, c=color, ms=6, transform=place)
        at = np.flatnonzero(beyond)[y[beyond].argmax() if up else y[beyond].argmin()]
        ha = "left" if at < len(x) / 2 else "right"
        ax.text(x[at], inner, number(y[at]), color=color, ha=ha, va=va, transform=place)
    return ax
