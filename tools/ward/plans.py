"""Data sets, each with a loss that suits it, and the healthy network that a plan describes."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

import nnbook_lib as nn


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


class Absolute(nn.Loss):
    """mean |y - t|: a loss that the library does not know."""

    def forward(self, y, t):
        return float(np.abs(y - t).sum() / len(y)), (y, t)

    def backward(self, saved):
        y, t = saved
        return np.sign(y - t) / len(y)


class Hinge(nn.Loss):
    """mean max(0, 1 - t y), t in {-1, 1}: another."""

    def forward(self, y, t):
        return float(np.maximum(0, 1 - t * y).sum() / len(y)), (y, t)

    def backward(self, saved):
        y, t = saved
        return np.where(t * y < 1, -t, 0.0) / len(y)


@dataclass(frozen=True)
class Setup:
    """Data with a loss, and the width and rate of SGD that suit them."""

    x: np.ndarray
    t: np.ndarray
    loss: nn.Loss
    outputs: int
    width: int = 32
    lr: float = 0.1

    def right(self, net: nn.Network, case: Case) -> float:
        """0 for a constant answer, 1 for all right: of classes, or of the targets' variance."""
        with np.errstate(all="ignore"):
            y = max(self._score(net.forward(case.x, train)[0], case.t) for train in (False, True))
        return y

    def _score(self, y: np.ndarray, t: np.ndarray) -> float:
        if not np.isfinite(y).all():
            return -1.0
        if isinstance(self.loss, nn.SquaredError | Absolute):
            return 1 - float(((y - t) ** 2).mean() / t.var())
        if isinstance(self.loss, nn.SoftmaxCrossEntropy):
            labels = t if t.ndim == 1 else t.argmax(axis=1)
            common = np.bincount(labels).max() / len(labels)
            return float((np.mean(y.argmax(axis=1) == labels) - common) / (1 - common))
        half = 0 if isinstance(self.loss, Hinge) else 0.5
        common = np.maximum((t > half).mean(axis=0), (t <= half).mean(axis=0)).mean()
        return float((np.mean((y > 0) == (t > half)) - common) / (1 - common))


def _setups() -> dict[str, Setup]:
    cross, binary, squares = nn.SoftmaxCrossEntropy(), nn.BinaryCrossEntropy(), nn.SquaredError()
    digits, d = nn.datasets.digits(), nn.datasets
    x, t = digits.x[:160], digits.t[:160]
    one = np.eye(10)[t]
    moons, labels = d.moons(160, rng=rng())
    rings, ring = d.circles(160, rng=rng())
    plane = rng().standard_normal((160, 8))
    heights = np.tanh(plane[:, :1] * plane[:, 1:2]) + 0.5 * plane[:, 2:3]
    heights = (heights - heights.mean()) / heights.std()
    waves = rng(1).uniform(-2, 2, (160, 1))
    wave = np.sin(2 * waves)
    rare = np.flatnonzero(t == 3)[:8]
    few = np.r_[np.flatnonzero(t != 3), rare]
    return {
        "digits": Setup(x, t, cross, 10),
        "digits, one-hot": Setup(x, one, cross, 10),
        "digits, probabilities": Setup(x, 0.9 * one + 0.01, cross, 10),
        "digits, yes or no each": Setup(x, one, binary, 10, lr=0.2),
        "digits, one is rare": Setup(x[few], (t[few] == 3)[:, None] * 1.0, binary, 1, lr=0.3),
        "digits, squares": Setup(x, one, squares, 10, lr=0.2),
        "digits, row by row": Setup(x.reshape(-1, 8, 8), t, cross, 10),
        "moons": Setup(moons, labels, cross, 2, 16, 0.3),
        "moons, yes or no": Setup(moons, labels[:, None] * 1.0, binary, 1, 16, 0.3),
        "moons, hinge": Setup(moons, labels[:, None] * 2.0 - 1, Hinge(), 1, 16, 0.1),
        "circles": Setup(rings, ring, cross, 2, 16, 0.3),
        "heights": Setup(plane, heights, squares, 1, 32, 0.05),
        "wave": Setup(waves, wave, squares, 1, 32, 0.1),
        "wave, absolute": Setup(waves, wave, Absolute(), 1, 32, 0.05),
    }


SETUPS = _setups()
SEQUENCES = ("digits, row by row",)
ALL = tuple(name for name in SETUPS if name not in SEQUENCES)
DIGITS = tuple(name for name in ALL if name.startswith("digits") and "rare" not in name)
CURVED = ("moons", "moons, yes or no", "moons, hinge", "circles", "wave", "wave, absolute")
CROSS = ("digits", "digits, one-hot", "digits, probabilities", "moons", "circles")
BINARY = ("digits, yes or no each", "moons, yes or no")
SQUARES = ("digits, squares", "heights", "wave")
REAL = ("heights", "wave")
OPTIMIZERS: dict[str, Callable[[float], nn.Optimizer]] = {
    "SGD": nn.SGD,
    "momentum": lambda lr: nn.Momentum(lr / 5),
    "Adam": lambda lr: nn.Adam(0.005),
    "RMSProp": lambda lr: nn.RMSProp(0.002),
}
SMOOTH = ("tanh", "gelu", "elu", "relu", "leaky_relu", "selu")


@dataclass(frozen=True)
class Case:
    """A network in training: what `diagnose` is given."""

    net: nn.Network
    x: np.ndarray
    t: np.ndarray
    opt: nn.Optimizer


@dataclass(frozen=True)
class Plan:
    """What a network of the ward is built from."""

    data: str
    depth: int
    activation: str
    optimizer: str
    seed: int

    @property
    def setup(self) -> Setup:
        return SETUPS[self.data]

    def opt(self, times: float = 1.0) -> nn.Optimizer:
        opt = OPTIMIZERS[self.optimizer](self.setup.lr / (1 if self.depth < 5 else 3))
        opt.lr *= times
        return opt

    def net(self, *end: nn.Layer, inside: tuple[nn.Layer, ...] = (), **how: Any) -> nn.Network:
        """The healthy network; layers `inside` it after the first activation, and at its end."""
        s = self.setup
        if s.x.ndim == 3:
            kinds = {"tanh": nn.RNNCell, "selu": nn.LSTMCell, "gelu": nn.GRUCell}
            cell = kinds[self.activation](s.x.shape[2], s.width, rng=rng(self.seed))
            return nn.Network(nn.Recurrent(cell), nn.Dense(s.width, 10, rng=rng(self.seed)), *end)
        how = {"depth": self.depth, "activation": self.activation, "width": s.width} | how
        net = nn.mlp(s.x.shape[1], s.outputs, rng=rng(self.seed), **how)
        layers = [*net.layers[:2], *inside, *net.layers[2:], *end]
        return nn.Network(*layers)

    def case(self, net: nn.Network | None = None, **changed: Any) -> Case:
        s = self.setup
        whole = {"net": net or self.net(), "x": s.x, "t": s.t, "opt": self.opt()}
        return Case(**(whole | changed))


def spread(name: str, count: int, *choices: tuple) -> Iterator[tuple]:
    """`count` combinations in which each value of each choice comes up about equally often."""
    draw = rng(zlib.crc32(name.encode()))
    columns = []
    for values in choices:
        rounds = -(-count // len(values))
        columns.append([values[i] for _ in range(rounds) for i in draw.permutation(len(values))])
    return itertools.islice(zip(*columns, strict=False), count)
