"""Points and walks that say where they have gone: what lies outside of the axes leaves an arrow at the
edge, with its value. Set the axes' limits first.
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ..numbers import number

FAR = 1e6  # beyond that a line is drawn no farther


def point(
    ax: Axes, x: float, y: float, *, text: str | None = None, marker: str = "o", **how
) -> bool:
    """A mark at (x, y), or an arrow at the edge it lies beyond. Returns whether it is in view.

    text: what stands at the arrow; None for the coordinate that is out of view. Keywords (color, ms)
    go to plot.
    """
    limits = np.array([sorted(ax.get_xlim()), sorted(ax.get_ylim())])
    at = np.array([x, y], dtype=float)
    beyond = np.maximum(limits[:, 0] - at, at - limits[:, 1]) / np.ptp(limits, axis=1)
    if not (beyond > 1e-9).any():
        ax.plot(x, y, marker, **{"zorder": 3, "clip_on": False, **how})
        return True
    axis = int(np.argmax(np.nan_to_num(beyond, posinf=np.inf)))
    up = bool(at[axis] > limits[axis, 1])
    edge = np.clip(at, *limits.T)
    arrow = ("<>", "v^")[axis][up]
    ax.plot(*edge, arrow, **{"zorder": 3, "clip_on": False, "ms": 9, **how})
    if text != "":
        _beside(ax, edge, axis, up, number(at[axis]) if text is None else text, how.get("color"))
    return False


def walk(ax: Axes, path: np.ndarray, *, text: str = "", ms: float = 4, **how) -> bool:
    """The points of a walk joined by a line, the last one large. path: (steps + 1, 2).

    Returns whether the last point is in view; if not, text stands over the axes.
    """
    seen = np.clip(np.nan_to_num(path, nan=FAR), -FAR, FAR)
    low, high = np.sort([ax.get_xlim(), ax.get_ylim()]).T
    dots = seen[((low <= seen) & (seen <= high)).all(axis=1)]
    ax.plot(*seen.T, **{"lw": 1, **how})
    ax.plot(*dots.T, "o", ms=ms, **how)
    in_view = point(ax, *path[-1], text="", ms=2.5 * ms, **how)
    if not in_view:
        place = {"transform": ax.transAxes, "ha": "right", "va": "bottom"}
        ax.text(1, 1.03, text, color=how.get("color"), **place)
    return in_view


def _beside(ax: Axes, edge: np.ndarray, axis: int, up: bool, text: str, color) -> None:
    """Write text on the inner side of an arrow at the edge."""
    low, high = ax.get_xlim() if axis else ax.get_ylim()
    part = (edge[1 - axis] - low) / (high - low)
    if axis:  # at the lower or the upper edge: beside the arrow, toward the middle
        ha, shift = ("right", (-9, 0)) if part > 0.5 else ("left", (9, 0))
        va = "top" if up else "bottom"
    else:  # at the left or the right edge: inside of the arrow, and above or below it
        ha, shift = ("right", (-9, 0)) if up else ("left", (9, 0))
        va = "top" if part > 0.9 else "bottom" if part < 0.1 else "center"
    how = {"textcoords": "offset points", "ha": ha, "va": va, "color": color}
    ax.annotate(text, edge, shift, annotation_clip=False, **how)
