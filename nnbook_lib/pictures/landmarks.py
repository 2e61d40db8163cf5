"""The landmarks on a line of years."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from ..landmarks import Landmark
from ..landmarks.catalog import VERDICTS
from ..palette import GRAY

LEFT, BEND, TEXT = 0.0, 0.7, 1.0  # the line of years, where a way to a name bends, where it begins
MARKS = dict(zip(VERDICTS, ("full", "left", "none"), strict=True))


def timeline(ax: Axes, landmarks: Sequence[Landmark]) -> Axes:
    """Each landmark at its year, oldest at the top, with a mark for its verdict: a full circle where it
    agrees, a half one where it agrees in shape, an empty one where it differs. Names of years close
    together are moved apart; a thin line leads from the year to the name.
    """
    last = len(landmarks) - 1
    first, end = landmarks[0].year, landmarks[-1].year
    at = [last * (mark.year - first) / (end - first) for mark in landmarks]
    ax.plot([LEFT, LEFT], [0, last], color=GRAY, linewidth=1)
    for row, (landmark, y) in enumerate(zip(landmarks, at, strict=True)):
        ax.plot([LEFT, BEND, TEXT - 0.1], [y, row, row], color=GRAY, linewidth=0.8)
        look = {
            "fillstyle": MARKS[landmark.verdict],
            "color": "black",
            "markerfacecoloralt": "none",
        }
        ax.plot(TEXT, row, "o", markersize=8, **look)
        ax.text(TEXT + 0.15, row, f"{landmark.year}  {landmark.found}", va="center")
    for year in range(-(-first // 10) * 10, end + 1, 10):
        y = last * (year - first) / (end - first)
        ax.text(LEFT - 0.12, y, str(year), va="center", ha="right", color=GRAY)
    for verdict in VERDICTS:
        look = {"fillstyle": MARKS[verdict], "color": "black", "markerfacecoloralt": "none"}
        ax.plot([], [], "o", markersize=8, label=verdict, **look)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, 0), ncols=3, frameon=False, handletextpad=0)
    ax.set(xlim=(-0.6, 5.6), ylim=(last + 0.7, -0.7))
    ax.set_axis_off()
    return ax
