"""SELU's map: what a layer of infinitely many SELUs does to the mean and the variance of its inputs.

Klambauer, Unterthiner, Mayr, Hochreiter 2017, eqs 3-6.
"""

from __future__ import annotations

from math import erf, exp, pi, sqrt

import numpy as np

from ..activations import SELU_ALPHA, SELU_LAMBDA
from ..inspection import diagnostics
from ..mlp import mlp


def below(z: float) -> float:
    """The share of the bell curve below z, Phi(z)."""
    return 0.5 * (1 + erf(z / sqrt(2)))


def height(z: float) -> float:
    """The height of the bell curve at z, Phi'(z)."""
    return exp(-z * z / 2) / sqrt(2 * pi)


def layer_map(
    mu: float,
    nu: float,
    omega: float = 0.0,
    tau: float = 1.0,
    alpha: float = SELU_ALPHA,
    lam: float = SELU_LAMBDA,
) -> tuple[float, float]:
    """The mean and the variance of selu(u) for u ~ N(m, v), m = mu omega, v = nu tau: eqs 3-5.

    mu, nu: mean and variance of the layer's inputs; omega: the sum of a unit's weights, tau: of their
    squares. With s = sqrt v, and Phi, Phi' the bell curve's share below and its height:

        E f   = lam [m Phi(m/s) + s Phi'(m/s) + alpha (e^(m + v/2) Phi(-m/s - s) - Phi(-m/s))]
        E f^2 = lam^2 [(m^2 + v) Phi(m/s) + m s Phi'(m/s)
                + alpha^2 (e^(2m + 2v) Phi(-m/s - 2s) - 2 e^(m + v/2) Phi(-m/s - s) + Phi(-m/s))]
    """
    m, s = mu * omega, sqrt(nu * tau)
    right, left, edge = below(m / s), below(-m / s), s * height(m / s)
    once = exp(m + s * s / 2) * below(-m / s - s)
    twice = exp(2 * m + 2 * s * s) * below(-m / s - 2 * s)
    first = lam * (m * right + edge + alpha * (once - left))
    second = lam**2 * ((m * m + s * s) * right + m * edge + alpha**2 * (twice - 2 * once + left))
    return first, second - first**2


def through(
    activation: str, width: int, depth: int, seed: int, n: int = 100
) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance of the outputs of each layer, over its units and n inputs of mean 1, variance 4.

    The weights are those that suit the activation. Two arrays (depth,).
    """
    rng = np.random.default_rng(seed)
    net = mlp(width, 1, depth=depth, width=width, activation=activation, rng=rng)
    _, tape = net.forward(1 + 2 * rng.standard_normal((n, width)), watch=True)
    ys = [record.y for record in diagnostics.activation_records(tape)]
    return np.array([y.mean() for y in ys]), np.array([y.var() for y in ys])
