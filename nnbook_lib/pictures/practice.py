"""Chapter 6: how a loss went beside what was measured before it, for faults and for learning rates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import marks, plotting
from ..numbers import number
from ..palette import COLORS


def faults(fig: Figure, losses: np.ndarray, delta: np.ndarray, names: Sequence[str]) -> str:
    """Left the loss of up to 15 epochs, right ||delta|| by layer before them; names: the findings."""
    left, right = fig.subplots(1, 2)
    draw_losses(left, losses, 15, unit="epoch", limits=(0.02, 2000))
    right.set(xlim=(0, 12), ylim=(1e-9, 1e6), title="‖δ‖ at the start (log)")
    plotting.by_layer(delta, right, log=True)
    right.set(ylabel="", xticks=[1, len(delta)])
    zero = int(np.sum(delta == 0))
    if zero:
        many = "layer 1" if zero == 1 else f"layers 1 to {zero}"
        marks.say(right, f"exactly 0\nin {many}", y=0.25)
    done = f"It diverges in epoch {len(losses) + 1}"
    if len(losses) == 15:
        done = f"The loss after 15 epochs is {number(losses[-1], 3)}"
    found = ", ".join(names) or "nothing found"
    if not names and len(losses) < 15:
        found += ", and yet it diverges"
    elif not names and losses[-1] > np.log(10) - 0.02:
        found += ", and yet its loss ends no lower than a guess's"
    elif not names and losses[-1] > 0.8 * np.log(10):
        found += ", and yet it has learned little"
    return f"Diagnosis: {found}. {done}; a guess costs 2.3."


def rates(fig: Figure, losses: np.ndarray, ratios: np.ndarray) -> str:
    """Left the loss of 30 steps, right ||dW|| / ||W|| of the first of them by layer, up to 21."""
    left, right = fig.subplots(1, 2)
    draw_losses(left, losses, 30, unit="step", limits=(0.01, 1000))
    low, high = 1e-7, 1e3
    right.set(xlim=(0, 22), ylim=(low, high), title="‖ΔW‖ / ‖W‖ (log)")
    inside = np.where((ratios > low) & (ratios < high), ratios, np.nan)
    plotting.by_layer(inside, right, log=True)
    right.set(ylabel="", xticks=[1, 11, 21])
    marks.level(right, 1e-3, "0.001", ls="--")
    many = int(np.sum(~np.isfinite(inside)))
    if many:
        above = np.max(ratios) > high
        word = f"{many} of {len(ratios)} layers\n{'above 1,000' if above else 'below 10⁻⁷'}"
        y, va = (0.7 * high, "top") if above else (1.5 * low, "bottom")
        spots = [(21.5, y, "right", va), (0.5, y, "left", va), (11, 1, "center", "bottom")]
        marks.note(right, word, spots)
    last = losses[-5:].mean()
    end = number(last, 3) if np.isfinite(last) else "no number"
    middle = float(np.median(ratios))
    return (
        f"{_verdict(losses, middle)} Median ratio of the first step: {number(middle)}. Loss in 30 "
        f"steps: from {number(losses[0], 3)} to {end} (mean of the last five)."
    )


def _verdict(losses: np.ndarray, ratio: float) -> str:
    """What the course of the loss says of the steps; ratio: their relative size at the first."""
    start, peak, last = losses[0], np.max(losses), np.mean(losses[-5:])
    guess = np.log(10)
    if not np.isfinite(last) or last > 1.02 * start:
        return "The steps are too large: the loss rises."
    if peak > 1.2 * start:
        jumps = f"the loss jumps to {number(peak)}"
        if last < 0.9 * min(start, guess):
            return f"The steps are too large at first: {jumps} before it falls."
        return f"The steps are too large: {jumps} and ends at {number(last)}."
    if start - last < 0.1 * start:
        steady = np.all(np.diff(losses) <= 1e-6 * start)
        small = "The steps are too small: the loss hardly falls."
        return small if steady and ratio < 1e-3 else "The loss hardly falls."
    if last > guess - 0.02:
        return "The loss comes no lower than that of a guess."
    return "It learns." if last < 0.5 * guess else "It learns slowly."


def draw_losses(
    ax: Axes, losses: np.ndarray, wanted: int, *, unit: str, limits: tuple[float, float]
) -> None:
    """Losses on a logarithmic scale, the loss of a guess among ten, and where the curve leaves.

    losses: (n,), one number a unit; where training diverged they are fewer than wanted, or end in
    infinities, and the panel says when.
    """
    color, at = COLORS["forward"], np.arange(1, wanted + 1)
    ax.set(xlim=(0, wanted + 1), ylim=limits, xlabel=unit, title="loss (log scale)")
    seen = np.where(np.isfinite(losses), losses, np.nan)
    inside = np.clip(seen, limits[0] / 2, 2 * limits[1])  # the line goes out of the frame
    how = {}
    if wanted < 20:
        how, inside = (
            {"marker": "."},
            np.where((limits[0] <= seen) & (seen <= limits[1]), seen, np.nan),
        )
    plotting.curves(at, {"": inside}, ax, log=True, color=color, **how)
    marks.level(ax, np.log(10), "a guess")
    whole = int(np.sum(np.isfinite(losses)))
    if whole < wanted:
        marks.say(ax, f"diverged\nin {unit} {whole + 1}", y=0.8)
    else:
        marks.leaving(ax, at, losses, color)
