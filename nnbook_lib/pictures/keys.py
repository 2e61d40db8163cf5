"""The key of a heat map: what the two ends of its colors mean."""

from __future__ import annotations

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
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
