"""What is too long for a cell of the landmark of 2016: the maps of wide random layers, and a stored run.

Poole et al. 2016, Exponential expressivity in deep neural networks through transient chaos; Schoenholz
et al. 2017, Deep information propagation. In both, Var W = sigma_w^2 / n and Var b = sigma_b^2; `var_w`
and `var_b` are these two variances, and q is the mean square of a layer's u.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .. import activations
from ..dense import Dense
from ..mlp import mlp
from ..network import Network
from .runs import place, read

STORED = place("edge_of_chaos")
Function = Callable[[np.ndarray], np.ndarray]


def bell(ends: float, points: int) -> tuple[np.ndarray, np.ndarray]:
    """Places g from -ends to ends and weights w: (w * f(g)).sum() is the mean of f under a bell curve.

    A fine even grid: Gauss-Hermite's would be too coarse at 0 for a slope that is steep only there.
    """
    g = np.linspace(-ends, ends, points)
    w = np.exp(-g * g / 2)
    return g, w / w.sum()


G, WEIGHTS = bell(9, 901)
H, COARSE = bell(6.5, 131)  # for two inputs: a grid of pairs
PAIR = np.outer(COARSE, COARSE)


def mean(f: Function, q: float) -> float:
    """The mean of f(u) over a bell curve u of mean 0 and mean square q."""
    return float(WEIGHTS @ f(np.sqrt(q) * G))


def length_map(q: float, var_w: float, var_b: float, activation: str = "tanh") -> float:
    """q of the next layer: var_w E[f(u)^2] + var_b. Poole et al., eq. 3."""
    f = activations.get(activation).f
    return var_w * mean(lambda u: f(u) ** 2, q) + var_b


def resting_length(var_w: float, var_b: float, activation: str = "tanh", q: float = 1.0) -> float:
    """The fixed point q* of the length map, from q on, to a relative 1e-12 or 5000 layers."""
    for _ in range(5000):
        before, q = q, length_map(q, var_w, var_b, activation)
        if abs(q - before) <= 1e-12 * q:
            break
    return q


def chi(var_w: float, var_b: float, activation: str = "tanh", c: float = 1.0) -> float:
    """chi = var_w E[f'(u_1) f'(u_2)] at q*, for two inputs of correlation c; c = 1 is chi_1.

    By chi_1 the mean square of delta is multiplied in a layer, and a small angle's square.
    """
    q = resting_length(var_w, var_b, activation)
    df = activations.get(activation).df
    if c == 1:
        return var_w * mean(lambda u: df(u) ** 2, q)
    return var_w * float((PAIR * _products(df, q, c)).sum())


def correlation_map(
    c: float, var_w: float, var_b: float, activation: str = "tanh", q: float | None = None
) -> float:
    """The next layer's correlation of two inputs of length q*: (var_w E[f(u_1) f(u_2)] + var_b) / q*."""
    q = resting_length(var_w, var_b, activation) if q is None else q
    f = activations.get(activation).f
    return (var_w * float((PAIR * _products(f, q, c)).sum()) + var_b) / q


def _products(f: Function, q: float, c: float) -> np.ndarray:
    """f(u_1) f(u_2) for u_1 = sqrt(q) g, u_2 = sqrt(q) (c g + sqrt(1 - c^2) h), on the grid of (g, h)."""
    second = c * H[:, None] + np.sqrt(max(0.0, 1 - c * c)) * H
    return f(np.sqrt(q) * H)[:, None] * f(np.sqrt(q) * second)


def resting_correlation(var_w: float, var_b: float, activation: str = "tanh") -> float:
    """The stable fixed point c* of the correlation map: 1 in the ordered phase, below it in chaos."""
    if chi(var_w, var_b, activation) <= 1:
        return 1.0
    q, c = resting_length(var_w, var_b, activation), 0.5
    for _ in range(2000):
        before, c = c, correlation_map(c, var_w, var_b, activation, q)
        if abs(c - before) < 1e-10:
            break
    return c


def depth_scale(var_w: float, var_b: float, activation: str = "tanh") -> float:
    """xi = -1 / ln(chi at c*): in so many layers the distance of c from c* falls to 1/e."""
    slope = chi(var_w, var_b, activation, resting_correlation(var_w, var_b, activation))
    return -1 / np.log(slope)


def edge(var_b: float, activation: str = "tanh", low: float = 0.5, high: float = 500.0) -> float:
    """The var_w at which chi_1 = 1, by bisection on a logarithmic scale."""
    for _ in range(40):
        middle = np.sqrt(low * high)
        if chi(middle, var_b, activation) < 1:
            low = middle
        else:
            high = middle
    return float(low)


def random_net(
    depth: int,
    var_w: float,
    var_b: float,
    *,
    seed: int,
    width: int = 100,
    activation: str = "tanh",
    dtype: type = np.float32,
) -> Network:
    """`depth` hidden layers, 64 inputs and 10 outputs, W ~ N(0, var_w / n), b ~ N(0, var_b)."""
    rng = np.random.default_rng(seed)

    def init(d_out, d_in, rng):
        return np.sqrt(var_w / d_in) * rng.standard_normal((d_out, d_in))

    how = {"width": width, "activation": activation, "init": init, "dtype": dtype}
    net = mlp(64, 10, depth=depth, rng=rng, **how)
    for layer in net.layers:
        if isinstance(layer, Dense):
            layer.b[...] = np.sqrt(var_b) * rng.standard_normal(layer.b.shape)
    return net


def stored() -> dict:
    """What benchmarks/landmark_edge_of_chaos.py found: its date, command and seconds, and the runs."""
    return read(STORED)
