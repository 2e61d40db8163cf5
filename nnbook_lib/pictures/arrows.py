"""Arrows in a plane around 0, and their numbers in words."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ..numbers import number
from ..palette import COLORS, GRAY

BEFORE, AFTER = COLORS["forward"], COLORS["backward"]


def around_zero(ax: Axes, half: float) -> None:
    """A plane around 0, as high as it is wide in numbers, with both axes."""
    ax.axhline(0, color=GRAY, lw=0.5)
    ax.axvline(0, color=GRAY, lw=0.5)
    whole = int(half)
    step = 1 if whole < 4 else 2
    ticks = np.arange(-whole // step * step, whole + 1, step)
    ax.set(xlim=(-half, half), ylim=(-half, half), aspect="equal", xticks=ticks, yticks=ticks)


def arrow(ax: Axes, v: np.ndarray, color: str, **how) -> None:
    """An arrow from 0 to v. v: (2,)."""
    if np.hypot(*v) > 0.05:
        line = {"arrowstyle": "-|>", "color": color, "lw": 2, "shrinkA": 0, "shrinkB": 0} | how
        ax.annotate("", xy=v, xytext=(0, 0), arrowprops=line)
    ax.plot(*v, ".", color=color, ms=5)


def point(v: np.ndarray) -> str:
    """A vector's two numbers in words: (2, −0.5). v: (2,)."""
    return f"({number(v[0])}, {number(v[1])})"


def direction(angle: float) -> np.ndarray:
    """The vector of length 1 at an angle in degrees. Shape (2,)."""
    return np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))]).round(12)
