"""Deep linear networks: features on a tree, and the curve along which a mode is learned.

Saxe, McClelland, Ganguli 2014, eqs 10-15 and Fig. 3.
"""

from __future__ import annotations

import numpy as np

from ..dense import Dense
from ..network import Network


def tree(features: int, rng: np.random.Generator, levels: int = 5, flip: float = 0.1) -> np.ndarray:
    """Features of the 2^levels leaves of a binary tree, each +1 or -1: (2^levels, features).

    At the root a feature is +1 or -1; from a node to each of its two children it changes its sign with
    probability flip. Leaves that part late are alike.
    """
    y = rng.choice([-1.0, 1.0], (1, features))
    for _ in range(levels):
        y = np.repeat(y, 2, axis=0)
        y = np.where(rng.random(y.shape) < flip, -y, y)
    return y


def curve(
    t: np.ndarray, s: np.ndarray, u0: float | np.ndarray, depth: int = 1, fine: int = 20
) -> np.ndarray:
    """The strength u of modes of strength s at the times t, in units of tau, from u0: (len(t), len(s)).

    One hidden layer, eq. 12:  u = s e^(2 s t) / (e^(2 s t) - 1 + s / u0).
    More, eq. 15 with L = depth + 1 matrices:  u' = L u^(2 - 2/L) (s - u), by steps (Runge and Kutta's).
    """
    t, s = np.asarray(t, dtype=float)[:, None], np.asarray(s, dtype=float)
    if depth == 1:
        return s / (1 + np.exp(-2 * s * t) * (s / u0 - 1))
    matrices = depth + 1

    def slope(u):
        return matrices * u ** (2 - 2 / matrices) * (s - u)

    u = np.broadcast_to(np.asarray(u0, dtype=float), s.shape)
    rows = [u]
    for gap in np.diff(t[:, 0]):
        for h in [gap / fine] * fine:
            a = slope(u)
            b = slope(u + h / 2 * a)
            u = u + h * slope(u + h / 2 * b)
        rows.append(u)
    return np.array(rows)


def start(
    net: Network, modes: tuple[np.ndarray, ...] | None, u0: float, rng: np.random.Generator
) -> list[Dense]:
    """Set the weights so that all modes have the strength u0, or, without modes, at random and as small.

    modes: U (d_out, k), s (k,), Vt (k, d_in). Decoupled: W_1 = a R_1 Vt, W_l = a R_l R_(l-1)^T, and
    W_L = a U R_(L-1)^T, with a = u0^(1/L) and orthogonal R. Random: Gaussian with variance 2 a^2 / width,
    which for two matrices makes u0 the mean of |a + b|^2 / 4, what grows of a mode (eq. 8).
    """
    dense = [layer for layer in net.layers if isinstance(layer, Dense)]
    a = u0 ** (1 / len(dense))
    if modes is None:
        for layer in dense:
            layer.W[...] = a * np.sqrt(2 / dense[0].d_out) * rng.standard_normal(layer.W.shape)
        return dense
    U, _, Vt = modes
    before = Vt
    for layer in dense[:-1]:
        R = np.linalg.qr(rng.standard_normal((layer.d_out, layer.d_out)))[0][:, : len(Vt)]
        layer.W[...] = a * R @ before
        before = R.T
    dense[-1].W[...] = a * U @ before
    return dense


def half_time(u: np.ndarray, s: np.ndarray) -> np.ndarray:
    """The step, with its fraction, at which each mode passes s / 2; nan if it does not. u: (steps, k)."""
    at = np.array([np.argmax(column > half) for column, half in zip(u.T, s / 2, strict=True)])
    low, high = (np.take_along_axis(u, k[None], 0)[0] for k in (np.maximum(at - 1, 0), at))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(at > 0, at - 1 + (s / 2 - low) / (high - low), np.nan)
