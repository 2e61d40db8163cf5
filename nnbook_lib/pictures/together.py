"""Chapter 5.6: all remedies in one laboratory, and a race of five nets at one learning rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from .. import marks, plotting
from ..numbers import count, number, percent, times
from ..palette import COLORS, GRAY


def laboratory(
    fig: Figure,
    delta: np.ndarray,
    right: Mapping[float, float],
    losses: Mapping[float, float],
    epochs: int,
) -> str:
    """Left the gradient by layer, relative to the last; right the share of test images that are
    right after so many epochs, filled where the training loss is lowest: by this the rate is chosen.
    delta: (L,); right: {learning rate: share}; losses: {learning rate: training loss}.
    """
    rate = min(losses, key=losses.__getitem__)
    depth, best, arrives = len(delta), right[rate], delta[0]
    flow, score = fig.subplots(1, 2, width_ratios=[3, 2])
    flow.set(xlim=(0, depth + 1), ylim=(1e-27, 1e9), title="gradient at the start")
    plotting.by_layer(delta, flow, what="‖δ‖, last = 1", log=True, markersize=3)
    flow.set_xticks(np.unique([1, depth // 2, depth]))
    how: dict[str, Any] = {"ms": 9, "color": "black"}
    score.plot(range(len(right)), list(right.values()), "o", mfc="none", **how)
    score.plot(list(right).index(rate), best, "o", **how)
    for at, share in enumerate(right.values()):
        lift, va = (0.05, "bottom") if share < 0.8 else (-0.05, "top")
        score.text(at, share + lift, percent(share), ha="center", va=va)
    score.set(xlim=(-0.5, len(right) - 0.5), ylim=(-0.02, 1.05), xlabel="learning rate")
    score.set_title("test accuracy")
    score.set_xticks(range(len(right)), right)
    score.axhline(0.1, color=GRAY, lw=1, ls=":")
    score.text(1, 0.015, "guessing", color=GRAY, ha="center")
    if best > 0.8:
        said = "This network reads the digits."
    elif best > 0.5:
        said = "This network reads most of the digits, and not well."
    elif best > 0.15:
        said = f"This network reads {'some' if best > 0.25 else 'few'} of the digits."
    elif arrives < 1e-3:
        said = "The gradient does not arrive, and the network guesses."
    elif arrives < 0.03:
        said = "Little of the gradient arrives, and the network guesses."
    elif arrives < 100:
        said = "The gradient arrives, and still the network guesses."
    else:
        said = "The gradient explodes, and the network guesses."
    return (
        f"{said} Layer 1 receives {times(arrives)} the gradient of layer {depth}. After "
        f"{epochs} epochs the rate with the lowest training loss, {number(rate)}, reads "
        f"{percent(best)} of the test images."
    )


def race(
    fig: Figure,
    runs: Mapping[str, tuple[np.ndarray, Sequence[float]]],
    epoch: int,
    *,
    middle: np.ndarray,
    epochs: int,
) -> str:
    """Losses of five nets up to an epoch. runs: {name: (losses, shares right by epoch)}, the last of
    them with all remedies; a run that has diverged is shorter than middle, the losses' places (n,).
    """
    ax, until = fig.subplots(), int(np.sum(middle < epoch))
    ax.set(xlim=(0, epochs), ylim=(0.04, 6))
    lines, lost = {}, []
    for name, (losses, _) in runs.items():
        seen = losses[:until]
        if len(seen) < until or not np.isfinite(seen).all():
            lost.append(name)
        high = " ↑" if name not in lost and seen[-1] > 6 else ""
        lines[name + high] = np.where(np.isfinite(seen) & (seen <= 6), seen, np.nan)
    colors = [COLORS[name] for name in ("plain", "init", "norm", "skip")] + ["black"]
    ax.set_prop_cycle(color=colors, linestyle=["-", "--", "-", "-.", "-"])
    plotting.curves(middle, lines, ax, log=True)
    ax.lines[4].set_linewidth(3)
    marks.level(ax, np.log(10), "guessing")
    if lost:
        marks.gone(ax, 0.15, f"diverged: {', '.join(lost)}", "black")
    ax.set(xlabel="epoch", ylabel="training loss (logarithmic scale)")
    ax.set_xticks(range(epochs + 1))
    right = {k: 0 if k in lost else scores[epoch - 1] for k, (_, scores) in runs.items()}
    read = [name for name in right if right[name] > 0.8]
    best = max(right, key=right.__getitem__)
    said = f"Every net still guesses after {count(epoch, 'epoch')}."
    if not read and right[best] > 0.15:
        ahead = f"“{best}” is ahead with {percent(right[best])}"
        said = f"No net reads four digits of five yet; {ahead}."
    if read:
        how_many = ["", "One", "Two", "Three", "Four", "All"][len(read)]
        verb = "reads" if len(read) == 1 else "read"
        said = f"{how_many} of the five nets {verb} the digits: {', '.join(read)}."
    shares = [f"{k} {'diverged' if k in lost else percent(v)}" for k, v in right.items()]
    return f"{said} Test images right after epoch {epoch}: {', '.join(shares)}."
