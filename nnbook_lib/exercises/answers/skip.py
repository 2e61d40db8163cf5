"""Residual blocks with something exchanged or left out, and deep networks to be looked at."""

from __future__ import annotations

import math

import numpy as np

from ... import datasets
from ...inspection import diagnostics
from ...losses import SoftmaxCrossEntropy
from ...mlp import mlp
from ...network import Network, loss_and_grad
from ...optimizers import Adam
from ...prediction import accuracy
from ...training import train


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


def made_deep(
    depth: int = 31, epochs: int = 6, lr: float = 0.002, below: int = 10, **how
) -> Network:
    """A deep network, trained on the digits, or on those below a number."""
    digits, rng = datasets.digits(), np.random.default_rng(0)
    x, t = digits.x[digits.t < below], digits.t[digits.t < below]
    net = mlp(64, 10, depth=depth, width=24, rng=rng, **how)
    steps = train(net, SoftmaxCrossEntropy(), Adam(lr), x, t, batch=64, epochs=epochs, rng=rng)
    for _ in steps:
        pass
    return net


def first_row_only(answer) -> bool:
    """Whether a block's dx and dW are those of the first sample, and the other rows are unfinished."""
    dy, x = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 2.0]]), np.array([[1.0, -2], [3, 1], [2, 4]])
    W = np.array([[1.0, -2.0], [3.0, 1.0]])
    dx, dW = answer(dy.copy(), x.copy(), W.copy())
    right_dx, _ = block_back(dy, x, W)
    _, first = block_back(dy[:1], x[:1], W)
    rows = np.isclose(dx, right_dx).all(axis=1)
    return bool(np.allclose(dW, first) and rows.tolist() == [True, False, False])


def all_variances(answer) -> bool:
    """Whether it gives the variances behind all blocks, where the last is asked for."""
    came = np.asarray(answer(4, 0.5))
    return came.ndim == 1 and came.size > 1 and bool(np.isclose(came[-1], 1.25**4))


def overflows(answer) -> bool:
    """Whether the numbers of paths are right up to what fits into a few bits."""
    came = np.asarray(answer(20)).astype(int)
    full = np.array([math.comb(20, k) for k in range(21)])
    return came.shape == full.shape and any(
        np.array_equal(came % 2**bits, full % 2**bits) for bits in (8, 16)
    )


def never_said(net: Network) -> list[int]:
    """The digits that it gets right on no test image."""
    digits = datasets.digits()
    guess = net(digits.x_test).argmax(axis=1)
    return [k for k in range(10) if not np.any((guess == k) & (digits.t_test == k))]


def gradient_arrives(net: Network) -> bool:
    """Whether the first layer's dL/du is not much smaller than the last hidden one's."""
    digits = datasets.digits()
    x = digits.x[:128].astype(net.theta.dtype)
    tape = loss_and_grad(net, SoftmaxCrossEntropy(), x, digits.t[:128], watch=True)[1]
    norms = diagnostics.gradient_norms(tape)
    return bool(norms[0] > 1e-3 * norms[-2])
