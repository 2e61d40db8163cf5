"""What is wrong with a picture, as its reader would say it: an empty panel, a label that is cut or
runs into another, an axis without numbers, two curves of one color, a computer's way of writing
numbers. Every picture of a page's live figures is held against it while the book is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

SMALLEST = 11.7  # points: 11 pixels where a picture of 403 points is 382 pixels wide
CELLS = 60  # of a heat map, on each side
MEETING = 1.5  # points that two labels may run into each other
APART = 14.0  # in CIELAB, two colors that one tells apart in thin lines
NOTATION = re.compile(r"\d[eE][+\-−]?\d|(?<![\w)\]])-(?=[\d.])|\b(?:nan|inf|relu|elu|selu|gelu)\b")
NOTHING = ("None", "none", "", " ", None)  # a marker or a line that is not drawn
Box = tuple[float, float, float, float]  # left, top, right, bottom, in points, downwards


class Written(NamedTuple):
    """Words in a picture: where, how large (in points) and how turned (in degrees); `text` is what
    wrote them, which for the numbers of an axis is one for all.
    """

    words: str
    box: Box
    size: float
    angle: float
    text: Text | None


def faults(fig: Figure, texts: Sequence[Written], caption: str) -> list[str]:
    """All that is wrong with a drawn figure. texts: what is written in it."""
    found = [f"the caption is a computer's: {m[0]}" for m in NOTATION.finditer(caption)]
    written = [one for one in texts if one.words.strip()]
    found += _of_texts(fig, written)
    for place, ax in enumerate(fig.axes, start=1):
        found += [f"panel {place}: {fault}" for fault in _of_panel(ax, written)]
    return found


def _of_texts(fig: Figure, written: list[Written]) -> Iterator[str]:
    width, height = 72 * fig.get_size_inches()
    for one in written:
        left, top, right, bottom = one.box
        if min(left, top) < -1 or right > width + 1 or bottom > height + 1:
            yield f"{one.words!r} is cut"
        if one.size < SMALLEST:
            yield f"{one.words!r} is {one.size:.3g} points high"
        if NOTATION.search(one.words):
            yield f"a label is a computer's: {one.words}"
    for one, other in combinations([one for one in written if one.angle % 90 == 0], 2):
        a, b = one.box, other.box
        across, down = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        if min(across, down) > MEETING:
            yield f"{one.words!r} and {other.words!r} run into each other"


def _of_panel(ax: Axes, written: list[Written]) -> Iterator[str]:
    if not ax.get_visible():
        return
    height = 72 * ax.figure.get_size_inches()[1]
    area = ax.bbox.x0, height - ax.bbox.y1, ax.bbox.x1, height - ax.bbox.y0
    own = [None, *ax.texts]  # of several lines, matplotlib does not say whose they are
    said = [one for one in written if one.text in own and _meets(one.box, area)]
    if not said and not any(_has_ink(one, ax) for one in ax.get_children() if one is not ax.patch):
        yield "is empty and does not say why"
    for axis in (ax.xaxis, ax.yaxis):
        if ax.axison and _lacks_numbers(axis):
            yield f"its {axis.axis_name} axis has no two numbers"
    for line in ax.lines:
        if line.get_marker() not in NOTHING and _is_data(line, ax):
            yield from _leaving(line, ax)
    for image in ax.images if ax.axison else ():
        if min(image.get_array().shape[:2]) < CELLS and image.get_label() != "cells":
            yield f"a heat map of {' x '.join(map(str, image.get_array().shape[:2]))} cells"
    yield from _alike([line for line in ax.lines if _is_data(line, ax)])


def _has_ink(thing: Any, ax: Axes) -> bool:
    """Whether something of it is seen inside the panel."""
    if not thing.get_visible() or isinstance(thing, Text | Axis) or thing in ax.spines.values():
        return False
    if isinstance(thing, Line2D):
        x, y = thing.get_transform().transform(thing.get_xydata()).T
        box = ax.bbox
        seen = (box.x0 - 1 <= x) & (x <= box.x1 + 1) & (box.y0 - 1 <= y) & (y <= box.y1 + 1)
        dotted = thing.get_marker() not in NOTHING
        drawn = thing.get_linestyle() not in NOTHING
        return bool(seen.any() and dotted) or bool(drawn and np.isfinite(x + y).sum() > 1)
    try:
        extent = thing.get_window_extent(ax.figure.canvas.get_renderer())
    except (AttributeError, RuntimeError, ValueError):
        return False
    return (
        bool(np.isfinite(extent.extents).all()) and Bbox.intersection(extent, ax.bbox) is not None
    )


def _lacks_numbers(axis: Axis) -> bool:
    """Whether an axis that has ticks to label shows fewer than two labels."""
    side = "labelbottom" if axis.axis_name == "x" else "labelleft"
    places = axis.get_majorticklocs()
    if not (axis.get_visible() and len(places) and axis.get_tick_params().get(side, True)):
        return False
    low, high = sorted(axis.get_view_interval())
    words = zip(places, axis.major.formatter.format_ticks(places), strict=True)
    return sum(bool(word) and low <= place <= high for place, word in words) < 2


def _is_data(line: Line2D, ax: Axes) -> bool:
    return line.get_visible() and line.get_transform() == ax.transData and len(line.get_xdata()) > 0


def _leaving(line: Line2D, ax: Axes) -> Iterator[str]:
    (x0, x1), (y0, y1) = sorted(ax.get_xlim()), sorted(ax.get_ylim())
    at = np.asarray(line.get_xydata(), dtype=float)
    slack = 1e-9
    for x, y in at[np.isfinite(at).all(axis=1)]:
        if not (
            x0 - slack <= x <= x1 + slack
            and y0 * (1 - slack) - slack <= y <= y1 * (1 + slack) + slack
        ):
            yield f"a point at ({x:.3g}, {y:.3g}) is outside"
            return


def _alike(lines: Sequence[Line2D]) -> Iterator[str]:
    """Curves that only their labels tell apart."""
    looks = {}
    for line in lines:
        if len(line.get_xdata()) > 2:
            looks[line.get_color(), line.get_linestyle(), line.get_marker(), line.get_alpha()] = (
                line
            )
    for one, other in combinations(looks, 2):
        if one[1:] == other[1:] and np.linalg.norm(_lab(one[0]) - _lab(other[0])) < APART:
            yield f"curves of {one[0]} and {other[0]} look alike"


def _lab(color: Any) -> np.ndarray:
    """A color in CIELAB (D65), where distances are nearly those that one sees."""
    rgb = np.array(to_rgb("black" if color == "currentColor" else color))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = to_xyz @ linear / [0.9505, 1.0, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def _meets(box: Box, area: Box) -> bool:
    return box[0] < area[2] and area[0] < box[2] and box[1] < area[3] and area[1] < box[3]
