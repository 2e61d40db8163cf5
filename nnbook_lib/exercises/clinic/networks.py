"""The patients of the clinic: networks with one fault each, and their courses.

    patient(2)               # patient 2 as it came in: network, loss, optimizer and data
    course(2, lr=0.1)        # its course, treated with another learning rate

Keywords are treatments, as on the controls of the clinic's figures. Everything is seeded, and each
course is trained once. Patient 0 is healthy.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ... import datasets, functions, initializers
from ...activations import Activation, get, softmax
from ...dense import Dense
from ...inspection.course import Course, record
from ...losses import Loss, SoftmaxCrossEntropy
from ...mlp import mlp
from ...network import Network
from ...optimizers import SGD, Adam, Optimizer
from ...recurrent import Recurrent, RNNCell

_digits = datasets.digits()
X, T = _digits.x[:1440], _digits.t[:1440]  # whole mini-batches of 32
X_TEST, T_TEST = _digits.x_test, _digits.t_test
CROSS = SoftmaxCrossEntropy()
STEPS = 1440 // 32 * 5  # updates in five epochs


@dataclass(frozen=True)
class Patient:
    """An untrained network, and all that its training takes; how: further keywords of `record`."""

    net: Network
    opt: Optimizer
    loss: Loss = CROSS
    x: np.ndarray = field(default_factory=lambda: X)
    t: np.ndarray = field(default_factory=lambda: T)
    x_test: np.ndarray = field(default_factory=lambda: X_TEST)
    how: dict[str, Any] = field(default_factory=dict)


def patient(number: int, **treatment) -> Patient:
    """A patient as it came in, or under a treatment. KeyError for a number that is none."""
    return PATIENTS[number](**treatment)


@functools.cache
def course(number: int, **treatment) -> Course:
    """The course of a patient under a treatment."""
    p = patient(number, **treatment)
    return record(p.net, p.loss, p.opt, p.x, p.t, p.x_test, T_TEST, seed=1, **p.how)


def rows_as_sequence(x: np.ndarray, steps: int) -> np.ndarray:
    """The pixels of each image, row by row, in so many equal parts. (n, 64) -> (n, steps, d)."""
    return x.reshape(len(x), steps, -1)


def _net(depth: int = 2, activation: str | Activation = "relu", **how) -> Network:
    return mlp(64, 10, depth=depth, activation=activation, rng=np.random.default_rng(0), **how)


# Unlike the library's own, on purpose --------------------------------------------------------


class SumCrossEntropy(SoftmaxCrossEntropy):
    """The cross-entropy summed over the batch, where the mean is meant."""

    def forward(self, y, t):
        """n times the mean."""
        value, saved = super().forward(y, t)
        return value * len(y), saved

    def backward(self, saved):
        """n times the gradient of the mean."""
        return super().backward(saved) * len(saved[0])


class ColumnCrossEntropy(SoftmaxCrossEntropy):
    """A cross-entropy whose softmax runs down the batch, over axis 0."""

    def forward(self, y, t):
        """The mean of -ln p, where each column of p sums to 1."""
        p = functions.softmax(y.T).T
        value = -np.log(p[np.arange(len(t)), t]).mean()
        return self._finite(value, y, t), (p, t)

    def backward(self, saved):
        """What would be the gradient if the rows were distributions."""
        p, t = saved
        delta = p.copy()
        delta[np.arange(len(t)), t] -= 1
        return delta / len(t)


class Hoarder(Network):
    """A network whose gradient is never set to zero."""

    def zero_grad(self):
        """Leave it as it is."""


REVERSED = Activation(
    "tanh",
    f=np.tanh,
    df=lambda u: np.tanh(u) ** 2 - 1,
    df_from_z=lambda z: z * z - 1,
    interval=(-1, 1),
)


# The patients --------------------------------------------------------------------------------


def _healthy(activation: str = "relu") -> Patient:
    return Patient(_net(activation=activation), SGD(0.1))


def _scanner(lr: float = 0.1) -> Patient:
    return Patient(_net(), SGD(lr), x=255 * X, x_test=255 * X_TEST)


def _giant(lr: float = 10.0, activation: str = "tanh") -> Patient:
    return Patient(_net(activation=activation), SGD(lr))


def _tower(depth: int = 30, activation: str = "sigmoid") -> Patient:
    return Patient(_net(depth, activation), Adam(0.001))


def _double(lr: float = 0.5) -> Patient:
    net = Network(*_net(activation="tanh").layers, softmax)
    return Patient(net, SGD(lr), how={"epochs": 10})


def _mixed(lr: float = 0.1, width: int = 32) -> Patient:
    return Patient(_net(width=width), SGD(lr), t=np.random.default_rng(3).permutation(T))


def _sparse(activation: str = "relu") -> Patient:
    net = _net(activation=activation)
    for layer in net.layers[:-1:2]:
        layer.b[...] = -2
    return Patient(net, SGD(0.1))


def _hoard(lr: float = 0.1) -> Patient:
    return Patient(Hoarder(*_net(activation="tanh").layers), SGD(lr))


def _blank(activation: str = "relu") -> Patient:
    return Patient(_net(activation=activation, init="zeros"), SGD(0.1))


def normalized_net() -> Network:
    """Two hidden layers with batch normalization, untrained."""
    return _net(norm="batch")


def _alone(images: int = 1) -> Patient:
    def guess(net: Network, x: np.ndarray) -> np.ndarray:
        parts = [net.forward(x[i : i + images], True)[0] for i in range(0, len(x), images)]
        return np.concatenate(parts).argmax(axis=1)

    return Patient(normalized_net(), SGD(0.1), how={"guess": guess, "scored": 355})


def _column(batch: int = 32, lr: float = 0.1) -> Patient:
    return Patient(_net(), SGD(lr), ColumnCrossEntropy(), how={"batch": batch})


def _sum(batch: int = 32, lr: float = 0.1) -> Patient:
    return Patient(_net(activation="tanh"), SGD(lr), SumCrossEntropy(), how={"batch": batch})


def _loud(spread: float = 5.0) -> Patient:
    return Patient(_net(activation="sigmoid", init=initializers.normal(spread)), SGD(1.0))


def _timid(lr: float = 0.001) -> Patient:
    return Patient(_net(), SGD(lr))


def _echo(depth: int = 32, lr: float = 0.03) -> Patient:
    rng = np.random.default_rng(0)
    cell = RNNCell(64 // depth, 32, rng=rng)
    cell.U *= 3
    net = Network(Recurrent(cell), Dense(32, 10, rng=rng))
    x, x_test = rows_as_sequence(X, depth), rows_as_sequence(X_TEST, depth)
    return Patient(net, SGD(lr), x=x, x_test=x_test)


def _backwards(depth: int = 2, lr: float = 0.1) -> Patient:
    layers = _net(depth, "tanh").layers
    net = Network(*(REVERSED if layer is get("tanh") else layer for layer in layers))
    return Patient(net, SGD(lr), how={"agreement": True})


PATIENTS = dict(
    enumerate(
        (
            *(_healthy, _scanner, _giant, _tower, _double, _mixed, _sparse, _hoard),
            *(_blank, _alone, _column, _sum, _loud, _timid, _echo, _backwards),
        )
    )
)
