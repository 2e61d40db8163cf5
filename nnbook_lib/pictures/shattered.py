"""dy/dx along a line of inputs, for the four kinds of networks of the landmark."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from .. import marks
from ..landmarks.shattered import input_gradients, neighbors, network
from ..numbers import count, number
from ..plotting import COLORS

COLOR = {"plain": "plain", "norm": "norm", "norm + skip": "skip", "mirrored": "init"}


def along_a_line(fig: Figure, kind: str = "norm", depth: int = 24, activation: str = "relu") -> str:
    """Its root mean square scaled to 1, at 256 inputs from -2 to 2, with the correlation of neighbors."""
    x = np.linspace(-2, 2, 256)
    bias = 1.0 if kind == "plain" else 0.0
    how = {"activation": activation, "bias": bias, "rng": np.random.default_rng(0)}
    g = input_gradients(network(kind, depth, **how), x[:, None])[:, 0]
    alike, g = neighbors(g), g / np.sqrt(np.mean(g**2))
    ax, color = fig.subplots(), COLORS[COLOR[kind]]
    ax.plot(x, g, color=color, lw=1)
    ax.axhline(0, color="black", lw=0.8)
    ax.set(xlim=(-2, 2), ylim=(-6, 6), xlabel="input x", ylabel="dy/dx, root mean square = 1")
    marks.leaving(ax, x, g, color)
    marks.note(ax, kind, [(-1.95, 5.6, "left", "top"), (1.95, 5.6, "right", "top")], color=color)
    if alike == 1:
        said = "The gradient is the same at every input."
    elif alike > 0.8:
        said = "Neighboring inputs have nearly the same gradient."
    elif alike > 0.3:
        said = "Neighboring inputs still have similar gradients."
    else:
        said = "The gradient is shattered: it says nothing about its neighbor."
    return (
        f"{said} {count(depth, 'hidden layer')}, {kind}: the correlation of neighbors is "
        f"{number(alike)}."
    )
