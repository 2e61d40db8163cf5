"""Words inside a picture: what a line is, where a curve has gone, why a panel is empty.

Call them last, when the curves are drawn and the limits set: they look for a place that is free.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from .numbers import number, power_of_ten
from .optional import missing
from .palette import COLORS, GRAY, NAMES
from .plotting import apart

try:
    from matplotlib.axes import Axes
    from matplotlib.transforms import ScaledTranslation
except ModuleNotFoundError as error:
    raise missing(error, "A picture") from None

Place = tuple[float, float, str, str]  # x, y, and which side of the text stands there: ha, va


def note(ax: Axes, text: str, places: Sequence[Place], **how) -> None:
    """Write text at that of the places that the fewest lines and words run through, the first of
    them if several are free. Keywords go to ax.text.
    """
    ink = _ink(ax)

    def covered(place: Place) -> int:
        low, high = _box(ax, text, place)
        return int(np.sum(((ink > low) & (ink < high)).all(axis=1)))

    x, y, ha, va = min(places, key=covered)
    ax.text(x, y, text, ha=ha, va=va, **how)


def level(ax: Axes, y: float, text: str, *, ls: str = ":", above: bool | None = None) -> None:
    """A thin gray line at the height y over the whole width, with its name where there is room.

    above: the name stands above it, or below it; None: wherever it fits.
    """
    ax.axhline(y, color=GRAY, lw=1, ls=ls, zorder=1)
    sides = [v for v, wanted in (("bottom", True), ("top", False)) if above in (None, wanted)]
    place = ax.transScale + ax.transLimits
    at = [(0.99, "right"), (0.01, "left"), *((f, "center") for f in (0.75, 0.5, 0.3))]
    high, places = place.transform((ax.get_xlim()[0], y))[1], []
    for va in sides:
        shifted = high + (0.015 if va == "bottom" else -0.015)  # clear of a curve along the level
        spots = [(*place.inverted().transform((f, shifted)), ha, va) for f, ha in at]
        places += spots
    note(ax, text, places, color=GRAY)


def upright(ax: Axes, x: float, text: str, *, ls: str = ":") -> None:
    """A thin gray line at x over the whole height, with its name beside it where there is room."""
    ax.axvline(x, color=GRAY, lw=1, ls=ls, zorder=1)
    to_data = ax.transScale + ax.transLimits
    heights = [(to_data.inverted().transform((0, f))[1], va) for f, va in _HEIGHTS]
    places = [(x, y, ha, va) for y, va in heights for ha in ("left", "right")]
    low, high = ax.get_xlim()
    inside = [p for p in places if (x - low > 0.35 * (high - low)) or p[2] == "left"]
    inside = [p for p in inside if (high - x > 0.35 * (high - low)) or p[2] == "right"]
    note(ax, f" {text} ", inside or places, color=GRAY)


def say(ax: Axes, text: str, y: float = 0.5) -> None:
    """Words in the middle of a panel, at a part y of its height: why nothing is drawn there."""
    ax.text(0.5, y, text, ha="center", va="center", transform=ax.transAxes)


def gone(ax: Axes, x: float, text: str, color: str, up: bool = True) -> None:
    """An arrow at the upper edge (or the lower one) where a curve leaves the axes, with a word."""
    edge, across = (0.985, "top") if up else (0.015, "bottom")
    place = ax.get_xaxis_transform()
    ax.plot(
        x,
        edge,
        "^" if up else "v",
        color=color,
        ms=8,
        transform=place,
        clip_on=False,
    )
    low, high = ax.get_xlim()
    ha, aside = ("right", -8) if x > low + 0.6 * (high - low) else ("left", 8)
    beside = place + ScaledTranslation(aside / 72, 0, ax.figure.dpi_scale_trans)
    ax.text(x, edge, text, color=color, ha=ha, va=across, transform=beside)


def leaving(ax: Axes, x: np.ndarray, y: np.ndarray, color: str) -> None:
    """Where a curve is above the axes, or below, an arrow at that edge with its farthest value."""
    low, high = ax.get_ylim()
    x, y = np.asarray(x)[: len(y)], np.asarray(y, dtype=float)
    x, y = x[np.isfinite(y)], y[np.isfinite(y)]
    if ax.get_yscale() == "log":
        x, y = x[y > 0], y[y > 0]
    if len(y) and y.max() > high:
        gone(ax, x[y.argmax()], number(y.max()), color)
    if len(y) and y.min() < low:
        gone(ax, x[y.argmin()], number(y.min()), color, up=False)


def name_starts(ax: Axes, lines: Mapping[str, np.ndarray], colors: Mapping | None = None) -> None:
    """The names of curves left of their first points, in their order, for curves that all end at
    one point. One that begins beyond an edge is named there, with an arrow and its first value.

    lines: {name: (L,)}, as drawn over the layers 1 to L; colors: {name: color}. Leave room for the
    names with starts_at.
    """
    colors = COLORS if colors is None else colors
    place, gap = ax.transScale + ax.transLimits, 1.2 * _em(ax)[1]
    first = {name: float(ys[0]) for name, ys in lines.items() if np.isfinite(ys[0]) and ys[0] > 0}
    height = {name: float(place.transform((1.0, y))[1]) for name, y in first.items()}
    left = float(place.transform((1.0, first and 1.0))[0])
    for way, outside in (
        (1, [name for name in height if height[name] < 0]),
        (-1, [name for name in height if height[name] > 1]),
    ):
        edge = 0.5 * gap if way > 0 else 1 - 0.5 * gap
        for row, name in enumerate(sorted(outside, key=lambda name: way * height[name])):
            text = f"{NAMES[name]} {'↓' if way > 0 else '↑'} {power_of_ten(round(np.log10(first[name])))}"
            how = {"va": "center", "color": colors[name], "transform": ax.transAxes}
            ax.text(left, edge + way * row * gap, text, **how)
    inside = sorted((name for name in height if 0 <= height[name] <= 1), key=height.__getitem__)
    if inside:
        heights = apart(np.array([height[name] for name in inside]), gap, 0.03, 0.97)
        for name, y in zip(inside, heights, strict=True):
            how = {"color": colors[name], "transform": ax.transAxes}
            ax.text(left - 0.03, y, NAMES[name], ha="right", va="center", **how)
            if abs(y - height[name]) > 0.2 * gap:  # moved aside: a line leads to its curve
                ax.plot([left - 0.025, left], [y, height[name]], lw=0.8, **how)


def starts_at(ax: Axes, names: Sequence[str], last: int) -> None:
    """x limits for the layers 1 to last that leave room for name_starts on the left."""
    room = (max(len(NAMES[name]) for name in names) + 1) * 0.62 * _em(ax)[0]
    ax.set_xlim(1 - (last - 0.5) * room / (1 - room), last + 0.5)


_HEIGHTS = ((0.98, "top"), (0.02, "bottom"), (0.75, "center"), (0.5, "center"), (0.25, "center"))


def _em(ax: Axes) -> np.ndarray:
    """How wide and high the font's size is, in parts of the axes; before the layout is solved."""
    from matplotlib import rcParams

    return rcParams["font.size"] / 72 / (ax.get_position().size * ax.figure.get_size_inches())


