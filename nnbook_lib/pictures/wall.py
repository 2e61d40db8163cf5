"""The wall in the error of one recurrent unit, and two descents that meet it."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from .. import marks
from ..landmarks.vanishing import descend, one_unit
from ..numbers import count, number
from ..plotting import COLORS, curves

STARTS = {"sigmoid": (5.0, -2.7), "tanh": (1.5, -0.3)}  # each beside its wall
LIMITS = {"sigmoid": ((2, 6.5), (-7, 1)), "tanh": ((0, 3), (-1.5, 1.5))}
UPDATES = 30  # later ones hop about the wall, and rounding would decide where they are


def wall(fig: Figure, depth: int = 50, activation: str = "sigmoid", lr: float = 0.1) -> str:
    """Two descents on one_unit from one start, in the plane of w and b, and their errors."""
    start, (wide, high) = STARTS[activation], LIMITS[activation]
    how = {"lr": lr, "updates": UPDATES, "depth": depth, "f": activation}
    runs = {
        "not clipped": descend(*start, limit=np.inf, **how),
        "clipped": descend(*start, limit=1.0, **how),
    }
    colors = {"not clipped": COLORS["backward"], "clipped": COLORS["forward"]}
    fig.set_size_inches(5.6, 3.4)
    left, right = fig.subplots(1, 2)
    w, b = np.meshgrid(np.linspace(*wide, 61), np.linspace(*high, 61))
    error = one_unit(w, b, depth, activation)[0]
    left.contour(w, b, error, levels=[0.01, 0.05, 0.15, 0.3], colors="#808080", linewidths=0.8)
    left.set(xlim=wide, ylim=high, xlabel="w", ylabel="b", title="error, as on a map")
    right.set(xlim=(0, UPDATES), ylim=(FLOOR, 2), xlabel="update", title="error (log scale)")
    for name, (visited, _) in runs.items():
        style = {"color": colors[name], "ls": "-" if name == "clipped" else "--"}
        inside = np.clip(visited[:, 0], *wide), np.clip(visited[:, 1], *high)
        left.plot(*inside, lw=1.2, **style)
        left.plot(inside[0][-1], inside[1][-1], "o", color=colors[name], ms=5)
        seen = np.maximum(visited[:, 2], FLOOR)
        curves(np.arange(UPDATES + 1), {"": seen}, right, log=True, **style)
        rows = {"clipped": (0.012, 3e-4, 1e-5), "not clipped": (1.2, 0.03, 3e-4)}[name]
        spots = [
            (UPDATES * part, y, ha, "center")
            for y in (*rows, 1e-4, 4e-5)
            for part, ha in ((0.97, "right"), (0.5, "center"), (0.05, "left"))
        ]
        marks.note(right, name, spots, color=colors[name])
    left.plot(*start, "s", color="black", ms=5)
    plain, cut = (visited[-1, 2] for visited, _ in runs.values())
    if plain > 3 * max(cut, FLOOR):
        said = "Without clipping the wall throws the descent away."
    elif cut > 3 * max(plain, FLOOR):
        said = "Clipping only slows the descent here."
    else:
        said = "With and without clipping the descent ends alike."
    return (
        f"{said} {count(depth, 'step')} in time; after {count(UPDATES, 'update')} the error is "
        f"{_below(plain)} without clipping and {_below(cut)} with it. The longest step is "
        f"{number(runs['not clipped'][1].max(), 1)} without clipping, "
        f"{number(runs['clipped'][1].max(), 1)} with it."
    )


FLOOR = 1e-6  # what is smaller is drawn there


def _below(error: float) -> str:
    return number(error, 1) if error > FLOOR else "less than a millionth"
