"""Many small networks trained at once, for what depends on the start: symmetry and XOR, 1986.

The library trains one network; a hundred of three units each would spend their time in Python's loop. Here
they stand side by side in the last axis of every array. The landmarks assert that both give the same.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np


class SmallNets:
    """R networks y = sigma(v f(W x + b) + D x + c), one for each seed, with the error of 1986.

    E = 1/2 sum over the patterns of (y - t)^2, a sum and no mean (Rumelhart, Hinton & Williams 1986, eq. 3).
    x: (n, d_in); t: (n, 1); y: (n, R). theta: (P, R), the rows in the order W by inputs, b, v, c, D.
    D, the direct connections, is there with direct=True only.

    starts: (R, P), each row in the order of `Network.theta`, [W1, b1, W2, b2], where W2 = [v, D];
    without it, seed by seed, U(-scale, scale) for weights and biases. dtype: of all arrays.
    """

    def __init__(
        self,
        d_in: int,
        units: int,
        seeds: Iterable[int],
        *,
        scale: float = 0.3,
        direct: bool = False,
        starts: np.ndarray | None = None,
        dtype: type = np.float64,
    ):
        self.d_in, self.units, self.direct = d_in, units, direct
        self.sizes = [units * d_in, units, units, 1, d_in * direct]
        if starts is None:
            starts = np.array([draw(sum(self.sizes), scale, seed) for seed in seeds])
        W, b, v, D, c = np.split(starts, np.cumsum([self.sizes[i] for i in (0, 1, 2, 4)]), axis=1)
        W = W.reshape(-1, units, d_in).swapaxes(1, 2).reshape(len(starts), -1)  # by inputs
        self.theta = np.concatenate([W, b, v, c, D], axis=1).T.astype(dtype, order="C")
        self.velocity = np.zeros_like(self.theta)

    def parts(self, vector: np.ndarray) -> tuple[np.ndarray, ...]:
        """W (d_in, units, R), b (units, R), v (units, R), c (1, R), D (d_in or 0, R): views of vector."""
        W, b, v, c, D = np.split(vector, np.cumsum(self.sizes[:-1]))
        return W.reshape(self.d_in, self.units, -1), b, v, c, D

    def forward(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Hidden activations (n, units, R) and outputs (n, R)."""
        W, b, v, c, D = self.parts(self.theta)
        z = sigmoid((x @ W.reshape(self.d_in, -1)).reshape(len(x), self.units, -1) + b)
        u = (z * v).sum(axis=1) + c
        return z, sigmoid(u + x @ D if self.direct else u)

    def gradient(self, x: np.ndarray, t: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """dE/dtheta (P, R), and the errors y - t (n, R)."""
        z, y = self.forward(x)
        grad = np.empty_like(self.theta)
        dW, db, dv, dc, dD = self.parts(grad)
        v = self.parts(self.theta)[2]
        error = y - t
        delta = error * y * (1 - y)
        dc[...], dv[...] = delta.sum(axis=0), (delta[:, None] * z).sum(axis=0)
        hidden = delta[:, None] * v * z * (1 - z)
        db[...] = hidden.sum(axis=0)
        dW[...] = (x.T @ hidden.reshape(len(x), -1)).reshape(dW.shape)
        if self.direct:
            dD[...] = x.T @ delta
        return grad, error

    def sweep(self, x: np.ndarray, t: np.ndarray, lr: float, beta: float) -> np.ndarray:
        """One step on the gradient of all patterns, eq. 9; returns the errors before it, (n, R)."""
        grad, error = self.gradient(x, t)
        self.velocity *= beta
        self.velocity -= lr * grad
        self.theta += self.velocity
        return error


def draw(size: int, scale: float, seed: int) -> np.ndarray:
    """size numbers from U(-scale, scale), the start of one network."""
    return np.random.default_rng(seed).uniform(-scale, scale, size)


def sigmoid(u: np.ndarray) -> np.ndarray:
    """1 / (1 + e^-u), here once more, so that the library's is not compared with itself. Far below 0, e^-u
    is infinite and the quotient 0, as it should be.
    """
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-u))


def palindromes(length: int) -> tuple[np.ndarray, np.ndarray]:
    """All rows of 0s and 1s, (2^length, length), and which are their own mirror image, (2^length, 1)."""
    x = (np.arange(2**length)[:, None] >> np.arange(length) & 1).astype(float)
    return x, (x == x[:, ::-1]).all(axis=1, keepdims=True).astype(float)


def until_right(
    nets: SmallNets,
    x: np.ndarray,
    t: np.ndarray,
    *,
    lr: float,
    beta: float,
    sweeps: int,
    after: int = 1,
) -> tuple[np.ndarray, np.ndarray]:
    """Train all nets: after how many sweeps each first had every |y - t| < 1/2, (R,), -1 if it never had;
    and theta `after` sweeps later (at least one), (P, R), NaN where that is beyond the end.
    """
    first, later = np.full(nets.theta.shape[1], -1), np.full_like(nets.theta, np.nan)
    for k in range(sweeps + 1):
        now = (first >= 0) & (first + after == k)
        later[:, now] = nets.theta[:, now]
        error = nets.sweep(x, t, lr, beta)
        first[(first < 0) & (np.abs(error).max(axis=0) < 0.5)] = k
    return first, later
