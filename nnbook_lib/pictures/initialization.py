"""Chapter 5, initialization: signals at the start, singular values, thirty layers trained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import marks
from ..log_ticks import LogLabels
from ..numbers import count, number, percent
from ..palette import COLORS, GRAY
from ..plotting import histograms
from .keys import line_names
from .layers import GUESSING, KEPT, arrival, mark_beyond, on_layers


def _course(ratio: float, shrinks: str, grows: str, keeps: str) -> str:
    return shrinks if ratio < KEPT[0] else grows if ratio > KEPT[1] else keeps


def both_ways(forward: float, backward: float, what: str = "the activations") -> str:
    """What to conclude where the signal is multiplied by `forward`, and δ on its way back by
    `backward`.
    """
    if all(KEPT[0] <= ratio <= KEPT[1] for ratio in (forward, backward)):
        return "The signal keeps its size both ways."
    there = _course(forward, "shrink", "grow", "keep their size")
    back = _course(backward, "shrinks", "grows", "keeps its size")
    return f"Forward, {what} {there}; backward, δ {back}."


def scale(fig: Figure, z: np.ndarray, delta: np.ndarray, weight: np.ndarray) -> str:
    """Standard deviation of the activations, and the norms of δ and of the weight gradient.

    z: (L,) of the hidden layers; delta, weight: (L + 1,), with the output layer.
    """
    left, right = fig.subplots(1, 2, sharey=True)
    limits = 1e-30, 1e7
    on_layers(left, z, limits, color=COLORS["forward"])
    on_layers(right, weight, limits, marker="", color="black", ls="--")
    on_layers(right, delta, limits)
    left.set(title="std of z", ylabel="logarithmic scale", xlim=(0, 32))
    right.set(ylabel="", xlim=(0, 32))
    names = [("‖∂L/∂W‖", right.lines[0]), ("‖δ‖", right.lines[1])]
    line_names(right, names)
    forward, backward = z[-1] / z[0], delta[0] / delta[-2]
    inner = weight[:-1]  # without the output layer, which has another width
    return (
        f"{both_ways(forward, backward)} From the first to the last hidden layer the activations are "
        f"multiplied by {number(forward)}, from the last to the first δ by {number(backward)}; the "
        f"hidden layers' weight gradients lie between {number(inner.min())} and {number(inner.max())}."
    )


def distributions(
    fig: Figure, u: Sequence[np.ndarray], delta: Sequence[np.ndarray], layers: Sequence[int]
) -> str:
    """Histograms of u, and of the size of δ as a power of ten, for some layers. u, delta: one array
    for each of them, delta without its zeros.
    """
    left, right = fig.subplots(1, 2)
    histograms(u, left, (-2, 2))
    histograms([np.log10(np.abs(d)) for d in delta], right, (-18, 0), color=COLORS["backward"])
    for ax in left, right:
        ax.set_yticks(range(1, len(layers) + 1), map(str, layers))
    left.set(title="u", xlabel="value")
    left.set_xticks([-2, 0, 2], ["≤ −2", "0", "≥ 2"])
    right.set(title="δ, its size", xlabel="logarithmic scale", ylabel="")
    right.set_xticks([-16, -8, 0], ["10⁻¹⁶", "10⁻⁸", "1"])
    size = [np.sqrt(np.mean(a**2)) for a in (u[0], u[-1])]
    typical = [np.median(np.abs(d)) for d in (delta[0], delta[-1])]
    said = both_ways(size[1] / size[0], typical[0] / typical[1], "the values of u")
    return (
        f"{said} The RMS of u is {number(size[0])} in layer {layers[0]} and {number(size[1])} in layer "
        f"{layers[-1]}; the typical δ is {number(typical[0])} in layer {layers[0]} and "
        f"{number(typical[1])} in layer {layers[-1]}."
    )


def isometry(fig: Figure, gaussian: np.ndarray, orthogonal: np.ndarray, depth: int) -> str:
    """The singular values of two Jacobians, largest first. Both: (n,)."""
    ax, n = fig.subplots(), len(gaussian)
    ax.set(xlim=(0, n + 1), ylim=(1e-6, 20), yscale="log")
    ax.set(xlabel="singular value, largest first", ylabel="size (logarithmic scale)")
    sets = (
        ("Gaussian", gaussian, COLORS["plain"], "o"),
        ("orthogonal", orthogonal, COLORS["init"], "s"),
    )
    for name, s, color, marker in sets:
        seen = np.arange(1, n + 1)[s >= 1e-6]
        ax.plot(seen, s[s >= 1e-6], marker, ls="-", ms=3.5, lw=1, color=color, label=name)
    ax.set_yticks([1e-6, 1e-4, 1e-2, 1])
    ax.yaxis.set_major_formatter(LogLabels())
    ax.minorticks_off()
    line_names(ax, [(name, line) for (name, *_), line in zip(sets, ax.lines, strict=True)])
    lost = [f"{np.sum(s < 1e-6)} {name}" for name, s, *_ in sets if s[-1] < 1e-6]
    if lost:
        words = ",\n".join(lost) + "\nbelow 10⁻⁶ ▼"
        ax.text(n, 1.4e-6, words, ha="right", va="bottom")
    kept = {name: int(np.sum(s > 0.1)) for name, s, *_ in sets}
    return (
        f"Of {n} directions orthogonal weights keep {kept['orthogonal']}, Gaussian ones "
        f"{kept['Gaussian']}. These keep more than a tenth of their length through "
        f"{count(depth, 'layer')}."
    )


def trained(
    fig: Figure,
    losses: Sequence[float],
    others: Mapping[str, Sequence[float]],
    delta: np.ndarray,
    weight: np.ndarray,
    score: float,
    epoch: int,
) -> str:
    """The mean loss up to an epoch beside those of other runs, and the norms after it.

    delta, weight: (L,), of every third of thirty layers; score: the training accuracy.
    """
    left, right = fig.subplots(1, 2)
    epochs = np.arange(1, 1 + len(losses))
    for other in others.values():
        left.plot(epochs, other, c=GRAY, lw=0.8)
    left.plot(epochs[:epoch], losses[:epoch], c=COLORS["init"], lw=3, marker="o", ms=4)
    left.set(xlim=(0, len(losses) + 1), ylim=(0, 3.2), xlabel="epoch", title="mean loss")
    marks.level(left, GUESSING, "ln 10: guessing", above=True)
    left.text(0.5, 3.15, "gray: the others", color=GRAY, va="top")
    layers, lines = np.arange(1, 31, 3), []
    right.set(xlim=(0, 30), ylim=(1e-18, 1e3), yscale="log", xlabel="layer")
    looks = (weight, "black", "s", 5), (delta, COLORS["backward"], "o", 3)
    for values, color, marker, size in looks:
        seen = np.where((values >= 1e-18) & (values > 0), values, np.nan)
        lines += right.plot(layers, seen, marker, ls="-", ms=size, color=color)
        if values.any():
            mark_beyond(right, layers[values > 0], values[values > 0], color)
    right.set_yticks(10.0 ** np.arange(-16, 3, 4))
    right.yaxis.set_major_formatter(LogLabels())
    right.minorticks_off()
    line_names(right, [("‖∂L/∂W‖", lines[0]), ("‖δ‖", lines[1])])
    zero = [name for name, values in (("‖∂L/∂W‖", weight), ("‖δ‖", delta)) if not values.any()]
    if zero:
        marks.say(right, f"{' and '.join(zero)}:", 0.55)
        marks.say(right, "exactly 0 everywhere", 0.45)
    said = _state(losses, delta, score, epoch)
    when = f"After epoch {epoch} the" if epoch else "The"
    return (
        f"{said} {when} training accuracy is {percent(score)}; ‖∂L/∂W‖ of layer 1 is "
        f"{number(weight[0], zero='exactly 0')}."
    )


def _state(losses: Sequence[float], delta: np.ndarray, score: float, epoch: int) -> str:
    """What to conclude of a run after an epoch."""
    if not epoch:
        start = arrival(delta[0] / delta[-1])
        return f"Before training {start[0].lower()}{start[1:]}"
    loss = losses[epoch - 1]
    if loss > 2.25 and score > 0.15:
        return "It begins to learn: the loss is still near guessing."
    if loss > 2.25:
        return (
            "It stalls: the loss stays at guessing."
            if delta.any()
            else "It is dead: no gradient is left, and the loss stays at guessing."
        )
    how = " restlessly" if loss > 1.5 * min(losses[:epoch]) else ""
    return f"It learns{how}: the loss is at {number(loss, 3)}."


def three_curves(ax: Axes, size: np.ndarray, delta: np.ndarray, weight: np.ndarray) -> None:
    """RMS of u, ‖δ‖ and ‖∂L/∂W‖, layer by layer, each with its name. All (L,)."""
    limits = 1e-7, 10
    on_layers(ax, size, limits, color=COLORS["forward"])
    on_layers(ax, weight, limits, color="black", marker="s")
    on_layers(ax, delta, limits)
    middle, layers = len(size) // 2, np.arange(1, 1 + len(size))
    curves = ("RMS of u", size, COLORS["forward"]), ("‖∂L/∂W‖", weight, "black")
    for name, ys, color in (*curves, ("‖δ‖", delta, COLORS["backward"])):
        places = [
            (layers[at], ys[at] * off, ha, va)
            for va, off in (("bottom", 2), ("top", 1 / 2))
            for at, ha in ((2, "left"), (middle, "center"), (-2, "right"))
        ]
        marks.note(ax, name, places, color=color)
