"""Chapter 4: the gradient on its way back through layers and time, the edge between vanishing and
exploding, and a training run to steer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import marks
from ..log_ticks import LogLabels
from ..numbers import count, number
from ..palette import COLORS, GRAY
from ..plotting import curves, histograms
from .layers import GUESSING, KEPT, arrival, mark_beyond, on_layers, portion


def gradient_flow(fig: Figure, delta: np.ndarray, weight: np.ndarray) -> str:
    """Norms of delta and of the weight gradient, layer by layer, on one scale. Both (L,)."""
    fig.set_size_inches(5.6, 3.6)
    left, right = fig.subplots(1, 2, sharey=True)
    on_layers(left, delta, (1e-28, 1e3))
    on_layers(right, weight, (1e-28, 1e3), color="black", marker="s")
    left.set(title="‖δ‖, δ = ∂L/∂u", ylabel="norm (logarithmic scale)")
    right.set(title="‖∂L/∂W‖", ylabel="")
    ratio, level = delta[0] / delta[-1], weight[0] / weight[-1]
    said = arrival(ratio)
    if ratio < 1e-2 and level >= KEPT[0]:
        size = "about as large as" if level <= KEPT[1] else "larger than"
        said = (
            f"Layer 1 gets {portion(ratio)} of the signal, yet its weight gradient is {size} the "
            "last layer's: it hides what vanishes."
        )
    return (
        f"{said} From the last layer to the first, δ is multiplied by {number(ratio)}, the weight "
        f"gradient by {number(level)}."
    )


def through_time(fig: Figure, norms: np.ndarray, bound: float, gain: float, radius: float) -> str:
    """Size of the product of k Jacobians, k = 1 to K, with the bound that one factor has.

    norms: (K,). gain, radius: the largest singular value and eigenvalue of the recurrent matrix.
    """
    steps, ax = np.arange(1, len(norms) + 1), fig.subplots()
    ax.set(xlim=(0, len(norms) + 1), ylim=(1e-18, 1e18))
    limit = bound ** steps.astype(float)
    curves(steps, {"": norms}, ax, log=True, color=COLORS["backward"], lw=3)
    ax.plot(steps, limit, "--", color="black", lw=1.5)
    ax.set(xlabel="steps back, k", ylabel="size of the product (log scale)")
    ax.set_yticks(10.0 ** np.arange(-16, 17, 8))
    gone = int(np.sum(norms > 0)) + 1  # from here on exactly 0
    _name_end(ax, steps, limit, f"bound: {number(limit[-1])}", "black")
    last = number(norms[-1]) if norms[-1] else f"0 from k = {gone} on"
    _name_end(ax, steps, norms, f"measured: {last}", COLORS["backward"])
    end = norms[-1]
    if end == 0:
        said = f"After {gone} steps nothing is left: the gradient is exactly 0."
    elif end < KEPT[0]:
        how = "vanishes" if end < 0.01 else "shrinks"
        said = f"After {len(norms)} steps {portion(end)} of the gradient is left: it {how}."
    elif end <= KEPT[1]:
        said = f"After {len(norms)} steps the gradient has kept its size: it is multiplied by {number(end)}."
    else:
        how = "explodes" if end > 100 else "grows"
        said = f"After {len(norms)} steps the gradient is {number(end)} times as large: it {how}."
    return (
        f"{said} Largest singular value {number(gain)}, largest eigenvalue {number(radius)}; the "
        f"product has size {number(end)}, its bound is {number(limit[-1])}."
    )


def _name_end(ax: Axes, k: np.ndarray, ys: np.ndarray, text: str, color: str) -> None:
    """A curve's name where it is free: along the curve, or, with an arrow at the edge, right or left
    of where it leaves the axes.
    """
    low, high = ax.get_ylim()
    out = np.flatnonzero((ys < low) | (ys > high))
    if not len(out):
        at = [
            (k[round(f * (len(k) - 1))], ha)
            for f, ha in ((0.6, "center"), (1, "right"), (0.3, "left"))
        ]
        sides = [("bottom", 5), ("top", 1 / 5), ("bottom", 300), ("top", 1 / 300)]
        places = [(x, ys[x - 1] * off, ha, va) for va, off in sides for x, ha in at]
        inside = [place for place in places if 100 * low < place[1] < high / 100]
        return marks.note(ax, text, inside, color=color)
    x, up = k[out[0]], ys[out[0]] > high
    marks.gone(ax, x, "", color, up)
    rows = np.geomspace(*((high / 30, 1e8) if up else (low * 30, 1e-8)), 4)
    sides = (x + 1.5, "left"), (x - 2, "right"), (k[-1], "right")
    sides = [(at, ha) for at, ha in sides if (ha == "left") == (at < 20) or at == k[-1]]
    marks.note(ax, text, [(at, y, ha, "center") for y in rows for at, ha in sides], color=color)


def edge(
    fig: Figure,
    scales: np.ndarray,
    measured: np.ndarray,
    theory: np.ndarray,
    critical: float,
    layers: int,
    color: str,
) -> str:
    """‖δ first‖ / ‖δ last‖ against n Var W: real networks as points, the theory as a line.

    scales, measured, theory: (n,). critical: the scale at which the theory is 1.
    """
    ax = fig.subplots()
    ax.set(xscale="log", xlim=(0.22, 290), ylim=(1e-20, 1e20))
    curves(scales, {"": theory}, ax, log=True, color=color)
    inside = (measured >= 1e-20) & (measured <= 1e20)
    ax.plot(scales[inside], measured[inside], "o", ms=4, color="black")
    ax.set_xticks([0.25, 1, 4, 16, 64, 256], ["1/4", "1", "4", "16", "64", "256"])
    ax.minorticks_off()
    ax.set_yticks(10.0 ** np.arange(-20, 21, 10))
    ax.set(xlabel="n Var W (logarithmic scale)", ylabel="‖δ first‖ / ‖δ last‖ (log scale)")
    ax.axhspan(0.1, 10, color=GRAY, alpha=0.25, lw=0)
    mark_beyond(ax, scales, measured, "black")
    marks.upright(ax, critical, f"edge: {number(critical, 3)}")
    marks.note(
        ax, "size kept", [(0.25, 30, "left", "bottom"), (250, 0.03, "right", "top")], color=GRAY
    )
    where = [(0.3, 1e17, "left", "top"), (250, 1e-17, "right", "bottom")]
    marks.note(ax, "points: 64 units a layer\nline: infinitely many", where)
    kept = int(np.sum((measured > 0.1) & (measured < 10)))
    said = f"{kept or 'none'} {'brings' if kept < 2 else 'bring'} the gradient through"
    return (
        f"Of {len(scales)} scales, {said} {count(layers, 'layer')} within a factor of ten; the edge is at "
        f"{number(critical, 3)}. The ratio runs from {number(measured[0])} at n Var W = 1/4 to "
        f"{number(measured[-1])} at 256."
    )


def training(
    fig: Figure, losses: Sequence[float], moves: Sequence[np.ndarray], epoch: int, color: str
) -> str:
    """The mean loss up to an epoch, and how far each weight matrix moved in it. losses, moves: one
    an epoch, fewer if the run diverged.
    """
    fig.set_size_inches(5.6, 3.6)
    left, right = fig.subplots(1, 2)
    left.set(xlim=(0, 21), ylim=(0.03, 30), xlabel="epoch", title="loss (log scale)")
    shown = np.array(losses[:epoch])
    curves(np.arange(1, 21), {"": shown}, left, log=True, color=color, marker="o", markersize=3)
    marks.level(left, GUESSING, "ln 10: guessing")
    right.set(title="change of W (log scale)", xlabel="layer")
    if len(losses) < epoch:
        end = len(losses) + 1
        marks.say(left, f"diverged in epoch {end}", 0.9)
        marks.say(right, "no weights left", 0.55)
        marks.say(right, "to compare", 0.45)
        right.set(xticks=[], yticks=[])
        before = f" Before, it was {number(losses[-1], 3)}." if losses else ""
        return f"Diverged in epoch {end}: the loss was no longer a number.{before}"
    moved, loss = moves[epoch - 1], losses[epoch - 1]
    on_layers(right, moved, (1e-12, 1e3))
    right.set(ylabel="", xlim=(0, 12), xticks=[1, 6, 11])
    first, last = (number(v, zero="nothing") for v in moved[[0, -1]])
    return (
        f"{verdict(losses[:epoch], moved)} Epoch {epoch}: loss {number(loss, 3)}; in this epoch layer "
        f"1 moved by {first} of its size, layer 11 by {last}."
    )


def verdict(losses: Sequence[float], moved: np.ndarray) -> str:
    """What to conclude from the losses up to an epoch and the relative moves of the layers in it."""
    loss, best = losses[-1], min(losses)
    if not moved.any():
        return "Nothing moves any more: the units are dead."
    if loss > 2.6:
        return "The rate is too large: the loss is far above guessing."
    if loss > 2.2 and moved[0] < 1e-3 * moved[-1]:
        return "Layer 1 stands still, and the loss stays at guessing."
    if loss > 2.2:
        how = "All layers move" if moved.min() > 1e-3 else "The layers hardly move"
        return f"{how}, and the loss is near guessing."
    if loss > best + 0.3:
        return "It has learned, and the loss has risen again."
    return "It learns: all layers move, and the loss is below guessing."


def first_steps(
    fig: Figure,
    delta: np.ndarray,
    moves: np.ndarray,
    color: str,
    *,
    limits: tuple[float, float],
    most: int,
    what: str = "change of W",
) -> str:
    """‖δ‖ at the start and the first moves of each weight matrix, for networks of up to `most`
    layers; returns what to conclude of the gradient. delta, moves: (L,).
    """
    fig.set_size_inches(5.6, 3.4)
    left, right = fig.subplots(1, 2, sharey=True)
    on_layers(left, delta, limits, color=color, markersize=4)
    on_layers(right, moves, limits, color="black", marker="s", markersize=4)
    ticks = [1, 5, 9, 13, 17, 21]
    for ax in left, right:
        ax.set(xlim=(0, most + 1), xticks=[t for t in ticks if t <= most])
    left.set(title="‖δ‖ at the start", ylabel="logarithmic scale")
    right.set(title=what, ylabel="")
    return arrival(delta[0] / delta[-1])


def distributions(
    fig: Figure,
    z: Sequence[np.ndarray],
    differs: Sequence[np.ndarray],
    delta: Sequence[np.ndarray],
) -> None:
    """Histograms of each layer's activations, and of the sizes of their differences between images
    and of delta, as powers of ten. Each: one array (n, d) a layer.
    """
    axes = fig.subplots(1, 3, sharey=True)
    histograms(z, axes[0], (-1, 1))
    histograms([_powers(a) for a in differs], axes[1], (-9, 0))
    histograms([_powers(d) for d in delta], axes[2], (-14, 0), color=COLORS["backward"])
    for ax, title in zip(axes, ("z", "z − its mean", "δ"), strict=True):
        ax.set(title=title, ylabel="layer" if ax is axes[0] else "")
    axes[0].set(xlabel="value")
    axes[1].set(xlabel="size")
    axes[1].set_xticks([-7, -3], ["10⁻⁷", "10⁻³"])
    axes[2].set(xlabel="size")
    axes[2].set_xticks([-11, -5], ["10⁻¹¹", "10⁻⁵"])


def _powers(values: np.ndarray) -> np.ndarray:
    return np.log10(np.abs(values) + 1e-30)


def six_runs(fig: Figure, seen: Mapping[str, np.ndarray]) -> None:
    """Loss curves of six runs of one task, each told apart by color, dash and name.

    seen: {"healthy", "vanished", "rate too small", "rate too large", "dead units": mean loss of each
    epoch; "exploded": loss of each step up to where it was no number}.
    """
    ax = fig.subplots()
    ax.set(xlim=(0, 20.5), ylim=(0.08, 200), yscale="log", xticks=[1, 5, 10, 15, 20])
    looks = {
        "rate too large": ("#889900", "-", 2, (20, 14), "bottom"),
        "vanished": (COLORS["sigmoid"], "-", 6, (20, 3), "bottom"),
        "dead units": ("black", "-", 1.2, (9, 3), "bottom"),
        "rate too small": (COLORS["backward"], "--", 2, (20, 1.9), "top"),
        "healthy": (COLORS["forward"], "-", 2, (12, 0.34), "bottom"),
    }
    for name, (color, dash, lw, (x, y), va) in looks.items():
        pale = 0.45 if lw > 3 else 1
        ax.plot(np.arange(1, 21), seen[name], dash, color=color, lw=lw, alpha=pale)
        ax.text(x, y, name, color=color, ha="right", va=va)
    ax.plot(1, seen["exploded"][0], "x", color="black", ms=8, mew=2)
    ax.text(1.6, seen["exploded"][0], "exploded, then no number", va="center")
    ax.yaxis.set_major_formatter(LogLabels())
    ax.yaxis.set_minor_formatter(lambda v, _: "")
    ax.set(xlabel="epoch", ylabel="mean loss (logarithmic scale)")
