"""A chain of numbers, each computed from the one before: w, u, y, L."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from ..numbers import number
from ..palette import COLORS


def chain(
    ax: Axes,
    names: Sequence[str],
    before: Sequence[float],
    after: Sequence[float],
    slopes: Sequence[float],
) -> Axes:
    """Each name with its value and, in blue, how far it moves; on each arrow, in orange, the slope
    of that hop. names, before, after: (n,); slopes: (n - 1,).
    """
    for k, (name, old, new) in enumerate(zip(names, before, after, strict=True)):
        ax.text(k, 0.85, f"{name} = {number(old)}", ha="center", va="center")
        for height, text in ((0.28, f"Δ{name}"), (0.07, number(new - old))):
            ax.text(k, height, text, ha="center", va="center", color=COLORS["forward"])
    arrow = {"arrowstyle": "-|>", "color": COLORS["backward"], "shrinkA": 0, "shrinkB": 0}
    for k, slope in enumerate(slopes):
        ax.annotate("", (k + 0.9, 0.48), (k + 0.1, 0.48), arrowprops=arrow)
        text = f"× {number(slope)}"
        ax.text(k + 0.5, 0.53, text, ha="center", va="bottom", color=COLORS["backward"])
    ax.set(xlim=(-0.45, len(names) - 0.55), ylim=(-0.03, 0.95))
    ax.axis("off")
    return ax
