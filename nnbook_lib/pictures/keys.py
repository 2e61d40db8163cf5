"""Keys above the axes: what the two ends of a heat map's colors mean, and which line is which."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnchoredOffsetbox, DrawingArea, HPacker, TextArea
from matplotlib.patches import Rectangle

from ..plotting import DIVERGING

SHADES, WIDE, HIGH = 9, 5, 9  # of the strip: how many, and how large each is, in points


def key(
    ax: Axes, low: str, high: str, *, title: str = "", cmap: Colormap | str = DIVERGING
) -> None:
    """Over the axes' left edge: title, low, a strip of the colors from low to high, high."""
    colors = colormaps.get_cmap(cmap)(np.linspace(0, 1, SHADES))
    strip = DrawingArea(SHADES * WIDE, HIGH)
    for k, color in enumerate(colors):
        strip.add_artist(Rectangle((k * WIDE, 0), WIDE, HIGH, fc=color, lw=0))
    words = [TextArea(word) for word in (title, low) if word]
    row = HPacker(children=[*words, strip, TextArea(high)], pad=0, sep=5, align="baseline")
    place = {"bbox_to_anchor": (0, 1), "bbox_transform": ax.transAxes}
    box = AnchoredOffsetbox("lower left", child=row, frameon=False, pad=0, borderpad=0.3, **place)
    ax.add_artist(box)


def line_names(ax: Axes, names: Sequence[tuple[str, Line2D]]) -> None:
    """The names of lines in a row above the axes, in place of a title."""
    words, lines = zip(*names, strict=True)
    how = {"loc": "lower left", "bbox_to_anchor": (0, 1), "borderaxespad": 0.1}
    spacing = {"handlelength": 1.3, "handletextpad": 0.4, "columnspacing": 0.9, "borderpad": 0.2}
    ax.legend(lines, words, ncols=len(words), frameon=False, **how, **spacing)
