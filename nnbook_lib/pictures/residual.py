"""Chapter 5.4: a plain net beside one with skip connections: gradient, training, and its likeness
from one input to the next.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from .. import marks, plotting
from ..numbers import number, times
from ..palette import COLORS


def gradient_flow(
    fig: Figure, delta: Mapping[str, np.ndarray], loss: Mapping[str, float], scaled: bool
) -> str:
    """||delta|| by layer, relative to the last: {"plain": (L,), "skip": (L,)}; loss: at the start.

    scaled: whether the branches are, of which a plain net has none.
    """
    ax, depth = fig.subplots(), len(delta["plain"])
    lines = {name: values / values[-1] for name, values in delta.items()}
    marks.starts_at(ax, list(lines), depth)
    ax.set(ylim=(1e-16, 1e10))
    plotting.curves(np.arange(1, depth + 1), {}, ax, log=True)
    for name, y in lines.items():
        ax.plot(np.arange(1, depth + 1), y, color=COLORS[name])
    marks.name_starts(ax, lines)
    ax.set_xticks(np.unique([1, depth // 2, depth]))
    ax.set(xlabel="layer", ylabel="‖δ‖, last layer = 1 (log scale)")
    plain, wired = lines["plain"][0], lines["skip"][0]
    if plain < 1e-3:
        said = "The wire rescues the gradient."
    elif wired > 1e3:
        said = "The wire makes the gradient explode."
    elif plain > max(30, 3 * wired):
        said = "The wire tames the gradient."
    elif wired > 30:
        said = "The wire makes the gradient grow."
    elif plain < 0.03:
        said = "The wire keeps the gradient level."
    else:
        said = "With the wire or without, the gradient arrives."
    note = " (A plain net has no branch to scale.)" * scaled
    return (
        f"{said} Layer 1 receives {times(plain)} the gradient of layer {depth} in the "
        f"plain net, {times(wired)} with skip connections.{note} Loss at the start: plain "
        f"{number(loss['plain'])}, skip {number(loss['skip'])}."
    )


def training(fig: Figure, losses: Mapping[str, np.ndarray], depth: int) -> str:
    """Losses of up to 8 epochs: {"plain": (n,), "skip": (n,)}; one that has diverged ends in inf."""
    ax = fig.subplots()
    ax.set(xlim=(0.8, 8), ylim=(0.02, 20), xlabel="epoch", ylabel="training loss (log scale)")
    lost = {k: len(v) for k, v in losses.items() if not np.isfinite(v[-1])}
    shown = {
        name: np.where(np.isfinite(v), np.clip(v, 0.02, 20), np.nan) for name, v in losses.items()
    }
    plotting.curves(np.arange(1, 9), shown, ax, log=True, marker="o", markersize=3)
    marks.level(ax, np.log(10), "ln 10: guessing")
    if lost:
        said = [f"{name} diverged in epoch {epoch}" for name, epoch in lost.items()]
        marks.gone(ax, 1, ", ".join(said), "black")
    end = {name: v[-1] for name, v in losses.items()}
    learns = {name: v < 0.9 * np.log(10) for name, v in end.items()}
    if not any(learns.values()):
        said = "Neither learns."
    elif not learns["skip"]:
        said = "Only the plain net learns."
    elif not learns["plain"]:
        said = "Only the net with skip connections learns."
    elif end["plain"] > 1.5 * end["skip"]:
        said = "Both learn, and the net with skip connections learns faster."
    elif end["skip"] > 1.5 * end["plain"]:
        said = "Both learn, and the plain net learns faster."
    else:
        slowly = " slowly" * bool(min(end.values()) > 0.8)
        said = f"Both learn{slowly}: the wire is little help here."
    ends = [f"{k} {'diverged' if k in lost else number(v)}" for k, v in end.items()]
    return f"{said} Training loss after {depth} layers, 8 epochs: {', '.join(ends)}."


def shattered(fig: Figure, slope: np.ndarray, likeness: float, depth: int, skip: bool) -> str:
    """dy/dx along inputs from -2 to 2; likeness: the correlation of neighbors. slope: (n,)."""
    ax, color = fig.subplots(), COLORS["skip" if skip else "plain"]
    x, scaled = np.linspace(-2, 2, len(slope)), slope / np.sqrt(np.mean(slope**2))
    ax.plot(x, scaled, color=color, lw=1)
    ax.axhline(0, color="black", lw=0.8)
    ax.set(xlim=(-2, 2), ylim=(-6, 6), xlabel="input x", ylabel="dy/dx, root mean square = 1")
    marks.leaving(ax, x, scaled, color)
    name = "with skip connections" if skip else "plain"
    spots = [(-1.95, 5.8, "left", "top"), (1.95, 5.8, "right", "top")]
    marks.note(ax, name, spots, color=color)
    if likeness > 0.8:
        said = "Neighboring inputs have nearly the same gradient."
    elif likeness > 0.3:
        said = "Neighboring inputs still have similar gradients."
    else:
        said = "The gradient is shattered: it says nothing about its neighbor."
    wires = "with" if skip else "without"
    note = " (One layer has no room for a wire.)" * (depth == 1 and skip)
    return (
        f"{said} {depth} hidden layer{'s' * (depth > 1)} {wires} skip connections: neighboring "
        f"gradients are correlated by {number(likeness)}.{note}"
    )
