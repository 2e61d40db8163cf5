"""A number for each layer on a logarithmic scale, with nothing lost at its edges, and the words that
say how much of a gradient arrives.
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from .. import marks
from ..numbers import SPACE, number
from ..plotting import by_layer

GUESSING = np.log(10)  # the loss of ten equal probabilities
KEPT = 0.5, 2  # what a gradient is multiplied by that keeps its size
SMALL = {3: "thousandth", 6: "millionth", 9: "billionth", 12: "trillionth", 15: "quadrillionth"}


def portion(ratio: float) -> str:
    """A part of a whole in words: 37 %, less than a millionth, 1.2 times; of 0, nothing."""
    if ratio == 0:
        return "nothing"
    if ratio >= 0.995:
        return f"{number(ratio)} times"
    if ratio >= 0.001:
        return f"{number(100 * ratio)}{SPACE}%"
    power = min(15, int(np.floor(-np.log10(ratio) + 1e-9)))
    before = ("a ", "a ten-", "a hundred-")[power % 3]
    return f"less than {before}{SMALL[power - power % 3]}"


def arrival(ratio: float) -> str:
    """What to conclude where a part `ratio` of the last layer's gradient reaches layer 1."""
    said = f"Layer 1 gets {portion(ratio)}{' of' if ratio < 0.995 else ''} the signal"
    if 0.95 <= ratio <= 1.05:
        said = "Layer 1 gets the whole signal"
    if ratio < 1e-7:
        return f"{said}: it cannot learn."
    if ratio < 1e-2:
        return f"{said}: the gradient vanishes."
    if ratio < KEPT[0]:
        return f"{said}: the gradient shrinks."
    if ratio <= KEPT[1]:
        return f"{said}: the gradient keeps its size."
    return f"{said}: the gradient grows on its way back."


def on_layers(ax: Axes, values: np.ndarray, limits: tuple[float, float], **line) -> Axes:
    """plotting.by_layer on a logarithmic y axis from limits[0] to limits[1]: what lies beyond has an
    arrow at the edge with the farthest value, and zeros, which it cannot show, have their word.
    """
    values, line = np.asarray(values, dtype=float), {"markersize": 3, **line}
    inside = (limits[0] <= values) & (values <= limits[1])
    by_layer(np.where(inside, values, np.nan), ax, log=True, **line)
    ax.set_ylim(limits)
    if not values.any():
        marks.say(ax, "all exactly 0")
        return ax
    color = ax.lines[-1].get_color()
    return mark_beyond(ax, 1 + np.arange(len(values)), values, color)


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
