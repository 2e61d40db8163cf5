"""Residual blocks with something exchanged or left out, and deep networks to be looked at."""

from __future__ import annotations

import numpy as np

from ... import datasets
from ...losses import SoftmaxCrossEntropy
from ...mlp import mlp
from ...network import Network
from ...optimizers import Adam
from ...training import accuracy, train


def block_back(dy, x, W, *, wire=1.0, slope=lambda x: x > 0, enters=lambda x: np.maximum(x, 0)):
    """dx and dW of y = x + W relu(x), with other factors in places."""
    return wire * dy + (dy @ W) * slope(x), dy.T @ enters(x)


def product(jacobians, factor=lambda J: np.eye(len(J)) + J, turned=False):
    """The product of a factor for each, the last on the left; turned: the last on the right."""
    total = np.eye(len(jacobians[0]))
    for J in jacobians:
        total = total @ factor(J) if turned else factor(J) @ total
    return total


def weight_layers(net: Network) -> int:
    """How many of its layers have a weight matrix."""
    return sum(np.ndim(getattr(part, "W", None)) >= 2 for part in net.walk())


def outputs(net: Network) -> np.ndarray:
    """What it makes of five digits."""
    return net(datasets.digits().x_test[:5])


def right(net: Network) -> float:
    """The share of the test digits that it gets right."""
    digits = datasets.digits()
    return accuracy(net, digits.x_test, digits.t_test)


def knows_the_test(net: Network) -> bool:
    """Whether it does clearly better on the test digits than on those it should be trained on."""
    digits = datasets.digits()
    return right(net) > accuracy(net, digits.x, digits.t) + 0.04


def moved(net: Network) -> bool:
    """Whether its biases have left 0, where they start: training moves them."""
    biases = [part.b for part in net.walk() if isinstance(getattr(part, "b", None), np.ndarray)]
    return any(b.any() for b in biases) or not biases


def made_deep(depth: int = 31, epochs: int = 6, lr: float = 0.002, **how) -> Network:
    """A deep network, trained on the digits."""
    digits, rng = datasets.digits(), np.random.default_rng(0)
    net = mlp(64, 10, depth=depth, width=24, rng=rng, **how)
    steps = train(
        net, SoftmaxCrossEntropy(), Adam(lr), digits.x, digits.t, batch=64, epochs=epochs, rng=rng
    )
    for _ in steps:
        pass
    return net
