"""Gradients at neighboring inputs: networks of four kinds, and how alike their gradients are.

Balduzzi et al. 2017.
"""

from __future__ import annotations

import numpy as np

from .. import activations, initializers
from ..dense import Dense
from ..layer import Layer
from ..mlp import mlp
from ..network import Network
from ..norm import BatchNorm

KINDS = ("plain", "norm", "norm + skip", "mirrored")


class Both(Layer):
    """z = (f(u), f(-u)),  so  dL/du = dL/dz1 f'(u) - dL/dz2 f'(-u).  u: (n, d), z: (n, 2d).

    With ReLU this is CReLU, and (V, -V) z = V relu(u) - V relu(-u) = V u. Balduzzi et al. 2017.
    """

    def __init__(self, d: int, f: activations.Activation):
        self.d_in, self.d_out, self.f = d, 2 * d, f

    def forward(self, u, train=False):
        return np.concatenate([self.f.f(u), self.f.f(-u)], axis=1), u

    def backward(self, dz, u):
        first, second = np.split(dz, 2, axis=1)
        return first * self.f.df(u) - second * self.f.df(-u)


def network(
    kind: str,
    depth: int,
    *,
    d_in: int = 1,
    d_out: int = 1,
    width: int = 100,
    activation: str = "relu",
    bias: float = 0.0,
    rng: np.random.Generator,
) -> Network:
    """`depth` hidden layers. plain: He's weights; norm: a batch norm before each f; norm + skip: a wire
    around each f and the Dense after it, too; mirrored: f(u) and f(-u) side by side, and W = (V, -V)
    with V orthogonal. bias: the standard deviation of the hidden layers' biases.
    """
    if kind == "mirrored":
        net = _mirrored(depth, d_in, d_out, width, activation, rng)
    else:
        how = {"norm": None if kind == "plain" else "batch", "skip": "skip" in kind and depth > 1}
        net = mlp(d_in, d_out, depth=depth, width=width, activation=activation, rng=rng, **how)
    if bias:
        for layer in [layer for layer in net.walk() if isinstance(layer, Dense)][:-1]:
            layer.b[...] = bias * rng.standard_normal(len(layer.b))
    return net


def _mirrored(depth, d_in, d_out, width, activation, rng) -> Network:
    f, layers = activations.get(activation, "network"), []
    for a, b in zip([d_in] + [width] * depth, [width] * depth + [d_out], strict=True):
        V = initializers.orthogonal(b, a, rng=rng)
        if not layers:
            layers.append(Dense(a, b, rng=rng))
            layers[-1].W[...] = V
            continue
        layers += [Both(a, f), Dense(2 * a, b, rng=rng)]
        layers[-1].W[...] = np.concatenate([V, -V], axis=1)
    return Network(*layers)


def input_gradients(net: Network, x: np.ndarray) -> np.ndarray:
    """dy1/dx at each row of x, y1 being the first output; (n, d). Batch norms take the statistics of x
    and then hold them, so that no row acts on another.
    """
    for layer in net.walk():
        if isinstance(layer, BatchNorm):
            layer.momentum = 1.0  # running statistics = those of the last batch
    y, tape = net.forward(x, train=True)
    net.backward(np.zeros_like(y), tape)
    y, tape = net.forward(x)
    dy = np.zeros_like(y)
    dy[:, 0] = 1
    return net.backward(dy, tape)


def neighbors(g: np.ndarray) -> float:
    """The correlation of g with itself one place on (lag 1); 1 where it is constant. g: (n,)."""
    size, g = np.abs(g).max(), g - g.mean()
    if np.abs(g).max() < 1e-9 * size:
        return 1.0
    return float(g[1:] @ g[:-1] / (g @ g))


def likeness(g: np.ndarray) -> float:
    """The mean cosine of the angle between rows of g, over all pairs. g: (n, d)."""
    unit = g / np.linalg.norm(g, axis=1, keepdims=True)
    n = len(g)
    return float(((unit @ unit.T).sum() - n) / (n * (n - 1)))


def co_active(net: Network, x: np.ndarray) -> list[float]:
    """The share of units above 0 at both of two rows of x, over all pairs, for each hidden layer."""
    shares, n = [], len(x)
    _, tape = net.forward(x)
    for record in tape.walk():
        if isinstance(record.layer, activations.Activation):
            on = record.layer.slope(record.saved) > 0.5
            both = on.sum(axis=0) * (on.sum(axis=0) - 1.0)
            shares.append(float(both.mean() / (n * (n - 1))))
    return shares
