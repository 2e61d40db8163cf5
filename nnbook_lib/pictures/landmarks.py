"""The landmarks on a line of years."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from matplotlib.axes import Axes

from ..landmarks import Landmark
from ..landmarks.catalog import VERDICTS
from ..palette import GRAY

LEFT, BEND, BAR, TEXT = 0.0, 0.7, 1.0, 1.8  # the line of years, where a way bends, bars, names
LONG, HIGH = 0.65, 0.5  # of a bar
FILLS = dict(zip(VERDICTS, ("black", "#a0a0a0", "none"), strict=True))


def timeline(ax: Axes, landmarks: Sequence[Landmark]) -> Axes:
    """Each landmark at its year, oldest at the top, with a bar: full for the share of its rows that agree
    with the paper, gray for those that agree in shape, empty for those that differ. Names of years close
    together are moved apart; a thin line leads from the year to the bar.
    """
    last = len(landmarks) - 1
    first, end = landmarks[0].year, landmarks[-1].year
    for row, landmark in enumerate(landmarks):
        y = last * (landmark.year - first) / (end - first)
        ax.plot([LEFT, BEND, BAR - 0.05], [y, row, row], color=GRAY, linewidth=0.8)
        ends = [0, *accumulate(landmark.rows)]
        for fill, begin, stop in zip(FILLS.values(), ends, ends[1:], strict=False):
            share = LONG / ends[-1]
            _bar(ax, fill, BAR + share * begin, row, share * (stop - begin))
        _bar(ax, "none", BAR, row, LONG)
        ax.text(TEXT, row, f"{landmark.year}  {landmark.found}", va="center")
    ax.plot([LEFT, LEFT], [0, last], color=GRAY, linewidth=1)
    for year in range(-(-first // 10) * 10, end + 1, 10):
        y = last * (year - first) / (end - first)
        ax.text(LEFT - 0.12, y, str(year), va="center", ha="right", color=GRAY)
    for at, (verdict, fill) in zip((0, 1.9, 4.9), FILLS.items(), strict=True):
        _bar(ax, fill, at, last + 1.3, 0.35, edge="black")
        ax.text(at + 0.45, last + 1.3, verdict, va="center")
    ax.set(xlim=(-0.9, 7.3), ylim=(last + 1.8, -0.7))
    ax.set_axis_off()
    return ax


def _bar(ax: Axes, fill: str, left: float, row: float, long: float, edge: str = "") -> None:
    """A part of a bar, or with fill "none" its outline."""
    look = {"facecolor": fill, "edgecolor": edge or ("black" if fill == "none" else "none")}
    ax.barh(row, long, HIGH, left, **look, linewidth=0.8)
