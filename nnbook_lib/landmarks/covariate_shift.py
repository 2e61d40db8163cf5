"""Ioffe & Szegedy 2015, Fig. 1, and the noise of Santurkar et al. 2018: a hidden layer's inputs in training.

A net of sigmoid layers on the digits, with batch normalization or without, and with noise on what goes into
the sigmoids or without.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .. import initializers
from ..activations import ACTIVATIONS, Activation
from ..dense import Dense
from ..layer import Layer
from ..losses import SoftmaxCrossEntropy
from ..network import Network, loss_and_grad
from ..norm import BatchNorm
from ..prediction import accuracy

EVERY = 20  # steps between two looks
SEEN = 300  # training images that a look takes
BATCH = 60  # as in the paper


class Noise(Layer):
    """y = s x + m in training, y = x in evaluation; s and m are new at every pass.

    For each unit a mean mu and a scale s are drawn, and about the mean an m for each sample:

        mu ~ N(0, size^2) and s ~ exp(N(0, size^2)) a unit;   m ~ N(mu, size^2 / 4) an entry

    so that no unit's mean stays 0 and no spread 1. Santurkar et al. 2018 describe theirs as i.i.d., of
    non-zero mean and non-unit variance, changing at each step; the law and the sizes are ours. x, y: (n, d).
    """

    def __init__(self, size: float, *, rng: np.random.Generator):
        self.size, self.rng = size, rng

    def forward(self, x, train=False):
        if not train:
            return x, 1.0
        mu, log_s = self.size * self.rng.standard_normal((2, x.shape[1]))
        m = mu + self.size / 2 * self.rng.standard_normal(x.shape)
        s = np.exp(log_s)
        return s * x + m, s

    def backward(self, dy, s):
        return s * dy


def network(
    norm: bool,
    noise: float,
    seed: int,
    *,
    depth: int = 3,
    width: int = 100,
    std: float = 0.1,
    activation: str = "sigmoid",
) -> Network:
    """[Dense, BatchNorm, Noise, sigmoid] `depth` times, and ten outputs; W ~ N(0, std^2)."""
    rng, of_noise = np.random.default_rng(seed), np.random.default_rng(1000 + seed)
    init, f = initializers.normal(std), ACTIVATIONS[activation]
    layers, d_in = [], 64
    for _ in range(depth):
        layers.append(Dense(d_in, width, init=init, rng=rng))
        layers += [BatchNorm(width)] if norm else []
        layers += [Noise(noise, rng=of_noise)] if noise else []
        layers.append(f)
        d_in = width
    return Network(*layers, Dense(width, 10, init=init, rng=rng))


class Course(NamedTuple):
    """What was seen every EVERY steps, before the step: (looks,), and the loss of each batch: (steps,).

    bands: (looks, 3, units), the 15th, 50th and 85th percentile of each input of the last hidden layer's
    activation function, over SEEN images; shift: of the last hidden layer's gradient, by the step of the
    layers below it (`gradient_shift`); test: test accuracy, without noise.
    """

    loss: np.ndarray
    bands: np.ndarray
    shift: np.ndarray
    test: np.ndarray

    @property
    def left(self) -> float:
        """The mean loss of the last 100 batches."""
        return float(self.loss[-100:].mean())

    @property
    def late(self) -> float:
        """The mean test accuracy of the last ten looks."""
        return float(self.test[-10:].mean())

    def reaches(self, share: float = 0.9) -> int:
        """The step before which more than this share of the test images was right; all steps, if never."""
        at = np.flatnonzero(self.test > share)
        return int(min(EVERY * at[0], len(self.loss))) if len(at) else len(self.loss)

    @property
    def wander(self) -> float:
        """How far a unit's median moves from look to look, over its spread: the mean of it over the looks,
        the median of that over the units.
        """
        median, spread = self.bands[:, 1], self.bands[:, 2] - self.bands[:, 0]
        moved = np.abs(np.diff(median, axis=0)).mean(axis=0)
        return float(np.median(moved / spread.mean(axis=0)))


def inputs_of_last(net: Network, x: np.ndarray) -> np.ndarray:
    """What goes into the last activation function, as in training. (n, width)."""
    _, tape = net.forward(x, True, True)
    records = [*tape.walk()]
    last = max(k for k, r in enumerate(records) if isinstance(r.layer, Activation))
    return records[last - 1].y


def gradient_shift(net: Network, x: np.ndarray, t: np.ndarray, lr: float) -> float:
    """|G - G'| / |G|: G is the last hidden W's gradient, G' the same after the layers below have made
    their step of size lr. Santurkar et al. 2018 measure |G - G'|.
    """
    loss, state = SoftmaxCrossEntropy(), net.state()
    dense = [layer for layer in net.walk() if isinstance(layer, Dense)]
    last = dense[-2]
    loss_and_grad(net, loss, x, t)
    G = last.dW.copy()
    for layer, name in [*net.parameters()]:
        if layer is last:
            break
        getattr(layer, name)[...] -= lr * getattr(layer, "d" + name)
    loss_and_grad(net, loss, x, t)
    shift = np.linalg.norm(last.dW - G) / np.linalg.norm(G)
    net.restore(state)
    return float(shift)


def train(net: Network, data, lr: float, seed: int, steps: int, shifts: bool = True) -> Course:
    """Plain gradient descent with batches of BATCH drawn with replacement. data: a Digits."""
    rng, loss = np.random.default_rng(seed), SoftmaxCrossEntropy()
    losses, bands, shift, test = [], [], [], []
    for step in range(steps):
        rows = rng.integers(0, len(data.x), BATCH)
        if step % EVERY == 0:
            u = inputs_of_last(net, data.x[:SEEN])
            bands.append(np.percentile(u, [15, 50, 85], axis=0))
            test.append(accuracy(net, data.x_test, data.t_test))
            if shifts:
                shift.append(gradient_shift(net, data.x[rows], data.t[rows], lr))
        losses.append(loss_and_grad(net, loss, data.x[rows], data.t[rows])[0])
        net.theta -= lr * net.grad
    test.append(accuracy(net, data.x_test, data.t_test))
    return Course(np.array(losses), np.array(bands), np.array(shift), np.array(test))
