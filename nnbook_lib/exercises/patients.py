"""The patients of the clinic: networks with one fault each, and their courses.

    course(2, lr=0.1)        # patient 2, treated with another learning rate

Keywords are treatments, as on the controls of the clinic's figures; without them a patient is as
it came in. Everything is seeded, and each course is trained once.
"""

from __future__ import annotations

import functools

import numpy as np

from .. import datasets, functions, initializers
from ..activations import Activation, get, softmax
from ..course import Course, record
from ..dense import Dense
from ..losses import Loss, SoftmaxCrossEntropy
from ..network import Network, mlp
from ..optimizers import SGD, Adam
from ..recurrent import Recurrent, RNNCell

_digits = datasets.digits()
X, T = _digits.x[:1440], _digits.t[:1440]  # whole mini-batches of 32
X_TEST, T_TEST = _digits.x_test, _digits.t_test
CROSS = SoftmaxCrossEntropy()
STEPS = 1440 // 32 * 5  # updates in five epochs


@functools.cache
def course(number: int, **treatment) -> Course:
    """The course of a patient under a treatment. KeyError for a number that is none."""
    return PATIENTS[number](**treatment)


def rows_as_sequence(x: np.ndarray, steps: int) -> np.ndarray:
    """The pixels of each image, row by row, in so many equal parts. (n, 64) -> (n, steps, d)."""
    return x.reshape(len(x), steps, -1)


def _net(depth: int = 2, activation: str | Activation = "relu", **how) -> Network:
    return mlp(64, 10, depth=depth, activation=activation, rng=np.random.default_rng(0), **how)


def _run(net, lr=0.1, loss=CROSS, x=X, t=T, x_test=X_TEST, opt=None, **how) -> Course:
    return record(net, loss, opt or SGD(lr), x, t, x_test, T_TEST, seed=1, **how)


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


class ColumnCrossEntropy(Loss):
    """A cross-entropy whose softmax runs down the batch, over axis 0."""

    def forward(self, y, t):
        """The mean of -ln p, each column of p summing to 1."""
        p = functions.softmax(y.T).T
        return self._finite(-np.log(p[np.arange(len(t)), t]).mean(), y), (p, t)

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
    "tanh", f=np.tanh, df=lambda u: np.tanh(u) ** 2 - 1, dz=lambda z: z * z - 1, range=(-1, 1)
)


# The patients --------------------------------------------------------------------------------


def _scanner(lr: float = 0.1) -> Course:
    return _run(_net(), lr, x=255 * X, x_test=255 * X_TEST)


def _giant(lr: float = 10.0, activation: str = "tanh") -> Course:
    return _run(_net(activation=activation), lr)


def _tower(depth: int = 30, activation: str = "sigmoid") -> Course:
    return _run(_net(depth, activation), opt=Adam(0.001))


def _double(lr: float = 1.0) -> Course:
    return _run(Network(*_net().layers, softmax), lr)


def _mixed(lr: float = 0.1, width: int = 32) -> Course:
    return _run(_net(width=width), lr, t=np.random.default_rng(3).permutation(T))


def _sparse(activation: str = "relu", lr: float = 0.1) -> Course:
    net = _net(activation=activation)
    for layer in net.layers[:-1:2]:
        layer.b[...] = -2
    return _run(net, lr)


def _hoard(lr: float = 0.1) -> Course:
    return _run(Hoarder(*_net(activation="tanh").layers), lr)


def _blank(activation: str = "relu") -> Course:
    return _run(_net(activation=activation, init="zeros"))


def normalized_net() -> Network:
    """Two hidden layers with batch normalization, untrained."""
    return _net(norm="batch")


def _alone(rows: int = 1) -> Course:
    """Asked `rows` test images at a time, in training mode."""

    def guess(net: Network, x: np.ndarray) -> np.ndarray:
        parts = [net.forward(x[i : i + rows], True)[0] for i in range(0, len(x), rows)]
        return np.concatenate(parts).argmax(axis=1)

    return _run(normalized_net(), guess=guess)


def _column(batch: int = 32, lr: float = 0.1) -> Course:
    return _run(_net(), lr, loss=ColumnCrossEntropy(), batch=batch)


def _sum(batch: int = 32, lr: float = 0.1) -> Course:
    return _run(_net(activation="tanh"), lr, loss=SumCrossEntropy(), batch=batch)


def _loud(scale: float = 5.0, lr: float = 1.0) -> Course:
    return _run(_net(activation="sigmoid", init=initializers.normal(scale)), lr)


def _timid(lr: float = 0.001) -> Course:
    return _run(_net(), lr)


def recurrent_net(steps: int = 32, scale: float = 1.0) -> Network:
    """An RNN that reads a digit in so many steps; its U, orthogonal at first, times scale."""
    rng = np.random.default_rng(0)
    cell = RNNCell(64 // steps, 32, rng=rng)
    cell.U *= scale
    return Network(Recurrent(cell), Dense(32, 10, rng=rng))


def _echo(depth: int = 32, lr: float = 0.1) -> Course:
    x, x_test = rows_as_sequence(X, depth), rows_as_sequence(X_TEST, depth)
    return _run(recurrent_net(depth, scale=3.0), lr, x=x, x_test=x_test)


def _backwards(depth: int = 2, lr: float = 0.1) -> Course:
    net = _net(depth, "tanh")
    layers = [REVERSED if layer is get("tanh") else layer for layer in net.layers]
    return _run(Network(*layers), lr, agreement=True)


PATIENTS = dict(
    enumerate(
        (
            *(_scanner, _giant, _tower, _double, _mixed, _sparse, _hoard, _blank),
            *(_alone, _column, _sum, _loud, _timid, _echo, _backwards),
        ),
        start=1,
    )
)
