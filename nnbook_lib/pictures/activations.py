"""Chapter 5, activations: a function over its inputs, gradients beside ReLU's, units that die."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.figure import Figure

from .. import marks
from ..numbers import count, number, percent
from ..palette import GRAY
from ..plotting import by_layer
from .keys import line_names
from .layers import KEPT, mark_beyond, portion

Function = Callable[[np.ndarray], np.ndarray]
STEP = 1e-9  # to both sides of a kink


def slopes(fig: Figure, f: Function, df: Function, spread: float, name: str, color: str) -> str:
    """A function and its slope, over the bell curve of its inputs, which is `spread` wide.

    Where the slope jumps at 0, its line is broken there.
    """
    below, above = np.linspace(-6, -STEP, 61), np.linspace(STEP, 6, 61)
    u = np.concatenate([below, above])
    left, right = fig.subplots(1, 2)
    for ax, low, high in ((left, -2.2, 6.6), (right, -0.25, 1.9)):
        hill = low + 0.35 * (high - low) * np.exp(-((u / spread) ** 2) / 2)
        ax.fill_between(u, low, hill, color=GRAY, alpha=0.25, lw=0)
        ax.axhline(0, color="black", lw=0.5)
        ax.set(ylim=(low, high), xlim=(-6, 6), xlabel="u", xticks=[-6, -3, 0, 3, 6])
    left.plot(u, f(u), color=color)
    jump = abs(df(above[:1]) - df(below[-1:])) > 0.01
    for side in (below, above) if jump else (u,):
        right.plot(side, df(side), color=color)
    left.set_title(f"{name}, f(u)")
    right.set_title("its slope, f′(u)")
    left.text(5.8, -2.1, "gray: where\nthe u are", ha="right", va="bottom", color=GRAY)
    g = np.linspace(-8, 8, 16001)
    bell, slope = np.exp(-g * g / 2), df(spread * g)
    bell /= bell.sum()
    rms, off = np.sqrt(bell @ slope**2), bell @ (np.abs(slope) < 0.05)
    told = (
        f"lets {portion(rms)} of the gradient through"
        if rms < 0.995
        else f"passes the gradient on {number(rms, 3)} times as large"
    )
    return (
        f"At this spread {name} {told}. With u spread by ±{number(spread)}, the RMS slope is "
        f"{number(rms, 3)}; for {percent(off) if off > 5e-4 else 'hardly any'} of the inputs the slope "
        "is below 0.05."
    )


def flow(fig: Figure, delta: np.ndarray, reference: np.ndarray, name: str, color: str) -> str:
    """‖δ‖ of the hidden layers, beside a reference, ReLU's with He initialization. Both: (L,)."""
    ax, layers = fig.subplots(), np.arange(1, len(delta) + 1)
    ax.plot(layers, reference, ":", color="black", lw=1.5)
    by_layer(delta, ax, log=True, unit="hidden layer", color=color)
    ax.set(xlim=(0, 31), ylim=(1e-22, 1e3), ylabel="‖δ‖ (logarithmic scale)")
    ax.set_yticks(10.0 ** np.arange(-20, 3, 4))
    mark_beyond(ax, layers, delta, color)
    dotted, own = ax.lines[:2]
    line_names(ax, [("ReLU with He", dotted), (name, own)])
    ratio = delta[0] / delta[-1]
    told = (
        "the gradient keeps its size"
        if KEPT[0] <= ratio <= KEPT[1]
        else f"{'only ' if ratio >= 0.001 else ''}{portion(ratio)} of the gradient arrives"
        if ratio < KEPT[0]
        else f"the gradient grows to {number(ratio)} times its size"
    )
    return (
        f"From layer {len(delta)} back to layer 1, {told}: ‖δ₁‖ is {number(ratio)} times "
        f"‖δ{str(len(delta)).translate(LOWERED)}‖."
    )


LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def dying(fig: Figure, dead: np.ndarray, score: np.ndarray, epochs: int, color: str) -> str:
    """Share of dead units in three layers, and accuracy, before training and after each epoch.

    dead: (epochs + 1, 3), score: (epochs + 1,); fewer if the run diverged. The lines of the layers
    differ in width, so that one sees them where they coincide.
    """
    left, right = fig.subplots(1, 2)
    looks = {"lw": 7, "alpha": 0.3}, {"lw": 3.5, "alpha": 0.6}, {"lw": 1.5, "ls": "--"}
    for layer, look in enumerate(looks):
        left.plot(dead[:, layer], color="black", label=f"layer {layer + 1}", **look)
    fig.legend(frameon=False, loc="outside lower left", ncols=3)
    right.plot(score, color=color, marker="o", ms=3)
    for ax, title in ((left, "share of dead units"), (right, "accuracy")):
        ax.set(title=title, xlim=(-0.3, epochs + 0.3), ylim=(-0.12, 1.05), xlabel="epoch")
        ax.set_xticks([0, 4, 8, 12])
    marks.level(right, 0.1, "guessing", above=False)
    if not dead.any():
        marks.say(left, "no unit is dead")
    if len(score) <= epochs:
        marks.say(right, f"diverged in epoch {len(score)}", 0.7)
        return f"Diverged in epoch {len(score)}: the loss was no longer a finite number."
    layers = ", ".join(f"{percent(share)} of layer {k}" for k, share in enumerate(dead[-1], 1))
    return (
        f"{fate(dead, score)} After {count(epochs, 'epoch')} {layers} are dead; the accuracy "
        f"is {percent(score[-1])}."
    )


def fate(dead: np.ndarray, score: np.ndarray) -> str:
    """What to conclude of a network from its dead units and its accuracy, epoch by epoch."""
    before, after, last = dead[0].mean(), dead[-1].mean(), score[-1]
    if last < 0.3 and dead[-1].max() == 1:
        return "A whole layer is dead, and the network guesses."
    if max(score) - last > 0.3 and after > before + 0.1:
        return "It learned, and then its units died."
    if last < 0.3:
        rest = f"{percent(after)} of its units are dead"
        return f"It hardly learns, and {rest if after else 'yet no unit is dead'}."
    learns = "learns" if last > 0.7 else "begins to learn"
    if before - after > 0.05:
        return f"It comes back to life: it {learns}, and units wake."
    if not after:
        return f"It {learns}, and no unit is dead."
    return f"It {learns}, with {percent(after)} of its units dead."


def units_over_time(fig: Figure, on: np.ndarray) -> None:
    """A row for each unit of a layer, the first to die on top, and a column for each step.

    on: (steps, layers, units), the share of samples for which a unit is on.
    """
    axes = fig.subplots(1, on.shape[1], sharey=True)
    for layer, ax in enumerate(axes):
        last_on = [np.flatnonzero(row).max(initial=-1) for row in on[:, layer].T]
        rows = on[:, layer, np.argsort(last_on, kind="stable")].T
        shades = ax.imshow(np.sqrt(rows), aspect="auto", cmap="gray_r", vmin=0, vmax=1)
        ax.set(title=f"layer {layer + 1}", xlabel="step", yticks=[], xticks=[0, 100, 200])
    axes[0].set_ylabel("unit, first to die on top")
    key = fig.colorbar(shades, ax=axes, location="bottom", aspect=40, ticks=[0, 0.5, 1])
    key.set_ticklabels(["dead", "on for a quarter of the images", "on for all"])
    key.ax.get_xticklabels()[0].set_ha("left")
    key.ax.get_xticklabels()[-1].set_ha("right")
