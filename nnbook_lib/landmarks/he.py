"""What is too long for a cell of the landmark of 2015: its networks, its products, and a stored run.

He, Zhang, Ren & Sun 2015, Delving deep into rectifiers, section 2.2.
"""

from __future__ import annotations

import numpy as np

from ..activations import Activation
from ..layer import Layer
from ..mlp import mlp
from ..network import Network
from .runs import place, read

STORED = place("he")
SCALES = {"xavier": "lecun", "he": "he"}  # the paper's "Xavier" is std sqrt(1/n), n the inputs


def deep(
    layers: int,
    scale: str,
    *,
    seed: int = 0,
    width: int = 50,
    activation: str | Activation = "relu",
    norm: str | None = None,
    dtype: type = np.float32,
) -> Network:
    """A network of so many *weight* layers, the output's among them, as the paper counts.

    Weights N(0, 1/n) for "xavier" and N(0, 2/n) for "he" (eq. 10), biases 0; the same seed gives
    the same draw, times sqrt(2). 64 inputs, 10 outputs.
    """
    rng, how = np.random.default_rng(seed), {"width": width, "activation": activation}
    return mlp(64, 10, depth=layers - 1, init=SCALES[scale], rng=rng, dtype=dtype, norm=norm, **how)


class Times(Layer):
    """y = c x, without parameters: multiplies a network's outputs by a constant."""

    def __init__(self, c: float):
        self.c = c

    def forward(self, x, train=False):
        return x * x.dtype.type(self.c), None

    def backward(self, dy, saved):
        return dy * dy.dtype.type(self.c)


def derived_std(filters: int, side: int = 3) -> float:
    """sqrt(2 / n), n = side^2 * filters the connections of a response backward. Eq. 14."""
    return np.sqrt(2 / (side**2 * filters))


def stored() -> dict:
    """What benchmarks/landmark_he.py found: its date, its command, its seconds, and the runs."""
    return read(STORED)
