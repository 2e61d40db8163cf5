"""Short trainings that the figures of the exercises show: depth against remedies.

Nets are compared by validation digits, training digits that are left over; the test digits stay unseen.
"""

from __future__ import annotations

import functools

import numpy as np

from ... import datasets
from ...dense import Dense
from ...losses import SoftmaxCrossEntropy
from ...mlp import mlp
from ...network import Network
from ...optimizers import SGD, Adam
from ...prediction import accuracy
from ...recurrent import LSTMCell, Recurrent
from ...training import Diverged, train


@functools.cache
def learn(kind: str, depth: int, lr: float) -> tuple[np.ndarray, float]:
    """60 steps of Adam on 640 digits: losses, and accuracy on the validation digits.

    kind: "LSTM", which is shown the image at its first of `depth` steps and nothing after it, or
    the activation of a plain network of that depth.
    """
    digits, rng = datasets.digits(), np.random.default_rng(0)
    x, x_val = digits.x[:640], digits.x[640:]
    if kind == "LSTM":
        cell = LSTMCell(64, 24, forget_bias=3.0, rng=rng)
        net = Network(Recurrent(cell), Dense(24, 10, rng=rng))
        x, x_val = (np.pad(a[:, None], ((0, 0), (0, depth - 1), (0, 0))) for a in (x, x_val))
    else:
        net = mlp(64, 10, depth=depth, width=24, activation=kind, rng=rng)
    steps = train(
        net, SoftmaxCrossEntropy(), Adam(lr), x, digits.t[:640], batch=64, epochs=6, rng=rng
    )
    losses = np.array([step.loss for step in steps])
    return losses, accuracy(net, x_val, digits.t[640:])


@functools.cache
def trained(depth: int, skip: bool, activation: str, lr: float) -> tuple[np.ndarray, float]:
    """The losses of 66 steps of SGD on 720 digits, and the accuracy on the validation digits."""
    digits, rng = datasets.digits(), np.random.default_rng(0)
    net = mlp(64, 10, depth=depth, width=24, activation=activation, skip=skip, rng=rng)
    if skip:
        for part in list(net.walk()):
            if isinstance(part, Dense) and part.d_in == part.d_out:
                part.W /= np.sqrt(depth)  # the branches share the variance
    x, t, aside = digits.x[:720], digits.t[:720], (digits.x[720:], digits.t[720:])
    return _raced(net, SGD(lr), x, t, batch=66, epochs=6, asked=aside)


RATES = (0.01, 0.1, 1.0, 10.0)  # of `learned`'s figure


@functools.cache
def learned(depth: int, activation: str, lr: float, norm: str) -> tuple[np.ndarray, float]:
    """The losses of 64 steps of SGD on 512 digits, and the accuracy on 355 others, kept aside from
    the training digits: a rate is chosen by it, and none is chosen by the test digits.
    """
    digits, rng = datasets.digits(), np.random.default_rng(0)
    layer = None if norm == "none" else norm
    net = mlp(64, 10, depth=depth, width=24, activation=activation, norm=layer, rng=rng)
    x, t, aside = digits.x[:512], digits.t[:512], (digits.x[-355:], digits.t[-355:])
    return _raced(net, SGD(lr), x, t, batch=64, epochs=8, asked=aside)


def _raced(
    net: Network,
    opt: SGD,
    x: np.ndarray,
    t: np.ndarray,
    *,
    batch: int,
    epochs: int,
    asked: tuple[np.ndarray, np.ndarray],
) -> tuple[np.ndarray, float]:
    """The losses of its training, and the accuracy on the digits it is asked; 0 if it diverged."""
    losses, rng = [], np.random.default_rng(1)
    try:
        for step in train(
            net, SoftmaxCrossEntropy(), opt, x, t, batch=batch, epochs=epochs, rng=rng
        ):
            losses.append(step.loss)
    except Diverged:
        return np.array(losses), 0.0
    with np.errstate(all="ignore"):
        return np.array(losses), accuracy(net, *asked)
