"""Lu, Shin, Su & Karniadakis 2020: ReLU networks that are born dead, and those that die in training.

Many small networks at once: 1 -> width -> ... -> width -> 1 as `nn.mlp` makes them, with He's weights and
biases 0. W: (d_out, d_in, nets), b: (d_out, nets), activations: (d, n, nets). The numbers are
those of a Network and nn.Adam, which the page checks.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

LINE = np.linspace(-1, 1, 20)  # where |x| is learned; as many points on either side, and not 0
RAYS = np.array([-1.0, 1.0])  # without biases f(c x) = c f(x) for c > 0: these two decide for all x


class Nets(NamedTuple):
    """The weights of many networks: W[l]: (d_out, d_in, nets), b[l]: (d_out, nets)."""

    W: list[np.ndarray]
    b: list[np.ndarray]

    def only(self, which: np.ndarray) -> Nets:
        """Copies of some of them. which: (nets,) bool."""
        return Nets([w[..., which] for w in self.W], [b[..., which] for b in self.b])


def born(seed: int, nets: int, width: int, depth: int, asymmetric: bool = False) -> Nets:
    """W ~ N(0, 2/d_in), b = 0, for `depth` hidden layers (Lu et al. count one more: the output's).

    asymmetric: in each hidden unit one number, drawn by lot from its incoming weights and its bias, is
    positive: the absolute value of a weight's draw. That is the idea of their randomized asymmetric
    initialization, which draws it from a law of its own.
    """
    rng = np.random.default_rng(seed)
    sizes = [1, *[width] * depth, 1]
    W, b = [], []
    for layer, (d_in, d_out) in enumerate(pairwise(sizes)):
        scale = np.sqrt(2 / d_in)
        w, shift = scale * rng.standard_normal((d_out, d_in, nets)), np.zeros((d_out, nets))
        if asymmetric and layer < depth:
            lot = rng.integers(0, d_in + 1, (d_out, 1, nets))
            w = np.where(np.arange(d_in)[:, None] == lot, np.abs(w), w)
            draw = scale * np.abs(rng.standard_normal((d_out, nets)))
            shift = np.where(lot[:, 0] == d_in, draw, 0.0)
        W.append(w)
        b.append(shift)
    return Nets(W, b)


def times(W: np.ndarray, z: np.ndarray) -> np.ndarray:
    """W z of every network. W: (d_out, d_in, nets), z: (d_in, n, nets) -> (d_out, n, nets)."""
    out = W[:, 0, None, :] * z[0]
    for j in range(1, len(z)):
        out += W[:, j, None, :] * z[j]
    return out


def relu(u: np.ndarray) -> np.ndarray:
    """max(u, 0)."""
    return np.maximum(u, 0)


def forward(nets: Nets, x: np.ndarray, f=relu) -> list[np.ndarray]:
    """The input and every layer's output; the last is (1, n, nets). x: (n,)."""
    z = np.broadcast_to(x[None, :, None], (1, len(x), nets.W[0].shape[-1]))
    seen, last = [z], len(nets.W) - 1
    for layer, (W, b) in enumerate(zip(*nets, strict=True)):
        u = times(W, z) + b[:, None, :]
        z = u if layer == last else f(u)
        seen.append(z)
    return seen


def constant(y: np.ndarray) -> np.ndarray:
    """Which networks give one number for every x. y: (1, n, nets) -> (nets,)."""
    return np.ptp(y[0], axis=0) < 1e-9


def dead_by_layer(nets: Nets, f=relu) -> np.ndarray:
    """The share of networks without biases whose layer l gives 0 for every x. (depth,)."""
    return np.array([(z == 0).all(axis=(0, 1)).mean() for z in forward(nets, RAYS, f)[1:-1]])


def bound(width: int, depth: int) -> float:
    """1 - (1 - 2^-N)^H: the share of networks that make ONE input to 0.

    A unit is off for it with probability 1/2, N units all with 2^-N, in each of H layers. With more
    inputs fewer are dead.
    """
    return 1 - (1 - 0.5**width) ** depth


def slopes(nets: Nets, x: np.ndarray, t: np.ndarray) -> Nets:
    """dL/dW and dL/db for L = 1/(2n) sum |y - t|^2. x, t: (n,)."""
    seen = forward(nets, x)
    dy = (seen[-1] - t[:, None]) / len(x)
    dW, db = [], []
    for layer in reversed(range(len(nets.W))):
        z = seen[layer]
        db.append(dy.sum(axis=1))
        dW.append(np.stack([(dy * row).sum(axis=1) for row in z], axis=1))
        if layer:
            dy = times(nets.W[layer].swapaxes(0, 1), dy) * (z > 0)
    return Nets(dW[::-1], db[::-1])


def train(nets: Nets, x: np.ndarray, t: np.ndarray, lr: float, steps: int) -> Nets:
    """Adam on all of x at every step (Kingma & Ba 2015, alg. 1), each network for itself."""
    nets = Nets([w.copy() for w in nets.W], [b.copy() for b in nets.b])
    theta = [*nets.W, *nets.b]
    m, v = [np.zeros_like(p) for p in theta], [np.zeros_like(p) for p in theta]
    for step in range(1, steps + 1):
        gradients = slopes(nets, x, t)
        for p, g, first, second in zip(theta, [*gradients.W, *gradients.b], m, v, strict=True):
            first += 0.1 * (g - first)
            second += 0.001 * (g * g - second)
            rate = lr / (1 - 0.9**step)
            p -= rate * first / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return nets


class Fates(NamedTuple):
    """What became of many networks trained on |x|: shares of all, and what those born alive give.

    born_dead, died: constant before, after training; solved: mean squared error below 0.001; y:
    (n, alive), after training; constants: what the died ones give for every x.
    """

    born_dead: float
    died: float
    solved: float
    y: np.ndarray
    constants: np.ndarray

    @property
    def collapsed(self) -> float:
        """Constant after training, for whichever reason."""
        return self.born_dead + self.died

    @property
    def lost(self) -> float:
        """Of those born alive, the share that died."""
        return self.died / (1 - self.born_dead)


def fates(
    seed: int,
    nets: int = 1000,
    width: int = 2,
    depth: int = 9,
    lr: float = 0.01,
    steps: int = 600,
    asymmetric: bool = False,
) -> Fates:
    """Train on |x| those that are not born dead: of the others only the output's bias would move.

    (If biases are 0. With asymmetric ones a constant may come from a layer that is on, and is not dead;
    it is left out all the same.)
    """
    start = born(seed, nets, width, depth, asymmetric)
    dead = constant(forward(start, LINE)[-1])
    end = train(start.only(~dead), LINE, np.abs(LINE), lr, steps)
    y = forward(end, LINE)[-1]
    died = constant(y)
    solved = ((y[0] - np.abs(LINE)[:, None]) ** 2).mean(axis=0) < 1e-3
    return Fates(
        float(dead.mean()),
        float(died.sum() / nets),
        float(solved.sum() / nets),
        y[0],
        y[0, 0, died],
    )
