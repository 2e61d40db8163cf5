"""Have the targets anything to do with the inputs? Asked of the data, and of a trained network.

Both questions are answered against chance: the targets' rows are shuffled, and a score counts only
if hardly any shuffle reaches it. So a small or lopsided sample is not blamed for being that.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

SHUFFLES = 200
CHANCE = 0.05  # of the shuffles may do as well
LEAST = 64  # rows to judge by; with fewer, no judgement


def columns(t: np.ndarray) -> np.ndarray:
    """Targets as centered columns of variance 1, (n, k): labels one-hot, constant columns left out."""
    T = (
        np.eye(int(t.max()) + 1)[t]
        if t.ndim == 1 and t.dtype.kind in "iu"
        else t.reshape(len(t), -1)
    )
    T = T - T.mean(axis=0)
    std = T.std(axis=0)
    return T[:, std > 0] / std[std > 0]


def chance(score: Callable[[np.ndarray], float], T: np.ndarray) -> float:
    """The share of shuffles of T's rows that score at least as much as T itself."""
    rng, own = np.random.default_rng(0), score(T)
    return float(np.mean([score(T[rng.permutation(len(T))]) >= own for _ in range(SHUFFLES)]))


def neighbors_differ(x: np.ndarray, t: np.ndarray) -> bool:
    """Whether rows of x close to each other have targets no more alike than any two rows."""
    X = x.reshape(len(x), -1).astype(float)
    X = (X - X.mean(axis=0)) / np.maximum(X.std(axis=0), 1e-12)
    squares = (X**2).sum(axis=1)
    apart = squares[:, None] + squares - 2 * X @ X.T + np.diag(np.full(len(X), np.inf))
    near = np.argsort(apart, axis=1)[:, :3]
    return chance(lambda T: float((T[near].mean(axis=1) * T).sum()), columns(t)) > CHANCE


def agreement(y: np.ndarray, t: np.ndarray) -> float:
    """The correlation of outputs with targets, the mean of their columns; 0 where it has no meaning."""
    T, Y = columns(t), y - y.mean(axis=0)
    if T.shape[1] != Y.shape[1]:  # a class that does not occur here
        return 0.0
    return float((T * Y / np.maximum(Y.std(axis=0), 1e-12)).mean())


def outputs_differ(y: np.ndarray, t: np.ndarray) -> bool:
    """Whether outputs on rows that were not trained on follow the targets no better than chance."""
    T, Y = columns(t), y - y.mean(axis=0)
    if T.shape[1] != Y.shape[1]:  # a class that does not occur here
        return False
    Y = Y / np.maximum(Y.std(axis=0), 1e-12)
    return chance(lambda T: float((T * Y).sum()), T) > CHANCE