def _box(ax: Axes, text: str, place: Place, at: np.ndarray | None = None) -> tuple:
    """The corners of a text at a place, in parts of the axes; at: where that is, if known."""
    x, y, ha, va = place
    at = (ax.transScale + ax.transLimits).transform((x, y)) if at is None else at
    lines = text.split("\n")
    size = _em(ax) * [0.62 * max(map(len, lines)), 1.25 * len(lines)]
    across, up = {"left": 0, "center": 0.5, "right": 1}[ha], {"bottom": 0, "center": 0.5}.get(va, 1)
    low = at - size * [across, up]
    return low + 0.12 * size, low + 0.88 * size


def _ink(ax: Axes) -> np.ndarray:
    """Points along all lines and areas in data coordinates, and over all texts, in parts of the
    axes. (n, 2)."""
    place, seen = ax.transScale + ax.transLimits, [np.empty((0, 2))]
    drawn = [line.get_xydata() for line in ax.lines if line.get_transform() == ax.transData]
    drawn += [path.vertices for area in ax.collections for path in area.get_paths()]
    for xy in drawn:
        xy = place.transform(np.asarray(xy, dtype=float))
        xy = xy[np.isfinite(xy).all(axis=1)]
        seen += [np.linspace(a, b, 30) for a, b in pairwise(xy)] or [xy]
    for text in ax.texts:
        where = *text.get_position(), text.get_ha(), text.get_va()
        at = (text.get_transform() - ax.transAxes).transform(text.get_position())
        axes = [
            np.linspace(*side, 20) for side in np.transpose(_box(ax, text.get_text(), where, at))
        ]
        seen.append(np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2))
    return np.vstack(seen)
